"""List placements, pupils and providers, filtered by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, groupby
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import StoreProblem
from ..forms.facts import recorded
from ..store.damage import Unreadable
from ..store.opening import Store
from ..store.queries import records as reading
from ..store.queries.lists import Listed, listed_placements
from ..store.queries.pupils import names_by_number
from ..store.queries.scopes import of_placements
from . import filters
from .filters import NOT_ENDED, STATES, Wanted

T = TypeVar("T")

OF_THE_PUPIL = ("pupil", "school")
OF_THE_PROVIDER = ("provider",)


class ListedPlacement(Struct, frozen=True):
    """A placement in a list, with the day of its next review if there is one."""

    listed: Listed
    review: date | None


class ListedPupil(Struct, frozen=True):
    """A pupil in a list, with the placements that have not ended."""

    pupil: Pupil
    placed: tuple[Listed, ...]


class ListedProvider(Struct, frozen=True):
    """A provider in a list, with how many pupils go there now."""

    provider: Provider
    pupils: int


def placements(
    store: Store, on: date, wanted: Wanted, names: bool, reviews: bool = False
) -> Iterator[ListedPlacement]:
    """List the placements asked for, in order; with `reviews`, each with its next review's day.

    All lists are read one at a time; the store names those that cannot be read.
    """
    due = _review_days(store, on) if reviews or wanted.due else {}
    for one in _readable(store, on):
        review = due.get(one.placement.ref)
        if filters.matches(wanted, one, on, names, review):
            yield ListedPlacement(one, review)


def refuse_hidden(store: Store, found: Iterator[T], wanted: Wanted, names: bool) -> Iterable[T]:
    """Return what was found; raise ApError if it is nothing, and a pupil's name was asked for.

    With `names` they were searched.
    """
    first = next(found, None)
    if first is not None:
        return chain([first], found)
    if not names:
        refuse_hidden_names(store, wanted)
    return ()


def refuse_hidden_names(store: Store, wanted: Wanted) -> None:
    """Raise ApError if a pupil's name was asked for; for an empty list that searched no names."""
    names = map(str, names_by_number(store).values())
    filters.refuse_names(wanted, list(names))


def _readable(store: Store, on: date, by: str = "id") -> Iterator[Listed]:
    return reading.readable_ones(store, listed_placements(store, on, by=by))


def placements_by_reference(
    store: Store, on: date, wanted: Wanted, names: bool, unread: list[StoreProblem]
) -> dict[str, Listed]:
    """Map the placements asked for by their references, whenever their reviews are due.

    Those that cannot be read are left out and added to `unread`.
    """
    whenever = replace(wanted, due=())
    found = {}
    for one in listed_placements(store, on):
        if isinstance(one, Unreadable):
            unread.append(one.problem)
        elif filters.matches(whenever, one, on, names, None):
            found[one.placement.ref] = one
    return found


def placements_of(store: Store, on: date, references: Iterable[str]) -> dict[str, Listed]:
    """Map placements by their references; those that cannot be read are left out."""
    numbers = [int(ref.removeprefix(f"{Placement.PREFIX}-")) for ref in references]
    listed = listed_placements(store, on, of_placements(numbers)) if numbers else ()
    return {one.placement.ref: one for one in listed if not isinstance(one, Unreadable)}


def _review_days(store: Store, on: date) -> dict[str, date]:
    """Map the references of placements to the days of their next reviews."""
    from .reviews import list_due_reviews

    return {each.placement: each.due for each in list_due_reviews(store, on)}


def pupils(store: Store, on: date, wanted: Wanted, names: bool) -> Iterator[ListedPupil]:
    """List the pupils asked for: by what is their own, or by one of their placements.

    Without a state, placements that have ended do not count.
    """
    own = {key: value for key, value in wanted.values.items() if key in OF_THE_PUPIL}
    of_placements = _of_placements(wanted, OF_THE_PUPIL)
    must_fit = _asks_placements(wanted, OF_THE_PUPIL)
    placed = Placed(store, on, of_placements, names, "pupil")
    for pupil in reading.readable_nouns(store, Pupil, on):
        ones, current = placed.of(pupil.id)
        if not _is_own(pupil, own, names) or (must_fit and not ones):
            continue
        if all(
            _pupil_has(pupil, text, names)
            or any(filters.has_text(one, text, False) for one in ones)
            for text in wanted.texts
        ):
            yield ListedPupil(pupil, tuple(current))


def _of_placements(wanted: Wanted, own: tuple[str, ...]) -> Wanted:
    """Return the part of what is asked for that is about placements."""
    values = {key: value for key, value in wanted.values.items() if key not in own}
    return replace(wanted, values=values, states=wanted.states or NOT_ENDED)


def _asks_placements(wanted: Wanted, own: tuple[str, ...]) -> bool:
    """Tell whether something is asked for that only a placement can answer."""
    return bool(wanted.states or wanted.due or wanted.values.keys() - set(own))


class Placed:
    """The placements of pupils or providers, who are asked for in the order of their numbers.

    Those of one are read at a time. Texts that are asked for are left out: they may be found at the
    pupil or provider itself.
    """

    def __init__(self, store: Store, on: date, wanted: Wanted, names: bool, owner: str) -> None:
        self._on, self._wanted, self._names = on, wanted, names
        self._due = _review_days(store, on) if wanted.due else {}
        whose = attrgetter(f"placement.{owner}")
        self._groups = groupby(_readable(store, on, owner), key=whose)
        self._next = next(self._groups, None)

    def of(self, id: int) -> tuple[list[Listed], list[Listed]]:
        """Return the placements of one that were asked for, and those that have not ended."""
        while self._next is not None and self._next[0] < id:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != id:
            return [], []
        ones = list(self._next[1])
        self._next = next(self._groups, None)
        return list(filter(self._is_wanted, ones)), list(filter(self._goes_on, ones))

    def _is_wanted(self, one: Listed) -> bool:
        day = self._due.get(one.placement.ref)
        return filters.matches(self._wanted, one, self._on, self._names, day, tests_text=False)

    def _goes_on(self, one: Listed) -> bool:
        return one.placement.state(self._on) in NOT_ENDED


def _is_own(pupil: Pupil, own: dict[str, tuple[str, ...]], names: bool) -> bool:
    """Tell whether the pupil and the home school are those asked for."""
    school = pupil.home_school if recorded(pupil.home_school) else None
    asked = own.get("pupil", ())
    schools = own.get("school", ())
    is_pupil = any(_pupil_has(pupil, value, names) for value in asked)
    at_school = any(filters.has_school(school, value) for value in schools)
    return (is_pupil or not asked) and (at_school or not schools)


def _pupil_has(pupil: Pupil, text: str, names: bool) -> bool:
    """Tell whether a text is in a pupil's name or home school, or is the reference or a UPN."""
    value = text.casefold()
    school = pupil.home_school if recorded(pupil.home_school) else ""
    return (
        (names and value in pupil.name.casefold())
        or value in school.casefold()
        or filters.is_reference(value, Pupil, pupil.id)
        or filters.is_upn_of(text, pupil)
    )


def providers(store: Store, on: date, wanted: Wanted, names: bool) -> Iterator[ListedProvider]:
    """List the providers asked for: by name or reference, or by one of the placements there.

    Without a state, placements that have ended do not count.
    """
    asked = wanted.values.get("provider", ())
    of_placements = _of_placements(wanted, OF_THE_PROVIDER)
    must_fit = _asks_placements(wanted, OF_THE_PROVIDER)
    placed = Placed(store, on, of_placements, names, "provider")
    for provider in reading.readable_nouns(store, Provider, on):
        ones, current = placed.of(provider.id)
        if asked and not any(_provider_has(provider, value) for value in asked):
            continue
        if must_fit and not ones:
            continue
        if all(
            _provider_has(provider, text) or any(filters.has_text(one, text, names) for one in ones)
            for text in wanted.texts
        ):
            there = {
                one.placement.pupil for one in current if one.placement.state(on) in STATES["live"]
            }
            yield ListedProvider(provider, len(there))


def _provider_has(provider: Provider, text: str) -> bool:
    """Tell whether a text is in a provider's name, or is its reference."""
    value = text.casefold()
    return value in provider.name.casefold() or filters.is_reference(value, Provider, provider.id)
