"""Days as cells write them: with a year in two figures, or of a week that begins."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any

from ..domain.periods import Periods
from ..forms.form import Question

SHORT_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d\d)", re.ASCII)
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
        found = SHORT_YEAR.fullmatch(given.strip())
        return whole_year(found, False, today).isoformat() if found else given
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
    if found := SHORT_YEAR.fullmatch(rest):
        return whole_year(found, question.name == "born", today)
    if MORE_THAN_A_DAY.match(rest):
        raise ValueError("there is more than a day in it: check, and write the day alone")
    return rest


def whole_year(found: re.Match[str], is_birth: bool, today: date) -> date:
    """Return the day of a year with two figures; raise ValueError if the century is not sure.

    A date of birth is a pupil's; any other day is within ten years of today.
    """
    near, far = AGES if is_birth else (-TEN_YEARS, TEN_YEARS)
    for century in (1900, 2000):
        with suppress(ValueError):  # there is no such day in that year
            day = date(century + int(found[3]), int(found[2]), int(found[1]))
            if near * 365 <= (today - day).days <= far * 365.25:
                return day
    raise ValueError("write the year with four digits, such as 27/02/2026")
