"""The database driver: what the store uses of it, and the one module that names it.

Another driver with the same interface, such as one for encrypted files, changes nothing else.
"""

from __future__ import annotations

from sqlite3 import (
    SQLITE_BUSY,
    SQLITE_LOCKED,
    Connection,
    Cursor,
    DataError,
    Error,
    IntegrityError,
    OperationalError,
    connect,
    sqlite_version,
)

__all__ = [
    "DATABASE_ERRORS",
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "Connection",
    "Cursor",
    "DataError",
    "IntegrityError",
    "OperationalError",
    "connect",
    "sqlite_version",
]

DATABASE_ERRORS = (Error,)
"""The errors that the driver raises."""
