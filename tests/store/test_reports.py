"""What is gathered for an inspector and for governors, with each figure worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.domain.term import Term
from ap_cli.errors import ApError
from ap_cli.services.governors import Cost, Counted, OnTime, TermReport, choose_term, gather_term
from ap_cli.services.inspection import gather_inspection

from ..conftest import COMPLETE, Program

SPRING = Term("spring", 2026, date(2026, 1, 6), date(2026, 3, 27))
FARM = ("--provider", "PR-0001", "--route", "off-site-direction", "--no-input")


@pytest.fixture
def school(ap: Program) -> Program:
    """Two children at a farm from 6 January 2026, one of whom left on 13 February."""
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered")
    for name in ("Test Pupil", "Sample Pupil"):
        ap.ok("pupil", "add", name, "--born", "2011-06-27")
    for pupil, hours in (("P-0001", "12"), ("P-0002", "6")):
        new = ("placement", "new", *FARM, "--pupil", pupil, "--hours", hours)
        ap.ok(*new, "--starts", "2026-01-06", "--ends", "2026-07-10")
    ap.ok("placement", "edit", "PL-0001", "--cost", "120", "--reason", "behaviour")
    ap.ok("placement", "edit", "PL-0001", "--extent", "part-time")
    ap.ok("record", "review", "PL-0001", "--day", "2026-02-13", *COMPLETE)
    ended = ("--destination", "home-school", "--reason", "they went back")
    ap.ok("placement", "end", "PL-0002", "--day", "2026-02-13", *ended)
    return ap


def report(ap: Program, on: str = "2026-03-02") -> TermReport:
    with ap.opened() as store:
        day = date.fromisoformat(on)
        return gather_term(store, day, choose_term(store, day, None))


def test_the_term_is_the_one_that_runs_or_the_last_one(school: Program) -> None:
    assert report(school).term == SPRING
    assert report(school, "2026-03-30").term == SPRING
    assert report(school, "2026-04-12").term == SPRING
    assert report(school, "2026-04-13").term.name == "summer 2026"


@pytest.mark.parametrize("name", ["autumn 2025", "Autumn term 2025", "2025 AUTUMN"])
def test_a_term_is_chosen_by_its_name(school: Program, name: str) -> None:
    with school.opened() as store:
        assert choose_term(store, date(2026, 3, 2), name).first == date(2025, 8, 26)


@pytest.mark.parametrize("name", ["summer 2026", "winter 2025"])
def test_a_term_that_has_not_begun_is_refused_with_those_that_have(
    school: Program, name: str
) -> None:
    with school.opened() as store:
        with pytest.raises(ApError, match=r"choose from .*autumn 2025, spring 2026"):
            choose_term(store, date(2026, 3, 2), name)
        assert choose_term(store, date(2026, 4, 13), "summer 2026").last == date(2026, 7, 10)


def test_a_term_is_the_last_one_only_until_another_of_unknown_dates_can_have_begun(
    school: Program,
) -> None:
    with school.opened() as store:
        assert choose_term(store, date(2026, 8, 15), None).name == "summer 2026"
        with pytest.raises(ApError, match="No term dates are known for 16 August 2026"):
            choose_term(store, date(2026, 8, 16), None)
        assert choose_term(store, date(2026, 8, 16), "summer 2026").name == "summer 2026"


def test_a_day_before_all_known_terms_asks_for_term_dates(school: Program) -> None:
    with school.opened() as store, pytest.raises(ApError, match="ap terms import"):
        choose_term(store, date(2001, 3, 2), None)


def test_numbers_are_those_of_the_term(school: Program) -> None:
    found = report(school)
    assert (found.live, found.children, found.providers) == (1, 1, 1)
    assert (found.began, found.ended, found.part_time) == (2, 1, 1)
    assert found.reasons == (Counted("behaviour", 1),)
    assert found.destinations == (Counted("home-school", 1),)


def test_the_last_day_of_a_placement_is_in_the_term_and_ends_it(school: Program) -> None:
    assert report(school, "2026-02-12").ended == 0
    assert report(school, "2026-02-13").ended == 1


def test_a_review_in_the_half_term_is_in_time_and_none_is_missed(school: Program) -> None:
    # of spring 1, to 13 February: one was held; the child who left had none
    assert report(school).reviews == OnTime(due=2, in_time=1, late=0)
    assert report(school).reviews.missed == 1


def test_a_review_held_after_the_half_term_is_late(school: Program) -> None:
    school.ok("undo", "--yes")  # the ending
    school.ok("undo", "--yes")  # the review
    school.ok("record", "review", "PL-0001", "--day", "2026-02-23", *COMPLETE)
    found = report(school).reviews
    # two of spring 1: one late, one missed; and that of spring 2, held already
    assert found == OnTime(due=3, in_time=1, late=1)


def test_a_half_term_that_goes_on_is_not_missed_until_its_last_day_is_over(
    school: Program,
) -> None:
    assert report(school, "2026-03-27").reviews.due == 2
    assert report(school, "2026-03-28").reviews.due == 3


def test_a_length_is_in_weeks_the_running_one_counted(school: Program) -> None:
    six = report(school, "2026-02-16")
    seven = report(school, "2026-02-17")
    assert (six.median_weeks, seven.median_weeks) == (6, 7)
    assert six.lengths[0] == Counted("up to 6 weeks", 1)
    assert seven.lengths[:2] == (Counted("up to 6 weeks", 0), Counted("7 to 13 weeks", 1))


def test_the_cost_of_a_term_is_that_of_its_weeks_with_school_days(school: Program) -> None:
    # 6 January to 2 March is nine calendar weeks, of which the half term holiday is one
    assert report(school).cost == Cost(
        weekly=12_000,
        term=8 * 12_000,
        unknown=1,  # the child who left
        weekly_children=1,
        term_children=1,
    )


def test_a_cost_that_nobody_recorded_is_counted_as_such(school: Program) -> None:
    school.ok("undo", "--yes")  # the ending: PL-0002 runs on, and its cost is not recorded
    assert report(school).cost.unknown == 1


def test_visits_before_the_start_and_in_the_term_are_counted(school: Program) -> None:
    assert report(school).first_visits == OnTime(due=2) and report(school).visited == 0
    school.ok("record", "visit", "PL-0001", "--day", "2026-01-05", "--by", "L. Sample")
    assert report(school).first_visits == OnTime(due=2, in_time=1)
    assert report(school).visited == 0
    school.ok("record", "visit", "PL-0001", "--day", "2026-01-06", "--by", "L. Sample")
    assert report(school).visited == 1


def test_attendance_is_that_of_the_term(school: Program) -> None:
    monday = ("attendance", "week", "PL-0001", "2026-02-23")
    school.ok(*monday, "B", "B", "N", "-", "-", "-", "-", "-", "-", "-")
    assert report(school).attendance.possible == 3
    assert report(school).attendance.percent == 66.7
    assert report(school, "2026-02-20").attendance.possible == 0


def test_open_safety_tasks_are_counted_by_what_they_are(school: Program) -> None:
    assert report(school).safety == ()
    unsafe = ("--no-safe", "--attending", "--objectives-met", "--needs-met")
    decided = ("--decided", "end", "--day", "2026-03-02")
    school.ok("record", "review", "PL-0001", *unsafe, *decided)
    assert report(school).safety == (Counted("Reviews not acted on", 1),)


def test_a_visit_that_the_plan_names_counts_from_its_day_on(school: Program) -> None:
    school.ok("placement", "edit", "PL-0001", "--visited", "2026-01-05", on="2026-01-05")
    assert report(school).first_visits.in_time == 0  # nobody is named
    school.ok("placement", "edit", "PL-0001", "--visited-by", "L. Sample")
    assert report(school).first_visits.in_time == 1 and report(school).visited == 0
    with school.opened() as store:
        (farm,) = gather_inspection(store, date(2026, 3, 2)).providers
    assert farm.last_visit == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("on", "last"), [("2026-02-28", "2026-02-01"), ("2026-03-01", "2026-03-01")]
)
def test_a_visit_to_a_child_who_has_left_is_one_of_the_provider(
    school: Program, on: str, last: str
) -> None:
    for day in ("2026-03-01", "2026-02-01"):
        school.ok("record", "visit", "PL-0002", "--day", day, "--by", "L. Sample", on="2026-03-01")
    with school.opened() as store:
        (farm,) = gather_inspection(store, date.fromisoformat(on)).providers
    assert [line.placement for line in farm.placements] == ["PL-0001"]
    assert farm.last_visit == date.fromisoformat(last) and report(school).visited == 1


def test_an_inspector_sees_those_placed_on_the_day_by_provider(school: Program) -> None:
    school.ok("record", "evidence", "PR-0001", "--item", "staff-checks", "--day", "2026-01-02")
    school.ok("record", "visit", "PR-0001", "--day", "2026-01-05", "--by", "L. Sample")
    with school.opened() as store:
        found = gather_inspection(store, date(2026, 2, 14))
        earlier = gather_inspection(store, date(2026, 2, 13))
    (farm,) = found.providers
    assert (farm.staff_checks, farm.last_visit) == (date(2026, 1, 2), date(2026, 1, 5))
    (line,) = farm.placements
    assert (line.placement, line.pupil, line.year) == ("PL-0001", "P-0001", 10)
    assert (line.minutes, line.last_review) == (720, date(2026, 2, 13))
    assert (found.children, earlier.children) == (1, 2)


def test_a_placement_in_school_is_in_neither(school: Program) -> None:
    school.ok("placement", "edit", "PL-0001", "--place", "school")
    with school.opened() as store:
        assert gather_inspection(store, date(2026, 3, 2)).providers == ()
    assert report(school).live == 0
