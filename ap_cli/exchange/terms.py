"""Term dates and INSET days from a table or an iCalendar file, in layouts that people publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from msgspec import Struct

from ..domain.half_terms import HalfTerm
from ..domain.school_days import Closed
from ..errors import ApError, BadAnswers
from ..forms.readers import read_record_day, read_text
from ..forms.text import list_few, name_file
from ..policy.terms import LONGEST, overlap, plausible, too_many
from .bell_times import without_bell_times
from .files import MARK, check_file, read_table_text
from .files import MOST as LARGEST
from .named_days import LONG, MOST, SHUT_AT_MOST, TERM, Kind, TermDates, closed_days
from .rows import (
    Block,
    NoCalendar,
    Reading,
    ReadRow,
    Row,
    next_weekday,
    read_calendar,
    weekday_before,
)
from .sheets import HEADER_WITHIN
from .sheets import Row as TableRow
from .spans import read_span
from .tables import open_tables

COLUMNS: dict[str, tuple[str, ...]] = {
    "calendar": ("calendar", "school", "council", "school name", "academy"),
    "name": ("name", "term", "event", "description", "title", "summary", "holiday", "terms"),
    "first": ("first", "start", "starts", "start date", "from", "begins", "opens", "first day",
              "date", "day", "date from", "term starts", "dates", "term dates", "date range"),
    "last": ("last", "end", "ends", "end date", "to", "finishes", "closes", "last day", "until",
             "date to", "term ends"),
    "holiday_first": ("half term", "half term start", "half term starts", "half term from",
                      "half term begins", "half term first day", "half term holiday start",
                      "half term holiday starts", "half term holiday from", "half term break from",
                      "mid term break from", "half term dates",
                      "half term holiday", "half term break"),
    "holiday_last": ("half term end", "half term ends", "half term to", "half term until",
                     "half term last day", "half term holiday end", "half term holiday ends",
                     "half term holiday to", "half term break to", "mid term break to"),
    "closes": ("closes for half term", "half term closes", "school closes for half term",
               "breaks up for half term", "half term breaks up", "last day before half term"),
    "reopens": ("re opens", "reopens", "re opens after half term", "reopens after half term",
                "half term re opens", "half term reopens", "returns after half term",
                "first day after half term"),
}  # fmt: skip
"""The columns of a table of term dates, each with the names that it may have.

Both days may stand in the column of the first. School is open on the days on which it closes for
half term and opens again after it, and shut on those of the holiday.
"""

UNNAMED = {"name": 0, "first": 1, "last": 2}
"""Where names and days stand in a table whose columns have no names."""

CALENDAR = b"BEGIN:VCALENDAR"
LARGEST_START = 4096
"""How many bytes are looked at for how a file begins."""

ESTIMATES = "without half terms, the days of reviews stay estimates"


class Understood(Struct, frozen=True):
    """What a file was understood as: its dates, how half terms were made, and what was left out."""

    dates: TermDates
    how: Mapping[HalfTerm, str]
    left_out: tuple[str, ...]


def read_terms(file: Path, today: date, calendar: str | None = None) -> Understood:
    """Return the half terms and INSET days of a table or an iCalendar file, and what was left out.

    `calendar` names the calendar of a file that does not name its own. Raise BadAnswers with every
    line that cannot be used, or ApError if no half term can be made of the file.
    """
    if is_calendar(file):
        from .ical import read_events

        blocks, left_out = read_events(file, read_table_text(file), calendar)
        return understand(file, blocks, left_out, strict=False)
    if file.suffix.lower() in (".ics", ".ical"):
        raise ApError(
            f"{name_file(file)} is not an iCalendar file: it does not begin with BEGIN:VCALENDAR"
        )
    return understand(file, read_table_rows(file, today, calendar), [], strict=True)


def is_calendar(file: Path) -> bool:
    """Return whether a file begins as iCalendar does; raise ApError if it cannot be opened."""
    check_file(file, name_file(file), LARGEST)
    with file.open("rb") as opened:
        return opened.read(LARGEST_START).removeprefix(MARK).lstrip().startswith(CALENDAR)


def read_table_rows(file: Path, today: date, calendar: str | None) -> Iterator[ReadRow]:
    """Yield the rows of a table, each with its place and its reader; titles are passed over.

    Of a workbook each sheet counts that is not hidden and has such a table. Raise ApError if no row
    has the names of the columns, or nobody names the calendar.
    """
    read = [
        (number, list(islice(map(texts_of, sheet.rows()), MOST + 1)))
        for number, sheet in enumerate(open_tables(file).sheets, 1)
        if not sheet.hidden
    ]
    named = [(number, rows) for number, rows in read if header_of(rows) is not None]
    tables = named or [(number, rows) for number, rows in read if are_events(rows, today)]
    if not tables:
        raise ApError(
            f"{name_file(file)}: name the columns in a line above the dates: name, first and last,"
            " or calendar,name,first,last"
        )
    for number, rows in tables:
        if len(rows) > MOST:
            raise ApError(
                f"{name_file(file)} has more than {MOST:,} lines: a file of term dates has at most"
                " as many"
            )
        place = f"sheet {number}, line" if len(tables) > 1 else "line"
        yield from read_table(file, rows, place, today, calendar)


def texts_of(row: TableRow) -> tuple[int, list[str]]:
    """Return the number of a row, and its cells as text; a day without its time."""
    cells = (cell.date() if isinstance(cell, datetime) else cell for cell in row.cells)
    return row.number, ["" if cell is None else str(cell) for cell in cells]


def header_of(rows: Sequence[tuple[int, list[str]]]) -> int | None:
    """Return the position of the row with the names of the columns, None without one."""
    first = enumerate(rows[:HEADER_WITHIN])
    return next((at for at, (_, cells) in first if locate(cells)), None)


def are_events(rows: Sequence[tuple[int, list[str]]], today: date) -> bool:
    """Return whether rows have a name and its days each, but for those of one cell: titles."""
    filled = [cells for _, cells in rows if sum(map(bool, cells)) > 1]
    return bool(filled) and all(has_days(cells, today) for cells in filled)


def has_days(cells: Sequence[str], today: date) -> bool:
    """Return whether cells are a name, and beside it a day, two days, or both in one cell."""
    name, first, *rest = cells
    try:
        read_days(first, rest[0] if rest else "", today)
    except ValueError:
        return False
    return bool(name) and not any(rest[1:])


def read_table(
    file: Path,
    rows: Sequence[tuple[int, list[str]]],
    place: str,
    today: date,
    calendar: str | None,
) -> Iterator[ReadRow]:
    """Yield the rows of one table below its header; raise ApError if nobody names the calendar.

    A table without one has names, and beside each its day, or its first day and its last.
    """
    header = header_of(rows)
    positions = UNNAMED if header is None else locate(rows[header][1])
    if calendar is not None and "calendar" in positions:
        raise ApError("--calendar is for a file that does not name its own calendar: this one does")
    if calendar is None and "calendar" not in positions:
        raise NoCalendar(file)
    for number, row in rows if header is None else rows[header + 1 :]:
        cells = cells_of(row, positions, calendar)
        is_heading = not (cells["first"] or cells["last"]) and "calendar" not in positions
        if is_heading:
            continue
        yield f"{place} {number}", partial(read_row, f"{place} {number}", cells, today)
        if cells["holiday_first"] or cells["holiday_last"]:
            reader = partial(read_holiday_of_row, f"{place} {number}", cells, today)
            yield f"{place} {number}", reader
        if cells["closes"] or cells["reopens"]:
            reader = partial(read_break_of_row, f"{place} {number}", cells, today)
            yield f"{place} {number}", reader


def locate(row: Sequence[str]) -> dict[str, int]:
    """Map the columns to their positions; empty if a row does not name those needed."""
    names = [" ".join(cell.casefold().replace("-", " ").split()) for cell in row]
    positions = {
        column: at
        for column, known in COLUMNS.items()
        for at, name in reversed(list(enumerate(names)))
        if name in known
    }
    # half terms are listed below “Half term”, or below a first cell without a name
    if "name" not in positions and "holiday_first" in positions:
        positions["name"] = positions.pop("holiday_first")
    if names[:1] == [""] and "last" in positions:
        positions.setdefault("name", 0)
    return positions if {"name", "first"} <= positions.keys() else {}


def cells_of(
    row: Sequence[str], positions: Mapping[str, int], calendar: str | None
) -> dict[str, str]:
    """Map the columns to their cells; a cell that a row lacks is empty."""
    cells = dict.fromkeys(COLUMNS, "") | {"calendar": calendar or ""}
    found = {name: row[at].strip() for name, at in positions.items() if at < len(row)}
    return cells | found


def read_row(place: str, cells: Mapping[str, str], today: date) -> Row:
    """Return the row of a line; raise ValueError, saying what is missing, if it cannot be used."""
    if not cells["first"]:
        raise ValueError(f"it has no first day: write one for {cells['name'] or 'it'}")
    first, last = read_days(cells["first"], cells["last"], today)
    return Row(place, read_text(cells["calendar"]), read_text(cells["name"]), first, last)


def read_days(first: str, last: str, today: date) -> tuple[date, date]:
    """Return the days of two cells; if the last is empty, the first has both, or a single day.

    Raise ValueError if they cannot be read.
    """
    if not last:
        return read_span(first, today)
    begins, ends = without_bell_times(first), without_bell_times(last)
    return read_record_day(begins, today), read_record_day(ends, today)


def read_holiday_of_row(place: str, cells: Mapping[str, str], today: date) -> Row:
    """Return the half-term holiday in the line of a term; raise ValueError if a day is missing."""
    if not cells["holiday_first"]:
        raise ValueError("its half-term holiday has no first day: write both, or neither")
    first, last = read_days(cells["holiday_first"], cells["holiday_last"], today)
    if first == last and not cells["holiday_last"]:
        raise ValueError("its half-term holiday has no last day: write both, or neither")
    return Row(place, read_text(cells["calendar"]), "half-term holiday", first, last)


def read_break_of_row(place: str, cells: Mapping[str, str], today: date) -> Row:
    """Return the holiday between the last day before half term and the first after it.

    Raise ValueError if one of them is missing, or the second is no later.
    """
    if not (cells["closes"] and cells["reopens"]):
        raise ValueError("write both days of its half term, the last before it and the first after")
    closes, reopens = read_days(cells["closes"], cells["reopens"], today)
    if reopens <= closes:
        raise ValueError("it opens again after half term no later than it closes: check the days")
    first, last = closes + timedelta(days=1), reopens - timedelta(days=1)
    return Row(place, read_text(cells["calendar"]), "half-term holiday", first, last)


def understand(
    file: Path, blocks: Iterable[ReadRow], left_out: Sequence[str], strict: bool
) -> Understood:
    """Return what rows were understood as; raise BadAnswers with the place of any that is wrong.

    With `strict`, a row that cannot be told from a half term is wrong; else it is left out. Raise
    ApError if the rows speak of terms and no half term can be made of them.
    """
    rows: list[Row] = []
    problems: list[str] = []
    for place, read in blocks:
        try:
            rows.append(refuse_unclear(read()) if strict else read())
        except ValueError as problem:
            problems.append(f"{place}: {problem}")
    shut = closures_of(rows, problems)
    readings = [read_calendar(group) for group in by_calendar(rows)]
    for reading in readings:
        problems += [*reading.problems, *check_blocks(reading)]
    problems += _crowded_calendars(shut)
    if problems:
        raise BadAnswers(list_few(problems))
    made = [block for reading in readings for block in reading.blocks]
    over = (*left_out, *map(str, left_over(rows, readings)))
    if not made and (not shut or any(map(speaks_of_terms, rows))):
        raise ApError(
            f"{name_file(file)} has no half terms in it: {ESTIMATES}"
            + (f"; left out: {'; '.join(list_few(over))}" if over else "")
        )
    dates: TermDates = (*(block.half_term for block in made), *shut)
    return Understood(dates, {block.half_term: block.how for block in made}, over)


def by_calendar(rows: Iterable[Row]) -> list[list[Row]]:
    """Group rows by their calendars, in the order in which those come."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.calendar.casefold(), []).append(row)
    return list(groups.values())


def refuse_unclear(row: Row) -> Row:
    """Return a row; raise ValueError if it may or may not be a half term, with what to call it."""
    if row.kind is not Kind.UNCLEAR:
        return row
    length = (row.last - row.first).days + 1
    if length == 1 and not TERM.search(row.name):
        return row  # no half term whose last day is missing: it is left out, and said
    if length <= SHUT_AT_MOST:
        raise ValueError(
            f"{row.name} is too short to be a half term: call it “INSET day” if the school is"
            " closed to pupils, or leave it out"
        )
    raise ValueError(
        f"{row.name} has {length} days: if it is a half term call it “half term 1”, or by its"
        " number; else leave the line out"
    )


def closures_of(rows: Iterable[Row], problems: list[str]) -> tuple[Closed, ...]:
    """Return the days on which schools are closed, each a single time; add to the problems."""
    shut: dict[tuple[str, date], Closed] = {}
    for row in rows:
        if row.kind is Kind.SHUT:
            try:
                days = closed_days(row.calendar, row.name, row.first, row.last)
            except ValueError as problem:
                problems.append(f"{row.place}: {problem}")
                continue
            for closed in days:
                shut.setdefault((closed.calendar.casefold(), closed.day), closed)
    return tuple(shut.values())


def check_blocks(reading: Reading) -> Iterator[str]:
    """Yield what is wrong with the half terms of a calendar, each with its place."""
    earlier: list[Block] = []
    for block in reading.blocks:
        half_term = block.half_term
        if (half_term.last - half_term.first).days > LONGEST and block.how == "":
            yield (
                f"{block.place}: {half_term.name} runs from {half_term.first} to {half_term.last}:"
                " ten weeks is the most, so add the half-term holiday in it, or check the days"
            )
            continue
        try:
            plausible(half_term.name, half_term.first, half_term.last)
        except ValueError as problem:
            yield f"{block.place}: {problem}"
        for other in (one.half_term for one in earlier if overlap(half_term, one.half_term)):
            schools = ", or add a column “school” if they are of two schools"
            yield (
                f"{block.place}: {half_term.name} ({half_term.first} to {half_term.last}) overlaps"
                f" {other.name} ({other.first} to {other.last}): correct one of them"
                f"{schools if other.name == half_term.name else ''}"
            )
            break
        earlier.append(block)


def left_over(rows: Iterable[Row], readings: Iterable[Reading]) -> Iterator[Row]:
    """Yield the rows that nothing was made of."""
    unused = {row for reading in readings for row in reading.unused}
    made = [block.half_term for reading in readings for block in reading.blocks if block.how]
    begin, end = {half_term.first for half_term in made}, {half_term.last for half_term in made}
    for row in rows:
        used = next_weekday(row.last) in begin or weekday_before(row.first) in end
        is_nothing = row.kind in (Kind.OVER, Kind.UNCLEAR)
        if row in unused or is_nothing or (row.kind is Kind.HOLIDAY and not used):
            yield row


def speaks_of_terms(row: Row) -> bool:
    """Return whether a row is about terms, or as long as one: an INSET day is not."""
    is_long = (row.last - row.first).days + 1 >= LONG
    return is_long or row.kind not in (Kind.SHUT, Kind.OVER, Kind.UNCLEAR)


def _crowded_calendars(shut: Iterable[Closed]) -> Iterator[str]:
    """Yield the calendars with more INSET days than a school year has, each with its problem."""
    by_name: dict[str, list[date]] = {}
    for closed in shut:
        by_name.setdefault(closed.calendar, []).append(closed.day)
    for calendar, days in by_name.items():
        yield from (f"INSET days of {calendar}: {problem}" for problem in too_many(days))
