"""Look at a store without changing it: its file, and whether what is in it is whole."""

from __future__ import annotations

import os
import stat

from msgspec import Struct

from . import advice
from .address import Address
from .connection import stored_version
from .opening import Store
from .queries import attached
from .queries.identity import describe_server

MOST_DAMAGE = 3
"""The most places of damage that are listed."""

OTHERS_READ = stat.S_IROTH
"""The permission by which everybody on a computer can read a file."""


class StoreFile(Struct, frozen=True):
    """The file of a store: its size in bytes, what may be done with it, files of evidence."""

    bytes: int
    readable: bool
    writable: bool
    public: bool
    evidence: int


def inspect_file(address: Address) -> StoreFile | None:
    """Return the facts about a store's file; None if there is none; raise OSError if unreachable.

    A change needs a file beside it, so it is writable only if its folder is.
    """
    path = address.path
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return StoreFile(
        bytes=found.st_size,
        readable=path.is_file() and os.access(path, os.R_OK),
        writable=os.access(path, os.W_OK) and os.access(path.parent, os.W_OK),
        public=os.name == "posix" and bool(found.st_mode & OTHERS_READ),
        evidence=count_evidence(address),
    )


class ServerFacts(Struct, frozen=True):
    """The server of a store: its version, the user, the bytes of the database, its evidence."""

    version: str
    user: str
    bytes: int
    evidence: int


def inspect_server(store: Store) -> ServerFacts:
    """Return the facts about the server of a store."""
    return ServerFacts(*describe_server(store), len(attached.names(store)))


def count_evidence(address: Address) -> int:
    """Return how many files of evidence are beside a store."""
    try:
        return sum(each.is_file() for each in address.attachments.rglob("*"))
    except OSError:
        return 0


def find_version(store: Store) -> str | None:
    """Return the schema that a store is at; None for a database that is no store."""
    return stored_version(store.connection)


def list_damage(store: Store) -> list[str]:
    """List what SQLite finds damaged; empty if all is well. It reads the whole file."""
    found = advice.list_damage(store.connection, quick=False)
    return [" ".join(each.split()) for each in found[:MOST_DAMAGE]]


def list_lost_references(store: Store) -> list[str]:
    """List the tables with a row that names a record which is not there."""
    if store.address.server:  # it refuses them
        return []
    return sorted({str(row[0]) for row in store.rows("PRAGMA foreign_key_check")})
