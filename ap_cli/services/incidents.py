"""Find the serious incidents that were recorded with the placements at a provider."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from ..domain.concerns import Thread, threads
from ..domain.entries.during import Concern
from ..domain.placement import Placement
from ..errors import StoreProblem
from ..forms.form import reference
from ..store.opening import Store
from ..store.queries.entries import concerns_with_placements
from ..store.queries.entry_rows import read_entry


def list_serious(store: Store, on: date, provider: int) -> tuple[Thread, ...]:
    """List the serious incidents up to a day that were recorded with any placement at a provider.

    Damaged entries are left out: they are reported with their own placement.
    """
    concerns: dict[int, list[Concern]] = {}
    for placement, *row in concerns_with_placements(store, provider, on):
        with suppress(StoreProblem):
            entry = read_entry(row)
            assert isinstance(entry, Concern), "only concerns are read"
            concerns.setdefault(placement, []).append(entry)
    return tuple(
        thread
        for placement, entries in concerns.items()
        for thread in threads(entries, reference(Placement.PREFIX, placement))
        if thread.serious
    )
