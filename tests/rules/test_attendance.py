"""Attendance codes and marks: AP601 to AP606."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from ap_cli.domain.options import Place
from ap_cli.domain.sessions import Sessions, read_sessions
from ap_cli.rules.cases.register import Register, WeekFrom
from ap_cli.rules.examples.attendance import (
    BASELINE,
    FOUR_CONDITIONS,
    SCHOOL,
    attended,
    coded,
    marked,
)
from ap_cli.rules.examples.builders import placement_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, Answer, Severity

from .answers import BY_ID, answer, breach, remedy
from .answers import remedy as remedy_of


@pytest.mark.parametrize(("missed", "expected"), [(2, MET), (3, BREACHED), (4, BREACHED)])
def test_more_sessions_missed_running_than_the_figure_are_a_breach_as_well(
    missed: int, expected: Answer
) -> None:
    days = [date(2026, 2, 23) + timedelta(days=number) for number in range(5)]
    present = ", ".join(f"{day - timedelta(days=28)} am B" for day in days)
    case = placement_case(marks=present + ", " + ", ".join(f"{day} am O" for day in days[:missed]))
    assert answer("AP605", case) is expected


@pytest.mark.parametrize(
    ("since", "code", "expected"),
    [("2026-03-02", "D", MET), ("2026-03-02", "B", BREACHED), ("2026-03-03", "D", BREACHED)],
)
def test_d_is_right_from_the_day_on_which_the_pupil_is_registered_there(
    since: str, code: str, expected: Answer
) -> None:
    assert answer("AP601", coded(code, provider=SCHOOL, dual_registered=since)) is expected


def test_d_at_a_school_waits_for_the_day_of_registration_and_at_no_school_is_wrong() -> None:
    assert answer("AP601", coded("D", provider=SCHOOL)) is CANNOT_TELL
    assert answer("AP601", coded("D")) is BREACHED


@pytest.mark.parametrize(("code", "told"), [("B", True), ("W", False)])
def test_the_handbooks_plain_b_is_named_where_it_is_wrong(code: str, told: bool) -> None:
    breach = BY_ID["AP601"].problem(coded(code, route="section-19"))
    assert ("the handbook's plain “B”" in breach) is told and breach.startswith(
        f"you plan code {code}, and K is right because the council arranges the place"
    )


def test_the_code_that_is_right_is_named_with_its_conditions_where_it_has_any() -> None:
    remedy = partial(remedy_of, "AP601")
    assert remedy(coded("K")).endswith(
        "--code B --code-elsewhere --code-educational --code-approved --code-supervised"
    )
    assert remedy(coded("W", code_supervised=None)).endswith(
        "--code W --code-elsewhere --code-educational --code-approved --code-supervised"
    )
    assert remedy(coded("B", route="section-19")).endswith("--code K")
    assert (
        BY_ID["AP601"].problem(coded("K"))
        == "you plan code K, and B or P or W is right because a school arranges the place"
    )
    lacking = coded("B", **dict.fromkeys(FOUR_CONDITIONS, False))
    assert BY_ID["AP601"].problem(lacking).count(";") == 3


@pytest.mark.parametrize(("missing", "more"), [(3, False), (4, False), (5, True)])
def test_at_most_four_sessions_without_a_mark_are_named(missing: int, more: bool) -> None:
    days = [f"2026-02-{day} {half} B" for day in (23, 24, 25, 26) for half in ("am", "pm")]
    breach = BY_ID["AP603"].problem(marked(", ".join(days[missing:])))
    assert (
        breach.startswith(f"you have no mark for {missing} sessions of the pupil: ")
        and ("more" in breach) is more
        and breach.count("2026") == min(missing, 4)
    )


@pytest.mark.parametrize(
    ("on", "expected", "severity"),
    [("2026-03-02", BREACHED, Severity.SHOULD), ("2026-03-03", BREACHED, Severity.MUST)],
)
def test_an_absence_binds_by_law_once_five_school_days_have_gone_by(
    on: str, expected: Answer, severity: Severity
) -> None:
    case = marked("2026-02-23 am N", on=date.fromisoformat(on))
    assert answer("AP604", case) is expected and BY_ID["AP604"].weighs(case) is severity


@pytest.mark.parametrize(
    ("present", "missed", "expected"),
    [
        (7, 3, BREACHED),
        (6, 3, MET),
        (8, 2, BREACHED),
        (42, 10, MET),
        (80, 20, BREACHED),
        (81, 20, MET),
    ],
    ids=[
        "ten sessions",
        "nine",
        "ten points below",
        "a little less",
        "of many, ten points below",
        "a little less of many",
    ],
)
def test_attendance_falls_away_at_ten_points_below_what_it_was_of_ten_sessions_or_more(
    present: int, missed: int, expected: Answer
) -> None:
    case = marked(attended(present, missed), happened=BASELINE, on=date(2026, 3, 2))
    assert answer("AP605", case) is expected


@pytest.mark.parametrize(("day", "expected"), [("2026-01-06", MET), ("2026-01-07", BREACHED)])
def test_a_pupil_is_registered_there_from_the_first_day(day: str, expected: Answer) -> None:
    case = placement_case(
        provider={"name": "Example PRU", "kind": "pru"}, dual_registered=day, site=None
    )
    assert answer("AP602", case) is expected


@pytest.mark.parametrize(("before", "expected"), [(84, MET), (85, BREACHED), (86, BREACHED)])
def test_attendance_has_fallen_away_from_ten_points_below_on(before: int, expected: Answer) -> None:
    marks = ", ".join(
        f"2026-01-{day:02d} {half} {'B' if (day, half) not in ((7, 'am'), (9, 'pm'), (14, 'am'), (16, 'pm'), (20, 'am')) else 'I'}"
        for day in (6, 7, 8, 9, 12, 13, 14, 15, 16, 20)
        for half in ("am", "pm")
    )
    case = placement_case(
        marks=marks, happened=[("induction", {"day": "2026-01-10", "prior_attendance": before})]
    )
    assert answer("AP605", case) is expected


@pytest.mark.parametrize(("missed", "told"), [(4, ""), (5, " and 1 more")])
def test_at_most_four_sessions_are_named_of_absences_without_a_reason(
    missed: int, told: str
) -> None:
    days = [f"2026-01-{day:02d} {half} N" for day in (12, 13, 14) for half in ("am", "pm")][:missed]
    case = marked(", ".join(days), on=date(2026, 2, 2))
    assert breach("AP604", case).endswith(told) and breach("AP604", case).count("2026") == 4
    assert remedy("AP604", case) == "ap attendance amend PL-0001 2026-01-12 am O --reason …"


@pytest.mark.parametrize(("days", "told"), [(4, ""), (5, " and 1 more")])
def test_at_most_four_days_are_named_of_absences_that_nobody_asked_about(
    days: int, told: str
) -> None:
    found = [f"2026-02-{day:02d} am N" for day in (23, 24, 25, 26, 27)][:days]
    case = marked(", ".join(found), on=date(2026, 2, 28))
    assert breach("AP604", case).startswith(
        "nobody asked after the pupil on the day of the absence: "
    ) and breach("AP604", case).endswith(told)
    assert breach("AP604", case).count("2026") == 4 and remedy("AP604", case).startswith(
        "ap record contact PL-0001 --day 2026-02-23 "
    )


@pytest.mark.parametrize(("there", "told"), [(4, ""), (5, " and 1 more")])
def test_at_most_four_sessions_at_home_are_named(there: int, told: str) -> None:
    fridays = ["2026-01-09", "2026-01-16", "2026-01-23", "2026-01-30", "2026-02-06"][:there]
    case = marked(", ".join(f"{day} am B" for day in fridays), at_home="fri", at_provider="mon-thu")
    assert breach("AP606", case).endswith(told) and breach("AP606", case).count("2026") == 4


@pytest.mark.parametrize(("day", "expected"), [("2026-02-23", BREACHED), ("2026-02-24", MET)])
def test_a_mark_is_judged_by_the_place_of_its_day(day: str, expected: Answer) -> None:
    sessions = read_sessions("mon-thu")
    weeks = (
        WeekFrom(date(2026, 1, 6), sessions, Sessions(), place=Place.ONLINE),
        WeekFrom(date(2026, 2, 24), sessions, Sessions(), place=Place.PROVIDER),
    )
    case = marked(f"{day} am B")
    marks = case.register.marks
    case = replace(case, register=Register(lambda: marks, lambda: weeks))
    assert answer("AP606", case) is expected
