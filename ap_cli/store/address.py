"""Where a store is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from .key import Key
from .keys import is_plain_database, name_in

SERVER = re.compile(r"postgres(ql)?://", re.IGNORECASE)
"""How the address of a store on a server begins."""

PASSWORDS = (
    (re.compile(r"(://[^:/@?]*):.*@"), r"\1@"),
    (re.compile(r"([?&])password=[^&]*&?"), r"\1"),
)
"""Where an address of a server may hold a password, and what is left of it without."""


class Address(Struct, frozen=True):
    """The address of a store: the path of a SQLite file, which may not exist yet, or of a server.

    `server` is the address of a database on a PostgreSQL server as it was typed, empty for a file.
    The path is then what may be shown of it.
    """

    ATTACHMENTS: ClassVar[str] = ".attachments"
    BACKUPS: ClassVar[str] = ".backups"
    """How the names of the folders end that stand beside a store, after its own name."""

    path: Path
    server: str = ""

    def __str__(self) -> str:
        return without_password(self.server) if self.server else str(self.path)

    def __repr__(self) -> str:
        return f"Address({str(self)!r})"

    def exists(self) -> bool:
        """Return whether the file exists."""
        return self.path.exists()

    @property
    def is_encrypted(self) -> bool:
        """Whether the file is there and encrypted: it names its key in its first bytes."""
        return name_in(self.path) is not None

    def has_key(self, key: Key) -> bool:
        """Whether the file is encrypted with a key, by its name."""
        return name_in(self.path) == key.name

    @property
    def is_plain(self) -> bool:
        """Whether the file is there and a database that is not encrypted."""
        return is_plain_database(self.path)

    @property
    def attachments(self) -> Path:
        """Return the folder for files of evidence: beside the store, named after it."""
        return self.path.with_name(self.path.name + self.ATTACHMENTS)

    @property
    def backups(self) -> Path:
        """Return the folder for backups that ap makes: beside the store, named after it."""
        return self.path.with_name(self.path.name + self.BACKUPS)


def read_address(typed: str) -> Address:
    """Return the address of a store from how it was typed: a path, or postgresql://HOST/DATABASE."""
    if SERVER.match(typed):
        return Address(Path(without_password(typed)), typed)
    return Address(Path(typed))


def without_password(typed: str) -> str:
    """Return the address of a server without the password that it may hold."""
    for found, left in PASSWORDS:
        typed = found.sub(left, typed)
    return typed.rstrip("?&")
