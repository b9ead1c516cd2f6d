"""The parts of statements that are SQLite's own, and what each means; all else is portable.

Each function takes expressions of SQL and returns one. `server.sql` gives a PostgreSQL server the
functions that they call. What a database says of its tables is asked in words of its own: those
statements are a `Catalogue`.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ..forms.form import FIRST_YEAR, LAST_YEAR


class Catalogue(Struct, frozen=True):
    """Statements that ask a database what it holds.

    `has_version` counts the tables that hold the schema's number. `views` lists the name of each
    view with the statement that made it, `tables` the names of tables, and `columns` the names of
    the columns of `:table`.
    """

    has_version: str
    views: str
    tables: str
    columns: str


FILE = Catalogue(
    has_version="SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'",
    views="SELECT name, sql FROM sqlite_master WHERE type = 'view'",
    tables="SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
    columns="SELECT name FROM pragma_table_info(:table)",
)
"""What a SQLite file is asked."""

HERE = "relnamespace = current_schema()::regnamespace"

SERVER = Catalogue(
    has_version=f"SELECT count(*) FROM pg_class WHERE relname = 'alembic_version' AND {HERE}",
    views="SELECT relname, obj_description(oid, 'pg_class') FROM pg_class"
    f" WHERE relkind = 'v' AND {HERE}",
    tables=f"SELECT relname FROM pg_class WHERE relkind = 'r' AND {HERE}"
    ' ORDER BY relname COLLATE "C"',
    columns="SELECT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
    f" WHERE relname = :table AND {HERE} AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
)
"""What a PostgreSQL server is asked; a view's statement is the comment that ap gave it."""


def catalogue(connection: Any) -> Catalogue:
    """Return what a database is asked about what it holds."""
    return SERVER if is_server(connection) else FILE


def is_server(connection: Any) -> bool:
    """Return whether a connection is one to a server."""
    return getattr(connection, "is_server", False)


def make_guard(connection: Any, name: str, event: str, table: str) -> str:
    """The statement that makes a trigger which refuses to change or delete rows of a table."""
    if is_server(connection):
        return (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'the log of a store is never changed'); END"
    )


def drop_guard(connection: Any, name: str, table: str) -> str:
    """The statement that drops such a trigger."""
    on = f" ON {table}" if is_server(connection) else ""
    return f"DROP TRIGGER IF EXISTS {name}{on}"


def answer(name: str, details: str = "e.details") -> str:
    """The answer of this name in an entry's details: its text or number, NULL if there is none."""
    return f"{details} ->> '{name}'"


def is_no(name: str) -> str:
    """Whether the answer of this name in an entry's details is no."""
    return f"json_type(e.details, '$.{name}') = 'false'"


def is_json(column: str) -> str:
    """Whether a column holds JSON."""
    return f"json_valid({column})"


def value_at(column: str, key: str) -> str:
    """The value in a column's JSON object at a key, an expression; NULL if there is none."""
    return f"json_extract({column}, '$.' || {key})"


def is_text_at(column: str, key: str) -> str:
    """Whether the value in a column's JSON object at a key, an expression, is text."""
    return f"json_type({column}, '$.' || {key}) = 'text'"


def items(column: str) -> str:
    """A table of the items of a column's JSON list, as `value`; empty if it holds none."""
    return f"json_each(CASE WHEN {is_json(column)} THEN {column} ELSE '[]' END)"


def is_whole_number(column: str) -> str:
    """Whether a column holds a whole number, as it must."""
    return f"typeof({column}) = 'integer'"


def is_no_day(column: str) -> str:
    """Whether a column holds something that is no day of the calendar that a record can have."""
    years = f"{column} < '{FIRST_YEAR}-01-01' OR {column} > '{LAST_YEAR}-12-31'"
    moved = f"date({column}, '+0 days')"  # 30 February is 2 March after it
    return f"(coalesce({moved} <> {column}, {column} IS NOT NULL) OR {years})"


def day_before(day: str) -> str:
    """The day before another."""
    return f"date({day}, '-1 day')"


def earlier_of(first: str, second: str) -> str:
    """The earlier of two days, neither of which is NULL."""
    return f"min({first}, {second})"


def joined(values: str) -> str:
    """The values of all rows with commas between them, NULL left out."""
    return f"group_concat({values})"


def in_quotes(text: str) -> str:
    """A text in quotation marks, or whatever else is there so that it can be read."""
    return f"quote({text})"
