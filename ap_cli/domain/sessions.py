"""The sessions of a week: half days, as "mon-thu, fri am" names them."""

from __future__ import annotations

import re
from functools import lru_cache

from ..forms.form import Record

DAYS = ("mon", "tue", "wed", "thu", "fri")
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


@lru_cache(maxsize=1024)
def read_sessions(text: str) -> Sessions:
    """Return sessions by name, "none" for no session; raise ValueError if not understood."""
    if text.strip().lower() == "none":
        return Sessions()
    slots: set[int] = set()
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", text.lower()))):
        named = re.fullmatch(r"([a-z]+)(?:\s*[-–]\s*([a-z]+))?(?:\s+(am|pm))?", part)
        if not named:
            raise ValueError(f"“{part[:40]}” names no sessions: {TRY}")
        first, last = _day(named[1]), _day(named[2] or named[1])
        if last < first:
            raise ValueError(f"“{part}” runs backwards: {TRY}")
        halves = (HALVES.index(named[3]),) if named[3] else (0, 1)
        slots.update(2 * day + half for day in range(first, last + 1) for half in halves)
    if not slots:
        raise ValueError(f"no sessions are named: {TRY}, or “none”")
    return Sessions(tuple(sorted(slots)))


def _day(name: str) -> int:
    if len(name) < 3 or name[:3] not in DAYS or name not in (name[:3], *_FULL):
        raise ValueError(f"“{name[:20]}” is not a school day: {TRY}")
    return DAYS.index(name[:3])


_FULL = ("monday", "tuesday", "tues", "wednesday", "weds", "thursday", "thur", "thurs", "friday")
