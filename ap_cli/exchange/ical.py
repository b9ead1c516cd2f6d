"""Half terms and INSET days from an iCalendar file: each event of whole days that is one, by its name.

Holidays and whatever else lasts less than a week are passed over, and said. Source: RFC 5545.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from ..domain.calendar import Closed, HalfTerm
from ..domain.days import words
from ..errors import ApError
from ..forms.form import check_year
from ..forms.readers import read_text
from ..forms.text import shortened
from .named_days import MOST, Kind, closed_days, kind_of

BROKEN = (ValueError, AttributeError, TypeError, KeyError, IndexError)
"""What the parser raises for a file that is none."""

READ = ("DTSTART", "DTEND", "DURATION", "SUMMARY")
"""What is read of an event: each is there at most once."""

Reader = Callable[..., tuple[HalfTerm | Closed, ...]]
Read = tuple[str, Reader]


def read_events(file: Path, text: str, calendar: str | None) -> tuple[list[Read], list[str]]:
    """The half terms and INSET days among the events of a file, each with where it stands and what reads it, and the events passed over.

    ApError where it is no iCalendar, or nobody names its calendar.
    """
    from icalendar import Calendar
    from icalendar.parser import unescape_char

    try:
        found = Calendar.from_ical(text)
    except BROKEN as problem:
        raise ApError(
            f"{file} is not an iCalendar file that can be read: {shortened(problem, 80)}"
        ) from None
    named = found.get("X-WR-CALNAME")
    name = calendar or (unescape_char(str(named)) if isinstance(named, str) else "")
    if not name:
        raise ApError(f"{file} does not say whose calendar it is: give --calendar NAME")
    events = found.walk("VEVENT")
    if len(events) > MOST:
        raise ApError(
            f"{file} has {len(events):,} events, where a file of term dates has at most {MOST:,}"
        )
    each = [sort_event(name, number, event) for number, event in enumerate(events, 1)]
    return [block for block in each if not isinstance(block, str)], [
        over for over in each if isinstance(over, str)
    ]


def sort_event(calendar: str, number: int, event: Any) -> Read | str:
    """An event of a calendar, with where it stands and what reads it; in words where it is passed over."""
    broken = [name or "line" for name, _ in event.errors if name is None or name in READ]
    if wrong := broken or [name for name in READ if isinstance(event.get(name), list)]:
        return f"event {number}", partial(raise_unreadable, wrong[0])
    called = str(event.get("SUMMARY") or "")
    told = shortened(called or "without a name", 40)
    try:
        days = whole_days(event)
    except OverflowError:
        return f"event {number}, {told}", partial(raise_unreadable, "DURATION")
    if days is None:
        return f"{told}: it is not of whole days"
    if str(event.get("STATUS") or "").upper() == "CANCELLED":
        return f"{told}, {words(days[0])}: it is cancelled"
    if event.get("RRULE") or event.get("RDATE"):
        return f"{told}, {words(days[0])}: it recurs, and each time needs an event of its own"
    readers: dict[Kind, Reader] = {Kind.SHUT: make_closed_days, Kind.HALF_TERM: make_half_term}
    reader = readers.get(kind_of(called, *days))
    return (
        (f"event {number}, {told}", partial(reader, calendar, called, *days))
        if reader
        else f"{told}, {words(days[0], weekday=True)}"
    )


def raise_unreadable(name: str) -> tuple[HalfTerm, ...]:
    """Raises ValueError: something of an event cannot be read, or is there twice."""
    raise ValueError(f"its {name} cannot be read, or is there twice")


def make_half_term(calendar: str, name: str, first: date, last: date) -> tuple[HalfTerm, ...]:
    """A half term; ValueError where its name or a day cannot be kept."""
    return (HalfTerm(read_text(calendar), read_text(name), check_year(first), check_year(last)),)


def make_closed_days(calendar: str, name: str, first: date, last: date) -> tuple[Closed, ...]:
    """Days on which a school is closed; ValueError where its name or a day cannot be kept."""
    return closed_days(read_text(calendar), read_text(name), check_year(first), check_year(last))


def whole_days(event: Any) -> tuple[date, date] | None:
    """The first and the last day of an event of whole days, whose own end is the day after; None for one with times."""
    starts = getattr(event.get("DTSTART"), "dt", None)
    ends = getattr(event.get("DTEND"), "dt", None)
    if type(starts) is not date or isinstance(ends, datetime):
        return None
    lasts = getattr(event.get("DURATION"), "dt", None)
    if ends is None and isinstance(lasts, timedelta):
        if lasts % timedelta(days=1) or not timedelta(0) < lasts < timedelta(days=1000):
            return None
        return starts, starts + lasts - timedelta(days=1)
    if type(ends) is not date or ends == starts:
        return starts, starts
    return starts, ends - timedelta(days=1)
