"""Compare a store with a backup of it, and find the newest change in each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..opening import Store
from .chain import GUARDED

OTHER = "backup"
"""The name by which statements call the backup."""

NOT_RECORDS = ("alembic_version", "sqlite_sequence", "counter", *GUARDED)
"""Tables that hold no records: the schema, what counts, and the log with its chain."""


@contextmanager
def beside(store: Store, file: str) -> Iterator[None]:
    """Within the block, statements on the store can read another one as well."""
    store.rows(f"ATTACH DATABASE :file AS {OTHER}", file=file)
    try:
        yield
    finally:
        store.rows(f"DETACH DATABASE {OTHER}")


def count_differences(store: Store) -> dict[str, tuple[int, int, int]]:
    """Count by table the rows that a restore would add, change and lose; same tables left out."""
    counted = {table: _count(store, table) for table in _tables(store)}
    return {table: found for table, found in counted.items() if any(found)}


def _tables(store: Store) -> list[str]:
    """List the tables of records that both stores have."""
    query = (
        "SELECT m.name FROM main.sqlite_master m"
        f" JOIN {OTHER}.sqlite_master b ON b.name = m.name AND b.type = 'table'"
        " WHERE m.type = 'table' ORDER BY m.name"
    )
    return [name for (name,) in store.rows(query) if name not in NOT_RECORDS]


def _count(store: Store, table: str) -> tuple[int, int, int]:
    """Count the rows of a table that a restore would add, change and lose, by their numbers."""
    names = _columns(store, "main", table)
    both = [name for name in names if name in _columns(store, OTHER, table)]
    if "id" not in both:
        return 0, 0, 0
    columns = ", ".join(f'"{name}"' for name in both)
    missing = "SELECT count(*) FROM {0}.{2} WHERE id NOT IN (SELECT id FROM {1}.{2})"
    differing = (
        f"SELECT count(*) FROM (SELECT {columns} FROM main.{table} EXCEPT"
        f" SELECT {columns} FROM {OTHER}.{table})"
    )
    (added,) = store.row(missing.format(OTHER, "main", table))
    (lost,) = store.row(missing.format("main", OTHER, table))
    (different,) = store.row(differing)
    return int(added), int(different) - int(lost), int(lost)


def _columns(store: Store, schema: str, table: str) -> list[str]:
    query = "SELECT name FROM pragma_table_info(:table, :schema)"
    return [name for (name,) in store.rows(query, table=table, schema=schema)]


def newest_change(store: Store) -> tuple[Any, ...] | None:
    """Return when the newest change was made, by whom and what; None if there was none."""
    found: tuple[Any, ...] | None = store.row(
        "SELECT at, who, what FROM main.audit ORDER BY id DESC LIMIT 1"
    )
    return found


def count_records(store: Store) -> int:
    """Return how many pupils, providers, placements and entries a store has."""
    tables = ("pupil", "provider", "placement", "entry")
    counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    return int(store.row(f"SELECT {counts}")[0])
