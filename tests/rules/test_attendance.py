"""Attendance codes and marks: AP601 to AP606."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from ap_cli.domain.options import Place
from ap_cli.domain.sessions import Sessions, read_sessions
from ap_cli.forms.facts import Unknown
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.cases.register import Register, WeekFrom
from ap_cli.rules.examples.attendance import (
    AT_HOME,
    BASELINE,
    FOUR_CONDITIONS,
    ONLINE,
    SCHOOL,
    attended,
    coded,
    marked,
)
from ap_cli.rules.examples.builders import PUPIL, placement_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, Answer, Severity

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


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (marked("2026-02-24 am I"), "no session is marked B, C2, D, E, K, X"),
        (
            marked("2026-02-24 am B", pupil=PUPIL | {"home_school": "none"}),
            "the pupil is not on the home school's register",
        ),
    ],
)
def test_marks_that_nothing_can_contradict_are_not_judged_and_why(
    case: PlacementCase, why: str
) -> None:
    assert answer("AP608", case) is NOT_APPLICABLE and BY_ID["AP608"].why_not(case) == why


def test_each_code_that_cannot_be_true_has_a_line_with_a_count() -> None:
    case = marked("2026-02-23 am X, 2026-02-23 pm B, 2026-02-24 am X, 2026-02-24 pm D")
    assert breach("AP608", case) == (
        "2 sessions are marked X, and the pupil is of compulsory school age;"
        " 1 session is marked D, and the pupil is not registered there"
    )
    amend = "ap attendance amend PL-0001 2026-02-23 am CODE --until 2026-02-24 --marked X"
    assert remedy("AP608", case) == f"{amend} --reason …"


def test_time_at_home_without_an_agreement_is_mended_by_one_or_in_the_register() -> None:
    case = marked("2026-02-27 pm C2", at_home="fri")
    assert remedy("AP608", case) == (
        "ap placement edit PL-0001 --at-home … --home-agreed --home-until …,"
        " or ap attendance amend PL-0001 2026-02-27 pm CODE --reason …"
    )


def test_learning_alone_marked_as_attendance_is_named_by_its_codes_and_mended_from_the_first() -> (
    None
):
    case = marked(
        "2026-02-20 pm B, 2026-02-27 am /, 2026-02-27 pm B", at_home="fri", at_school="none"
    )
    assert breach("AP606", case).startswith(
        "the pupil learned with nobody there, in sessions marked B and /: "
    )
    amend = "ap attendance amend PL-0001 2026-02-20 pm CODE --until 2026-02-27 --marked B"
    assert remedy("AP606", case) == f"{amend} --reason …"


@pytest.mark.parametrize("missing", ["at_home", "home_agreed", "home_until"])
def test_c2_is_not_true_without_each_part_of_the_agreement(missing: str) -> None:
    """Source: SI 2024/208 reg 11(6)."""
    assert answer("AP608", marked("2026-02-27 am C2", **AT_HOME)) is MET
    assert answer("AP608", marked("2026-02-27 am C2", **AT_HOME | {missing: None})) is BREACHED


def test_a_mark_that_cannot_be_true_is_found_whatever_is_missing_about_a_later_one() -> None:
    """Since Monday 23 February a tutor comes to the pupil's home, nobody recorded when."""
    friday, when = read_sessions("fri"), Unknown("placement.at_provider")
    weeks = (
        WeekFrom(date(2026, 1, 6), read_sessions("mon-thu"), friday, place=Place.PROVIDER),
        WeekFrom(date(2026, 2, 23), when, friday, friday, Place.HOME),
    )
    for marks, expected in (
        ("2026-02-27 am B", CANNOT_TELL),
        ("2026-02-20 am B, 2026-02-27 am B", BREACHED),
    ):
        case = marked(marks)
        register = Register(partial(getattr, case.register, "marks"), lambda: weeks)
        assert answer("AP606", replace(case, register=register)) is expected


@pytest.mark.parametrize(("code", "expected"), [("B", CANNOT_TELL), ("/", MET)])
def test_a_session_at_home_turns_on_when_the_tutor_comes_unless_it_is_in_school(
    code: str, expected: Answer
) -> None:
    case = marked(f"2026-02-27 am {code}", at_home="fri", place="home", at_provider=None)
    assert answer("AP606", case) is expected


def test_a_mark_that_can_be_true_does_not_settle_another_of_which_nobody_can_tell() -> None:
    marks = "2026-02-26 am /, 2026-02-27 am /"
    assert answer("AP606", marked(marks, provider=ONLINE, at_provider=None)) is CANNOT_TELL


def test_sessions_are_amended_together_only_if_all_of_that_code_between_are_wrong() -> None:
    """C2 is agreed for the Friday alone: with one between two wrong ones each is amended by itself."""
    alone = marked("2026-02-26 am C2, 2026-02-27 am C2, 2026-03-02 am C2", **AT_HOME)
    together = marked("2026-02-25 am C2, 2026-02-26 am C2, 2026-02-27 am C2", **AT_HOME)
    spelt = [remedy_of("AP608", case) for case in (alone, together)]
    assert "2026-02-26 am CODE --reason" in spelt[0]
    assert "2026-02-25 am CODE --until 2026-02-26 --marked C2 --reason" in spelt[1]
    assert all(remedy.startswith("ap placement edit") for remedy in spelt), "or it is agreed"
    single = remedy_of("AP608", marked("2026-02-24 am X, 2026-02-25 am C2"))
    assert single == "ap attendance amend PL-0001 2026-02-24 am CODE --reason …"
