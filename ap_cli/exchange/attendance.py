"""Attendance from a CSV file, as a provider or a school's system sends it.

A line has the pupil (its reference or UPN) or the placement, the day, and either a session with its code or the codes
of the morning and the afternoon. The names of the columns may be those below, in any case and order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..domain.attendance import Reported, read_code, read_half
from ..domain.sessions import HALVES
from ..errors import ApError
from ..forms.days import read_day
from ..forms.readers import LONGEST_TEXT, read_text
from .files import guess_delimiter, read_file_text, split_lines

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


def read_attendance(file: Path, today: date) -> list[Reported]:
    """The marks of a file in order; ApError where it cannot be read, or has no such columns."""
    import csv

    text = read_file_text(file)
    try:
        lines = csv.reader(split_lines(text), delimiter=guess_delimiter(text), strict=True)
        at = locate_columns(next(lines, []))
        return [
            row
            for line in lines
            if any(cell.strip() for cell in line)
            for row in read_row(lines.line_num, line, at, today)
        ]
    except csv.Error as problem:
        raise ApError(f"{file}, line {lines.line_num}: {problem}") from None


def locate_columns(header: list[str]) -> dict[str, int]:
    """Where each column is; ApError where one that is needed is missing, or stands twice."""
    found: dict[str, int] = {}
    for at, name in enumerate(cell.strip().casefold() for cell in header):
        for column, names in COLUMNS.items():
            if name in names:
                if column in found:
                    raise ApError(f"the column {column} stands twice")
                found[column] = at
    whose, marks = (
        "placement" in found or "pupil" in found,
        {"session", "code"} <= found.keys() or {"am", "pm"} & found.keys(),
    )
    if not (whose and "day" in found and marks):
        raise ApError(
            f"the first line names the columns: pupil (or upn, or placement), date, and session and code, or am and pm; of its {len(header)} "
            f"these are known: {', '.join(found) or 'none'}"
        )
    return found


def read_row(
    number: int, line: list[str], at: Mapping[str, int], today: date
) -> Iterator[Reported]:
    """The marks of a line: one, or those of the morning and the afternoon."""
    cells = {name: line[place].strip() if place < len(line) else "" for name, place in at.items()}
    if "code" in cells:
        yield parse_mark(number, cells, cells.get("session", ""), cells["code"], today)
        return
    marked = [(half, cells[half]) for half in HALVES if cells.get(half)]
    yield from (parse_mark(number, cells, half, code, today) for half, code in marked)
    if not marked:
        yield Reported(number, "it has no code")


def parse_mark(
    number: int, cells: Mapping[str, str], session: str, code: str, today: date
) -> Reported:
    """One mark, or what is wrong with it."""
    readers: tuple[tuple[str, Callable[[], Any]], ...] = (
        (
            "its placement is no reference such as PL-0001",
            lambda: parse_reference(cells.get("placement", ""), "PL"),
        ),
        (
            "its pupil is neither a reference such as P-0001 nor a UPN",
            lambda: parse_pupil(cells.get("pupil", "")),
        ),
        (
            "its day is none: write it as 2026-02-27 or 27/02/2026",
            lambda: read_day(cells["day"], today),
        ),
        ("its session is neither am nor pm", lambda: read_half(session)),
        ("its code is none of the register", lambda: read_code(code)),
        (
            f"its nature cannot be kept: write up to {LONGEST_TEXT:,} letters, without control characters",
            lambda: parse_nature(cells.get("nature", "")),
        ),
    )
    values = []
    for problem, read in readers:  # what stands there is not repeated: it may be a name
        try:
            values.append(read())
        except ValueError:
            return Reported(number, problem)
    placement, pupil, day, half, read_as, nature = values
    if placement is None and pupil is None:
        return Reported(number, "it names neither a pupil nor a placement")
    return Reported(
        number, "", placement, pupil, cells.get("pupil", ""), day, half, read_as, nature
    )


def parse_reference(text: str, prefix: str) -> int | None:
    """The number of a reference, or None where there is none; ValueError where it is of another kind."""
    if not text:
        return None
    found = REFERENCE.fullmatch(text)
    if not found or found[1].upper() != prefix:
        raise ValueError("no reference")
    return int(found[2])


def parse_nature(text: str) -> str | None:
    """The nature of the provision, whole, or None where none is given; ValueError where it cannot be kept."""
    return read_text(text) if text else None


def parse_pupil(text: str) -> int | str | None:
    """A pupil by its reference or its UPN, or None where neither is given."""
    if not text:
        return None
    found = REFERENCE.fullmatch(text)
    if found and found[1].upper() == "P":
        return int(found[2])
    upn = text.replace(" ", "").upper()
    if not UPN.fullmatch(upn):
        raise ValueError("neither a reference nor a UPN")
    return upn
