"""Read and write who looked at whole records of children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .. import driver
from ..opening import Store

Row = tuple[Any, ...]


def insert_look(connection: driver.Connection, look: Mapping[str, Any]) -> None:
    """Insert a look."""
    connection.execute(
        "INSERT INTO seen (at, asof, who, what, subject)"
        " VALUES (:at, :asof, :who, :what, :subject)",
        look,
    )


def looks(store: Store, subject: str | None = None) -> Iterator[Row]:
    """List the row of every look in order, or of those at one child's record.

    A row has id, at, asof, who, what and subject.
    """
    where = "WHERE subject = :subject" if subject else ""
    return store.rows(
        f"SELECT id, at, asof, who, what, subject FROM seen {where} ORDER BY id", subject=subject
    )
