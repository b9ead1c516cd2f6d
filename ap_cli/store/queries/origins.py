"""Read where records came from: what the log says of how they were added."""

from __future__ import annotations

from ..opening import Store

OF_ANOTHER_STORE = " of another store"
"""How the name of an import ends in the log, if the file was exported from another store."""


def placements_of_others(store: Store) -> frozenset[int]:
    """Return the numbers of the placements that an import from another store added."""
    rows = store.rows(
        'SELECT a."row" FROM audit a WHERE a.place = :place AND a.what LIKE :what'
        " AND NOT EXISTS (SELECT 1 FROM audit b WHERE b.place = a.place"
        ' AND b."row" = a."row" AND b.id < a.id)',
        place="placement",
        what=f"import %{OF_ANOTHER_STORE}",
    )
    return frozenset(number for (number,) in rows)
