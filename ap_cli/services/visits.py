"""Find the days on which providers were visited, as recorded with any placement there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from ..rules.cases.placement import PlacementCase
from ..rules.safety import is_visited_as_planned
from ..store.damage import UNREADABLE
from ..store.opening import Store
from ..store.queries.entries import visits_at_providers
from ..store.queries.placements import planned_visits


def list_visits(store: Store, on: date) -> Iterator[tuple[int, date]]:
    """List the days of visits up to a day, each after its provider's number.

    They are recorded with the provider, with a placement there that may be over, or in its plan.
    """
    for provider, visit in visits_at_providers(store, on):
        yield provider, visit.day
    for provider, day in planned_visits(store, on):
        with suppress(*UNREADABLE):  # a damaged placement, which the reports name
            yield provider, date.fromisoformat(day)


def was_visited_before(case: PlacementCase) -> bool:
    """Tell whether somebody named visited before a placement started."""
    return is_visited_as_planned(case) or bool(case.visits_before)
