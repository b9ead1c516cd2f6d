"""Read only what decides which reviews are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.json import decode

from ...domain.calendar import REVIEW_RULE
from ...domain.entries.during import ASSURANCE
from ...errors import StoreProblem
from ...forms.form import reference
from ..columns import day_of_record, whole
from ..damage import UNREADABLE, readable_text, unreadable
from ..dialect import answer, is_no, joined
from ..opening import Store
from .conditions import NOT_ENDED


class Reviewed(Struct, frozen=True):
    """A placement that has not ended, with its last review and the review dates agreed."""

    placement: int
    pupil: int
    provider: int
    name: str
    home_school: str | None
    commissioner: int | None
    starts: date
    ends: date | None
    ended: date | None
    last: date | None
    agreed_then: date | None
    agreed: tuple[date, ...]
    provider_name: str | None


ANSWERED = " AND ".join(f"{answer(name)} IS NOT NULL" for name in ASSURANCE)
EARLIER = f"{answer('earlier_edition')} IS NOT NULL"
HELD = f"(e.kind = 'review' AND ({EARLIER} OR ({ANSWERED})))"
"""A review that counts: it is complete, or of an earlier edition."""

TOOK_PLACE = (
    f"({HELD} OR (e.kind = 'discussion' AND e.day = coalesce(pl.ended, pl.ends)"
    " AND (e.details <> '{}' OR e.note IS NOT NULL)))"
)
"""A review that was held: one that counts, or the discussion on the last day.

The placement is `pl`.
"""

COUNTS = f"({TOOK_PLACE} OR (e.kind = 'waiver' AND {answer('rule')} = '{REVIEW_RULE}'))"
"""What counts as a review: one that was held, or a waiver.

The placement is `pl`.
"""

NEXT = answer("next_review")
MINE = "FROM entry e WHERE e.placement = pl.id AND e.day <= :on AND e.withdrawn IS NULL"
QUERY = (
    "SELECT pl.id, pl.pupil, pl.provider, pu.name, pu.home_school, pl.commissioner,"
    " pl.starts, pl.ends, pl.ended,"
    f" (SELECT e.day {MINE} AND {COUNTS} ORDER BY e.day DESC LIMIT 1),"
    f" (SELECT {NEXT} {MINE} AND {HELD}"
    " ORDER BY e.day DESC, e.id DESC LIMIT 1),"
    f" (SELECT {joined(NEXT)} {MINE} AND e.kind = 'review'"
    " AND e.details LIKE '%\"next_review\"%'),"
    " pl.review_dates, pr.name FROM placement pl JOIN pupil pu ON pu.id = pl.pupil"
    f" LEFT JOIN provider pr ON pr.id = pl.provider WHERE {NOT_ENDED} ORDER BY pl.id"
)
"""Every current placement with its last review, the next date agreed then, and all dates agreed.

A waived review counts as a review.
"""


def reviewed(store: Store, on: date, unread: list[StoreProblem]) -> Iterator[Reviewed]:
    """List each placement that has not ended, in order; add what cannot be read to `unread`."""
    for row in store.rows(QUERY, on=on):
        (
            id,
            pupil,
            provider,
            name,
            school,
            commissioner,
            starts,
            ends,
            ended,
            last,
            then,
            at_reviews,
            at_the_outset,
            provider_name,
        ) = row
        try:
            agreed = decode(at_the_outset, type=tuple[date, ...]) if at_the_outset else ()
            if at_reviews:
                agreed += tuple(map(day_of_record, at_reviews.split(",")))
            yield Reviewed(
                id,
                pupil,
                whole(provider),
                readable_text(name),
                readable_text(school),
                commissioner,
                day_of_record(starts),
                _day(ends),
                _day(ended),
                _day(last),
                _day(then),
                agreed,
                readable_text(provider_name),
            )
        except UNREADABLE as problem:
            unread.append(unreadable(reference("PL", id), problem))


def _day(text: str | None) -> date | None:
    return day_of_record(text) if text else None


CALLING = (
    "SELECT e.placement, e.provider, e.kind, e.id, e.day, e.who, e.note, e.details, e.not_known"
    " FROM entry e"
    " WHERE e.kind IN ('concern', 'request') AND e.day <= :on AND e.withdrawn IS NULL"
    " ORDER BY e.day, e.id"
)
"""Concerns and requests that call for a review, of placements and of providers."""


def calling(
    store: Store, on: date, unread: list[StoreProblem]
) -> Iterator[tuple[int | None, int | None, Any]]:
    """List each concern and request up to a day, with its placement or provider.

    Those that cannot be read are added to `unread`.
    """
    for placement, provider, *row in store.rows(CALLING, on=on):
        from .entries import (
            read_entry,
        )  # few stores have any, and most commands on reviews need no other entry

        try:
            entry = read_entry(row)
        except StoreProblem as problem:
            unread.append(problem)
            continue
        yield placement, provider, entry


LOUD = (
    "SELECT DISTINCT pl.id FROM placement pl JOIN entry e"
    " ON e.placement = pl.id OR e.provider = pl.provider"
    " WHERE e.day <= :on AND e.withdrawn IS NULL AND (e.kind = 'concern'"
    f" OR (e.kind IN ('review', 'visit') AND {is_no('safe')})) ORDER BY pl.id"
)
"""The placements of which, or of whose provider, a concern or “not safe” was ever recorded."""


def ever_unsafe(store: Store, on: date) -> tuple[int, ...]:
    """List the placements with a concern, or a review or visit that found it not safe."""
    return tuple(id for (id,) in store.rows(LOUD, on=on))


def review_days(store: Store, placement: int, on: date, waived: bool = True) -> tuple[date, ...]:
    """List the days up to a day on which a placement was reviewed, or its review `waived`."""
    rows = store.rows(
        "SELECT e.day FROM entry e JOIN placement pl ON pl.id = e.placement"
        " WHERE e.placement = :placement AND e.day <= :on"
        f" AND e.withdrawn IS NULL AND {COUNTS if waived else TOOK_PLACE} ORDER BY e.day",
        placement=placement,
        on=on,
    )
    return tuple(day_of_record(day) for (day,) in rows)
