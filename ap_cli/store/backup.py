"""Back up a store while it is used: a copy takes its name only once it is whole and checked."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from ..errors import StoreProblem
from . import driver
from .address import Address
from .advice import STAMP, advise_restore, find_damage, list_backups
from .attachments import write_whole
from .connection import DATABASE_ERRORS, told
from .disk import (
    PART,
    create_private,
    make_folder,
    put_whole,
    remove_abandoned,
    unique_beside,
)
from .key import Key
from .leftover import sweep_copies
from .retention import Retention
from .sealing import open_unsealed
from .wiping import drop_from_backups

MOST_WAITS = 120
"""How often a copy waits a quarter of a second for another program that is writing."""


def copy_store(
    source: driver.Connection, address: Address, target: Path, quick: bool = False
) -> None:
    """Copy an open store to a new file that only its owner can read, and check the copy.

    A quick check leaves out whether indexes hold what their tables do: 0.4 s instead of 2 s for 75
    megabytes.

    Raise Damaged if the copy is damaged, as the store at the address then is, and StoreProblem if
    it cannot be written; there is no such file then.
    """
    beside = unique_beside(target, PART)
    try:
        os.close(create_private(beside))
        with closing(driver.connect_like(source, beside, isolation_level=None)) as copy:
            source.backup(copy, progress=_Patience())
            found = find_damage(copy, quick)
        if found is not None:
            raise damaged(address, found)
        put_whole(beside, target)
    except (*DATABASE_ERRORS, OSError) as problem:
        raise told(problem, target) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


class Damaged(StoreProblem):
    """A store in which SQLite finds damage."""


def damaged(address: Address, found: str) -> Damaged:
    """Return the error for a store in which SQLite finds damage."""
    what = " ".join(found.replace("*** in database main ***", "").split())
    return Damaged(f"{address} is damaged ({what}): {advise_restore(address)}")


class _Patience:
    """Raises after half a minute in which a copy could not go on."""

    def __init__(self) -> None:
        self.waits = 0

    def __call__(self, status: int, _: int, __: int) -> None:
        self.waits += status in (driver.SQLITE_BUSY, driver.SQLITE_LOCKED)
        if self.waits > MOST_WAITS:
            raise driver.OperationalError("database is locked")


def back_up(
    source: driver.Connection,
    address: Address,
    why: str,
    files: Collection[str] = (),
    quick: bool = False,
) -> Path:
    """Back up an open store into its folder of backups, with a quick check or a full one.

    Return the file.

    `files` names the files of evidence to copy beside it, unless they are there already. Raise
    StoreProblem if the store is damaged, or the backup cannot be written.
    """
    folder = address.backups
    try:
        make_folder(folder)
    except OSError as problem:
        raise told(problem, folder) from None
    remove_abandoned(folder)
    sweep_copies(address.path)
    target = _free_name(folder, why, datetime.now())
    copy_store(source, address, target, quick)
    copy_files(address.attachments, attachments_in(folder), files, driver.key_of(source))
    return target


def _free_name(folder: Path, why: str, now: datetime) -> Path:
    """Return a name for a backup that no other has, also for two in the same second."""
    target = folder / f"{now:{STAMP}}-{why}.backup"
    number = 2
    while target.exists():
        target = folder / f"{now:{STAMP}}-{why}-{number}.backup"
        number += 1
    return target


def attachments_in(folder: Path) -> Path:
    """Return where the backups in a folder keep files of evidence, one copy for all of them."""
    return folder / "attachments"


def copy_files(source: Path, target: Path, names: Collection[str], key: Key | None) -> list[str]:
    """Copy files of evidence that are whole to another folder; return those that were not there.

    They are sealed there if there is a key. Raise StoreProblem if one cannot be written.
    """
    copied = []
    for name in sorted(names):
        if (target / name).exists() or not (source / name).is_file():
            continue
        try:
            make_folder(target)
            with open_unsealed(source / name) as file:
                if write_whole(file, target / name, key):
                    copied.append(name)
        except OSError as problem:
            raise told(problem, target) from None
    return copied


def thin(address: Address, retention: Retention, now: datetime) -> list[Path]:
    """Delete the backups that need not be kept any longer; return them.

    Those that an earlier ap made beside the store are left alone.
    """
    made = [backup for backup in list_backups(address) if backup.file.parent == address.backups]
    keep = retention.choose([backup.made for backup in made], now)
    over = [backup.file for backup in made if backup.made not in keep]
    for file in over:
        with suppress(OSError):
            file.unlink()
    drop_from_backups(address.backups, [each.made for each in list_backups(address)])
    return over
