"""Cells as offices write them, and the answers that they are."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from ap_cli.domain.periods import Period, Periods
from ap_cli.domain.placement import Placement
from ap_cli.domain.provider import Provider
from ap_cli.domain.pupil import Pupil
from ap_cli.domain.readers import answer
from ap_cli.domain.sessions import Sessions
from ap_cli.exchange.cells import HoursADay, read_cell, week_of_days
from ap_cli.forms.form import Noun, Question, question

TODAY = date(2026, 3, 2)


def asked(noun: type[Noun], name: str) -> Question:
    found = question(noun, name)
    assert found is not None
    return found


def value(noun: type[Noun], name: str, cell: object) -> object:
    """What a cell is kept as; None for no answer."""
    about = asked(noun, name)
    given = read_cell(about, cell, TODAY)
    return None if given is None else answer(about, {about.key: given}, TODAY)


@pytest.mark.parametrize(
    "cell",
    [
        "05/03/2011",
        "5 March 2011",
        "5.3.2011",
        "05/03/11",
        40607,
        40607.0,
        "40607",
        datetime(2011, 3, 5),
        date(2011, 3, 5),
    ],
)
def test_a_day_is_read_however_it_is_written(cell: object) -> None:
    assert value(Pupil, "born", cell) == date(2011, 3, 5)


@pytest.mark.parametrize("cell", [3653, 73416, True, time(9, 0), "05/03/27", "31/02/2011", 1.2e12])
def test_what_is_no_day_is_refused(cell: object) -> None:
    with pytest.raises(ValueError):
        value(Pupil, "born", cell)


def test_the_numbers_of_days_reach_from_1910_to_2100() -> None:
    assert value(Pupil, "born", 3654) == date(1910, 1, 1)
    assert value(Pupil, "born", 73415) == date(2100, 12, 31)


@pytest.mark.parametrize(
    "cell", [None, "", "TBC", "tbc.", "n/a", "N/A", "-", "–", "?", "Not known"]
)
def test_what_stands_for_no_answer_is_none(cell: object) -> None:
    for noun, name in (
        (Pupil, "born"),
        (Placement, "weekly_minutes"),
        (Pupil, "ehcp"),
        (Provider, "kind"),
    ):
        assert read_cell(asked(noun, name), cell, TODAY) is None


@pytest.mark.parametrize("cell", ["ongoing", "On-going", "open ended", "rolling"])
def test_an_end_that_is_open_is_no_answer(cell: str) -> None:
    assert value(Placement, "ends", cell) is None


@pytest.mark.parametrize(
    ("noun", "name", "cell", "day"),
    [
        (Placement, "starts", "05/10/26", date(2026, 10, 5)),
        (Placement, "starts", "5.10.26", date(2026, 10, 5)),
        (Placement, "ends", "10/07/27", date(2027, 7, 10)),
        (Placement, "starts", "wk beg 12/10/2026", date(2026, 10, 12)),
        (Placement, "starts", "w/c 12/10/26", date(2026, 10, 12)),
        (Placement, "starts", "Week commencing: 12/10/2026", date(2026, 10, 12)),
        (Placement, "review_dates", "05/10/26; 1/2/27", (date(2026, 10, 5), date(2027, 2, 1))),
        (Pupil, "ehcp", "01/09/24", Periods((Period(date(2024, 9, 1)),))),
        (Pupil, "born", "27/06/11", date(2011, 6, 27)),
        (Pupil, "born", "27-06-08", date(2008, 6, 27)),
        (Pupil, "born", "12-Mar-11", date(2011, 3, 12)),
        (Pupil, "born", "1st March '11", date(2011, 3, 1)),
        (Placement, "starts", "12-Mar-26", date(2026, 3, 12)),
        (Placement, "starts", "w/c 12 Oct 26", date(2026, 10, 12)),
        (Pupil, "ehcp", "1-Sep-24", Periods((Period(date(2024, 9, 1)),))),
        (Placement, "starts", "29/02/28", date(2028, 2, 29)),
    ],
)
def test_a_day_with_two_figures_of_its_year_is_read_if_the_century_is_sure(
    noun: type[Noun], name: str, cell: str, day: object
) -> None:
    assert value(noun, name, cell) == day


@pytest.mark.parametrize(
    ("noun", "name", "cell", "problem"),
    [
        (Placement, "starts", "05/10/40", "four digits"),
        (Placement, "starts", "05-Oct-40", "four digits"),
        (Placement, "starts", "31/02/26", "no such day: February 2026 has 28 days"),
        (Placement, "starts", "29/02/27", "no such day: February 2027 has 28 days"),
        (Placement, "starts", "31-Apr-26", "no such day: April has 30 days"),
        (Placement, "starts", "12/13/26", "no such day: there is no month 13"),
        (Pupil, "born", "31/02/12", "no such day: February 2012 has 29 days"),
        (Pupil, "born", "12-Mar-24", "four digits"),
        (Pupil, "born", "12-Mar-97", "four digits"),
        (Placement, "ends", "wk beg 12/10/2026", "is not a day"),
        (Pupil, "born", "05/10/24", "four digits"),
        (Pupil, "born", "05/10/97", "four digits"),
        (Pupil, "born", "05/03/2011 (check)", "more than a day"),
        (Pupil, "born", "05/03/2011?", "more than a day"),
        (Placement, "starts", "05/03/2026 - 10/07/2026", "more than a day"),
        (Placement, "weekly_minutes", "2 days (6 hrs)", "not a number of hours"),
        (Placement, "weekly_minutes", "12,345", "is not a number of hours"),
    ],
)
def test_a_cell_that_leaves_its_day_or_hours_open_is_wrong(
    noun: type[Noun], name: str, cell: str, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        value(noun, name, cell)


@pytest.mark.parametrize("cell", ["CLA / CP", "LAC, CIN", "CP/CLA"])
def test_who_is_looked_after_among_others_is_looked_after(cell: str) -> None:
    assert value(Pupil, "looked_after", cell).on(TODAY)  # type: ignore[attr-defined]


@pytest.mark.parametrize("cell", ["left 12/10", "Left 12/10/2026", "ended", "moved to Elm"])
def test_who_has_left_is_ended_and_not_planned_to_end(cell: str) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        value(Placement, "ends", cell)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("12.5 hrs", 750), (12.5, 750), (12, 720), ("12", 720), ("12:30", 750), ("12h30", 750),
        ("12 hours 30 mins", 750), (time(12, 30), 750), ("15 hours per week", 900), ("6 hrs pw", 360),
        ("12½", 750), ("0.25", 15), ("1h 5m", 65), ("1h30m", 90),
        ("12,5", 750), ("12,25 hrs", 735), ("1 day (6 hrs)", 360), ("1 day, 5.5 hours", 330),
        ("120 mins", 120), ("300 minutes", 300), ("45 mins", 45), ("150m", 150), ("90 minutes", 90),
        ("1800 mins.", 1800), ("3600 mins", 3600), ("90 mins per week", 90),
    ],
)  # fmt: skip
def test_hours_are_read_however_they_are_written(cell: object, minutes: int) -> None:
    assert value(Placement, "weekly_minutes", cell) == minutes


@pytest.mark.parametrize(
    "cell",
    [
        61,
        0,
        "12.15",
        date(2026, 1, 12),
        "lots",
        "3601 mins",
        "0 mins",
        "12 30 mins",
        "12.5 hrs 30 mins",
        "12:30 hrs 15 mins",
        "12 hrs 60 mins",
        "120 minutes or so",
        "12m30",
    ],
)
def test_hours_that_cannot_be_are_refused(cell: object) -> None:
    with pytest.raises(ValueError):
        value(Placement, "weekly_minutes", cell)


def test_minutes_of_a_day_are_marked_and_made_a_week_by_its_days() -> None:
    minutes = read_cell(asked(Placement, "weekly_minutes"), "90 minutes a day", TODAY)
    assert isinstance(minutes, HoursADay) and week_of_days(minutes, None, 3) == "4:30"


def test_hours_of_a_day_are_marked_and_made_a_week_by_its_days() -> None:
    hours = read_cell(asked(Placement, "weekly_minutes"), "5 hours a day", TODAY)
    assert isinstance(hours, HoursADay)
    assert week_of_days(hours, None, 3) == "15:00"
    assert week_of_days(hours, Sessions((0, 1, 2, 3)), None) == "10:00"
    with pytest.raises(ValueError, match="half day"):
        week_of_days(hours, Sessions((0, 1, 2)), None)
    with pytest.raises(ValueError, match="which days"):
        week_of_days(hours, None, None)


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("Mon/Tue", "mon-tue"), ("Mon & Tue", "mon-tue"), ("Mon-Wed", "mon-wed"), ("M T W T F", "mon-fri"),
        ("MWF", "mon, wed, fri"), ("M/Th", "mon, thu"), ("TuTh", "tue, thu"), ("5 days", "mon-fri"),
        ("Monday\nTuesday", "mon-tue"), ("Fri am", "fri am"), ("daily", "mon-fri"),
    ],
)  # fmt: skip
def test_days_of_the_week_are_read_however_they_are_written(cell: str, days: str) -> None:
    assert str(value(Placement, "at_provider", cell)) == days


@pytest.mark.parametrize("cell", ["M T", "T", "3 days", "Sat", "some"])
def test_days_that_can_be_others_are_refused(cell: str) -> None:
    with pytest.raises(ValueError):
        value(Placement, "at_provider", cell)


@pytest.mark.parametrize("cell", ["Y", "yes", "EHCP", "EHC plan", "E", "✓", True, 1])
def test_an_ehc_plan_is_a_yes_in_any_words(cell: object) -> None:
    assert str(value(Pupil, "ehcp", cell)) == "yes"


@pytest.mark.parametrize(
    "cell",
    [
        "N",
        "no",
        "EHCP applied for",
        "Applying",
        "in progress",
        "Draft plan",
        "K",
        "SEN support",
        False,
        0,
    ],
)
def test_a_plan_that_is_applied_for_is_none(cell: object) -> None:
    assert str(value(Pupil, "ehcp", cell)) == "no"


@pytest.mark.parametrize(
    "cell",
    [
        *("Yes (assessed 2022)", "Yes, annual review requested", "EHCP considered at review"),
        *("Y - refused by parent", "EHCP ceased", "Plan in place, change requested"),
    ],
)
def test_a_plan_in_doubt_is_neither_there_nor_not(cell: str) -> None:
    with pytest.raises(ValueError, match="write yes, no, or the day on which the plan began"):
        value(Pupil, "ehcp", cell)


@pytest.mark.parametrize("cell", ["Applied for 12/10/2025", "Under assessment", "EHCP refused"])
def test_a_plan_that_is_surely_not_there_yet_is_a_no(cell: str) -> None:
    assert str(value(Pupil, "ehcp", cell)) == "no"


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("looked_after", "Yes - assessed Jan"), ("social_worker", "CIN assessment"),
        ("social_worker", "Yes (requested)"), ("social_worker", "in progress"),
    ],
)  # fmt: skip
def test_words_for_a_plan_say_nothing_of_other_circumstances(name: str, cell: str) -> None:
    with pytest.raises(ValueError):
        value(Pupil, name, cell)


def test_a_plan_may_have_the_day_it_began() -> None:
    assert str(value(Pupil, "ehcp", datetime(2024, 9, 1))) == "since 1 September 2024"
    assert str(value(Pupil, "ehcp", "01/09/2024")) == "since 1 September 2024"


@pytest.mark.parametrize(
    ("cell", "held"),
    [("LAC", "yes"), ("CLA", "yes"), ("CP", "no"), ("CIN", "no"), ("CP/CIN", "no"), ("PLAC", "no")],
)
def test_a_child_with_a_protection_plan_is_not_looked_after(cell: str, held: str) -> None:
    assert str(value(Pupil, "looked_after", cell)) == held


@pytest.mark.parametrize("cell", [1.2e12, 120000000000, "1.2E+12", "1.23457E+12"])
def test_a_upn_that_a_spreadsheet_has_made_a_number_says_how_to_mend_it(cell: object) -> None:
    with pytest.raises(ValueError, match="format the column as text"):
        value(Pupil, "upn", cell)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Non-school AP", "non-school"),
        ("PRU", "pru"),
        ("Short Stay School", "pru"),
        ("college", "fe-college"),
        ("AP Academy", "ap-academy"),
    ],
)
def test_a_kind_of_provider_has_the_words_of_an_office(cell: str, kind: str) -> None:
    assert value(Provider, "kind", cell) == kind


@pytest.mark.parametrize("cell", ["farm", "charity", "training provider"])
def test_a_kind_that_can_be_several_is_not_guessed(cell: str) -> None:
    with pytest.raises(ValueError, match="choose one of"):
        value(Provider, "kind", cell)


@pytest.mark.parametrize("cell", ["Medical", "medical needs"])
def test_a_medical_reason_is_no_legal_route(cell: str) -> None:
    with pytest.raises(ValueError):
        value(Placement, "route", cell)
    assert value(Placement, "route", "s19") == "section-19"


def test_a_kind_that_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="choose one of maintained-school"):
        value(Provider, "kind", "spaceship")


@pytest.mark.parametrize(
    ("cell", "pence"), [("£85 pw", 8500), (85.5, 8550), (85, 8500), ("£1,850.50 per week", 185050)]
)
def test_the_cost_of_a_week_is_read(cell: object, pence: int) -> None:
    assert value(Placement, "weekly_pence", cell) == pence


@pytest.mark.parametrize("cell", ["£40/day", "£40 per session", "£4,000 a term"])
def test_the_cost_of_anything_but_a_week_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="a week costs"):
        value(Placement, "weekly_pence", cell)


def test_several_reasons_stand_in_one_cell() -> None:
    assert value(Placement, "reasons", "SEMH; EBSA") == ("behaviour", "health")
    assert value(Placement, "review_dates", "12/03/2026; 20/05/2026") == (
        date(2026, 3, 12),
        date(2026, 5, 20),
    )


@pytest.mark.parametrize(
    ("cell", "said"),
    [("Y", True), ("N", False), ("✓", True), (True, True), (0, False), (1.0, True)],
)
def test_yes_and_no_are_read_from_letters_ticks_and_numbers(cell: object, said: bool) -> None:
    assert value(Placement, "route_safe", cell) is said


def test_a_cross_is_neither_yes_nor_no() -> None:
    with pytest.raises(ValueError, match="answer yes or no"):
        value(Placement, "route_safe", "x")


def test_numbers_and_yeses_are_kept_apart_though_they_are_equal() -> None:
    assert value(Placement, "route_safe", True) is True
    assert value(Placement, "weekly_minutes", 1) == 60
    with pytest.raises(ValueError):
        value(Placement, "weekly_minutes", True)
