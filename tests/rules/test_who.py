"""Whose task it is: each rule says it, and the case decides where it can be one of two."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.domain.commissioner import Commissioner, CommissionerKind
from ap_cli.forms.facts import Unknown
from ap_cli.rules import RULES
from ap_cli.rules.engine import check
from ap_cli.rules.examples import EXAMPLES
from ap_cli.rules.examples.child import EXCLUDED, SUSPENDED, excluded_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_YET, Rule
from ap_cli.rules.task import Who, side_of

BY_ID = {rule.id: rule for rule in RULES}
ALTERNATIVES = [rule for rule in RULES if len(rule.done_by) > 1]


def done_by(rule: Rule) -> set[Who]:
    """Who does what is open in the examples of a rule."""
    return {
        rule.who_for(example.make())
        for example in EXAMPLES[rule.id]
        if example.answer in (BREACHED, NOT_YET)
    }


@pytest.mark.parametrize("rule", ALTERNATIVES, ids=lambda rule: rule.id)
def test_each_of_those_who_may_have_to_do_it_has_to_in_an_example(rule: Rule) -> None:
    found = done_by(rule)
    if rule.id in ("AP108", "AP109", "AP117"):
        assert found == set(rule.done_by)
    assert found and found <= set(rule.done_by)


def test_no_example_names_somebody_whom_its_rule_does_not() -> None:
    assert len(ALTERNATIVES) == 4
    for rule in RULES:
        assert done_by(rule) <= set(rule.done_by), rule.id


def who_in(rule: str, case: object) -> tuple[str, Who | None]:
    [finding] = check(case, [BY_ID[rule]])  # type: ignore[arg-type]
    return finding.answer, finding.who


def test_the_council_educates_after_a_permanent_exclusion_and_the_school_in_a_suspension() -> None:
    late = date(2026, 2, 24)
    assert who_in("AP108", excluded_case(EXCLUDED, on=late)) == (BREACHED, Who.COUNCIL)
    suspended = excluded_case(SUSPENDED, on=date(2026, 2, 23))
    assert who_in("AP108", suspended) == (BREACHED, Who.SCHOOL)


def test_what_is_in_order_is_nobodys_task() -> None:
    case = excluded_case(EXCLUDED, starts=("2026-02-23",))
    assert who_in("AP108", case) == (MET, None)


def test_a_gap_is_the_commissioners_to_find_out_whoever_does_it_then() -> None:
    case = next(one for one in EXAMPLES["AP113"] if one.answer is CANNOT_TELL).make()
    assert BY_ID["AP113"].done_by == (Who.SCHOOL,)
    assert who_in("AP113", case) == (CANNOT_TELL, side_of(case.commissioner))


@pytest.mark.parametrize("kind", CommissionerKind)
def test_a_commissioner_is_the_council_or_a_school(kind: CommissionerKind) -> None:
    side = Who.COUNCIL if kind is CommissionerKind.LOCAL_AUTHORITY else Who.SCHOOL
    assert side_of(Commissioner(name="Example", kind=kind)) is side


def test_a_commissioner_whom_nobody_recorded_may_be_either() -> None:
    assert side_of(Unknown("placement.commissioner")) is Who.COMMISSIONER
