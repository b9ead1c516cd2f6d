"""Names that are nearly another: of providers, and of schools."""

from __future__ import annotations

from collections.abc import Mapping

from .meant import named_like

MOST_NEAR = 4
"""The most records that are offered for a name that may be theirs."""


def names_near(names: Mapping[int, str], key: str) -> tuple[int, ...]:
    """List the numbers of the names that are nearly this one, or are a part of it, or have it.

    All are as `provider_key` or `school_key` leaves them.
    """
    words = set(key.split())
    parts = [
        id for id, name in names.items() if words <= set(name.split()) or set(name.split()) <= words
    ]
    return tuple(dict.fromkeys((*parts, *named_like(names, key))))[:MOST_NEAR]
