"""Read by what records are known: names, birth dates, numbers, and where a placement begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..columns import day_of_record
from ..damage import UNREADABLE
from ..opening import Store


def pupils(store: Store) -> Iterator[tuple[int, str, date | None]]:
    """List the number, name and birth date of each pupil; a damaged one has no day, or no name."""
    for id, name, born in store.rows_as_they_are("SELECT id, name, born FROM pupil ORDER BY id"):
        yield id, _text(name), _day(born)


def home_schools(store: Store) -> Iterator[tuple[int, str]]:
    """List the number and home school of each pupil; empty if there is none or it is damaged."""
    for id, school in store.rows_as_they_are("SELECT id, home_school FROM pupil ORDER BY id"):
        yield id, _text(school)


def providers(store: Store) -> Iterator[tuple[int, str, str]]:
    """List the number, name and URN of each provider; empty if there is none or it is damaged."""
    for id, name, urn in store.rows_as_they_are("SELECT id, name, urn FROM provider ORDER BY id"):
        yield id, _text(name), _text(urn)


def placements(store: Store) -> Iterator[tuple[int, int, int, date | None, bool]]:
    """List the number, pupil, provider and first day of each placement, and whether it is over."""
    rows = store.rows_as_they_are(
        "SELECT id, pupil, provider, starts, ended IS NOT NULL FROM placement ORDER BY id"
    )
    for id, pupil, provider, starts, ended in rows:
        yield id, pupil, provider, _day(starts), bool(ended)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(value: str) -> date | None:
    try:
        return day_of_record(value)
    except UNREADABLE:
        return None
