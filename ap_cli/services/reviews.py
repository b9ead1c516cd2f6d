"""List the reviews that are due."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from ..domain.calendar import WITHOUT_CALENDAR, Calendar, Called, last_known_day
from ..errors import ApError, StoreProblem
from ..forms.facts import recorded
from ..forms.form import Noun, reference
from ..forms.text import echo
from ..store.opening import Store
from ..store.queries import terms as stored
from ..store.queries.commissioners import names_by_number
from ..store.queries.reviews import Reviewed, calling, review_days, reviewed

if TYPE_CHECKING:
    from ..domain.concerns import Patience
    from ..domain.entries.entry import Entry


N = TypeVar("N", bound=Noun)


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
) -> list[DueReview]:
    """List overdue reviews and those due within a time, in order of day; raise ApError if invalid.

    Placements that cannot be read are left out and added to `unread`.
    """
    calendars, problem = stored.calendars_and_problem(store)
    named = names_by_number(store)
    until = (
        None
        if within is None or within == "half-term"
        else on + timedelta(days=days_within(within))
    )
    due_reviews = []
    unread = [] if unread is None else unread
    if problem:
        unread.append(problem)
    calls = Calls(store, on, unread)
    for placement in reviewed(store, on, unread):
        calendar = calendars.following(
            placement.home_school, *named.get(placement.commissioner or 0, ())
        )
        due = _due(placement, calendar, on, calls.of(placement, calendar))
        if due is None or (overdue_only and not due.overdue):
            continue
        last = end_of_half_term(calendar, on) if within == "half-term" else until
        if last is None or due.due <= last:
            due_reviews.append(due)
    return sorted(due_reviews, key=lambda each: (each.due, each.placement))


class Calls:
    """Concerns and requests that call for an early review, by placement or provider."""

    def __init__(self, store: Store, on: date, unread: list[StoreProblem]) -> None:
        self._store, self._on, self._unread = store, on, unread
        self._of_placement: dict[int, list[Entry]] = {}
        self._of_provider: dict[int, list[Entry]] = {}
        for placement, provider, entry in calling(store, on, unread):
            if placement is not None:
                self._of_placement.setdefault(placement, []).append(entry)
            elif provider is not None:
                self._of_provider.setdefault(provider, []).append(entry)

    @cached_property
    def _patience(self) -> Patience:
        from ..policy.figures import in_force, patience

        return patience(in_force(self._on, stored.county(self._store)))

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
        from ..domain.concerns import called, calling_for_a_review, threads
        from ..domain.entries.during import Concern, ReviewRequest
        from ..domain.placement import Placement
        from ..domain.pupil import Pupil

        days = review_days(self._store, one.placement, self._on)
        held = review_days(self._store, one.placement, self._on, waived=False)
        concerns, incidents = (
            threads(entry for entry in entries if isinstance(entry, Concern))
            for entries in (mine, theirs)
        )
        requests = [entry for entry in mine if isinstance(entry, ReviewRequest)]
        if requests:
            placement, pupil = (
                self._readable(Placement, one.placement),
                self._readable(Pupil, one.pupil),
            )
            requests = calling_for_a_review(requests, placement, pupil) if placement else []
        return called(
            calendar, concerns, incidents, requests, days, held, self._patience, one.starts
        )


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
