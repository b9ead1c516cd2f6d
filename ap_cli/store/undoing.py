"""Reverse a unit of work from its audit: remove what it added, restore what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.json import decode

from ..errors import ApError
from . import driver
from .damage import UNREADABLE, unreadable
from .declared import NOUNS
from .opening import Store
from .queries import attendance, log
from .queries.rows import Row
from .roles import ACCESS
from .unit import BYTES, UnitOfWork, as_json

DETAILS, EARLIER_EDITION = "details", "earlier_edition"
"""The column of an entry's answers, and the mark of a review that an upgrade gave it there."""

ERASED = "erased"
"""The table of what is left of pupils who were erased."""

STAYS = (ERASED, ACCESS)
"""What stays as it is, on whatever day it is asked for."""

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


class Later(Struct, frozen=True):
    """What was written after a day: the units to reverse, newest first, and those taken back.

    A unit that was undone is taken back with its undoing: together they changed nothing. `undone`
    has the unit that each undoing among those to reverse undoes. `in_order` is whether no unit that
    was written later has an earlier day: a clock that ran back, or `--on`, may have dated one so.
    `unnumbered` is whether an old change without a number is among them, which nothing reverses.
    `known` counts the units until that day.
    """

    reverse: tuple[int, ...]
    unnumbered: bool
    undone: Mapping[int | None, int]
    taken_back: tuple[int, ...]
    in_order: bool
    known: int


def later_than(store: Store, day: date) -> Later:
    """Find the units of work after a day.

    The day of a unit is the one that was taken for today then.
    """
    units = log.units(store)
    for unit, written, _ in units:
        try:
            date.fromisoformat(written)
        except (ValueError, TypeError) as problem:
            raise unreadable(f"the audit of change {unit}", problem) from None
    later = {unit for unit, written, _ in units if written > day.isoformat()}
    undone = {unit: undoes for unit, _, undoes in units if undoes is not None}
    taken_back = tuple(undoes for undoes in undone.values() if undoes in later)
    gone = {*taken_back, *(unit for unit, undoes in undone.items() if undoes in later)}
    left = [(unit, written) for unit, written, _ in units if unit is None or unit not in gone]
    days = [written for _, written in left]
    to_reverse = [unit for unit, written in left if written > day.isoformat()]
    return Later(
        tuple(unit for unit in to_reverse if unit is not None),
        None in to_reverse,
        undone,
        taken_back,
        days == sorted(days, reverse=True),
        sum(written <= day.isoformat() for _, written, _ in units),
    )


def reverse(unit: UnitOfWork, number: int, in_order: bool = True) -> None:
    """Reverse a unit of work in another one, row by row from its last.

    Unless it is `in_order`, what a unit that stays has changed since is left as that one made it.
    """
    rows = log.changes_of_unit(unit.store, number)
    if any(id is None for _, _, id, *_ in rows):
        attendance.end_of_unit(unit.store, number)
    try:
        for subject, place, id, old, new in rows:
            if place in STAYS:
                continue
            if id is None:  # many marks, undone above: audit them placement by placement
                unit.note(subject, place, None, decode(new), {})
                continue
            before, after = decode(old), decode(new)
            if not in_order:
                before, after = _not_changed_since(unit, place, id, before, after)
            if before or after:
                _reverse_row(unit, place, id, before, after)
    except driver.IntegrityError as problem:
        if "CHECK" not in str(problem):
            raise
        raise impossible_again(unit.store, number) from None
    except (*UNREADABLE, LookupError) as problem:
        raise unreadable(f"change {number} of the log", problem) from None


def impossible_again(store: Store, number: int) -> ApError:
    """Return the error for a change that corrected a value which the database does not take."""
    ref = next((subject for subject, *_ in log.changes_of_unit(store, number)), "")
    noun = next((name for name, kind in NOUNS.items() if ref.split("-")[0] == kind.PREFIX), "")
    instead = f"correct {ref} with `ap {noun} edit {ref}` instead" if noun else "correct it instead"
    return ApError(f"the last change corrected a value that could not be: {instead}")


def _not_changed_since(
    unit: UnitOfWork, table: str, id: int, old: Row, new: Row
) -> tuple[Row, Row]:
    """Return the old and new values of a row that nothing has changed since; none of a row gone."""
    if not new:
        return old, new
    found = unit.find(table, id=id)
    if not found:
        return {}, {}
    if "id" in new:
        return old, new
    same = {name for name, value in new.items() if found[0].get(name) == value}
    return (
        {name: value for name, value in old.items() if name in same},
        {name: value for name, value in new.items() if name in same},
    )


def _reverse_row(unit: UnitOfWork, table: str, id: int, old: Row, new: Row) -> None:
    if not new:  # the row was removed
        unit.insert(table, values(old))
        return
    added = is_added(old, new)
    if added and table != MARKS:
        unit.delete(table, id)
        return
    changed: Row = {"current": False} if added else values(old)
    if DETAILS in changed:
        changed[DETAILS] = keep_mark(unit.get(table, id)[DETAILS], changed[DETAILS])
    unit.update(table, id, changed)


def is_added(old: Row, new: Row) -> bool:
    """Tell whether a change of the log added its row."""
    return "id" in new and old.get("id") is None


def keep_mark(now: str, earlier: str) -> str:
    """Return earlier details of an entry with the mark that an upgrade gave it since.

    An upgrade marks the reviews of an earlier edition, and is no part of the log.
    """
    marked, details = decode(now), decode(earlier)
    if not marked.get(EARLIER_EDITION) or EARLIER_EDITION in details:
        return earlier
    return as_json(details | {EARLIER_EDITION: True})


def values(kept: Row) -> Row:
    """Return the values of a row as its columns take them."""
    return {
        name: bytes.fromhex(value[BYTES]) if isinstance(value, dict) else value
        for name, value in kept.items()
    }
