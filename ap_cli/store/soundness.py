"""Let nobody write to a damaged store: it is checked unless it is exactly as ap last left it.

After each change ap notes the size and the time of the store's file beside it. A change that was
cut short, a computer that stopped, and whatever else wrote to the file leave another size or time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .address import Address
from .advice import find_damage
from .connection import DATABASE_ERRORS
from .opening import Store
from .patience import begin


@contextmanager
def noted(store: Store) -> Iterator[None]:
    """Check a store before the block writes to it, unless it is as ap left it; note it afterwards.

    Raise StoreProblem if SQLite finds damage.
    """
    check(store)
    yield
    note(store)


@contextmanager
def kept(store: Store) -> Iterator[None]:
    """Keep what the block writes to a store, or nothing of it if it raises; nobody else writes.

    It is no unit of work: nothing of it is logged.
    """
    begin(store.connection)
    try:
        with noted(store):
            yield
            store.connection.execute("COMMIT")
    except BaseException:
        with suppress(*DATABASE_ERRORS):  # a full disk has ended the transaction already
            store.connection.execute("ROLLBACK")
        raise


def check(store: Store) -> None:
    """Raise StoreProblem if a store is not as ap last left it, and SQLite finds damage in it."""
    if not has_own_file(store) or is_as_left(store.address):
        return
    found = find_damage(store.connection)
    if found is not None:
        from .backup import damaged

        raise damaged(store.address, found)


def note(store: Store) -> None:
    """Note how a store is left; if that cannot be noted, it is checked before the next change."""
    if not has_own_file(store):
        return
    with suppress(OSError):
        _write(_place(store.address), _state(store.address))


def has_own_file(store: Store) -> bool:
    """Return whether a store is a file of its own: a supposed one and one on a server are not."""
    return not store.is_supposed and not store.address.server


def is_as_left(address: Address) -> bool:
    """Return whether the file of a store has the size and the time that were noted."""
    try:
        return _place(address).read_bytes() == _state(address)
    except OSError:
        return False


def _place(address: Address) -> Path:
    """Return the file in which the state of a store is noted."""
    return address.path.with_name(f"{address.path.name}.checked")


def _state(address: Address) -> bytes:
    found = address.path.stat()
    return b"%020d %020d\n" % (found.st_size, found.st_mtime_ns)


def _write(place: Path, content: bytes) -> None:
    """Write over a file of the same length; to shorten it first would wait for the disk."""
    opened = os.open(place, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.write(opened, content)
    finally:
        os.close(opened)
