"""Term dates and INSET days from a CSV, `calendar,name,first,last`, or from an iCalendar file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from ..domain.days import words
from ..domain.half_terms import HalfTerm
from ..domain.school_days import Closed
from ..errors import ApError, BadAnswers
from ..forms.readers import read_record_day, read_text
from ..forms.text import list_few
from ..policy.terms import overlap, plausible, too_many
from .files import guess_delimiter, read_file_text, split_lines
from .named_days import MOST, SHUT_AT_MOST, Kind, TermDates, closed_days, kind_of

HEADER = ("calendar", "name", "first", "last")


def read_terms(
    file: Path, today: date, calendar: str | None = None
) -> tuple[TermDates, tuple[str, ...]]:
    """The half terms and INSET days of a CSV or an iCalendar file, and what was left out.

    `calendar` names the calendar of an iCalendar file that does not name its own. Raise BadAnswers
    with every line that cannot be used.
    """
    text = read_file_text(file)
    if text.lstrip().startswith("BEGIN:VCALENDAR"):
        from .ical import read_events

        blocks, over = read_events(file, text, calendar)
        return check_dates(file, blocks, over), tuple(over)
    if file.suffix.lower() in (".ics", ".ical"):
        raise ApError(f"{file} is not an iCalendar file: it does not begin with BEGIN:VCALENDAR")
    if calendar is not None:
        raise ApError("--calendar is for an iCalendar file: a CSV names the calendar in each line")
    over = []
    return check_dates(file, read_csv_rows(file, text, today, over), over), tuple(over)


def read_csv_rows(
    file: Path, text: str, today: date, over: list[str]
) -> Iterator[tuple[str, Callable[[], TermDates]]]:
    """The lines of a CSV, each with its place and its reader; holidays are added to `over`."""
    try:
        rows = list(csv.reader(split_lines(text), delimiter=guess_delimiter(text)))
    except csv.Error as problem:
        raise ApError(f"{file} cannot be read as a CSV: {problem}") from None
    if len(rows) > MOST:
        raise ApError(f"{file} has {len(rows):,} lines: a file of term dates has at most {MOST:,}")
    if not rows or tuple(cell.strip().lower() for cell in rows[0]) != HEADER:
        raise ApError(f"{file}: the first line must be {','.join(HEADER)}")
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            yield f"line {number}", partial(_read_row, row, today, over)


def check_dates(
    file: Path, blocks: Iterable[tuple[str, Callable[[], TermDates]]], over: Sequence[str]
) -> TermDates:
    """Half terms and INSET days that fit together; raise BadAnswers with the place of any other.

    Raise ApError if there are none, with what was left out.
    """
    terms: list[HalfTerm] = []
    shut: dict[tuple[str, date], Closed] = {}
    problems: list[str] = []
    for place, read in blocks:
        try:
            for each in read():
                _add(each, terms, shut)
        except ValueError as problem:
            problems.append(f"{place}: {problem}")
    problems += _crowded_calendars(shut.values())
    if problems:
        raise BadAnswers(list_few(problems))
    if not terms and not shut:
        raise ApError(
            f"{file} has no half terms in it"
            + (f"; left out: {'; '.join(list_few(over))}" if over else "")
        )
    return (*terms, *shut.values())


def _add(
    each: HalfTerm | Closed, terms: list[HalfTerm], shut: dict[tuple[str, date], Closed]
) -> None:
    if isinstance(each, Closed):
        shut.setdefault((each.calendar.casefold(), each.day), each)
        return
    plausible(each.name, each.first, each.last)
    _refuse_overlap(each, terms)
    terms.append(each)


def _crowded_calendars(shut: Iterable[Closed]) -> Iterator[str]:
    """The calendars with more INSET days than a school year has, each with its problem."""
    by_calendar: dict[str, list[date]] = {}
    for each in shut:
        by_calendar.setdefault(each.calendar, []).append(each.day)
    for calendar, days in by_calendar.items():
        yield from (f"INSET days of {calendar}: {problem}" for problem in too_many(days))


def _read_row(row: list[str], today: date, over: list[str]) -> TermDates:
    if len(row) != len(HEADER):
        raise ValueError(f"it has {len(row)} columns: {len(HEADER)} are needed")
    calendar, name, first = read_text(row[0]), read_text(row[1]), read_record_day(row[2], today)
    last = read_record_day(row[3], today) if row[3].strip() else first
    kind = kind_of(name, first, last)
    if kind is Kind.SHUT:
        return closed_days(calendar, name, first, last)
    if kind is Kind.OVER:
        over.append(f"{name}, {words(first, weekday=True)}")
        return ()
    if kind is Kind.UNCLEAR:
        raise ValueError(_unclear(name, (last - first).days + 1))
    return (HalfTerm(calendar, name, first, last),)


def _unclear(name: str, length: int) -> str:
    """What to call days that may or may not be a half term."""
    if length <= SHUT_AT_MOST:
        return (
            f"{name} is too short to be a half term: call it “INSET day” if the school is closed"
            " to pupils, or leave it out"
        )
    return (
        f"{name} has {length} days: if it is a half term call it “half term 1”, or by its number;"
        " else leave the line out"
    )


def _refuse_overlap(block: HalfTerm, others: list[HalfTerm]) -> None:
    for other in others:
        if other.calendar.casefold() == block.calendar.casefold() and overlap(block, other):
            raise ValueError(
                f"{block.name} ({block.first} to {block.last}) overlaps"
                f" {other.name} ({other.first} to {other.last}): correct one of them"
            )
