"""Reads for the reviews that are due: no more than what decides them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.json import decode

from ..domain.calendar import REVIEW_RULE
from ..domain.forms import reference
from .columns import UNREADABLE, day_of_record, unreadable
from .conditions import NOT_ENDED


class Reviewed(Struct, frozen=True):
    """A placement that has not ended, with what decides its next review: when it was reviewed last, and the dates agreed."""

    placement: int
    pupil: int
    name: str
    home_school: str | None
    commissioner: int | None
    starts: date
    ends: date | None
    ended: date | None
    last: date | None
    agreed_then: date | None
    agreed: tuple[date, ...]


MINE = "FROM entry e WHERE e.placement = pl.id AND e.day <= :on"
QUERY = (
    "SELECT pl.id, pl.pupil, pu.name, pu.home_school, pl.commissioner, pl.starts, pl.ends, pl.ended,"
    f" (SELECT e.day {MINE} AND (e.kind = 'review' OR (e.kind = 'waiver' AND e.details ->> 'rule' = '{REVIEW_RULE}')) ORDER BY e.day DESC LIMIT 1),"
    f" (SELECT e.details ->> 'next_review' {MINE} AND e.kind = 'review' ORDER BY e.day DESC, e.id DESC LIMIT 1),"
    f" (SELECT group_concat(e.details ->> 'next_review') {MINE} AND e.kind = 'review' AND e.details LIKE '%\"next_review\"%'),"
    f" pl.review_dates FROM placement pl JOIN pupil pu ON pu.id = pl.pupil WHERE {NOT_ENDED} ORDER BY pl.id"
)
"""Of each placement the day of the last review or waived one, the date agreed at the last review, and those agreed at any."""


def reviewed(store: sqlite3.Connection, on: date) -> Iterator[Reviewed]:
    """Every placement that has not ended on a day, with its reviews up to it, in order of its reference."""
    for row in store.execute(QUERY, {"on": on.isoformat()}):
        id, pupil, name, school, commissioner, starts, ends, ended, last, then, at_reviews, at_the_outset = row
        try:
            agreed = decode(at_the_outset, type=tuple[date, ...]) if at_the_outset else ()
            if at_reviews:
                agreed += tuple(map(day_of_record, at_reviews.split(",")))
            yield Reviewed(
                id, pupil, name, school, commissioner, day_of_record(starts), _day(ends), _day(ended), _day(last), _day(then), agreed
            )  # fmt: skip
        except UNREADABLE as problem:
            raise unreadable(reference("PL", id), problem) from None


def _day(text: str | None) -> date | None:
    return day_of_record(text) if text else None
