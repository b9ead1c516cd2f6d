"""A whole store as JSON lines, a file for each table: written row by row, and read the same again.

A row is an object of its columns. What JSON does not have is an object of one key: bytes as
`{"bytes": base64}`, and text that is not UTF-8 as `{"text": base64}`.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode, encode

from ..errors import ApError, StoreProblem
from ..forms.text import echo, name_file
from . import driver
from .connection import HEAD, connect
from .opening import build
from .queries.chain import unguard
from .queries.whole import (
    SEQUENCE,
    BrokenText,
    clear,
    columns_of,
    drop_view,
    has_lost_reference,
    insert_row,
    rows_of,
    schema_of,
    tables_of,
    triggers_of,
)
from .schema import upgrade
from .views import view_statements

CONTENTS = "store.json"
FOLDER = "tables/"
ENDING = ".jsonl"
EDITION = 1
"""The edition of the layout of these files."""

LONGEST_ROW = 64 << 20
"""The most bytes of a row; an answer has 20,000 letters at most."""


class Contents(Struct, frozen=True):
    """What is in the file of a whole store: its schema, and how many rows each table has.

    `verified` is whether its log was as it was written when it was exported.
    """

    ap_store: int
    schema: str
    verified: bool
    rows: dict[str, int]


def read_as_stored(raw: bytes) -> str | BrokenText:
    """Return text from a store, as bytes if it is not UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return BrokenText(raw)


def write_tables(database: Path, archive: ZipFile, verified: bool) -> Contents:
    """Write the rows of a store that nobody else uses into a zip file; return what is in it.

    `verified` is whether its log is as it was written.
    """
    counts: dict[str, int] = {}
    with closing(connect(database)) as store:
        store.text_factory = read_as_stored
        for table in tables_of(store):
            names = columns_of(store, table)
            rows = rows_of(store, table)
            with archive.open(f"{FOLDER}{table}{ENDING}", "w", force_zip64=True) as out:
                counts[table] = _write_rows(out, names, rows)
        schema = schema_of(store)
    contents = Contents(EDITION, schema, verified, counts)
    archive.writestr(CONTENTS, encode(contents))
    return contents


def _write_rows(out: IO[bytes], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    number = 0
    for row in rows:
        cells = {name: as_json(value) for name, value in zip(names, row, strict=True)}
        out.write(encode(cells) + b"\n")
        number += 1
    return number


def as_json(value: Any) -> Any:
    """Return a value of a column as JSON has it."""
    if isinstance(value, BrokenText):
        return {"text": b64encode(value).decode()}
    return {"bytes": b64encode(value).decode()} if isinstance(value, bytes) else value


def from_json(value: Any) -> Any:
    """Return a value of a column from JSON; raise ValueError if it is none."""
    if not isinstance(value, dict):
        if isinstance(value, list | bool):
            raise ValueError("no value of a column")
        return value
    ((kind, text),) = value.items()
    raw = b64decode(text, validate=True)
    if kind not in ("bytes", "text"):
        raise ValueError("no value of a column")
    return BrokenText(raw) if kind == "text" else raw


def read_contents(archive: ZipFile, file: Path) -> Contents:
    """Return what is in a zip file; raise ApError if it is no whole store, or of a newer ap."""
    try:
        with archive.open(CONTENTS) as opened:
            contents = decode(opened.read(LONGEST_ROW), type=Contents)
    except (KeyError, DecodeError, ValidationError):
        raise ApError(
            f"{name_file(file)} is not what ap export all writes: a backup is restored with"
            " ap db restore"
        ) from None
    if contents.schema > HEAD or contents.ap_store > EDITION:
        raise StoreProblem(f"{name_file(file)} is of a newer ap: install the newer version first")
    return contents


def make_store(archive: ZipFile, contents: Contents, file: Path, target: Path) -> None:
    """Make a store in an empty file of the rows in a zip file, at the newest schema.

    Raise StoreProblem if a row is damaged or missing.
    """
    if contents.schema == HEAD:
        build(target)
    else:
        upgrade(target, contents.schema)
    with closing(connect(target, foreign_keys=False)) as store:
        guards = triggers_of(store)  # old stores have none
        store.execute("BEGIN IMMEDIATE")
        unguard(store)
        _fill(archive, contents, file, store)
        for statement in guards:
            store.execute(statement)
        if contents.schema != HEAD:  # its views are of the newest schema, and would stop the next
            for view in view_statements():
                drop_view(store, view)
        store.execute("COMMIT")
    if contents.schema != HEAD:
        upgrade(target)


def _fill(archive: ZipFile, contents: Contents, file: Path, store: driver.Connection) -> None:
    """Put the rows of a zip file in the place of all that a store has."""
    there = tables_of(store)
    for table in there:
        clear(store, table)
    unknown = contents.rows.keys() - set(there)
    if unknown:
        raise damaged(file, f"the table {echo(min(unknown))}")
    for table in sorted(there, key=_sequence_last):
        if table in contents.rows:
            _read_rows(archive, file, store, table, contents.rows[table])
    if has_lost_reference(store):
        raise damaged(file, "a record that others name")


def _sequence_last(table: str) -> tuple[bool, str]:
    """Return the sort key of a table: what SQLite counts comes after what it counts."""
    return table == SEQUENCE, table


def damaged(file: Path, what: str) -> StoreProblem:
    """Return the error for a file of which something is missing or altered."""
    return StoreProblem(f"{name_file(file)} is damaged: {what} is not as it was written")


def _read_rows(
    archive: ZipFile, file: Path, store: driver.Connection, table: str, expected: int
) -> None:
    """Insert the rows of a table; raise StoreProblem if they are not those that were written."""
    names = columns_of(store, table)
    if table == SEQUENCE:  # the inserts have counted already
        clear(store, table)
    number = 0
    try:
        with archive.open(f"{FOLDER}{table}{ENDING}") as opened:
            for row in _rows(opened):
                if row.keys() != set(names):
                    raise ValueError("other columns")
                insert_row(store, table, {name: from_json(row[name]) for name in names})
                number += 1
    except (KeyError, ValueError, TypeError, DecodeError, driver.IntegrityError):
        raise damaged(file, f"row {number + 1} of {table}") from None
    if number != expected:
        raise damaged(file, table)


def _rows(opened: IO[bytes]) -> Iterator[Mapping[str, Any]]:
    """List the rows in a file of JSON lines; raise ValueError for one that is too long."""
    while line := opened.readline(LONGEST_ROW):
        if not line.endswith(b"\n"):
            raise ValueError("a row that is cut short, or too long")
        yield decode(line, type=dict[str, Any])
