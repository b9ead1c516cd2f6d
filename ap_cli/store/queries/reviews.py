"""Read only what decides which reviews are due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.json import decode
from msgspec.structs import asdict

from ...domain.calendar import REVIEW_RULE
from ...domain.entries.during import ASSURANCE
from ...errors import StoreProblem
from ...forms.form import reference
from ..columns import day_of_record, whole
from ..damage import UNREADABLE, readable_text, unreadable
from ..dialect import answer, is_no, is_no_day, items, joined
from ..opening import Store
from .conditions import NOT_ENDED
from .scopes import numbers_of


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
    route: str | None


class Until(Struct, frozen=True):
    """The day up to which due reviews are asked for.

    The half terms ask for none by then of a placement that was reviewed or that started on one of
    these days, or later, whatever its calendar.
    """

    last: date
    reviewed_from: date
    started_from: date


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
LAST = f"(SELECT e.day {MINE} AND {COUNTS} ORDER BY e.day DESC LIMIT 1)"
QUERY = (
    "SELECT pl.id, pl.pupil, pl.provider, pu.name, pu.home_school, pl.commissioner,"
    f" pl.starts, pl.ends, pl.ended, {LAST},"
    f" (SELECT {NEXT} {MINE} AND {HELD}"
    " ORDER BY e.day DESC, e.id DESC LIMIT 1),"
    f" (SELECT {joined(NEXT)} {MINE} AND e.kind = 'review'"
    " AND e.details LIKE '%\"next_review\"%'),"
    " pl.review_dates, pr.name, pl.route FROM placement pl JOIN pupil pu ON pu.id = pl.pupil"
    f" LEFT JOIN provider pr ON pr.id = pl.provider WHERE {NOT_ENDED}"
)
"""Every current placement with its last review, the next date agreed then, and all dates agreed.

A waived review counts as a review.
"""

CALLS = "e.kind IN ('concern', 'request') AND e.day <= :on AND e.withdrawn IS NULL"
"""Whether an entry calls for a review."""

CALLED = (
    f"(pl.id IN (SELECT e.placement FROM entry e WHERE {CALLS})"
    f" OR pl.provider IN (SELECT e.provider FROM entry e WHERE {CALLS}))"
)
"""Whether a review of a placement was ever called for, there or at its provider."""

AGREED_BY = (
    f"(EXISTS (SELECT 1 FROM {items('pl.review_dates')}"
    f" WHERE value BETWEEN coalesce(CAST({LAST} AS TEXT), CAST(pl.starts AS TEXT)) AND :last)"
    f" OR EXISTS (SELECT 1 {MINE} AND e.kind = 'review'"
    f" AND {NEXT} BETWEEN coalesce(CAST({LAST} AS TEXT), '') AND :last))"
)
"""Whether a review date was agreed by a day that the last review has not spent."""

DUE_BY = (
    f"(pl.starts <= :last AND (CASE WHEN {LAST} >= pl.starts THEN {LAST} < :reviewed_from"
    " ELSE pl.starts < :started_from END"
    f" OR coalesce(pl.ended, pl.ends) <= :last OR pl.ends <= :last OR {CALLED} OR {AGREED_BY})"
    f" OR {is_no_day('pl.starts')})"
)
"""Whether a review may be due by a day: it holds for more placements than those of which one is."""


def reviewed(
    store: Store,
    on: date,
    unread: list[StoreProblem],
    until: Until | None = None,
    placements: Sequence[int] | None = None,
) -> Iterator[Reviewed]:
    """List each placement that has not ended, in order; add what cannot be read to `unread`.

    `until` leaves out those of which no review can be due by then, and `placements` all others.
    """
    query, named = f"{QUERY}{among('pl.id', placements)}", dict[str, Any](on=on)
    if until is not None:
        query += f" AND {DUE_BY}"
        named |= asdict(until)
    for row in store.rows(f"{query} ORDER BY pl.id", **named):
        try:
            yield _read(row)
        except UNREADABLE as problem:
            unread.append(unreadable(reference("PL", row[0]), problem))


def _read(row: Sequence[Any]) -> Reviewed:
    """Return a row as a record; raise one of UNREADABLE if it is damaged."""
    id, pupil, provider, name, school, commissioner, starts, *row = row
    ends, ended, last, then, at_reviews, at_the_outset, provider_name, route = row
    agreed = decode(at_the_outset, type=tuple[date, ...]) if at_the_outset else ()
    if at_reviews:
        agreed += tuple(map(day_of_record, at_reviews.split(",")))
    return Reviewed(
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
        readable_text(route),
    )


def _day(text: str | None) -> date | None:
    return day_of_record(text) if text else None


def among(column: str, placements: Sequence[int] | None) -> str:
    """Return the condition that a column has the number of one of some placements; None for all."""
    return "" if placements is None else f" AND {column} IN ({numbers_of(placements)})"


CALLING = (
    "SELECT e.placement, e.provider, e.kind, e.id, e.day, e.who, e.note, e.details, e.not_known"
    f" FROM entry e WHERE {CALLS}"
)
"""Concerns and requests that call for a review, of placements and of providers."""


def calling(
    store: Store, on: date, unread: list[StoreProblem], placements: Sequence[int] | None = None
) -> Iterator[tuple[int | None, int | None, Any]]:
    """List each concern and request up to a day, with its placement or provider.

    Those that cannot be read are added to `unread`. `placements` are the only ones to look at.
    """
    query = CALLING
    if placements is not None:
        some = among("id", placements)
        query += (
            f" AND (e.placement IN (SELECT id FROM placement WHERE TRUE{some})"
            f" OR e.provider IN (SELECT provider FROM placement WHERE TRUE{some}))"
        )
    for placement, provider, *row in store.rows(f"{query} ORDER BY e.day, e.id", on=on):
        # few stores have any, and most commands on reviews need no other entry
        from .entry_rows import read_entry

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


class ReviewDays(Struct):
    """The days on which a placement was reviewed, or its review waived; and those without these."""

    reviewed: list[date] = []
    held: list[date] = []


def days_of_called(
    store: Store, on: date, placements: Sequence[int] | None = None
) -> dict[int, ReviewDays]:
    """Map the placements of which a review was ever called for to the days of their reviews."""
    rows = store.rows(
        f"SELECT e.placement, e.day, {TOOK_PLACE} FROM placement pl"
        " JOIN entry e ON e.placement = pl.id AND e.kind IN ('review', 'discussion', 'waiver')"
        f" WHERE {NOT_ENDED} AND {CALLED} AND e.day <= :on AND e.withdrawn IS NULL AND {COUNTS}"
        f"{among('pl.id', placements)} ORDER BY e.day",
        on=on,
    )
    found: dict[int, ReviewDays] = {}
    for placement, day, took_place in rows:
        days = found.setdefault(placement, ReviewDays())
        days.reviewed.append(day_of_record(day))
        if took_place:
            days.held.append(day_of_record(day))
    return found


def names_of_calendars(store: Store, on: date) -> list[tuple[Any, int | None]]:
    """List which home school and commissioner's number each placement that has not ended has."""
    return list(
        store.rows(
            "SELECT DISTINCT pu.home_school, pl.commissioner FROM placement pl"
            f" JOIN pupil pu ON pu.id = pl.pupil WHERE {NOT_ENDED}",
            on=on,
        )
    )
