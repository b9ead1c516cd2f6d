"""A whole store as JSON lines, a file for each table: written row by row, and read the same again.

A row is an object of its columns. What JSON does not have is an object of one key: bytes as
`{"bytes": base64}`, and text that is not UTF-8 as `{"text": base64}`.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode, encode

from ..errors import ApError, StoreProblem
from ..forms.text import echo, name_file
from . import attachments, driver
from .archive import DAMAGED, EVIDENCE
from .connection import HEAD, connect, stored_version
from .damage import UNREADABLE
from .opening import build
from .queries.chain import unguard
from .queries.whole import (
    SEQUENCE,
    VERSION,
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
from .schema import is_known, upgrade
from .views import view_statements

CONTENTS = "store.json"
FOLDER = "tables/"
ENDING = ".jsonl"
EDITION = 1
"""The edition of the layout of these files."""

LONGEST_ROW = 64 << 20
"""The most bytes of a row; an answer has 20,000 letters at most."""

NESTED = ("details", "answers", "not_known", "old", "new")
"""The columns that hold JSON."""

DEEPEST = 1000
"""The most objects and lists in each other that SQLite reads, of whatever version."""

BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
"""What opens or closes an object or a list of JSON; what stands in quotation marks does not."""


class Contents(Struct, frozen=True):
    """What is in the file of a whole store: its schema, and how many rows each table has.

    `verified` is whether its log was as it was written when it was exported. `sha256` has the
    SHA-256 of each table and each file of evidence, by its name in the zip file.
    """

    ap_store: int
    schema: str
    verified: bool
    rows: dict[str, int]
    sha256: dict[str, str]


def read_as_stored(raw: bytes) -> str | BrokenText:
    """Return text from a store, as bytes if it is not UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return BrokenText(raw)


def part_of(table: str) -> str:
    """Return the name that the file of a table has in the zip file."""
    return f"{FOLDER}{table}{ENDING}"


def write_tables(
    database: Path, archive: ZipFile, verified: bool, evidence: Collection[str]
) -> Contents:
    """Write the rows of a store that nobody else uses into a zip file; return what is in it.

    `verified` is whether its log is as it was written; `evidence` are the names of the whole files
    of evidence that are added, which begin with their SHA-256.
    """
    counts: dict[str, int] = {}
    digests = {EVIDENCE + name: name[:64] for name in evidence}
    with closing(connect(database)) as store:
        store.text_factory = read_as_stored
        for table in tables_of(store):
            names = columns_of(store, table)
            rows = rows_of(store, table)
            with archive.open(part_of(table), "w", force_zip64=True) as out:
                counts[table], digests[part_of(table)] = _write_rows(out, names, rows)
        schema = schema_of(store)
    contents = Contents(EDITION, schema, verified, counts, digests)
    archive.writestr(CONTENTS, encode(contents))
    return contents


def _write_rows(
    out: IO[bytes], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> tuple[int, str]:
    """Write a line for each row; return how many there are, and their SHA-256."""
    number, digest = 0, sha256()
    for row in rows:
        cells = {name: as_json(value) for name, value in zip(names, row, strict=True)}
        line = encode(cells) + b"\n"
        out.write(line)
        digest.update(line)
        number += 1
    return number, digest.hexdigest()


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


def refuse_deep(name: str, value: Any) -> None:
    """Raise ValueError for JSON in a column that is nested deeper than every SQLite can read.

    An older one would keep it, and a list of many records would fail on it with a newer one.
    """
    if name not in NESTED or not isinstance(value, str):
        return
    deep = 0
    for mark in BRACKETS.findall(value):
        deep += (mark in "[{") - (mark in "]}")
        if deep > DEEPEST:
            raise ValueError("nested too deeply")


def read_contents(archive: ZipFile, file: Path) -> Contents:
    """Return what is in a zip file, each part of which is read and compared with its SHA-256.

    Raise ApError if it is no whole store, of an unknown schema, or not as it was exported, and
    StoreProblem if it is of a newer ap.
    """
    try:
        with archive.open(CONTENTS) as opened:
            contents = decode(opened.read(LONGEST_ROW), type=Contents)
    except (KeyError, DecodeError, ValidationError, *DAMAGED):
        raise ApError(
            f"{name_file(file)} is not what ap export all writes: a backup is restored with"
            " ap db restore"
        ) from None
    if contents.ap_store > EDITION or is_newer(contents.schema):
        raise StoreProblem(f"{name_file(file)} is of a newer ap: install the newer version first")
    if not is_known(contents.schema):
        raise ApError(
            f"{name_file(file)} is at a schema that no ap has had ({echo(contents.schema)}):"
            " export it again with ap export all"
        )
    refuse_changed(archive, contents, file)
    return contents


def is_newer(schema: str) -> bool:
    """Return whether a schema is one that a newer ap may have."""
    return len(schema) == len(HEAD) and schema.isdecimal() and schema > HEAD


def refuse_changed(archive: ZipFile, contents: Contents, file: Path) -> None:
    """Raise ApError if a table or a file of evidence is not as it was exported."""
    written = contents.sha256
    there = {name for name in archive.namelist() if name.startswith((FOLDER, EVIDENCE))}
    there = {name for name in there if not name.endswith("/")}  # folders, if it was packed again
    named = written.keys() | {part_of(table) for table in contents.rows}
    if lost := named - there:
        raise changed(file, f"{echo(min(lost), 90)} is missing")
    if added := there - written.keys():
        raise changed(file, f"{echo(min(added), 90)} was added")
    for name in sorted(there):
        if digest_of(archive, name) != written[name]:
            raise changed(file, f"{echo(name, 90)} is not as it was")
        evidence = name.removeprefix(EVIDENCE)
        if evidence != name and not is_evidence(evidence, written[name]):
            raise changed(file, f"{echo(name, 90)} is not the file of evidence that it says")


def is_evidence(name: str, digest: str) -> bool:
    """Return whether a file of evidence has the name that its SHA-256 gives it."""
    return bool(attachments.NAME.fullmatch(name)) and name[:64] == digest


def digest_of(archive: ZipFile, name: str) -> str | None:
    """Return the SHA-256 of a file in a zip file; None if it cannot be unpacked."""
    from hashlib import file_digest

    try:
        with archive.open(name) as opened:
            return file_digest(opened, sha256).hexdigest()  # type: ignore[arg-type]
    except DAMAGED:
        return None


def changed(file: Path, what: str) -> ApError:
    """Return the error for a file that somebody or something changed, which is not imported."""
    return ApError(
        f"{name_file(file)} was changed after it was exported: {what}. Nothing is imported:"
        " use the file as it was, or export it again"
    )


def make_store(archive: ZipFile, contents: Contents, file: Path, target: Path) -> None:
    """Make a store in an empty file of the rows in a zip file, at the newest schema.

    Raise ApError if a row is damaged or missing, or the store cannot be upgraded.
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
        try:
            upgrade(target)
        except (StoreProblem, *UNREADABLE):
            raise ApError(
                f"{name_file(file)} cannot be upgraded: its records do not fit its schema"
                f" ({contents.schema}), or the disk is full. Nothing is imported"
            ) from None


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
    if stored_version(store) != contents.schema:
        raise damaged(file, f"the table {VERSION}")
    if has_lost_reference(store):
        raise damaged(file, "a record that others name")


def _sequence_last(table: str) -> tuple[bool, str]:
    """Return the sort key of a table: what SQLite counts comes after what it counts."""
    return table == SEQUENCE, table


def damaged(file: Path, what: str) -> ApError:
    """Return the error for a file in which something cannot be: another program wrote it."""
    return ApError(
        f"{name_file(file)} is damaged: {what} is not as ap writes it. Nothing is imported:"
        " export it again"
    )


def _read_rows(
    archive: ZipFile, file: Path, store: driver.Connection, table: str, expected: int
) -> None:
    """Insert the rows of a table; raise ApError if they are not those that were written."""
    names = columns_of(store, table)
    if table == SEQUENCE:  # the inserts have counted already
        clear(store, table)
    number = 0
    try:
        with archive.open(part_of(table)) as opened:
            for row in _rows(opened):
                if row.keys() != set(names):
                    raise ValueError("other columns")
                values = {name: from_json(row[name]) for name in names}
                for name, value in values.items():
                    refuse_deep(name, value)
                insert_row(store, table, values)
                number += 1
    except (OverflowError, driver.IntegrityError, driver.DataError, *UNREADABLE):
        raise damaged(file, f"row {number + 1} of {table}") from None
    if number != expected:
        raise damaged(file, table)


def _rows(opened: IO[bytes]) -> Iterator[Mapping[str, Any]]:
    """List the rows in a file of JSON lines; raise ValueError for one that is too long."""
    while line := opened.readline(LONGEST_ROW):
        if not line.endswith(b"\n"):
            raise ValueError("a row that is cut short, or too long")
        yield decode(line, type=dict[str, Any])
