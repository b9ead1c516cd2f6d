"""Bell times beside term dates: "3 September 2026 (8.45am)", or an event with times."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from .named_days import Kind

ONE = (
    r"(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s*[ap]\.?m\b\.?)?"
    r"|(?:0?[1-9]|1[0-2])(?:\.[0-5]\d)?\s*[ap]\.?m\b\.?)z?(?![\d:/])"
)
"""A time of day: "8:45", "08:45:00", "3.15pm", "9 am"."""

BELL = re.compile(
    rf"[\s,(\[]*(?:(?<=\d)t|\b(?:at|from)\s+|@\s*)?(?<![\d.:/-])(?P<one>{ONE})"
    rf"(?:\s*(?:-|–|to|until)\s*{ONE})?[)\]]?(?:\s+on\b)?",
    re.IGNORECASE | re.ASCII,
)
"""A time of day in a cell, or two, with what joins them to the day."""

SCHOOL_HOURS = (6, 20)
"""The hours of which the day is surely that of the school, whatever the time zone."""

NOON = time(12)

WITH_TIMES = (Kind.TERM, Kind.HALF_TERM, Kind.HOLIDAY, Kind.FIRST_DAY, Kind.LAST_DAY)
"""What an event with times can be; anything else with times is a lesson or a meeting."""


def without_bell_times(text: str) -> str:
    """Return a written day, or two, without the times of day beside them.

    A time in the night stays: it may mean another day in another time zone.
    """
    return BELL.sub(_replace_by_day, text).strip(" ,")


def _replace_by_day(found: re.Match[str]) -> str:
    first, last = SCHOOL_HOURS
    return " " if first <= hour_of(found["one"]) <= last else found[0]


def hour_of(clock: str) -> int:
    """Return the hour of a time of day, from 0 to 23: 0 of "12am", and 15 of "3.15pm"."""
    lowered = clock.lower()
    hour = int(re.split(r"\D", lowered)[0])
    if "m" not in lowered:
        return hour
    return hour % 12 + (12 if "p" in lowered else 0)


def may_be_a_bell(at: datetime) -> bool:
    """Tell whether a time is in the hours of a school, or midnight, which ends a day."""
    first, last = SCHOOL_HOURS
    return first <= at.hour <= last or at.time() == time()


def days_of_times(start: datetime, end: datetime | None, is_holiday: bool) -> tuple[date, date]:
    """Return the first and last day of an event with times.

    A holiday from the last bell to the first one is the days between.
    """
    first, last = start.date(), (end or start).date()
    if end is not None and end.time() == time() and last > first:
        last -= timedelta(days=1)
    if is_holiday and end is not None and last > first:
        first += timedelta(days=start.time() >= NOON)
        last -= timedelta(days=time() < end.time() <= NOON)
    return first, last
