"""What a zip file would unpack to, seen before anything of it is unpacked."""

from __future__ import annotations

from zipfile import ZipFile

from msgspec import Struct

LARGE = 20 << 20
"""The bytes up to which a zip file may unpack to any number of times its size."""

ENCRYPTED = 0x1
"""The flag of a part that only a password unpacks."""


class Bound(Struct, frozen=True):
    """The most bytes that a zip file may unpack to, and the most times its own size."""

    most: int
    times: int

    def is_passed(self, archive: ZipFile, packed: int) -> bool:
        """Return whether a zip file of so many bytes unpacks to more."""
        unpacked = count_unpacked(archive)
        return unpacked > self.most or unpacked > max(LARGE, packed * self.times)


def count_unpacked(archive: ZipFile) -> int:
    """Return how many bytes a zip file says that it unpacks to."""
    return sum(part.file_size for part in archive.infolist())


def has_password(archive: ZipFile) -> bool:
    """Return whether any part of a zip file needs a password."""
    return any(part.flag_bits & ENCRYPTED for part in archive.infolist())
