"""Read legal holds: which pupils' records may not be erased, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..opening import Store

Row = tuple[Any, ...]


def holds_on(store: Store, day: date, pupil: int | None = None) -> list[Row]:
    """List the holds that stand on a day, in order, or those of one pupil.

    A row has id, pupil, since, until, reason and who. The last day of a hold belongs to it.
    """
    of_pupil = "" if pupil is None else "AND pupil = :pupil"
    rows = store.rows(
        "SELECT id, pupil, since, until, reason, who FROM hold"
        f" WHERE released IS NULL AND (until IS NULL OR until >= :day) {of_pupil} ORDER BY id",
        day=day,
        pupil=pupil,
    )
    return list(rows)
