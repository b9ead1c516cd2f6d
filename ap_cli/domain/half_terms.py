"""Half terms: which one a day counts for, and what is known of those around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cached_property, wraps
from itertools import pairwise
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from ..forms.explaining import explained, explained_fields
from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Record
from .ages import SCHOOL_YEARS_BEGIN as SCHOOL_YEARS_BEGIN
from .days import words

TERMS_UNKNOWN: Final = Unknown("calendar.terms")
"""The answer for days that no term dates cover."""

DAY: Final = timedelta(days=1)

LONGEST_HOLIDAY: Final = timedelta(days=30)
LONGEST_SUMMER: Final = timedelta(days=63)
"""From a last school day to the next first one.

Two half terms further apart have an unknown one between them. The shortest half term, of two weeks,
with a week of holiday on either side takes 31 days.
"""

HALF_TERM_HOLIDAY: Final = timedelta(days=9)
"""The shortest holiday: a week, with the weekends around it."""

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


class HalfTerm(Record, frozen=True):
    """One teaching block of a calendar: from its first to its last school day, both counted."""

    calendar: str
    name: str
    first: date
    last: date

    def __str__(self) -> str:
        return self.name


A = ParamSpec("A")
R = TypeVar("R")
H = TypeVar("H", bound="HalfTerms")
MOST_REMEMBERED: Final = 20_000


def remembered(
    question: Callable[Concatenate[H, A], R],
) -> Callable[Concatenate[H, A], R]:
    """Remember the answers to a question: many placements ask about few different days."""
    name = question.__name__

    @wraps(question)
    def answer(calendar: H, /, *args: A.args, **named: A.kwargs) -> R:
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


def earliest_term_in_words(calendar: HalfTerms, first: date, day: date) -> str:
    """Return the first day of an earlier term in words, or the earliest that it can be."""
    if recorded(calendar.term_before(day)):
        return words(first)
    return f"{words(first)} at the earliest: no term dates cover it"


@explained_fields(half_terms="the half terms of the calendar")
class HalfTerms(Record, frozen=True, dict=True):
    """The half terms of one county or school, in order."""

    name: str
    half_terms: tuple[HalfTerm, ...]

    @cached_property
    def _answers(self) -> dict[Any, Any]:
        return {}

    @cached_property
    def _firsts(self) -> list[date]:
        return [block.first for block in self.half_terms]

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

    @explained("the half term that {day} counts for")
    def half_term(self, day: date) -> Fact[HalfTerm]:
        """The half term that a day counts for: the one that it is in, or whose holiday it is in."""
        at = self._position(day)
        if at < 0:
            return TERMS_UNKNOWN
        block = self.half_terms[at]
        counts = day <= block.last or self._joined[at] or day <= surely_holiday_until(block.last)
        return block if counts else TERMS_UNKNOWN

    @explained("the half term of a start on {day}")
    def half_term_from(self, day: date) -> Fact[HalfTerm]:
        """The half term of a start on a day; of a start in a holiday, the next one."""
        at = self._position(day)
        if at < 0:
            return TERMS_UNKNOWN
        block = self.half_terms[at]
        if day <= block.last:
            return block
        return self.half_terms[at + 1] if self._joined[at] else TERMS_UNKNOWN

    @explained("the half term after {block}")
    def half_term_after(self, block: HalfTerm) -> Fact[HalfTerm]:
        """The next half term."""
        at = self._position(block.first)
        return self.half_terms[at + 1] if self._joined[at] else TERMS_UNKNOWN

    @explained("the half term before {block}")
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

    @explained("whether the calendar knows the term of {day}")
    def covers(self, day: date) -> bool:
        """Whether the half term is known that a day is in or before."""
        return recorded(self.half_term_from(day))

    @explained("whether the calendar knows all terms from {one} to {other}")
    def knows(self, one: date, other: date) -> bool:
        """Whether the half terms of two days and all between them are known."""
        first, last = min(one, other), max(one, other)
        if not (self.covers(first) and self.covers(last)):
            return False
        since, until = self._position(first), self._position(last)
        return not any(since <= gap < until for gap in self._gaps)

    @explained("the first day of the term before that of {day}")
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

    @explained("the first day of the term before that of {day}", earliest_term_in_words)
    def earliest_term_before(self, day: date) -> date:
        """The first day of the term before; if that is unknown, the earliest day that it can be."""
        first = self.term_before(day)
        return first if recorded(first) else day - LONGEST_TWO_TERMS

    @explained("the latest first day of the term before that of {day}")
    def latest_term_before(self, day: date) -> date:
        """The first day of the term before; if that is unknown, the latest day that it can be."""
        first = self.term_before(day)
        if recorded(first):
            return first
        for since, began in TERM_BEFORE_BEGAN_BY:
            if (day.month, day.day) >= since:
                return date(day.year, *began)
        return date(day.year - 1, *TERM_BEFORE_BEGAN_BY[0][1])


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
