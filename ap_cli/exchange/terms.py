"""Term dates from a CSV, `calendar,name,first,last`, or from an iCalendar file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from ..domain.answers import read_own_day, read_text
from ..domain.calendar import HalfTerm
from ..errors import ApError, BadAnswers
from ..policy.terms import overlap
from .files import delimiter, lines_of, text_of

LONGEST = 70
"""Days that a half term can have, its holidays left out."""

MOST = 2_000
"""Lines that a file of term dates can have."""

HEADER = ("calendar", "name", "first", "last")


def read_terms(file: Path, today: date, calendar: str | None = None) -> tuple[tuple[HalfTerm, ...], tuple[str, ...]]:
    """The half terms of a CSV or an iCalendar file, and what was passed over; BadAnswers names every line that cannot be used.

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


def csv_rows(file: Path, text: str, today: date) -> Iterator[tuple[str, Callable[[], HalfTerm]]]:
    """The half terms of a CSV, each with where it stands and what reads it."""
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
            yield f"line {number}", partial(_half_term, row, today)


def checked(file: Path, blocks: Iterable[tuple[str, Callable[[], HalfTerm]]]) -> tuple[HalfTerm, ...]:
    """Half terms that can be kept together; BadAnswers says where each stands that cannot."""
    found: list[HalfTerm] = []
    problems: list[str] = []
    for where, read in blocks:
        try:
            block = plausible(read())
            _refuse_overlap(block, found)
        except ValueError as problem:
            problems.append(f"{where}: {problem}")
        else:
            found.append(block)
    if problems:
        raise BadAnswers(problems)
    if not found:
        raise ApError(f"{file} has no half terms in it")
    return tuple(found)


def _half_term(row: list[str], today: date) -> HalfTerm:
    if len(row) != len(HEADER):
        raise ValueError(f"it has {len(row)} columns, where {len(HEADER)} are needed")
    return HalfTerm(read_text(row[0]), read_text(row[1]), read_own_day(row[2], today), read_own_day(row[3], today))


def plausible(block: HalfTerm) -> HalfTerm:
    """The half term itself; ValueError where it ends before it begins, or is too long to be one."""
    if block.last < block.first:
        raise ValueError(f"{block.name} ends on {block.last}, before it begins on {block.first}")
    if (block.last - block.first).days > LONGEST:
        raise ValueError(f"{block.name} runs from {block.first} to {block.last}: a half term is at most ten weeks long")
    return block


def _refuse_overlap(block: HalfTerm, others: list[HalfTerm]) -> None:
    for other in others:
        if other.calendar.casefold() == block.calendar.casefold() and overlap(block, other):
            raise ValueError(f"{block.name} ({block.first} to {block.last}) overlaps {other.name} ({other.first} to {other.last})")
