"""Which records are meant by a name in the place of a reference."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from difflib import get_close_matches

from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.form import Noun, reference
from ..store.opening import Store
from ..store.queries.names import names_by_record, placements_of

MOST = 3
"""How many records are proposed of a name that is only spelt nearly so."""

SHORTEST = 3
"""The fewest letters that are looked for inside a name."""

NEARLY = 0.75
"""How much alike two names are, from 0 to 1, to be taken for a slip of the keyboard."""

PLACES = (Provider,)
"""Those whose names anybody may search."""

EVERYBODY = (Provider, Pupil)
"""Those whose names are searched on a terminal, and wherever names were asked for."""


def list_named(
    store: Store, text: str, allowed: Container[type[Noun]], searched: Sequence[type[Noun]]
) -> list[str]:
    """List the references of all records with this text in their name; no name is among them.

    Of records that are only there as a placement's, the placements are listed, the latest first. A
    whole name finds nobody else, and each word of a text can be anywhere in a name: “juniper 2”.
    """
    names = {noun: names_by_record(store, noun) for noun in searched}
    wanted = fold(text)
    found = {noun: [id for id in names[noun] if fold(names[noun][id]) == wanted] for noun in names}
    if not any(found.values()):
        found = {noun: named_with(names[noun], wanted) for noun in names}
    return refer_to(store, found, allowed)


def list_nearly_named(
    store: Store, text: str, allowed: Container[type[Noun]], searched: Sequence[type[Noun]]
) -> list[str]:
    """List at most three references of records with a name that is spelt nearly like this text."""
    found = {noun: named_like(names_by_record(store, noun), fold(text)) for noun in searched}
    return refer_to(store, found, allowed)[:MOST]


def list_meant(
    store: Store, text: str, allowed: Container[type[Noun]], searched: Sequence[type[Noun]]
) -> list[str]:
    """List the references of those with this text in their name or, if none, nearly so."""
    found = list_named(store, text, allowed, searched)
    return found or list_nearly_named(store, text, allowed, searched)


def fold(text: str) -> str:
    """Return a text as it is compared: without capitals, and with single blanks."""
    return " ".join(text.casefold().split())


def named_with(names: Mapping[int, str], wanted: str) -> list[int]:
    """List the numbers of the records that have each word of this text in their name."""
    if len(wanted) < SHORTEST:
        return []
    parts = [part_of_name(word) for word in re.findall(r"[^\s.,]+", wanted)]
    return [id for id, name in names.items() if all(one.search(fold(name)) for one in parts)]


def part_of_name(word: str) -> re.Pattern[str]:
    """Return what finds a word in a name: a number is whole, and an initial begins a word."""
    if word.isdigit():
        return re.compile(rf"(?<!\d){word}(?!\d)")
    begins = r"\b" if len(word) < SHORTEST else ""
    return re.compile(begins + re.escape(word))


def named_like(names: Mapping[int, str], wanted: str) -> list[int]:
    """List the numbers of the records with a name, or one word of it, that is spelt nearly so."""
    if len(wanted) < SHORTEST:
        return []
    near = []
    for id, name in names.items():
        spelt = [fold(name)] if " " in wanted else [fold(name), *fold(name).split()]
        if get_close_matches(wanted, spelt, 1, NEARLY):
            near.append(id)
    return near


def refer_to(
    store: Store, found: Mapping[type[Noun], list[int]], allowed: Container[type[Noun]]
) -> list[str]:
    """List the references of these records, or of the placements with them."""
    references: list[str] = []
    for noun, numbers in found.items():
        if noun in allowed:
            references += [reference(noun.PREFIX, id) for id in numbers]
        elif Placement in allowed and numbers:
            placements = placements_of(store, noun, numbers)
            references += [reference(Placement.PREFIX, id) for id in placements]
    return list(dict.fromkeys(references))
