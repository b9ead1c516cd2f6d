"""Read the audit: every change, who made it last, and the units of work for undoing them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ..columns import day_of_record
from ..dialect import is_json, value_at
from ..opening import Store

Row = tuple[Any, ...]

DAY = "COALESCE(CAST({0}asof AS TEXT), substr({0}at, 1, 10))"
"""The day of a change in SQL: the one that was taken for today then."""


ONE_UNIT = "unit, COALESCE(unit, -id)"
"""What groups the changes of a unit of work; an old change has no number, and is one alone."""


def changes(
    store: Store, subject: str | None = None, entry: int | None = None, unit: int | None = None
) -> Iterator[Row]:
    """List the row of every change in order, or of those to one subject or entry or of one unit.

    A row has id, at, asof, who, what, subject, old, new, reason and unit. The subject is a
    reference, the entry and the unit of work are numbers. What only says of another entry that its
    values were erased is left out.
    """
    where = ""
    if subject:
        where = "AND subject = :subject"
    elif entry:
        where = "AND place = 'entry' AND \"row\" = :entry"
    elif unit is not None:
        where = "AND unit = :unit"
    return store.rows(
        "SELECT id, at, asof, who, what, subject, old, new, reason, unit FROM audit"
        f" WHERE (place IS NULL OR place NOT IN ('audit', 'chain')) {where} ORDER BY id",
        subject=subject,
        entry=entry,
        unit=unit,
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


def changes_back(store: Store, subject: str, entry: int | None = None) -> Iterator[Row]:
    """List the changes to the facts of a subject, or to one entry, the newest first.

    A row has who, at, place, old and new.
    """
    where = "subject = :subject AND place IN ('placement', 'week', 'pupil', 'provider', 'site')"
    if entry is not None:
        where = "place = 'entry' AND \"row\" = :entry"
    return store.rows(
        f"SELECT who, at, place, old, new FROM audit WHERE {where} ORDER BY id DESC",
        subject=subject,
        entry=entry,
    )


def day_of_answer(store: Store, subject: str, name: str, value: str) -> date | None:
    """Return the day on which a placement last got an answer; None if no change says so."""
    row: Row | None = store.row(
        f"SELECT {DAY.format('')} FROM audit WHERE subject = :subject AND place = 'placement'"
        f" AND {is_json('new')} AND {value_at('new', ':name')} = :value"
        " ORDER BY id DESC LIMIT 1",
        subject=subject,
        name=name,
        value=value,
    )
    return day_of_record(row[0]) if row else None


def changes_after(store: Store, change: int, subjects: Sequence[str]) -> list[Row]:
    """List the changes to the facts of some subjects after a change, the newest first.

    A row has place, row, old and new.
    """
    names = {f"subject{at}": subject for at, subject in enumerate(subjects)}
    return list(
        store.rows(
            'SELECT place, "row", old, new FROM audit WHERE id > :change'
            f" AND subject IN ({', '.join(f':{name}' for name in names)})"
            " AND place IN ('placement', 'week', 'pupil', 'provider', 'site') ORDER BY id DESC",
            change=change,
            **names,
        )
    )


def changes_by_unit(store: Store, subject: str) -> Iterator[Row]:
    """List the changes to the facts of a subject, the newest first.

    A row has unit, what, who, day, the number of the unit that it undoes, place, row, old and new.
    """
    return store.rows(
        f'SELECT unit, what, who, {DAY.format("")}, undoes, place, "row", old, new FROM audit'
        " WHERE subject = :subject AND place IN ('placement', 'week', 'pupil', 'provider', 'site')"
        " ORDER BY id DESC",
        subject=subject,
    )


def first_change_of_entry(store: Store, id: int) -> int | None:
    """Return the number of the change that added an entry; None if the log has none."""
    found: Row = store.row(
        "SELECT min(id) FROM audit WHERE place = 'entry' AND \"row\" = :id", id=id
    )
    return None if found[0] is None else int(found[0])


def last_change_of_entry(store: Store, id: int) -> Row | None:
    """Return who last changed an entry, and on what day; None if nobody did."""
    row: Row | None = store.row(
        f"SELECT who, {DAY.format('')} FROM audit WHERE place = 'entry' AND \"row\" = :id"
        " ORDER BY id DESC LIMIT 1",
        id=id,
    )
    return row


def newest_moment(store: Store) -> str | None:
    """Return when the newest change was made, in UTC; None if there is none."""
    found = store.row("SELECT at FROM audit ORDER BY id DESC LIMIT 1")
    return str(found[0]) if found else None


def moments(store: Store) -> Iterator[Row]:
    """List each unit of work and when it was made, in order; an old change has no number."""
    return store.rows(f"SELECT unit, min(at) FROM audit GROUP BY {ONE_UNIT} ORDER BY max(id)")


def last_unit(store: Store) -> Row | None:
    """Return the last unit that neither undoes another nor was undone: unit, what, who, at, asof.

    Return None if there is none.
    """
    row: Row | None = store.row(
        "SELECT a.unit, a.what, a.who, a.at, a.asof FROM audit a WHERE a.unit IS NOT NULL"
        " AND a.undoes IS NULL"
        " AND a.unit NOT IN (SELECT b.undoes FROM audit b WHERE b.undoes IS NOT NULL)"
        " ORDER BY a.unit DESC LIMIT 1"
    )
    return row


def units(store: Store) -> list[tuple[int | None, Any, int | None]]:
    """List the units of work, newest first: number, day, and the number of the unit it undoes.

    An old change has no number.
    """
    rows = store.rows(
        f"SELECT unit, max({DAY.format('')}) AS day, max(undoes), max(id) AS last"
        f" FROM audit GROUP BY {ONE_UNIT} ORDER BY last DESC"
    )
    return [(unit, day, undoes) for unit, day, undoes, _ in rows]


def subjects_of_unit(store: Store, unit: int) -> tuple[str, ...]:
    """List the references of what a unit of work changed, in order."""
    rows = store.rows(
        "SELECT subject FROM audit WHERE unit = :unit GROUP BY subject ORDER BY min(id)", unit=unit
    )
    return tuple(subject for (subject,) in rows)


def placements_and_pupils_of_unit(store: Store, unit: int) -> list[Row]:
    """List the placements and pupils that a unit of work changed: subject, place and row."""
    return list(
        store.rows(
            'SELECT subject, place, "row" FROM audit WHERE unit = :unit'
            " AND place IN ('placement', 'pupil')",
            unit=unit,
        )
    )


def changes_of_unit(store: Store, unit: int) -> list[Row]:
    """List the changes of a unit of work, the last first: subject, place, row, old and new."""
    return list(
        store.rows(
            'SELECT subject, place, "row", old, new FROM audit WHERE unit = :unit ORDER BY id DESC',
            unit=unit,
        )
    )


def changes_that_name_files(store: Store) -> Iterator[Row]:
    """List the old and new values of changes to entries that may name a file, as stored."""
    return store.rows(
        "SELECT old, new FROM audit WHERE place = 'entry'"
        " AND (old LIKE '%\"file%' OR new LIKE '%\"file%')"
    )
