"""Whether the week is full, and what is agreed if it is not: AP417 to AP419, AP427."""

from __future__ import annotations

from typing import Any

import pytest

from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.rules.examples.builders import PUPIL, placement_case
from ap_cli.rules.examples.week import AGREED, WELL, of_the_council, week
from ap_cli.rules.rule import BREACHED, MET, Answer, Severity

from .answers import BY_ID, answer


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
