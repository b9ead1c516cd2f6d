"""Names that are nearly another: of providers, and of schools."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from .meant import named_like

MOST_NEAR = 4
"""The most records that are offered for a name that may be theirs."""


def names_near(names: Mapping[int, str], key: str) -> tuple[int, ...]:
    """List the numbers of the names that are nearly this one, or are a part of it, or have it.

    All are as `provider_key` or `school_key` leaves them. “Site 1” and “Site 2” are two.
    """
    words, numbers = set(key.split()), numbers_in(key)
    likely = {
        id: name for id, name in names.items() if not numbers or numbers_in(name) in ((), numbers)
    }
    parts = [
        id
        for id, name in likely.items()
        if words <= set(name.split()) or set(name.split()) <= words
    ]
    return tuple(dict.fromkeys((*parts, *named_like(likely, key))))[:MOST_NEAR]


@lru_cache(maxsize=4096)
def numbers_in(key: str) -> tuple[str, ...]:
    """Return the numbers that a name has in it."""
    return tuple(re.findall(r"\d+", key))
