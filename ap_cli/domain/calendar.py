"""School terms: half terms, school days, and when a review falls due."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from ..forms.form import Record

REVIEW_RULE: Final = "AP503"
"""The rule that a review is not overdue; waiving it counts as a review of that half term."""

ENOUGH: Final = 5
"""School days in a half term from which a review is due in it. Source: rule AP503."""

WITHOUT_CALENDAR: Final = 42
GRACE_WITHOUT_CALENDAR: Final = 14
"""Days to a review where no calendar covers the dates, and days after that until it is overdue for certain."""

LONGEST_HOLIDAY: Final = timedelta(days=63)
HALF_A_YEAR: Final = timedelta(days=182)
HALF_TERM_HOLIDAY: Final = timedelta(days=9)
WEEKS_AHEAD: Final = tuple(timedelta(days=days) for days in range(1, 22))
PRESUMED_HOLIDAYS: Final = (((7, 20), (8, 31)), ((12, 20), (12, 31)), ((1, 1), (1, 3)))


class HalfTerm(Record, frozen=True):
    """One teaching block of a calendar: from its first to its last school day, both counted."""

    calendar: str
    name: str
    first: date
    last: date

    def __str__(self) -> str:
        return self.name


class Closed(Record, frozen=True):
    """A weekday on which a school is closed to pupils, whatever its half terms say: a bank holiday or an INSET day."""

    calendar: str
    name: str
    day: date

    @property
    def first(self) -> date:
        """The day itself."""
        return self.day

    def __str__(self) -> str:
        return self.name


class Called(Record, frozen=True):
    """A day by which a review is called for, whatever the half term, and why."""

    day: date
    why: str


class Due(Record, frozen=True):
    """The day by which a review is due, and why then.

    `sure_from` is the day from which it is overdue for certain: the day after `day`, or later where no calendar
    covers the dates and `day` is an estimate.
    """

    day: date
    why: str
    sure_from: date

    @property
    def estimated(self) -> bool:
        """Whether no calendar covers the dates."""
        return self.sure_from > self.day + timedelta(days=1)


A = ParamSpec("A")
R = TypeVar("R")
MOST_KEPT: Final = 20_000


def kept(question: Callable[Concatenate[Calendar, A], R]) -> Callable[Concatenate[Calendar, A], R]:
    """A question to a calendar whose answers are kept: of many placements, the days asked about are few."""
    name = question.__name__

    @wraps(question)
    def ask(calendar: Calendar, /, *args: A.args, **named: A.kwargs) -> R:
        if named:
            return question(calendar, *args, **named)
        answers = calendar._answers
        key = (name, args)
        if key not in answers:
            if len(answers) >= MOST_KEPT:
                answers.clear()
            answers[key] = question(calendar, *args)  # type: ignore[call-arg]
        return answers[key]  # type: ignore[no-any-return]

    return ask


class Calendar(Record, frozen=True, dict=True):
    """The half terms of one county or school, in order, and the days on which it is closed."""

    name: str
    half_terms: tuple[HalfTerm, ...]
    closed: tuple[Closed, ...] = ()

    @cached_property
    def _answers(self) -> dict[Any, Any]:
        return {}

    @cached_property
    def _firsts(self) -> list[date]:
        return [block.first for block in self.half_terms]

    @cached_property
    def _closed(self) -> dict[date, Closed]:
        return {each.day: each for each in reversed(self.closed)}

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

    @cached_property
    def _gaps(self) -> tuple[int, ...]:
        """The positions of the half terms after which terms are unknown."""
        return tuple(at for at in range(len(self.half_terms)) if not self._joined(at))

    def closure(self, day: date) -> Closed | None:
        """Why the school is closed on a day within its terms; None where it is not."""
        return self._closed.get(day)

    def counts_for(self, day: date) -> int:
        """The position of the half term that a day counts for: it is in it, or in the holiday after it; -1 for neither."""
        at = bisect_right(self._firsts, day) - 1
        if at < 0 or day - self.half_terms[at].last > LONGEST_HOLIDAY:
            return -1
        return at

    def starting(self, day: date) -> int:
        """The position of the half term for a start on a day: a holiday counts as the next school day; -1 for none."""
        at = self.counts_for(day)
        if at >= 0 and day <= self.half_terms[at].last:
            return at
        following = bisect_right(self._firsts, day)
        known = at >= 0 and following < len(self.half_terms)
        return following if known and self._joined(at) else -1

    def _joined(self, at: int) -> bool:
        """Whether the half term after this one is the next in fact, with no unknown term between."""
        return (
            at + 1 < len(self.half_terms)
            and self.half_terms[at + 1].first - self.half_terms[at].last <= LONGEST_HOLIDAY
        )

    def following(self, at: int) -> int:
        """The position of the half term after one; -1 where the calendar does not know it."""
        return at + 1 if at >= 0 and self._joined(at) else -1

    def covers(self, day: date) -> bool:
        """Whether the calendar knows the half term that a day is in or before."""
        return self.starting(day) >= 0

    def current(self, day: date) -> HalfTerm | None:
        """The half term that a day is in, or else the next one."""
        at = self.starting(day)
        return self.half_terms[at] if at >= 0 else None

    def is_school_day(self, day: date) -> bool:
        """Whether school is held on a day; where the calendar does not cover it, on a weekday outside the presumed holidays."""
        if day.toordinal() in self._is_open:
            return True
        return not (
            day.weekday() > 4
            or day in self._closed
            or self.covers(day)
            or in_presumed_holiday(day)
            or self._ends_before(day)
        )

    def _ends_before(self, day: date) -> bool:
        """Whether a day that no half term covers is in the holiday after the last one known: a week, or all days to a presumed one."""
        at = self.counts_for(day)
        if at < 0:
            return False
        last = self.half_terms[at].last
        until = next(
            (d for d in map(last.__add__, WEEKS_AHEAD) if in_presumed_holiday(d)),
            last + HALF_TERM_HOLIDAY,
        )
        return last < day <= until

    def last_school_day(self, block: HalfTerm) -> date:
        """The last day of a half term on which school is held; its last day where it is closed on all of them."""
        at = bisect_right(self._open, block.last.toordinal()) - 1
        return (
            date.fromordinal(self._open[at])
            if at >= 0 and self._open[at] >= block.first.toordinal()
            else block.last
        )

    @kept
    def school_day(self, day: date, away: int) -> date:
        """The school day that is so many school days after a day, or before it where `away` is negative; the day itself is not counted."""
        before = (
            bisect_right(self._open, day.toordinal()) - 1
            if away > 0
            else bisect_left(self._open, day.toordinal())
        )
        at = before + away
        if 0 <= at < len(self._open) and self.knows(day, there := date.fromordinal(self._open[at])):
            return there
        step = timedelta(days=1 if away > 0 else -1)
        left = abs(away)
        while left:
            day += step
            left -= self.is_school_day(day)
        return day

    def knows(self, one: date, other: date) -> bool:
        """Whether the calendar covers both days and all between them."""
        first, last = min(one, other), max(one, other)
        if not (self.covers(first) and self.covers(last)):
            return False
        since, until = bisect_right(self._firsts, first) - 1, bisect_right(self._firsts, last) - 1
        return not any(since <= gap < until for gap in self._gaps)

    def _taught_in(self, block: HalfTerm, since: date, until: date) -> int:
        """School days of a half term from one day to another, both counted."""
        first, last = max(block.first, since), min(block.last, until)
        return max(
            bisect_right(self._open, last.toordinal()) - bisect_left(self._open, first.toordinal()),
            0,
        )

    @kept
    def school_days(self, since: date, until: date) -> tuple[date, ...]:
        """The school days from one day to another, both counted."""
        days = map(date.fromordinal, range(since.toordinal(), until.toordinal() + 1))
        return tuple([day for day in days if self.is_school_day(day)])

    @kept
    def term_before(self, day: date) -> date:
        """The first day of the term before that of a day; without a calendar, half a year earlier.

        The half terms of a term begin in the same months: the autumn term's from August, the spring term's from January, the
        summer term's from April.
        """
        at = self.starting(day) if self.starting(day) >= 0 else self.counts_for(day)
        if at < 0:
            return day - HALF_A_YEAR
        terms = [term_of(block.first) for block in self.half_terms[: at + 1]]
        firsts = [each for each in range(at + 1) if each == 0 or terms[each] != terms[each - 1]]
        return self.half_terms[firsts[-2]].first if len(firsts) > 1 else day - HALF_A_YEAR

    @kept
    def ran_in(self, starts: date, until: date) -> tuple[int, ...]:
        """The positions of the half terms in which a placement runs for long enough to be reviewed."""
        found = []
        at = self.starting(starts)
        while at >= 0 and self.half_terms[at].first <= until:
            if self._taught_in(self.half_terms[at], starts, until) >= ENOUGH:
                found.append(at)
            at = self.following(at)
        return tuple(found)

    def next_review(
        self,
        starts: date,
        ends: date | None,
        reviews: Sequence[date],
        agreed: Iterable[date] = (),
        agreed_then: date | None = None,
        called: Iterable[Called] = (),
    ) -> Due | None:
        """When the next review is due; None where one was held on the last day or after it.

        `ends` is the planned or actual last day, where there is one; `reviews` the days of reviews held or waived;
        `agreed` the review dates agreed before the last of them, and `agreed_then` the one agreed at it; `called` the days
        by which one is called for.
        """
        last = max(reviews, default=None)
        if last is not None and ends is not None and last >= ends:
            return None
        day, why, grace = self._by_half_term(starts, ends, last)
        agreed_day = self.first_unspent(starts, reviews, agreed, agreed_then)
        if agreed_day is not None and agreed_day < day:
            day, why, grace = agreed_day, "the date agreed for it", 0
        for call in called:
            if call.day < day:
                day, why, grace = call.day, call.why, 0
        if ends is not None and ends <= day:
            day, why, grace = ends, "the last day of the placement", 0
        if day < starts:
            day, grace = starts, 0
        return Due(day, why, day + timedelta(days=grace + 1))

    def each_half_term(self, starts: date, until: date | None, done: Sequence[date]) -> date | None:
        """The day by which what is done once in each half term is done next: the end of the first one without it.

        None where the time to `until` has no further half term of five school days. Without a calendar, six weeks on.
        """
        return self._next_half_term(starts, until, max(done, default=None))

    def _first_without(self, starts: date, last: date | None) -> int:
        """The position of the first half term since a start without what was done last on a day; -1 where the calendar does not know it."""
        return (
            self.starting(starts)
            if last is None or last < starts
            else self.following(self.counts_for(last))
        )

    @kept
    def _next_half_term(self, starts: date, until: date | None, last: date | None) -> date | None:
        at = self._first_without(starts, last)
        while at >= 0:
            block = self.half_terms[at]
            if until is not None and until < block.first:
                return None
            if self._taught_in(block, starts, until or block.last) >= ENOUGH:
                return min(self.last_school_day(block), until or block.last)
            at = self.following(at)
        day = six_weeks_on(starts, last)
        return None if until is not None and until < day else day

    @kept
    def _by_half_term(
        self, starts: date, ends: date | None, last: date | None
    ) -> tuple[date, str, int]:
        """The day by which the half terms ask for a review, why, and the days after it in which that is an estimate."""
        at = self._first_without(starts, last)
        while at >= 0:
            block = self.half_terms[at]
            if ends is not None and ends < block.first:
                return ends, "the last day of the placement", 0
            if self._taught_in(block, starts, ends or block.last) >= ENOUGH:
                return self.last_school_day(block), f"the last school day of {block.name}", 0
            if ends is not None and ends <= block.last:
                return ends, "the last day of the placement", 0
            at = self.following(at)
        day = six_weeks_on(starts, last)
        return (
            day,
            "six weeks on, since no term dates cover it: import them",
            GRACE_WITHOUT_CALENDAR,
        )

    def first_unspent(
        self,
        starts: date,
        reviews: Sequence[date],
        agreed: Iterable[date],
        agreed_then: date | None = None,
    ) -> date | None:
        """The first date agreed that no review has spent.

        A review spends every date agreed before it, up to the end of the half term that it counts for; one that was agreed
        at it stands, in the same half term as well.
        """
        spent, last = starts - timedelta(days=1), max(reviews, default=None)
        if last is not None:
            at = self.counts_for(last)
            spent = max(last, self.half_terms[at].last) if at >= 0 else last
        standing = (
            [agreed_then]
            if agreed_then is not None and last is not None and agreed_then > last
            else []
        )
        return min((*(day for day in agreed if day > spent), *standing), default=None)


def term_of(first: date) -> tuple[int, int]:
    """The year and the term in which a half term begins that begins on a day: from August, from January, from April."""
    return first.year, bisect_right((4, 8), first.month)


def six_weeks_on(starts: date, last: date | None) -> date:
    """The day by which something is due where no calendar covers it: six weeks after it was done last, or after the start."""
    return after_presumed_holiday(
        (max(starts, last) if last else starts) + timedelta(days=WITHOUT_CALENDAR)
    )


def after_presumed_holiday(day: date) -> date:
    """The day itself, or the first weekday after the holiday that it is presumed to fall in."""
    while in_presumed_holiday(day) or day.weekday() > 4:
        day += timedelta(days=1)
    return day


def in_presumed_holiday(day: date) -> bool:
    """Whether a day that no calendar covers is presumed to be in a holiday."""
    return any(first <= (day.month, day.day) <= last for first, last in PRESUMED_HOLIDAYS)


def last_known_day(ended: date | None, ends: date | None, on: date) -> date | None:
    """The last day as known on a day: it has come, or it is planned and still to come; None where a placement runs on."""
    if ended is not None and ended <= on:
        return ended
    return ends if ends is not None and ends >= on else None
