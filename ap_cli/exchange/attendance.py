"""Attendance from a CSV file, as a provider or a school's system sends it.

A line has the pupil (its reference or UPN) or the placement, the day, and either a session with its
code or the codes of the morning and the afternoon. The columns may have the names below, in any
case and order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
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
NATURE_PROBLEM = f"write its nature in up to {LONGEST_TEXT:,} letters, without control characters"

T = TypeVar("T")


def read_attendance(file: Path, today: date) -> list[Reported]:
    """Read the marks of a file in order; raise ApError if it is no such CSV."""
    import csv

    text = read_table_text(file)
    try:
        lines = csv.reader(split_lines(text), delimiter=guess_delimiter(text), strict=True)
        positions = locate_columns(next(lines, []))
        return [
            mark
            for line in lines
            if any(cell.strip() for cell in line)
            for mark in read_row(lines.line_num, line, positions, today)
        ]
    except csv.Error as problem:
        raise ApError(f"{name_file(file)}, line {lines.line_num}: {problem}") from None


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


def read_row(
    number: int, line: list[str], positions: Mapping[str, int], today: date
) -> Iterator[Reported]:
    """The marks of a line: one, or those of the morning and the afternoon."""
    cells = {
        name: line[position].strip() if position < len(line) else ""
        for name, position in positions.items()
    }
    if "code" in cells:
        yield parse_mark(number, cells, cells.get("session", ""), cells["code"], today)
        return
    marked = [(half, cells[half]) for half in HALVES if cells.get(half)]
    yield from (parse_mark(number, cells, half, code, today) for half, code in marked)
    if not marked:
        yield Reported(number, "write its code")


def parse_mark(
    number: int, cells: Mapping[str, str], session: str, code: str, today: date
) -> Reported:
    """One mark, or what is wrong with it. The cell itself is not repeated: it may hold a name."""
    try:
        placement = read_cell("write its placement like PL-0001", parse_placement, cells)
        pupil = read_cell(
            "write its pupil as a reference like P-0001, or as a UPN", parse_pupil, cells
        )
        day = read_cell(
            "write its day like 2026-02-27 or 27/02/2026", read_day, cells["day"], today
        )
        half = read_cell("write its session as am or pm", read_half, session)
        register_code = read_cell("write its code as the register has it", read_code, code)
        nature = read_cell(NATURE_PROBLEM, parse_nature, cells)
    except WrongCell as problem:
        return Reported(number, str(problem))
    if placement is None and pupil is None:
        return Reported(number, "write its pupil or its placement")
    return Reported(
        number, "", placement, pupil, cells.get("pupil", ""), day, half, register_code, nature
    )


class WrongCell(Exception):
    """A cell that cannot be used; its text says what to write there."""


def read_cell(problem: str, reader: Callable[..., T], *given: Any) -> T:
    try:
        return reader(*given)
    except ValueError:
        raise WrongCell(problem) from None


def parse_placement(cells: Mapping[str, str]) -> int | None:
    """The placement's number, None if the cell is empty; raise ValueError if it is no reference."""
    text = cells.get("placement", "")
    if not text:
        return None
    reference = REFERENCE.fullmatch(text)
    if not reference or reference[1].upper() != "PL":
        raise ValueError("no reference of a placement")
    return int(reference[2])


def parse_pupil(cells: Mapping[str, str]) -> int | str | None:
    """A pupil's number or UPN, None if the cell is empty; raise ValueError if it is neither."""
    text = cells.get("pupil", "")
    if not text:
        return None
    reference = REFERENCE.fullmatch(text)
    if reference and reference[1].upper() == "P":
        return int(reference[2])
    upn = text.replace(" ", "").upper()
    if not UPN.fullmatch(upn):
        raise ValueError("neither a reference nor a UPN")
    return upn


def parse_nature(cells: Mapping[str, str]) -> str | None:
    """What was done, None if the cell is empty; raise ValueError if it cannot be stored."""
    text = cells.get("nature", "")
    return read_text(text) if text else None
