"""Days as people type them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from .text import echo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TRY = "try 2026-02-27, 27/02/2026 or “27 Feb 2026”"

SHORT_WEEKDAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
"""Short names of weekdays that are longer than three letters."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = re.compile(
    r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?"
    r"|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?",
    re.ASCII,
)

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

MIDNIGHT = re.compile(r"(?<=\d)[ t]00:00(:00(\.0+)?)?z?$", re.ASCII)
"""The time that a spreadsheet or another program writes after a day."""

YEAR_FIRST = re.compile(r"(\d{4})([-/])(\d\d)\2(\d\d)", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
IN_WORDS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]?([a-z]{3,9})\.?[ -]?(\d{4})", re.ASCII
)
SHORT_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d\d)", re.ASCII)
SHORT_YEAR_IN_WORDS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ /-]?([a-z]{3,9})\.?[ /-]?['’]?(\d\d)", re.ASCII
)
WHOLE_YEAR = "write the year with four digits"
CENTURY = 2000
"""Of what year a day with two figures of its year is, to say that there is none such."""


class WrongWeekday(ValueError):
    """A typed day has the name of another weekday; the text says which day of the week it is."""


def read_day(given: object, today: date) -> date:
    """Return a day from ISO, British order, "27 Feb 2026", "today", "friday", "-3d" or "+6w".

    A weekday may stand before a day, "Friday 27 February 2026", and must be right; a time of 00:00
    may stand after it. "friday" is the next one, or today; "last friday", "tomorrow", "3 days ago"
    and "in 3 days" work too. Raise ValueError if it cannot be read or could be meant in two ways: a
    two-digit year, a missing year, a month counted as "1m".
    """
    if isinstance(given, datetime):
        if given.time() != time():
            raise ValueError(f"“{given}” is a time: type the day alone")
        return given.date()
    if isinstance(given, date):
        return given
    text = " ".join(str(given).lower().replace(",", " ").split())
    try:
        if text[:1].isdigit() and (parts := _parts_of(text)):
            return date(*parts)  # as nearly all of a long list are written
        return _relative(text, today) or _written(text)
    except OverflowError:
        raise ValueError(f"“{echo(given)}” is outside the years 1 to 9999") from None
    except WrongWeekday as problem:
        raise ValueError(f"“{echo(given)}” cannot be right: {problem}") from None
    except ValueError:
        raise ValueError(f"“{echo(given)}” is not a day: {_day_hint(text)}") from None


def weekday_of(name: str) -> int | None:
    """Return the number of a weekday by its name or its short name, Monday is 0; None for others.

    The name is in small letters.
    """
    if name in SHORT_WEEKDAYS:
        return SHORT_WEEKDAYS[name]
    names = (*WEEKDAYS, *(weekday[:3] for weekday in WEEKDAYS))
    return names.index(name) % 7 if name in names else None


def as_past_day(text: str, today: date) -> str:
    """Return a weekday as the last one, today included: "wednesday" as "last wednesday".

    Any other text comes back as it is.
    """
    weekday = weekday_of(text.strip().lower())
    return text if weekday in (None, today.weekday()) else f"last {text.strip()}"


def _relative(text: str, today: date) -> date | None:
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    last, _, name = text.rpartition(" ")
    weekday = weekday_of(name)
    if weekday is not None and last in ("", "last"):
        ahead = (weekday - today.weekday()) % 7
        return today + timedelta(days=ahead - 7 if last else ahead)
    if moved := re.fullmatch(r"([+-])(\d{1,4})([dw])", text, re.ASCII):
        days = int(moved[2]) * (7 if moved[3] == "w" else 1)
        return today + timedelta(days=days if moved[1] == "+" else -days)
    if past := re.fullmatch(r"(\d{1,5}) days? ago", text, re.ASCII):
        return today - timedelta(days=int(past[1]))
    if ahead_of := re.fullmatch(r"in (\d{1,5}) days?", text, re.ASCII):
        return today + timedelta(days=int(ahead_of[1]))
    return None


NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
"""Days that have a name, with their distance from today."""


def _written(text: str) -> date:
    """Return a day with its year; raise WrongWeekday if its weekday is another, else ValueError."""
    text = MIDNIGHT.sub("", text)
    name, _, rest = text.partition(" ")
    weekday = weekday_of(name.rstrip("."))
    day = _in_figures(text if weekday is None else rest)
    if weekday is not None and weekday != day.weekday():
        raise WrongWeekday(f"that day is a {WEEKDAYS[day.weekday()].capitalize()}")
    return day


def _in_figures(text: str) -> date:
    parts = _parts_of(text)
    if parts is None:
        raise ValueError
    return date(*parts)


def _parts_of(text: str) -> tuple[int, int, int] | None:
    """Return the year, month and day of a written day, right or wrong; None if it is none."""
    if ordered := YEAR_FIRST.fullmatch(text):
        return int(ordered[1]), int(ordered[3]), int(ordered[4])
    if ordered := DAY_FIRST.fullmatch(text):
        return int(ordered[4]), int(ordered[3]), int(ordered[1])
    if (named := IN_WORDS.fullmatch(text)) and MONTH.fullmatch(named[2]):
        return int(named[3]), MONTHS.index(named[2][:3]) + 1, int(named[1])
    return None


def short_year_parts(text: str) -> tuple[int, int, int] | None:
    """Return the year in two figures, month and day of a day in small letters; None if it is none.

    There may be no such day: `wrong_short_day` says so.
    """
    if ordered := SHORT_YEAR.fullmatch(text):
        return int(ordered[3]), int(ordered[2]), int(ordered[1])
    if (named := SHORT_YEAR_IN_WORDS.fullmatch(text)) and MONTH.fullmatch(named[2]):
        return int(named[3]), MONTHS.index(named[2][:3]) + 1, int(named[1])
    return None


def wrong_short_day(year: int, month: int, day: int) -> str:
    """Say why there is no day of a year in two figures in any century; empty if there is one."""
    if month == 0 or day == 0:
        return f"there is no {'month' if month == 0 else 'day'} 0"
    if month > 12:
        return f"there is no month {month}"
    return _wrong_part(CENTURY + year, month, day)


def _wrong_part(year: int, month: int, day: int) -> str:
    """Say which part of a written day cannot be; empty if that is the year."""
    if month > 12:
        swapped = f"; put the day before the month: {month}/{day:02d}/{year}"
        return f"there is no month {month}{swapped if day <= 12 and month <= 31 else ''}"
    if year and month and day:
        last = monthrange(year, month)[1]
        in_year = f" {year}" if month == 2 else ""
        return f"{MONTH_NAMES[month - 1]}{in_year} has {last} days" if day > last else ""
    return ""


def _day_hint(text: str) -> str:
    weekday, _, rest = text.partition(" ")
    if rest and weekday_of(weekday.rstrip(".")) is not None:
        text = rest
    parts = _parts_of(MIDNIGHT.sub("", text))
    if parts and (wrong := _wrong_part(*parts)):
        return wrong
    if re.fullmatch(r"[+-]?\d+m", text):
        return "say days or weeks, such as +30d or +6w"
    if re.search(r"\d[ t]\d\d?:\d\d", text):
        return "leave the time out"
    if short := short_year_parts(text):
        return wrong_short_day(*short) or WHOLE_YEAR
    if re.fullmatch(r"\d{1,2}(st|nd|rd|th)?[/ .-]\w{1,9}[/ .-]\d\d", text):
        return WHOLE_YEAR
    if re.fullmatch(r"\d{1,2}(st|nd|rd|th)?([/ -]\w{1,9}|\.\d{1,2}\.?)", text):
        return "the year is missing"
    return TRY
