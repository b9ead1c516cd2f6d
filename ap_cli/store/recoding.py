"""Write a store anew: encrypted, with another key, or plain; then put it in the old one's place.

The new file is written beside, read again and compared before it takes the name of the store, and
nobody else uses the store meanwhile. Whoever stops this leaves the store as it was, or as it is to
be; what else is left goes when the store is next opened.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ..errors import StoreInUse, StoreProblem
from . import disk, driver
from .address import Address
from .advice import find_damage
from .backup import damaged
from .beside import place_beside, resolve
from .connection import DATABASE_ERRORS, connect, told
from .disk import create_private, put_whole, sync_file
from .key import Key
from .keys import find_key, name_in, name_of
from .opening import Store
from .patience import PATIENCE, begin
from .queries.recoding import attach, detach, export
from .queries.whole import count_rows, tables_of
from .soundness import note
from .verifying import Report, verify


def recode_store(address: Address, key: Key | None, before: Callable[[], None]) -> None:
    """Write a store anew with a key, or without one, and put it in the old one's place.

    `before` is called once the new file is whole, before it takes the store's place. Raise
    StoreProblem if the store is damaged, in use or cannot be written; it is as it was then.
    """
    recode_file(resolve(address.path), key, before)
    with closing(connect(address.path)) as opened:
        note(Store(opened, address))


@contextmanager
def locked_for_recoding(place: Path) -> Iterator[driver.Connection]:
    """Open a store that nobody else reads or writes within the block."""
    from .encrypted import open_any

    with closing(open_any(place, find_key(place), isolation_level=None, timeout=PATIENCE)) as old:
        old.execute("PRAGMA main.locking_mode = EXCLUSIVE")
        begin(old, "EXCLUSIVE")  # the lock is held from here until it is closed
        old.execute("COMMIT")
        yield old


def write_anew(old: driver.Connection, beside: Path, key: Key | None) -> None:
    """Write all of a store to a new file, and wait until it is on the disk."""
    from .encrypted import spell

    beside.unlink(missing_ok=True)
    os.close(create_private(beside))
    attach(old, str(beside), spell(key) if key else "")
    try:
        export(old)
    finally:
        detach(old)


def compare(old: driver.Connection, beside: Path, key: Key | None, address: Address) -> None:
    """Raise StoreProblem unless a new file is whole and holds what the store does."""
    with closing(connect(beside)) as new:
        same = (
            driver.key_of(new) == key
            and find_damage(new, quick=False) is None
            and count_rows(new) == count_rows(old)
            and _verify(new, address) == _verify(old, address)
        )
    if not same:
        raise StoreProblem(f"{address} was not written as it should be, so it is as it was")


def _verify(connection: driver.Connection, address: Address) -> Report | None:
    """Return what verifying the log finds; None for an old store, whose log has no chain."""
    has_chain = "chain" in tables_of(connection)
    return verify(Store(connection, address)) if has_chain else None


def put_in_place(old: driver.Connection, beside: Path, place: Path) -> None:
    """Give a new file the name of the store, with the same rights; raise OSError if that fails.

    Where no open file is replaced, the lock on the store ends before: whoever changes the store
    then takes the new file away, as `begin_now` says. Raise StoreInUse if somebody did, or has the
    store open for too long.
    """
    beside.chmod(place.stat().st_mode & 0o777)
    if not disk.REPLACES_OPEN:
        sync_file(beside)
        old.close()
    try:
        put_whole(beside, place)
    except FileNotFoundError:
        raise StoreInUse(
            f"{place} was changed by another program meanwhile: it stays as it was, try again"
        ) from None


def _nothing() -> None:
    """Do nothing before a file takes its place."""


def recode_file(file: Path, key: Key | None, before: Callable[[], None] = _nothing) -> bool:
    """Write a store, a backup or a copy anew; return whether it had to be.

    Raise StoreProblem if it is damaged or cannot be written; it is as it was then.
    """
    if name_in(file) == name_of(key):
        return False
    beside, address = place_beside(file), Address(file)
    try:
        with locked_for_recoding(file) as old:
            found = find_damage(old)
            if found is not None:
                raise damaged(address, found)
            try:
                write_anew(old, beside, key)
                compare(old, beside, key, address)
                before()
                put_in_place(old, beside, file)
            finally:  # still under the lock: afterwards it may be another's
                with suppress(OSError):
                    beside.unlink(missing_ok=True)
    except (*DATABASE_ERRORS, OSError) as problem:
        raise told(problem, file) from None
    return True
