"""Read and write the chain of the log, and guard the tables whose rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .. import driver
from ..dialect import drop_guard, is_server, make_guard

Row = Sequence[Any]

SHOWN = (
    "e.id, e.at, e.asof, e.who, e.what, e.subject, e.unit, e.undoes, e.place,"
    ' e."row", e.commissioner'
)
"""The columns of an entry that its link holds as they are."""

HIDDEN = "e.old, e.new, e.reason"
"""The columns of an entry that its link holds as a digest."""

SHOWN_COUNT = SHOWN.count(",") + 1
UNIT, SUBJECT = 6, 5
"""Where an entry has the number of its unit of work, and what it is about."""

GUARDED = ("audit", "chain", "proof", "seen")
"""The tables whose rows are only ever added."""


def entries_of_unit(connection: driver.Connection, unit: int) -> driver.Cursor:
    """Return the entries of a unit of work in order: what is shown, then what is hidden."""
    return connection.execute(
        f"SELECT {SHOWN}, {HIDDEN} FROM audit e WHERE e.unit = :unit ORDER BY e.id", {"unit": unit}
    )


def entries_without_unit(connection: driver.Connection) -> driver.Cursor:
    """Return the entries from before units of work were numbered, in order."""
    return connection.execute(
        f"SELECT {SHOWN}, {HIDDEN} FROM audit e WHERE e.unit IS NULL ORDER BY e.id"
    )


def marks_between(connection: driver.Connection, after: int, last: int) -> driver.Cursor:
    """Return the marks whose numbers are above one and up to another, in order.

    Without who they are about and whether they are current, which may change later.
    """
    return connection.execute(
        "SELECT id, placement, day, half, code, nature, reason, who, at, replaces, unit"
        " FROM mark WHERE id > :after AND id <= :last ORDER BY id",
        {"after": after, "last": last},
    )


def last_mark(connection: driver.Connection) -> int:
    """Return the highest number of a mark; 0 if there is none."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM mark").fetchone()[0])


def last_marks_of_units(connection: driver.Connection) -> dict[Any, int]:
    """Map units of work to the highest number of a mark that each brought."""
    return dict(connection.execute("SELECT unit, max(id) FROM mark GROUP BY unit"))


def units(connection: driver.Connection) -> list[Any]:
    """List the numbers of the units of work; None if some entries have none."""
    return [unit for (unit,) in connection.execute("SELECT DISTINCT unit FROM audit")]


def last_link(connection: driver.Connection) -> Row | None:
    """Return unit, marks and head of the last link; None if there is none."""
    row: Row | None = connection.execute(
        "SELECT id, marks, head FROM chain ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return row


def head_of(connection: driver.Connection, unit: int) -> str | None:
    """Return the hash of a unit's link; None if it has none."""
    row = connection.execute("SELECT head FROM chain WHERE id = :unit", {"unit": unit}).fetchone()
    return str(row[0]) if row else None


def insert_proofs(connection: driver.Connection, proofs: Iterable[Row]) -> None:
    """Insert number, digest and salt of entries."""
    connection.executemany(
        "INSERT INTO proof (id, digest, salt) VALUES (:id, :digest, :salt)",
        ({"id": id, "digest": digest, "salt": salt} for id, digest, salt in proofs),
    )


LINK = ("id", "upgraded", "marks", "marks_digest", "marks_salt", "head")
"""The columns of a link, in order."""


def insert_link(connection: driver.Connection, link: Row) -> None:
    """Insert a link: unit, time of the upgrade, marks with digest and salt, and head."""
    connection.execute(
        "INSERT INTO chain (id, upgraded, marks, marks_digest, marks_salt, head)"
        " VALUES (:id, :upgraded, :marks, :marks_digest, :marks_salt, :head)",
        dict(zip(LINK, link, strict=True)),
    )


def links_after(connection: driver.Connection, unit: int, most: int) -> list[Row]:
    """List the next links after a unit's, at most so many, as they were inserted."""
    rows = connection.execute(
        "SELECT id, upgraded, marks, marks_digest, marks_salt, head FROM chain"
        " WHERE id > :after ORDER BY id LIMIT :most",
        {"after": unit, "most": most},
    )
    return rows.fetchall()


def proven_entries(connection: driver.Connection, after: int, last: int) -> driver.Cursor:
    """Return the entries of the units above one and up to another, with digest and salt.

    If all are asked for from the start, those without a unit come first.
    """
    beginning = "e.unit IS NULL OR" if after < 0 else "e.unit > :after AND"
    return connection.execute(
        f"SELECT {SHOWN}, {HIDDEN}, p.digest, p.salt FROM audit e LEFT JOIN proof p ON p.id = e.id"
        f" WHERE {beginning} e.unit <= :last ORDER BY e.unit NULLS FIRST, e.id",
        {"after": after, "last": last},
    )


def entries_about(connection: driver.Connection, place: str) -> frozenset[Any]:
    """Return the numbers of the rows of a table that the log has entries about."""
    rows = connection.execute('SELECT "row" FROM audit WHERE place = :place', {"place": place})
    return frozenset(number for (number,) in rows)


def marks_left(connection: driver.Connection, unit: int) -> str | None:
    """Return what the log has, as JSON, of the marks that an erasure left of a unit's."""
    row = connection.execute(
        "SELECT a.new FROM audit a JOIN proof p ON p.id = a.id WHERE a.place = 'chain'"
        ' AND a."row" = :unit AND p.salt IS NOT NULL ORDER BY a.id DESC LIMIT 1',
        {"unit": unit},
    ).fetchone()
    return str(row[0]) if row else None


def entry_without_link(connection: driver.Connection) -> Row | None:
    """Return the first entry whose unit has no link; None if there is none."""
    row: Row | None = connection.execute(
        f"SELECT {SHOWN} FROM audit e WHERE NOT EXISTS"
        " (SELECT 1 FROM chain c WHERE c.id = COALESCE(e.unit, 0))"
        " ORDER BY e.unit NULLS FIRST LIMIT 1"
    ).fetchone()
    return row


def has_mark_without_link(connection: driver.Connection) -> bool:
    """Return whether there is a mark above those of the last link, or below those of the first."""
    row = connection.execute(
        "SELECT (SELECT max(id) FROM mark)"
        " > coalesce((SELECT marks FROM chain ORDER BY id DESC LIMIT 1), 0)"
        " OR (SELECT min(id) FROM mark) <= 0"
    ).fetchone()
    return bool(row[0])


def last_mark_of_others(
    connection: driver.Connection, after: int, last: int, unit: int
) -> int | None:
    """Return the highest number, above one and up to another, of a mark that is not a unit's."""
    row = connection.execute(
        "SELECT max(id) FROM mark WHERE id > :after AND id <= :last"
        " AND (unit IS NULL OR unit <> :unit)",
        {"after": after, "last": last, "unit": unit},
    ).fetchone()
    return row[0] if isinstance(row[0], int) else None


def has_link_before_start(connection: driver.Connection) -> bool:
    """Return whether there is a link with a number that no unit of work can have."""
    return connection.execute("SELECT 1 FROM chain WHERE id < 0").fetchone() is not None


def has_proof_without_entry(connection: driver.Connection) -> bool:
    """Return whether there is a proof of an entry that is not there."""
    row = connection.execute(
        "SELECT 1 FROM proof p WHERE NOT EXISTS (SELECT 1 FROM audit e WHERE e.id = p.id)"
    ).fetchone()
    return row is not None


def guard(connection: driver.Connection) -> None:
    """Let a store refuse to change or delete rows of its log, against accidents."""
    for table in GUARDED:
        for event in ("UPDATE", "DELETE"):
            guarded = guard_name(table, event)
            connection.execute(make_guard(connection, guarded, event, table))
    if is_server(connection):
        connection.execute("SELECT name_writers()")


def unguard(connection: driver.Connection) -> None:
    """Let rows of the log be changed: for a migration, which guards them again."""
    for table in GUARDED:
        for event in ("UPDATE", "DELETE"):
            connection.execute(drop_guard(connection, guard_name(table, event), table))


NAMED = {
    "audit": ("name_writer", "refuse_junk"),
    "mark": ("name_writer",),
    "hold": ("name_writer", "name_releaser"),
    "draft": ("name_writer",),
}
"""The triggers by which a server itself names who inserts a row, and looks at it, by table."""


def keep_names(connection: driver.Connection) -> None:
    """Let a server insert rows as they are, under the names that they have, until `guard`."""
    for table, triggers in NAMED.items():
        for trigger in triggers:
            connection.execute(drop_guard(connection, trigger, table))


def guard_name(table: str, event: str) -> str:
    """Return the name of the trigger that refuses to change or delete rows of a table."""
    return f"no_{event.lower()}_of_{table}"
