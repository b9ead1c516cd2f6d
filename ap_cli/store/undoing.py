"""Reversing a unit of work by its audit: what was added is removed, what was changed or removed is as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.json import decode
from sqlalchemy import Date
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session

from . import tables
from .auditing import reads
from .damage import UNREADABLE, unreadable
from .opening import Store

ROWS = {
    row.__tablename__: row
    for row in vars(tables).values()
    if isinstance(row, type) and hasattr(row, "__tablename__")
}
MARKS = "mark"
"""Marks stay in the register when they are undone: they no longer stand, and that is all."""


class Unit(Struct, frozen=True):
    """One unit of work: its number, what was done, by whom, when, the day taken for today where one was given, and to what."""

    number: int
    what: str
    who: str
    at: str
    asof: str | None
    subjects: tuple[str, ...]


LAST = (
    "SELECT a.unit, a.what, a.who, a.at, a.asof FROM audit a WHERE a.unit IS NOT NULL AND a.undoes IS NULL"
    " AND a.unit NOT IN (SELECT b.undoes FROM audit b WHERE b.undoes IS NOT NULL) ORDER BY a.unit DESC LIMIT 1"
)


def last_change(store: Store) -> Unit | None:
    """The last unit of work that is no undoing and was not undone; None where there is none."""
    found = store.row(LAST)
    if found is None:
        return None
    subjects = store.rows(
        "SELECT DISTINCT subject FROM audit WHERE unit = :unit ORDER BY id", unit=found[0]
    )
    number, what, who, at, asof = found
    return Unit(number, what, who, at, asof, tuple(subject for (subject,) in subjects))


def kept_by_marks(store: Store, unit: int) -> str | None:
    """The reference of a placement or pupil that a unit added and that has marks, which stay in the register; None where there is none."""
    rows = list(
        store.rows(
            "SELECT subject, place, row FROM audit WHERE unit = :unit AND place IN ('placement', 'pupil')",
            unit=unit,
        )
    )
    for subject, place, id in rows:
        if store.row(f"SELECT 1 FROM mark WHERE {place} = :id LIMIT 1", id=id):
            return str(subject)
    return None


def later_than(store: Store, day: date) -> tuple[list[Any], int]:
    """The units of work after a day, the newest first, None among them for changes without a number; and how many there were until then.

    The day of a unit is the one that was taken for today then.
    """
    rows = list(
        store.rows(
            "SELECT unit, max(COALESCE(asof, substr(at, 1, 10))) AS day, max(id) AS last FROM audit GROUP BY COALESCE(unit, -id) ORDER BY last DESC"
        )
    )
    for unit, written, _ in rows:
        try:
            date.fromisoformat(written)
        except (ValueError, TypeError) as problem:
            raise unreadable(f"the audit of change {unit}", problem) from None
    return [unit for unit, written, _ in rows if written > day.isoformat()], sum(
        written <= day.isoformat() for _, written, _ in rows
    )


def files_of(store: Store, unit: int) -> tuple[str, ...]:
    """The files of evidence that the entries of a unit brought, by their names in the attachments."""
    rows = list(
        store.rows(
            "SELECT json_extract(new, '$.details') FROM audit WHERE unit = :unit AND place = 'entry' AND json_valid(new)",
            unit=unit,
        )
    )
    details = (decode(kept) if isinstance(kept, str) else kept for (kept,) in rows if kept)
    return tuple(
        found["file"]
        for found in details
        if isinstance(found, dict) and isinstance(found.get("file"), str)
    )


def unused(store: Store, files: Iterable[str]) -> tuple[str, ...]:
    """Of these files of evidence those that no entry has, neither one that stands nor one that was withdrawn."""
    kept = "SELECT 1 FROM entry WHERE kind = 'evidence' AND instr(details, :name) LIMIT 1"
    return tuple(name for name in files if not store.row(kept, name=name))


def reverse(session: Session, unit: int) -> None:
    """Reverses a unit of work, row by row from its last."""
    query = "SELECT subject, place, row, old, new FROM audit WHERE unit = :unit ORDER BY id DESC"
    rows = list(reads(session).rows(query, unit=unit))
    if any(id is None for _, _, id, *_ in rows):
        reads(session).rows("UPDATE mark SET current = FALSE WHERE unit = :unit", unit=unit)
    try:
        for subject, place, id, old, new in rows:
            if (
                id is None
            ):  # many marks at once: they stand no more, and this is told of each placement
                session.info["audit"].note(session, subject, place, None, decode(new), {})
            else:
                _reverse_row(session, ROWS[place], id, decode(old), decode(new))
                session.flush()
    except (*UNREADABLE, NoResultFound) as problem:
        raise unreadable(f"change {unit} of the log", problem) from None


def _reverse_row(
    session: Session, table: Any, id: int, old: dict[str, Any], new: dict[str, Any]
) -> None:
    if not new:  # it was removed
        session.add(table(**values(table, old)))
        return
    row = session.get_one(table, id)
    added = "id" in new and old.get("id") is None
    if added and table.__tablename__ != MARKS:
        session.delete(row)
        return
    for name, value in ({"current": False} if added else values(table, old)).items():
        setattr(row, name, value)


def values(table: Any, kept: dict[str, Any]) -> dict[str, Any]:
    """The values of a row as its columns take them."""
    columns = {column.name: column.type for column in table.__table__.columns}
    return {
        name: date.fromisoformat(value) if value and isinstance(columns[name], Date) else value
        for name, value in kept.items()
    }
