"""Headings of sessions, as school systems write them: “Mon 05/01/2026 AM”, “5 Jan PM”, “Tue AM”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ..forms.days import MIDNIGHT, MONTH, MONTHS, WEEKDAYS, read_day, weekday_of
from ..forms.form import Record

HALF = re.compile(r"(?<![a-z])(?:(am|a\.m\.?|mornings?)|pm|p\.m\.?|afternoons?)(?![a-z])")
"""The half of a day in a heading; the group is that of the morning."""

FILLERS = re.compile(
    r"(?<![a-z])(sessions?|marks?|codes?|reg|registration|register|roll ?call|attendance)(?![a-z])"
)
"""What a heading of a session may say beside it."""

WEEK = re.compile(r"(?<![a-z])(w/c|wc|w/b|week|beginning|commencing|starting|of)(?![a-z])")
PUNCTUATION = re.compile(r"[\s,;:|()\[\]_]+|(?<!\d)[-–.]+|[-–.]+(?!\w)")
WRITTEN = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)"
    r"|\d{1,2}(?:st|nd|rd|th)?[ -][a-z]{3,9}\.?[ -](?:\d{4}|\d\d)(?!\d)"
)
"""A day with its year, somewhere in a text of small letters."""

SHORT = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?:([/.-])(\d{1,2})|[ -]?([a-z]{3,9})\.?)(?:[ /.-](\d\d))?",
    re.ASCII,
)
"""A day without its year, or with the last two figures of it."""

BEFORE, AFTER = timedelta(days=330), timedelta(days=30)
"""How long ago, and how far ahead, a day without a year may be: less than a year together."""


class Heading(Record, frozen=True):
    """What a heading says of a session: its day, or its weekday (Monday is 0), and its half."""

    day: date | None = None
    weekday: int | None = None
    half: int | None = None

    @property
    def says_when(self) -> bool:
        """Return whether it names a day, and not a half alone."""
        return self.day is not None or self.weekday is not None


def read_heading(text: str, today: date) -> Heading | None:
    """Return what a heading says of a session, None if it is of something else.

    Raise ValueError if its weekday is not that of its day.
    """
    rest = text.lower()
    halves = list(HALF.finditer(rest))
    half = None
    if halves:
        half = 0 if halves[0][1] else 1
        rest = HALF.sub(" ", rest, count=1)
    is_of_week = WEEK.search(rest) is not None
    rest = MIDNIGHT.sub("", FILLERS.sub(" ", WEEK.sub(" ", rest)).strip())
    rest = PUNCTUATION.sub(" ", rest)
    words = rest.split()
    weekday = next((number for number in map(weekday_of, words) if number is not None), None)
    rest = " ".join(word for word in words if weekday_of(word) is None)
    if not rest:
        found = Heading(None, weekday, half)
        return found if words or half is not None else None
    day = read_written_day(rest, today)
    if day is None:
        return None
    if weekday is None or weekday == day.weekday():
        return Heading(day, None, half)
    if is_of_week and day.weekday() == 0:
        return Heading(day + timedelta(days=weekday), None, half)
    raise ValueError(f"{day} is a {WEEKDAYS[day.weekday()].capitalize()}")


def read_written_day(text: str, today: date) -> date | None:
    """Return a day of small letters, None if it is none.

    One without a year is of the last eleven months or the next one.
    """
    text = MIDNIGHT.sub("", text)
    short = SHORT.fullmatch(text)
    try:
        if short is None:
            return read_day(text, today) if WRITTEN.fullmatch(text) else None
        return complete_day(short, today)
    except ValueError:
        return None


def complete_day(short: re.Match[str], today: date) -> date | None:
    """Return a day without its whole year, None if that would be too far away.

    Raise ValueError if there is no such day.
    """
    if short[3]:
        month = int(short[3])
    elif MONTH.fullmatch(short[4]):
        month = MONTHS.index(short[4][:3]) + 1
    else:
        return None
    if short[5]:
        return date(2000 + int(short[5]), month, int(short[1]))
    for year in (today.year, today.year - 1, today.year + 1):
        try:
            day = date(year, month, int(short[1]))
        except ValueError:  # 29 February of another year
            continue
        if today - BEFORE <= day <= today + AFTER:
            return day
    return None


def find_days(text: str, today: date) -> Iterator[date]:
    """Yield the days that stand in a text with their years."""
    for written in WRITTEN.finditer(text.lower()):
        day = read_written_day(written[0], today)
        if day is not None:
            yield day
