"""Which commissioner a pupil, an entry of the log and a draft belong to, and the n-th review.

These columns follow from the record: nobody answers them and the log does not show them. A server
that keeps the records of several commissioners apart needs them on each row.
"""

from __future__ import annotations

from typing import Any

from ..declared import COUNTED
from ..opening import Store

ONLY = "(SELECT CASE count(*) WHEN 1 THEN min(c.id) END FROM commissioner c)"
"""The commissioner of a store that has exactly one; NULL otherwise."""

PLACED = (
    "(SELECT pl.commissioner FROM placement pl WHERE pl.pupil = :id"
    " AND pl.commissioner IS NOT NULL ORDER BY pl.starts DESC, pl.id DESC LIMIT 1)"
)
"""The commissioner of a pupil's newest placement that has one."""

OF_PLACEMENT = "SELECT commissioner FROM placement WHERE id = :id"
QUERIES = {
    "PL": OF_PLACEMENT,
    "P": "SELECT commissioner FROM pupil WHERE id = :id",
    "C": "SELECT id FROM commissioner WHERE id = :id",
    "E": "SELECT COALESCE((SELECT pl.commissioner FROM placement pl WHERE pl.id = e.placement),"
    " (SELECT p.commissioner FROM pupil p WHERE p.id = e.pupil)) FROM entry e WHERE e.id = :id",
}
"""Who owns what a reference names, by its prefix; a provider belongs to nobody."""


def owner_of(store: Store, ref: str) -> int | None:
    """Return the number of the commissioner that a record or an entry belongs to, if any."""
    prefix, _, digits = ref.partition("-")
    if prefix not in QUERIES or not digits.isdecimal():
        return None
    found = store.row(QUERIES[prefix], id=int(digits))
    return found[0] if found else None


def own_pupil(store: Store, id: int) -> None:
    """Give a pupil the commissioner of its newest placement, or the only one of the store."""
    query = f"UPDATE pupil SET commissioner = COALESCE({PLACED}, {ONLY}) WHERE id = :id"
    store.rows(query, id=id)


def release(store: Store, commissioner: int) -> None:
    """Take from pupils and drafts a commissioner that is about to go."""
    for table in ("pupil", "draft"):
        query = f"UPDATE {table} SET commissioner = NULL WHERE commissioner = :id"
        store.rows(query, id=commissioner)


def count_review(store: Store, id: int) -> None:
    """Give a review without an ordinal the next one of its placement.

    One that was corrected or withdrawn keeps its own.
    """
    store.rows(
        "UPDATE entry SET ordinal = (SELECT COALESCE(max(o.ordinal), 0) + 1 FROM entry o"
        " WHERE o.placement = entry.placement)"
        " WHERE id = :id AND ordinal IS NULL AND placement IS NOT NULL",
        id=id,
    )


def follow(store: Store, table: str, *rows: dict[str, Any]) -> None:
    """Bring up to date what follows from a row that was just written, as it was and as it is."""
    for row in rows:
        if table == "pupil":
            own_pupil(store, row["id"])
        elif table == "placement":
            own_pupil(store, row["pupil"])
        elif table == "entry" and row["kind"] == COUNTED:
            count_review(store, row["id"])
