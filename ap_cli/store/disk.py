"""Write files that are whole under their final name, even after a power cut, and private."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from .owner import is_orphan, name_of_owner

PART = ".part"
"""How the name of an unfinished copy ends."""

ABANDONED = 3600.0
"""Seconds after which an unfinished copy counts as abandoned."""

PAUSE = 0.05
"""Seconds between two tries to take the name of a file that is open."""

PRIVATE = 0o600
"""The mode of a file that only its owner can read and write."""


REPLACES_OPEN = os.name != "nt"
"""Whether a file may take the name of one that somebody has open."""


def unique_beside(path: Path, ending: str) -> Path:
    """Return a name in the same folder that no other process uses: hidden, with this ending.

    It says whose it is, so that others know when nobody writes it any longer.
    """
    return path.with_name(f".{path.name[:100]}.{name_of_owner()}.{os.urandom(4).hex()}{ending}")


def sync_file(path: Path) -> None:
    """Wait until a file is on the disk; raise OSError if it cannot be written there."""
    opened = os.open(path, os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, on systems that can."""
    if os.name != "posix":
        return
    with suppress(OSError):  # a network share may not know how
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def create_private(file: Path) -> int:
    """Create a file that only its owner can read and write, whatever the umask; return its number.

    Raise FileExistsError if there is one of its name.
    """
    opened = os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), PRIVATE)
    if hasattr(os, "fchmod"):
        with suppress(OSError):  # a share without modes; a umask can only have taken some away
            os.fchmod(opened, PRIVATE)
    return opened


@contextmanager
def write_new(file: Path) -> Iterator[IO[bytes]]:
    """Write a new file that only its owner can read, which is there only once it is whole.

    Raise FileExistsError if there is one of its name, and OSError if it cannot be written.
    """
    if file.exists():
        raise FileExistsError(file)
    remove_orphans(file.parent)
    beside = unique_beside(file, PART)
    try:
        with os.fdopen(create_private(beside), "wb") as out:
            yield out
        put_whole(beside, file)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, and any missing folders above it."""
    if not folder.exists():
        make_folder(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)


def put_whole(beside: Path, target: Path) -> None:
    """Give a finished copy its name, also after a power cut.

    Raise OSError if that fails, and StoreInUse if another program has the target open where that is
    in the way.
    """
    sync_file(beside)
    replace(beside, target)
    sync_folder(target.parent)


def replace(beside: Path, target: Path) -> None:
    """Give a file the name of another; on Windows wait until nobody has that open."""
    from . import patience

    began = time.monotonic()
    while True:
        try:
            beside.replace(target)
            return
        except PermissionError:
            if REPLACES_OPEN or not target.exists():
                raise
            if time.monotonic() - began > patience.PATIENCE:
                raise patience.in_use(target) from None
        time.sleep(PAUSE)


def remove_abandoned(folder: Path) -> None:
    """Delete what unfinished copies have left in a folder that is the store's own."""
    now = time.time()
    for part in folder.glob(f".*{PART}*"):
        with suppress(OSError):
            if is_abandoned(part, now):
                part.unlink()


def remove_orphans(folder: Path) -> None:
    """Delete the unfinished copies of programs that have ended, in a folder of anybody's."""
    for part in folder.glob(f".*{PART}*"):
        with suppress(OSError):
            if is_orphan(part.name):
                part.unlink()


def is_abandoned(part: Path, now: float) -> bool:
    """Return whether nobody writes an unfinished copy: its program ended, or it is an hour old."""
    return is_orphan(part.name) or now - part.stat().st_mtime > ABANDONED
