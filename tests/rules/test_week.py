"""Whether the week is full, and what is agreed if it is not: AP417 to AP419, AP427."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.domain.sessions import read_sessions
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.cases.register import Register, WeekFrom
from ap_cli.rules.examples.builders import PUPIL, placement_case
from ap_cli.rules.examples.week import AGREED, WELL, of_the_council, part_time, tutored, week
from ap_cli.rules.rule import BREACHED, MET, NOT_APPLICABLE, Answer, Severity

from .answers import BY_ID, answer, breach, remedy


@pytest.mark.parametrize(("hours", "expected"), [("24", BREACHED), ("25", MET), ("26", MET)])
def test_more_time_than_the_schools_own_week_is_full_as_well(hours: str, expected: Answer) -> None:
    case = placement_case(
        hours=hours,
        school_week_hours="25",
        at_school=None,
        at_provider="mon-thu",
        extent="full-time",
    )
    assert answer("AP427", case) is expected


@pytest.mark.parametrize(
    ("born", "told"),
    [("2011-08-31", True), ("2011-09-01", False), ("2009-09-01", True), ("2009-08-31", False)],
)
def test_the_usual_hours_are_told_at_key_stage_4(born: str, told: bool) -> None:
    case = placement_case(at_provider="mon-tue", at_school="wed", pupil=PUPIL | {"born": born})
    assert ("25 hours are usual" in BY_ID["AP427"].problem(case)) is told


@pytest.mark.parametrize(("day", "expected"), [("2026-03-02", BREACHED), ("2026-03-03", MET)])
def test_the_day_on_which_a_week_is_full_again_is_still_to_come(day: str, expected: Answer) -> None:
    assert (
        answer(
            "AP418",
            placement_case(
                at_provider="mon-tue",
                at_school="wed",
                full_time_from=day,
                part_time_reason="phased-return",
                part_time_review="2026-03-02",
                pupil=PUPIL | {"medical": "no"},
            ),
        )
        is expected
    )


@pytest.mark.parametrize(
    ("changed", "severity"),
    [
        ({}, Severity.MUST),
        ({"commissioner": CommissionerKind.ACADEMY}, Severity.SHOULD),
        ({"commissioner": CommissionerKind.ACADEMY, "for_authority": True}, Severity.MUST),
        ({"route": "school-arranged"}, Severity.SHOULD),
        ({"pupil": WELL | {"born": "2008-11-15"}}, Severity.SHOULD),
    ],
)
def test_a_full_week_is_law_where_the_council_owes_it_to_a_child_of_school_age(
    changed: dict[str, Any], severity: Severity
) -> None:
    case = of_the_council(**changed)
    assert answer("AP427", case) is BREACHED and BY_ID["AP427"].weighs(case) is severity


@pytest.mark.parametrize(
    ("changed", "severity"),
    [
        ({"marks": "2026-02-27 am C2"}, Severity.MUST),
        ({"code": "C2"}, Severity.MUST),
        ({"marks": "2026-02-27 am C2", "commissioner": CommissionerKind.ACADEMY}, Severity.SHOULD),
        ({"marks": "2026-02-27 am C2", **AGREED, "home_checked_by": None}, Severity.SHOULD),
        ({}, Severity.SHOULD),
    ],
)
def test_the_agreement_on_time_at_home_is_law_for_a_maintained_school_with_c2(
    changed: dict[str, Any], severity: Severity
) -> None:
    school = {"commissioner": CommissionerKind.MAINTAINED_SCHOOL}
    case = week("mon-thu", "none", at_home="fri", **school | changed)
    assert answer("AP419", case) is BREACHED and BY_ID["AP419"].weighs(case) is severity


def test_a_week_that_is_not_recorded_is_law_where_the_council_owes_it() -> None:
    owed = {"route": "section-19", "commissioner": CommissionerKind.LOCAL_AUTHORITY}
    case = week("mon-wed", None, **owed)
    assert answer("AP427", case) is BREACHED and BY_ID["AP427"].weighs(case) is Severity.MUST


def test_five_hours_in_ten_sessions_are_named_and_not_the_label() -> None:
    case = week("mon-fri", "none", hours="5", route="section-19")
    assert BY_ID["AP903"].problem(case) == "the week has only 5 hours in 10 recorded sessions"
    assert "10 of 10 sessions, but only 5 hours" in BY_ID["AP427"].problem(case)
    assert answer("AP418", case) is BREACHED


def test_time_at_home_that_is_over_is_named_by_the_day_of_its_last_mark() -> None:
    past = AGREED | {"home_until": "2026-02-11"}
    case = week(at_home="thu", marks="2026-02-05 am C2, 2026-02-12 am C2", **past)
    assert BY_ID["AP419"].problem(case) == (
        "the pupil was at home with code C2 on 12 February 2026,"
        " and no end date then still to come is recorded"
    )


@pytest.mark.parametrize(
    ("id", "case", "why"),
    [
        ("AP418", week(), "the week is full time"),
        ("AP418", week("mon-fri", None, hours="25"), "the week is full time"),
        ("AP418", tutored("full-time"), "the week is full time"),
        (
            "AP418",
            week(None, extent=None),
            "you have not said which sessions there are (AP427 asks)",
        ),
        ("AP419", part_time(), "no part of the week is at home"),
        ("AP419", tutored("full-time", at_home="wed-fri"), "the week is full time"),
    ],
)
def test_a_week_of_which_nothing_is_to_be_agreed_says_why(
    id: str, case: PlacementCase, why: str
) -> None:
    assert answer(id, case) is NOT_APPLICABLE and BY_ID[id].why_not(case) == why


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"full_time_from": None}, "there is no date to be back full time"),
        ({"full_time_from": "2026-03-02"}, "was to be back full time from 2 March 2026"),
        ({"part_time_reason": None}, "you have not said why"),
        ({"part_time_reason": "behaviour"}, "behaviour is no reason for that"),
        (
            {"part_time_reason": "behaviour", "full_time_from": None},
            "behaviour is no reason for that, and there is no date to be back full time",
        ),
        ({"part_time_review": None}, "no review with pupil and parents is planned"),
        (
            {"part_time_review": "2026-03-01"},
            "the review with pupil and parents was due on 1 March 2026",
        ),
    ],
)
def test_what_is_missing_of_a_part_time_week_is_named(changed: dict[str, Any], told: str) -> None:
    assert breach("AP418", part_time(**changed)) == f"the pupil is part time, and {told}"


@pytest.mark.parametrize(
    ("changed", "mended"),
    [
        ({"full_time_from": None}, "ap placement edit PL-0001 --full-time-from …"),
        ({"part_time_reason": "behaviour"}, "ap placement edit PL-0001 --part-time-reason …"),
        (
            {"part_time_reason": "behaviour", "pupil": PUPIL},
            "ap placement edit PL-0001 --part-time-reason …",
        ),
        (
            {"full_time_from": None, "pupil": PUPIL},
            "ap placement edit PL-0001 --full-time-from …, or ap pupil edit P-0001 --medical …",
        ),
    ],
)
def test_a_part_time_week_is_mended_by_its_own_questions_or_by_an_illness_not_asked_about(
    changed: dict[str, Any], mended: str
) -> None:
    assert remedy("AP418", part_time(**changed)) == mended


@pytest.mark.parametrize(
    ("missing", "severity"),
    [
        ("at_home", Severity.MUST),
        ("home_agreed", Severity.MUST),
        ("home_until", Severity.MUST),
        ("home_reported", Severity.SHOULD),
        ("home_checked_by", Severity.SHOULD),
    ],
)
def test_that_a_parent_agreed_with_times_and_dates_is_law_and_the_rest_is_guidance(
    missing: str, severity: Severity
) -> None:
    """Source: SI 2024/208 reg 11(6)."""
    answers = AGREED | {"at_home": "fri", missing: None}
    case = week(
        "mon-thu", "none", code="C2", commissioner=CommissionerKind.MAINTAINED_SCHOOL, **answers
    )
    assert answer("AP419", case) is BREACHED and BY_ID["AP419"].weighs(case) is severity
    flag = missing.replace("_", "-")
    assert remedy("AP419", case).startswith(f"ap placement edit PL-0001 --{flag}")


@pytest.mark.parametrize(("day", "expected"), [("2026-02-12", MET), ("2026-02-19", BREACHED)])
def test_time_at_home_that_is_over_is_judged_by_the_week_of_its_last_mark(
    day: str, expected: Answer
) -> None:
    """The pupil was at home on Thursdays up to Sunday 15 February, and in no session since."""
    weeks = (
        WeekFrom(date(2026, 1, 6), read_sessions("mon-wed"), read_sessions("thu")),
        WeekFrom(date(2026, 2, 16), read_sessions("mon-thu"), read_sessions("none")),
    )
    case = week(at_home="none", marks=f"{day} am C2", **AGREED)
    marks = case.register.marks
    case = replace(case, register=Register(lambda: marks, lambda: weeks))
    assert answer("AP419", case) is expected


@pytest.mark.parametrize(
    ("id", "case", "mended"),
    [
        ("AP417", week(school="none"), "--at-provider … --at-school … --elsewhere …"),
        ("AP427", week(school="fri am"), "--at-provider … --at-school … --elsewhere …"),
        ("AP427", week(school=None), "--at-school …"),
        (
            "AP427",
            week("mon-fri", "none", hours="5"),
            "--hours … --at-provider … --at-school … --elsewhere …",
        ),
        ("AP428", week(school="none"), "--at-provider … --at-school … --elsewhere … --at-home …"),
    ],
)
def test_a_week_is_mended_by_the_sessions_that_are_not_recorded_or_else_by_all(
    id: str, case: PlacementCase, mended: str
) -> None:
    assert remedy(id, case) == f"ap placement edit PL-0001 {mended}"


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (week(school="fri am"), "the pupil has only 9 of 10 sessions and 12 hours a week"),
        (
            week(school="fri am", school_week_hours="25", hours="15"),
            "the pupil has only 9 of 10 sessions and 15 hours of the school's 25 a week",
        ),
        (
            week(None, None),
            "you have not said which sessions the pupil is at the provider and at school",
        ),
        (week(school=None), "you have not said which sessions the pupil is at school"),
        (
            week("mon-fri", "none", hours="5"),
            "the pupil has 10 of 10 sessions, but only 5 hours a week",
        ),
    ],
)
def test_what_a_week_falls_short_of_is_named(case: PlacementCase, told: str) -> None:
    assert breach("AP427", case).startswith(told)


def test_time_at_home_that_is_not_agreed_is_named_as_it_is_now() -> None:
    case = week("mon-thu", "none", at_home="fri", **AGREED | {"home_agreed": None})
    assert breach("AP419", case) == (
        "the pupil is at home for part of the week, and the parents have not agreed"
    )
