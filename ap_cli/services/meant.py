"""Which records were perhaps meant by a name in the place of a reference."""

from __future__ import annotations

from collections.abc import Callable, Container
from difflib import get_close_matches

from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.form import Noun, reference
from ..store.opening import Store
from ..store.queries.names import names_by_record, placements_of

MOST = 3
SHORTEST = 3
"""The fewest letters that are looked for inside a name."""


def named_with(store: Store, noun: type[Noun], text: str) -> list[int]:
    """List the numbers of the records with this text in their name."""
    wanted = " ".join(text.casefold().split())
    if len(wanted) < SHORTEST:
        return []
    names = names_by_record(store, noun)
    return [id for id, name in names.items() if wanted in name.casefold()][:MOST]


def named_like(store: Store, noun: type[Noun], text: str) -> list[int]:
    """List the numbers of the records with this text in their name, or else one spelt like it."""
    wanted = " ".join(text.casefold().split())
    if len(wanted) < SHORTEST:
        return []
    if inside := named_with(store, noun, text):
        return inside
    names = {id: name.casefold() for id, name in names_by_record(store, noun).items()}
    near = get_close_matches(wanted, names.values(), MOST, 0.75)
    return [id for id, name in names.items() if name in near][:MOST]


Finds = Callable[[Store, type[Noun], str], list[int]]
"""Finds the numbers of records by a text."""


def references_named(
    store: Store, text: str, allowed: Container[type[Noun]], find: Finds = named_like
) -> list[str]:
    """List references of records with a name like this text, or of placements with them.

    No name is among them. The nearest come first, and at most three.
    """
    found: list[str] = []
    for noun in (Provider, Pupil):
        numbers = find(store, noun, text)
        if noun in allowed:
            found += [reference(noun.PREFIX, id) for id in numbers]
        elif Placement in allowed:
            found += placements_with(store, noun, numbers)
    return list(dict.fromkeys(found))[:MOST]


def placements_with(store: Store, noun: type[Noun], numbers: list[int]) -> list[str]:
    """List the references of the placements of these pupils or at these providers, latest first."""
    found = placements_of(store, noun, numbers)[:MOST]
    return [reference(Placement.PREFIX, id) for id in found]
