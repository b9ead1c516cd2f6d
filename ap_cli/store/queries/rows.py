"""Read and write single rows of any table, by the columns that are declared for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from ..declared import TABLES
from ..opening import Store

Row = dict[str, Any]
"""The values of a row by column, as the driver takes them; yes and no are True and False."""


@cache
def columns(table: str) -> tuple[str, ...]:
    """List the names of the columns that a row of a table is written with, in order.

    Those that follow from other rows are left out. Raise KeyError if there is no such table.
    """
    return ("id", *(column.name for column in TABLES[table] if not column.follows))


@cache
def yes_or_no(table: str) -> frozenset[str]:
    """Return the names of the columns that hold yes or no."""
    return frozenset(column.name for column in TABLES[table] if column.type is bool)


def find(store: Store, table: str, **equal: Any) -> list[Row]:
    """List the rows of a table in order of their numbers, or those with these values."""
    names = columns(table)
    where = " AND ".join(is_value(name) for name in equal) or "TRUE"
    query = f"SELECT {listed(names)} FROM {table} WHERE {where} ORDER BY id"
    return [_as_read(table, names, row) for row in store.rows(query, **equal)]


def insert(store: Store, table: str, row: Mapping[str, Any]) -> None:
    """Insert a row."""
    store.rows(insertion(table, tuple(row)), **row)


@lru_cache(maxsize=256)
def insertion(table: str, names: tuple[str, ...]) -> str:
    """Return the statement that inserts a row with values for these columns."""
    values = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table} ({listed(names)}) VALUES ({values})"


def update(store: Store, table: str, id: int, values: Mapping[str, Any]) -> None:
    """Put values into a row; `id` is its number, and never among the values."""
    to = ", ".join(is_value(name) for name in values)
    store.rows(f"UPDATE {table} SET {to} WHERE id = :id", **values, id=id)


def delete(store: Store, table: str, id: int) -> None:
    """Delete a row."""
    store.rows(f"DELETE FROM {table} WHERE id = :id", id=id)


def listed(names: Iterable[str]) -> str:
    """Return names of columns for a statement."""
    return ", ".join(map(quoted, names))


def is_value(name: str) -> str:
    """Return the words that compare a column with the value of its name, or put it there."""
    return f"{quoted(name)} = :{name}"


def quoted(name: str) -> str:
    """Return the name of a column for a statement: `row` is a word of SQL."""
    return f'"{name}"'


def _as_read(table: str, names: tuple[str, ...], row: tuple[Any, ...]) -> Row:
    """Return a row by column, with yes and no for the numbers that a database has for them."""
    found = dict(zip(names, row, strict=True))
    for name in yes_or_no(table):
        if found[name] in (0, 1):
            found[name] = bool(found[name])
    return found
