"""Read providers: the children they teach, and the days on which that changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from msgspec import Struct
from msgspec.json import decode

from ...domain.ages import first_in_doubt, next_leaving_date
from ...domain.options import IN_SCHOOL, PREMISES, Place
from ...domain.periods import Periods
from ...domain.placement import Placement
from ...domain.places import place_by_kind
from ...domain.provider import Provider
from ...domain.pupil import Pupil
from ...errors import StoreProblem
from ...forms.facts import Asked, Fact, Unknown
from ...forms.form import reference
from ..columns import day_of_record, from_column, whole
from ..damage import UNREADABLE, unreadable
from ..opening import Store
from .conditions import LIVE, NOT_ENDED, WEEK_IN_FORCE


class TaughtRecord(Struct, frozen=True):
    """A child at a provider on a day: its first placement there, the minutes a week over all.

    `apart` are the minutes in the school, at home or online, which make no place a school.
    """

    pupil: int
    placement: int
    minutes: int
    apart: int
    ehcp: Fact[bool]
    looked_after: Fact[bool]
    sen_support: Fact[bool]


AT_A_PLACE_OF_ITS_OWN = {
    True: f"(w.place IS NULL OR w.place IN {tuple(map(str, PREMISES))})",
    False: f"w.place IN {tuple(map(str, PREMISES))}",
}
"""Whether a week is spent at a place of the provider's own.

The key says whether it teaches there by its kind, which counts until the place is recorded.
"""

TAUGHT = (
    "SELECT pl.pupil, COALESCE(min(CASE WHEN {there} THEN pl.id END), min(pl.id)),"
    " sum(CASE WHEN {there} THEN w.weekly_minutes ELSE 0 END),"
    " sum(CASE WHEN {there} THEN 0 ELSE w.weekly_minutes END),"
    " pu.ehcp, pu.looked_after, pu.sen_support, pu.not_known"
    f" FROM placement pl {WEEK_IN_FORCE} JOIN pupil pu ON pu.id = pl.pupil"
    f" WHERE pl.provider = :provider AND {LIVE} AND pu.born BETWEEN :in_doubt AND :last"
    " AND (pu.born >= :first OR pu.leaving_confirmed = :leaving)"
    " AND NOT COALESCE(pl.ends >= :today AND pl.ends < :on, FALSE)"
    " GROUP BY pl.pupil, pu.ehcp, pu.looked_after, pu.sen_support, pu.not_known ORDER BY pl.pupil"
)
"""The children placed at a provider on a day, each with the time over all placements there.

A planned end counts if it is to come; one that has passed without the placement ending does not.
"""


def taught(
    store: Store, provider: Provider, on: date, today: date, born: tuple[date, date]
) -> Iterator[TaughtRecord]:
    """List the children at a provider on a day, born between two days.

    Those who leave a year later than usual, as confirmed, are older. Raise StoreProblem if one is
    damaged.
    """
    first, last = born
    there = AT_A_PLACE_OF_ITS_OWN[place_by_kind(provider.kind) in PREMISES]
    query = TAUGHT.replace("{there}", there)
    rows = store.rows(
        query,
        provider=provider.id,
        on=on,
        today=today,
        first=first,
        last=last,
        in_doubt=first_in_doubt(first),
        leaving=next_leaving_date(on),
    )
    for id, placement, minutes, apart, ehcp, care, support, asked in rows:
        try:
            yield TaughtRecord(
                id,
                placement,
                whole(minutes),
                whole(apart),
                circumstance(ehcp, "ehcp", id, on, asked),
                circumstance(care, "looked_after", id, on, asked),
                circumstance(support, "sen_support", id, on, asked),
            )
        except UNREADABLE as problem:
            raise unreadable(reference(Pupil.PREFIX, id), problem) from None


def circumstance(
    column: str | None, name: str, pupil: int, day: date, asked: str | None
) -> Fact[bool]:
    """Return whether a circumstance of a child holds on a day; unknown if nobody recorded it."""
    if column is not None:
        periods: Periods = from_column(Periods)(column)  # type: ignore[misc]
        return periods.on(day)
    told = decode(asked, type=dict[str, Asked]).get(name) if asked else None
    return Unknown(f"pupil.{name} of {reference(Pupil.PREFIX, pupil)}", told)


def starts(store: Store, provider: Provider, on: date) -> list[tuple[date, Place]]:
    """List the start and place of each placement at a provider that has not ended."""
    rows = store.rows(
        f"SELECT pl.id, pl.starts, w.place FROM placement pl {WEEK_IN_FORCE}"
        f" WHERE pl.provider = :id AND {NOT_ENDED} ORDER BY pl.starts",
        id=provider.id,
        on=on,
    )
    usual = place_by_kind(provider.kind)
    found = []
    for id, day, place in rows:
        try:
            found.append((day_of_record(day), Place(place) if place else usual))
        except UNREADABLE as problem:
            raise unreadable_there(provider, id, problem) from None
    return found


def unreadable_there(provider: Provider, placement: object, problem: Exception) -> StoreProblem:
    """Return the error for a placement at a provider that has impossible values."""
    which = reference(Placement.PREFIX, placement) if type(placement) is int else "a placement"
    return unreadable(f"{which} at {provider.ref}", problem)


def moves_outside(store: Store, provider: Provider, on: date) -> list[date]:
    """List the later days from which a placement at a provider is outside the school, if readable.

    A change after the last day, or after a planned end that is still to come, is none.
    """
    rows = store.rows(
        "SELECT w.since, w.place FROM week w JOIN placement pl ON pl.id = w.placement"
        f" WHERE pl.provider = :id AND w.since > :on AND {NOT_ENDED}"
        " AND w.since <= COALESCE(pl.ended, CASE WHEN pl.ends >= :on THEN pl.ends END, w.since)",
        id=provider.id,
        on=on,
    )
    usual = place_by_kind(provider.kind)
    found = []
    for day, place in rows:
        with suppress(*UNREADABLE):
            if (Place(place) if place else usual) not in IN_SCHOOL:
                found.append(day_of_record(day))
    return found


def places(store: Store, provider: Provider, on: date, today: date) -> tuple[Place, ...]:
    """List where a provider teaches on a day, over the placements there that will not have ended.

    A planned end counts if it is to come; of a placement that starts later its first week counts.
    """
    rows = store.rows(
        f"SELECT pl.id, w.place FROM placement pl {WEEK_IN_FORCE}"
        f" WHERE pl.provider = :id AND {NOT_ENDED}"
        " AND NOT COALESCE(pl.ends >= :today AND pl.ends < :on, FALSE) ORDER BY pl.starts",
        id=provider.id,
        on=on,
        today=today,
    )
    usual = place_by_kind(provider.kind)
    found: dict[Place, None] = {}
    for id, place in rows:
        try:
            found[Place(place) if place else usual] = None
        except UNREADABLE as problem:
            raise unreadable_there(provider, id, problem) from None
    return tuple(found)


def weeks_to_come(store: Store, provider: int, on: date) -> list[date]:
    """List the later days on which a placement at a provider changes its week, if readable."""
    rows = store.rows(
        "SELECT DISTINCT w.since FROM week w JOIN placement pl ON pl.id = w.placement"
        f" WHERE pl.provider = :id AND w.since > :on AND {NOT_ENDED}",
        id=provider,
        on=on,
    )
    found = []
    for (day,) in rows:
        with suppress(*UNREADABLE):
            found.append(day_of_record(day))
    return found


def provider_numbers(store: Store) -> list[int]:
    """List the number of every provider, in order."""
    return [id for (id,) in store.rows("SELECT id FROM provider ORDER BY id")]
