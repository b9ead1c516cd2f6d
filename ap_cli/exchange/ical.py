"""Half terms and INSET days from an iCalendar file: each event of whole days that is one, by its name.

Holidays and whatever else lasts less than a week are passed over, and said. Source: RFC 5545.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from ..domain.answers import read_text
from ..domain.calendar import Closed, HalfTerm
from ..domain.days import words
from ..domain.forms import of_a_record
from ..domain.text import shortened
from ..errors import ApError

BROKEN = (ValueError, AttributeError, TypeError, KeyError, IndexError)
"""What the parser raises for a file that is none."""

NO_TERM = re.compile(r"holiday|break|bank|clos(e|ure)|vacation", re.IGNORECASE)
SHORTEST = 5
"""Days that a half term has at least, its weekends counted."""

Read = tuple[str, Callable[[], tuple[HalfTerm | Closed, ...]]]


def read_events(file: Path, text: str, calendar: str | None) -> tuple[list[Read], tuple[str, ...]]:
    """The half terms and INSET days among the events of a file, each with where it stands and what reads it, and the events passed over.

    ApError where it is no iCalendar, or nobody names its calendar.
    """
    from icalendar import Calendar

    from .terms import SHUT, SHUT_AT_MOST

    try:
        found = Calendar.from_ical(text)
    except BROKEN as problem:
        raise ApError(f"{file} is not an iCalendar file that can be read: {shortened(problem, 80)}") from None
    name = calendar or str(found.get("X-WR-CALNAME") or "")
    if not name:
        raise ApError(f"{file} does not say whose calendar it is: give --calendar NAME")
    blocks: list[Read] = []
    over: list[str] = []
    for number, event in enumerate(found.walk("VEVENT"), 1):
        if wrong := [name for name, _ in event.errors if name in ("DTSTART", "DTEND", "SUMMARY")]:
            blocks.append((f"event {number}", partial(refuse, wrong[0])))
            continue
        told = shortened(event.get("SUMMARY") or "without a name", 40)
        days = of_days(event)
        length = (days[1] - days[0]).days + 1 if days else 0
        if days is not None and SHUT.search(told) and length <= SHUT_AT_MOST:
            blocks.append((f"event {number}, {told}", partial(shut, name, str(event.get("SUMMARY") or ""), *days)))
        elif days is not None and not (NO_TERM.search(told) or SHUT.search(told)) and length >= SHORTEST:
            blocks.append((f"event {number}, {told}", partial(half_term, name, str(event.get("SUMMARY") or ""), *days)))
        elif days is None:
            over.append(f"{told}: it is not of whole days")
        else:
            over.append(f"{told}, {words(days[0])}")
    return blocks, tuple(over)


def refuse(name: str) -> tuple[HalfTerm, ...]:
    """Raises ValueError: something of an event cannot be read."""
    raise ValueError(f"its {name} cannot be read")


def half_term(calendar: str, name: str, first: date, last: date) -> tuple[HalfTerm, ...]:
    """A half term; ValueError where its name or a day cannot be kept."""
    return (HalfTerm(read_text(calendar), read_text(name), of_a_record(first), of_a_record(last)),)


def shut(calendar: str, name: str, first: date, last: date) -> tuple[Closed, ...]:
    """Days on which a school is closed; ValueError where its name or a day cannot be kept."""
    from .terms import closed

    return closed(read_text(calendar), read_text(name), of_a_record(first), of_a_record(last))


def of_days(event: Any) -> tuple[date, date] | None:
    """The first and the last day of an event of whole days, whose own end is the day after; None for one with times."""
    starts = getattr(event.get("DTSTART"), "dt", None)
    ends = getattr(event.get("DTEND"), "dt", None)
    if type(starts) is not date or isinstance(ends, datetime):
        return None
    return starts, ends - timedelta(days=1) if type(ends) is date and ends > starts else starts
