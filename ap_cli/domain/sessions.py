"""The sessions of a week: half days, as "mon-thu, fri am" names them."""

from __future__ import annotations

import re
from functools import lru_cache

from ..forms.days import weekday_of
from ..forms.form import Record
from ..forms.text import echo
from ..forms.yes_no import read_yes_or_no

DAYS = ("mon", "tue", "wed", "thu", "fri")
FULL_WEEK = 2 * len(DAYS)
"""Sessions, or half days, in a full week."""
HALVES = ("am", "pm")
TRY = "try “mon-thu, fri am”"


class Sessions(Record, frozen=True):
    """Half days of a school week, numbered 0 (Monday morning) to 9 (Friday afternoon), in order."""

    slots: tuple[int, ...] = ()

    @property
    def most_in_a_day(self) -> int:
        """Sessions on the day that has most of them: 2 is a whole day."""
        return max(
            ((2 * day in self.slots) + (2 * day + 1 in self.slots) for day in range(len(DAYS))),
            default=0,
        )

    @property
    def days(self) -> int:
        """Days with at least one session."""
        return len({slot // 2 for slot in self.slots})

    def __str__(self) -> str:
        by_half = [
            tuple(half for half in (0, 1) if 2 * day + half in self.slots)
            for day in range(len(DAYS))
        ]
        parts, day = [], 0
        while day < len(DAYS):
            last = day
            while last + 1 < len(DAYS) and by_half[last + 1] == by_half[day]:
                last += 1
            if halves := by_half[day]:
                named = DAYS[day] if last == day else f"{DAYS[day]}-{DAYS[last]}"
                parts.append(named if len(halves) == 2 else f"{named} {HALVES[halves[0]]}")
            day = last + 1
        return ", ".join(parts) or "none"


def days_text(sessions: Sessions) -> str:
    """Return half days as people write them: "Mon-Wed, Fri am"."""
    words = str(sessions).split(" ")
    return " ".join(word if word in HALVES else word.title() for word in words)


PARTED = re.compile(r"[,;+\n]")
"""What parts days so that a half named after the last belongs to that alone."""

JOINED = re.compile(r"(\s+(and|&)\s+|\s*&\s*|\s+)")
"""What joins days in a row."""

DAY = re.compile(
    r"(?P<first>[a-z]+)(\s*[-–]\s*(?P<last>[a-z]+)|\s+to\s+(?P<until>[a-z]+))?"
    r"(\s+(?P<half>am|pm|a\.m\.|p\.m\.|mornings?|afternoons?)(?![a-z]))?"
)
"""A day or days in a row, with a half if only that is meant."""

HALF_NAMED = {"am": 0, "a.m.": 0, "morning": 0, "pm": 1, "p.m.": 1, "afternoon": 1}


def _two_ways(part: str, before: list[str], named: re.Match[str]) -> str:
    """Say how days with a half after the last can be meant, each way as it can be typed."""
    half = HALVES[HALF_NAMED[named["half"].rstrip("s")]]
    last = f"{named[0].removesuffix(named['half']).strip()} {half}"
    each = ", ".join((*(f"{name} {half}" for name in before), last))
    return (
        f"“{echo(part)}” can be meant in two ways: type “{each}” or “{', '.join((*before, last))}”"
    )


@lru_cache(maxsize=1024)
def read_sessions(text: str) -> Sessions:
    """Return sessions by name, "none" for no session; raise ValueError if not understood.

    "mon tue", "mondays and tuesdays" and "Mon-Wed + Fri am" work too.
    """
    lowered = text.strip().lower()
    if lowered == "0" or read_yes_or_no(lowered) is False:
        return Sessions()
    slots: set[int] = set()
    for part in filter(None, (piece.strip() for piece in PARTED.split(lowered))):
        slots.update(_read_part(part.removeprefix("and ")))
    if not slots:
        raise ValueError(f"no sessions are named: {TRY}, or “none”")
    return Sessions(tuple(sorted(slots)))


def _read_part(part: str) -> list[int]:
    """Return the sessions of days joined in a row: "mon", "mon tue", "mondays and fridays"."""
    slots: list[int] = []
    position = 0
    whole_days: list[str] = []
    while position < len(part):
        named = DAY.match(part, position)
        if not named:
            raise ValueError(f"“{echo(part)}” names no sessions: {TRY}")
        if whole_days and named["half"]:
            raise ValueError(_two_ways(part, whole_days, named))
        whole_days = [] if named["half"] else [*whole_days, named[0]]
        slots += _sessions_of(named)
        joint = JOINED.match(part, named.end())
        if not joint and named.end() < len(part):
            raise ValueError(f"“{echo(part)}” names no sessions: {TRY}")
        position = joint.end() if joint else len(part)
    return slots


def _sessions_of(named: re.Match[str]) -> list[int]:
    first, last = _day(named["first"]), _day(named["last"] or named["until"] or named["first"])
    if last < first:
        raise ValueError(f"“{echo(named[0])}” runs backwards: {TRY}")
    half = named["half"]
    halves = (HALF_NAMED[half.rstrip("s")],) if half else (0, 1)
    return [2 * day + half for day in range(first, last + 1) for half in halves]


def _day(name: str) -> int:
    single = name.removesuffix("s") if name.endswith("days") else name
    weekday = weekday_of(single)
    if weekday is None or weekday >= len(DAYS):
        raise ValueError(f"“{echo(name, 20)}” is not a school day: {TRY}")
    return weekday
