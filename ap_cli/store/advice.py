"""Find the backups of a store, and name the newest good one in what advises to restore it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..errors import ApError
from . import driver
from .address import Address
from .dialect import is_server

STAMP = "%Y%m%d-%H%M%S"
NAME = re.compile(r"(\d{8}-\d{6})(?:-([a-z]+)(?:-\d+)?)?\.backup")
"""The name of a backup: when it was made, and before what."""

STORE_IN_ZIP = "ap.db"
"""What the store is called in a backup that is a zip file."""

UPGRADE = "upgrade"
"""What a backup of an earlier ap was made before, which stands beside the store itself."""


class Backup(Struct, frozen=True):
    """A backup that ap keeps: its file, when it was made, and before or for what."""

    file: Path
    made: datetime
    why: str


def list_backups(address: Address) -> list[Backup]:
    """List the backups that are kept for a store, newest first."""
    beginning = f"{address.path.name}."
    found = [*_backups_in(address.backups, ""), *_backups_in(address.path.parent, beginning)]
    return sorted(found, key=lambda backup: (backup.made, backup.file.name), reverse=True)


def _backups_in(folder: Path, beginning: str) -> Iterator[Backup]:
    """List the backups in a folder whose names begin so."""
    try:
        files = [file for file in folder.iterdir() if file.name.startswith(beginning)]
    except OSError:
        return
    for file in files:
        found = NAME.fullmatch(file.name.removeprefix(beginning))
        try:
            made = datetime.strptime(found[1], STAMP) if found else None
        except ValueError:
            continue
        if found and made:
            yield Backup(file, made, found[2] or UPGRADE)


IMPOSSIBLE_VALUES = ("CHECK constraint failed", "NULL value in")
"""How SQLite begins to tell of a value that cannot be, which is no damage: `edit` corrects it."""


def find_damage(connection: Any, quick: bool = True) -> str | None:
    """Return the first of what SQLite finds damaged in a store; None if nothing is."""
    return next(iter(list_damage(connection, quick)), None)


def list_damage(connection: Any, quick: bool = True) -> list[str]:
    """List what SQLite finds damaged in a store, and no command of ap mends but a restore.

    A value that cannot be is none: such a record cannot be read, and `edit` corrects it. A quick
    check leaves out whether indexes hold what their tables do.
    """
    if is_server(connection):  # it looks after its own pages
        return []
    check = "quick_check" if quick else "integrity_check"
    connection.execute("PRAGMA ignore_check_constraints = 1")
    try:
        found = [str(each) for (each,) in connection.execute(f"PRAGMA {check}").fetchall()]
    except driver.OperationalError:  # it is in use, or the disk fails
        raise
    except driver.DATABASE_ERRORS as problem:  # too damaged to look further
        return [str(problem)]
    finally:
        connection.execute("PRAGMA ignore_check_constraints = 0")
    return [each for each in found if each != "ok" and not each.startswith(IMPOSSIBLE_VALUES)]


def is_good(file: Path) -> bool:
    """Return whether a file is a store in which SQLite finds no damage; it is read whole."""
    try:
        with closing(driver.connect_read_only(file)) as copy:
            whole = find_damage(copy) is None
            tables = {name for _, name, *_ in copy.execute("PRAGMA table_list")}
            return whole and "alembic_version" in tables
    except (*driver.DATABASE_ERRORS, OSError, UnicodeDecodeError, ApError):
        return False


def find_newest_good(address: Address) -> Path | None:
    """Return the newest backup of a store that is whole; None if there is none."""
    return next((backup.file for backup in list_backups(address) if is_good(backup.file)), None)


def find_store_of(backup: Path) -> Path | None:
    """Return the store in whose folder of backups a file stands; None for any other file."""
    folder = backup.absolute().parent
    if NAME.fullmatch(backup.name) and folder.name.endswith(Address.BACKUPS):
        return folder.with_name(folder.name.removesuffix(Address.BACKUPS))
    return None


def is_zip_backup(path: Path | str) -> bool:
    """Return whether a file is a backup in a zip file, as `ap db backup FILE` writes it."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            return STORE_IN_ZIP in archive.namelist()
    except (OSError, BadZipFile):
        return False


def explain_zip_backup(path: Path | str) -> str:
    """Return that a file is a backup and no store, and how to look at it or restore it."""
    from shlex import quote

    return (
        f"{path} is a backup, not a store: name your own store with --db, and "
        f"`ap db restore {quote(str(path))} --dry-run` shows what is in the backup; "
        "without --dry-run it is restored"
    )


def restore_command(address: Address) -> str | None:
    """Return the command that restores the newest good backup; None if there is none."""
    from shlex import quote

    newest = None if address.server else find_newest_good(address)
    return f"ap db restore {quote(str(newest))}" if newest else None


def advise_restore(place: Address | Path | str) -> str:
    """Return what to do about a damaged store, with the command if it has a good backup."""
    address = place if isinstance(place, Address) else Address(Path(place))
    if address.server:
        return "ask whoever runs the server to restore its newest backup"
    command = restore_command(address)
    if command:
        return f"restore its newest backup with `{command}`"
    return "restore a backup of your own with `ap db restore FILE`"
