"""A record as it was before a change of the log, put together without writing anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TypeVar

from msgspec.json import decode
from msgspec.structs import replace

from ..domain.placement import WEEK, Placement
from ..domain.provider import Provider, Site, SiteKind, Sites
from ..forms.form import Noun, Record, reference
from .columns import day_of_record
from .damage import UNREADABLE, unreadable
from .opening import Store
from .queries import log
from .queries.records import mapper
from .queries.rows import Row, find
from .undoing import is_added, values

N = TypeVar("N", bound=Noun)
Rows = dict[tuple[str, int], Row]
"""The rows that a record is made of, by table and number."""

PARTS: dict[type[Noun], str] = {Placement: "week", Provider: "site"}
"""The table of the rows that are part of a record; they name it in a column called as it is."""


def read_earlier(store: Store, noun: type[N], id: int, change: int, on: date) -> N:
    """Return a record as it was after a change of the log, a placement with its week on a day.

    It may be gone since. Raise StoreProblem if the log does not tell what it was.
    """
    ref = reference(noun.PREFIX, id)
    try:
        rows = _rows_of(store, noun, id)
        for place, row, old, new in log.changes_after(store, change, [ref]):
            _reverse_in(rows, (place, row), decode(old), decode(new))
        return _made_of(rows, noun, id, on)
    except (*UNREADABLE, LookupError) as problem:
        told = f"what {ref} was before it was changed after change {change} of the log"
        raise unreadable(told, problem) from None


class Version(Record, frozen=True):
    """A record as a unit of work left it: what the unit was called, and who made it on which day.

    The unit that added the record has nothing before it, one that removed it has no record.
    """

    record: Noun | None
    before: Noun | None
    what: str
    who: str
    day: date


def list_versions(store: Store, noun: type[Noun], id: int, on: date) -> Iterator[Version]:
    """Yield what each unit of work made of a record, the newest first, with its week on a day.

    What was undone, and what undid it, is left out. Raise StoreProblem where the log does not tell.
    """
    ref = reference(noun.PREFIX, id)
    undone: set[int] = set()
    try:
        rows = _rows_of(store, noun, id)
        found = groupby(log.changes_by_unit(store, ref), key=lambda row: row[:5])
        for (unit, what, who, day, undoes), changes in found:
            after = _made_of(rows, noun, id, on) if (noun.NOUN, id) in rows else None
            for *_, place, row, old, new in changes:
                _reverse_in(rows, (place, row), decode(old), decode(new))
            before = _made_of(rows, noun, id, on) if (noun.NOUN, id) in rows else None
            if undoes is not None:
                undone.add(undoes)
            elif unit not in undone:
                yield Version(after, before, what or "", who, day_of_record(day))
            if before is None and undoes is None:
                return
    except (*UNREADABLE, LookupError) as problem:
        raise unreadable(f"what {ref} was", problem) from None


def _rows_of(store: Store, noun: type[Noun], id: int) -> Rows:
    """Return the rows that a record is made of today, none if it is gone."""
    found: Rows = {(noun.NOUN, int(row["id"])): row for row in find(store, noun.NOUN, id=id)}
    if noun in PARTS:
        parts = find(store, PARTS[noun], **{noun.NOUN: id})
        found |= {(PARTS[noun], int(row["id"])): row for row in parts}
    return found


def _reverse_in(rows: Rows, key: tuple[str, int], old: Row, new: Row) -> None:
    """Reverse a change of a row among rows; raise LookupError if it cannot be."""
    if not (old or new):
        raise LookupError("its values were erased")
    if not new:
        rows[key] = values(old)
    elif is_added(old, new):
        del rows[key]
    else:
        rows[key] = rows[key] | values(old)


def _made_of(rows: Rows, noun: type[N], id: int, on: date) -> N:
    """Return the record that rows make."""
    row = rows[noun.NOUN, id]
    parts = [
        part
        for (table, _), part in rows.items()
        if table == PARTS.get(noun) and part[noun.NOUN] == id
    ]
    if noun is Placement:
        row = row | _week_on(parts, max(str(row["starts"]), on.isoformat()))
    names = (*noun.__struct_fields__, "not_known")
    made: N = mapper(noun)(tuple(row.get(name) for name in names))
    return replace(made, sites=_sites(parts)) if parts and noun is Provider else made


def _week_on(weeks: list[Row], day: str) -> Row:
    """Return the facts of the week in force on a day; raise ValueError without one."""
    begun = [week for week in weeks if week["since"] <= day]
    week = max(begun, key=lambda week: str(week["since"]))
    return {name: week[name] for name in WEEK}


def _sites(parts: list[Row]) -> Sites:
    found = (Site(part["number"], part["address"], SiteKind(part["kind"])) for part in parts)
    return Sites(tuple(sorted(found, key=lambda site: site.number)))
