"""Read attendance: the current marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from msgspec import Struct

from ...domain.attendance import CODES, NOTHING_MARKED, Mark
from ...domain.options import Place
from ...domain.placement import Placement
from ...domain.sessions import HALVES, Sessions, read_sessions
from ...errors import StoreProblem
from ...forms.facts import Fact, Unknown
from ...forms.form import reference
from ..columns import day_of_record, whole
from ..damage import UNREADABLE, naming, readable_text, unreadable
from ..opening import Store

MARKS = (
    "SELECT m.day, m.half, m.code, m.nature, m.id, m.who, m.reason,"
    " (SELECT o.code FROM mark o WHERE o.id = m.replaces)"
    " FROM mark m WHERE m.current AND m.placement = :placement AND m.day <= :until"
    " ORDER BY m.day, m.half"
)


def placements_with_marks(store: Store) -> frozenset[int]:
    """Return the numbers of the placements that have a mark."""
    return frozenset(id for (id,) in store.rows_as_they_are("SELECT DISTINCT placement FROM mark"))


def marks(store: Store, until: date, placement: int) -> tuple[Mark, ...]:
    """List the current marks of a placement up to a day, in order.

    Raise StoreProblem, which names the mark, if one is damaged.
    """
    rows = store.rows(MARKS, placement=placement, until=until.isoformat())
    return tuple([read_mark(placement, row) for row in rows])


def readable_marks(store: Store, until: date, placement: int) -> tuple[Mark, ...]:
    """List the current marks of a placement up to a day; the store names those left out.

    It names one whose day is none as well.
    """
    found = []
    for query in (MARKS, later(MARKS)):
        for row in store.rows(query, placement=placement, until=until.isoformat()):
            try:
                found.append(read_mark(placement, row))
            except StoreProblem as problem:
                store.leave_out(problem)
    return tuple([mark for mark in found if mark.day <= until])


def read_mark(placement: int, row: Sequence[Any]) -> Mark:
    """Return the mark of a row; raise StoreProblem, with the command that amends it, if damaged."""
    try:
        return _mark(*row)
    except UNREADABLE:
        day, half, code, _, id, *_ = row
        raise damaged_mark(placement, day, half, code, id) from None


def damaged_mark(placement: int, day: Any, half: Any, code: Any, id: int) -> StoreProblem:
    """Return the error for a damaged mark, with the command that amends it or takes it out."""
    ref = reference(Placement.PREFIX, placement)
    try:
        session = f"{day_of_record(day)} {HALVES[whole(half)]}"
    except (*UNREADABLE, IndexError):
        number = reference(MARK, id)
        return StoreProblem(
            f"a mark of {ref} cannot be read: its session is none; take it out with"
            f" `ap attendance amend {ref} {number} am {NOTHING_MARKED} --reason TEXT`"
        )
    wrong = "its words are not text" if code in CODES else "its code is none of the register"
    return StoreProblem(
        f"the mark of {ref} on {session} cannot be read: {wrong}; correct it with"
        f" `ap attendance amend {ref} {session} CODE --reason TEXT`"
    )


MARK = "M"
"""How the number of a mark begins where its day and half cannot tell which it is."""


EVERY = (
    "SELECT m.placement, m.pupil, m.day, m.half, m.code, m.nature, m.id, m.who, m.reason, NULL"
    " FROM mark m WHERE m.current AND m.day <= :until ORDER BY m.day, m.half, m.placement"
)


def every_mark(store: Store, until: date) -> Iterator[tuple[int, int, Mark]]:
    """List every current mark up to a day, in order, after its placement's and pupil's number.

    The store names the marks that cannot be read.
    """
    for placement, pupil, *row in store.rows(EVERY, until=until.isoformat()):
        try:
            mark = read_mark(placement, row)
        except StoreProblem as problem:
            store.leave_out(problem)
            continue
        yield placement, pupil, mark
    for placement, _, *row in store.rows(later(EVERY), until=until.isoformat()):
        with suppress(*UNREADABLE):
            day_of_record(row[0])
            continue
        store.leave_out(damaged_mark(placement, row[0], row[1], row[2], row[4]))


def later(query: str) -> str:
    """Make a query for marks up to a day one for those after it, or without a day."""
    return query.replace("m.day <= :until", "NOT m.day <= :until")


def mark_of_session(store: Store, placement: int, day: date, half: int) -> Mark | None:
    """Return the current mark of a placement for one half of a day; None if there is none.

    Raise StoreProblem with the placement's reference if it is damaged.
    """
    query = MARKS.replace("m.day <= :until", "m.day = :day AND m.half = :half")
    row = store.row(query, placement=placement, day=day, half=half)
    return read_mark(placement, row) if row else None


def marks_of_pupil(store: Store, until: date, pupil: int) -> tuple[Mark, ...]:
    """List the current marks of a pupil up to a day, over all placements, in order.

    Raise StoreProblem, which names the mark, if one is damaged.
    """
    query = MARKS.replace("m.placement = :placement", "m.pupil = :pupil")
    query = query.replace("SELECT m.day", "SELECT m.placement, m.day", 1)
    rows = store.rows(query, pupil=pupil, until=until.isoformat())
    return tuple([read_mark(placement, row) for placement, *row in rows])


def _mark(day: str, half: int, code: str, *rest: Any) -> Mark:
    if code not in CODES or half not in (0, 1):
        raise ValueError("not a code of the register")
    if bytes in map(type, rest[:-1]):
        raise ValueError("text is needed, not bytes")
    told = [*rest[:-1], readable_text(rest[-1])]
    return Mark(day_of_record(day), half, code, *told)


ATTENDING = (
    "SELECT pl.id, pl.pupil, pl.starts, pl.ended, pl.commissioner, pu.home_school, pl.nature,"
    " pr.name"
    " FROM placement pl JOIN pupil pu ON pu.id = pl.pupil JOIN provider pr ON pr.id = pl.provider"
    " WHERE pl.never_started IS NOT TRUE ORDER BY pl.id"
)


class AttendingRecord(Struct, frozen=True):
    """A placement that can have marks, with what decides its calendar and what is taught there."""

    id: int
    pupil: int
    starts: date
    ended: date | None
    commissioner: int | None
    home_school: str
    nature: str | None
    provider: str


def attending(store: Store) -> Iterator[AttendingRecord]:
    """List the placements that can have marks, in order of reference.

    Raise StoreProblem with its reference if one is damaged.
    """
    for id, pupil, starts, ended, *rest in store.rows(ATTENDING):
        try:
            first, last = day_of_record(starts), day_of_record(ended) if ended else None
        except UNREADABLE as problem:
            raise unreadable(reference(Placement.PREFIX, id), problem) from None
        yield AttendingRecord(id, pupil, first, last, *map(readable_text, rest))


SessionKey = int
"""A pupil's session as one number, since many are held at once."""

DAYS = date.max.toordinal() + 1


def session_key(pupil: int, day: date, half: int) -> SessionKey:
    """Return the key of a pupil's session: the half of a day, 0 or 1."""
    return 2 * (DAYS * pupil + day.toordinal()) + half


class Standing(Struct, frozen=True, gc=False):
    """A current mark: its number, its code, and its placement."""

    id: int
    code: str
    placement: int


def standing(store: Store, pupil: int) -> dict[SessionKey, Standing]:
    """Return every current mark of a pupil by its session; the store names those that are none."""
    rows = store.rows(
        "SELECT m.day, m.half, m.id, m.code, m.placement FROM mark m"
        " WHERE m.current AND m.pupil = :pupil",
        pupil=pupil,
    )
    found = {}
    for day, half, *rest in rows:
        try:
            key = session_key(pupil, day_of_record(day), whole(half))
        except UNREADABLE:
            id, code, placement = rest
            store.leave_out(damaged_mark(placement, day, half, code, id))
        else:
            found[key] = Standing(*rest)
    return found


def code_of_damaged(store: Store, placement: int, id: int) -> str | None:
    """Return the code of a current mark whose session is none, as far as it can be read.

    None if there is no such mark of a placement, or its session tells which it is.
    """
    query = "SELECT day, half, code FROM mark WHERE current AND placement = :placement AND id = :id"
    row = store.row(query, placement=placement, id=id)
    if row is None:
        return None
    try:
        day_of_record(row[0])
        return str(readable_text(row[2])) if row[1] not in (0, 1) else None
    except UNREADABLE:
        return str(readable_text(row[2]))


def marked_twice(store: Store, of: str, id: int, pupil: int) -> str | None:
    """Return the first session with two current marks if a pupil took over another's marks.

    Those are the marks of another pupil or of a placement. None if there is no such session.
    """
    found = store.row(
        "SELECT m.day, m.half FROM mark m JOIN mark o ON o.day = m.day AND o.half = m.half"
        " AND o.current AND o.pupil = :pupil"
        f" WHERE m.current AND m.{of} = :id AND m.pupil != :pupil ORDER BY m.day, m.half LIMIT 1",
        id=id,
        pupil=pupil,
    )
    return f"{found[0]} {HALVES[found[1]]}" if found else None


def insert(
    store: Store,
    marks: Iterable[tuple[int, int, Mark]],
    numbers: Iterator[int],
    who: str,
    at: str,
    unit: int,
) -> None:
    """Insert marks as they come under the next numbers, each for a placement and a pupil."""
    store.connection.executemany(
        "INSERT INTO mark (id, placement, pupil, day, half, code, nature, who, at, current, unit)"
        " VALUES (:id, :placement, :pupil, :day, :half, :code, :nature, :who, :at, TRUE, :unit)",
        (
            {
                "id": id,
                "placement": placement,
                "pupil": pupil,
                "day": mark.day.isoformat(),
                "half": mark.half,
                "code": mark.code,
                "nature": mark.nature,
                "who": who,
                "at": at,
                "unit": unit,
            }
            for (placement, pupil, mark), id in zip(marks, numbers, strict=False)
        ),
    )


WEEKS = (
    "SELECT since, at_provider, at_home, at_school, place FROM week"
    " WHERE placement = :id ORDER BY since"
)
"""The weeks of a placement, in order."""


Week = tuple[date, Fact[Sessions], Fact[Sessions], Fact[Sessions], Fact[Place]]
"""The first day of a week, its sessions at the provider, at home and at school, and the place."""


def end_of_unit(store: Store, unit: int) -> None:
    """Let the marks that a unit of work inserted stay in the register, and be current no more."""
    store.rows("UPDATE mark SET current = FALSE WHERE unit = :unit", unit=unit)


def revive_of_unit(store: Store, unit: int) -> None:
    """Let the marks that a unit imported, and its undoing ended, be current again.

    Marks that were recorded one by one are in the log row by row, and are not touched.
    """
    store.rows(
        "UPDATE mark SET current = TRUE WHERE unit = :unit AND EXISTS"
        " (SELECT 1 FROM audit WHERE unit = :unit AND place = 'mark' AND \"row\" IS NULL)",
        unit=unit,
    )


def delete_of_unit(store: Store, unit: int) -> None:
    """Delete the marks that a unit of work inserted: only in a copy of the store."""
    store.rows("DELETE FROM mark WHERE unit = :unit", unit=unit)


def has_marks(store: Store, noun: str, id: int) -> bool:
    """Return whether a pupil or a placement has a mark, current or not."""
    return store.row(f"SELECT 1 FROM mark WHERE {noun} = :id LIMIT 1", id=id) is not None


def weeks(store: Store, placement: int) -> list[Week]:
    """List the weeks of a placement, in order."""
    with naming(reference("PL", placement)):
        return [
            (
                day_of_record(since),
                sessions_of(there, "placement.at_provider"),
                sessions_of(home, "placement.at_home"),
                sessions_of(school, "placement.at_school"),
                Unknown("placement.place") if place is None else Place(place),
            )
            for since, there, home, school, place in store.rows(WEEKS, id=placement)
        ]


def sessions_of(text: str | None, fact: str) -> Fact[Sessions]:
    """Return the sessions of a column; a gap where nobody recorded them."""
    return Unknown(fact) if text is None else read_sessions(text)
