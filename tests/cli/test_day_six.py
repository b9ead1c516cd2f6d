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
