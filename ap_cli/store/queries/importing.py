"""Read by what pupils and providers are known: names, birth dates and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..columns import day_of_record
from ..damage import UNREADABLE
from ..opening import Store


def pupils(store: Store) -> Iterator[tuple[int, str, date | None]]:
    """List the number, name and birth date of each pupil; a damaged one has no day, or no name."""
    with store.broken_text_as_bytes():
        for id, name, born in store.rows("SELECT id, name, born FROM pupil ORDER BY id"):
            yield id, text_of(name), day_of(born)


def identities(store: Store) -> Iterator[tuple[int, str, date | None]]:
    """List the number, UPN and birth date of each pupil; empty or None if missing or damaged."""
    with store.broken_text_as_bytes():
        for id, upn, born in store.rows("SELECT id, upn, born FROM pupil ORDER BY id"):
            yield id, text_of(upn), day_of(born)


def providers(store: Store) -> Iterator[tuple[int, str, str]]:
    """List the number, name and URN of each provider; empty if there is none or it is damaged."""
    for id, name, urn in store.rows_as_they_are("SELECT id, name, urn FROM provider ORDER BY id"):
        yield id, text_of(name), text_of(urn)


def home_schools(store: Store) -> Iterator[str]:
    """List the home schools of pupils, each spelling once; damaged ones are left out."""
    found = store.rows_as_they_are("SELECT DISTINCT home_school FROM pupil ORDER BY home_school")
    yield from filter(None, (text_of(name) for (name,) in found))


def text_of(value: object) -> str:
    """Return the text of a column; empty if there is none or it is damaged."""
    return value if isinstance(value, str) else ""


def day_of(value: str) -> date | None:
    """Return the day of a column; None if there is none or it is damaged."""
    try:
        return day_of_record(value)
    except UNREADABLE:
        return None
