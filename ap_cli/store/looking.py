"""Log who looked at a child's whole record, as far as the store can be written at once."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from ..errors import StoreProblem
from .author import Author
from .connection import DATABASE_ERRORS
from .dialect import is_server
from .opening import Store
from .patience import PATIENCE, begin_now, set_patience
from .queries.looks import insert_look
from .soundness import noted

LOOK_PATIENCE = 0.2
"""Seconds that somebody who only reads waits for another program that is writing."""


def log_look(store: Store, author: Author, what: str, *children: str) -> None:
    """Log that somebody looked at the whole records of children; `what` is the command.

    If the store cannot be written or is damaged, or another program is writing to its file, the
    look is not logged, and the answer is the same. On a server nobody waits for who looks.
    """
    if store.is_supposed:
        return
    connection = store.connection
    look = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "asof": author.asof.isoformat() if author.asof else None,
        "who": author.who,
        "what": what,
    }
    with suppress(*DATABASE_ERRORS, StoreProblem):
        set_patience(connection, LOOK_PATIENCE)
        begin_now(connection, "DEFERRED" if is_server(connection) else "IMMEDIATE")
        with noted(store):
            for child in children:
                insert_look(store, look | {"subject": child})
            connection.execute("COMMIT")
    with suppress(*DATABASE_ERRORS):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        set_patience(connection, PATIENCE)
