"""Export a whole store to one file of JSON lines and attachments, and import one into no other."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from shutil import copyfileobj
from zipfile import BadZipFile, ZipFile

from msgspec import Struct

from ..errors import ApError
from ..forms.text import name_file, shortened
from ..store import attachments
from ..store.address import Address
from ..store.advice import find_damage
from ..store.archive import (
    EVIDENCE,
    READ_ME,
    add_unsealed,
    list_evidence,
    open_archive,
    unpack_evidence,
    write_zip,
)
from ..store.backup import copy_store
from ..store.connection import DATABASE_ERRORS, begin_like, begin_with_key, connect, told
from ..store.disk import PART, make_folder, unique_beside
from ..store.keys import find_key
from ..store.opening import Store, open_read_only, open_store
from ..store.queries.whole import count_rows
from ..store.restoring import LEFTOVERS, replace_store
from ..store.soundness import kept
from ..store.verifying import verify
from ..store.whole import Contents, make_store, read_contents, write_tables
from .backups import file_of_backup, open_to_copy
from .doctor import check_records
from .moving import EMPTY, copy_there, fill_file, in_silence, whole_files

INSTRUCTIONS = """These are all records of ap. They hold personal data of children.

To have them in a new store:  ap --db NEW.db import {name} all

tables has a file of JSON lines for each table, attachments the files of evidence.
"""

CHAIN = "chain"
"""The table that chains the log; old stores have none."""


class Whole(Struct, frozen=True):
    """What was exported or imported, or would be: rows by table, and how many files of evidence.

    `left_out` names the records whose file of evidence is missing or altered. `verified` is whether
    the log is as it was written. `unreadable` says of each record that cannot be read why.
    `of_encrypted` is whether what was exported is an encrypted store: the file is not.
    """

    file: Path
    rows: dict[str, int]
    evidence: int
    verified: bool
    left_out: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    of_encrypted: bool = False


def export_all(address: Address, file: Path, dry_run: bool = False) -> Whole:
    """Export a whole store to a new zip file that only its owner can read.

    Raise ApError if there is a file of its name, and StoreProblem if the store is damaged or the
    file cannot be written. With `dry_run` nothing is written.
    """
    target = file_of_backup(file)
    with closing(open_to_copy(address)) as store:
        names, left_out = whole_files(store)
        rows = count_rows(store.connection)
        # the log of an old store is chained when it is upgraded
        verified = CHAIN not in rows or verify(store).problem is None
        if dry_run:
            return Whole(target, rows, len(names), verified, left_out)
        copy = unique_beside(target, PART)
        try:
            if address.server:
                fill_file(store, copy, in_silence)
            else:
                copy_store(store.connection, address, copy)
            contents = _write(store, copy, names, target, verified)
        finally:
            copy.unlink(missing_ok=True)
    encrypted = address.is_encrypted
    return Whole(target, contents.rows, len(names), verified, left_out, of_encrypted=encrypted)


def _write(
    store: Store, copy: Path, names: Sequence[str], target: Path, verified: bool
) -> Contents:
    made: list[Contents] = []

    def fill(archive: ZipFile) -> None:
        archive.writestr(READ_ME, INSTRUCTIONS.format(name=target.name))
        made.append(write_tables(copy, archive, verified, names))
        if store.address.server:
            add_evidence_of_server(archive, store, names)
        else:
            add_unsealed(archive, [store.address.attachments / name for name in names])

    write_zip(target, fill)
    return made[0]


def add_evidence_of_server(archive: ZipFile, store: Store, names: Sequence[str]) -> None:
    """Add files of evidence that are in the database of a server to a zip file."""
    from ..store.attached import open_there

    for name in names:
        with open_there(store, name) as file, archive.open(EVIDENCE + name, "w") as out:
            copyfileobj(file, out)


def import_all(address: Address, file: Path, today: date, dry_run: bool = False) -> Whole:
    """Import a whole store where there is none, or none with a record in it.

    The file is read and checked whole before anything is kept. Raise ApError if the store has
    records or the file is not as `export_all` wrote it, StoreProblem if it is of a newer ap or the
    store cannot be written.
    """
    refuse_records(address)
    beside = file.absolute() if address.server else address.path
    copy = unique_beside(beside, PART)
    try:
        with open_archive(file) as archive:
            contents = read_contents(archive, file)
            make_folder(beside.parent)
            if address.server:
                begin_with_key(copy, None)
            else:
                begin_like(address.path, copy)
            make_store(archive, contents, file, copy)
        verified, unreadable = check_copy(copy, file, address, contents, today)
        names = list_evidence(file)
        if not dry_run:
            keep_all(copy, address, file, names)
        return Whole(file, contents.rows, len(names), verified, unreadable=unreadable)
    except BadZipFile:
        raise ApError(f"{name_file(file)} is not what ap export all writes: a zip file") from None
    except (OSError, *DATABASE_ERRORS) as problem:
        raise told(problem, beside.parent if copy.exists() else file) from None
    finally:
        for ending in ("", *LEFTOVERS):
            with suppress(OSError):
                copy.with_name(copy.name + ending).unlink(missing_ok=True)


def refuse_records(address: Address) -> None:
    """Raise ApError if there is a store that has a record in it, or a change in its log."""
    store = open_read_only(address)
    if store is None:
        return
    with closing(store):
        rows = count_rows(store.connection)
    if "alembic_version" not in rows:
        raise ApError(f"{address} is not an ap file but another database: name another with --db")
    if any(number for table, number in rows.items() if table not in EMPTY):
        raise ApError(
            f"{address} has records already: all of a store goes into one without any, so name a"
            " new one with --db"
        )


def check_copy(
    copy: Path, file: Path, address: Address, contents: Contents, today: date
) -> tuple[bool, tuple[str, ...]]:
    """Check a store that was made of a file; return whether its log is as it was written.

    With it, say of each record that cannot be read why. Raise ApError if the store is damaged, or
    the log was altered since it was exported.
    """
    with closing(Store(connect(copy), address)) as store:
        found = find_damage(store.connection, quick=False)
        altered = verify(store).problem
        unreadable = list_unreadable(store, today)
    wrong = found or (altered if contents.verified else None)
    if wrong is not None:
        raise ApError(f"{name_file(file)} is damaged: {shortened(wrong, 200)}")
    return altered is None, unreadable


def list_unreadable(store: Store, today: date) -> tuple[str, ...]:
    """Say of each record that cannot be read why, as `ap db check` does."""
    found = check_records(store, today)
    return () if found.ok else tuple(found.details.get("unreadable") or [found.says])


def keep_all(copy: Path, address: Address, file: Path, names: set[str]) -> None:
    """Keep a checked store where there is none with a record in it, and its files of evidence."""
    if not address.server:
        keep_evidence(address, file, names)
        replace_store(copy, address)
        return
    from ..store.attached import put_there

    with closing(open_store(address)) as store, ZipFile(file) as archive:
        for name in sorted(names):
            with kept(store), archive.open(EVIDENCE + name) as member:
                put_there(store, name, member)
    with closing(Store(connect(copy), Address(copy))) as source:
        copy_there(source, address, in_silence)


def keep_evidence(address: Address, file: Path, names: set[str]) -> None:
    """Put the files of evidence of a file among the attachments; raise ApError if altered."""
    make_folder(address.attachments)
    key = find_key(address.path)
    for name in sorted(names):
        target = address.attachments / name
        if not attachments.is_whole(target) and not unpack_evidence(file, name, target, key):
            raise ApError(f"{name_file(file)} is damaged: a file of evidence in it was altered")
