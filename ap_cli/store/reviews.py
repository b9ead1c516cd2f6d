"""Reads for the reviews that are due: no more than what decides them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.json import decode

from ..domain.forms import reference
from .columns import UNREADABLE, day_of_record, unreadable
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
    ended: date | None
    held: tuple[date, ...]
    agreed: tuple[date, ...]
    agreed_then: date | None


QUERY = (
    "SELECT pl.id, pl.pupil, pu.name, pu.home_school, pl.commissioner, pl.starts, pl.ends, pl.ended, pl.review_dates,"
    " (SELECT group_concat(e.day || ' ' || e.kind || ' ' || coalesce(e.details ->> 'next_review', ''))"
    " FROM entry e WHERE e.placement = pl.id AND e.day <= :on"
    " AND (e.kind = 'review' OR (e.kind = 'waiver' AND e.details ->> 'rule' = 'AP503')))"
    f" FROM placement pl JOIN pupil pu ON pu.id = pl.pupil WHERE {NOT_ENDED} ORDER BY pl.id"
)
"""The reviews of a placement in one text: the day and the kind of each, and the next one agreed at it."""


def reviewed(store: sqlite3.Connection, on: date) -> Iterator[Reviewed]:
    """Every placement that has not ended on a day, with its reviews up to it, in order of its reference."""
    for row in store.execute(QUERY, {"on": on.isoformat()}):
        try:
            yield _reviewed(*row)
        except UNREADABLE as problem:
            raise unreadable(reference("PL", row[0]), problem) from None


def _reviewed(
    id: int, pupil: int, name: str, school: str | None, commissioner: int | None, starts: str, ends: str | None, ended: str | None,
    dates: str | None, reviews: str | None,
) -> Reviewed:  # fmt: skip
    day = day_of_record
    told = sorted(each.split(" ") for each in reviews.split(",")) if reviews else ()
    agreed = decode(dates, type=tuple[date, ...]) if dates else ()
    at_reviews = [following for _, kind, following in told if kind == "review"]
    return Reviewed(
        id, pupil, name, school, commissioner, day(starts), day(ends) if ends else None, day(ended) if ended else None,
        tuple([day(held) for held, _, _ in told]), (*agreed, *[day(following) for following in at_reviews if following]),
        day(at_reviews[-1]) if at_reviews and at_reviews[-1] else None,
    )  # fmt: skip
