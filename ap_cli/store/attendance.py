"""Reads for attendance: the marks that stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from ..domain.attendance import CODES, Mark
from ..domain.forms import reference
from .columns import UNREADABLE, day_of_record, unreadable

MARKS = (
    "SELECT m.day, m.half, m.code, m.nature, m.id, m.who, m.reason, (SELECT o.code FROM mark o WHERE o.id = m.replaces)"
    " FROM mark m WHERE m.current AND m.placement = :placement AND m.day <= :until ORDER BY m.day, m.half"
)


def placements_with_marks(store: sqlite3.Connection) -> frozenset[int]:
    """The placements that have a mark."""
    return frozenset(id for (id,) in store.execute("SELECT DISTINCT placement FROM mark"))


def marks(store: sqlite3.Connection, until: date, placement: int) -> tuple[Mark, ...]:
    """The marks of a placement that stand, up to a day, in order of time; StoreProblem names a placement with one that cannot be."""
    return tuple(_read(store, until, placement))


def _read(store: sqlite3.Connection, until: date, placement: int) -> Iterator[Mark]:
    for day, half, code, *rest in store.execute(MARKS, {"placement": placement, "until": until.isoformat()}):
        try:
            if code not in CODES or half not in (0, 1):
                raise ValueError("no code of the register")
            yield Mark(day_of_record(day), half, code, *rest)
        except UNREADABLE as problem:
            raise unreadable(f"a mark of {reference('PL', placement)}", problem) from None
