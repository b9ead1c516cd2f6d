"""How a rule answers: its time, its waivers, what is counted and what is worst."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.rules.engine import Finding, check, keep_worst, make_finding
from ap_cli.rules.examples.builders import placement_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_YET, Answer, Severity, Status
from ap_cli.rules.task import Urgency

from .answers import BY_ID, changed

ALONE = (BY_ID["AP414"],)


def no_exit(**changed: Any) -> Any:
    return placement_case(exit_strategy=None, **changed)


def waived(**changed: Any) -> tuple[str, dict[str, Any]]:
    return "waiver", {
        "rule": "AP414",
        "reason": "x",
        "by": "H. Sample",
        "day": "2026-02-02",
    } | changed


def only(case: Any, **wanted: Any) -> list[Finding]:
    return list(check(case, ALONE, **wanted))


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_a_rule_is_in_force_from_its_first_day_to_its_last(on: str, expected: bool) -> None:
    rule = changed(ALONE[0], since=date(2026, 1, 1), until=date(2026, 6, 30))
    assert rule.in_force(date.fromisoformat(on)) is expected
    case = no_exit(on=date.fromisoformat(on), starts="2025-12-01", visit=None, reviewed=())
    assert bool(list(check(case, (rule,)))) is expected


def test_what_is_not_told_is_counted() -> None:
    counts: dict[Answer, int] = {}
    met = placement_case(exit_strategy="x")
    assert list(check(met, ALONE * 3, answers=(), counts=counts)) == []
    assert counts == {MET: 3}
    assert list(check(no_exit(), ALONE, answers=(), counts=counts)) == []
    assert counts == {MET: 3, BREACHED: 1}


@pytest.mark.parametrize(
    ("until", "stands"), [("2026-03-01", False), ("2026-03-02", True), (None, True)]
)
def test_a_waiver_covers_to_its_last_day(until: str | None, stands: bool) -> None:
    (found,) = only(no_exit(happened=[waived(**({"until": until} if until else {}))]))
    assert (found.waived is not None) is stands
    assert not found.waived or found.waived["until"] == (
        date.fromisoformat(until) if until else None
    )
    assert (
        found.answer is BREACHED
        and not only(placement_case(exit_strategy="x", happened=[waived()]))[0].waived
    )


def test_a_waiver_of_another_rule_covers_nothing_and_of_two_the_last_stands() -> None:
    assert only(no_exit(happened=[waived(rule="AP412")]))[0].waived is None
    two = [waived(day="2026-02-02", reason="first"), waived(day="2026-02-03", reason="last")]
    (found,) = only(no_exit(happened=two))
    assert found.waived and (found.waived["reason"], found.waived["by"], found.waived["day"]) == (
        "last",
        "H. Sample",
        date(2026, 2, 3),
    )


def test_a_waiver_of_a_review_counts_as_one_and_covers_nothing() -> None:
    rule = BY_ID["AP503"]
    case = placement_case(
        reviewed=(), happened=[waived(rule="AP503", day="2026-01-12", reason="x")]
    )
    answered = rule.answer(case)
    assert answered[0] is NOT_YET and make_finding(rule, case, answered).waived is None


@pytest.mark.parametrize(("id", "covered"), [("AP414", True), ("AP704", False)])
def test_what_comes_after_a_placement_is_waived_as_of_today_and_the_rest_as_of_its_last_day(
    id: str, covered: bool
) -> None:
    ended = {"day": "2026-02-13", "destination": "home-school"}
    case = no_exit(ended=ended, happened=[waived(rule=id, until="2026-02-20")])
    answered = BY_ID[id].answer(case)
    assert (
        answered[0] is BREACHED
        and (make_finding(BY_ID[id], case, answered).waived is not None) is covered
    )


def test_a_must_cannot_be_waived() -> None:
    case = placement_case(reason=["health"], happened=[waived(rule="AP114")])
    rule = changed(BY_ID["AP114"], lighter=None)
    answered = rule.answer(case)
    assert answered[0] is BREACHED and make_finding(rule, case, answered).waived is None


SAFETY_BREACHES: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "AP506": [("concern", {"day": "2026-02-20", "what": "x"})],
    "AP513": [("review", {"day": "2026-02-24", "safe": False})],
    "AP516": [("concern", {"day": "2026-02-20", "what": "x"})],
}


@pytest.mark.parametrize("id", SAFETY_BREACHES)
def test_a_waiver_of_a_rule_that_keeps_pupils_safe_covers_nothing(id: str) -> None:
    waiver = waived(rule=id, day="2026-02-27")
    case = placement_case(happened=[*SAFETY_BREACHES[id], waiver])
    answered = BY_ID[id].answer(case)
    assert answered[0] is BREACHED and make_finding(BY_ID[id], case, answered).waived is None


def test_a_rule_that_keeps_pupils_safe_is_not_asked_to_be_waived_again() -> None:
    waiver = waived(rule="AP506", day="2026-02-21", until="2026-02-27")
    case = placement_case(happened=[*SAFETY_BREACHES["AP506"], waiver])
    assert BY_ID["AP506"].answer(case)[0] is BREACHED and BY_ID["AP907"].answer(case)[0] is MET


def test_only_findings_that_bind_so_much_are_told() -> None:
    assert only(no_exit(), severities=(Severity.LOCAL,)) and not only(
        no_exit(), severities=(Severity.MUST, Severity.SHOULD)
    )


@pytest.mark.parametrize(
    ("by", "severity"),
    [
        (CommissionerKind.ACADEMY, Severity.SHOULD),
        (CommissionerKind.MAINTAINED_SCHOOL, Severity.MUST),
        (CommissionerKind.SPECIAL_SCHOOL, Severity.MUST),
        (CommissionerKind.PRU, Severity.MUST),
        (CommissionerKind.AP_ACADEMY, Severity.SHOULD),
        (CommissionerKind.INDEPENDENT, Severity.SHOULD),
    ],
)
def test_a_rule_that_is_guidance_for_some_binds_them_less_where_it_is_open(
    by: CommissionerKind, severity: Severity
) -> None:
    """Case L12; source: EA 2002 s.39, by which a maintained school can be a special one."""
    rule = BY_ID["AP114"]
    for reasons, expected in ((["health"], severity), (["behaviour"], Severity.MUST)):
        case = placement_case(reason=reasons, commissioner=by)
        assert make_finding(rule, case, rule.answer(case)).severity is expected
    assert rule.binds == "must or should" and BY_ID["AP102"].binds == "should"


def test_a_rule_without_a_condition_is_asked_of_every_case_and_those_after_one_that_is_not_in_force_as_well() -> (
    None
):
    later = changed(BY_ID["AP101"], since=date(2027, 1, 1))
    asked = (later, BY_ID["AP101"], *ALONE)
    assert [each.rule for each in check(no_exit(), asked)] == ["AP101", "AP414"]


def test_a_rule_rests_on_what_it_says_or_on_what_its_severity_does() -> None:
    statuses = {
        id: BY_ID[id].status for id in ("AP101", "AP105", "AP205", "AP414", "AP510", "AP511")
    }
    assert statuses == {"AP101": Status.NON_STATUTORY, "AP105": Status.STATUTORY_GUIDANCE, "AP205": Status.ENACTED, "AP414": Status.LOCAL,
                        "AP510": Status.PROPOSED, "AP511": Status.NON_STATUTORY}  # fmt: skip


def found(rule: str, answer: Answer, message: str, waived: Any = None) -> Finding:
    return Finding(rule, answer, Severity.SHOULD, "PL-0001", message, None, (), "", waived)


def test_of_several_days_the_worst_is_told_and_of_those_the_first() -> None:
    waiver = {"by": "x", "reason": "x", "day": date(2026, 3, 2), "until": None}
    told = [
        found("AP1", MET, "a"), found("AP1", BREACHED, "b"), found("AP1", BREACHED, "c"), found("AP1", CANNOT_TELL, "d"),
        found("AP2", BREACHED, "e", waiver), found("AP2", NOT_YET, "f"), found("AP2", MET, "g"),
    ]  # fmt: skip
    assert [(each.rule, each.message) for each in keep_worst(told)] == [("AP1", "b"), ("AP2", "f")]


def test_an_explanation_is_made_only_where_it_is_wanted_and_says_nothing_twice() -> None:
    (told,), (untold,) = only(no_exit(), why=True), only(no_exit())
    assert told.why and len(set(told.why)) == len(told.why) and untold.why is None


@pytest.mark.parametrize(
    ("id", "first"),
    [
        ("AP508", "2013-01-01"),
        ("AP601", "2024-08-19"),
        ("AP421", "2010-09-01"),
        ("AP108", "2007-09-01"),
    ],
)
def test_a_rule_is_asked_from_the_day_on_which_the_law_is_in_force(id: str, first: str) -> None:
    day = date.fromisoformat(first)
    assert BY_ID[id].in_force(day) and not BY_ID[id].in_force(day - timedelta(days=1))
    about = replace(placement_case(), on=day - timedelta(days=1))
    assert not list(check(about, (BY_ID[id],)))


def test_only_what_is_worded_has_words_and_a_remedy_and_all_else_stays_the_same() -> None:
    (whole,) = only(no_exit())
    assert whole.urgency is not None and whole.message and whole.remedy and whole.task
    assert only(no_exit(), worded=(whole.urgency,)) == [whole]
    others = tuple(urgency for urgency in Urgency if urgency is not whole.urgency)
    assert only(no_exit(), worded=others) == [replace(whole, message="", remedy=None, task="")]
