"""Education from day six in a real store: the week that held on the day, and a planned end."""

from __future__ import annotations

import pytest

from ..conftest import Program


@pytest.fixture
def excluded(ap: Program) -> Program:
    """A store with a pupil who was permanently excluded on 6 February 2026: day six is 23 February."""
    ap.ok("init", "--commissioner", "Testshire", "--kind", "local-authority")
    ap.ok("provider", "add", "Test Farm", "--kind", "non-school")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-05-05")
    ap.ok("record", "exclusion", "P-0001", "--day", "2026-02-06", "--permanent", on="2026-02-09")
    return ap


def place(ap: Program, starts: str, hours: str, *more: str) -> None:
    ap.ok(
        *("placement", "new", "--pupil", "P-0001", "--provider", "PR-0001", "--starts", starts),
        *("--hours", hours, "--route", "permanent-exclusion", "--school-week-hours", "25", *more),
        on="2026-02-20",
    )


def day_six(ap: Program, on: str) -> str:
    found = ap("check", "P-0001", "--rule", "AP108", "--show", "all", "--json", on=on)
    return str(found.data[0]["answer"])


@pytest.mark.parametrize(
    ("at_first", "later", "expected"),
    [("5", "25", "breached"), ("25", "5", "met")],
    ids=["full time came a week late", "full time on day six, and cut later"],
)
def test_day_six_is_judged_by_the_week_that_held_on_it(
    excluded: Program, at_first: str, later: str, expected: str
) -> None:
    place(excluded, "2026-02-23", at_first)
    excluded.ok("placement", "edit", "PL-0001", "--hours", later, "--from", "2026-03-02")
    assert day_six(excluded, "2026-03-02") == expected


@pytest.mark.parametrize(("ends", "expected"), [("2026-02-20", "not yet"), ("2026-02-23", "met")])
def test_a_placement_planned_to_end_before_day_six_is_no_education_on_it(
    excluded: Program, ends: str, expected: str
) -> None:
    place(excluded, "2026-01-06", "25", "--ends", ends)
    assert day_six(excluded, "2026-02-09") == expected


def test_hours_elsewhere_count_towards_full_time(excluded: Program) -> None:
    place(excluded, "2026-02-23", "15", "--elsewhere-hours", "10")
    assert day_six(excluded, "2026-03-02") == "met"


def test_a_placement_whose_week_changes_is_told_of_once(ap: Program) -> None:
    ap.ok("init", "--commissioner", "Testshire", "--kind", "local-authority")
    ap.ok("provider", "add", "Test Farm", "--kind", "non-school")
    ap.ok(
        *("pupil", "add", "Test Pupil", "--born", "2011-05-05", "--looked-after", "2020-01-01"),
        *("--next-pep", "2026-07-01"),
    )
    place(ap, "2026-02-23", "10")
    both = ("--whom", "virtual-school-head", "--whom", "social-worker")
    ap.ok("record", "informed", "P-0001", *both, "--day", "2026-02-20", on="2026-02-20")
    ap.ok("placement", "edit", "PL-0001", "--hours", "15", "--from", "2026-03-02")
    found = ap("check", "P-0001", "--rule", "AP117", "--show", "all", "--json", on="2026-03-03")
    assert found.data[0]["answer"] == "met"


def record_exclusion(ap: Program, day: str, *more: str, on: str = "2026-02-09") -> str:
    return ap.ok("record", "exclusion", "P-0001", "--day", day, *more, on=on).err


@pytest.fixture
def at_school(ap: Program) -> Program:
    """A pupil who is not looked after and has no social worker."""
    nobody = ("--looked-after", "no", "--social-worker", "no")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-05-05", *nobody)
    return ap


def test_recording_an_exclusion_says_what_is_due_and_by_when(at_school: Program) -> None:
    said = record_exclusion(at_school, "2026-02-09", "--permanent")
    assert "Arrange full-time education by Tuesday 24 February 2026" in said
    assert (
        "Have the head teacher tell the parents of the education by today, Monday 9 February 2026"
    ) in said
    assert "check the day" not in said and "Test Pupil" not in said


@pytest.mark.parametrize(
    ("until", "expected"), [("2026-02-13", False), ("2026-02-23", True)], ids=["five", "six days"]
)
def test_a_suspension_says_so_only_from_six_school_days_on(
    at_school: Program, until: str, expected: bool
) -> None:
    said = record_exclusion(at_school, "2026-02-09", "--suspension", "--until", until)
    assert ("Arrange full-time education by Monday 23 February 2026" in said) is expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-02-07", True), ("2026-02-16", True), ("2026-02-06", False)]
)
def test_an_exclusion_that_begins_on_no_school_day_asks_to_check_the_day(
    at_school: Program, day: str, expected: bool
) -> None:
    said = record_exclusion(at_school, day, "--permanent", on="2026-02-05")
    assert ("is not a school day: check the day" in said) is expected


def test_a_second_permanent_exclusion_names_the_first(at_school: Program) -> None:
    assert "already" not in record_exclusion(at_school, "2026-02-06", "--permanent")
    said = record_exclusion(at_school, "2026-02-09", "--permanent")
    assert "P-0001 was permanently excluded already, on 6 February 2026" in said
    assert "ap record withdraw E-0001" in said
    suspended = record_exclusion(at_school, "2026-02-09", "--suspension", "--until", "2026-02-10")
    assert "already" not in suspended


def test_an_exclusion_says_its_sixth_day_where_the_education_cannot_be_told(
    excluded: Program,
) -> None:
    place(excluded, "2026-02-23", "19")
    said = record_exclusion(excluded, "2026-02-10", "--suspension", "--until", "2026-03-06")
    assert "the sixth school day is Tuesday 24 February 2026" in said


@pytest.mark.parametrize(("on", "expected"), [("2026-02-09", False), ("2026-02-10", True)])
def test_status_shows_a_sixth_day_within_a_fortnight(
    at_school: Program, on: str, expected: bool
) -> None:
    told = ("--start-day", "--daily-hours", "--address", "--report-to", "--day", "2026-02-09")
    record_exclusion(at_school, "2026-02-09", "--permanent")
    at_school.ok("record", "education-notice", "P-0001", *told, on="2026-02-09")
    found = {row["what"]: row for row in at_school.json("status", on=on)}
    assert ("due soon" in found) is expected
    if expected:
        assert found["due soon"]["message"] == (
            "1 duty of the law within 14 days, the first by Tuesday 24 February 2026: P-0001"
        )
