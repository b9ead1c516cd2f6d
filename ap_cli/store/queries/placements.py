"""Read placements: each with its pupil and history, and how they relate to one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from ...domain.entries import KINDS
from ...domain.entries.history import History
from ...domain.placement import Placement
from ...domain.pupil import Pupil
from ...domain.sessions import Sessions, read_sessions
from ...errors import StoreProblem
from ...forms.facts import Fact, Unknown
from ...forms.form import Noun, reference
from ..columns import day_of_record, whole
from ..damage import UNREADABLE, Unreadable, unreadable
from ..dialect import is_no_day, is_whole_number
from ..opening import Store
from .conditions import LIVE, NOT_ENDED, WEEK_IN_FORCE
from .entries import entries, every_history
from .entry_rows import read_entry
from .records import Row, columns, mapper, readable, width
from .scopes import EVERY, Scope, of_subject


class PlacementRecord(Struct, frozen=True, gc=False):
    """A placement with its pupil and its history up to a day."""

    placement: Placement
    pupil: Pupil
    history: History


MAY_BE_LIVE = f"({LIVE} OR {NOT_ENDED} AND {is_no_day('pl.starts')})"

WIDTH = width(Placement)
PUPIL, PROVIDER = (Placement.__struct_fields__.index(name) for name in ("pupil", "provider"))


def placements(
    store: Store, on: date, scope: Scope = EVERY
) -> Iterator[PlacementRecord | Unreadable]:
    """List each placement of a scope, in order of its reference, as it is on a day."""
    rows = store.rows(
        f"SELECT {columns(Placement, 'pl')}, {columns(Pupil, 'pu')} FROM placement pl"
        f" {WEEK_IN_FORCE} LEFT JOIN pupil pu ON pu.id = pl.pupil WHERE {scope.condition}"
        " ORDER BY pl.id",
        **scope.named | {"on": on},
    )
    histories = None
    if scope.streams:
        among = "" if scope is EVERY else scope.numbers
        histories = every_history(store, "placement", on, among, **scope.named)
    for row in rows:
        happened = histories(row[0]) if histories else entries(store, "placement", row[0], on)
        try:
            placement, pupil = _read(row)
        except StoreProblem as problem:
            yield Unreadable(Placement, row[0], problem, *_belongs_to(row))
            continue
        yield PlacementRecord(placement, pupil, History(happened, read_entry))


def _read(row: Row) -> tuple[Placement, Pupil]:
    """Return a placement and its pupil; raise StoreProblem with the reference of a damaged one."""
    ref = reference(Placement.PREFIX, row[0])
    placement = readable(mapper, Placement, row, ref)
    if row[WIDTH] is None:
        raise _lost(ref, Pupil, placement.pupil)
    return placement, readable(mapper, Pupil, row[WIDTH:], reference(Pupil.PREFIX, row[WIDTH]))


def _belongs_to(row: Row) -> tuple[int | None, int | None]:
    """Return the numbers of a row's pupil and provider; None if invalid or missing."""
    pupil, provider = (
        number if type(number) is int else None for number in (row[PUPIL], row[PROVIDER])
    )
    return pupil if row[WIDTH] is not None else None, provider


def _lost(ref: str, noun: type[Noun], id: int) -> StoreProblem:
    """Return the error for a record that refers to one that is missing."""
    return unreadable(ref, ValueError(f"its {noun.NOUN} {reference(noun.PREFIX, id)} is missing"))


def count_placements(store: Store, scope: Scope = EVERY) -> int:
    """Return how many placements of a scope a store has."""
    return int(store.row(f"SELECT count(*) FROM ({scope.numbers}) those", **scope.named)[0])


def parties_of(store: Store, placement: int) -> tuple[int, int] | None:
    """Return the numbers of a placement's pupil and provider; None if it does not exist."""
    row = store.row("SELECT pupil, provider FROM placement WHERE id = :id", id=placement)
    return (row[0], row[1]) if row else None


def provider_of(store: Store, placement: int) -> int:
    """Return the number of the provider of a placement that exists."""
    return int(store.row("SELECT provider FROM placement WHERE id = :id", id=placement)[0])


def pupils_by_placement(store: Store) -> dict[int, int]:
    """Map each placement's number to its pupil's, except damaged ones."""
    whole = is_whole_number("pupil")
    return dict(store.rows(f"SELECT id, pupil FROM placement WHERE {whole}"))


def current(store: Store, subject: type[Noun], id: int, on: date) -> list[int]:
    """List the numbers of a subject's placements that have not ended on a day, in order."""
    scope = of_subject(subject, id)
    rows = store.rows(f"{scope.numbers} AND {NOT_ENDED} ORDER BY pl.id", **scope.named, on=on)
    return [placement for (placement,) in rows]


def without_commissioner(store: Store, on: date) -> list[int]:
    """List the numbers of the placements not ended on a day that nobody arranges, in order."""
    rows = store.rows(
        f"SELECT pl.id FROM placement pl WHERE pl.commissioner IS NULL AND {NOT_ENDED}"
        " ORDER BY pl.id",
        on=on,
    )
    return [placement for (placement,) in rows]


def placed(store: Store, on: date) -> Iterator[tuple[int, Pupil | None, list[Placement]]]:
    """List the pupils who have a live placement on a day, by number, each with those not ended.

    One whose first day is no day may be live. Where one of these records cannot be read, there is
    neither pupil nor placement.
    """
    rows = store.rows(
        f"SELECT {columns(Placement, 'pl')}, {columns(Pupil, 'pu')} FROM placement pl"
        f" {WEEK_IN_FORCE} LEFT JOIN pupil pu ON pu.id = pl.pupil WHERE {NOT_ENDED}"
        f" AND pl.pupil IN (SELECT pl.pupil FROM placement pl WHERE {MAY_BE_LIVE})"
        " ORDER BY pl.pupil, pl.id",
        on=on,
    )
    for number, those in groupby(rows, key=itemgetter(PUPIL)):
        try:
            found = [_read(row) for row in list(those)]
        except StoreProblem:
            yield number, None, []
            continue
        yield number, found[0][1], [placement for placement, _ in found]


def happened_within(store: Store, placement: int) -> list[tuple[str, date, date]]:
    """List what happened within a placement, with first and last day: marks, and kinds of entry.

    For a kind that can happen after its end as well, only the first day counts.
    """
    within = tuple(kind for kind, form in KINDS.items() if form.WITHIN)
    kinds = tuple(kind for kind, form in KINDS.items() if form.WITHIN or form.ONCE_STARTED)
    rows = store.rows(
        "SELECT 'attendance', min(day), max(day) FROM mark WHERE placement = :id AND current"
        " UNION ALL"
        " SELECT 'an entry (' || kind || ')', min(day),"
        f" max(CASE WHEN kind IN {within} THEN day ELSE :never END)"
        f" FROM entry WHERE placement = :id AND withdrawn IS NULL AND kind IN {kinds}"
        " GROUP BY kind",
        id=placement,
        never=date.min,
    )
    return [
        (what, date.fromisoformat(first), date.fromisoformat(last))
        for what, first, last in rows
        if first is not None
    ]


def next_place(store: Store, placement: Placement, on: date) -> tuple[str, date | None]:
    """Return the reference and first day of the child's next placement.

    It outlasts or follows this one. If there is none they are empty and None. Raise StoreProblem if
    its first day cannot be read.
    """
    found = store.row(
        "SELECT pl.id, pl.starts FROM placement pl WHERE pl.pupil = :pupil AND pl.id <> :id"
        " AND pl.never_started IS NOT TRUE"
        " AND (pl.ended IS NULL OR pl.ended > :ended) ORDER BY pl.starts, pl.id LIMIT 1",
        pupil=placement.pupil,
        id=placement.id,
        ended=placement.ended or on,
    )
    if found is None:
        return "", None
    ref = reference(Placement.PREFIX, found[0])
    try:
        return ref, day_of_record(found[1])
    except UNREADABLE as problem:
        raise unreadable(ref, problem) from None


class OtherPlacement(Struct, frozen=True):
    """A pupil's placement besides another: its number, the time there and the sessions."""

    id: int
    weekly_minutes: int
    at_provider: Fact[Sessions]
    at_school: Fact[Sessions]
    elsewhere: Fact[Sessions]


SEVERAL = (
    "SELECT pl.pupil, pl.id, pl.starts,"
    " COALESCE(pl.ended, CASE WHEN pl.ends >= :on THEN pl.ends END), w.weekly_minutes,"
    " w.at_provider, w.at_school, w.elsewhere"
    f" FROM placement pl {WEEK_IN_FORCE} WHERE pl.never_started IS NOT TRUE AND "
)
"""Placements, each with its pupil, first day, last day or planned end to come, and week."""

OF_SEVERAL = (
    "pl.pupil IN (SELECT pupil FROM placement WHERE never_started IS NOT TRUE"
    " GROUP BY pupil HAVING count(*) > 1)"
)


class Siblings:
    """The placements of pupils who have several, or of one pupil, as they are on a day."""

    def __init__(self, store: Store, on: date, pupil: int | None = None) -> None:
        scope = OF_SEVERAL if pupil is None else "pl.pupil = :pupil"
        query = f"{SEVERAL}{scope} ORDER BY pl.id"
        self._rows: dict[int, list[Row]] = {}
        for whose, *row in store.rows(query, on=on, pupil=pupil):
            self._rows.setdefault(whose, []).append(row)

    def has_several(self, pupil: int) -> bool:
        """Tell whether a pupil has more than one placement, not counting any that never started."""
        return len(self._rows.get(pupil, ())) > 1

    def others(self, placement: Placement, day: date) -> Iterator[OtherPlacement | Unreadable]:
        """List the placements that a pupil has on a day besides one."""
        text = day.isoformat()
        for id, first, last, minutes, *sessions in self._rows.get(placement.pupil, ()):
            if id == placement.id:
                continue
            try:
                if first <= text and (last is None or last >= text):
                    yield OtherPlacement(id, whole(minutes), *_sessions(id, sessions))
            except UNREADABLE as problem:
                found = unreadable(reference(Placement.PREFIX, id), problem)
                yield Unreadable(Placement, id, found)


def _sessions(id: int, texts: list[str | None]) -> Iterator[Fact[Sessions]]:
    for name, text in zip(("at_provider", "at_school", "elsewhere"), texts, strict=True):
        if text is None:
            yield Unknown(f"placement.{name} of {reference(Placement.PREFIX, id)}")
        else:
            yield read_sessions(text)


def planned_visits(store: Store, on: date) -> Iterator[tuple[int, str]]:
    """List the visits up to a day that plans name, each after its provider's id; some damaged."""
    return store.rows(
        "SELECT provider, visited FROM placement WHERE visited <= :on ORDER BY id", on=on
    )
