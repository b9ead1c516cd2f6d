"""Attendance from a table, as a provider or a school's system sends it.

A row has the pupil, or the placement, and marks: one session with its code, the codes of a morning
and an afternoon, or a column for each session or day. The child may stand above the table instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from ..domain.attendance import Reported, read_code
from ..errors import ApError
from ..forms.days import read_day
from ..forms.readers import LONGEST_TEXT, read_text
from ..forms.text import echo, name_file
from .attendance_columns import OF_THE_CHILD, SAMPLE, Layout, MarkColumn, find_layout
from .attendance_subjects import NO_PUPIL, Subject, read_subject
from .marks import NO_MARK, is_code, is_pair, split_pair
from .session_headings import HALF
from .sheets import HEADER_WITHIN
from .tables import Cell, Noticed, Row, Sheet, open_tables, spell_column
from .written_days import read_short_day

DAY_PROBLEM = "write its day like 2026-02-27 or 27/02/2026"
SESSION_PROBLEM = "write its session as am or pm"
CODE_PROBLEM = "write its code as the register has it"
PAIR_PROBLEM = "write both marks of the day, such as /\\"
NATURE_PROBLEM = f"write its nature in up to {LONGEST_TEXT:,} letters, without control characters"

CELLS_REMEMBERED = 4096
"""How many different cells of a column are remembered."""

T = TypeVar("T")


class AttendanceFile:
    """The marks of a table in order, read one at a time as they are gone through.

    `most` is how many they can be. `totals` are the rows with sums, which are passed over.
    `is_foreign` is whether its references are another store's, and not read.
    """

    def __init__(self, sheet: Sheet, layout: Layout, today: date) -> None:
        self._sheet, self._layout, self._today = sheet, layout, today
        self.noticed = sheet.noticed()
        self.is_foreign = layout.is_foreign
        self.most = sheet.most_rows * layout.most_marks
        self.totals: list[int] = []

    def __iter__(self) -> Iterator[Reported]:
        self.totals.clear()
        rows = Rows(self._layout, self._today, self.noticed, self.totals)
        for row in self._sheet.rows():
            if row.number > self._layout.header:
                yield from rows.read(row)


def read_attendance(
    file: Path, today: date, sheet: str | None = None, only: bool = False, store: str = ""
) -> AttendanceFile:
    """Return the marks of a table, to go through in order; raise ApError if it is no such table.

    `sheet` is the name of the one that is meant. With `only` no column needs to say whose they are.
    `store` is the id of this store, as headings name it.
    """
    sheets = choose_sheets(open_tables(file).sheets, sheet)
    found: list[AttendanceFile] = []
    problem = None
    for each in sheets:
        try:
            first = list(islice(each.rows(), HEADER_WITHIN + SAMPLE))
            found.append(AttendanceFile(each, find_layout(first, today, only, store), today))
        except ApError as wrong:
            problem = problem or wrong
    if len(found) == 1:
        return found[0]
    if problem is not None and not found:
        raise problem
    raise ApError(
        f"{name_file(file)} has marks in {len(found)} sheets: say which one with --sheet NAME"
    )


def choose_sheets(sheets: Sequence[Sheet], name: str | None) -> Sequence[Sheet]:
    """Return the sheets to look at: the one of a name, else those that are not hidden.

    Raise ApError if there is none of that name.
    """
    if name is None:
        return [sheet for sheet in sheets if not sheet.hidden] or sheets
    named = [sheet for sheet in sheets if sheet.name.casefold() == name.strip().casefold()]
    if not named:
        names = ", ".join(f"“{echo(sheet.name)}”" for sheet in sheets)
        raise ApError(f"--sheet: there is no sheet “{echo(name)}”: choose one of {names}")
    return named


class Rows:
    """Reads the marks of rows; a cell that it has just read it need not read again."""

    def __init__(self, layout: Layout, today: date, noticed: Noticed, totals: list[int]) -> None:
        self._marks, self._totals, self._noticed = layout.marks, totals, noticed
        self._width = 1 + max((*layout.positions.values(), *(one.position for one in self._marks)))
        subjects = [name for name in OF_THE_CHILD if name in layout.positions]
        self._subject_cells = getter([layout.positions[name] for name in subjects])
        self._subject = remembering(partial(read_subject, subjects, layout.titles, today))
        by_weekday = any(column.weekday is not None for column in self._marks)
        self._day_at = layout.positions.get("week" if by_weekday else "day")
        if self._day_at is None:
            self._day_at = layout.positions.get("day")
        self._day_above = layout.titles.week if by_weekday else layout.titles.day
        self._session_at = layout.positions.get("session")
        self._nature_at = layout.positions.get("nature")
        self._day = remembering(partial(read_day_cell, today=today))
        self._half = remembering(read_session)
        self._code = remembering(read_code)
        self._nature = remembering(parse_nature)
        self._has_gaps = bool(len(noticed.errors) or len(noticed.unstored))

    def read(self, row: Row) -> list[Reported]:
        """The marks of a row, in order, with those that are missing; none of a row of totals."""
        cells = row.cells
        if len(cells) < self._width:
            cells += (None,) * (self._width - len(cells))
        subject = self._subject(self._subject_cells(cells))
        if subject.is_total or (subject.problem == NO_PUPIL and not self._has_code(cells)):
            self._totals.append(row.number)
            return []
        found: list[Reported] = []
        for column in self._marks:
            cell = cells[column.position]
            if self._has_gaps and self._is_gap(row.number, column.position):
                found.append(subject.wrong(row.number, gap_problem(column.position)))
            elif cell is None or cell in NO_MARK:
                found.append(subject.without_mark(row.number))
            else:
                found += self._read_cell(row.number, subject, column, str(cell), cells)
        return found

    def _has_code(self, cells: Sequence[Cell]) -> bool:
        """Return whether a row has a mark: a sum, or a note, has none."""
        marks = (str(cells[column.position] or "") for column in self._marks)
        return any(text and (is_code(text) or is_pair(text)) for text in marks)

    def _is_gap(self, row: int, column: int) -> bool:
        place = (row, column)
        return place in self._noticed.errors or place in self._noticed.unstored

    def _read_cell(
        self, row: int, subject: Subject, column: MarkColumn, text: str, cells: Sequence[Cell]
    ) -> list[Reported]:
        """The mark of a cell, or the two of a day, or what is wrong with it.

        What the cell says is not repeated: it may be a name.
        """
        problem, at = subject.problem, None
        try:
            if problem:
                raise ValueError
            problem, at = DAY_PROBLEM, self._day_at
            day = self._day_of(column, cells)
            problem, at = SESSION_PROBLEM, self._session_at
            half = column.half
            if half is None and self._session_at is not None:
                half = self._half(cells[self._session_at])
            problem, at = PAIR_PROBLEM if half is None else CODE_PROBLEM, column.position
            marks = self._codes(half, text)
            problem, at = NATURE_PROBLEM, self._nature_at
            nature = self._nature_of(cells)
        except ValueError:
            place = "" if at is None else f"column {spell_column(at)}: "
            return [subject.wrong(row, f"{place}{problem}")]
        return [subject.mark(row, day, half, code, nature) for half, code in marks]

    def _day_of(self, column: MarkColumn, cells: Sequence[Cell]) -> date:
        """Return the day of a column in a row; raise ValueError if it cannot be read."""
        if column.day is not None:
            return column.day
        written = cells[self._day_at] if self._day_at is not None else self._day_above
        day = self._day(written)
        if column.weekday is None:
            return day
        return day + timedelta(days=column.weekday - day.weekday())

    def _codes(self, half: int | None, text: str) -> list[tuple[int, str]]:
        """Return the marks of a cell with their halves; raise ValueError if it has no code."""
        if half is not None:
            return [(half, self._code(text))]
        both = [(half, mark) for half, mark in enumerate(split_pair(text))]
        if not both:
            raise ValueError("not the marks of two sessions")
        return [(half, "" if mark in NO_MARK else self._code(mark)) for half, mark in both]

    def _nature_of(self, cells: Sequence[Cell]) -> str | None:
        return None if self._nature_at is None else self._nature(cells[self._nature_at])


def getter(positions: Sequence[int]) -> Callable[[Sequence[Cell]], tuple[Cell, ...]]:
    """Return what takes the cells at these positions out of a row."""
    if len(positions) > 1:
        return itemgetter(*positions)
    first = slice(positions[0], positions[0] + 1) if positions else slice(0)
    return itemgetter(first)


def remembering(reader: Callable[[Any], T]) -> Callable[[Any], T]:
    """Return a reader of cells that remembers what the last cells said; most come again."""
    return lru_cache(maxsize=CELLS_REMEMBERED)(reader)


def gap_problem(position: int) -> str:
    """Say that a cell has no value of its own."""
    return (
        f"column {spell_column(position)} has an error in it, or a formula without its value:"
        " correct the cell"
    )


def read_day_cell(cell: Cell, today: date) -> date:
    """Return the day of a cell; raise ValueError if it is none."""
    if cell is None:
        raise ValueError("no day")
    short = read_short_day(cell, False, today) if isinstance(cell, str) else None
    return short or read_day(cell, today)


def read_session(cell: Cell) -> int:
    """Return the half of a day that a cell names: 0 for the morning; raise ValueError if none."""
    text = str(cell or "").strip().lower()
    found = HALF.search(text)
    if found is None:
        raise ValueError("no session")
    return 0 if found[1] else 1


def parse_nature(cell: Cell) -> str | None:
    """What was done, None if the cell is empty; raise ValueError if it cannot be stored."""
    return None if cell is None else read_text(str(cell))
