"""School days: on which days school is held, and how many lie between two days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from ..forms.explaining import explained
from ..forms.facts import Fact, recorded
from ..forms.form import Record
from .days import count, words
from .half_terms import DAY, HALF_TERM_HOLIDAY, TERMS_UNKNOWN, HalfTerm, HalfTerms, remembered
from .usual_calendar import MOST_INSET_DAYS, is_usual_school_day, school_year

WEEKS_AHEAD: Final = tuple(timedelta(days=days) for days in range(1, 22))
PRESUMED_HOLIDAYS: Final = (((7, 20), (8, 31)), ((12, 20), (12, 31)), ((1, 1), (1, 3)))


ENGLAND: Final = "England"
"""Whose bank holidays ship with the program: the calendar that they are of."""


class Closed(Record, frozen=True):
    """A weekday within term on which a school is closed to pupils: a bank holiday or INSET day."""

    calendar: str
    name: str
    day: date

    @property
    def first(self) -> date:
        """The day itself."""
        return self.day

    def __str__(self) -> str:
        return self.name


def name_school_day(day: date, away: int) -> str:
    """Name the school day so many after a day, or before it: "2 school days after 1 June 2026"."""
    side = "after" if away > 0 else "before"
    return f"{count(abs(away), 'school day')} {side} {words(day)}"


def name_working_day(day: date, away: int) -> str:
    """Name the working day so many after a day: "1 working day after 13 February 2026"."""
    return f"{count(away, 'working day')} after {words(day)}"


def name_going_by(day: date, away: int, on: date) -> str:
    """Name the question whether a school day so many away lies before another day."""
    return f"whether {words(on)} is later than {name_school_day(day, away)}"


def name_latest_school_day(day: date, away: int) -> str:
    """Name the day by which so many school days have come, on any usual calendar."""
    return f"the day by which {name_school_day(day, away)} have come on any usual calendar"


def name_possible_school_days(day: date, away: int) -> str:
    """Name the days that can be the school day so many after a day."""
    return f"the days that can be {name_school_day(day, away)}"


def school_day_in_words(calendar: SchoolDays, there: date, day: date, away: int) -> str:
    """Return a school day so many after a day, or before it, in words.

    With it come the days between that are no school days, or that no term dates cover it.
    """
    if not calendar.knows(day, there):
        return f"{words(there)}, as far as can be told: no term dates cover it"
    first, last = min(day, there), max(day, there)
    shut = [closed for closed in calendar.closed if first < closed.day < last]
    if not shut:
        return words(there)
    days = ", ".join(f"{words(closed.day)}, {closed.name}" for closed in shut)
    return f"{words(there)} (no school on {days})"


class SchoolDays(HalfTerms, frozen=True, dict=True):
    """The half terms of one county or school, and the days on which it is closed."""

    closed: tuple[Closed, ...] = ()

    @cached_property
    def _closed(self) -> dict[date, Closed]:
        return {closure.day: closure for closure in reversed(self.closed)}

    @cached_property
    def _open(self) -> list[int]:
        """The ordinals of the school days of every half term, in order."""
        shut = {day.toordinal() for day in self._closed}
        spans = (
            range(block.first.toordinal(), block.last.toordinal() + 1) for block in self.half_terms
        )
        return [
            ordinal
            for span in spans
            for ordinal in span
            if (ordinal - 1) % 7 < 5 and ordinal not in shut
        ]

    @cached_property
    def _is_open(self) -> frozenset[int]:
        return frozenset(self._open)

    def closure(self, day: date) -> Closed | None:
        """Why the school is closed on a day within its terms; None if it is not."""
        return self._closed.get(day)

    @explained("whether school is held on {day}")
    def is_school_day(self, day: date) -> Fact[bool]:
        """Whether school is held on a day."""
        if day.toordinal() in self._is_open:
            return True
        if day.weekday() > 4 or day in self._closed or self.covers(day):
            return False
        return TERMS_UNKNOWN

    def is_presumed_school_day(self, day: date) -> bool:
        """Whether school is held on a day; without term dates, presumed from the usual holidays.

        A weekday outside the usual holidays is then presumed to be a school day.
        """
        known = self.is_school_day(day)
        if recorded(known):
            return known
        return not in_presumed_holiday(day) and not self._ends_before(day)

    def _ends_before(self, day: date) -> bool:
        """Return whether a day is presumed to be in the holiday after the last half term known.

        That holiday is a week, or longer up to the end of a usual holiday.
        """
        at = self._position(day)
        if at < 0:
            return False
        last = self.half_terms[at].last
        until = next(
            (day for day in map(last.__add__, WEEKS_AHEAD) if in_presumed_holiday(day)),
            last + HALF_TERM_HOLIDAY,
        )
        return last < day <= until

    @explained("the last day of {block} on which school is held")
    def last_school_day(self, block: HalfTerm) -> date:
        """The last school day of a half term; its last day if it is closed throughout."""
        at = bisect_right(self._open, block.last.toordinal()) - 1
        return (
            date.fromordinal(self._open[at])
            if at >= 0 and self._open[at] >= block.first.toordinal()
            else block.last
        )

    @explained(name_school_day, school_day_in_words)
    @remembered
    def school_day(self, day: date, away: int) -> Fact[date]:
        """The school day so many after a day, or before it if `away` is negative.

        The day itself is not counted.
        """
        before = (
            bisect_right(self._open, day.toordinal()) - 1
            if away > 0
            else bisect_left(self._open, day.toordinal())
        )
        at = before + away
        if not 0 <= at < len(self._open):
            return TERMS_UNKNOWN
        there = date.fromordinal(self._open[at])
        return there if self.knows(day, there) else TERMS_UNKNOWN

    @explained(name_school_day, school_day_in_words)
    @remembered
    def estimated_school_day(self, day: date, away: int) -> date:
        """The school day so many away, estimated if term dates are unknown.

        It is then counted over presumed school days. It serves due days, not decisions.
        """
        known = self.school_day(day, away)
        if recorded(known):
            return known
        step = DAY if away > 0 else -DAY
        left = abs(away)
        while left:
            day += step
            left -= self.is_presumed_school_day(day)
        return day

    @cached_property
    def _bank_holidays(self) -> frozenset[date]:
        return frozenset(shut.day for shut in self.closed if shut.calendar == ENGLAND)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on a day: Monday to Friday, school holidays too, no bank holiday."""
        return day.weekday() < 5 and day not in self._bank_holidays

    @explained(name_working_day)
    def working_day(self, day: date, away: int) -> date:
        """The working day so many after a day, whatever the term dates; the day is not counted."""
        left = away
        while left:
            day += DAY
            left -= self.is_working_day(day)
        return day

    @explained(name_going_by)
    def has_gone_by(self, day: date, away: int, on: date) -> Fact[bool]:
        """Whether the school day so many after a day lies before another day.

        If term dates are unknown it does once so many have come on any usual calendar, and does
        not while even all weekdays between are too few.
        """
        there = self.school_day(day, away)
        if recorded(there):
            return there < on
        if self.at_most_school_days(day, on - DAY) < away:
            return False
        return True if self.latest_school_day(day, away) < on else TERMS_UNKNOWN

    @explained(name_latest_school_day)
    @remembered
    def latest_school_day(self, day: date, away: int) -> date:
        """The school day so many after a day, at the latest: on any usual calendar it has come.

        Days that no term dates cover count only outside the widest holidays, less the most INSET
        days that a school year has.
        """
        left, training = away, Counter[int]()
        while left > 0:
            day += DAY
            fact = self.is_school_day(day)
            if recorded(fact):
                left -= fact
            elif is_usual_school_day(day):
                year = school_year(day)
                left -= training[year] >= MOST_INSET_DAYS
                training[year] += 1
        return day

    @explained("school days after {since} up to {until}, at most")
    @remembered
    def at_most_school_days(self, since: date, until: date) -> int:
        """School days after one day, up to and with another, if each that may be one is one."""
        days = map(date.fromordinal, range(since.toordinal() + 1, until.toordinal() + 1))
        facts = map(self.is_school_day, days)
        return sum(1 for fact in facts if not recorded(fact) or fact)

    @explained(name_possible_school_days)
    @remembered
    def possible_school_days(self, day: date, away: int) -> tuple[date, ...]:
        """The days that can be the school day so many after a day, on any usual calendar.

        The last of them is the latest that it can be.
        """
        latest = self.latest_school_day(day, away)
        between = list(map(date.fromordinal, range(day.toordinal() + 1, latest.toordinal() + 1)))
        facts = map(self.is_school_day, between)
        may_be = [
            one for one, fact in zip(between, facts, strict=True) if not recorded(fact) or fact
        ]
        return tuple(may_be[away - 1 :])

    @explained("school days of {block} from {since} to {until}")
    def counts_in(self, block: HalfTerm, since: date, until: date) -> int:
        """School days of a half term from one day to another, both counted."""
        first, last = max(block.first, since), min(block.last, until)
        return max(
            bisect_right(self._open, last.toordinal()) - bisect_left(self._open, first.toordinal()),
            0,
        )

    @explained("the school days from {since} to {until}")
    @remembered
    def school_days(self, since: date, until: date) -> Fact[tuple[date, ...]]:
        """The school days from one day to another, both counted."""
        days = list(map(date.fromordinal, range(since.toordinal(), until.toordinal() + 1)))
        facts = [self.is_school_day(day) for day in days]
        if not all(map(recorded, facts)):
            return TERMS_UNKNOWN
        return tuple([day for day, is_open in zip(days, facts, strict=True) if is_open])


def after_presumed_holiday(day: date) -> date:
    """Return the day itself, or the first weekday after the holiday presumed around it."""
    while in_presumed_holiday(day) or day.weekday() > 4:
        day += timedelta(days=1)
    return day


def in_presumed_holiday(day: date) -> bool:
    """Return whether a day that no term dates cover is presumed to be in a holiday."""
    return any(first <= (day.month, day.day) <= last for first, last in PRESUMED_HOLIDAYS)
