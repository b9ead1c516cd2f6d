"""Reverse a unit of work from its audit: remove what it added, restore what it changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.json import decode

from .damage import UNREADABLE, unreadable
from .declared import TABLES
from .opening import Store
from .queries import attendance, log
from .queries.rows import Row
from .unit import UnitOfWork, as_json

DETAILS, EARLIER_EDITION = "details", "earlier_edition"
"""The column of an entry's answers, and the mark of a review that an upgrade gave it there."""

MARKS = "mark"
"""The table of marks: an undone mark stays in the register, and is no longer current."""


class Unit(Struct, frozen=True):
    """One unit of work: its number, what was done, by whom, when and to what.

    `asof` is the day taken for today, if one was given.
    """

    number: int
    what: str
    who: str
    at: str
    asof: str | None
    subjects: tuple[str, ...]


def last_change(store: Store) -> Unit | None:
    """Return the last unit of work that can be undone; None if there is none.

    An undoing cannot be undone, nor can a unit that was undone already.
    """
    found = log.last_unit(store)
    if found is None:
        return None
    number, what, who, at, asof = found
    return Unit(number, what, who, at, asof, log.subjects_of_unit(store, number))


def kept_by_marks(store: Store, unit: int) -> str | None:
    """Return a placement or pupil that a unit added and that cannot go, as it has marks.

    Return its reference, or None: marks stay in the register.
    """
    for subject, place, id in log.placements_and_pupils_of_unit(store, unit):
        if attendance.has_marks(store, place, id):
            return str(subject)
    return None


def later_than(store: Store, day: date) -> tuple[list[Any], int]:
    """List the units of work after a day, newest first, and count those until then.

    The day of a unit is the one that was taken for today then. Changes without a number are listed
    as None.
    """
    units = log.units(store)
    for unit, written in units:
        try:
            date.fromisoformat(written)
        except (ValueError, TypeError) as problem:
            raise unreadable(f"the audit of change {unit}", problem) from None
    later = [unit for unit, written in units if written > day.isoformat()]
    return later, len(units) - len(later)


def reverse(unit: UnitOfWork, number: int) -> None:
    """Reverse a unit of work in another one, row by row from its last."""
    rows = log.changes_of_unit(unit.store, number)
    if any(id is None for _, _, id, *_ in rows):
        attendance.end_of_unit(unit.store, number)
    try:
        for subject, place, id, old, new in rows:
            if id is None:  # many marks, undone above: audit them placement by placement
                unit.note(subject, place, None, decode(new), {})
            else:
                _reverse_row(unit, place, id, decode(old), decode(new))
    except (*UNREADABLE, LookupError) as problem:
        raise unreadable(f"change {number} of the log", problem) from None


def _reverse_row(unit: UnitOfWork, table: str, id: int, old: Row, new: Row) -> None:
    if not new:  # the row was removed
        unit.insert(table, values(table, old))
        return
    added = "id" in new and old.get("id") is None
    if added and table != MARKS:
        unit.delete(table, id)
        return
    changed: Row = {"current": False} if added else values(table, old)
    if DETAILS in changed:
        changed[DETAILS] = keep_mark(unit.get(table, id)[DETAILS], changed[DETAILS])
    unit.update(table, id, changed)


def keep_mark(now: str, earlier: str) -> str:
    """Return earlier details of an entry with the mark that an upgrade gave it since.

    An upgrade marks the reviews of an earlier edition, and is no part of the log.
    """
    marked, details = decode(now), decode(earlier)
    if not marked.get(EARLIER_EDITION) or EARLIER_EDITION in details:
        return earlier
    return as_json(details | {EARLIER_EDITION: True})


def values(table: str, kept: Row) -> Row:
    """Return the values of a row as its columns take them; raise ValueError for no day."""
    days = {column.name for column in TABLES[table] if column.type is date}
    return {
        name: date.fromisoformat(value) if value and name in days else value
        for name, value in kept.items()
    }
