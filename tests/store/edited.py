"""A store that something other than ap may change: nothing in it stands against that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ap_cli.store.address import Address
from ap_cli.store.opening import Store, open_store
from ap_cli.store.queries.chain import unguard


@contextmanager
def copied_for_an_editor(kept: Path) -> Iterator[Store]:
    """A copy of a store in memory, to do with what an editor of its file could do."""
    with open_store(Address(kept)) as opened, opened.suppose(foreign_keys=False) as copy:
        unguard(copy.connection)
        copy.connection.execute("PRAGMA ignore_check_constraints = ON")
        yield copy
