"""The views that other programs read: a view for each kind of entry, and one of current marks.

They are made from the forms, so a new question is a new column without a migration. They hold no
data: if a store has the views of an earlier version, they are made again when it is next opened.
"""

from __future__ import annotations

from contextlib import suppress

from ..domain.entries import KINDS
from ..domain.entries.entry import Entry
from . import driver
from .connection import DATABASE_ERRORS
from .declared import COUNTED
from .dialect import answer, catalogue, is_server
from .patience import PATIENCE, begin_now, set_patience

IN_COLUMNS = ("id", "day", "by", "note")
"""Fields that the table of entries has columns for; all others are in its details."""

MARKS = (
    "SELECT m.id, m.placement, m.pupil, m.day,"
    " CASE m.half WHEN 0 THEN 'am' ELSE 'pm' END AS session,"
    " m.code, m.nature, m.reason, m.who, m.at FROM mark m WHERE m.current"
)


def view_name(kind: str) -> str:
    """Return the name of a kind's view: `v_final_report`."""
    return f"v_{kind.replace('-', '_')}"


def entry_query(form: type[Entry]) -> str:
    """Return the query of a kind's view: every entry's fields, its subject, and each answer."""
    subjects = [f"e.{subject}" for subject in form.ABOUT]
    answers = [
        f"{answer(name)} AS {name}" for name in form.__struct_fields__ if name not in IN_COLUMNS
    ]
    ordinal = ["e.ordinal"] if form.KIND == COUNTED else []
    columns = ", ".join(["e.id", "e.day", "e.who", "e.note", *subjects, *ordinal, *answers])
    return f"SELECT {columns} FROM entry e WHERE e.withdrawn IS NULL AND e.kind = '{form.KIND}'"


def view_statements() -> dict[str, str]:
    """Map the name of each view to the statement that makes it."""
    queries = {view_name(kind): entry_query(form) for kind, form in KINDS.items()}
    queries["v_mark"] = MARKS
    return {name: f"CREATE VIEW {name} AS {query}" for name, query in queries.items()}


def stale_views(store: driver.Connection) -> dict[str, str]:
    """Return statements for the views that a store lacks or has otherwise; ignore foreign views."""
    there = dict(store.execute(catalogue(store).views))
    return {
        name: statement
        for name, statement in view_statements().items()
        if there.get(name) != statement
    }


def refresh_views(store: driver.Connection) -> None:
    """Make the views again that are not those of this program; all of them or none.

    If the store cannot be written, or another program is writing, its views stay as they are until
    it is next opened.
    """
    stale = stale_views(store)
    if not stale:
        return
    set_patience(store, 0)  # somebody who only reads does not wait for a writer
    with suppress(*DATABASE_ERRORS):
        begin_now(store)
        for name, statement in stale.items():
            store.execute(f"DROP VIEW IF EXISTS {name}")
            store.execute(statement)
            if is_server(store):  # it keeps a statement in words of its own
                quoted = statement.replace("'", "''")
                store.execute(f"COMMENT ON VIEW {name} IS '{quoted}'")
        store.execute("COMMIT")
    if store.in_transaction:
        store.execute("ROLLBACK")
    set_patience(store, PATIENCE)
