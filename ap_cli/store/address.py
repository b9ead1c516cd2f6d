"""Where a store is."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from .key import Key
from .keys import is_plain_database, name_in


class Address(Struct, frozen=True):
    """The address of a store: the path of a SQLite file, which may not exist yet."""

    ATTACHMENTS: ClassVar[str] = ".attachments"
    BACKUPS: ClassVar[str] = ".backups"
    """How the names of the folders end that stand beside a store, after its own name."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

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
