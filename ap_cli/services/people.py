"""Say whom a record is about, for screens that people read."""

from __future__ import annotations

from datetime import date

from ..store.opening import Store
from ..store.queries.people import Whom, list_people


class People:
    """Whom each placement, pupil and provider of a store is about, by its reference."""

    def __init__(self, store: Store) -> None:
        self._by_ref = {whom.ref: whom for whom in list_people(store)}

    def whom(self, ref: str) -> Whom:
        """Return whom a record is about; a reference that is none of theirs has no names."""
        return self._by_ref.get(ref) or Whom(ref)

    def placements(self, on: date, every: bool = False) -> list[Whom]:
        """List the placements that have not ended on a day, or all, in order of reference."""
        return [
            whom
            for whom in self._by_ref.values()
            if whom.placement and (every or not whom.has_ended(on))
        ]
