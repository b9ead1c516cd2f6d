"""Read by plain SQL with named parameters, streamed straight into records of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar

from msgspec.json import decode
from msgspec.structs import replace

from ...domain.days import words
from ...domain.placement import WEEK, Placement
from ...domain.provider import Provider, Site, SiteKind, Sites
from ...errors import NotFound
from ...forms.facts import Asked, Unknown
from ...forms.form import (
    Noun,
    Record,
    field_types,
    reference,
    required_fields,
)
from ..columns import from_column
from ..damage import UNREADABLE, Unreadable, unreadable
from ..opening import Store
from .conditions import WEEK_IN_FORCE

N = TypeVar("N", bound=Noun)
R = TypeVar("R", bound=Record)
T = TypeVar("T")
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
def mapper(record: type[R], whole: bool = True) -> Callable[[Row], R]:
    """Make a function that builds a record from its columns.

    NULL becomes Unknown, text becomes days and choices. Unless it has to be `whole`, what it needs
    may be missing too.
    """
    kind = record.__name__.lower()
    names = record.__struct_fields__
    at = {name: place for place, name in enumerate(names)}
    types = field_types(record)
    needed = required_fields(record) if whole else frozenset()
    may_miss = {name for name in names if types[name][1]} | (required_fields(record) - needed)
    missing = [Unknown(f"{kind}.{name}") if name in may_miss else None for name in names]
    converted = [
        (place, how) for place, name in enumerate(names) if (how := from_column(types[name][0]))
    ]
    count = len(names)
    required = [at[name] for name in needed]

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


def readable(make: Callable[[Any], Callable[[Row], R]], kind: Any, row: Row, ref: str) -> R:
    """Return the record of a row; raise StoreProblem with its reference if it is damaged."""
    try:
        return make(kind)(row)
    except UNREADABLE as problem:
        if isinstance(kind, type) and issubclass(kind, Noun):
            raise damaged(kind, row, problem).problem from None
        raise unreadable(ref, problem) from None


def read_noun(record: type[N], row: Row) -> N | Unreadable:
    """Return the record of a row; if it is damaged, what is impossible in it."""
    try:
        found: N = mapper(record)(row)
    except UNREADABLE as problem:
        return damaged(record, row, problem)
    return found


def damaged(record: type[Noun], row: Row, problem: Exception) -> Unreadable:
    """Return what is impossible in a row, with the command that corrects it."""
    from .impossible import impossible_fields, say_impossible

    ref = reference(record.PREFIX, row[0])
    wrong = impossible_fields(record, row)
    told = say_impossible(record, ref, wrong) if wrong else unreadable(ref, problem)
    return Unreadable(record, row[0], told)


def sites(store: Store, provider: int | None = None) -> dict[int, Sites | Unreadable]:
    """Map each provider, or one, to its sites, or to why they cannot be read.

    Providers without any are left out.
    """
    found: dict[int, list[Site]] = {}
    wrong: dict[int, dict[str, str]] = {}
    for owner, site, problem in all_sites(store, provider):
        found.setdefault(owner, []).append(site)
        if problem:
            wrong.setdefault(owner, {"sites": problem})
    return {owner: Sites(tuple(those)) for owner, those in found.items()} | {
        owner: _unreadable_sites(owner, problems) for owner, problems in wrong.items()
    }


def _unreadable_sites(provider: int, wrong: dict[str, str]) -> Unreadable:
    from .impossible import say_impossible

    told = say_impossible(Provider, reference(Provider.PREFIX, provider), wrong)
    return Unreadable(Provider, provider, told)


def all_sites(store: Store, provider: int | None = None) -> Iterator[tuple[int, Site, str]]:
    """List the sites of all providers, or of one: its number, the site, and what is wrong with it.

    A damaged site has no address; its number is 0 if that is damaged as well.
    """
    rows = store.rows(
        "SELECT provider, number, address, kind"
        f" FROM site {'WHERE provider = :id' if provider else ''} ORDER BY provider, number",
        id=provider,
    )
    for owner, number, address, kind in rows:
        if type(number) is not int:
            yield owner, Site(0, "", SiteKind.MAIN), "has a site without a number: type it again"
            continue
        try:
            if not isinstance(address, str):
                raise ValueError("text is needed, not bytes")
            yield owner, Site(number, address, SiteKind(kind)), ""
        except ValueError:
            told = f"has a damaged site {number}: type it again as “{number}: ADDRESS”"
            yield owner, Site(number, "", SiteKind.MAIN), told


def sites_of(store: Store, provider: int) -> Sites | None:
    """Return the sites of a provider, None without any; raise StoreProblem if they are damaged."""
    found = sites(store, provider).get(provider)
    if isinstance(found, Unreadable):
        raise found.problem
    return found


def select(record: type[Noun], where: str = "") -> str:
    """Return the query for the records of a noun in order of reference, by the mapper's columns."""
    join = WEEK_IN_FORCE if record is Placement else ""
    alias = alias_of(record)
    return (
        f"SELECT {columns(record, alias)}"
        f" FROM {record.NOUN} {alias} {join} {where and f'WHERE {where}'} ORDER BY {alias}.id"
    )


def alias_of(record: type[Noun]) -> str:
    """Return what a noun's table is called in the queries for its records."""
    return "pl" if record is Placement else "t"


def all_nouns(
    store: Store,
    record: type[N],
    on: date,
    where: str = "",
    named: dict[str, Any] | None = None,
) -> Iterator[N | Unreadable]:
    """List the records of a noun in order of reference, a placement with its week on a day.

    Those that cannot be read are in their places, with the reason.
    """
    provider_sites: dict[int, Sites | Unreadable] = {}
    if record is Provider:
        provider_sites = sites(store, named.get("id") if named else None)
    for row in store.rows(select(record, where), **({"on": on.isoformat()} | (named or {}))):
        found = read_noun(record, row)
        there = provider_sites.get(found.id)
        if isinstance(there, Unreadable) and not isinstance(found, Unreadable):
            yield there
        elif there and not isinstance(found, Unreadable):
            yield replace(found, sites=there)
        else:
            yield found


def nouns(
    store: Store,
    record: type[N],
    on: date,
    where: str = "",
    named: dict[str, Any] | None = None,
) -> Iterator[N]:
    """List the records of a noun as `all_nouns` does; raise StoreProblem for a damaged one."""
    for found in all_nouns(store, record, on, where, named):
        if isinstance(found, Unreadable):
            raise found.problem
        yield found


def readable_nouns(
    store: Store,
    record: type[N],
    on: date,
    where: str = "",
    named: dict[str, Any] | None = None,
) -> Iterator[N]:
    """List the records of a noun as `all_nouns` does; the store names those that are left out."""
    yield from readable_ones(store, all_nouns(store, record, on, where, named))


def readable_ones(store: Store, found: Iterable[T | Unreadable]) -> Iterator[T]:
    """List what can be read; the store names the others, and who shows the list says so."""
    for one in found:
        if isinstance(one, Unreadable):
            store.leave_out(one.problem)
        else:
            yield one


def one(store: Store, record: type[N], id: int, on: date) -> N:
    """Return the record of a reference; raise NotFound, with what is near, if it does not exist."""
    for found in nouns(store, record, on, f"{alias_of(record)}.id = :id", {"id": id}):
        return found
    raise not_found(store, record, id)


def not_found(store: Store, record: type[Noun], id: int) -> NotFound:
    """Return the error for a missing reference, with the nearest that the store has."""
    why = say_erased(store, reference(record.PREFIX, id))
    if why:
        return NotFound(f"{record.NOUN} {reference(record.PREFIX, id)}", why=why)
    merged = store.row(
        "SELECT what FROM audit WHERE place = :place AND \"row\" = :id AND new = '{}'"
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


def say_erased(store: Store, ref: str) -> str:
    """Say that a pupil, or a placement with its pupil, was erased, and when; empty if not."""
    for pupil, day, placements in store.rows("SELECT pupil, day, placements FROM erased"):
        if ref in (reference("P", pupil), *placements.split(", ")):
            return f"it was erased on {words(date.fromisoformat(day))}"
    return ""
