"""The id of a store: random, its own from the day it was made, and the same in its backups."""

from __future__ import annotations

from ..opening import Store


def id_of_store(store: Store) -> str:
    """Return the id of a store, in hexadecimal."""
    return str(store.row("SELECT uid FROM store")[0])


def describe_server(store: Store) -> tuple[str, str, int]:
    """Return the version of a store's server, the user there, and the bytes of its database."""
    version, user, size = store.row(
        "SELECT current_setting('server_version'), current_user,"
        " pg_database_size(current_database())"
    )
    return str(version).split()[0], str(user), int(size)
