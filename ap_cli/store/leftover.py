"""What is left when somebody stopped a store from being written anew, and how it goes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from glob import escape
from pathlib import Path

from . import driver
from .beside import place_beside
from .disk import PART, is_abandoned
from .patience import begin_now


def sweep_leftover(connection: driver.Connection, path: Path) -> None:
    """Delete what was left beside an open store; a key for it stays, as a copy may have it too.

    While somebody writes the store anew nobody else can lock it, so that nothing is deleted then.
    """
    beside = place_beside(path)
    if not beside.exists():
        return
    with suppress(*driver.DATABASE_ERRORS):
        begin_now(connection)  # which deletes it
        connection.execute("ROLLBACK")


def list_copies(path: Path) -> Iterator[Path]:
    """List the unfinished copies of a store in its own folder, as of a restore that was stopped.

    A copy of a copy, and what the database keeps beside one, are among them.
    """
    name = escape(path.name[:100])
    for dots in (".", ".."):
        yield from path.parent.glob(f"{dots}{name}.*{PART}*")


def sweep_copies(path: Path) -> None:
    """Delete the unfinished copies of a store whose program has ended, or is long silent."""
    now = time.time()
    for copy in list_copies(path):
        with suppress(OSError):
            if is_abandoned(copy, now):
                copy.unlink()
