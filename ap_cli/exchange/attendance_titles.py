"""What stands above an attendance table: the child whom it is about, its day, its week."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from ..forms.form import Record
from .headers import normal
from .session_headings import WEEK, find_days
from .sheets import Cell, Row

T = TypeVar("T")

MADE = re.compile(r"print|generat|produc|creat|run on|report date", re.IGNORECASE)
"""The title of a day that is not one of the table's."""

BIRTH = re.compile(r"birth|\bd\.?o\.?b\b|\bborn\b", re.IGNORECASE)
"""The title of the day on which the child was born."""

UPN = re.compile(r"(?<![A-Z\d])[A-Z]\d{11}[A-Z\d](?![A-Z\d])", re.ASCII)
CHILD = re.compile(
    r"(?:pupil|student|child|learner)(?: ?name)?\s*(?P<colon>:?)\s*(?P<name>.*)"
    r"|name\s*(?P<colon_too>:?)\s*(?P<name_too>.*)",
    re.IGNORECASE,
)
CLASS = re.compile(r"\s*\(.*\)$")
"""What stands in brackets behind a child's name."""


class Titles(Record, frozen=True):
    """The child, the day and the Monday of the week, as far as titles say them.

    The child stands there by UPN or name, perhaps with the date of birth. `texts` are all of them:
    one may name the provider.
    """

    upn: str = ""
    name: str = ""
    born: date | None = None
    day: date | None = None
    week: date | None = None
    texts: tuple[str, ...] = ()


def read_titles(rows: Sequence[Row], today: date) -> Titles:
    """Return what the rows above a table say."""
    upns: set[str] = set()
    names: set[str] = set()
    births: set[date] = set()
    days: set[date] = set()
    weeks: set[date] = set()
    for row in rows:
        for label, cell in with_labels(row.cells):
            text = normal(cell)
            upns.update(UPN.findall(text.upper()))
            names.update(find_names(label, text))
            if MADE.search(label) or MADE.search(text):
                continue
            found = set(days_of(cell, today))
            if BIRTH.search(label) or BIRTH.search(text):
                births |= found
                continue
            days |= found
            if WEEK.search(label.lower()) or WEEK.search(text.lower()):
                weeks |= found
    mondays = {day - timedelta(days=day.weekday()) for day in weeks or days}
    return Titles(
        only_one(upns) or "",
        only_one(names) or "",
        only_one(births),
        only_one(days),
        only_one(mondays),
        tuple(normal(cell) for row in rows for cell in row.cells if isinstance(cell, str)),
    )


def with_labels(cells: Iterable[Cell]) -> Iterator[tuple[str, Cell]]:
    """Yield the cells of a row that hold something, each with the text of the one before it."""
    label = ""
    for cell in cells:
        if cell is not None:
            yield label, cell
            label = normal(cell)


def find_names(label: str, text: str) -> Iterator[str]:
    """Yield the child's name if a title has it: after its label, or in the cell after that."""
    before, here = CHILD.fullmatch(label), CHILD.fullmatch(text)
    if before and not (before["name"] or before["name_too"]):
        yield CLASS.sub("", text)
    elif here and (here["colon"] or here["colon_too"]) and (here["name"] or here["name_too"]):
        yield CLASS.sub("", here["name"] or here["name_too"])


def days_of(cell: Cell, today: date) -> Iterator[date]:
    """Yield the days of a title."""
    if isinstance(cell, datetime):
        yield cell.date()
    elif isinstance(cell, date):
        yield cell
    else:
        yield from find_days(normal(cell), today)


def only_one(found: set[T]) -> T | None:
    """Return the one that was found, None if there are none or several."""
    return next(iter(found)) if len(found) == 1 else None
