"""Reads for the reviews that are due: no more than what decides them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.json import decode

from .conditions import NOT_ENDED


class Reviewed(Struct, frozen=True):
    """A placement that has not ended, with what decides its next review."""

    placement: int
    pupil: int
    name: str
    home_school: str | None
    commissioner: int | None
    starts: date
    ends: date | None
    held: tuple[date, ...]
    agreed: tuple[date, ...]


QUERY = (
    "SELECT pl.id, pl.pupil, pu.name, pu.home_school, pl.commissioner, pl.starts, pl.ends, pl.review_dates,"
    " (SELECT group_concat(e.day) FROM entry e WHERE e.placement = pl.id AND e.day <= :on"
    " AND (e.kind = 'review' OR (e.kind = 'waiver' AND e.details ->> 'rule' = 'AP503'))),"
    " (SELECT group_concat(e.details ->> 'next_review') FROM entry e WHERE e.placement = pl.id AND e.day <= :on AND e.kind = 'review')"
    f" FROM placement pl JOIN pupil pu ON pu.id = pl.pupil WHERE {NOT_ENDED} ORDER BY pl.id"
)


def reviewed(store: sqlite3.Connection, on: date) -> Iterator[Reviewed]:
    """Every placement that has not ended on a day, with its reviews up to it, in order of its reference."""
    for id, pupil, name, school, commissioner, starts, ends, agreed, held, agreed_then in store.execute(QUERY, {"on": on.isoformat()}):
        dates = decode(agreed, type=tuple[date, ...]) if agreed else ()
        yield Reviewed(id, pupil, name, school, commissioner, _day(starts), _day(ends) if ends else None, _days(held), (*dates, *_days(agreed_then)))


def _days(text: str | None) -> tuple[date, ...]:
    return tuple(map(_day, text.split(","))) if text else ()


_day = date.fromisoformat
