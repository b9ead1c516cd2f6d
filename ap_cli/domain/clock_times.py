"""Times of the day: as people type them, and as a letter says them."""

from __future__ import annotations

import re
from typing import NewType

from ..forms.readers import read_text
from ..forms.text import echo

ClockTime = NewType("ClockTime", str)
"""A time of the day as "09:15", so that the later one sorts after."""

BreakStart = NewType("BreakStart", str)
"""When a break starts: a time of the day, or `NO_BREAK`."""

NO_BREAK = BreakStart("no break")
NONE = ("no break", "none", "no", "no breaks")
"""What says that there is no break."""

TYPED = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?\s*([ap]\.?m\.?)?", re.IGNORECASE)
EARLIEST = 7
"""The first hour that means the morning by itself: 2:45 is a quarter to three, or a night."""

NOON = 12


def read_clock_time(given: object) -> ClockTime:
    """Return a time of the day; raise ValueError if it is none, or can be meant in two ways."""
    typed = read_text(given)
    found = TYPED.fullmatch(typed.strip())
    if not found:
        raise ValueError(f"“{echo(typed, 20)}” is no time of the day: type 9:15 or 2:45pm")
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").lower()[:1]
    if half:
        return as_clock_time(on_24_hours(hour, half == "p"), minute, typed)
    if hour < EARLIEST and not found[1].startswith("0"):
        raise ValueError(f"“{echo(typed, 20)}” can be morning or afternoon: add am or pm")
    return as_clock_time(hour, minute, typed)


def read_break_start(given: object) -> BreakStart:
    """Return when a break starts, or that there is none; raise ValueError if it is neither."""
    typed = read_text(given)
    if typed.strip().lower() in NONE:
        return NO_BREAK
    try:
        return BreakStart(read_clock_time(typed))
    except ValueError as problem:
        raise ValueError(f"{problem}, or none if there is no break") from None


def on_24_hours(hour: int, is_pm: bool) -> int:
    """Return an hour of a clock with am and pm on one of 24 hours; 24 if there is no such hour."""
    if not 1 <= hour <= NOON:
        return 24
    return hour % NOON + (NOON if is_pm else 0)


def as_clock_time(hour: int, minute: int, typed: str) -> ClockTime:
    """Return a time by its hour and minute; raise ValueError if no day has it."""
    if hour > 23 or minute > 59:
        raise ValueError(f"“{echo(typed, 20)}” is no time of the day: type 9:15 or 2:45pm")
    return ClockTime(f"{hour:02d}:{minute:02d}")


def minutes_of(time: str) -> int:
    """Return the minutes of a day before a time of it."""
    hour, minute = map(int, time.split(":"))
    return 60 * hour + minute


def clock_words(time: ClockTime | BreakStart) -> str:
    """Return a time as a letter says it: "9:15am", "12 noon", "2pm"."""
    hour, minute = map(int, time.split(":"))
    if (hour, minute) == (NOON, 0):
        return "12 noon"
    minutes = f":{minute:02d}" if minute else ""
    return f"{hour % NOON or NOON}{minutes}{'pm' if hour >= NOON else 'am'}"
