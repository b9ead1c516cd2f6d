"""Read which numbers a table has, and how many rows; fast, as it builds no record."""

from __future__ import annotations

from ..opening import Store

LARGEST = 2**63 - 1
"""The largest number that a row can have."""


def numbers(store: Store, table: str) -> list[int]:
    """List the numbers of a table's rows, in order."""
    return [id for (id,) in store.rows(f"SELECT id FROM {table} ORDER BY id")]


def has_rows(store: Store, table: str) -> bool:
    """Return whether a table has any row."""
    return bool(store.row(f"SELECT EXISTS (SELECT 1 FROM {table})")[0])


def count_rows(store: Store, table: str) -> int:
    """Return how many rows a table has."""
    return int(store.row(f"SELECT count(*) FROM {table}")[0])


def count_about(store: Store, table: str, noun: str, id: int) -> int:
    """Return how many placements, entries or marks are about a record."""
    return int(store.row(f"SELECT count(*) FROM {table} WHERE {noun} = :id", id=id)[0])


UNITS = "unit"
"""What the numbers of the units of work are counted as."""

ALSO_GIVEN = {
    UNITS: (
        "SELECT max(unit) FROM audit WHERE unit <= :largest",
        "SELECT max(id) FROM chain",
    ),
    "audit": ("SELECT max(id) FROM audit", "SELECT max(id) FROM proof"),
}
"""Queries for the highest numbers that rows have, of what has them in more than its own table."""


def last_number(store: Store, kind: str) -> int:
    """Return the highest number that was given to a row of a table, or a unit of work; 0 if none.

    The counter has it. A row that another program put there has its number as well.
    """
    there = ALSO_GIVEN.get(kind, (f"SELECT max(id) FROM {kind}",))
    given = "SELECT last AS n FROM counter WHERE name = :kind"
    query = f"SELECT coalesce(max(n), 0) FROM ({' UNION ALL '.join((given, *there))}) used"
    return int(store.row(query, kind=kind, largest=LARGEST)[0])


def keep_number(store: Store, kind: str, last: int) -> None:
    """Keep the highest number that was given, so that no other row ever gets it."""
    store.rows(
        "INSERT INTO counter (id, name, last)"
        " SELECT coalesce(max(id), 0) + 1, :kind, :last FROM counter WHERE TRUE"
        " ON CONFLICT (name) DO UPDATE SET last = excluded.last",
        kind=kind,
        last=last,
    )


def take_number(store: Store, kind: str) -> int:
    """Return the next number of a kind and keep it, in the transaction of who writes the row."""
    number = last_number(store, kind) + 1
    keep_number(store, kind, number)
    return number
