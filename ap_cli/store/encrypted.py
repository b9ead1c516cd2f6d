"""The driver of encrypted files: only who opens one loads it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from ..extras import needing
from .key import Key
from .patience import in_use, is_in_use, wait_for_others

with needing("encrypted"):
    from sqlcipher3 import dbapi2

SHARED_ERRORS = (
    "InterfaceError",
    "DatabaseError",
    "DataError",
    "OperationalError",
    "IntegrityError",
    "InternalError",
    "ProgrammingError",
    "NotSupportedError",
)

for _name in SHARED_ERRORS:  # whoever expects an error of the plain driver expects this one as well
    _own = getattr(dbapi2, _name)
    _own.__bases__ = (*_own.__bases__, getattr(sqlite3, _name))


class EncryptedConnection(dbapi2.Connection):  # type: ignore[misc]
    """A connection to an encrypted database: `key` is its key."""

    key: Key


def open_any(database: Path | str, key: Key | None, **options: Any) -> sqlite3.Connection:
    """Open a database that is encrypted, or that is not, to copy it into one of the other kind."""
    if key is not None:
        return open_encrypted(str(database), key, **options)
    opened: sqlite3.Connection = dbapi2.connect(str(database), **options)
    return opened


def opens(path: Path | str, key: Key) -> bool:
    """Return whether a key is the one of an encrypted file.

    Raise StoreInUse if another program keeps the file to itself: no key can be tried then.
    """
    with closing(open_encrypted(str(path), key)) as opened:

        def read() -> None:
            opened.execute("PRAGMA schema_version")

        try:
            wait_for_others(opened, read)
        except sqlite3.DatabaseError as problem:
            if is_in_use(problem):
                raise in_use(path) from None
            return False
    return True


def open_encrypted(database: str, key: Key, **options: Any) -> sqlite3.Connection:
    """Open an encrypted database with its key, or begin one in an empty file or in memory.

    It has all that a plain connection has.
    """
    opened = dbapi2.connect(database, factory=EncryptedConnection, **options)
    opened.key = key
    opened.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    opened.execute(f'PRAGMA key = "{spell(key)}"')
    return cast(sqlite3.Connection, opened)


def spell(key: Key) -> str:
    """Return a key as the database takes it: the secret, and how the file names it."""
    return f"x'{key.secret.hex()}{key.name.hex()}'"
