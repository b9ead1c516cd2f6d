"""Attendance from a CSV file, as a provider or a school's system sends it.

A line has the pupil (its reference or UPN) or the placement, the day, and either a session with its
code or the codes of the morning and the afternoon. The columns may have the names below, in any
case and order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from ..domain.attendance import Reported, read_code, read_half
from ..domain.sessions import HALVES
from ..errors import ApError
from ..forms.days import read_day
from ..forms.readers import LONGEST_TEXT, read_text
from ..forms.text import name_file
from .files import guess_delimiter, read_table_text, split_lines

COLUMNS = {
    "placement": ("placement", "placement reference"),
    "pupil": ("pupil", "pupil reference", "upn"),
    "day": ("day", "date"),
    "session": ("session", "am/pm", "period"),
    "code": ("code", "mark", "attendance code"),
    "am": ("am", "morning"),
    "pm": ("pm", "afternoon"),
    "nature": ("nature", "activity", "nature of provision"),
}
"""The columns that are read, each with the names that it may have."""

UPN = re.compile(r"[A-Z]\d{11}[A-Z\d]", re.ASCII)
REFERENCE = re.compile(r"(PL|P)-?0*([1-9]\d{0,8})", re.ASCII | re.IGNORECASE)
PLACEMENT_PROBLEM = "write its placement like PL-0001"
PUPIL_PROBLEM = "write its pupil as a reference like P-0001, or as a UPN"
DAY_PROBLEM = "write its day like 2026-02-27 or 27/02/2026"
SESSION_PROBLEM = "write its session as am or pm"
CODE_PROBLEM = "write its code as the register has it"
NATURE_PROBLEM = f"write its nature in up to {LONGEST_TEXT:,} letters, without control characters"

CELLS_REMEMBERED = 4096
"""How many different cells of a column are remembered."""

T = TypeVar("T")


class AttendanceFile:
    """The marks of a file in order, read one at a time as they are gone through.

    `most` is how many they can be.
    """

    def __init__(self, text: str, positions: Mapping[str, int], lines: int, today: date) -> None:
        self._text = text
        self._rows = Rows(positions, today)
        self.most = lines * (1 if "code" in positions else len(positions.keys() & set(HALVES)))

    def __iter__(self) -> Iterator[Reported]:
        lines = parse_lines(self._text)
        next(lines)
        for line in lines:
            if "".join(line).strip():
                yield from self._rows.read(lines.line_num, line)


def read_attendance(file: Path, today: date) -> AttendanceFile:
    """Return the marks of a file, to go through in order; raise ApError if it is no such CSV."""
    import csv

    text = read_table_text(file)
    lines = parse_lines(text)
    try:
        positions = locate_columns(next(lines, []))
        return AttendanceFile(text, positions, sum(1 for _ in lines), today)
    except csv.Error as problem:
        raise ApError(f"{name_file(file)}, line {lines.line_num}: {problem}") from None


def parse_lines(text: str) -> Any:
    """Return what parts the lines of a CSV into cells; it raises csv.Error for what is none."""
    import csv

    return csv.reader(split_lines(text), delimiter=guess_delimiter(text), strict=True)


def locate_columns(header: list[str]) -> dict[str, int]:
    """Where each column stands; raise ApError if one is missing or there twice."""
    positions: dict[str, int] = {}
    for position, name in enumerate(cell.strip().casefold() for cell in header):
        for column, names in COLUMNS.items():
            if name not in names:
                continue
            if column in positions:
                raise ApError(f"the column {column} is there twice: keep one of them")
            positions[column] = position
    if not _has_needed_columns(positions):
        raise ApError(
            "name the columns in the first line: pupil (or upn, or placement), date, and session"
            f" and code, or am and pm; of its {len(header)} these are known:"
            f" {', '.join(positions) or 'none'}"
        )
    return positions


def _has_needed_columns(positions: Mapping[str, int]) -> bool:
    has_subject = "placement" in positions or "pupil" in positions
    has_marks = {"session", "code"} <= positions.keys() or bool({"am", "pm"} & positions.keys())
    return has_subject and "day" in positions and has_marks


class Rows:
    """Reads the marks of a file's lines; a cell that it has just read it need not read again."""

    def __init__(self, positions: Mapping[str, int], today: date) -> None:
        self._positions = positions
        self._placement = remembering(parse_placement)
        self._pupil = remembering(parse_pupil)
        self._day = remembering(partial(read_day, today=today))
        self._half = remembering(read_half)
        self._code = remembering(read_code)
        self._nature = remembering(parse_nature)

    def read(self, number: int, line: list[str]) -> Iterator[Reported]:
        """The marks of a line: one, or those of the morning and the afternoon."""
        cells = {
            name: line[position].strip() if position < len(line) else ""
            for name, position in self._positions.items()
        }
        if "code" in cells:
            yield self._mark(number, cells, cells.get("session", ""), cells["code"])
            return
        marked = [(half, cells[half]) for half in HALVES if cells.get(half)]
        for half, code in marked:
            yield self._mark(number, cells, half, code)
        if not marked:
            yield Reported(number, "write its code")

    def _mark(self, number: int, cells: Mapping[str, str], session: str, code: str) -> Reported:
        """One mark, or what is wrong with it. The cell is not repeated: it may hold a name."""
        told = cells.get("pupil", "")
        problem = PLACEMENT_PROBLEM
        try:
            placement = self._placement(cells.get("placement", ""))
            problem = PUPIL_PROBLEM
            pupil = self._pupil(told)
            problem = DAY_PROBLEM
            day = self._day(cells["day"])
            problem = SESSION_PROBLEM
            half = self._half(session)
            problem = CODE_PROBLEM
            register_code = self._code(code)
            problem = NATURE_PROBLEM
            nature = self._nature(cells.get("nature", ""))
        except ValueError:
            return Reported(number, problem)
        if placement is None and pupil is None:
            return Reported(number, "write its pupil or its placement")
        return Reported(number, "", placement, pupil, told, day, half, register_code, nature)


def remembering(reader: Callable[[str], T]) -> Callable[[str], T]:
    """Return a reader of cells that remembers what the last cells said; most come again."""
    return lru_cache(maxsize=CELLS_REMEMBERED)(reader)


def parse_placement(text: str) -> int | None:
    """The placement's number, None if the cell is empty; raise ValueError if it is no reference."""
    if not text:
        return None
    reference = REFERENCE.fullmatch(text)
    if not reference or reference[1].upper() != "PL":
        raise ValueError("no reference of a placement")
    return int(reference[2])


def parse_pupil(text: str) -> int | str | None:
    """A pupil's number or UPN, None if the cell is empty; raise ValueError if it is neither."""
    if not text:
        return None
    reference = REFERENCE.fullmatch(text)
    if reference and reference[1].upper() == "P":
        return int(reference[2])
    upn = text.replace(" ", "").upper()
    if not UPN.fullmatch(upn):
        raise ValueError("neither a reference nor a UPN")
    return upn


def parse_nature(text: str) -> str | None:
    """What was done, None if the cell is empty; raise ValueError if it cannot be stored."""
    return read_text(text) if text else None
