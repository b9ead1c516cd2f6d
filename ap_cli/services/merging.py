"""Join two records of one pupil or provider: one takes over everything from the other."""

from __future__ import annotations

from datetime import date
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from ..domain.provider import Provider, Site, Sites
from ..domain.pupil import Pupil
from ..errors import ApError
from ..forms.facts import recorded
from ..forms.form import Noun, reference
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import attendance
from ..store.queries import records as reading
from .records import same
from .refusals import problems, refuse

N = TypeVar("N", bound=Noun)


class Merging(Struct, frozen=True):
    """What a merge does: how much moves, which facts are taken over, which differ and stay."""

    gone: str
    kept: str
    placements: int
    entries: int
    marks: int
    taken: tuple[str, ...]
    differing: tuple[str, ...]


def plan(store: Store, record: type[N], gone: int, kept: int, today: date) -> Merging:
    """Plan what a merge would do; raise ApError if both are the same record, or NotFound."""
    return _plan(store, record, gone, kept, today)[0]


def _plan(store: Store, record: type[N], gone: int, kept: int, today: date) -> tuple[Merging, N, N]:
    """Return what a merge does, the record that goes, and the other as it is afterwards."""
    if gone == kept:
        raise ApError(f"{reference(record.PREFIX, gone)} cannot be joined with itself")
    old, new = reading.one(store, record, gone, today), reading.one(store, record, kept, today)
    facts = {
        name: (getattr(old, name), getattr(new, name))
        for name in old.__struct_fields__
        if name not in ("id", "sites")
    }
    taken = {
        name: mine
        for name, (mine, theirs) in facts.items()
        if recorded(mine) and not recorded(theirs)
    }
    differing = tuple(
        name
        for name, (mine, theirs) in facts.items()
        if recorded(mine) and recorded(theirs) and not same(mine, theirs)
    )
    placements, entries = (
        _count(store, table, record.NOUN, gone) for table in ("placement", "entry")
    )
    marks = _count(store, "mark", "pupil", gone) if record is Pupil else 0
    return (
        Merging(old.ref, new.ref, placements, entries, marks, tuple(taken), differing),
        old,
        replace(new, **taken),
    )


def _count(store: Store, table: str, column: str, id: int) -> int:
    return cast(
        int,
        store.row(f"SELECT count(*) FROM {table} WHERE {column} = :id", id=id)[0],
    )


def merge(
    store: Store, record: type[N], gone: int, kept: int, author: Author, today: date
) -> Merging:
    """Merge two records: one's placements, entries and marks move to the other, and it is removed.

    Raise ApError if both have a mark for one session. The log has every change, and `ap undo` parts
    the records again.
    """
    from sqlmodel import select

    from ..store import tables, writing

    with writing.change(
        store,
        author,
        f"merge {reference(record.PREFIX, gone)} into {reference(record.PREFIX, kept)}",
    ) as unit:
        done, old, new = _plan(store, record, gone, kept, today)
        numbers = (
            _with_sites_of(old, new)
            if isinstance(old, Provider) and isinstance(new, Provider)
            else {}
        )
        if isinstance(new, Provider) and isinstance(old, Provider):
            new = cast(N, _joined(old, new))
        if record is Pupil and (session := attendance.marked_twice(store, "pupil", gone, kept)):
            raise ApError(
                f"both have a mark for the session of {session}: they attended at once, "
                "so they are two pupils"
            )
        refuse(problems(store, new, today))
        writing.correct(unit, reading.one(store, record, kept, today), new, today)
        unit.flush()
        for table in (
            tables.PlacementRow,
            tables.EntryRow,
            *((tables.MarkRow,) if record is Pupil else ()),
        ):
            for row in writing.hand_over(unit, table, record.NOUN, gone, record.NOUN, kept):
                if numbers and table is tables.PlacementRow:
                    row.site = numbers.get(row.site)
        unit.flush()
        if record is Provider:
            for site in unit.exec(
                select(tables.SiteRow).where(tables.SiteRow.provider == gone)
            ).all():
                unit.delete(site)
            unit.flush()
        unit.delete(unit.get_one(tables.ROWS[record], gone))
    return done


def _with_sites_of(old: Provider, new: Provider) -> dict[int, int]:
    """Map the number of each site to its number at the provider that takes over.

    That is the site with the same address, or the next free number.
    """
    mine, theirs = (
        provider.sites.all if recorded(provider.sites) else () for provider in (old, new)
    )
    known = {site.address.casefold(): site.number for site in theirs}
    found: dict[int, int] = {}
    for site in mine:
        found[site.number] = known.setdefault(
            site.address.casefold(), max(known.values(), default=0) + 1
        )
    return found


def _joined(old: Provider, new: Provider) -> Provider:
    """Return the provider that takes over, with the sites of both."""
    if not recorded(old.sites):
        return new
    numbers = _with_sites_of(old, new)
    sites = {site.number: site for site in (new.sites.all if recorded(new.sites) else ())}
    for site in old.sites.all:
        sites.setdefault(numbers[site.number], Site(numbers[site.number], site.address, site.kind))
    return replace(new, sites=Sites(tuple(sites[number] for number in sorted(sites))))
