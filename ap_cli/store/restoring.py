"""Restore a store from a backup: the backup is checked first, and what it replaces is kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ApError, StoreProblem
from ..forms.text import echo
from . import driver
from .address import Address
from .advice import STAMP, find_damage
from .author import Author
from .backup import Damaged, back_up, copy_files
from .connection import DATABASE_ERRORS, HEAD, connect, stored_version, told
from .disk import PART, create_private, make_folder, put_whole, sync_file, unique_beside
from .key import Key
from .keys import find_key, name_in
from .leftover import sweep_copies
from .opening import Store
from .patience import begin

if TYPE_CHECKING:
    from .tombstones import Tombstone

NO_DATABASE = "it is no database"
"""What is said of a backup in which there is something else."""

LEFTOVERS = ("-journal", "-wal", "-shm")
"""How the names of files end in which SQLite keeps what is not finished."""


@contextmanager
def unpacked(file: Path, address: Address) -> Iterator[Path]:
    """Copy the store in a backup beside the store it is for, check it, and upgrade the copy.

    The copy is gone after the block. Raise ApError if there is no such file, and StoreProblem if it
    is no backup, is damaged, or is of a newer ap.
    """
    if not file.is_file():
        raise ApError(
            f"there is no file {echo(file, 200)}: `ap db backups` lists those that ap keeps"
        )
    sweep_copies(address.path)
    copy = unique_beside(address.path, PART)
    try:
        make_folder(copy.parent)
        os.close(create_private(copy))
        _unpack(file, copy, find_key(address.path) if address.is_encrypted else None)
        _check(file, copy)
        _match(copy, address)
        yield copy
    except OSError as problem:
        raise told(problem, copy.parent) from None
    finally:
        for ending in ("", *LEFTOVERS):
            with suppress(OSError):
                copy.with_name(copy.name + ending).unlink(missing_ok=True)


@contextmanager
def without_zip(file: Path, address: Address) -> Iterator[Path]:
    """Return the database that a backup is, or a copy of the one in its zip file if encrypted.

    The copy stands beside the store. Raise StoreProblem if there is none in it.
    """
    from . import archive

    if not (archive.is_archive(file) and archive.has_encrypted_store(file)):
        yield file
        return
    copy = unique_beside(address.path, PART)
    try:
        make_folder(copy.parent)
        os.close(create_private(copy))
        archive.unpack_store(file, copy)
        yield copy
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)


def _unpack(file: Path, copy: Path, key: Key | None) -> None:
    """Write the store in a backup, which is a zip file or a store itself, to a file.

    A plain one is encrypted as it is written if there is a key, which is that of the store that it
    is for: nothing of it is on the disk in plain.
    """
    from . import archive

    if archive.is_archive(file):
        if key is not None and not archive.has_encrypted_store(file):
            _unpack_encrypted(file, copy, key)
        else:
            archive.unpack_store(file, copy)
        return
    try:
        if key is not None and name_in(file) is None:
            _copy_encrypted(file, copy, key)
            return
        with (
            closing(driver.connect_read_only(file)) as source,
            closing(driver.connect_like(source, copy)) as target,
        ):
            source.backup(target)
    except (*DATABASE_ERRORS, UnicodeDecodeError):
        raise StoreProblem(
            f"{file} is no backup of ap, or is damaged: `ap db backups` lists those that ap keeps"
        ) from None


def _unpack_encrypted(file: Path, copy: Path, key: Key) -> None:
    """Write the plain store in a zip file to an encrypted file, through memory alone."""
    from . import archive
    from .queries.recoding import copy_all

    content = archive.read_store(file)
    if not content:
        raise _damaged(file, NO_DATABASE)
    with closing(driver.open_content(content)) as plain:
        _refuse_damaged(file, plain)
        with closing(driver.connect(copy, key, isolation_level=None)) as new:
            copy_all(plain, new)


def _copy_encrypted(file: Path, copy: Path, key: Key) -> None:
    """Write a plain backup to an encrypted file."""
    from .encrypted import open_any
    from .recoding import write_anew

    with closing(open_any(file, None, isolation_level=None)) as plain:
        _refuse_damaged(file, plain)
        write_anew(plain, copy, key)


def _refuse_damaged(file: Path, opened: driver.Connection) -> None:
    """Raise StoreProblem if the store in a backup is damaged, or no store."""
    try:
        found = find_damage(opened, quick=False)
    except (*DATABASE_ERRORS, UnicodeDecodeError):
        found = NO_DATABASE
    if found is not None:
        raise _damaged(file, found)


def _damaged(file: Path, found: str) -> StoreProblem:
    """Return the error for a backup in which something is wrong."""
    return StoreProblem(f"{file} is damaged ({found}): `ap db backups` lists others")


def _match(copy: Path, address: Address) -> None:
    """Write the copy of a backup anew if the store that it is for is encrypted otherwise."""
    if address.is_encrypted or address.is_plain:
        from .recoding import recode_file

        recode_file(copy, find_key(address.path))


def _check(file: Path, copy: Path) -> None:
    """Check the copy of a backup, and upgrade it; raise StoreProblem if it cannot be used."""
    from .schema import upgrade

    find_key(copy, called=file)
    try:
        with closing(connect(copy)) as store:
            found = find_damage(store, quick=False)
            version = stored_version(store)
    except (*DATABASE_ERRORS, UnicodeDecodeError):
        found, version = NO_DATABASE, None
    if found is not None:
        raise _damaged(file, found)
    if not version:
        raise StoreProblem(f"{file} is no backup of ap but another database: name another file")
    if version > HEAD:
        raise StoreProblem(f"{file} was made by a newer ap: install the newer version first")
    if version < HEAD:
        upgrade(copy)


def evidence_in(file: Path) -> set[str]:
    """Return the names of the files of evidence in a backup, or beside it."""
    from . import archive, attachments
    from .backup import attachments_in

    if archive.is_archive(file):
        return archive.list_evidence(file)
    try:
        names = [each.name for each in attachments_in(file.parent).iterdir()]
    except OSError:
        return set()
    return {name for name in names if attachments.NAME.fullmatch(name)}


def restore_evidence(file: Path, address: Address, names: Collection[str], key: Key | None) -> None:
    """Put files of evidence from a backup among the attachments; altered ones are kept aside.

    They are sealed if there is a key, which is that of the store.
    Raise StoreProblem if one cannot be written.
    """
    from . import archive
    from .backup import attachments_in

    try:
        for name in sorted(names):
            _set_aside(address, name)
            if archive.is_archive(file):
                make_folder(address.attachments)
                archive.unpack_evidence(file, name, address.attachments / name, key)
            else:
                copy_files(attachments_in(file.parent), address.attachments, [name], key)
    except OSError as problem:
        raise told(problem, address.attachments) from None


def bring_back(address: Address, names: set[str]) -> set[str]:
    """Put files of evidence from the folder of backups among the attachments; return which.

    Those that are altered are kept aside. Raise StoreProblem if one cannot be written.
    """
    beside_backups = address.backups / "any"
    found = names & evidence_in(beside_backups)
    restore_evidence(beside_backups, address, found, find_key(address.path))
    return found


def _set_aside(address: Address, name: str) -> None:
    """Move a file of evidence that was altered to the folder of backups."""
    altered = address.attachments / name
    if altered.exists():
        make_folder(address.backups)
        altered.replace(address.backups / f"{datetime.now():{STAMP}}-altered-{name}")


def erase_again(
    copy: Path, address: Address, erased: Sequence[Tombstone], author: Author
) -> set[str]:
    """Erase in the checked copy of a backup who was erased from the store that it replaces.

    Who is not in the backup is noted there, so that nobody gets their references. Return the names
    of the files of evidence that nobody names any more. Raise Tampered as an erasure does.
    """
    from .chain import link
    from .erasing import erase, find_child
    from .queries.chain import last_mark
    from .queries.erasing import exists
    from .tombstones import keep_tombstone, list_erased
    from .unit import UnitOfWork
    from .wiping import write_anew

    gone: set[str] = set()
    try:
        with closing(connect(copy)) as connection:
            write_anew(connection)
            begin(connection)
            store = Store(connection, address)
            known = {left.pupil for left in list_erased(store)}
            before = last_mark(connection)
            unit = UnitOfWork(store, author, ERASE_AGAIN)
            for left in (each for each in erased if each.pupil not in known):
                if exists(store, "pupil", left.pupil):
                    child = find_child(store, left.pupil)
                    gone |= {*erase(unit, child, left.day, left.reason).files}
                else:
                    keep_tombstone(unit, left)
            link(store, unit.number, before)
            connection.execute("COMMIT")
            write_anew(connection)
    except DATABASE_ERRORS as problem:
        raise told(problem, copy) from None
    return gone


ERASE_AGAIN = "erase again"
"""What the log calls erasing, in a backup that is restored, who was erased since."""

RESTORED = "restore a backup"
"""What the log calls a restore."""


def log_restore(copy: Path, address: Address, author: Author, file: Path) -> None:
    """Log in the checked copy of a backup that it is restored, and from which file, by its name.

    The log goes on after the head that it had in the backup, which the entry keeps.
    """
    from .chain import last_link, link
    from .queries.chain import last_mark
    from .unit import UnitOfWork

    try:
        with closing(connect(copy)) as connection:
            begin(connection)
            store = Store(connection, address)
            unit = UnitOfWork(store, author, RESTORED)
            restored = {"backup": file.name, "head": last_link(connection).head}
            unit.note("store", "store", None, {}, restored)
            unit.keep_numbers()
            link(store, unit.number, last_mark(connection))
            connection.execute("COMMIT")
    except DATABASE_ERRORS as problem:
        raise told(problem, copy) from None


def replace_store(copy: Path, address: Address) -> Path | None:
    """Put a checked copy in the place of a store; return where the store that was there is kept.

    A store that can be read is replaced inside its file, so that nobody who has it open writes to a
    lost one: whoever stops this half-way leaves the store as it was. None if there was no store.
    """
    try:
        if not address.path.exists():
            put_whole(copy, address.path)
            return None
        with closing(connect(copy)) as source, closing(connect(address.path)) as present:
            if driver.key_of(source) != driver.key_of(present):  # only of what is no store
                raise driver.DataError("it is no store")
            present.execute("PRAGMA locking_mode = EXCLUSIVE")
            begin(present, "EXCLUSIVE")  # the lock is held from here until the end
            present.execute("COMMIT")
            kept = back_up(present, address, "restore")
            source.backup(present)
            return kept
    except (OSError, driver.OperationalError) as problem:
        raise told(problem, address) from None
    except (Damaged, *DATABASE_ERRORS, UnicodeDecodeError):
        return _replace_damaged(copy, address)


def _replace_damaged(copy: Path, address: Address) -> Path:
    """Put a checked copy in the place of a damaged store, which is kept byte for byte."""
    kept = address.backups / f"{datetime.now():{STAMP}}-damaged-{os.urandom(2).hex()}.db"
    try:
        make_folder(address.backups)
        for ending in ("", *LEFTOVERS):
            file = address.path.with_name(address.path.name + ending)
            if file.exists():
                aside = kept.with_name(kept.name + ending)
                with file.open("rb") as source, os.fdopen(create_private(aside), "wb") as out:
                    shutil.copyfileobj(source, out)
                sync_file(aside)
        for ending in LEFTOVERS:  # they belong to the damaged store, and would spoil the new one
            address.path.with_name(address.path.name + ending).unlink(missing_ok=True)
        put_whole(copy, address.path)
    except OSError as problem:
        raise told(problem, address) from None
    return kept
