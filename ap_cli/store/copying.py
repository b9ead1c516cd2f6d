"""Copy every row of a store into another, between a file and a server, and compare the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from ..errors import StoreProblem
from . import driver
from .declared import TABLES
from .dialect import is_server
from .opening import Store
from .queries.whole import count_of, every_row, insert_rows

Row = tuple[Any, ...]

Along = Callable[[Iterable[Row], str, int], Iterator[Row]]
"""A function that passes on so many rows of a table and shows progress meanwhile."""


class NotCopied(StoreProblem):
    """A row that another database cannot hold, or that is not there as it was."""


@cache
def in_order() -> tuple[str, ...]:
    """List the tables of a store so that each comes after those that its rows name."""
    found: list[str] = []
    left = dict(TABLES)
    while left:
        ready = [
            table
            for table, columns in left.items()
            if all(_table_of(column.refers) in (None, table, *found) for column in columns)
            and not (table == "placement" and "site" not in found)
        ]
        found += ready
        for table in ready:
            del left[table]
    return tuple(found)


def _table_of(refers: str | None) -> str | None:
    return refers.partition(".")[0] if refers else None


def columns_of(table: str) -> tuple[str, ...]:
    """List the columns of a table, its number first."""
    return ("id", *(column.name for column in TABLES[table]))


def copy_rows(source: Store, target: Store, along: Along) -> dict[str, int]:
    """Put every row of a store into an empty one, in a transaction; return how many by table.

    Raise NotCopied, with table and number, for a row that the other database cannot hold.
    """
    counts = {}
    for table in in_order():
        counts[table] = number = count_of(source.connection, table)
        rows = along(rows_of(source, table), f"copying {table}", number)
        try:
            insert_rows(target.connection, table, columns_of(table), _checked(target, table, rows))
        except driver.IntegrityError as problem:
            raise NotCopied(
                f"{table} cannot be copied: the other database refuses a row of it ({problem})"
            ) from None
        except driver.DataError:
            raise _not_copied(table, None) from None
    return counts


def rows_of(store: Store, table: str) -> Iterator[Row]:
    """List the rows of a table in order of their numbers, with yes and no as they are declared."""
    bools = [place for place, column in enumerate(TABLES[table], start=1) if column.type is bool]
    for row in every_row(store.connection, table, columns_of(table)):
        if not bools:
            yield row
            continue
        changed = list(row)
        for place in bools:
            if changed[place] in (0, 1):
                changed[place] = bool(changed[place])
        yield tuple(changed)


def _checked(target: Store, table: str, rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """List rows by column; raise NotCopied for a value of another type, which a server refuses."""
    names = columns_of(table)
    kinds = [int, *(column.type for column in TABLES[table])]
    strict = is_server(target.connection)
    for row in rows:
        if strict and not all(map(_fits, kinds, row)):
            raise _not_copied(table, row[0])
        yield dict(zip(names, row, strict=True))


def _fits(kind: type, value: Any) -> bool:
    """Return whether a server can keep a value in a column of a type; days are text."""
    if value is None:
        return True
    if kind in (int, bool, bytes):
        return type(value) is kind
    return type(value) is str and "\0" not in value


def _not_copied(table: str, id: Any) -> NotCopied:
    which = f"number {id} of {table}" if id is not None else f"a row of {table}"
    return NotCopied(
        f"{which} holds a value that a server cannot keep: `ap check --rule AP906` names the"
        " records to correct; correct them, and copy again"
    )


def compare_rows(source: Store, target: Store, along: Along) -> None:
    """Compare two stores row by row; raise NotCopied for the first that is not the same."""
    for table in in_order():
        number = count_of(source.connection, table)
        copied = rows_of(target, table)
        for row in along(rows_of(source, table), f"comparing {table}", number):
            if next(copied, None) != row:
                raise NotCopied(
                    f"number {row[0]} of {table} is not in the copy as it was: nothing was kept"
                )
        if next(copied, None) is not None:
            raise NotCopied(f"the copy has more in {table} than the store: nothing was kept")
