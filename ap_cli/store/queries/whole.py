"""Read and write the rows of every table as they are, for the export of a whole store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .. import driver
from ..declared import TABLES
from ..dialect import catalogue

VERSION = "alembic_version"
SEQUENCE = "sqlite_sequence"
"""Where the schema is kept, and where SQLite keeps the highest number that a table ever had."""


LOWEST = -(2**63)
"""Below all numbers that a row can have."""


class BrokenText(bytes):
    """Text of a store that is not UTF-8."""


def tables_of(store: driver.Connection) -> list[str]:
    """List the tables of a store that are ap's, with the one in which SQLite counts."""
    rows = store.execute(catalogue(store).tables)
    return [name for (name,) in rows if name in (*TABLES, VERSION, SEQUENCE)]


def count_rows(store: driver.Connection) -> dict[str, int]:
    """Map the tables of a store to how many rows they have."""
    return {table: count_of(store, table) for table in tables_of(store)}


def count_of(store: driver.Connection, table: str) -> int:
    """Return how many rows a table has."""
    return int(store.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def columns_of(store: driver.Connection, table: str) -> list[str]:
    """List the columns of a table."""
    rows = store.execute(catalogue(store).columns, {"table": table})
    return [name for (name,) in rows]


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
        f"CAST(:{name} AS TEXT)" if isinstance(value, BrokenText) else f":{name}"
        for name, value in row.items()
    )
    store.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', row)


AT_ONCE = 1000
"""How many rows are read at once where another statement may follow before the last of them."""


def every_row(
    store: driver.Connection, table: str, columns: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """List the rows of a table in order of their numbers, with a few in memory at a time."""
    names = ", ".join(f'"{name}"' for name in columns)
    query = f"SELECT {names} FROM {table} WHERE id > :after ORDER BY id LIMIT {AT_ONCE}"
    after = LOWEST
    while rows := store.execute(query, {"after": after}).fetchall():
        yield from rows
        after = rows[-1][0]


def insert_rows(
    store: driver.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
) -> None:
    """Insert many rows by the names of their columns."""
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join(f":{name}" for name in columns)
    store.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


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
