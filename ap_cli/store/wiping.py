"""Leave nothing of an erased child in the store's files: free pages, evidence, and backups.

The database overwrites what it deletes. Before an erasure the store is written anew once, so that
no free page has what was deleted earlier. Files of evidence go after the erasure is kept; a list of
them stands beside the store meanwhile, and whoever opens it next finishes what was stopped.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode, encode

from . import driver
from .address import Address
from .advice import list_backups
from .connection import is_erased
from .declared import TABLES
from .disk import create_private, sync_folder, write_new
from .patience import PATIENCE, begin_now, set_patience, wait_for_others

STAMP = "%Y%m%d-%H%M%S"
GONE = ".erased"
"""How a list of files of evidence ends that go from the backups with the last that needs them."""

DAMAGED = "*-damaged-*"
"""What the damaged stores are called that restores have set aside among the backups."""


class Unfinished(Struct, frozen=True):
    """An erasure that is to be finished: the pupils, and the files of evidence that go.

    `backups` names the backups that go with them, in the folder of the store or below.
    """

    pupils: tuple[int, ...]
    files: tuple[str, ...]
    backups: tuple[str, ...] = ()


def place_of(path: Path) -> Path:
    """Return where it is written what an erasure still has to delete."""
    return path.with_name(f"{path.name}.erasing")


def is_unfinished(address: Address) -> bool:
    """Return whether an erasure still has something to delete when the store is next opened."""
    return not address.server and place_of(address.path).exists()


def write_anew(connection: driver.Connection) -> None:
    """Write a store anew without its free pages; from now on what is deleted is overwritten.

    Raise the database's error if another program uses the store all the time.
    """
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")

    def vacuum() -> None:
        connection.execute("VACUUM")

    wait_for_others(connection, vacuum)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def write_anew_there(connection: driver.Connection) -> None:
    """Write the tables of a store on a server anew, so that none has what was deleted from it.

    Others wait meanwhile. Raise the database's error if this user does not own the tables.
    """
    for table in (*TABLES, "attachment"):
        connection.execute(f"VACUUM FULL {table}")


def note_unfinished(address: Address, unfinished: Unfinished) -> None:
    """Note what is deleted once an erasure is kept; call it while nobody else can write.

    It is there whole before the erasure is kept, or not at all.
    """
    place = place_of(address.path)
    place.unlink(missing_ok=True)
    with write_new(place) as out:
        out.write(encode(unfinished))


def finish(connection: driver.Connection, address: Address) -> None:
    """Finish what an erasure that was stopped has left; nothing if there is none, or it goes on."""
    place = place_of(address.path)
    if not place.exists():
        return
    with suppress(*driver.DATABASE_ERRORS, OSError):
        set_patience(connection, 0)
        try:
            begin_now(connection)
            try:
                unfinished = read_unfinished(place)
                done = all(is_erased(connection, pupil) for pupil in unfinished.pupils)
                if done:
                    note_for_backups(address, unfinished.files, datetime.now())
                    delete_files(address, unfinished.files)
                    delete_backups(address, unfinished.backups)
                place.unlink()
            finally:
                connection.execute("ROLLBACK")
        finally:
            set_patience(connection, PATIENCE)
        if done:
            write_anew(connection)


def read_unfinished(place: Path) -> Unfinished:
    """Return what an erasure still has to delete: nothing if it was stopped as it noted that."""
    try:
        return decode(place.read_bytes(), type=Unfinished)
    except (DecodeError, ValidationError):  # of an earlier ap, which did not write it whole
        return Unfinished((), ())


def delete_files(address: Address, names: Collection[str]) -> None:
    """Delete files of evidence, and copies of them that were set aside as altered."""
    for name in names:
        (address.attachments / name).unlink(missing_ok=True)
        for aside in address.backups.glob(f"*-altered-{name}"):
            aside.unlink(missing_ok=True)
    if names:
        sync_folder(address.attachments)


def list_copies_kept(address: Address) -> list[Path]:
    """List the backups of a store, and the damaged stores that restores have set aside."""
    damaged = sorted(address.backups.glob(DAMAGED))
    return [*(backup.file for backup in list_backups(address)), *damaged]


def name_backup(address: Address, file: Path) -> str:
    """Return how a backup is named from the folder of its store, which may be moved."""
    return file.relative_to(address.path.parent).as_posix()


def delete_backups(address: Address, names: Collection[str]) -> None:
    """Delete backups, and the evidence beside them that only they needed."""
    for file in list_copies_kept(address) if names else ():
        if name_backup(address, file) in names:
            file.unlink(missing_ok=True)
    if names:
        drop_from_backups(address.backups, [each.made for each in list_backups(address)])


def note_for_backups(address: Address, names: Collection[str], now: datetime) -> None:
    """Note which files of evidence go from the backups, with the last one that was made by now."""
    if not names or not address.backups.is_dir():
        return
    place = address.backups / f"{now:{STAMP}}{GONE}"
    earlier = place.read_text("utf-8").split() if place.exists() else []
    place.unlink(missing_ok=True)
    with os.fdopen(create_private(place), "w", encoding="utf-8") as out:
        out.writelines(f"{name}\n" for name in dict.fromkeys((*earlier, *names)))


def drop_from_backups(folder: Path, made: Iterable[datetime]) -> None:
    """Delete the noted files from the backups of which none is left that was made before."""
    oldest = min(made, default=datetime.max)
    for place in folder.glob(f"*{GONE}"):
        with suppress(OSError, ValueError):
            if datetime.strptime(place.name.removesuffix(GONE), STAMP) < oldest:
                for name in place.read_text("utf-8").split():
                    (folder / "attachments" / name).unlink(missing_ok=True)
                place.unlink()
