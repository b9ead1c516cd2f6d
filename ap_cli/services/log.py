"""Who changed what, and when: the audit told in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.json import decode

from ..store.columns import UNREADABLE, unreadable
from ..store.connection import open_store


class Change(Struct, frozen=True):
    """One change: when, by whom, the day that was taken for today where one was given, and the old and new values."""

    id: int
    at: datetime
    asof: date | None
    who: str
    what: str
    subject: str
    old: dict[str, Any]
    new: dict[str, Any]
    reason: str | None = None


def changes(path: Path, subject: str | None = None, entry: int | None = None) -> Iterator[Change]:
    """Every change to the record in order, or those to one subject by its reference, or to one entry by its number; one at a time."""
    where = "WHERE subject = :subject" if subject else "WHERE place = 'entry' AND row = :entry" if entry else ""
    query = f"SELECT id, at, asof, who, what, subject, old, new, reason FROM audit {where} ORDER BY id"
    for id, at, asof, who, what, about, old, new, reason in open_store(path).execute(query, {"subject": subject, "entry": entry}):
        try:
            day = date.fromisoformat(asof) if asof else None
            yield Change(id, datetime.fromisoformat(at), day, who, what, about, opened(decode(old)), opened(decode(new)), reason)
        except UNREADABLE as problem:
            raise unreadable(f"entry {id} of the log", problem) from None


def opened(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a row with the details of an entry each by its own name."""
    details = values.pop("details", None)
    return values | (decode(details) if details else {})
