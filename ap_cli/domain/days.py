"""Days in words."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from ..forms.days import WEEKDAYS

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@lru_cache(maxsize=8192)
def words(day: date, weekday: bool = False) -> str:
    """Return a day in words: "27 February 2026", with its weekday "Friday 27 February 2026"."""
    told = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()].capitalize()} {told}" if weekday else told


def short_day(day: date, on: date) -> str:
    """Return a day as lists have it: "Fri 18 Dec", with its year if it is not that of `on`."""
    year = "" if day.year == on.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()][:3].capitalize()} {day.day} {MONTHS[day.month - 1][:3]}{year}"


FRIDAY = 4


def day_to_act(day: date, on: date) -> date:
    """Return the day on which something due can still be done: the Friday before a weekend.

    On that weekend itself it is the day.
    """
    friday = day - timedelta(days=max(day.weekday() - FRIDAY, 0))
    return friday if friday >= on else day


def due_words(day: date, on: date) -> str:
    """Return when something is due, seen from `on`: "17 days late", "today", "by Fri 18 Dec".

    What is due on a weekend is due by its Friday.
    """
    day = day_to_act(day, on)
    if day == on:
        return "today"
    if day < on:
        return f"{count((on - day).days, 'day')} late"
    return f"by {short_day(day, on)}"


def from_today(days: int) -> str:
    """Return a distance in days in words: "today", "in 3 days", "17 days ago"."""
    if days == 0:
        return "today"
    told = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {told}" if days > 0 else f"{told} ago"


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 child", "4 children"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
