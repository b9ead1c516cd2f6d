"""Days as cells write them: with a year in two figures, or of a week that begins."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any

from ..domain.periods import Periods
from ..forms.days import WHOLE_YEAR, short_year_parts, wrong_short_day
from ..forms.form import Question

MORE_THAN_A_DAY = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s*(?:\(|\?|\*|[a-z]{2}|[–-]\s)", re.IGNORECASE
)
WEEK_BEGINS = re.compile(
    r"(?:(?:wk|week)\.?\s*(?:beg(?:inning)?|com(?:mencing)?|starting|of)\.?|w/?[bc])\s*:?\s*"
    r"(?=\d)",
    re.IGNORECASE,
)
"""What stands before the first day of a week: “wk beg 12/10/2026”."""

AGES = (3, 26)
"""Between what ages pupils are, in years."""

TEN_YEARS = 10


def in_full(given: Any, question: Question, today: date) -> Any:
    """Return what would be typed with the years of its days in four figures.

    Raise ValueError if a year is not sure.
    """
    if question.item is Periods and isinstance(given, str):
        day = read_short_day(given, False, today)
        return day.isoformat() if day else given
    if question.item is not date:
        return given
    if isinstance(given, list):
        return [in_full(part, question, today) for part in given]
    return written_day(given, question, today) if isinstance(given, str) else given


def written_day(text: str, question: Question, today: date) -> object:
    """Return a day with two figures of its year, or of a week that begins; else the text.

    Raise ValueError if the year is not sure, or if there is more than a day.
    """
    rest = text.strip()
    if question.name == "starts":
        rest = WEEK_BEGINS.sub("", rest)
    if day := read_short_day(rest, question.name == "born", today):
        return day
    if MORE_THAN_A_DAY.match(rest):
        raise ValueError("there is more than a day in it: check, and write the day alone")
    return rest


def read_short_day(text: str, is_birth: bool, today: date) -> date | None:
    """Return the day that a text writes with two figures of its year: 12/03/11, 12-Mar-11.

    A date of birth is a pupil's; any other day is within ten years of today. None if it is no such
    text; raise ValueError if there is no such day, or if the century is not sure.
    """
    parts = short_year_parts(text.strip().lower())
    if parts is None:
        return None
    year, month, number = parts
    near, far = AGES if is_birth else (-TEN_YEARS, TEN_YEARS)
    for century in (1900, 2000):
        with suppress(ValueError):  # there is no such day in that year
            day = date(century + year, month, number)
            if near * 365 <= (today - day).days <= far * 365.25:
                return day
    wrong = wrong_short_day(*parts)
    if wrong:
        raise ValueError(f"there is no such day: {wrong}")
    raise ValueError(f"{WHOLE_YEAR}, such as 27/02/2026")
