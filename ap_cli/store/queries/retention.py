"""Read what decides how long the record of each pupil is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..opening import Store

Row = tuple[Any, ...]


def dates_of_pupils(store: Store) -> Iterator[Row]:
    """List each pupil with what the period depends on, as stored.

    A row has id, born, the spells of an EHC plan and of SEN support, and the day of the last mark.
    """
    return store.rows(
        "SELECT p.id, p.born, p.ehcp, p.sen_support,"
        " (SELECT max(m.day) FROM mark m WHERE m.pupil = p.id) FROM pupil p ORDER BY p.id"
    )
