"""Read and write who looked at whole records of children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..opening import Store
from .numbers import take_number

Row = tuple[Any, ...]

EVERY_CHILD = "every child"
"""Whose record was looked at, if it is those of all."""


def insert_look(store: Store, look: Mapping[str, Any]) -> None:
    """Insert a look under the next number.

    A server does it for who may only read as well, and takes the moment from its own clock.
    """
    if store.address.server:
        store.rows("SELECT log_look(CAST(:asof AS date), :what, :subject)", **look)
        return
    store.rows(
        "INSERT INTO seen (id, at, asof, who, what, subject)"
        " VALUES (:id, :at, :asof, :who, :what, :subject)",
        id=take_number(store, "seen"),
        **look,
    )


def looks(store: Store, subject: str | None = None) -> Iterator[Row]:
    """List the row of every look in order, or of those at one child's record, also among all.

    A row has id, at, asof, who, what and subject.
    """
    where = "WHERE subject IN (:subject, :every)" if subject else ""
    return store.rows(
        f"SELECT id, at, asof, who, what, subject FROM seen {where} ORDER BY id",
        subject=subject,
        every=EVERY_CHILD,
    )
