"""Tell a visit that was made from one that was booked, by the day on which it was typed."""

from __future__ import annotations

from ..domain.placement import Placement
from ..forms.facts import recorded
from ..store.opening import Store
from ..store.queries.log import day_of_answer


def with_visit_booked(store: Store, placement: Placement) -> Placement:
    """Return a placement with a visit as booked if its day was still to come when it was typed.

    Stores from before a visit could be booked have such answers.
    """
    visited = placement.visited
    if not recorded(visited) or recorded(placement.visit_booked):
        return placement
    typed = day_of_answer(store, placement.ref, "visited", str(visited))
    return placement if typed is None else placement.with_visit_booked(typed)
