"""Whether the provider must be a registered school: AP201 to AP208."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.options import Place
from ap_cli.policy.county import County
from ap_cli.rules import RULES
from ap_cli.rules.examples.builders import child, children, provider_case
from ap_cli.rules.gaps import describe_gap
from ap_cli.rules.rule import BREACHED, MET, NOT_APPLICABLE, Answer

from .answers import BY_ID, answer, breach, remedy


def test_a_day_on_which_children_will_be_taught_is_said() -> None:
    case = provider_case(child(ehcp=True), on=date(2026, 4, 13))
    assert "teaches P-0001" in BY_ID["AP202"].problem(case) and "will teach" not in BY_ID[
        "AP202"
    ].problem(case)
    assert "will teach, from 13 April 2026 on, P-0001" in BY_ID["AP202"].problem(
        replace(case, today=date(2026, 4, 12))
    )


def test_fewer_hours_are_asked_for_the_child_whom_the_rule_is_about() -> None:
    case = provider_case(child(1), child(2, support=True))
    assert answer("AP205", case) is BREACHED and "ap placement edit PL-0002 --hours" in remedy(
        "AP205", case
    )


@pytest.mark.parametrize(("taught", "expected"), [(3, MET), (4, MET), (5, BREACHED), (6, BREACHED)])
def test_more_children_than_make_a_school_are_a_breach_as_well(
    taught: int, expected: Answer
) -> None:
    assert answer("AP201", provider_case(*children(taught))) is expected


@pytest.mark.parametrize(
    ("taught", "expected"), [(3, MET), (4, BREACHED), (5, NOT_APPLICABLE), (6, NOT_APPLICABLE)]
)
def test_one_child_fewer_than_make_a_school_is_said_and_more_are_the_law(
    taught: int, expected: Answer
) -> None:
    assert answer("AP203", provider_case(*children(taught))) is expected


def test_the_rules_about_registration_look_ahead() -> None:
    assert {rule.id for rule in RULES if rule.ahead} >= {
        "AP201",
        "AP202",
        "AP203",
        "AP204",
        "AP205",
    }


def test_a_child_whose_needs_nobody_recorded_is_not_told_as_one_with_them() -> None:
    case = provider_case(
        child(1, support=True), child(2, ehcp=False, looked_after=False, support=False)
    )
    message = BY_ID["AP205"].problem(case)
    assert "P-0001" in message and "P-0002" not in message


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("pru", BREACHED),
        ("academy", BREACHED),
        ("fe-college", NOT_APPLICABLE),
        ("own-site", NOT_APPLICABLE),
    ],
)
def test_a_school_by_what_it_is_has_its_number_too(kind: str, expected: Answer) -> None:
    assert answer("AP207", provider_case(kind=kind, registered=None)) is expected
    assert (
        answer("AP207", replace(provider_case(kind=kind, registered=None), places=(Place.SCHOOL,)))
        is NOT_APPLICABLE
    )


def test_who_was_told_of_a_place_and_what_was_said_are_named() -> None:
    five = [child(number, 1141) for number in range(1, 6)]
    for said, told in (
        ("it is looked into", "you told the DfE on 2 March 2026, and they said: it is looked into"),
        (None, "you told the DfE on 2 March 2026"),
    ):
        there = [("report", {"told": "the DfE"} | ({"said": said} if said else {}))]
        assert breach("AP201", provider_case(*five, there=there)).endswith(told)
    assert breach("AP201", provider_case(*five, county=County("Invented"))).endswith(
        "tell the council, which takes it further"
    )


def test_at_the_line_the_first_placement_is_named() -> None:
    assert remedy("AP204", provider_case(child(1, 1080), child(2, 1080))).startswith(
        "ap placement edit PL-0001 "
    )


def test_on_the_day_asked_a_provider_teaches_and_later_it_will() -> None:
    case = provider_case(child(1, 1141, ehcp=True))
    today, later = replace(case, today=case.on), replace(case, today=date(2026, 3, 1))
    assert " teaches P-0001" in breach(
        "AP202", today
    ) and " will teach, from 2 March 2026 on, P-0001" in breach("AP202", later)


def test_a_registration_that_the_register_contradicts_is_asked_about_with_the_contradiction() -> (
    None
):
    case = provider_case(*children(5), registered="yes", register_says="closed")
    _, gap, _ = BY_ID["AP201"].answer(case)
    assert gap is not None and describe_gap(gap) == (
        "you have it as registered, and the public register says closed:"
        " “Is it a registered school? Since when?”"
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"urn": None}, "without its URN"),
        ({"checked": None}, "without a dated look at the public register"),
        ({"urn": None, "checked": None}, "without its URN and a dated look at the public register"),
    ],
)
def test_what_is_missing_of_a_registration_is_named(changed: dict[str, Any], told: str) -> None:
    found = {"urn": "100001", "checked": "2026-01-05", "register_says": "open"} | changed
    case = provider_case(registered="yes", **found)
    assert breach("AP207", case) == f"you have Hollow Oak Farm as registered, {told}"
    assert remedy("AP207", case) == (
        "ap provider edit PR-0001 --checked today --urn … --where … --register-says …"
    )


@pytest.mark.parametrize(
    ("says", "told"), [("not-found", "not found"), ("proposed-to-open", "proposed to open")]
)
def test_a_registration_that_the_public_register_denies_is_named_by_what_it_says(
    says: str, told: str
) -> None:
    case = provider_case(registered="yes", urn="100001", checked="2026-01-05", register_says=says)
    assert breach("AP207", case) == (
        f"you have Hollow Oak Farm as registered, but the public register says {told}"
    )


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("fe-college", "the provider is a college, or the school's own site"),
        ("own-site", "the provider is a college, or the school's own site"),
        ("non-school", "you do not have the provider as registered"),
    ],
)
def test_why_there_is_no_registration_to_look_up(kind: str, why: str) -> None:
    case = provider_case(kind=kind, places=(Place.PROVIDER,))
    assert answer("AP207", case) is NOT_APPLICABLE and BY_ID["AP207"].why_not(case) == why


@pytest.mark.parametrize(
    ("accredited", "told", "asked"),
    [
        (False, "is not accredited by the DfE, and you have not checked it", "checked-instead"),
        (None, "you do not know whether", "accredited"),
    ],
)
def test_an_online_provider_is_checked_once_it_is_known_not_to_be_accredited(
    accredited: bool | None, told: str, asked: str
) -> None:
    case = provider_case(kind="online", accredited=accredited)
    assert told in breach("AP208", case)
    assert remedy("AP208", case).startswith(f"ap provider edit PR-0001 --{asked}")
