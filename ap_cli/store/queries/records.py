"""Read by plain SQL with named parameters, streamed straight into records of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import Enum
from functools import cache, lru_cache, partial
from typing import Any, TypeVar, get_origin

from msgspec.json import decode
from msgspec.structs import replace

from ...domain.entries.entry import EntryRef
from ...domain.periods import Period, Periods
from ...domain.placement import WEEK, Placement
from ...domain.provider import Provider, Site, SiteKind, Sites
from ...domain.references import REFERENCES
from ...domain.sessions import Sessions, read_sessions
from ...errors import NotFound
from ...forms.facts import Asked, Unknown
from ...forms.form import (
    TIMES,
    Count,
    Noun,
    Pence,
    Percent,
    Record,
    field_types,
    reference,
    required_fields,
)
from ..columns import day_of_record, whole
from ..damage import UNREADABLE, unreadable
from ..opening import Store
from .conditions import WEEK_IN_FORCE

N = TypeVar("N", bound=Noun)
R = TypeVar("R", bound=Record)
Row = Sequence[Any]


@cache
def columns(record: type[Noun], alias: str) -> str:
    """Return a record's columns for a SELECT, in its mapper's order; a placement's week is `w`."""

    def column(name: str) -> str:
        if record is Provider and name == "sites":
            return "NULL"
        return f"{'w' if record is Placement and name in WEEK else alias}.{name}"

    return ", ".join([*map(column, record.__struct_fields__), f"{alias}.not_known"])


def width(record: type[Noun]) -> int:
    """Return how many columns the mapper of a record takes."""
    return len(record.__struct_fields__) + 1


@cache
def mapper(record: type[R]) -> Callable[[Row], R]:
    """Make a function that builds a record from its columns.

    NULL becomes Unknown, text becomes days and choices.
    """
    kind = record.__name__.lower()
    names = record.__struct_fields__
    at = {name: place for place, name in enumerate(names)}
    types = field_types(record)
    missing = [Unknown(f"{kind}.{name}") if types[name][1] else None for name in names]
    converted = [
        (place, how) for place, name in enumerate(names) if (how := from_column(types[name][0]))
    ]
    count = len(names)
    required = [at[name] for name in required_fields(record)]

    def build(row: Row) -> R:
        found = row[:count]
        if bytes in map(type, found):
            raise ValueError("text is needed, not bytes")
        asked = row[count]
        values = [
            gap if value is None else value for value, gap in zip(found, missing, strict=True)
        ]
        for place in required:
            if values[place] is None:
                raise ValueError(f"{names[place]} is missing")
        for place, convert in converted:
            if row[place] is not None:
                values[place] = convert(row[place])
        if asked is not None:
            for name, told in decode(asked, type=dict[str, Asked]).items():
                values[at[name]] = Unknown(f"{kind}.{name}", told)
        return record(**dict(zip(names, values, strict=True)))

    return build


WHOLE = (int, *TIMES, Pence, Percent, Count, EntryRef, *REFERENCES)


def from_column(known: Any) -> Callable[[Any], Any] | None:
    """Make a function from a column's value to a field's; None if they are the same."""
    if known is date:
        return day_of_record
    if known is bool:
        return {0: False, 1: True}.__getitem__
    if known in WHOLE:
        return whole
    if known is Sessions:
        return read_sessions
    if known is Periods:
        return _read_periods
    if isinstance(known, type) and issubclass(known, Enum):
        return {member.value: member for member in known}.__getitem__
    if get_origin(known) is tuple:
        return partial(decode, type=known)
    return None


@lru_cache(maxsize=4096)
def _read_periods(text: str) -> Periods:
    return Periods(decode(text, type=tuple[Period, ...]))


def readable(make: Callable[[Any], Callable[[Row], R]], kind: Any, row: Row, ref: str) -> R:
    """Return the record of a row; raise StoreProblem with its reference if it is damaged."""
    try:
        return make(kind)(row)
    except UNREADABLE as problem:
        raise unreadable(ref, problem) from None


def sites(store: Store, provider: int | None = None) -> dict[int, Sites]:
    """Map each provider, or one, to its sites; leave out providers without any."""
    rows = store.rows(
        "SELECT provider, number, address, kind"
        f" FROM site {'WHERE provider = :id' if provider else ''} ORDER BY provider, number",
        id=provider,
    )
    found: dict[int, list[Site]] = {}
    for owner, number, address, kind in rows:
        try:
            found.setdefault(owner, []).append(Site(whole(number), address, SiteKind(kind)))
        except ValueError as problem:
            raise unreadable(reference(Provider.PREFIX, owner), problem) from None
    return {owner: Sites(tuple(those)) for owner, those in found.items()}


def nouns(
    store: Store,
    record: type[N],
    on: date,
    where: str = "",
    named: dict[str, Any] | None = None,
) -> Iterator[N]:
    """List the records of a noun in order of reference, a placement with its week on a day."""
    table = record.NOUN
    join = WEEK_IN_FORCE if record is Placement else ""
    alias = "pl" if record is Placement else "t"
    query = (
        f"SELECT {columns(record, alias)}"
        f" FROM {table} {alias} {join} {where and f'WHERE {where}'} ORDER BY {alias}.id"
    )
    provider_sites: dict[int, Sites] = {}
    if record is Provider:
        provider_sites = sites(store, named.get("id") if named else None)
    for row in store.rows(query, **({"on": on.isoformat()} | (named or {}))):
        found = readable(mapper, record, row, f"{record.PREFIX}-{row[0]:04d}")
        if found.id in provider_sites:
            found = replace(found, sites=provider_sites[found.id])
        yield found


def one(store: Store, record: type[N], id: int, on: date) -> N:
    """Return the record of a reference; raise NotFound, with what is near, if it does not exist."""
    alias = "pl" if record is Placement else "t"
    for found in nouns(store, record, on, f"{alias}.id = :id", {"id": id}):
        return found
    raise not_found(store, record, id)


def not_found(store: Store, record: type[Noun], id: int) -> NotFound:
    """Return the error for a missing reference, with the nearest that the store has."""
    merged = store.row(
        "SELECT what FROM audit WHERE place = :place AND row = :id AND new = '{}'"
        " ORDER BY id DESC LIMIT 1",
        place=record.NOUN,
        id=id,
    )
    if merged and merged[0].startswith("merge "):
        return NotFound(
            f"{record.NOUN} {reference(record.PREFIX, id)}",
            [merged[0].rpartition(" ")[2]],
            "it was joined into another",
        )
    near = [
        row[0]
        for row in store.rows(
            f"SELECT id FROM {record.NOUN} ORDER BY abs(id - :id), id LIMIT 2", id=id
        )
    ]
    return NotFound(
        f"{record.NOUN} {reference(record.PREFIX, id)}",
        [reference(record.PREFIX, found) for found in near],
    )
