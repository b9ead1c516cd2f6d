"""The calendar of a school or county: when a review falls due, and what is due each half term.

The calendar answers in facts: what its term dates do not say is `Unknown("calendar.terms")`, and a
rule that decides on it cannot tell. An estimate, for a due day or a list, says so in its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from ..forms.explaining import explained, explained_fields
from ..forms.facts import Fact, recorded
from ..forms.form import Record
from .half_terms import DAY, TERMS_UNKNOWN, HalfTerm, remembered
from .school_days import SchoolDays, after_presumed_holiday

REVIEW_RULE: Final = "AP503"
"""The rule that a review is not overdue; waiving it counts as a review of that half term."""

ENOUGH: Final = 5
"""School days in a half term from which a review is due in it. Source: rule AP503."""

WITHOUT_CALENDAR: Final = 42
GRACE_WITHOUT_CALENDAR: Final = 14
"""Days to a review if term dates are unknown, and days after that until it is certainly overdue."""

LOOKED_BACK: Final = timedelta(days=366)
"""How far back a review is looked for that asks for none yet; one so old asks for one by now."""

SIX_WEEKS: Final = "six weeks on, since no term dates cover it: import them"
LAST_DAY: Final = "the last day of the placement"


class Called(Record, frozen=True):
    """A day by which a review is called for, and why.

    `sure_from` is the day from which that has gone by for certain, if it is not the day after.
    """

    day: date
    why: str
    sure_from: date | None = None

    @property
    def late_from(self) -> date:
        """The day from which it is overdue for certain."""
        return self.sure_from or self.day + DAY


@explained_fields(
    day="the day by which that is due",
    why="why then",
    sure_from="the day from which it is certain, whatever the calendar",
)
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


class Calendar(SchoolDays, frozen=True, dict=True):
    """The half terms of one county or school, in order, and the days on which it is closed."""

    def known_half_terms(self, since: date, until: date) -> tuple[HalfTerm, ...]:
        """List the half terms known with five school days or more from one day to another.

        It serves lists, not decisions.
        """
        return tuple(
            [block for block in self.half_terms if self.counts_in(block, since, until) >= ENOUGH]
        )

    @explained("when the next review is due")
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
        calls = [] if ends is None else [Called(ends, LAST_DAY)]
        calls.append(asked if recorded(asked) else call_by_weeks(starts, last))
        agreed_day, stands = self._first_unspent(starts, reviews, agreed, agreed_then)
        if agreed_day is not None:
            calls.append(Called(agreed_day, "the date agreed for it", None if stands else date.max))
        calls.extend(called)
        first = min(calls, key=call_day)
        day = max(first.day, starts)
        sure_from = max(min(call.late_from for call in calls), day + DAY)
        return Due(day, first.why, sure_from, recorded(asked))

    @explained("the day by which what is due each half term is due next")
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

    @explained("the day by which the half terms ask for a review")
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

    def asks_nothing_from(self, last: date, reviewed: bool) -> date:
        """Return the day from which a review held asks for no further one by a last day.

        Unless it was `reviewed`, that is the day from which a start asks for none. It serves to
        leave placements out of a list: what calls for a review otherwise is not looked at.
        """
        day = last
        while day > last - LOOKED_BACK:
            review = day if reviewed else None
            asked = self.review_by_half_term(day, None, review)
            due = asked if recorded(asked) else call_by_weeks(day, review)
            if due.day <= last:
                break
            day -= DAY
        return day + DAY

    @explained("the first review date agreed that no review has spent")
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


def call_day(call: Called) -> date:
    """Return the day by which a review is called for, to sort by."""
    return call.day


def call_by_weeks(starts: date, last: date | None) -> Called:
    """Call for a review six weeks on, as term dates are unknown."""
    day = six_weeks_on(starts, last)
    return Called(day, SIX_WEEKS, day + timedelta(days=GRACE_WITHOUT_CALENDAR + 1))


def six_weeks_on(starts: date, last: date | None) -> date:
    """Return the day by which something is due if term dates are unknown.

    It is six weeks after it was done last, or after the start.
    """
    return after_presumed_holiday(
        (max(starts, last) if last else starts) + timedelta(days=WITHOUT_CALENDAR)
    )


def last_known_day(ended: date | None, ends: date | None, on: date) -> date | None:
    """Return the last day as known on a day, past or planned; None if a placement runs on."""
    if ended is not None and ended <= on:
        return ended
    return ends if ends is not None and ends >= on else None
