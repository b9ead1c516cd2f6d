"""Term dates and INSET days from a CSV, `calendar,name,first,last`, or from an iCalendar file."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from ..domain.answers import read_own_day, read_text
from ..domain.calendar import Closed, HalfTerm
from ..errors import ApError, BadAnswers
from ..policy.terms import overlap, plausible
from .files import delimiter, lines_of, text_of

MOST = 2_000
"""Lines that a file of term dates can have."""

HEADER = ("calendar", "name", "first", "last")

SHUT = re.compile(r"\b(inset|training|closed|closure|non[- ]pupil|staff)\b", re.IGNORECASE)
"""What the name of a day says on which a school is closed to pupils."""

SHUT_AT_MOST = 7
"""Days for which a school is closed within its terms; what is longer is a holiday."""

Found = tuple[HalfTerm | Closed, ...]


def read_terms(file: Path, today: date, calendar: str | None = None) -> tuple[Found, tuple[str, ...]]:
    """The half terms and INSET days of a CSV or an iCalendar file, and what was passed over; BadAnswers names every line that cannot be used.

    `calendar` names the calendar of an iCalendar file that does not name itself.
    """
    text = text_of(file)
    if text.lstrip().startswith("BEGIN:VCALENDAR"):
        from .ical import read_events

        blocks, over = read_events(file, text, calendar)
        return checked(file, blocks), over
    if calendar is not None:
        raise ApError("--calendar is for an iCalendar file: a CSV names the calendar in each line")
    return checked(file, csv_rows(file, text, today)), ()


def csv_rows(file: Path, text: str, today: date) -> Iterator[tuple[str, Callable[[], Found]]]:
    """The half terms and INSET days of a CSV, each line with where it stands and what reads it."""
    try:
        rows = list(csv.reader(lines_of(text), delimiter=delimiter(text)))
    except csv.Error as problem:
        raise ApError(f"{file} is not a CSV that can be read: {problem}") from None
    if len(rows) > MOST:
        raise ApError(f"{file} has {len(rows):,} lines, where a file of term dates has at most {MOST:,}")
    if not rows or tuple(cell.strip().lower() for cell in rows[0]) != HEADER:
        raise ApError(f"{file}: the first line must be {','.join(HEADER)}")
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            yield f"line {number}", partial(_line, row, today)


def checked(file: Path, blocks: Iterable[tuple[str, Callable[[], Found]]]) -> Found:
    """Half terms and INSET days that can be kept together; BadAnswers says where each stands that cannot."""
    terms: list[HalfTerm] = []
    shut: dict[tuple[str, date], Closed] = {}
    problems: list[str] = []
    for where, read in blocks:
        try:
            for each in read():
                if isinstance(each, Closed):
                    shut.setdefault((each.calendar.casefold(), each.day), each)
                else:
                    plausible(each.name, each.first, each.last)
                    _refuse_overlap(each, terms)
                    terms.append(each)
        except ValueError as problem:
            problems.append(f"{where}: {problem}")
    if problems:
        raise BadAnswers(problems)
    if not terms and not shut:
        raise ApError(f"{file} has no half terms in it")
    return (*terms, *shut.values())


def _line(row: list[str], today: date) -> Found:
    if len(row) != len(HEADER):
        raise ValueError(f"it has {len(row)} columns, where {len(HEADER)} are needed")
    calendar, name, first = read_text(row[0]), read_text(row[1]), read_own_day(row[2], today)
    if SHUT.search(name):
        return closed(calendar, name, first, read_own_day(row[3], today) if row[3].strip() else first)
    return (HalfTerm(calendar, name, first, read_own_day(row[3], today)),)


def closed(calendar: str, name: str, first: date, last: date) -> tuple[Closed, ...]:
    """The weekdays from one day to another, both counted, on which a school is closed; ValueError where they are reversed, or a holiday."""
    length = (last - first).days + 1
    if length < 1:
        raise ValueError(f"{name} ends on {last}, before it begins on {first}")
    if length > SHUT_AT_MOST:
        raise ValueError(f"{name} runs from {first} to {last}: what is longer than a week is a holiday, and no line of its own")
    days = (first + timedelta(days=number) for number in range(length))
    return tuple(Closed(calendar, name, day) for day in days if day.weekday() < 5)


def _refuse_overlap(block: HalfTerm, others: list[HalfTerm]) -> None:
    for other in others:
        if other.calendar.casefold() == block.calendar.casefold() and overlap(block, other):
            raise ValueError(f"{block.name} ({block.first} to {block.last}) overlaps {other.name} ({other.first} to {other.last})")
