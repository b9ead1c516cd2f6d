"""The one place where a store is opened, and made on first use."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path

from .connection import HEAD, connect, make_folder, stored_version, told, wrong_version
from .views import refresh_views


def open_store(path: Path) -> sqlite3.Connection:
    """The store, made on first use; StoreProblem if it is not one that this program can use."""
    try:
        if not path.exists():
            make(path)
        connection = connect(path)
        found = stored_version(connection)
        if found == HEAD:
            refresh_views(connection)
    except (sqlite3.Error, OSError, UnicodeDecodeError) as problem:
        raise told(problem, path) from None
    if found != HEAD:
        raise wrong_version(found, path)
    return connection


def make(path: Path) -> None:
    """A new store, whole or not at all: made beside its place, and put there unless someone was first."""
    from .schema import upgrade

    make_folder(path.parent)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        upgrade(beside)
        _put(beside, path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _put(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except (
        OSError
    ):  # a share that has no links: a rename refuses to replace on Windows, and so is as good there
        if sys.platform == "win32" or not path.exists():
            beside.rename(path)
