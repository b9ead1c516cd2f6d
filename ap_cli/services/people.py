"""Say whom a record is about, for screens that people read."""

from __future__ import annotations

from datetime import date

from ..store.opening import Store
from ..store.queries.people import Whom, find_whom, list_placed


class People:
    """Whom the placements, pupils and providers of a store are about, by their references."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_ref: dict[str, Whom] = {}
        self._placed: dict[date | None, list[Whom]] = {}

    def whom(self, ref: str) -> Whom:
        """Return whom a record is about; a reference that is none of theirs has no names."""
        if ref not in self._by_ref:
            self._by_ref[ref] = find_whom(self._store, ref)
        return self._by_ref[ref]

    def placements(self, on: date, every: bool = False) -> list[Whom]:
        """List the placements that have not ended on a day, or all, in order of reference."""
        day = None if every else on
        if day not in self._placed:
            self._placed[day] = list_placed(self._store, day)
            self._by_ref.update((whom.ref, whom) for whom in self._placed[day])
        return self._placed[day]
