"""Look after the files of evidence that are in the database of a server."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from io import BufferedReader, RawIOBase
from typing import IO, Any

from ..domain.entries.before import Attachment
from .attachments import (
    SWEPT_AFTER,
    Files,
    KeptFile,
    ending_of,
    find_source,
    not_copied,
    refuse_size,
)
from .opening import Store
from .queries import attached
from .queries.attached import PART_BYTES
from .sealing import open_unsealed
from .soundness import kept


def copy_there(store: Store, given: str) -> KeptFile:
    """Copy a file into the database, under its SHA-256; nobody uses it until an entry names it.

    Raise BadAnswers if it cannot be read, is no ordinary file, is empty, or is too large.
    """
    from hashlib import file_digest

    source = find_source(given)
    try:
        with source.open("rb") as file:
            name = file_digest(file, "sha256").hexdigest() + ending_of(source)
            size = file.seek(0, 2)
            refuse_size(source, size)
            file.seek(0)
            with kept(store):
                put_there(store, name, file)
    except OSError as problem:
        raise not_copied(given, problem) from None
    return KeptFile(Attachment(name))


def put_there(store: Store, name: str, file: IO[bytes]) -> None:
    """Put a file into the database, in a transaction that is open."""
    number = 0
    while content := file.read(PART_BYTES):
        attached.put_part(store, name, number, content)
        number += 1


def give_there(source: Store, target: Store, name: str) -> None:
    """Put a file of evidence of any store into the database of a server."""
    if source.address.server:
        for number, content in enumerate(attached.parts(source, name)):
            attached.put_part(target, name, number, content)
        return
    with open_unsealed(source.address.attachments / name) as file:
        put_there(target, name, file)


def is_whole_there(store: Store, name: str) -> bool:
    """Return whether the SHA-256 of a file is the one in its name."""
    from hashlib import sha256

    digest = sha256()
    for part in attached.parts(store, name):
        digest.update(part)
    return digest.hexdigest() == name[:64]


class _Parts(RawIOBase):
    """The parts of a file, to be read one after another."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self._left = self._left or next(self._parts, b"")
        size = min(len(into), len(self._left))
        into[:size], self._left = self._left[:size], self._left[size:]
        return size


def open_there(store: Store, name: str) -> IO[bytes]:
    """Open a file that is in the database to be read."""
    return BufferedReader(_Parts(attached.parts(store, name)))


def examine_there(store: Store, named: Collection[str], logged: Collection[str]) -> Files:
    """Compare the files in the database with the names that records and the log have."""
    there = set(attached.names(store))
    return Files(
        missing=tuple(sorted(set(named) - there)),
        altered=tuple(
            sorted(name for name in there & set(named) if not is_whole_there(store, name))
        ),
        orphaned=tuple(sorted(there - set(named) - set(logged))),
    )


def sweep_there(store: Store, used: Collection[str]) -> tuple[str, ...]:
    """Delete files that nothing has used for a day; return their names.

    Call it in a transaction, so that nobody begins to use one meanwhile.
    """
    swept = [name for name in attached.older_than(store, SWEPT_AFTER) if name not in used]
    for name in swept:
        attached.delete(store, name)
    return tuple(swept)
