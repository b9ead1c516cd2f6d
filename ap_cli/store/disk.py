"""Write files that are whole under their final name, even after a power cut, and private."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PART = ".part"
"""How the name of an unfinished copy ends."""

ABANDONED = 3600.0
"""Seconds after which an unfinished copy counts as abandoned."""

PRIVATE = 0o600
"""The mode of a file that only its owner can read and write."""


def unique_beside(path: Path, ending: str) -> Path:
    """Return a name in the same folder that no other process uses: hidden, with this ending."""
    return path.with_name(f".{path.name[:100]}.{os.getpid()}.{os.urandom(4).hex()}{ending}")


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
    """Give a finished copy its name, also after a power cut; raise OSError if that fails."""
    sync_file(beside)
    beside.replace(target)
    sync_folder(target.parent)


def remove_abandoned(folder: Path) -> None:
    """Delete what unfinished copies in a folder have left, if they are older than an hour."""
    now = time.time()
    for part in folder.glob(f".*{PART}*"):
        with suppress(OSError):
            if now - part.stat().st_mtime > ABANDONED:
                part.unlink()
