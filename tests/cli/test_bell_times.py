"""Term dates with bell times: the days are read, and what is no term stays left out."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.exchange.bell_times import without_bell_times
from ap_cli.exchange.spans import read_span

from ..conftest import Program

HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//EN\nX-WR-CALNAME:Testshire\n"
AUTUMN = [("2026-09-03", "2026-10-23"), ("2026-11-02", "2026-12-18")]


def event(name: str, start: str, end: str) -> str:
    """An event with times."""
    days = f"DTSTART{start}\nDTEND{end}\n"
    return (
        f"BEGIN:VEVENT\nUID:{start}\nDTSTAMP:20260101T000000Z\nSUMMARY:{name}\n{days}END:VEVENT\n"
    )


def half_terms(ap: Program, *events: str) -> list[tuple[str, str]]:
    """The first and last days that are read from a calendar of events."""
    (ap.folder / "terms.ics").write_text(f"{HEAD}{''.join(events)}END:VCALENDAR\n")
    ap.ok("terms", "import", "terms.ics")
    listed = ap.json("terms", "list")
    return [(row["first"], row["last"]) for row in listed if row["calendar"] == "Testshire"]


@pytest.mark.parametrize("zone", [":", ";TZID=Europe/London:"])
def test_half_terms_from_bell_to_bell_are_their_days(ap: Program, zone: str) -> None:
    first = event("Autumn term 1", f"{zone}20260903T084500", f"{zone}20261023T151500")
    second = event("Autumn term 2", f"{zone}20261102T084500", f"{zone}20261219T000000")
    assert half_terms(ap, first, second) == AUTUMN, "midnight ends the day before"


def test_times_of_the_world_are_those_of_england(ap: Program) -> None:
    """Until 25 October clocks are an hour ahead: five in world time is six o'clock in England."""
    first = event("Autumn term 1", ":20260903T050000Z", ":20261023T141500Z")
    second = event("Autumn term 2", ":20261102T084500Z", ":20261218T151500Z")
    assert half_terms(ap, first, second) == AUTUMN


def test_a_time_in_the_night_is_no_bell(ap: Program) -> None:
    first = event("Autumn term 1", ":20260903T045900Z", ":20261023T141500Z")
    second = event("Autumn term 2", ":20261102T084500Z", ":20261218T151500Z")
    assert half_terms(ap, first, second) == AUTUMN[1:]


def test_first_and_last_days_with_their_bells_make_half_terms(ap: Program) -> None:
    days = [
        event("Autumn term begins 8.45am", ":20260903T084500", ":20260903T084500"),
        event("Term ends at 3.15pm", ":20261023T151500", ":20261023T151500"),
        event("Term starts", ":20261102T084500", ":20261102T090000"),
        event("School closes 1.30pm for Christmas", ":20261218T133000", ":20261218T133000"),
        event("Summer term concert", ":20261203T180000", ":20261203T200000"),
    ]
    assert half_terms(ap, *days) == AUTUMN


def test_a_holiday_from_the_last_bell_to_the_first_leaves_both_days_at_school(
    ap: Program,
) -> None:
    term = event("Autumn term", ":20260903T084500", ":20261218T151500")
    half = event("October half term holiday", ":20261023T151500", ":20261102T084500")
    assert half_terms(ap, term, half) == AUTUMN


def test_what_has_times_and_is_no_term_is_left_out(ap: Program) -> None:
    term = event("Autumn term 1", ":20260903T084500", ":20261023T151500")
    lessons = event("Autumn term swimming", ":20261102T090000", ":20261218T100000")
    (ap.folder / "terms.ics").write_text(f"{HEAD}{term}{lessons}END:VCALENDAR\n")
    said = ap.ok("terms", "import", "terms.ics").err
    assert "left out: Autumn term swimming: it does not last whole days" in said


@pytest.mark.parametrize(
    "typed",
    [
        "Thursday 3 September (8:45am) to Friday 23 October 2026 (3.15pm)",
        "8.45am Thursday 3 September - Friday 23 October 2026 1:30 p.m.",
        "3 September 2026 at 08:45 to 23 October 2026 at 15:15",
        "from 9 am on 3 September 2026 until 23 October 2026, 3pm",
        "2026-09-03T08:45:00 to 2026-10-23T15:15:00Z",
        "3 September to 23 October 2026 (8.45am - 3.15pm)",
    ],
)
def test_two_days_with_bell_times_are_two_days(typed: str) -> None:
    assert read_span(typed, date(2026, 8, 1)) == (date(2026, 9, 3), date(2026, 10, 23))


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("3 September 2026 6:00", "3 September 2026"),
        ("3 September 2026 5:59", "3 September 2026 5:59"),
        ("3 September 2026 20:59", "3 September 2026"),
        ("3 September 2026 21:00", "3 September 2026 21:00"),
        ("3 September 2026 11pm", "3 September 2026 11pm"),
        ("23.10.2026", "23.10.2026"),
        ("3.10.26", "3.10.26"),
        ("3/10/2026 12pm", "3/10/2026"),
        ("3/10/2026 12am", "3/10/2026 12am"),
        ("2026-09-03 00:00", "2026-09-03 00:00"),
    ],
)
def test_a_time_in_the_night_and_a_day_in_figures_stay(typed: str, left: str) -> None:
    assert without_bell_times(typed) == left


def test_a_table_with_bell_times_is_imported(ap: Program) -> None:
    rows = (
        "Testshire,Autumn term 1,3 September 2026 8.45am,23 October 2026 3.15pm\n"
        'Testshire,Autumn term 2,"2 November 2026, 08:45",18 December 2026 at 15:15\n'
    )
    (ap.folder / "terms.csv").write_text(f"calendar,name,first,last\n{rows}")
    ap.ok("terms", "import", "terms.csv")
    listed = ap.json("terms", "list")
    assert [
        (row["first"], row["last"]) for row in listed if row["calendar"] == "Testshire"
    ] == AUTUMN
