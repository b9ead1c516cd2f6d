"""Read what the log says of each row of a table, beside what the row says now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..opening import Store
from .numbers import LARGEST
from .rows import listed

ENTRIES_AT_ONCE = 2000
"""How many entries of the log are read at once, so that others can write meanwhile."""

Row = tuple[Any, ...]


def logged_rows(
    store: Store, table: str, names: tuple[str, ...], after: int
) -> Iterator[list[Row]]:
    """List the entries of the log about a table's rows in pieces, in order of row and entry.

    Each has the row's number, the entry's subject and new values, whether these were erased, the
    number of the row as it is now, None if there is none, and its columns of these names. Entries
    of units up to `after` are left out. A piece has all entries of its rows, read in one statement.
    """
    columns = ", ".join(f"t.{column}" for column in listed(names).split(", "))
    query = (
        f'SELECT a."row", a.subject, a.new, p.salt IS NULL, t.id, {columns} FROM audit a'
        f' LEFT JOIN proof p ON p.id = a.id LEFT JOIN {table} t ON t.id = a."row"'
        ' WHERE a.place = :place AND a."row" > :first AND a."row" <= :last AND a.unit > :after'
        ' ORDER BY a."row", a.id'
    )
    first = 0
    while first < LARGEST:
        last = _last_of_piece(store, table, first)
        yield list(store.rows(query, place=table, first=first, last=last, after=after))
        first = last


def _last_of_piece(store: Store, table: str, first: int) -> int:
    """Return the highest number of a row in the piece that begins after one."""
    found = store.row(
        'SELECT "row" FROM audit WHERE place = :place AND "row" > :first'
        f' ORDER BY "row" LIMIT 1 OFFSET {ENTRIES_AT_ONCE}',
        place=table,
        first=first,
    )
    return int(found[0]) if found else LARGEST


def rows_without_log(store: Store, table: str) -> Iterator[int]:
    """List the numbers of the rows of a table of which the log says nothing, in order."""
    rows = store.rows(
        f"SELECT id FROM {table} t WHERE NOT EXISTS"
        ' (SELECT 1 FROM audit a WHERE a.place = :place AND a."row" = t.id) ORDER BY id',
        place=table,
    )
    return (number for (number,) in rows)
