"""List the reviews that are due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import starmap
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from ..domain.calendar import WITHOUT_CALENDAR, Calendar, Called, last_known_day
from ..domain.half_terms import DAY
from ..errors import ApError, StoreProblem
from ..forms.facts import recorded
from ..forms.form import Noun, reference
from ..forms.text import echo
from ..store.opening import Store
from ..store.queries import terms as stored
from ..store.queries.commissioners import names_by_number
from ..store.queries.reviews import (
    ReviewDays,
    Reviewed,
    Until,
    calling,
    days_of_called,
    names_of_calendars,
    reviewed,
)

if TYPE_CHECKING:
    from ..domain.concerns import Patience
    from ..domain.entries.during import ReviewRequest
    from ..domain.entries.entry import Entry


N = TypeVar("N", bound=Noun)
HALF_TERM = "half-term"


class DueReview(Struct, frozen=True):
    """A placement's next review.

    `days` counts from the day asked, below 0 if overdue; `estimated` if there is no calendar.
    """

    placement: str
    pupil: str
    name: str
    due: date
    overdue: bool
    days: int
    why: str
    estimated: bool
    school: str | None = None
    provider: str | None = None
    provider_name: str | None = None


def list_due_reviews(
    store: Store,
    on: date,
    within: str | None = None,
    overdue_only: bool = False,
    unread: list[StoreProblem] | None = None,
    placements: Sequence[int] | None = None,
) -> list[DueReview]:
    """List overdue reviews and those due within a time, in order of day; raise ApError if invalid.

    `placements` are the only ones to look at. Those that cannot be read are left out and added to
    `unread`.
    """
    calendars = ReviewCalendars(store, on)
    end = None if within is None or within == HALF_TERM else on + timedelta(days_within(within))
    due_reviews = []
    unread = [] if unread is None else unread
    if calendars.problem:
        unread.append(calendars.problem)
    calls = Calls(store, on, unread, placements)
    last_asked = calendars.last_asked(within, end, overdue_only)
    until = None if last_asked is None else calendars.until(last_asked)
    for placement in reviewed(store, on, unread, until, placements):
        calendar = calendars.of(placement.home_school, placement.commissioner)
        due = _due(placement, calendar, on, calls.of(placement, calendar))
        if due is None or (overdue_only and not due.overdue):
            continue
        last = end_of_half_term(calendar, on) if within == HALF_TERM else end
        if last is None or due.due <= last:
            due_reviews.append(due)
    return sorted(due_reviews, key=day_and_placement)


def day_and_placement(one: DueReview) -> tuple[date, str]:
    """Return the day on which a review is due and its placement, to sort by."""
    return one.due, one.placement


class ReviewCalendars:
    """The calendars of placements that have not ended."""

    def __init__(self, store: Store, on: date) -> None:
        self._store, self._on = store, on
        self._calendars, self.problem = stored.calendars_and_problem(store)
        self._named = names_by_number(store)

    def of(self, home_school: Any, commissioner: int | None) -> Calendar:
        """Return the calendar that a school and a commissioner's number have."""
        return self._calendars.following(home_school, *self._named.get(commissioner or 0, ()))

    @cached_property
    def _all(self) -> list[Calendar]:
        found = {
            id(one): one for one in starmap(self.of, names_of_calendars(self._store, self._on))
        }
        return list(found.values())

    def last_asked(self, within: str | None, end: date | None, overdue: bool) -> date | None:
        """Return the last day on which a review can be due that is asked for; None for any day."""
        if overdue:
            return self._on - DAY
        if within == HALF_TERM:
            ends = (end_of_half_term(calendar, self._on) for calendar in self._all)
            return max(ends, default=self._on)
        return end

    def until(self, last: date) -> Until:
        """Say from when on a review or a start asks for no review by a day, on any calendar."""
        reviewed_from = max((one.asks_nothing_from(last, True) for one in self._all), default=last)
        started_from = max((one.asks_nothing_from(last, False) for one in self._all), default=last)
        return Until(last, reviewed_from, started_from)


@cache
def other_routes() -> frozenset[str | None]:
    """Return the routes under which no request calls for a review, and None for no route."""
    from ..domain.options import Route

    return frozenset({None, *Route} - {Route.OFF_SITE_DIRECTION})


class Calls:
    """Concerns and requests that call for an early review, by placement or provider."""

    def __init__(
        self,
        store: Store,
        on: date,
        unread: list[StoreProblem],
        placements: Sequence[int] | None = None,
    ) -> None:
        self._store, self._on, self._unread, self._placements = store, on, unread, placements
        self._of_placement: dict[int, list[Entry]] = {}
        self._of_provider: dict[int, list[Entry]] = {}
        for placement, provider, entry in calling(store, on, unread, placements):
            if placement is not None:
                self._of_placement.setdefault(placement, []).append(entry)
            elif provider is not None:
                self._of_provider.setdefault(provider, []).append(entry)

    @cached_property
    def _patience(self) -> Patience:
        from ..policy.figures import in_force, patience

        return patience(in_force(self._on, stored.county(self._store)))

    @cached_property
    def _days(self) -> dict[int, ReviewDays]:
        return days_of_called(self._store, self._on, self._placements)

    def _readable(self, noun: type[N], id: int) -> N | None:
        from ..store.queries.records import one

        try:
            return one(self._store, noun, id, self._on)
        except StoreProblem as problem:
            self._unread.append(problem)
            return None

    def of(self, one: Reviewed, calendar: Calendar) -> tuple[Called, ...]:
        """List the days by which a review of a placement is called for and not yet held."""
        mine, theirs = (
            self._of_placement.get(one.placement, []),
            self._of_provider.get(one.provider, []),
        )
        if not mine and not theirs:
            return ()
        from ..domain.concerns import called, threads
        from ..domain.entries.during import Concern, ReviewRequest

        days = self._days.get(one.placement, ReviewDays())
        concerns, incidents = (
            threads(entry for entry in entries if isinstance(entry, Concern))
            for entries in (mine, theirs)
        )
        requests = [entry for entry in mine if isinstance(entry, ReviewRequest)]
        if requests:
            requests = self._that_call(one, requests)
        return called(
            calendar,
            concerns,
            incidents,
            requests,
            days.reviewed,
            days.held,
            self._patience,
            one.starts,
        )

    def _that_call(self, one: Reviewed, requests: list[ReviewRequest]) -> list[ReviewRequest]:
        """List the requests that call for a review of a placement.

        Its record and the pupil's are read only if they decide.
        """
        from ..domain.concerns import calling_for_a_review
        from ..domain.entries.during import Asker
        from ..domain.options import Route
        from ..domain.placement import Placement
        from ..domain.pupil import Pupil

        if one.route in other_routes():
            return []
        by_parents = all(request.asked_by is Asker.PARENT for request in requests)
        if one.route == Route.OFF_SITE_DIRECTION and by_parents:
            return requests
        placement = self._readable(Placement, one.placement)
        pupil = self._readable(Pupil, one.pupil)
        return calling_for_a_review(requests, placement, pupil) if placement else []


def _due(
    placement: Reviewed, calendar: Calendar, on: date, called: tuple[Called, ...]
) -> DueReview | None:
    last = last_known_day(placement.ended, placement.ends, on)
    due = calendar.next_review(
        placement.starts,
        last,
        (placement.last,) if placement.last else (),
        placement.agreed,
        placement.agreed_then,
        called,
    )
    if due is None:
        return None
    return DueReview(
        reference("PL", placement.placement),
        reference("P", placement.pupil),
        placement.name,
        due.day,
        due.sure_from <= on,
        (due.day - on).days,
        due.why,
        due.estimated,
        placement.home_school,
        reference("PR", placement.provider),
        placement.provider_name,
    )


def end_of_half_term(calendar: Calendar, on: date) -> date:
    """Return the last day of this half term, or of the next; six weeks on without term dates."""
    block = calendar.half_term_from(on)
    return block.last if recorded(block) else on + timedelta(days=WITHOUT_CALENDAR)


def days_within(text: str) -> int:
    """Parse “7d” or “2w” into days; raise ApError if invalid."""
    matched = re.fullmatch(r"(\d{1,3})([dw])", text.strip().lower(), re.ASCII)
    if not matched:
        raise ApError(f"--within: “{echo(text, 20)}” is not a time: try 7d, 2w or half-term")
    return int(matched[1]) * (7 if matched[2] == "w" else 1)


def without_calendar(store: Store, on: date) -> bool:
    """Return whether no calendar of the store covers a day."""
    calendars = stored.calendars(store)
    names = [name for both in names_by_number(store).values() for name in both]
    return not calendars.following(*names).covers(on)
