"""Move a store between a file and a server: copy it whole, and compare both row by row."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from ..domain.roles import Role
from ..errors import ApError, StoreProblem
from ..store import attachments, evidence
from ..store.address import Address
from ..store.connection import DATABASE_ERRORS, HEAD, connect, told, wrong_version
from ..store.copying import Along, Row, compare_rows, copy_rows
from ..store.disk import PART, create_private, make_folder, put_whole, unique_beside
from ..store.evidence import files_by_entry, files_in_log
from ..store.inspecting import find_version
from ..store.opening import Store, build, open_store
from ..store.patience import begin
from ..store.queries.whole import clear, count_rows
from ..store.restoring import LEFTOVERS
from ..store.verifying import verify
from .backups import open_to_copy

EMPTY = ("alembic_version", "store", "sqlite_sequence", "counter", "seen")
"""Tables that have rows in a store without records."""


class Copied(Struct, frozen=True):
    """A store that was copied: from where and to where, its rows by table, its files of evidence.

    `left_out` names the records whose file of evidence is missing or altered. `verified` is whether
    the log is as it was written.
    """

    source: Address
    target: Address
    rows: dict[str, int]
    evidence: int
    left_out: tuple[str, ...]
    verified: bool


def copy_whole_store(source: Address, target: Address, along: Along) -> Copied:
    """Copy a store to a server, or from one to a new file; the store itself stays as it is.

    The copy is compared row by row before it is kept: whoever stops this half-way has the store,
    and no copy. Raise ApError if the target holds anything, or both are files, and StoreProblem if
    something cannot be copied.
    """
    refuse_two_files(source, target)
    with closing(open_to_copy(source)) as store:
        version = find_version(store)
        if version != HEAD:
            raise wrong_version(version, source)
        try:
            if target.server:
                return copy_there(store, target, along)
            return _copy_to_file(store, target, along)
        except (*DATABASE_ERRORS, OSError) as problem:
            raise told(problem, target) from None


def in_silence(rows: Iterable[Row], _: str, __: int) -> Iterator[Row]:
    """Pass on rows, and show no progress."""
    return iter(rows)


def refuse_two_files(source: Address, target: Address) -> None:
    """Raise ApError unless a store is copied to a server or from one."""
    if source.server or target.server:
        return
    raise ApError(
        "this copies a store to a server, or from one to a file: to copy a file, type `ap db backup"
        " FILE`"
    )


def copy_there(store: Store, target: Address, along: Along) -> Copied:
    """Copy a store into a database on a server, in one transaction."""
    with closing(open_store(target)) as copy, in_one(copy):
        copy.refuse_unless(Role.ADMINISTRATOR)
        refuse_records(copy)
        for table in ("counter", "store", "seen"):
            clear(copy.connection, table)
        with store.broken_text_as_bytes():
            rows = copy_rows(store, copy, along)
            compare_rows(store, copy, along)
        names, left_out = whole_files(store)
        for name in names:
            give_file(store, copy, name)
        report = verify(copy)
    return Copied(store.address, target, rows, len(names), left_out, report.problem is None)


@contextmanager
def in_one(store: Store) -> Iterator[None]:
    """Keep what the block writes to a server, or nothing of it if it raises."""
    from ..store.queries.chain import guard, keep_names, unguard

    begin(store.connection)
    try:
        unguard(store.connection)
        keep_names(store.connection)
        yield
        guard(store.connection)
        store.connection.execute("COMMIT")
    except BaseException:
        with suppress(*DATABASE_ERRORS):
            store.connection.execute("ROLLBACK")
        raise


def refuse_records(store: Store) -> None:
    """Raise ApError if a store has a record in it, or a change in its log."""
    rows = count_rows(store.connection)
    if any(number for table, number in rows.items() if table not in EMPTY):
        raise ApError(
            f"{store.address} has records already, or changes in its log: name an empty database"
        )


def _copy_to_file(store: Store, target: Address, along: Along) -> Copied:
    """Copy a store into a new file, which gets its name once it is whole."""
    if target.path.exists():
        raise ApError(f"{target} is there already: name a new file")
    beside = unique_beside(target.path, PART)
    make_folder(target.path.parent)
    try:
        rows = fill_file(store, beside, along)
        names, left_out = whole_files(store)
        for name in names:
            take_file(store, name, target.attachments)
        with closing(Store(connect(beside), target)) as copy:
            report = verify(copy)
        if target.path.exists():
            raise ApError(f"{target} is there already: name a new file")
        put_whole(beside, target.path)
    finally:
        for ending in ("", *LEFTOVERS):
            with suppress(OSError):
                beside.with_name(beside.name + ending).unlink(missing_ok=True)
    return Copied(store.address, target, rows, len(names), left_out, report.problem is None)


def fill_file(store: Store, file: Path, along: Along) -> dict[str, int]:
    """Make a new file with every row of a store, compared with it; return how many by table."""
    os.close(create_private(file))
    build(file)
    with closing(Store(connect(file), Address(file))) as copy:
        begin(copy.connection)
        clear(copy.connection, "store")
        rows = copy_rows(store, copy, along)
        compare_rows(store, copy, along)
        copy.connection.execute("COMMIT")
    return rows


def whole_files(store: Store) -> tuple[list[str], tuple[str, ...]]:
    """List the files of evidence that are whole, and the records of which one is not."""
    users = files_by_entry(store)
    names = {*users, *files_in_log(store)}
    whole = {name for name in names if evidence.is_whole(store, name)}
    left_out = {ref for name in users.keys() - whole for ref in users[name]}
    return sorted(whole), tuple(sorted(left_out))


def give_file(store: Store, copy: Store, name: str) -> None:
    """Put a file of evidence into the database of a server; raise StoreProblem if it changed."""
    from ..store.attached import give_there, is_whole_there

    give_there(store, copy, name)
    if not is_whole_there(copy, name):
        raise StoreProblem("a file of evidence changed while it was copied: copy again")


def take_file(store: Store, name: str, folder: Path) -> None:
    """Write a file of evidence from a server to a folder, if it is not there yet."""
    from ..store.attached import open_there

    make_folder(folder)
    if not attachments.is_whole(folder / name):
        with open_there(store, name) as file:
            attachments.write_whole(file, folder / name)
