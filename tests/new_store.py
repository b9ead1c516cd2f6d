"""The script that makes a new store, written down from a store that the migrations made."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

from ap_cli.store import schema
from ap_cli.store.connection import connect

TOP = """\
-- Makes a new store as all migrations make it, at once. Generated from them: run `poe docs`.
"""

OWN_ID = "INSERT INTO store (id, uid) VALUES (1, lower(hex(randomblob(16))))"
"""Gives each new store an id: no two share one."""


def script() -> str:
    """The statements that make the tables and indexes of the newest schema, and what these hold."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ap.db"
        schema.upgrade(path)
        with closing(connect(path)) as store:
            made = [*statements(store), *contents(store), OWN_ID]
    return TOP + "".join(f"{statement};\n" for statement in made)


def statements(store: Connection) -> list[str]:
    """What makes the tables and indexes, in order of their names; the forms make the views."""
    made = store.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index', 'trigger')"
        " AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " ORDER BY type = 'index', type = 'trigger', name"
    )
    return [in_order(statement) for (statement,) in made]


def in_order(statement: str) -> str:
    """A statement with its constraints in order of their names; Alembic copies a table in any."""
    first, opened, rest = statement.partition("(\n\t")
    inner, closed, last = rest.rpartition("\n)")
    if not (opened and closed):
        return statement
    parts = sorted(inner.split(", \n\t"), key=name_of_constraint)
    return first + opened + ", \n\t".join(parts) + closed + last


def name_of_constraint(part: str) -> str:
    """The words of a constraint; nothing for a column, which stays where it is."""
    return part if part.startswith("CONSTRAINT ") else ""


def contents(store: Connection) -> list[str]:
    """What puts the rows of each table there, but for the id of the store."""
    tables = store.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name <> 'store' ORDER BY name"
    )
    return [statement for (table,) in tables.fetchall() for statement in inserts(store, table)]


def inserts(store: Connection, table: str) -> list[str]:
    """What puts the rows of a table there."""
    names = [name for _, name, *_ in store.execute(f"PRAGMA table_info({table})")]
    quoted = " || ', ' || ".join(f'quote("{name}")' for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    rows = store.execute(f"SELECT {quoted} FROM {table} ORDER BY 1")
    return [f"INSERT INTO {table} ({columns}) VALUES ({values})" for (values,) in rows]
