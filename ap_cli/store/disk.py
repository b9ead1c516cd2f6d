"""Write files so that they are whole under their final name, even after a power cut."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


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
