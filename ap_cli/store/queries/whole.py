"""Read and write the rows of every table as they are, for the export of a whole store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .. import driver
from ..declared import TABLES

VERSION = "alembic_version"
SEQUENCE = "sqlite_sequence"
"""Where the schema is kept, and where SQLite keeps the highest number that a table ever had."""


class BrokenText(bytes):
    """Text of a store that is not UTF-8."""


def tables_of(store: driver.Connection) -> list[str]:
    """List the tables of a store that are ap's, with the one in which SQLite counts."""
    rows = store.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name in (*TABLES, VERSION, SEQUENCE)]


def count_rows(store: driver.Connection) -> dict[str, int]:
    """Map the tables of a store to how many rows they have."""
    return {
        table: int(store.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
        for table in tables_of(store)
    }


def columns_of(store: driver.Connection, table: str) -> list[str]:
    """List the columns of a table."""
    return [name for _, name, *_ in store.execute(f'PRAGMA table_info("{table}")')]


def rows_of(store: driver.Connection, table: str) -> Iterator[tuple[Any, ...]]:
    """List the rows of a table in order of their first column."""
    quoted = ", ".join(f'"{name}"' for name in columns_of(store, table))
    yield from store.execute(f'SELECT {quoted} FROM "{table}" ORDER BY 1')


def schema_of(store: driver.Connection) -> str:
    """Return the schema that a store is at."""
    (schema,) = store.execute(f"SELECT version_num FROM {VERSION}").fetchone()
    return str(schema)


def clear(store: driver.Connection, table: str) -> None:
    """Delete every row of a table."""
    store.execute(f'DELETE FROM "{table}"')


def insert_row(store: driver.Connection, table: str, row: Mapping[str, Any]) -> None:
    """Insert a row by the names of its columns; broken text is stored as text again."""
    columns = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(
        "CAST(? AS TEXT)" if isinstance(value, BrokenText) else "?" for value in row.values()
    )
    values = list(row.values())
    store.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', values)


def has_lost_reference(store: driver.Connection) -> bool:
    """Return whether a row names another that is not there."""
    return store.execute("PRAGMA foreign_key_check").fetchone() is not None


def triggers_of(store: driver.Connection) -> list[str]:
    """List the statements that make the triggers of a store."""
    rows = store.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    return [statement for (statement,) in rows]


def drop_view(store: driver.Connection, view: str) -> None:
    """Drop a view, if there is one of its name."""
    store.execute(f"DROP VIEW IF EXISTS {view}")
