"""Read whom records are about: names beside references, for screens; no record is built."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from ...forms.form import reference
from ..columns import day_of_record
from ..connection import DATABASE_ERRORS
from ..damage import UNREADABLE
from ..opening import Store


class Whom(Struct, frozen=True):
    """Whom a record is about: references and names, empty where there is none or it is damaged.

    `name` is a pupil's full name, `school` the home school. A pupil's or a provider's own record
    has no placement; `starts` and `ended` are a placement's days.
    """

    ref: str
    pupil: str = ""
    name: str = ""
    school: str = ""
    provider: str = ""
    provider_name: str = ""
    placement: str = ""
    starts: date | None = None
    ended: date | None = None
    never_started: bool = False

    def has_ended(self, on: date) -> bool:
        """Tell whether it is a placement that is over on a day, or never started."""
        return self.never_started or (self.ended is not None and self.ended < on)

    def is_live(self, on: date) -> bool:
        """Tell whether it is a placement that has started and not ended on a day."""
        started = self.starts is not None and self.starts <= on
        return started and not self.has_ended(on)


def list_people(store: Store) -> Iterator[Whom]:
    """List whom each placement, pupil and provider is about."""
    pupils = {
        id: (reference("P", id), _text(name), _school(school))
        for id, name, school in _named(store, "pupil", "name", "home_school")
    }
    providers = {
        id: (reference("PR", id), _text(name)) for id, name in _named(store, "provider", "name")
    }
    for ref, name, school in pupils.values():
        yield Whom(ref, ref, name, school)
    for ref, name in providers.values():
        yield Whom(ref, provider=ref, provider_name=name)
    rows = store.rows(
        "SELECT id, pupil, provider, starts, ended, never_started FROM placement ORDER BY id"
    )
    for id, pupil, provider, starts, ended, never_started in rows:
        placement = reference("PL", id)
        yield Whom(
            placement,
            *pupils.get(pupil, ("", "", "")),
            *providers.get(provider, ("", "")),
            placement,
            _day(starts),
            _day(ended),
            never_started == 1,
        )


def _named(store: Store, table: str, *columns: str) -> list[Any]:
    """The rows of a table; without these columns where a text in them is no text any more."""
    try:
        return list(store.rows(f"SELECT id, {', '.join(columns)} FROM {table}"))
    except DATABASE_ERRORS:
        return list(store.rows(f"SELECT id, {', '.join('NULL' for _ in columns)} FROM {table}"))


def _text(value: Any) -> str:
    """A text; empty where it is damaged, or is all blanks and would show nothing."""
    return value if isinstance(value, str) and value.strip() else ""


def _school(value: Any) -> str:
    """A home school; empty for "none", which says that there is not one."""
    school = _text(value)
    return "" if school.casefold() == "none" else school


def _day(value: Any) -> date | None:
    """A day; None where it is damaged or there is none."""
    try:
        return None if value is None else day_of_record(value)
    except UNREADABLE:
        return None
