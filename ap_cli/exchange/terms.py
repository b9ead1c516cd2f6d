"""Term dates from a CSV: `calendar,name,first,last`."""

from __future__ import annotations

import csv
from datetime import date
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


def read_terms(file: Path, today: date) -> tuple[HalfTerm, ...]:
    """The half terms of a file; BadAnswers names every line that cannot be used."""
    text = text_of(file)
    try:
        rows = list(csv.reader(lines_of(text), delimiter=delimiter(text)))
    except csv.Error as problem:
        raise ApError(f"{file} is not a CSV that can be read: {problem}") from None
    if len(rows) > MOST:
        raise ApError(f"{file} has {len(rows):,} lines, where a file of term dates has at most {MOST:,}")
    if not rows or tuple(cell.strip().lower() for cell in rows[0]) != HEADER:
        raise ApError(f"{file}: the first line must be {','.join(HEADER)}")
    found: list[HalfTerm] = []
    problems: list[str] = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            block = _half_term(row, today)
            _refuse_overlap(block, found)
        except ValueError as problem:
            problems.append(f"line {number}: {problem}")
        else:
            found.append(block)
    if problems:
        raise BadAnswers(problems)
    if not found:
        raise ApError(f"{file} has no half terms after its first line")
    return tuple(found)


def _half_term(row: list[str], today: date) -> HalfTerm:
    if len(row) != len(HEADER):
        raise ValueError(f"it has {len(row)} columns, where {len(HEADER)} are needed")
    block = HalfTerm(read_text(row[0]), read_text(row[1]), read_own_day(row[2], today), read_own_day(row[3], today))
    if block.last < block.first:
        raise ValueError(f"{block.name} ends on {block.last}, before it begins on {block.first}")
    if (block.last - block.first).days > LONGEST:
        raise ValueError(f"{block.name} runs from {block.first} to {block.last}: a half term is at most ten weeks long")
    return block


def _refuse_overlap(block: HalfTerm, others: list[HalfTerm]) -> None:
    for other in others:
        if other.calendar.casefold() == block.calendar.casefold() and overlap(block, other):
            raise ValueError(f"{block.name} ({block.first} to {block.last}) overlaps {other.name} ({other.first} to {other.last})")
