"""Files of evidence in the database of a server, in parts, each under its SHA-256."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ..opening import Store

PART_BYTES = 1 << 20
"""The bytes of a part; the last one may have fewer."""


def names(store: Store) -> list[str]:
    """List the names of the files that are there."""
    rows = store.rows("SELECT name FROM attachment WHERE part = 0 ORDER BY name")
    return [name for (name,) in rows]


def parts(store: Store, name: str) -> Iterator[bytes]:
    """List the parts of a file in order; none if it is not there."""
    number = 0
    while found := store.row(
        "SELECT content FROM attachment WHERE name = :name AND part = :part",
        name=name,
        part=number,
    ):
        yield bytes(found[0])
        number += 1


def put_part(store: Store, name: str, part: int, content: bytes) -> None:
    """Keep a part of a file; one that is there already is from now on no older than this."""
    store.rows(
        "INSERT INTO attachment (name, part, content, at) VALUES (:name, :part, :content, :at)"
        " ON CONFLICT (name, part) DO UPDATE SET at = excluded.at, content = excluded.content",
        name=name,
        part=part,
        content=content,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def older_than(store: Store, seconds: float) -> list[str]:
    """List the names of the files that nobody has put there for so long."""
    since = (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat(timespec="seconds")
    rows = store.rows(
        "SELECT name FROM attachment WHERE part = 0 AND at < :since ORDER BY name", since=since
    )
    return [name for (name,) in rows]


def delete(store: Store, name: str) -> None:
    """Delete a file."""
    store.rows("DELETE FROM attachment WHERE name = :name", name=name)
