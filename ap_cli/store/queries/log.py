"""Read the audit: every change, and who made it last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..opening import Store
from .records import Row

DAY = "COALESCE({0}asof, substr({0}at, 1, 10))"
"""The day of a change in SQL: the one that was taken for today then."""


def changes(store: Store, subject: str | None = None, entry: int | None = None) -> Iterator[Row]:
    """List the row of every change in order, or of those to one subject or entry.

    A row has id, at, asof, who, what, subject, old, new and reason. The subject is a reference, the
    entry a number.
    """
    where = ""
    if subject:
        where = "WHERE subject = :subject"
    elif entry:
        where = "WHERE place = 'entry' AND row = :entry"
    return store.rows(
        f"SELECT id, at, asof, who, what, subject, old, new, reason FROM audit {where} ORDER BY id",
        subject=subject,
        entry=entry,
    )


def subjects_since(store: Store, day: date) -> list[str]:
    """List the references of subjects changed on a day or after, by their first change.

    A subject that was removed is left out.
    """
    rows = store.rows(
        f"SELECT a.subject FROM audit a WHERE {DAY.format('a.')} >= :day"
        " AND NOT EXISTS (SELECT 1 FROM audit b WHERE b.subject = a.subject AND b.new = '{}'"
        " AND b.place IN ('pupil', 'provider', 'placement'))"
        " GROUP BY a.subject ORDER BY min(a.id)",
        day=day,
    )
    return [subject for (subject,) in rows]


def changes_of_facts(store: Store, subject: str) -> Iterator[Row]:
    """List the changes to a subject's facts in order: the new values, who made it and its day."""
    return store.rows(
        f"SELECT new, who, {DAY.format('')} FROM audit"
        " WHERE subject = :subject AND place IN ('placement', 'week', 'pupil', 'provider', 'site',"
        " 'commissioner') ORDER BY id",
        subject=subject,
    )


def last_change_of_entry(store: Store, id: int) -> Row | None:
    """Return who last changed an entry, and on what day; None if nobody did."""
    row: Row | None = store.row(
        f"SELECT who, {DAY.format('')} FROM audit WHERE place = 'entry' AND row = :id"
        " ORDER BY id DESC LIMIT 1",
        id=id,
    )
    return row
