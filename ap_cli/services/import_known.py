"""What the store has, as an import finds it: by reference, number, name and birth date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from ..domain.commissioner import Commissioner
from ..domain.likeness import name_key, provider_key
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.facts import recorded
from ..forms.form import Noun
from ..store.opening import Store
from ..store.queries import importing, upns
from ..store.queries import records as reading
from .meant import named_like
from .records import only_commissioner

N = TypeVar("N", bound=Noun)

MOST_NEAR = 4
"""The most providers that are offered for a name that may be theirs."""


def ends_of(key: str) -> tuple[str, str]:
    """Return the first and the last word of a name."""
    words = key.split()
    return (words[0], words[-1]) if words else ("", "")


def names_near(names: Mapping[int, str], key: str) -> tuple[int, ...]:
    """List the numbers of the names that are nearly this one, or are a part of it, or have it.

    All are as `provider_key` leaves them.
    """
    words = set(key.split())
    parts = [
        id for id, name in names.items() if words <= set(name.split()) or set(name.split()) <= words
    ]
    return tuple(dict.fromkeys((*parts, *named_like(names, key))))[:MOST_NEAR]


class Known:
    """What is in the store and, as rows are imported, what they add to it."""

    def __init__(self, store: Store, today: date) -> None:
        self.store, self.today = store, today
        self.upns: dict[str, tuple[int, ...]] = upns.owners(store)
        self.pupils: dict[str, tuple[int, ...]] = {}
        self.born: dict[int, date | None] = {}
        self.born_on: dict[tuple[date, str], tuple[int, ...]] = {}
        self.providers: dict[str, tuple[int, ...]] = {}
        self.provider_names: dict[int, str] = {}
        self.urns: dict[str, int] = {}
        self.urn_of: dict[int, str] = {}
        self.placements: dict[tuple[int, int], tuple[tuple[date, int], ...]] = {}
        self.placed: dict[int, tuple[int, int]] = {}
        self.running: set[int] = set()
        self.commissioner: Commissioner | None = only_commissioner(store, today)
        self.commissioners = {
            provider_key(one.name): one.id
            for one in reading.readable_nouns(store, Commissioner, today)
        }
        self._near: dict[str, tuple[int, ...]] = {}
        self._read()

    def _read(self) -> None:
        for id, name, born in importing.pupils(self.store):
            self.add_pupil(id, name, born)
        for id, name, urn in importing.providers(self.store):
            self.add_provider(id, name, urn)
        for id, pupil, provider, starts, ended in importing.placements(self.store):
            if starts is not None:
                self.add_placement(id, pupil, provider, starts)
            if not ended:
                self.running.add(id)

    def add_pupil(self, id: int, name: str, born: date | None) -> None:
        """Make a pupil known by name and birth date."""
        key = name_key(name)
        self.pupils[key] = (*self.pupils.get(key, ()), id)
        self.born[id] = born
        if born is not None:
            last = (born, ends_of(key)[1])
            self.born_on[last] = (*self.born_on.get(last, ()), id)

    def add_provider(self, id: int, name: str, urn: str) -> None:
        """Make a provider known by its name and URN."""
        key = provider_key(name)
        self.providers[key] = (*self.providers.get(key, ()), id)
        self.provider_names[id] = name
        self._near.clear()
        if urn:
            self.urns.setdefault(urn, id)
            self.urn_of[id] = urn

    def add_placement(self, id: int, pupil: int, provider: int, starts: date) -> None:
        """Make a placement known by its pupil, provider and first day."""
        key = (pupil, provider)
        self.placements[key] = (*self.placements.get(key, ()), (starts, id))
        self.placed[id] = key

    def add(self, noun: Noun) -> None:
        """Make a record known that was just written."""
        if isinstance(noun, Pupil):
            if noun.id not in self.born:
                self.add_pupil(noun.id, noun.name, noun.born)
            for upn in noun.upns:
                self.upns[upn] = tuple(dict.fromkeys((*self.upns.get(upn, ()), noun.id)))
        elif isinstance(noun, Provider):
            if noun.id not in self.provider_names:
                urn = noun.urn if recorded(noun.urn) else ""
                self.add_provider(noun.id, noun.name, urn)
        elif isinstance(noun, Placement) and noun.id not in self.placed:
            self.add_placement(noun.id, noun.pupil, noun.provider, noun.starts)

    def get(self, record: type[N], id: int) -> N:
        """Return a record as it stands; raise NotFound or StoreProblem."""
        return reading.one(self.store, record, id, self.today)

    def starting(self, pupil: int, provider: int, starts: date) -> list[int]:
        """List the placements of a pupil at a provider that begin on a day."""
        return [id for day, id in self.placements.get((pupil, provider), ()) if day == starts]

    def pupils_named(self, name: str, born: date | None) -> list[int]:
        """List the pupils of a name, and of a birth date if it is known."""
        ids = self.pupils.get(name_key(name), ())
        return [id for id in ids if born is None or self.born[id] == born]

    def pupils_nearly(self, name: str, born: date) -> list[int]:
        """List the pupils born on a day who have the same first and last name, and others between.

        Twins have another first name.
        """
        first, last = ends_of(name_key(name))
        ids = self.born_on.get((born, last), ())
        return [id for id in ids if ends_of(self._key_of(id))[0] == first]

    def _key_of(self, pupil: int) -> str:
        return name_key(self.get(Pupil, pupil).name)

    def providers_nearly(self, key: str) -> tuple[int, ...]:
        """List the providers whose name is nearly this one, or is a part of it, or has it in it."""
        if key not in self._near:
            names = {id: provider_key(name) for id, name in self.provider_names.items()}
            self._near[key] = names_near(names, key)
        return self._near[key]
