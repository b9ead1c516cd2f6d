"""Read all marks of a child, with those that were replaced or taken back."""

from __future__ import annotations

from typing import Any

from ..opening import Store

Row = tuple[Any, ...]


def every_mark_of(store: Store, pupil: int) -> list[Row]:
    """List the marks of a pupil in order.

    A row has placement, day, half, code, nature, reason, who, at and whether it is current.
    """
    return list(
        store.rows(
            "SELECT placement, day, half, code, nature, reason, who, at, current FROM mark"
            " WHERE pupil = :pupil ORDER BY day, half, id",
            pupil=pupil,
        )
    )


def names_of_others(store: Store, pupil: int) -> list[Row]:
    """List the numbers and names of all other pupils."""
    return list(store.rows("SELECT id, name FROM pupil WHERE id <> :pupil", pupil=pupil))


def names_of_providers(store: Store, pupil: int) -> dict[int, str]:
    """Map the numbers of the providers at which a pupil is or was to their names."""
    return dict(
        store.rows(
            "SELECT id, name FROM provider WHERE id IN"
            " (SELECT provider FROM placement WHERE pupil = :pupil)",
            pupil=pupil,
        )
    )
