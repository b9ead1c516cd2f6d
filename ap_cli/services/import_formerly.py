"""Whom a file names as records were called before somebody corrected or joined them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from typing import Any

from ..domain.likeness import name_key, provider_key
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.form import Noun
from ..store.opening import Store
from ..store.queries import formerly

Ids = tuple[int, ...]


class Formerly:
    """By what the log says that records were known, if that is not what they are known by now.

    A record that was joined with another leads to the one that is left. Names of children are kept
    as numbers, as `number` makes them. It holds no more than was ever corrected.
    """

    def __init__(self, store: Store, number: Callable[..., int]) -> None:
        self._store, self._number = store, number
        self._merged: dict[type[Noun], dict[int, int]] = {
            noun: formerly.merged(store, noun.NOUN) for noun in (Pupil, Provider)
        }
        self._pupils: dict[int, Ids] = {}
        self._upns: dict[str, Ids] = {}
        self._providers: dict[str, Ids] = {}
        self._placements: dict[tuple[int, int, str], Ids] = {}
        self._gone: dict[tuple[type[Noun], int], Ids] = {}
        for noun, into in self._merged.items():
            for id in into:
                if left := self.now(noun, id):
                    add(self._gone, (noun, left), id)
        self._read_pupils()
        self._read_providers()
        self._read_placements()

    def now(self, noun: type[Noun], id: int) -> int:
        """Return the number of the record with which one was joined in the end; else its own."""
        into, seen = self._merged.get(noun, {}), {id}
        while id in into and into[id] not in seen:
            id = into[id]
            seen.add(id)
        return id

    def joined(self, noun: type[Noun], id: int) -> Ids:
        """List the records that were joined with one, and are gone."""
        return self._gone.get((noun, id), ())

    def pupils(self, name: str, born: date | None) -> Ids:
        """List the pupils who had a name and a birth date, or have one and had the other."""
        day = () if born is None else (born.isoformat(),)
        return self._pupils.get(self._number(name_key(name), *day), ())

    def owners(self, upn: str) -> Ids:
        """List the pupils who had a UPN that is not among their former ones."""
        return self._upns.get(upn, ())

    def providers(self, key: str) -> Ids:
        """List the providers that had a name, as it is compared."""
        return self._providers.get(key, ())

    def placements(self, pupil: int, provider: int, starts: date) -> Ids:
        """List the placements that were of a pupil at a provider from a day, all three or some."""
        return self._placements.get((pupil, provider, starts.isoformat()), ())

    def _read(
        self, noun: type[Noun], *names: str
    ) -> Iterator[tuple[int, dict[str, list[Any]], tuple[Any, ...]]]:
        """Yield the record that is left, what its facts were, and what they are now."""
        for id, is_there, had in formerly.corrected(self._store, noun.NOUN, names):
            if is_there or self.now(noun, id) != id:
                present = tuple(had[name][0] for name in names) if is_there else ()
                yield self.now(noun, id), had, present

    def _read_pupils(self) -> None:
        for id, had, now in self._read(Pupil, "name", "born", "upn"):
            names = [one for one in had["name"] if isinstance(one, str)]
            for name in names:
                if name not in now:
                    add(self._pupils, self._number(name_key(name)), id)
            for name, born in product(names, had["born"]):
                if isinstance(born, str) and (name, born) != now[:2]:
                    add(self._pupils, self._number(name_key(name), born), id)
            for upn in had["upn"]:
                if isinstance(upn, str):
                    add(self._upns, "".join(upn.split()).upper(), id)

    def _read_providers(self) -> None:
        for id, had, now in self._read(Provider, "name"):
            for name in had["name"]:
                if isinstance(name, str) and name not in now:
                    add(self._providers, provider_key(name), id)

    def _read_placements(self) -> None:
        facts = ("pupil", "provider", "starts")
        for id, had, now in self._read(Placement, *facts):
            for pupil, provider, starts in product(*(had[name] for name in facts)):
                if (pupil, provider, starts) != now:
                    at = (self.now(Pupil, pupil), self.now(Provider, provider), starts)
                    add(self._placements, at, id)


def add(found: dict[Any, Ids], key: Any, id: int) -> None:
    """Add a number to those of a key, once."""
    if id not in found.get(key, ()):
        found[key] = (*found.get(key, ()), id)
