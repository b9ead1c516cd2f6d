"""Find what a store holds of a child, in its records and its log, and take it out of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..declared import TABLES
from ..opening import Store

Row = tuple[Any, ...]

OF_CHILD = ("pupil = :pupil", "placement IN (SELECT id FROM placement WHERE pupil = :pupil)")
"""Which rows are about a child: by the pupil's number, or by that of a placement."""

DELETED = {
    "hold": OF_CHILD[:1],
    "week": OF_CHILD[1:],
    "entry": OF_CHILD,
    "mark": OF_CHILD,
    "placement": OF_CHILD[:1],
}
"""The tables from which a child's rows go, in an order in which none names one that is gone."""


def placements_of(store: Store, pupil: int) -> tuple[int, ...]:
    """List the numbers of a pupil's placements."""
    rows = store.rows("SELECT id FROM placement WHERE pupil = :pupil ORDER BY id", pupil=pupil)
    return tuple(id for (id,) in rows)


def unended_placements(store: Store, pupil: int) -> tuple[int, ...]:
    """List the numbers of a pupil's placements that have neither ended nor never started."""
    rows = store.rows(
        "SELECT id FROM placement WHERE pupil = :pupil AND ended IS NULL"
        " AND never_started IS NOT TRUE ORDER BY id",
        pupil=pupil,
    )
    return tuple(id for (id,) in rows)


def count_of(store: Store, table: str, pupil: int) -> int:
    """Count the rows of a table that are about a child."""
    where = " OR ".join(DELETED[table])
    return int(store.row(f"SELECT count(*) FROM {table} WHERE {where}", pupil=pupil)[0])


def delete_of(store: Store, pupil: int) -> None:
    """Delete a pupil and all rows that are about them."""
    for table, conditions in DELETED.items():
        store.rows(f"DELETE FROM {table} WHERE {' OR '.join(conditions)}", pupil=pupil)
    store.rows("DELETE FROM pupil WHERE id = :pupil", pupil=pupil)


def marks_of(store: Store, pupil: int) -> list[int]:
    """List the numbers of all marks of a child, current or not, in order."""
    where = " OR ".join(DELETED["mark"])
    rows = store.rows(f"SELECT id FROM mark WHERE {where} ORDER BY id", pupil=pupil)
    return [id for (id,) in rows]


def entries_of(store: Store, pupil: int) -> list[int]:
    """List the numbers of all entries about a child, in order."""
    where = " OR ".join(DELETED["entry"])
    rows = store.rows(f"SELECT id FROM entry WHERE {where} ORDER BY id", pupil=pupil)
    return [id for (id,) in rows]


def joined_into(store: Store, ref: str) -> list[str]:
    """List the references of the pupils who were joined into one, and are gone."""
    beginning, end = "merge ", f" into {ref}"
    rows = store.rows(
        "SELECT DISTINCT what FROM audit WHERE what LIKE :what", what=f"{beginning}%{end}"
    )
    return [what[len(beginning) : -len(end)] for (what,) in rows]


def exists(store: Store, table: str, id: int) -> bool:
    """Return whether a table has a row of this number."""
    return store.row(f"SELECT 1 FROM {table} WHERE id = :id", id=id) is not None


def logged_values(store: Store, place: str) -> Iterator[Row]:
    """List the changes to the rows of a table: the row's number, the old and the new values."""
    return store.rows(
        'SELECT "row", old, new FROM audit WHERE place = :place ORDER BY id', place=place
    )


def unerased_entries(store: Store) -> Iterator[Row]:
    """List the entries of the log that still have their values: id, subject, old, new, reason."""
    return store.rows(
        "SELECT a.id, a.subject, a.old, a.new, a.reason FROM audit a"
        " JOIN proof p ON p.id = a.id WHERE p.salt IS NOT NULL ORDER BY a.id"
    )


def erase_entries(store: Store, ids: Sequence[int]) -> None:
    """Take the values, the reason and the salt from entries of the log, which is not guarded."""
    for id in ids:
        store.rows("UPDATE audit SET old = '{}', new = '{}', reason = NULL WHERE id = :id", id=id)
        store.rows("UPDATE proof SET salt = NULL WHERE id = :id", id=id)


def sent_among(store: Store, ids: Sequence[int]) -> list[tuple[str, str]]:
    """List the entries among some that say where a record was sent: the subject, the new values."""
    rows = store.rows("SELECT id, subject, new FROM audit WHERE place = 'sent' ORDER BY id")
    wanted = {*ids}
    return [(subject, new) for id, subject, new in rows if id in wanted]


def entries_about_marks_of(store: Store, unit: int) -> list[int]:
    """List the entries of the log that have the digest of what is left of a unit's marks."""
    rows = store.rows(
        "SELECT a.id FROM audit a JOIN proof p ON p.id = a.id"
        " WHERE a.place = 'chain' AND a.\"row\" = :unit AND p.salt IS NOT NULL",
        unit=unit,
    )
    return [id for (id,) in rows]


def links_with_marks(store: Store) -> Iterator[Row]:
    """List the links in order: unit, the highest number of a mark, digest and salt of its marks."""
    return store.rows("SELECT id, marks, marks_digest, marks_salt FROM chain ORDER BY id")


def erase_salt(store: Store, unit: int) -> None:
    """Take the salt from the marks of a link, as some of them go."""
    store.rows("UPDATE chain SET marks_salt = NULL WHERE id = :unit", unit=unit)


def delete_looks(store: Store, subject: str) -> None:
    """Delete who looked at the record of a child."""
    store.rows("DELETE FROM seen WHERE subject = :subject", subject=subject)


def text_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table in which people write."""
    if table == "mark":  # many, and all else of them is codes
        return ("nature", "reason")
    return tuple(column.name for column in TABLES[table] if column.type is str)


def texts(store: Store, table: str) -> Iterator[Row]:
    """List the texts of a table: the number of the row, then those of its columns of text."""
    columns = ", ".join(f'"{name}"' for name in text_columns(table))
    where = "WHERE reason IS NOT NULL OR nature IS NOT NULL" if table == "mark" else ""
    return store.rows(f"SELECT id, {columns} FROM {table} {where} ORDER BY id")


def names_and_upns(store: Store, pupil: int) -> Row | None:
    """Return the name, the UPN and the former UPNs of a pupil as stored; None without the pupil."""
    row: Row | None = store.row("SELECT name, upn, former_upns FROM pupil WHERE id = :id", id=pupil)
    return row


def names_of_others(store: Store, pupil: int) -> list[Any]:
    """List the names of all other pupils, as stored."""
    return [name for (name,) in store.rows("SELECT name FROM pupil WHERE id <> :id", id=pupil)]


def erased(store: Store, pupil: int | None = None) -> list[Row]:
    """List what is left of pupils who were erased, in order, or of one pupil.

    A row has pupil, day, at, who, reason, placements, entries, marks, changes and files.
    """
    where = "" if pupil is None else "WHERE pupil = :pupil"
    rows = store.rows(
        "SELECT pupil, day, at, who, reason, placements, entries, marks, changes, files"
        f" FROM erased {where} ORDER BY id",
        pupil=pupil,
    )
    return list(rows)


def first_mention(store: Store, refs: Sequence[str]) -> str | None:
    """Return when the log first has something about one of these references, in UTC."""
    moments = [
        store.row("SELECT min(at) FROM audit WHERE subject = :ref", ref=ref)[0] for ref in refs
    ]
    return min((str(moment) for moment in moments if moment), default=None)
