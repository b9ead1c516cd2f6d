"""Two days in one cell of a table: "1 Sept - 23 Oct 2026"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ..forms.days import MONTH_NAMES, weekday_of
from ..forms.readers import read_record_day
from ..forms.text import shortened
from .bell_times import without_bell_times

BETWEEN = re.compile(r"\s+(?:to|until|till)\s+|\s*[–—]\s*|\s+-\s+", re.IGNORECASE)
"""What surely stands between two days."""

HYPHEN = re.compile("-")
"""What stands between two days, or inside one."""

FROM = re.compile(r"^from\s+", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
DAY_ALONE = re.compile(r"(?:[a-z]+\.?,?\s+)?\d{1,2}(?:st|nd|rd|th)?", re.ASCII | re.IGNORECASE)
IN_FIGURES = re.compile(r"(?:[a-z]+\.?,?\s+)?\d{1,2}([-/.])\d{1,2}", re.ASCII | re.IGNORECASE)

OVER_NEW_YEAR = 150
"""The most days of what begins in one year and ends in the next, if only one year is written."""


def read_span(given: str, today: date) -> tuple[date, date]:
    """Return the first and last day of a cell, which are the same if it holds a single day.

    A month or a year that one of them lacks is that of the other. Raise ValueError if the cell
    cannot be read. Bell times beside the days are left out.
    """
    text = FROM.sub("", without_bell_times(given.strip()))
    try:
        day = read_record_day(text, today)
    except ValueError as problem:
        return read_two_days(text, today, problem)
    return day, day


def read_two_days(text: str, today: date, no_single_day: ValueError) -> tuple[date, date]:
    """Return both days of a text; raise ValueError, saying why, if it does not hold two days."""
    problem = None
    for left, right in split_at(BETWEEN, text):
        try:
            return days_of(left, right, today)
        except ValueError as wrong:
            problem = problem or wrong
    for left, right in split_at(HYPHEN, text):
        try:
            return days_of(left, right, today)
        except ValueError:
            continue
    raise problem or no_single_day


def split_at(between: re.Pattern[str], text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands left and right of each place that matches, if neither is empty."""
    for match in between.finditer(text):
        left, right = text[: match.start()].strip(), text[match.end() :].strip()
        if left and right:
            yield left, right


def days_of(left: str, right: str, today: date) -> tuple[date, date]:
    """Return the days of two texts, of which one may lack its year, and the left its month.

    Raise ValueError if one of them is no day, or neither has a year.
    """
    if YEAR.search(right):
        last = read_record_day(right, today)
        if YEAR.search(left):
            return read_record_day(left, today), last
        years = (last.year,) if DAY_ALONE.fullmatch(left) else (last.year, last.year - 1)
        return read_nearest(left, last, years, today), last
    if YEAR.search(left):
        first = read_record_day(left, today)
        return first, read_nearest(right, first, (first.year, first.year + 1), today)
    read_record_day(right, today)  # it says what is wrong with a day
    both = shortened(f"{left} to {right}", 60)
    raise ValueError(f"the year is missing in “{both}”: write it after the last day")


def read_nearest(text: str, other: date, years: Sequence[int], today: date) -> date:
    """Return a day without a year in that of the other day, or in the next to it by the order.

    `years` are that year and the one to try if the days come in the wrong order in it.
    """
    written = with_year(text, years[0], other.month)
    day = read_record_day(without_weekday(written), today)
    is_reversed = day > other if years[-1] < years[0] else day < other
    if is_reversed and len(years) > 1:
        next_to_it = with_year(text, years[1], other.month)
        moved = read_record_day(without_weekday(next_to_it), today)
        if abs((moved - other).days) <= OVER_NEW_YEAR:
            written = next_to_it
    return read_record_day(written, today)


def with_year(text: str, year: int, month: int) -> str:
    """Return a written day with a year, and with a month if it has none."""
    if DAY_ALONE.fullmatch(text):
        return f"{text} {MONTH_NAMES[month - 1]} {year}"
    if figures := IN_FIGURES.fullmatch(text):
        return f"{text}{figures[1]}{year}"
    return f"{text} {year}"


def without_weekday(text: str) -> str:
    """Return a written day without the weekday before it."""
    name, _, rest = text.partition(" ")
    return text if weekday_of(name.lower().rstrip(".,")) is None else rest
