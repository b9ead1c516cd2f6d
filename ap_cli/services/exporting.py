"""Gather what is exported: pupils, providers, placements, what happened, marks and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec import Struct

from ..domain.attendance import Mark
from ..domain.commissioner import Commissioner
from ..domain.entries.entry import Entry
from ..domain.likeness import provider_key
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import NotFound, StoreProblem
from ..forms.facts import recorded
from ..forms.form import Noun, reference
from ..rules.engine import Finding
from ..rules.rule import OPEN
from ..store.opening import Store
from ..store.queries import importing
from ..store.queries import records as reading
from ..store.queries.attendance import every_mark
from ..store.queries.entries import every_entry
from ..store.queries.lists import Listed, listed_placements
from ..store.queries.numbers import count_rows
from ..store.queries.pupils import names_by_number
from . import lists
from .checks import Along, CheckRequest, check
from .filters import Wanted

REMEMBERED = 1024
"""How many pupils and providers are remembered while placements are exported."""

Has = Callable[[type[Noun], int], bool]
"""Whether a record is one of those asked for."""


class Around(Struct, frozen=True):
    """Who and where a record is about, as far as it says: references and names.

    `upn` and `born` are the pupil's, where another store has to know the child again.
    """

    placement: str = ""
    pupil: str = ""
    pupil_name: str = ""
    provider: str = ""
    provider_name: str = ""
    school: str = ""
    upn: str = ""
    born: date | None = None


class PlacementAround(Struct, frozen=True):
    """A placement with its pupil and provider, None if they are damaged, and its commissioner.

    The commissioner is a name, or a reference if several are called so; empty if there is none.
    """

    listed: Listed
    pupil: Pupil | None
    provider: Provider | None
    commissioner: str


def pupils(store: Store, on: date, wanted: Wanted) -> Iterable[Pupil]:
    """List the pupils asked for; all of them one at a time."""
    if wanted.is_empty:
        return reading.readable_nouns(store, Pupil, on)
    return [one.pupil for one in lists.pupils(store, on, wanted, names=True)]


def providers(store: Store, on: date, wanted: Wanted) -> Iterable[Provider]:
    """List the providers asked for; all of them one at a time."""
    if wanted.is_empty:
        return reading.readable_nouns(store, Provider, on)
    return [one.provider for one in lists.providers(store, on, wanted, names=True)]


def placements(store: Store, on: date, wanted: Wanted) -> Iterator[Listed]:
    """List the placements asked for, one at a time."""
    return (one.listed for one in lists.placements(store, on, wanted, names=True))


def placements_around(store: Store, on: date, wanted: Wanted) -> Iterator[PlacementAround]:
    """List the placements asked for, one at a time, each with what another store needs of it."""
    called = {one.id: one.name for one in reading.readable_nouns(store, Commissioner, on)}
    times = Counter(map(provider_key, called.values()))

    @lru_cache(maxsize=REMEMBERED)
    def find(noun: type[Noun], id: int) -> Any:
        try:
            return reading.one(store, noun, id, on)
        except NotFound:
            return None
        except StoreProblem as problem:
            store.leave_out(problem)
            return None

    for one in placements(store, on, wanted):
        placement = one.placement
        commissioner = ""
        if recorded(placement.commissioner):
            name = called.get(placement.commissioner, "")
            is_sure = times[provider_key(name)] == 1
            commissioner = (
                name if is_sure else reference(Commissioner.PREFIX, placement.commissioner)
            )
        pupil, provider = find(Pupil, placement.pupil), find(Provider, placement.provider)
        yield PlacementAround(one, pupil, provider, commissioner)


def entries(store: Store, on: date, wanted: Wanted) -> Iterator[tuple[Around, Entry]]:
    """List what happened up to a day, each after whom it is about.

    Of placements asked for, what is about them, their pupils and their providers.
    """
    has, around = choose_records(store, on, wanted)
    for noun, id, entry in every_entry(store, on):
        if has(noun, id):
            yield around(noun, id), entry


def marks(store: Store, on: date, wanted: Wanted) -> Iterator[tuple[Around, Mark]]:
    """List the marks up to a day, each after whom it is about."""
    has, around = choose_records(store, on, wanted)
    for placement, _, mark in every_mark(store, on):
        if has(Placement, placement):
            yield around(Placement, placement), mark


def findings(
    store: Store, on: date, wanted: Wanted, along: Along | None = None
) -> Iterator[tuple[Around, Finding]]:
    """List what is breached, due or cannot be told, each after whom it is about.

    `along` shows progress.
    """
    has, around = choose_records(store, on, wanted)
    prefixes: dict[str, type[Noun]] = {noun.PREFIX: noun for noun in (Placement, Pupil, Provider)}
    request = CheckRequest(on, answers=OPEN)
    for finding in check(store, request, along).findings:
        prefix, _, number = finding.subject.partition("-")
        noun = prefixes.get(prefix)
        if noun is None or not number.isdigit():
            if wanted.is_empty:
                yield Around(), finding
        elif has(noun, int(number)):
            yield around(noun, int(number)), finding


def choose_records(
    store: Store, on: date, wanted: Wanted
) -> tuple[Has, Callable[[type[Noun], int], Around]]:
    """Return what says whether a record is asked for, and what says whom it is about.

    A placement's pupil and provider are asked for with it. With nothing asked for, all are.
    """
    names, places = _names_around(store, on)
    chosen: set[tuple[type[Noun], int]] = set()
    if not wanted.is_empty:
        for one in placements(store, on, wanted):
            placement = one.placement
            chosen |= {(Placement, placement.id), (Pupil, placement.pupil)}
            chosen.add((Provider, placement.provider))
        chosen |= {(Pupil, pupil.id) for pupil in pupils(store, on, wanted)}
        chosen |= {(Provider, provider.id) for provider in providers(store, on, wanted)}

    def has(noun: type[Noun], id: int) -> bool:
        return wanted.is_empty or (noun, id) in chosen

    def around(noun: type[Noun], id: int) -> Around:
        if noun is Placement:
            return places.get(id) or Around(placement=reference(Placement.PREFIX, id))
        name = names.get((noun, id), "")
        ref = reference(noun.PREFIX, id)
        if noun is Pupil:
            return Around(pupil=ref, pupil_name=name)
        return Around(provider=ref, provider_name=name)

    return has, around


def _names_around(
    store: Store, on: date
) -> tuple[dict[tuple[type[Noun], int], str], dict[int, Around]]:
    """Map pupils and providers to their names, and placements to who and where they are about."""
    names: dict[tuple[type[Noun], int], str] = {
        (Pupil, id): str(name) for id, name in names_by_number(store).items()
    }
    for provider in reading.readable_nouns(store, Provider, on):
        names[Provider, provider.id] = provider.name
    found = reading.readable_ones(store, listed_placements(store, on))
    known = {id: (upn, born) for id, upn, born in importing.identities(store)}
    return names, {
        one.placement.id: around_of(one, *known.get(one.placement.pupil, ("", None)))
        for one in found
    }


def around_of(one: Listed, upn: str, born: date | None) -> Around:
    """Return who and where a placement is about; its pupil has the UPN and birth date."""
    placement = one.placement
    return Around(
        placement.ref,
        reference(Pupil.PREFIX, placement.pupil),
        one.pupil_name,
        reference(Provider.PREFIX, placement.provider),
        one.provider_name,
        one.school or "",
        upn,
        born,
    )


def count_exported(store: Store, table: str) -> int:
    """Return how many rows a table has, for a bar that shows how far an export has come."""
    return count_rows(store, table)
