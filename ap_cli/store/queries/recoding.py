"""Copy all of a database into another one, which is encrypted otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import driver

OTHER = "other"
"""What statements call the new database."""

OWN = "name NOT LIKE 'sqlite@_%' ESCAPE '@'"
"""What is true of the names that are not the database's own."""


def attach(old: driver.Connection, file: str, key: str) -> None:
    """Let statements reach a new database, by the key as the driver spells it: empty for none."""
    old.execute(f"ATTACH DATABASE :file AS {OTHER} KEY :key", {"file": file, "key": key})
    old.execute(f"PRAGMA {OTHER}.journal_mode = OFF")  # it is written again if it is not whole
    old.execute(f"PRAGMA {OTHER}.synchronous = OFF")


def export(old: driver.Connection) -> None:
    """Copy tables, views, indexes, triggers and rows, whatever value is in them."""
    old.execute("PRAGMA ignore_check_constraints = 1")
    try:
        old.execute(f"SELECT sqlcipher_export('{OTHER}')")
    finally:
        old.execute("PRAGMA ignore_check_constraints = 0")


def detach(old: driver.Connection) -> None:
    """Close the new database."""
    old.execute(f"DETACH DATABASE {OTHER}")


def copy_all(old: driver.Connection, new: driver.Connection) -> None:
    """Copy tables, rows, views, indexes and triggers into an empty database of another driver."""
    new.execute("PRAGMA foreign_keys = 0")
    new.execute("PRAGMA ignore_check_constraints = 1")
    new.execute("BEGIN")
    made = f"SELECT sql FROM sqlite_master WHERE sql NOT NULL AND {OWN}"
    for (statement,) in old.execute(f"{made} AND type = 'table'").fetchall():
        new.execute(statement)
    for table in _tables_with_rows(old):
        _copy_rows(old, new, table)
    for (statement,) in old.execute(f"{made} AND type <> 'table'").fetchall():
        new.execute(statement)
    (version,) = old.execute("PRAGMA user_version").fetchone()
    new.execute(f"PRAGMA user_version = {int(version)}")
    new.execute("COMMIT")


def _tables_with_rows(old: driver.Connection) -> Iterator[str]:
    """List the tables, and the one in which the database keeps the last number of each."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        f" AND ({OWN} OR name = 'sqlite_sequence')"
    )
    return (str(name) for (name,) in old.execute(query).fetchall())


class _Text(bytes):
    """The bytes of a text, which may not be UTF-8."""


def _copy_rows(old: driver.Connection, new: driver.Connection, table: str) -> None:
    """Copy the rows of a table; text goes as bytes, as it may not be UTF-8."""
    columns = [_quoted(row[1]) for row in old.execute(f"PRAGMA table_info({_quoted(table)})")]
    values = ", ".join(
        f"CASE ?{at} WHEN 1 THEN CAST(?{at + 1} AS TEXT) ELSE ?{at + 1} END"
        for at in range(1, 2 * len(columns), 2)
    )
    named = ", ".join(columns)
    new.execute(f"DELETE FROM {_quoted(table)}")  # the last numbers may be there by now
    old.text_factory = _Text
    rows = old.execute(f"SELECT {named} FROM {_quoted(table)}")
    new.executemany(
        f"INSERT INTO {_quoted(table)} ({named}) VALUES ({values})", map(_with_kinds, rows)
    )
    old.text_factory = str


def _with_kinds(row: tuple[Any, ...]) -> list[Any]:
    """Return the values of a row, each after whether it is text."""
    return [part for value in row for part in (isinstance(value, _Text), value)]


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
