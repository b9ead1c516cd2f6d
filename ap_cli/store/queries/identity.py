"""The id of a store: random, its own from the day it was made, and the same in its backups."""

from __future__ import annotations

from ..opening import Store


def id_of_store(store: Store) -> str:
    """Return the id of a store, in hexadecimal."""
    return str(store.row("SELECT uid FROM store")[0])
