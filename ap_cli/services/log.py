"""List who changed what and when, in order, from the audit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from msgspec.json import decode

from ..store.damage import UNREADABLE, unreadable
from ..store.opening import Store
from ..store.queries import log as reading
from ..store.queries import looks as looking


class Change(Struct, frozen=True):
    """One change: when, by whom, the day taken for today (if one was given), old and new values.

    `change` is its number, which changes that were made at once share.
    """

    id: int
    at: datetime
    asof: date | None
    who: str
    what: str
    subject: str
    old: dict[str, Any]
    new: dict[str, Any]
    reason: str | None = None
    change: int | None = None


def changes(
    store: Store, subject: str | None = None, entry: int | None = None, unit: int | None = None
) -> Iterator[Change]:
    """List every change in order, or those to one subject or entry or of one unit of work.

    They come one at a time. The subject is a reference, the entry and the unit are numbers.
    """
    rows = reading.changes(store, subject, entry, unit)
    for id, at, asof, who, what, about, old, new, reason, unit in rows:
        try:
            day = date.fromisoformat(asof) if asof else None
            yield Change(
                id,
                datetime.fromisoformat(at),
                day,
                who,
                what,
                about,
                opened(decode(old)),
                opened(decode(new)),
                reason,
                unit,
            )
        except UNREADABLE as problem:
            raise unreadable(f"entry {id} of the log", problem) from None


class Looked(Struct, frozen=True):
    """A look at a child's whole record: when, by whom, with what command, and whose it is."""

    at: datetime
    asof: date | None
    who: str
    what: str
    subject: str


def looks(store: Store, child: str | None = None) -> Iterator[Looked]:
    """List every look at a child's whole record in order, or those at one child's."""
    for id, at, asof, who, what, subject in looking.looks(store, child):
        try:
            day = date.fromisoformat(asof) if asof else None
            yield Looked(datetime.fromisoformat(at), day, who, what, subject)
        except UNREADABLE as problem:
            raise unreadable(f"look {id} of the log", problem) from None


def subjects_since(store: Store, day: date) -> list[str]:
    """List the references of subjects changed on a day or after, by their first change.

    The day of a change is the one that was taken for today then.
    """
    return reading.subjects_since(store, day)


def opened(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a row, with the details of an entry as values of their own.

    Details that are damaged stay as they are.
    """
    details = values.pop("details", None)
    if not details:
        return values
    try:
        return values | decode(details, type=dict[str, Any])
    except UNREADABLE:
        return values | {"details": details}
