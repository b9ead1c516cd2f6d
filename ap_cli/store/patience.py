"""Waiting for others who use the store: fairly, not for ever, and not in silence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_LOCKED, Connection, OperationalError
from time import monotonic, sleep
from typing import TypeVar

from ..errors import StoreInUse
from .beside import place_beside
from .dialect import is_server

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds to wait for another program that uses the store."""

SAID_AFTER = 1.0
"""Seconds of waiting after which it is said."""

SHORTEST_PAUSE, LONGEST_PAUSE = 0.005, 0.06
"""Seconds between two tries, drawn at random: of many who wait nobody is always late."""

IN_USE = (SQLITE_BUSY, SQLITE_LOCKED)


def begin(connection: Connection, how: str = "IMMEDIATE") -> None:
    """Begin a transaction in which nobody else writes, once nobody else is writing.

    Raise the database's error if somebody still is after PATIENCE. A server keeps a queue.
    """
    if is_server(connection):
        begin_in_turn(connection)
        return

    def start() -> None:
        begin_now(connection, how)

    wait_for_others(connection, start)


def begin_now(connection: Connection, how: str = "IMMEDIATE") -> None:
    """Begin a transaction in which nobody else writes; raise the database's error if one does.

    Every change to the file of a store begins here: it takes the new file away that somebody else
    is about to put in the store's place, which would lose the change.
    """
    connection.execute(f"BEGIN {how}")
    if is_server(connection):
        return
    try:
        for _, name, file in connection.execute("PRAGMA database_list").fetchall():
            if name == "main" and file:
                place_beside(Path(file)).unlink(missing_ok=True)
    except OSError:  # Windows deletes no open file: it is being written to the disk
        connection.execute("ROLLBACK")
        raise locked() from None


def locked() -> OperationalError:
    """Return the database's error for a file that somebody else uses."""
    problem = OperationalError("database is locked")
    problem.sqlite_errorcode = SQLITE_BUSY
    return problem


def begin_in_turn(connection: Connection) -> None:
    """Begin a transaction on a server, in which who came first writes first."""
    from threading import Timer

    set_patience(connection, PATIENCE)
    saying = Timer(SAID_AFTER, say_waiting)
    saying.daemon = True
    saying.start()
    try:
        connection.execute("BEGIN")
    finally:
        saying.cancel()


def wait_for_others(connection: Connection, use: Callable[[], T]) -> T:
    """Return what `use` makes of the store, once nobody else is in the way.

    SQLite itself would wait as well, but without a word, and each time a little longer: whoever
    came first would lose to those who come later.
    """
    began = monotonic()
    set_patience(connection, 0)
    try:
        while True:
            try:
                return use()
            except OperationalError as problem:
                waited = monotonic() - began
                if not is_in_use(problem) or waited > PATIENCE:
                    raise
                if waited > SAID_AFTER:
                    say_waiting()
            sleep(SHORTEST_PAUSE + (LONGEST_PAUSE - SHORTEST_PAUSE) * os.urandom(1)[0] / 255)
    finally:
        set_patience(connection, PATIENCE)


def set_patience(connection: Connection, seconds: float) -> None:
    """Let the database wait so long for others before a statement fails."""
    if is_server(connection):
        connection.patience = seconds  # type: ignore[attr-defined]
        return
    connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def is_in_use(problem: BaseException) -> bool:
    """Whether a statement failed because somebody else uses the store."""
    code = getattr(problem, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in IN_USE


def in_use(path: Path | str) -> StoreInUse:
    """Return the error for a file that another program uses for longer than PATIENCE."""
    return StoreInUse(f"{path} is in use by another program: try again in a moment")


@cache
def say_waiting() -> None:
    """Say once, on a terminal and in a log, why nothing happens."""
    with suppress(OSError):
        print("waiting for another user of the store", file=sys.stderr, flush=True)
