"""Reads for term dates."""

from __future__ import annotations

import sqlite3
from datetime import date

from ..domain.calendar import HalfTerm


def terms(store: sqlite3.Connection) -> tuple[HalfTerm, ...]:
    """The half terms that were imported."""
    rows = store.execute("SELECT calendar, name, first, last FROM term ORDER BY calendar, first")
    return tuple(HalfTerm(calendar, name, date.fromisoformat(first), date.fromisoformat(last)) for calendar, name, first, last in rows)
