"""Rows of term dates from an iCalendar file: its whole-day events. Source: RFC 5545."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from ..domain.days import words
from ..errors import ApError
from ..forms.form import check_year
from ..forms.readers import read_text
from ..forms.text import hide_quoted, name_file, shortened
from .bell_times import WITH_TIMES, days_of_times, may_be_a_bell
from .named_days import LONG, MOST, Kind, kind_of
from .rows import NoCalendar, ReadRow, Row

BROKEN = (ValueError, AttributeError, TypeError, KeyError, IndexError)
"""What the parser raises if a file is not iCalendar."""

READ = ("DTSTART", "DTEND", "DURATION", "SUMMARY")
"""The properties of an event that are read; an event has at most one of each."""


def read_events(file: Path, text: str, calendar: str | None) -> tuple[list[ReadRow], list[str]]:
    """The events of a file: those to read, each with its place and its reader, and those left out.

    Raise ApError if it is not iCalendar, or neither the file nor the user names its calendar.
    """
    from icalendar import Calendar

    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except BROKEN as problem:
        raise ApError(
            f"{name_file(file)} cannot be read as an iCalendar file: "
            f"{shortened(hide_quoted(str(problem)), 80)}"
        ) from None
    names = [calendar or name_of(content) for content in calendars]
    if not all(names):
        raise NoCalendar(file)
    if calendar and len({name_of(content) for content in calendars}) > 1:
        raise ApError(f"{name_file(file)} has several calendars with names: leave --calendar out")
    events = [
        (name, event)
        for name, content in zip(names, calendars, strict=True)
        for event in content.walk("VEVENT")
    ]
    if len(events) > MOST:
        raise ApError(
            f"{name_file(file)} has {len(events):,} events: "
            f"a file of term dates has at most {MOST:,}"
        )
    sorted_events = [
        sort_event(name, number, event) for number, (name, event) in enumerate(events, 1)
    ]
    to_read = [event for event in sorted_events if not isinstance(event, str)]
    left_out = [event for event in sorted_events if isinstance(event, str)]
    return to_read, left_out


def name_of(content: Any) -> str:
    """Return the name of a calendar; empty if it has none, or two."""
    from icalendar.parser import unescape_char

    title = content.get("X-WR-CALNAME")
    return unescape_char(str(title)) if isinstance(title, str) else ""


def sort_event(calendar: str, number: int, event: Any) -> ReadRow | str:
    """An event with its place in the file and its reader; in words if it is left out."""
    if wrong := _unreadable(event):
        return f"event {number}", partial(raise_unreadable, wrong[0])
    name = str(event.get("SUMMARY") or "")
    title = shortened(name or "without a name", 40)
    try:
        days = whole_days(event) or days_with_times(event, name)
    except OverflowError:
        return f"event {number}, {title}", partial(raise_unreadable, "DURATION")
    if days is None:
        return f"{title}: it does not last whole days"
    if str(event.get("STATUS") or "").upper() == "CANCELLED":
        return f"{title}, {words(days[0])}: it is cancelled"
    if event.get("RRULE") or event.get("RDATE"):
        return f"{title}, {words(days[0])}: it recurs, and each time needs an event of its own"
    if kind_of(name, *days) in (Kind.OVER, Kind.UNCLEAR) and not is_long(*days):
        return f"{title}, {words(days[0], weekday=True)}"
    place = f"event {number}, {title}"
    return place, partial(make_row, place, calendar, name, *days)


def is_long(first: date, last: date) -> bool:
    """Return whether an event is as long as a half term, so that it shows what was not one."""
    return (last - first).days + 1 >= LONG


def _unreadable(event: Any) -> list[str]:
    """The properties of an event that cannot be read or are there twice."""
    broken = [name or "line" for name, _ in event.errors if name is None or name in READ]
    return broken or [name for name in READ if isinstance(event.get(name), list)]


def raise_unreadable(name: str) -> Row:
    """Raise ValueError: a property of an event cannot be read, or is there twice."""
    raise ValueError(f"its {name} cannot be read, or is there twice")


def make_row(place: str, calendar: str, name: str, first: date, last: date) -> Row:
    """Return the row of an event; raise ValueError if its name or a day cannot be stored."""
    return Row(place, read_text(calendar), read_text(name), check_year(first), check_year(last))


def whole_days(event: Any) -> tuple[date, date] | None:
    """The first and last day of a whole-day event, None for one with times.

    The event's own end is the day after its last. Outlook and others write a whole day from
    midnight to midnight in a time zone.
    """
    start = getattr(event.get("DTSTART"), "dt", None)
    end = getattr(event.get("DTEND"), "dt", None)
    starts, ends = as_whole_day(start), as_whole_day(end)
    if starts is None or (end is not None and ends is None):
        return None
    lasts = getattr(event.get("DURATION"), "dt", None)
    if ends is None and isinstance(lasts, timedelta):
        if lasts % timedelta(days=1) or not timedelta(0) < lasts < timedelta(days=1000):
            return None
        return starts, starts + lasts - timedelta(days=1)
    if ends is None or ends == starts:
        is_moment = isinstance(start, datetime) and not is_marked_as_whole(event)
        return None if is_moment else (starts, starts)
    return starts, ends - timedelta(days=1)


def days_with_times(event: Any, name: str) -> tuple[date, date] | None:
    """The first and last day of an event with times; None if it is no term, holiday or edge of one.

    Some calendars have the bells in them: a half term from 8.45 on its first day.
    """
    start = as_local(getattr(event.get("DTSTART"), "dt", None))
    end = as_local(getattr(event.get("DTEND"), "dt", None))
    if start is None or not all(map(may_be_a_bell, filter(None, (start, end)))):
        return None
    days = days_of_times(start, end, is_holiday=False)
    kind = kind_of(name, *days)
    if kind not in WITH_TIMES:
        return None
    return days_of_times(start, end, is_holiday=kind is Kind.HOLIDAY)


LONDON = "Europe/London"
"""Where midnight is meant if a whole day is written in world time."""


def is_marked_as_whole(event: Any) -> bool:
    """Return whether Outlook says that an event lasts whole days."""
    return str(event.get("X-MICROSOFT-CDO-ALLDAYEVENT") or "").upper() == "TRUE"


def as_whole_day(given: object) -> date | None:
    """Return the day that a whole day begins on; None for no day, or one that has a time."""
    local = as_local(given)
    if local is None:
        return given if isinstance(given, date) else None
    return local.date() if local.time() == time() else None


def as_local(given: object) -> datetime | None:
    """Return a time as clocks in England show it, if it is written in world time."""
    if not isinstance(given, datetime):
        return None
    if given.tzname() != "UTC":
        return given
    from zoneinfo import ZoneInfo

    return given.astimezone(ZoneInfo(LONDON))
