"""What is left when somebody stopped a store from being written anew, and how it goes."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ..errors import ApError
from . import driver
from .keys import forget, name_in


def resolve(path: Path) -> Path:
    """Return the file itself where a store is a link to it."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def place_beside(path: Path) -> Path:
    """Return where a store is written anew: one name, so that what was left is found again."""
    place = resolve(path)
    return place.with_name(f".{place.name}.recoding")


def sweep_leftover(connection: driver.Connection, path: Path) -> None:
    """Delete what was left beside an open store, and its key if nothing else has that.

    While somebody writes the store anew nobody else can lock it, so that nothing is deleted then.
    """
    beside = place_beside(path)
    if not beside.exists():
        return
    with suppress(*driver.DATABASE_ERRORS, OSError, ApError):
        connection.execute("BEGIN IMMEDIATE")
        try:
            name = name_in(beside)
            beside.unlink(missing_ok=True)
            if name is not None and name != name_in(path):
                forget(name)
        finally:
            connection.execute("ROLLBACK")
