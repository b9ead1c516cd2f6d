"""Where a store is."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Address(Struct, frozen=True):
    """Where a store is: the file of a SQLite database, which need not be there yet."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def exists(self) -> bool:
        """Whether there is something at this address."""
        return self.path.exists()

    @property
    def attachments(self) -> Path:
        """The folder of the files of evidence: beside the store, named after it."""
        return self.path.with_name(f"{self.path.name}.attachments")
