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


def highest_ever(store: Store, table: str) -> int:
    """Return the highest number that a row of a table has or ever had; 0 if it never had one."""
    query = (
        f"SELECT coalesce(max(n), 0) FROM (SELECT max(id) AS n FROM {table}"
        ' UNION ALL SELECT max("row") FROM audit WHERE place = :table) used'
    )
    return int(store.row(query, table=table)[0])
