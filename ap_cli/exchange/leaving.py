"""Cells that say that a placement is over: “left 12/10”, “ended 12/10/2025 – back to school”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from ..domain.days import words
from ..domain.placement import Placement
from ..domain.readers import answer
from ..forms.days import read_day
from ..forms.form import Record, question
from .written_days import read_short_day

LEFT = re.compile(
    r"(?:left|leaver|ended|finished|moved|stopped|withdrawn|closed)\b(?: early)?(?: on)?"
    r"\s*[:,–—-]?",
    re.IGNORECASE,
)
"""How a cell begins that says that a placement is over."""

DAY = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d\d))?(?!\d)"
    r"|\d{1,2}(?:st|nd|rd|th)?[ -][a-z]{3,9}(?:[ -](?:\d{4}|\d\d))?(?!\w)",
    re.IGNORECASE,
)
WITHOUT_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})")
APART = " \t\n–—-,:;()"
"""What stands between the day and the reason."""

WRITE_THE_DAY = (
    "write on which day it ended, such as “left 12/10/2025”, or leave it empty if it goes on"
)


class Left(Record, frozen=True):
    """When a placement ended and why, as a cell says it; a day without its year is (12, 10)."""

    day: date | tuple[int, int]
    reason: str = ""


def read_left(cell: str, today: date, is_sure: bool) -> Left | None:
    """Return what a cell says of an end that has come; None if it is not about one.

    It is if the cell says “left”, or if that `is_sure`. Raise ValueError if no day can be read.
    """
    begins = LEFT.match(cell.strip())
    if begins is None and not is_sure:
        return None
    rest = cell.strip()[begins.end() if begins else 0 :].strip()
    found = DAY.match(rest)
    if found is None:
        if begins is None:
            return None
        raise ValueError(WRITE_THE_DAY)
    reason = rest[found.end() :].strip(APART)
    short = WITHOUT_YEAR.fullmatch(found[0])
    if short:
        return Left((int(short[1]), int(short[2])), reason)
    return Left(read_short_day(found[0], False, today) or read_day(found[0], today), reason)


def settle_end(placement: Mapping[str, object], today: date) -> date:
    """Return the day without a year on which a row says that its placement ended.

    It is the only one between the first day and today; raise ValueError if there is no such.
    """
    left = placement["ended"]
    assert isinstance(left, tuple), "a day and a month"
    asked = question(Placement, "starts")
    starts = answer(asked, placement, today) if asked and "starts" in placement else None
    days = list(days_between(starts, today, left)) if isinstance(starts, date) else []
    if len(days) == 1:
        return days[0]
    if len(days) > 1:
        raise ValueError(f"write the year: it may have ended on {' or '.join(map(words, days))}")
    raise ValueError("write the day on which it ended with its year, such as 12/10/2025")


def days_between(first: date, last: date, day_of_year: tuple[int, int]) -> Iterator[date]:
    """Yield each day and month of some year that is between two days, these included."""
    number, month = day_of_year
    for year in range(first.year, last.year + 1):
        with suppress(ValueError):  # there is no such day, or not in this year
            day = date(year, month, number)
            if first <= day <= last:
                yield day
