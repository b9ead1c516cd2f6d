"""Read pupils: each with its history and its placements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from ...domain.entries.history import History
from ...domain.options import Extent
from ...domain.placement import Placement
from ...domain.pupil import Pupil
from ...domain.sessions import Sessions, read_sessions
from ...errors import StoreProblem
from ...forms.facts import Fact, Unknown, recorded
from ...forms.form import reference
from ..columns import day_of_record
from ..damage import UNREADABLE, Unreadable, readable_text, unreadable
from ..dialect import day_before, earlier_of, is_whole_number
from ..opening import Store
from .entries import entries, every_history, in_groups
from .entry_rows import read_entry
from .records import Row, columns, mapper, not_found, readable
from .scopes import EVERY, Scope


class PlacedRecord(Struct, frozen=True):
    """A placement of a pupil with one week: its first and last day, and how much of it there is."""

    first: date
    ended: date | None
    weekly_minutes: Fact[int]
    extent: Fact[Extent]
    sessions: Fact[Sessions]
    school_week: Fact[int]
    at_own_site: bool
    taught_alone: bool
    began: date
    ref: str


class PupilRecord(Struct, frozen=True):
    """A pupil with its history, its placements, and the commissioner of the last of them."""

    pupil: Pupil
    history: History
    placed: tuple[PlacedRecord, ...]
    commissioner: int | None


NEXT_WEEK = "(SELECT min(x.since) FROM week x WHERE x.placement = pl.id AND x.since > w.since)"
FIRST_WEEK = "(SELECT min(x.since) FROM week x WHERE x.placement = pl.id)"
LAST_DAY = "coalesce(pl.ended, CASE WHEN pl.ends >= :on THEN pl.ends END, '9999-12-31')"
"""As it ended or as it is planned to; none if that day has gone by and the pupil is still there."""

WEEK_ENDS = f"coalesce({day_before(NEXT_WEEK)}, '9999-12-31')"
PLACED = (
    "SELECT pl.pupil, pl.id,"
    f" CASE WHEN w.since > pl.starts AND w.since > {FIRST_WEEK} THEN w.since ELSE pl.starts END,"
    f" nullif({earlier_of(WEEK_ENDS, LAST_DAY)}, '9999-12-31'),"
    " w.weekly_minutes, pl.extent, w.at_provider, w.elsewhere, w.elsewhere_minutes,"
    " pl.school_week_minutes, COALESCE(w.place, pr.kind) IN ('own-site', 'school'),"
    " pr.kind = 'one-to-one' OR COALESCE(w.place, '') = 'home', pl.starts, pl.commissioner"
    " FROM placement pl LEFT JOIN provider pr ON pr.id = pl.provider"
    f" LEFT JOIN week w ON w.placement = pl.id"
    f" AND (w.since = {FIRST_WEEK} OR w.since <= {LAST_DAY})"
    f" AND coalesce({NEXT_WEEK} > pl.starts, TRUE)"
    " WHERE pl.never_started IS NOT TRUE"
)
"""The placements of pupils, a row for each week that held, with the first and last day it did."""


EXCLUDED = (
    f"SELECT pupil FROM entry WHERE kind = 'exclusion' AND {is_whole_number('pupil')}"
    " AND withdrawn IS NULL"
)
"""A query for the numbers of the pupils with an exclusion recorded."""


def pupils(
    store: Store, on: date, whose: Iterable[int], scope: Scope = EVERY
) -> Iterator[PupilRecord | Unreadable]:
    """List these pupils in order of their references, read as streams.

    They are pupils of placements of the scope, or excluded.
    """
    wanted = frozenset(whose)
    among = "SELECT id FROM pupil" if scope is EVERY else f"{scope.pupils} UNION {EXCLUDED}"
    histories = every_history(store, "pupil", on, among, **scope.named)
    query = f"{PLACED} AND pl.pupil IN ({among}) ORDER BY pl.pupil, pl.starts, pl.id, w.since"
    placed = in_groups(store.rows(query, **scope.named | {"on": on}))
    rows = store.rows(
        f"SELECT {columns(Pupil, 't')} FROM pupil t WHERE t.id IN ({among}) ORDER BY t.id",
        **scope.named,
    )
    for row in rows:
        if row[0] in wanted:
            yield _record(row, histories(row[0]), placed(row[0]))


def pupil(store: Store, id: int, on: date) -> PupilRecord | Unreadable:
    """Return one pupil; raise NotFound if there is no such pupil."""
    row = store.row(f"SELECT {columns(Pupil, 't')} FROM pupil t WHERE t.id = :id", id=id)
    if row is None:
        raise not_found(store, Pupil, id)
    placed = store.rows(
        f"{PLACED} AND pl.pupil = :id ORDER BY pl.starts, pl.id, w.since", id=id, on=on
    )
    return _record(row, entries(store, "pupil", id, on), [found[1:] for found in placed])


def _record(row: Row, happened: Sequence[Row], placed: Sequence[Row]) -> PupilRecord | Unreadable:
    try:
        ref = reference(Pupil.PREFIX, row[0])
        known = readable(mapper, Pupil, row, ref)
        last = placed[-1][-1] if placed else None
        return PupilRecord(
            known,
            History(happened, read_entry),
            _placed(ref, placed),
            last if type(last) is int else None,
        )
    except StoreProblem as problem:
        return Unreadable(Pupil, row[0], problem)


def _placed(ref: str, rows: Sequence[Row]) -> tuple[PlacedRecord, ...]:
    found = []
    for row in rows:
        try:
            found.append(_placed_record(*row[:-1]))
        except UNREADABLE as problem:
            which = reference(Placement.PREFIX, row[0]) if type(row[0]) is int else "a placement"
            raise unreadable(f"{which} of {ref}", problem) from None
    return tuple(found)


def _placed_record(
    id: int,
    first: str,
    ended: str | None,
    minutes: object,
    extent: str | None,
    there: str | None,
    elsewhere: str | None,
    more: object,
    school_week: object,
    own_site: object,
    alone: object,
    began: str,
) -> PlacedRecord:
    return PlacedRecord(
        day_of_record(first),
        day_of_record(ended) if ended else None,
        _with_more(minutes_of(id, minutes), more),
        Extent(extent) if extent else Unknown(f"placement.extent of {ref_of(id)}"),
        _sessions(id, there, elsewhere),
        school_week if type(school_week) is int else Unknown("placement.school_week_minutes"),
        bool(own_site),
        bool(alone),
        day_of_record(began),
        ref_of(id),
    )


def _with_more(minutes: Fact[int], more: object) -> Fact[int]:
    """Add the minutes a week elsewhere to those at the provider, if both are recorded."""
    return minutes + more if recorded(minutes) and type(more) is int else minutes


def ref_of(id: int) -> str:
    """Return the reference of a placement."""
    return reference(Placement.PREFIX, id)


def _sessions(id: int, there: str | None, elsewhere: str | None) -> Fact[Sessions]:
    """Join the sessions at a provider and elsewhere; unknown if those there are not recorded."""
    if there is None:
        return Unknown(f"placement.at_provider of {ref_of(id)}")
    more = read_sessions(elsewhere).slots if elsewhere else ()
    return Sessions(tuple(sorted({*read_sessions(there).slots, *more})))


def minutes_of(id: int, minutes: object) -> Fact[int]:
    """Return the minutes a week of a placement; unknown if its week cannot be read."""
    return minutes if type(minutes) is int else Unknown(f"placement.weekly_minutes of {ref_of(id)}")


def excluded(store: Store) -> list[int]:
    """Return the numbers of the pupils with an exclusion recorded."""
    return [id for (id,) in store.rows(EXCLUDED.replace("SELECT", "SELECT DISTINCT", 1))]


def names_by_number(store: Store) -> dict[int, str]:
    """Map each pupil's number to the pupil's name."""
    rows = store.rows("SELECT id, name FROM pupil")
    return {id: readable_text(name) for id, name in rows}


def home_schools(store: Store) -> list[str]:
    """List the home schools of the pupils, as often as they are recorded."""
    return [readable_text(school) for (school,) in store.rows("SELECT home_school FROM pupil")]
