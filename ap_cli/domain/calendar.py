"""School terms: half terms, school days, and when a review falls due.

The calendar answers in facts: what its term dates do not say is `Unknown("calendar.terms")`, and a
rule that decides on it cannot tell. An estimate, for a due day or a list, says so in its name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property, wraps
from itertools import pairwise
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Record

TERMS_UNKNOWN: Final = Unknown("calendar.terms")
"""The answer for days that no term dates cover."""

REVIEW_RULE: Final = "AP503"
"""The rule that a review is not overdue; waiving it counts as a review of that half term."""

ENOUGH: Final = 5
"""School days in a half term from which a review is due in it. Source: rule AP503."""

WITHOUT_CALENDAR: Final = 42
GRACE_WITHOUT_CALENDAR: Final = 14
"""Days to a review if term dates are unknown, and days after that until it is certainly overdue."""

DAY: Final = timedelta(days=1)
LONGEST_HOLIDAY: Final = timedelta(days=30)
LONGEST_SUMMER: Final = timedelta(days=63)
"""From a last school day to the next first one.

Two half terms further apart have an unknown one between them. The shortest half term, of two weeks,
with a week of holiday on either side takes 31 days.
"""

HALF_TERM_HOLIDAY: Final = timedelta(days=9)
"""The shortest holiday: a week, with the weekends around it."""

HALF_A_YEAR: Final = timedelta(days=182)
LONGEST_TWO_TERMS: Final = timedelta(days=274)
"""From the first day of a term to the last day of the next one, at most."""

TERM_BEFORE_BEGAN_BY: Final = (
    ((12, 5), (9, 15)),
    ((7, 1), (5, 5)),
    ((3, 15), (1, 15)),
)
"""From a month and day of a year on, the latest month and day on which the term before began.

No autumn term ends before 5 December, no spring term before 15 March, no summer term before 1 July;
they begin by 15 September, 15 January and 5 May.
"""

TERMS_BEGIN_IN: Final = (8, 9, 1, 4)
"""The months in which the first half term of a term begins."""

SCHOOL_YEARS_BEGIN: Final = (8, 16)
"""The earliest month and day on which a school year begins."""

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


class Called(Record, frozen=True):
    """A day by which a review is called for, whatever the half term, and why."""

    day: date
    why: str


class Due(Record, frozen=True):
    """The day by which a review is due, and why then.

    `sure_from` is the day from which it is overdue for certain: the day after `day`, or later if
    `day` is an estimate. `terms_known` says whether the term dates are known by which the half
    terms ask for a review.
    """

    day: date
    why: str
    sure_from: date
    terms_known: bool = True

    @property
    def estimated(self) -> bool:
        """Whether the day is an estimate, because term dates are unknown."""
        return self.sure_from > self.day + DAY


A = ParamSpec("A")
R = TypeVar("R")
MOST_REMEMBERED: Final = 20_000


def remembered(
    question: Callable[Concatenate[Calendar, A], R],
) -> Callable[Concatenate[Calendar, A], R]:
    """Remember the answers to a question: many placements ask about few different days."""
    name = question.__name__

    @wraps(question)
    def answer(calendar: Calendar, /, *args: A.args, **named: A.kwargs) -> R:
        if named:
            return question(calendar, *args, **named)
        answers = calendar._answers
        key = (name, args)
        if key not in answers:
            if len(answers) >= MOST_REMEMBERED:
                answers.clear()
            answers[key] = question(calendar, *args)  # type: ignore[call-arg]
        return answers[key]  # type: ignore[no-any-return]

    return answer


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

    @cached_property
    def _joined(self) -> list[bool]:
        """For each half term, whether it is known which one is next."""
        pairs = pairwise(self.half_terms)
        return [*(only_a_holiday(one.last, other.first) for one, other in pairs), False]

    @cached_property
    def _gaps(self) -> tuple[int, ...]:
        """The positions of the half terms after which terms are unknown."""
        return tuple([at for at, joined in enumerate(self._joined) if not joined])

    def _position(self, day: date) -> int:
        """Return the position of the last half term begun by a day; -1 before the first."""
        return bisect_right(self._firsts, day) - 1

    # Half terms

    def half_term(self, day: date) -> Fact[HalfTerm]:
        """The half term that a day counts for: the one that it is in, or whose holiday it is in."""
        at = self._position(day)
        if at < 0:
            return TERMS_UNKNOWN
        block = self.half_terms[at]
        counts = day <= block.last or self._joined[at] or day <= surely_holiday_until(block.last)
        return block if counts else TERMS_UNKNOWN

    def half_term_from(self, day: date) -> Fact[HalfTerm]:
        """The half term of a start on a day; of a start in a holiday, the next one."""
        at = self._position(day)
        if at < 0:
            return TERMS_UNKNOWN
        block = self.half_terms[at]
        if day <= block.last:
            return block
        return self.half_terms[at + 1] if self._joined[at] else TERMS_UNKNOWN

    def half_term_after(self, block: HalfTerm) -> Fact[HalfTerm]:
        """The next half term."""
        at = self._position(block.first)
        return self.half_terms[at + 1] if self._joined[at] else TERMS_UNKNOWN

    def half_term_before(self, block: HalfTerm) -> Fact[HalfTerm]:
        """The half term before."""
        at = self._position(block.first) - 1
        return self.half_terms[at] if at >= 0 and self._joined[at] else TERMS_UNKNOWN

    def _onwards(self, block: Fact[HalfTerm]) -> Iterator[HalfTerm]:
        """List a half term and those after it, up to the first gap in what is known."""
        while recorded(block):
            yield block
            block = self.half_term_after(block)

    def _in_one_half_term(self, one: date, other: date) -> bool:
        """Return whether two days count for one half term for certain."""
        block = self.half_term(one)
        return recorded(block) and block is self.half_term(other)

    def known_half_terms(self, since: date, until: date) -> tuple[HalfTerm, ...]:
        """List the half terms known with five school days or more from one day to another.

        It serves lists, not decisions.
        """
        return tuple(
            [block for block in self.half_terms if self.counts_in(block, since, until) >= ENOUGH]
        )

    def covers(self, day: date) -> bool:
        """Whether the half term is known that a day is in or before."""
        return recorded(self.half_term_from(day))

    @remembered
    def term_before(self, day: date) -> Fact[date]:
        """The first day of the term before the one that a day is in or before."""
        block = self.half_term_from(day)
        if not recorded(block):
            return TERMS_UNKNOWN
        year, term = term_of(block.first)
        before = (year, term - 1) if term else (year - 1, 2)
        firsts = (
            first
            for first in self._firsts
            if term_of(first) == before and first.month in TERMS_BEGIN_IN
        )
        return next(firsts, TERMS_UNKNOWN)

    def earliest_term_before(self, day: date) -> date:
        """The first day of the term before; if that is unknown, the earliest day that it can be."""
        first = self.term_before(day)
        return first if recorded(first) else day - LONGEST_TWO_TERMS

    def latest_term_before(self, day: date) -> date:
        """The first day of the term before; if that is unknown, the latest day that it can be."""
        first = self.term_before(day)
        if recorded(first):
            return first
        for since, began in TERM_BEFORE_BEGAN_BY:
            if (day.month, day.day) >= since:
                return date(day.year, *began)
        return date(day.year - 1, *TERM_BEFORE_BEGAN_BY[0][1])

    # School days

    def closure(self, day: date) -> Closed | None:
        """Why the school is closed on a day within its terms; None if it is not."""
        return self._closed.get(day)

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

    def last_school_day(self, block: HalfTerm) -> date:
        """The last school day of a half term; its last day if it is closed throughout."""
        at = bisect_right(self._open, block.last.toordinal()) - 1
        return (
            date.fromordinal(self._open[at])
            if at >= 0 and self._open[at] >= block.first.toordinal()
            else block.last
        )

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

    def has_gone_by(self, day: date, away: int, on: date) -> Fact[bool]:
        """Whether the school day so many after a day lies before another day.

        It does not for certain while even all weekdays between are too few.
        """
        there = self.school_day(day, away)
        if recorded(there):
            return there < on
        return False if self.at_most_school_days(day, on - DAY) < away else TERMS_UNKNOWN

    @remembered
    def at_most_school_days(self, since: date, until: date) -> int:
        """School days after one day, up to and with another, if each that may be one is one."""
        days = map(date.fromordinal, range(since.toordinal() + 1, until.toordinal() + 1))
        facts = map(self.is_school_day, days)
        return sum(1 for fact in facts if not recorded(fact) or fact)

    def knows(self, one: date, other: date) -> bool:
        """Whether the half terms of two days and all between them are known."""
        first, last = min(one, other), max(one, other)
        if not (self.covers(first) and self.covers(last)):
            return False
        since, until = self._position(first), self._position(last)
        return not any(since <= gap < until for gap in self._gaps)

    def counts_in(self, block: HalfTerm, since: date, until: date) -> int:
        """School days of a half term from one day to another, both counted."""
        first, last = max(block.first, since), min(block.last, until)
        return max(
            bisect_right(self._open, last.toordinal()) - bisect_left(self._open, first.toordinal()),
            0,
        )

    @remembered
    def school_days(self, since: date, until: date) -> Fact[tuple[date, ...]]:
        """The school days from one day to another, both counted."""
        days = list(map(date.fromordinal, range(since.toordinal(), until.toordinal() + 1)))
        facts = [self.is_school_day(day) for day in days]
        if not all(map(recorded, facts)):
            return TERMS_UNKNOWN
        return tuple([day for day, is_open in zip(days, facts, strict=True) if is_open])

    # Reviews, and what is due each half term

    def next_review(
        self,
        starts: date,
        ends: date | None,
        reviews: Sequence[date],
        agreed: Iterable[date] = (),
        agreed_then: date | None = None,
        called: Iterable[Called] = (),
    ) -> Due | None:
        """When the next review is due; None if one was held on the last day or after it.

        `ends` is the planned or actual last day, if there is one; `reviews` the days of reviews
        held or waived; `agreed` the review dates agreed before the last of them, and `agreed_then`
        the one agreed at it; `called` the days by which one is called for. If term dates are
        unknown, the day is six weeks on, unless something calls for one before.
        """
        last = max(reviews, default=None)
        if last is not None and ends is not None and last >= ends:
            return None
        asked = self.review_by_half_term(starts, ends, last)
        known = recorded(asked)
        day, why = (
            (asked.day, asked.why) if recorded(asked) else (six_weeks_on(starts, last), SIX_WEEKS)
        )
        grace = 0 if known else GRACE_WITHOUT_CALENDAR
        agreed_day, _ = self._first_unspent(starts, reviews, agreed, agreed_then)
        if agreed_day is not None and agreed_day < day:
            day, why, grace = agreed_day, "the date agreed for it", 0
        for call in called:
            if call.day < day:
                day, why, grace = call.day, call.why, 0
        if ends is not None and ends <= day:
            day, why, grace = ends, LAST_DAY, 0
        if day < starts:
            day, grace = starts, 0
        return Due(day, why, day + timedelta(days=grace + 1), known)

    def each_half_term(
        self, starts: date, until: date | None, done: Sequence[date]
    ) -> Fact[date | None]:
        """The day by which what is done once in each half term is due next.

        It is the end of the first half term without it; None if the time to `until` has no further
        half term of five school days.
        """
        return self._next_half_term(starts, until, max(done, default=None))

    def _first_without(self, starts: date, last: date | None) -> Fact[HalfTerm]:
        """Return the first half term since a start without what was done last on a day."""
        if last is None or last < starts:
            return self.half_term_from(starts)
        block = self.half_term(last)
        return self.half_term_after(block) if recorded(block) else block

    @remembered
    def _next_half_term(
        self, starts: date, until: date | None, last: date | None
    ) -> Fact[date | None]:
        for block in self._onwards(self._first_without(starts, last)):
            if until is not None and until < block.first:
                return None
            if self.counts_in(block, starts, until or block.last) >= ENOUGH:
                return min(self.last_school_day(block), until or block.last)
            if until is not None and self._in_one_half_term(block.first, until):
                return None
        over = last is not None and until is not None and self._in_one_half_term(last, until)
        return None if over else TERMS_UNKNOWN

    @remembered
    def review_by_half_term(
        self, starts: date, ends: date | None, last: date | None
    ) -> Fact[Called]:
        """Return the day by which the half terms ask for a review, and why."""
        for block in self._onwards(self._first_without(starts, last)):
            if ends is not None and ends < block.first:
                return Called(ends, LAST_DAY)
            if self.counts_in(block, starts, ends or block.last) >= ENOUGH:
                day = self.last_school_day(block)
                return Called(day, f"the last school day of {block.name}")
            if ends is not None and self._in_one_half_term(block.first, ends):
                return Called(ends, LAST_DAY)
        if last is not None and ends is not None and self._in_one_half_term(last, ends):
            return Called(ends, LAST_DAY)
        return TERMS_UNKNOWN

    def first_unspent(
        self,
        starts: date,
        reviews: Sequence[date],
        agreed: Iterable[date],
        agreed_then: date | None = None,
    ) -> Fact[date | None]:
        """Return the first date agreed that no review has spent; None if there is none.

        A review spends every date agreed before it, up to the end of the half term that it counts
        for; one that was agreed at it stands, in the same half term as well.
        """
        day, known = self._first_unspent(starts, reviews, agreed, agreed_then)
        return day if known else TERMS_UNKNOWN

    def _first_unspent(
        self,
        starts: date,
        reviews: Sequence[date],
        agreed: Iterable[date],
        agreed_then: date | None,
    ) -> tuple[date | None, bool]:
        """Return the first date agreed that no review is known to have spent.

        With it comes whether it stands for certain.
        """
        spent, last = starts - DAY, max(reviews, default=None)
        known, standing = True, []
        if last is not None:
            block = self.half_term(last)
            known = recorded(block)
            spent = max(last, block.last) if recorded(block) else last
            if agreed_then is not None and agreed_then > last:
                standing = [agreed_then]
        first = min((*(day for day in agreed if day > spent), *standing), default=None)
        return first, known or first is None or first in standing


SIX_WEEKS: Final = "six weeks on, since no term dates cover it: import them"
LAST_DAY: Final = "the last day of the placement"


def only_a_holiday(last: date, first: date) -> bool:
    """Return whether one holiday can be the time from a last school day to a first one."""
    in_summer = last < date(first.year, 8, 1) < first
    return first - last <= (LONGEST_SUMMER if in_summer else LONGEST_HOLIDAY)


def surely_holiday_until(last: date) -> date:
    """Return the day up to which a half term's holiday is certain, whatever comes after it."""
    if last.month == 7:
        return date(last.year, *SCHOOL_YEARS_BEGIN) - DAY
    if last.month == 12:
        return max(date(last.year, 12, 31), last)
    return last + HALF_TERM_HOLIDAY


def term_of(first: date) -> tuple[int, int]:
    """Return the year and term of a half term that begins on a day.

    The term is 0 from January, 1 from April, 2 from August.
    """
    return first.year, bisect_right((4, 8), first.month)


def six_weeks_on(starts: date, last: date | None) -> date:
    """Return the day by which something is due if term dates are unknown.

    It is six weeks after it was done last, or after the start.
    """
    return after_presumed_holiday(
        (max(starts, last) if last else starts) + timedelta(days=WITHOUT_CALENDAR)
    )


def after_presumed_holiday(day: date) -> date:
    """Return the day itself, or the first weekday after the holiday presumed around it."""
    while in_presumed_holiday(day) or day.weekday() > 4:
        day += timedelta(days=1)
    return day


def in_presumed_holiday(day: date) -> bool:
    """Return whether a day that no term dates cover is presumed to be in a holiday."""
    return any(first <= (day.month, day.day) <= last for first, last in PRESUMED_HOLIDAYS)


def last_known_day(ended: date | None, ends: date | None, on: date) -> date | None:
    """Return the last day as known on a day, past or planned; None if a placement runs on."""
    if ended is not None and ended <= on:
        return ended
    return ends if ends is not None and ends >= on else None
