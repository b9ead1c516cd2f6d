"""Where a store is."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Address(Struct, frozen=True):
    """The address of a store: the path of a SQLite file, which may not exist yet."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def exists(self) -> bool:
        """Return whether the file exists."""
        return self.path.exists()

    @property
    def attachments(self) -> Path:
        """Return the folder for files of evidence: beside the store, named after it."""
        return self.path.with_name(f"{self.path.name}.attachments")
