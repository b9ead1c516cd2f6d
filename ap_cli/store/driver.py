"""The database driver: what the store uses of it, and where that of encrypted files comes in.

Both have one interface, and raise errors of the same classes.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from sqlite3 import (
    SQLITE_BUSY,
    SQLITE_LOCKED,
    SQLITE_READONLY_DBMOVED,
    Connection,
    Cursor,
    DataError,
    Error,
    IntegrityError,
    OperationalError,
    sqlite_version,
)
from typing import Any

from .key import Key
from .keys import find_key, note_use

__all__ = [
    "DATABASE_ERRORS",
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_READONLY_DBMOVED",
    "Connection",
    "Cursor",
    "DataError",
    "IntegrityError",
    "OperationalError",
    "connect",
    "connect_like",
    "connect_read_only",
    "ends_at_broken_text",
    "key_of",
    "open_content",
    "sqlite_version",
]

DATABASE_ERRORS = (Error,)
"""The errors that the driver raises."""


def connect(database: Path | str, key: Key | None = None, **options: Any) -> Connection:
    """Connect to a database: an encrypted one with its own key, an empty one with that given.

    `options` are those of `sqlite3.connect`. Raise KeyMissing if its key is not to be found.
    """
    return _open(database, str(database), find_key(database) or key, options)


def connect_read_only(path: Path, **options: Any) -> Connection:
    """Connect to a database that is there only to read; raise KeyMissing as `connect` does."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return _open(path, uri, find_key(path), {**options, "uri": True})


def connect_like(source: Connection, database: Path | str, **options: Any) -> Connection:
    """Connect to an empty database, encrypted as another one is: only then can that be copied."""
    return _open(database, str(database), key_of(source), options)


def open_content(content: bytes) -> Connection:
    """Open a plain database in memory, of which these are the bytes: none is on the disk."""
    opened = sqlite3.connect(":memory:", isolation_level=None)
    opened.deserialize(content)
    return opened


def key_of(connection: Connection) -> Key | None:
    """Return the key of an open database; None if it is not encrypted."""
    key: Key | None = getattr(connection, "key", None)
    return key


def ends_at_broken_text(connection: Connection) -> bool:
    """Return whether a query has no more rows after a text that is not UTF-8.

    The driver of encrypted files ends it there, and reads each row as the one before is taken.
    """
    return key_of(connection) is not None


def _open(file: Path | str, database: str, key: Key | None, options: dict[str, Any]) -> Connection:
    note_use(file)
    if key is None:
        plain: Connection = sqlite3.connect(database, **options)
        return plain
    from .encrypted import open_encrypted

    return open_encrypted(database, key, **options)
