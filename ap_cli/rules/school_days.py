"""What is due so many school days after a day, and when that day has gone by for certain."""

from __future__ import annotations

from datetime import date

from ..domain.calendar import Calendar
from ..domain.days import words
from ..forms.facts import Fact, recorded
from .cases.placement import PlacementCase
from .rule import PlacementRule

SchoolDay = tuple[date, int]
"""A school day: so many after a day."""


def has_passed(calendar: Calendar, day: date, away: int, on: date) -> Fact[bool]:
    """Tell whether the school day so many after a day lies before another day.

    If term dates are unknown it does not up to the day that is estimated. After that it is a gap,
    until the day lies in the past on any usual calendar.
    """
    if on <= calendar.estimated_school_day(day, away):
        return False
    return calendar.has_gone_by(day, away, on)


def prove_passed(calendar: Calendar, day: date, away: int) -> str:
    """Say that a school day has passed on any usual calendar, if term dates are unknown.

    Empty if they are known.
    """
    if recorded(calendar.school_day(day, away)):
        return ""
    latest = calendar.latest_school_day(day, away)
    return f"that was due by {words(latest, weekday=True)} on any usual calendar"


class DueInSchoolDays(PlacementRule):
    """A rule about what is due so many school days after a day."""

    def counted_from(self, case: PlacementCase) -> SchoolDay:
        """Return the day from which school days are counted, and how many of them."""
        raise NotImplementedError

    def due(self, case: PlacementCase) -> date | None:
        return case.calendar.estimated_school_day(*self.counted_from(case))

    def is_late(self, case: PlacementCase, day: date) -> Fact[bool]:
        return has_passed(case.calendar, *self.counted_from(case), case.now)

    def proof(self, case: PlacementCase) -> str:
        return prove_passed(case.calendar, *self.counted_from(case))
