"""Concerns, from the day raised to the day closed, and what calls for a review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, cast

from ..forms.facts import Fact, is_yes, recorded
from ..forms.form import Record
from .ages import GROWN_UP, attains
from .calendar import Calendar, Called
from .entries.during import Asker, Concern, OurDecision, ReviewRequest
from .half_terms import DAY
from .options import Route
from .periods import holds
from .placement import Placement
from .pupil import Pupil


class Thread(Record, frozen=True):
    """One concern with all that went on from it, in order of their days: the first raised it."""

    entries: tuple[Concern, ...]
    placement: str = ""
    """The reference of the other placement with which it was recorded; empty if it was not."""

    @property
    def raised(self) -> date:
        """The day on which it was raised."""
        return self.entries[0].day

    @property
    def ref(self) -> str:
        """The reference of the entry that raised it."""
        return self.entries[0].ref

    @property
    def serious(self) -> bool:
        """Whether it was ever recorded as a serious incident."""
        return any(is_yes(each.serious) for each in self.entries)

    @property
    def is_sorted(self) -> bool:
        """Whether it was ever recorded if it is a serious incident."""
        return any(recorded(each.serious) for each in self.entries)

    @property
    def closed(self) -> bool:
        """Whether it is closed, by the latest answer."""
        said = [each.closed for each in self.entries if recorded(each.closed)]
        return bool(said) and said[-1]

    @property
    def decision(self) -> Fact[OurDecision]:
        """What the commissioner decided, by the latest answer."""
        return cast(Fact[OurDecision], self._last("decision"))

    @property
    def why_not_stopped(self) -> Fact[str]:
        """Why the placement does not stop, by the latest answer."""
        return cast(Fact[str], self._last("why_not_stopped"))

    @property
    def monitoring(self) -> Fact[str]:
        """What is monitored and by whom, by the latest answer."""
        return cast(Fact[str], self._last("monitoring"))

    @property
    def monitoring_until(self) -> Fact[date]:
        """Until what day it is monitored, by the latest answer."""
        return cast(Fact[date], self._last("monitoring_until"))

    @property
    def lead_informed(self) -> Fact[date]:
        """When the designated safeguarding lead was told, by the latest answer."""
        return cast(Fact[date], self._last("lead_informed"))

    @property
    def about_adult(self) -> Fact[bool]:
        """Whether it is about an adult who works with children, by the latest answer."""
        return cast(Fact[bool], self._last("about_adult"))

    @property
    def officer_informed(self) -> Fact[date]:
        """When the council's designated officer was told, by the latest answer."""
        return cast(Fact[date], self._last("officer_informed"))

    @property
    def at_risk(self) -> Fact[bool]:
        """Whether a child is at risk of harm, by the latest answer."""
        return cast(Fact[bool], self._last("at_risk"))

    @property
    def social_care_informed(self) -> Fact[date]:
        """When children's social care was told, by the latest answer."""
        return cast(Fact[date], self._last("social_care_informed"))

    @property
    def why_not_informed(self) -> Fact[str]:
        """Why somebody was not told in time, by the latest answer."""
        return cast(Fact[str], self._last("why_not_informed"))

    def _last(self, name: str) -> Any:
        said = [getattr(each, name) for each in self.entries]
        return next((fact for fact in reversed(said) if recorded(fact)), said[-1])

    def __str__(self) -> str:
        return self.ref


def threads(concerns: Iterable[Concern], placement: str = "") -> tuple[Thread, ...]:
    """Join the entries that go on with an earlier concern to it.

    The threads come in order of the day on which they were raised. `placement` is the reference of
    the placement with which they were recorded, for threads that other placements are shown.
    """
    found: dict[int, list[Concern]] = {}
    first: dict[int, int] = {}
    for each in concerns:
        began = first.get(each.about, each.id) if recorded(each.about) else each.id
        first[each.id] = began
        found.setdefault(began, []).append(each)
    return tuple(Thread(tuple(entries), placement) for entries in found.values())


class Patience(Record, frozen=True):
    """How long what calls for a review may wait.

    It is the school days after a request, the days in which an earlier review excuses it, and the
    working days after a concern.
    """

    request_school_days: int
    excused_days: int
    concern_working_days: int


def may_ask(request: ReviewRequest, pupil: Pupil) -> Fact[bool]:
    """Return whether a request is one that the regulations know. Source: SI 2010/1156 reg 4A.

    It is a parent's, a pupil's from 18 on, or the authority's if there is an EHC plan; the answer
    is unknown if nobody recorded that.
    """
    if request.asked_by is Asker.PARENT:
        return True
    return (
        request.day >= attains(pupil.born, GROWN_UP)
        if request.asked_by is Asker.PUPIL
        else holds(pupil.ehcp, request.day)
    )


def calling_for_a_review(
    requests: Iterable[ReviewRequest], placement: Placement, pupil: Pupil | None
) -> list[ReviewRequest]:
    """List the requests that set the day of a review.

    They are about an off-site direction, by somebody who may ask as far as is recorded. If the
    pupil cannot be read, only a parent's count.
    """
    if placement.route is not Route.OFF_SITE_DIRECTION:
        return []
    return [
        each
        for each in requests
        if (may_ask(each, pupil) is True if pupil else each.asked_by is Asker.PARENT)
    ]


def excused(request: ReviewRequest, reviews: Iterable[date], patience: Patience) -> bool:
    """Return whether a review shortly before a request excuses it. Source: SI 2010/1156 reg 4A."""
    return any(
        request.day - timedelta(days=patience.excused_days) <= day < request.day for day in reviews
    )


def called(
    calendar: Calendar,
    concerns: Iterable[Thread],
    incidents: Iterable[Thread],
    requests: Iterable[ReviewRequest],
    reviews: Sequence[date],
    held: Sequence[date],
    patience: Patience,
    starts: date,
) -> tuple[Called, ...]:
    """List the days by which reviews are called for and not held yet.

    `reviews` are the days of reviews held or waived, `held` without those waived.

    A concern, a serious incident at the provider or a request calls for one. What happened at the
    provider before the placement started calls for nothing.
    """
    serious = (each for each in incidents if each.serious and each.raised >= starts)
    after_concerns = (
        Called(
            calendar.working_day(concern.raised, patience.concern_working_days),
            f"the working day after a concern was raised ({concern.ref})",
        )
        for concern in (*concerns, *serious)
        if not any(day >= concern.raised for day in reviews)
    )
    after_requests = (
        call_after(calendar, request, patience.request_school_days)
        for request in requests
        if is_open(request, reviews, held, patience)
    )
    return (*after_concerns, *after_requests)


def call_after(calendar: Calendar, request: ReviewRequest, days: int) -> Called:
    """Call for the review so many school days after a request.

    If term dates are unknown the day is an estimate, and certain on any usual calendar later.
    """
    known = recorded(calendar.school_day(request.day, days))
    latest = None if known else calendar.latest_school_day(request.day, days) + DAY
    why = f"{days} school days after it was asked for in writing ({request.ref})"
    return Called(calendar.estimated_school_day(request.day, days), why, latest)


def is_open(
    request: ReviewRequest, reviews: Sequence[date], held: Sequence[date], patience: Patience
) -> bool:
    """Tell whether a request is neither refused nor excused, and no review has followed it.

    A review that was waived before the request excuses nothing.
    """
    refused = is_yes(request.refused)
    if refused or excused(request, held, patience):
        return False
    return not any(day >= request.day for day in reviews)
