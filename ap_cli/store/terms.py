"""Reads for term dates."""

from __future__ import annotations

import sqlite3

from ..domain.calendar import HalfTerm
from .columns import UNREADABLE, day_of_record, unreadable


def terms(store: sqlite3.Connection) -> tuple[HalfTerm, ...]:
    """The half terms that were imported."""
    rows = store.execute("SELECT calendar, name, first, last FROM term ORDER BY calendar, first")
    try:
        return tuple(HalfTerm(calendar, name, day_of_record(first), day_of_record(last)) for calendar, name, first, last in rows)
    except UNREADABLE as problem:
        raise unreadable("a half term", problem) from None
