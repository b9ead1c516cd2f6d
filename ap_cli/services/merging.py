"""Join two records of one pupil or provider: one takes over everything from the other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar, cast

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
from ..store.queries.numbers import count_about
from .records import same
from .refusals import problems, refuse

if TYPE_CHECKING:
    from ..store.unit import UnitOfWork

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


class Plan(Struct, Generic[N], frozen=True):
    """A merge before it is written: what it does, and the record as it is afterwards.

    `sites` maps the number of each site of the record that goes to its new number.
    """

    merging: Merging
    after: N
    sites: dict[int, int]


def plan(store: Store, record: type[N], gone: int, kept: int, today: date) -> Merging:
    """Plan what a merge would do; raise ApError if both are the same record, or NotFound."""
    return _plan(store, record, gone, kept, today).merging


def _plan(store: Store, record: type[N], gone: int, kept: int, today: date) -> Plan[N]:
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
    numbers: dict[int, int] = {}
    after = replace(new, **taken)
    if isinstance(old, Provider) and isinstance(after, Provider):
        numbers = _new_numbers(old, after)
        after = cast(N, _with_sites_of(old, after, numbers))
    if isinstance(old, Pupil) and isinstance(after, Pupil):
        after = cast(N, _with_upns_of(old, after))
    return Plan(
        Merging(
            old.ref,
            new.ref,
            placements=count_about(store, "placement", record.NOUN, gone),
            entries=count_about(store, "entry", record.NOUN, gone),
            marks=count_about(store, "mark", record.NOUN, gone) if record is Pupil else 0,
            taken=tuple(taken),
            differing=differing,
        ),
        after,
        numbers,
    )


def _with_upns_of(old: Pupil, after: Pupil) -> Pupil:
    """Return the pupil who takes over, with every other UPN of both as a former one."""
    both = dict.fromkeys((*after.upns, *old.upns))
    former = tuple(upn for upn in both if not (recorded(after.upn) and upn == after.upn))
    return replace(after, former_upns=former) if former else after


def merge(
    store: Store, record: type[N], gone: int, kept: int, author: Author, today: date
) -> Merging:
    """Merge two records: one's placements, entries and marks move to the other, and it is removed.

    Raise ApError if both have a mark for one session. The log has every change, and `ap undo` parts
    the records again.
    """
    from ..store import automatic, writing

    old_ref, new_ref = reference(record.PREFIX, gone), reference(record.PREFIX, kept)
    what = f"merge {old_ref} into {new_ref}"
    with writing.change(store, author, what, backup=automatic.MERGE) as unit:
        planned = _plan(store, record, gone, kept, today)
        if record is Pupil:
            _refuse_two_pupils(store, gone, kept)
        refuse(problems(store, planned.after, today, joined=gone))
        before = reading.one(store, record, kept, today)
        writing.correct(unit, before, planned.after, today)
        _hand_over(unit, record, gone, kept, planned.sites)
        unit.delete(record.NOUN, gone)
    return planned.merging


def _refuse_two_pupils(store: Store, gone: int, kept: int) -> None:
    """Raise ApError if both records have a mark for one session."""
    session = attendance.marked_twice(store, "pupil", gone, kept)
    if session:
        raise ApError(
            f"both have a mark for the session of {session}: they attended at once, "
            "so they are two pupils"
        )


def _hand_over(
    unit: UnitOfWork, record: type[Noun], gone: int, kept: int, numbers: dict[int, int]
) -> None:
    """Give everything about one record to the other; a placement gets the new site's number."""
    from ..store import writing

    for row in unit.find("placement", **{record.NOUN: gone}):
        site = {"site": numbers.get(row["site"])} if numbers else {}
        unit.update("placement", row["id"], {record.NOUN: kept} | site)
    writing.hand_over(unit, "entry", record.NOUN, gone, record.NOUN, kept)
    if record is Pupil:
        writing.hand_over(unit, "hold", record.NOUN, gone, record.NOUN, kept)
        writing.hand_over(unit, "mark", record.NOUN, gone, record.NOUN, kept)
    if record is Provider:
        writing.delete_sites(unit, gone)


def _new_numbers(old: Provider, new: Provider) -> dict[int, int]:
    """Map the number of each site to its number at the provider that takes over.

    That is the site with the same address, or the next free number.
    """
    known = {site.address.casefold(): site.number for site in _sites(new)}
    numbers: dict[int, int] = {}
    for site in _sites(old):
        next_free = max(known.values(), default=0) + 1
        numbers[site.number] = known.setdefault(site.address.casefold(), next_free)
    return numbers


def _with_sites_of(old: Provider, new: Provider, numbers: dict[int, int]) -> Provider:
    """Return the provider that takes over, with the sites of both."""
    if not recorded(old.sites):
        return new
    sites = {site.number: site for site in _sites(new)}
    for site in old.sites.all:
        number = numbers[site.number]
        sites.setdefault(number, Site(number, site.address, site.kind))
    return replace(new, sites=Sites(tuple(sites[number] for number in sorted(sites))))


def _sites(provider: Provider) -> tuple[Site, ...]:
    return provider.sites.all if recorded(provider.sites) else ()
