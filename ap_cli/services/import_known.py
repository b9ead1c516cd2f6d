"""What the store has, as an import finds it: by reference, number, name and birth date."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b
from itertools import starmap
from typing import Any, TypeVar

from ..domain.commissioner import Commissioner, CommissionerKind
from ..domain.likeness import name_key, provider_key
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import NotFound, StoreProblem
from ..forms.facts import recorded
from ..forms.form import Noun
from ..store.opening import Store
from ..store.queries import importing, known
from ..store.queries import records as reading
from .import_formerly import Formerly
from .import_near import names_near
from .import_schools import Schools
from .import_values import Wrong
from .records import only_commissioner

N = TypeVar("N", bound=Noun)


def ends_of(key: str) -> tuple[str, str]:
    """Return the first and the last word of a name."""
    words = key.split()
    return (words[0], words[-1]) if words else ("", "")


class Known:
    """What is in the store and, as rows are imported, what they add to it."""

    def __init__(self, store: Store, today: date) -> None:
        self.store, self.today = store, today
        self._secret = os.urandom(16)
        self.providers: dict[str, tuple[int, ...]] = {}
        self.provider_names: dict[int, str] = {}
        self.urns: dict[str, int] = {}
        self.urn_of: dict[int, str] = {}
        self.commissioner: Commissioner | None = only_commissioner(store, today)
        self.commissioners: dict[str, tuple[int, ...]] = {}
        self.commissioner_kinds: dict[int, CommissionerKind] = {}
        self.commissioner_names: tuple[tuple[str, str], ...] = ()
        for one in reading.readable_nouns(store, Commissioner, today):
            key = provider_key(one.name)
            self.commissioners[key] = (*self.commissioners.get(key, ()), one.id)
            self.commissioner_names += ((one.ref, one.name),)
            self.commissioner_kinds[one.id] = one.kind
        self._near: dict[str, tuple[int, ...]] = {}
        self._first_new: dict[type[Noun], int] = {}
        self.schools = Schools(store)
        known.start(store, starmap(self._as_known, importing.pupils(store)), self._list_parts())
        for id, name, urn in importing.providers(store):
            self.add_provider(id, name, urn)
        self.formerly = Formerly(store, self._number)

    def _as_known(self, id: int, name: str, born: date | None) -> dict[str, Any]:
        """Return a pupil as it is looked up: by its name, by the ends of that, and birth date."""
        key = name_key(name)
        numbers = {"name": self._number(key), "ends": self._number(*ends_of(key))}
        return {"id": id, "born": None if born is None else born.isoformat()} | numbers

    def _list_parts(self) -> Iterator[dict[str, Any]]:
        """List the first and the last name of each pupil in the store, as they are looked up."""
        for id, name, born in importing.pupils(self.store):
            for part in self._parts_of(name) if born else ():
                yield {"part": part, "born": born.isoformat() if born else None, "pupil": id}

    def _parts_of(self, name: str) -> tuple[int, int]:
        """Return the numbers of the first and of the last name."""
        first, last = ends_of(name_key(name))
        return self._number("first", first), self._number("last", last)

    def _number(self, *words: str) -> int:
        """Return a number of 64 bits for words, another in each import.

        Two names of a million share one once in thirty million imports.
        """
        digest = blake2b("\0".join(words).encode(), digest_size=8, key=self._secret).digest()
        return int.from_bytes(digest, "big", signed=True)

    def add_provider(self, id: int, name: str, urn: str) -> None:
        """Make a provider known by its name and URN."""
        key = provider_key(name)
        self.providers[key] = (*self.providers.get(key, ()), id)
        self.provider_names[id] = name
        self._near.clear()
        if urn:
            self.urns.setdefault(urn, id)
            self.urn_of[id] = urn

    def is_new(self, noun: type[Noun], id: int) -> bool:
        """Tell whether a record is one of those that the import adds: its number is a later one."""
        return id >= self._first_new.get(noun, id + 1)

    def add(self, noun: Noun, is_new: bool = False) -> None:
        """Make a record known that was just written."""
        if is_new:
            self._first_new.setdefault(type(noun), noun.id)
        if isinstance(noun, Pupil):
            known.add_pupil(self.store, self._as_known(noun.id, noun.name, noun.born))
            if recorded(noun.home_school):
                self.schools.add(noun.home_school)
            for upn in noun.upns:
                known.add_upn(self.store, upn, noun.id)
        elif isinstance(noun, Provider):
            if noun.id not in self.provider_names:
                urn = noun.urn if recorded(noun.urn) else ""
                self.add_provider(noun.id, noun.name, urn)
        elif isinstance(noun, Placement):
            there = (noun.pupil, noun.provider, noun.starts)
            known.add_placement(self.store, noun.id, *there)

    def owners(self, upns: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """Map UPNs to the pupils who have or had them; those of nobody are left out."""
        found = {upn: known.owners(self.store, upn) for upn in upns}
        return {upn: ids for upn, ids in found.items() if ids}

    def birth(self, pupil: int) -> date | None:
        """Return a pupil's birth date; None if it is damaged, or nobody has the number."""
        found = known.birth(self.store, pupil)
        return date.fromisoformat(found[0]) if found and found[0] else None

    def has_pupil(self, pupil: int) -> bool:
        """Tell whether a pupil has a number."""
        return known.birth(self.store, pupil) is not None

    def get(self, record: type[N], id: int) -> N:
        """Return a record as it stands; raise NotFound or StoreProblem."""
        return reading.one(self.store, record, id, self.today)

    def starting(self, pupil: int, provider: int, starts: date) -> list[int]:
        """List the placements of a pupil at a provider that begin on a day."""
        found = known.placements(self.store, pupil, provider)
        return [id for id, day, _ in found if day == starts.isoformat()]

    def beginning(self, pupil: int, starts: date) -> list[tuple[int, int]]:
        """List number and provider of a pupil's placements from a day that had not ended."""
        return known.placements_from(self.store, pupil, starts)

    def running(self, pupil: int, provider: int) -> Iterator[tuple[date, int]]:
        """List first day and number of those that had not ended before the import."""
        for id, starts, is_open in known.placements(self.store, pupil, provider):
            day = importing.day_of(starts)
            if is_open and day is not None:
                yield day, id

    def pupils_named(self, name: str, born: date | None) -> list[int]:
        """List the pupils of a name, and of a birth date if it is known."""
        return known.pupils_named(self.store, self._number(name_key(name)), born)

    def pupils_nearly(self, name: str, born: date) -> list[int]:
        """List the pupils born on a day who have the same first and last name, and others between.

        Twins have another first name.
        """
        ends = self._number(*ends_of(name_key(name)))
        return known.pupils_ending(self.store, ends, born)

    def pupils_sharing(self, name: str, born: date) -> tuple[list[int], list[int]]:
        """List the pupils born on a day who share the first name alone, and the last name alone.

        They are those whom the store had before the import.
        """
        first, last = (
            known.pupils_sharing(self.store, part, born) for part in self._parts_of(name)
        )
        return [id for id in first if id not in last], [id for id in last if id not in first]

    def providers_nearly(self, key: str) -> tuple[int, ...]:
        """List the providers whose name is nearly this one, or is a part of it, or has it in it."""
        if key not in self._near:
            names = {id: provider_key(name) for id, name in self.provider_names.items()}
            self._near[key] = names_near(names, key)
        return self._near[key]


def read_known(known: Known, noun: type[N], id: int) -> N:
    """Return a record as it stands; raise Wrong if it is not there, or damaged."""
    try:
        return known.get(noun, id)
    except (NotFound, StoreProblem) as problem:
        raise Wrong(str(problem)) from None
