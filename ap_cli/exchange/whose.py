"""Whose the references of a file are: the headings of their columns name the store they are of.

A reference such as P-0016 is another child's in another store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

OF_STORE = re.compile(r"\s*\(store ([0-9a-f]{8})\)")
LETTERS = 8
"""How many letters of the id of a store stand in a heading."""


def heading_of_store(heading: str, store: str) -> str:
    """Return the heading of a column of references of a store, by its id: “Pupil ref (store …)”."""
    return f"{heading} (store {store[:LETTERS]})"


def without_store(heading: str) -> str:
    """Return a heading without the store that it names."""
    return OF_STORE.sub("", heading)


def is_of_another(heading: str, store: str) -> bool:
    """Tell whether a heading names another store than the one with this id."""
    named = OF_STORE.search(heading)
    return named is not None and named[1] != store[:LETTERS]


def are_own(headings: Iterable[str], store: str) -> bool | None:
    """Tell whether the store that headings name is this one; None if they name none."""
    found = {named[1] for named in map(OF_STORE.search, headings) if named}
    return store[:LETTERS] in found if found else None
