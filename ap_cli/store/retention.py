"""How long automatic backups are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct

USUAL = "7d 8w 12m"
NEVER = "never"
LONGEST = 3660
"""The days for which it is worked out when a backup goes: ten years."""

WRITTEN = re.compile(r"(\d{1,4})d (\d{1,4})w (\d{1,4})m")


class Retention(Struct, frozen=True):
    """All backups of so many days are kept, then one a week, then one a month.

    The newest backup is always kept.
    """

    days: int
    weeks: int
    months: int

    def __str__(self) -> str:
        return f"{self.days}d {self.weeks}w {self.months}m"

    def choose(self, made: Iterable[datetime], now: datetime) -> set[datetime]:
        """Return which of these backups to keep: the newest of each week and each month."""
        newest_first = sorted(made, reverse=True)
        kept = set(newest_first[:1])
        weeks: set[tuple[int, int]] = set()
        months: set[tuple[int, int]] = set()
        for moment in newest_first:
            week, month = moment.isocalendar()[:2], (moment.year, moment.month)
            age = now - moment
            months_ago = (now.year - moment.year) * 12 + now.month - moment.month
            if age <= timedelta(days=self.days):
                kept.add(moment)
            if age <= timedelta(weeks=self.weeks) and week not in weeks:
                kept.add(moment)
            if months_ago <= self.months and month not in months:
                kept.add(moment)
            weeks.add(week)
            months.add(month)
        return kept

    def last_day(self, made: Iterable[datetime], now: datetime) -> date | None:
        """Return on what day the last of these backups goes, if one is made each day from now.

        Return None if there are none, or they stay for more than ten years.
        """
        left = set(made)
        there, moment = set(left), now
        for _ in range(LONGEST if left else 0):
            moment += timedelta(days=1)
            there = self.choose({*there, moment}, moment)
            left &= there
            if not left:
                return moment.date()
        return None


def read_retention(text: str) -> Retention | None:
    """Parse how long backups are kept, such as "7d 8w 12m"; None for "never".

    Raise ValueError for anything else.
    """
    plain = " ".join(text.lower().split())
    if plain == NEVER:
        return None
    found = WRITTEN.fullmatch(plain)
    if not found:
        raise ValueError(f"type days, weeks and months such as “{USUAL}”, or {NEVER}")
    return Retention(*(int(number) for number in found.groups()))
