"""Reads for checks and reviews: each placement with its pupil and what happened, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date

from ...domain.entries import KINDS
from ...domain.entries.history import History
from ...domain.placement import IN_SCHOOL, Extent, Placement
from ...domain.provider import Provider
from ...domain.pupil import Pupil
from ...errors import StoreProblem
from ...forms.facts import Fact, Unknown
from ...forms.form import Noun, reference
from ..columns import UNREADABLE, day_of_record, unreadable
from ..opening import Store
from .conditions import LIVE, NOT_ENDED, WEEK_IN_FORCE
from .records import (
    Row,
    columns,
    entries,
    entries_by_subject,
    mapper,
    not_found,
    read_entry,
    readable,
    width,
)

SCOPES = {
    "placement": "pl.id = :id",
    "pupil": "pl.pupil = :id",
    "provider": "pl.provider = :id",
    "": "",
}
"""Which placements a subject stands for, as a condition of SQL."""


def placements(
    store: Store, on: date, scope: str = "", id: int = 0
) -> Iterator[tuple[Row, Sequence[Row]]]:
    """The row of each placement of a scope with its pupil, and the rows of what happened up to a day, in order of its reference.

    `read_placement` makes records of them.
    """
    rows = store.rows(
        f"SELECT {columns(Placement, 'pl')}, {columns(Pupil, 'pu')} FROM placement pl {WEEK_IN_FORCE} LEFT JOIN pupil pu ON pu.id = pl.pupil"
        f" {SCOPES[scope] and f'WHERE {SCOPES[scope]}'} ORDER BY pl.id",
        on=on,
        id=id,
    )
    histories = every_history(store, "placement", on) if not scope else None
    for row in rows:
        yield row, histories(row[0]) if histories else entries(store, "placement", row[0], on)


PUPIL, PROVIDER = (Placement.__struct_fields__.index(name) for name in ("pupil", "provider"))


def belongs_to(row: Row) -> tuple[int | None, int | None]:
    """The numbers of the pupil and the provider of a placement's row, whatever else it holds; None where they are no numbers, or nobody's."""
    pupil, provider = (
        number if type(number) is int else None for number in (row[PUPIL], row[PROVIDER])
    )
    return pupil if row[width(Placement)] is not None else None, provider


def read_placement(row: Row, happened: Sequence[Row]) -> tuple[Placement, Pupil, History]:
    """A placement with its pupil and what happened, of their rows; StoreProblem names what cannot be read."""
    wide, ref = width(Placement), reference(Placement.PREFIX, row[0])
    placement = readable(mapper, Placement, row, ref)
    if row[wide] is None:
        raise lost(ref, Pupil, placement.pupil)
    return (
        placement,
        readable(mapper, Pupil, row[wide:], f"P-{row[wide]:04d}"),
        History(happened, read_entry),
    )


def lost(ref: str, noun: type[Noun], id: int) -> StoreProblem:
    """The error for a record that names another that is not there."""
    return unreadable(
        ref, ValueError(f"it is of {reference(noun.PREFIX, id)}, and there is no such {noun.NOUN}")
    )


def history(store: Store, subject: str, id: int, on: date) -> History:
    """What happened to one subject up to a day."""
    return History(entries(store, subject, id, on), read_entry)


def every_history(store: Store, subject: str, on: date) -> Callable[[int], list[Row]]:
    """A function from an id to the rows of what happened, for ids asked in ascending order: read as one stream."""
    return in_groups(entries_by_subject(store, subject, on))


def in_groups(rows: Iterable[Row]) -> Callable[[int], list[Row]]:
    """A function from an id to the rows that begin with it, without it, for ids asked in ascending order, as the rows are: read as one stream."""
    ordered = iter(rows)
    coming = next(ordered, None)

    def of(id: int) -> list[Row]:
        nonlocal coming
        found = []
        while (
            coming is not None and type(coming[0]) is int and coming[0] <= id
        ):  # what is no number comes last, and is nobody's
            if coming[0] == id:
                found.append(coming[1:])
            coming = next(ordered, None)
        return found

    return of


def current(store: Store, subject: str, id: int, on: date) -> list[int]:
    """The numbers of the placements of a subject that have not ended on a day, in order."""
    rows = store.rows(
        f"SELECT pl.id FROM placement pl WHERE {SCOPES[subject]} AND {NOT_ENDED} ORDER BY pl.id",
        id=id,
        on=on,
    )
    return [placement for (placement,) in rows]


PLACED = (
    "SELECT pl.pupil, pl.id, pl.starts, pl.ended, w.weekly_minutes, pl.extent, pl.commissioner"
    f" FROM placement pl {WEEK_IN_FORCE} WHERE pl.never_started IS NOT TRUE"
)
"""The placements of pupils, each with its time in the week of the day asked."""


def pupils(
    store: Store, on: date, whose: Iterable[int]
) -> Iterator[tuple[Row, Sequence[Row], Sequence[Row]]]:
    """The row of each of these pupils, the rows of what happened to them up to a day, and of their placements, in order of their references.

    `read_pupil` makes records of them.
    """
    wanted = frozenset(whose)
    histories = every_history(store, "pupil", on)
    placed = in_groups(store.rows(f"{PLACED} ORDER BY pl.pupil, pl.starts", on=on))
    for row in store.rows(f"SELECT {columns(Pupil, 't')} FROM pupil t ORDER BY t.id"):
        if row[0] in wanted:
            yield row, histories(row[0]), placed(row[0])


PlacedFacts = tuple[date, date | None, Fact[int], Fact[Extent]]
UNSAID: Fact[Extent] = Unknown("placement.extent")


def minutes_of(id: int, minutes: object) -> Fact[int]:
    """The minutes a week of a placement; unknown where its week cannot be read, which is said of the placement itself."""
    return (
        minutes
        if type(minutes) is int
        else Unknown(f"placement.weekly_minutes of {reference(Placement.PREFIX, id)}")
    )


def read_pupil(
    row: Row, happened: Sequence[Row], placed: Sequence[Row]
) -> tuple[Pupil, History, list[PlacedFacts]]:
    """A pupil with what happened, and with the placements, of their rows; StoreProblem names what cannot be read.

    Of each placement the first and the last day, the minutes a week and the extent.
    """
    ref = reference(Pupil.PREFIX, row[0])
    pupil = readable(mapper, Pupil, row, ref)
    try:
        days = [
            (
                day_of_record(starts),
                day_of_record(ended) if ended else None,
                minutes_of(id, minutes),
                Extent(extent) if extent else UNSAID,
            )
            for id, starts, ended, minutes, extent, _ in placed
        ]
    except UNREADABLE as problem:
        raise unreadable(f"a placement of {ref}", problem) from None
    return pupil, History(happened, read_entry), days


def pupil(store: Store, id: int, on: date) -> tuple[Row, Sequence[Row], Sequence[Row]]:
    """The rows of one pupil, as `pupils` has them; NotFound."""
    row = store.row(f"SELECT {columns(Pupil, 't')} FROM pupil t WHERE t.id = :id", id=id)
    if row is None:
        raise not_found(store, Pupil, id)
    placed = store.rows(f"{PLACED} AND pl.pupil = :id ORDER BY pl.starts", id=id, on=on)
    return row, entries(store, "pupil", id, on), [found[1:] for found in placed]


SUBJECTS = ("placement", "pupil", "provider")
LOST = (
    "SELECT id, CASE WHEN kind NOT IN ({kinds}) THEN 'nothing is called ' || quote(substr(kind, 1, 20))"
    " WHEN day NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN 'its day is none'"
    " ELSE 'it is about nobody who is recorded' END FROM entry WHERE withdrawn IS NULL AND {scope} (kind NOT IN ({kinds})"
    " OR day NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' OR NOT ({whose})) ORDER BY id"
)
WHOSE = " OR ".join(
    f"(typeof({each}) = 'integer' AND EXISTS (SELECT 1 FROM {each} s WHERE s.id = entry.{each}))"
    for each in SUBJECTS
)
"""Whether an entry is about somebody who is recorded, as a condition of SQL."""


def lost_entries(store: Store, subject: str = "", id: int = 0) -> list[tuple[int, str]]:
    """The numbers of entries that no history would show, and why: of no known kind or day, or about nobody.

    Of all, or of a subject with its placements, and with the pupils and the providers of these.
    """
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    key = "id" if subject == Placement.NOUN else subject
    mine = [
        f"{subject} = :id",
        *(
            f"{each} IN (SELECT {each.replace('placement', 'id')} FROM placement WHERE {key} = :id)"
            for each in SUBJECTS
        ),
    ]
    query = LOST.format(
        kinds=kinds, whose=WHOSE, scope=f"({' OR '.join(mine)}) AND" if subject else ""
    )
    return [(number, str(why)) for number, why in store.rows(query, id=id)]


def excluded(
    store: Store, on: date, permanently: bool = False, pupil: int | None = None
) -> list[int]:
    """The numbers of the pupils, or of one of them, of whom an exclusion, or one that is permanent, is recorded up to a day."""
    which = " AND json_valid(details) AND details ->> 'permanent'" if permanently else ""
    which += " AND pupil = :pupil" if pupil is not None else ""
    query = f"SELECT DISTINCT pupil FROM entry WHERE kind = 'exclusion' AND typeof(pupil) = 'integer' AND day <= :on AND withdrawn IS NULL{which}"
    return [id for (id,) in store.rows(query, on=on, pupil=pupil)]


def placed(store: Store, on: date) -> list[int]:
    """The numbers of the pupils who have a live placement on a day, in order."""
    rows = store.rows(
        f"SELECT DISTINCT pl.pupil FROM placement pl WHERE {LIVE} ORDER BY pl.pupil", on=on
    )
    return [pupil for (pupil,) in rows]


def happened_within(store: Store, placement: int) -> list[tuple[str, date, date]]:
    """What can only happen within a placement, with its first and its last day: marks that stand, and each kind of entry.

    Of what can happen after its end as well, the first day alone counts.
    """
    within = tuple(kind for kind, form in KINDS.items() if form.WITHIN)
    kinds = tuple(kind for kind, form in KINDS.items() if form.WITHIN or form.ONCE_STARTED)
    rows = store.rows(
        "SELECT 'attendance', min(day), max(day) FROM mark WHERE placement = :id AND current UNION ALL"
        f" SELECT 'a record of the kind ' || kind, min(day), max(CASE WHEN kind IN {within} THEN day ELSE :never END)"
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


def next_place(store: Store, placement: Placement, on: date) -> str:
    """The reference of a placement of the child that outlasts one that is over, or begins after it; empty where there is none."""
    found = store.row(
        "SELECT pl.id FROM placement pl WHERE pl.pupil = :pupil AND pl.id <> :id AND pl.never_started IS NOT TRUE"
        " AND (pl.ended IS NULL OR pl.ended > :ended) ORDER BY pl.starts, pl.id LIMIT 1",
        pupil=placement.pupil,
        id=placement.id,
        ended=placement.ended or on,
    )
    return reference(Placement.PREFIX, found[0]) if found else ""


TAUGHT = (
    "SELECT pl.pupil, min(pl.id), sum(w.weekly_minutes), pu.ehcp, pu.looked_after, pu.sen_support, pu.not_known"
    f" FROM placement pl {WEEK_IN_FORCE} JOIN pupil pu ON pu.id = pl.pupil"
    f" WHERE pl.provider = :provider AND {LIVE} AND pu.born BETWEEN :first AND :last"
    f" AND (w.tier IS NULL OR w.tier NOT IN {tuple(map(str, IN_SCHOOL))})"
    " AND NOT COALESCE(pl.ends >= :today AND pl.ends < :on, FALSE)"
    " GROUP BY pl.pupil, pu.ehcp, pu.looked_after, pu.sen_support, pu.not_known ORDER BY pl.pupil"
)
"""The children born between two days who are placed at a provider on a day, each with the time over all of its placements there.

A planned end that is to come counts; one that has gone by without the placement having ended does not.
"""


def taught(
    store: Store, provider: int, on: date, today: date, born: tuple[date, date]
) -> list[Row]:
    """Pupil, first placement, minutes a week, EHC plan, looked after, SEN support, not known: the children at a provider on a day."""
    named = {
        "provider": provider,
        "on": on.isoformat(),
        "today": today.isoformat(),
        "first": born[0].isoformat(),
        "last": born[1].isoformat(),
    }
    return list(store.rows(TAUGHT, **named))


def starts(store: Store, provider: int, on: date) -> list[tuple[date, str | None]]:
    """The start and the tier of each placement at a provider that has not ended."""
    rows = store.rows(
        f"SELECT pl.starts, w.tier FROM placement pl {WEEK_IN_FORCE} WHERE pl.provider = :id AND {NOT_ENDED} ORDER BY pl.starts",
        id=provider,
        on=on,
    )
    try:
        return [(day_of_record(day), tier) for day, tier in rows]
    except UNREADABLE as problem:
        raise unreadable(
            f"a placement at {reference(Provider.PREFIX, provider)}", problem
        ) from None


def weeks_to_come(store: Store, provider: int, on: date) -> list[date]:
    """The days still to come from which a placement at a provider that has not ended has another week; those that cannot be read are left out."""
    rows = store.rows(
        f"SELECT DISTINCT w.since FROM week w JOIN placement pl ON pl.id = w.placement WHERE pl.provider = :id AND w.since > :on AND {NOT_ENDED}",
        id=provider,
        on=on,
    )
    found = []
    for (day,) in rows:
        with suppress(*UNREADABLE):
            found.append(day_of_record(day))
    return found


OVERLAP = "a.starts <= COALESCE(b.ended, b.ends, '9999-12-31') AND b.starts <= COALESCE(a.ended, a.ends, '9999-12-31')"
TWICE = {
    "pupil": (("upn",), ("born", "lower(name)")),
    "provider": (("urn",), ("lower(name)",)),
    "placement": (("pupil", "provider"),),
}
"""What two records of a kind that look the same have in common: all of one of these, as SQL has it."""

ALSO = {"placement": f"a.never_started IS NOT TRUE AND b.never_started IS NOT TRUE AND {OVERLAP}"}
"""What must be so as well."""


def twice(store: Store, kind: str, id: int | None = None) -> dict[int, tuple[int, ...]]:
    """The records of a kind that look the same as others, each with the numbers of those; of one record, those of it alone."""
    pairs: set[tuple[int, int]] = set()
    for alike in TWICE[kind]:
        same = " AND ".join(f"{_of('a', each)} = {_of('b', each)}" for each in alike)
        query = f"SELECT a.id, b.id FROM {kind} a JOIN {kind} b ON a.id <> b.id AND {same} AND {ALSO.get(kind, 'TRUE')}"
        if id is not None:
            pairs.update(store.rows(f"{query} WHERE a.id = :id", id=id))
            continue
        keys = ", ".join(alike)
        if store.row(
            f"SELECT 1 FROM {kind} WHERE {alike[0]} IS NOT NULL GROUP BY {keys} HAVING count(*) > 1 LIMIT 1"
        ):
            several = f"SELECT {keys} FROM {kind} GROUP BY {keys} HAVING count(*) > 1"
            pairs.update(
                store.rows(
                    f"{query} WHERE ({', '.join(_of('a', each) for each in alike)}) IN ({several})"
                )
            )
    found: dict[int, list[int]] = {}
    for one, other in sorted(pairs):
        found.setdefault(one, []).append(other)
    return {one: tuple(others) for one, others in found.items()}


def _of(alias: str, column: str) -> str:
    """A column, or its lower case, of one side."""
    return f"lower({alias}.{column[6:-1]})" if column.startswith("lower(") else f"{alias}.{column}"


SEVERAL = (
    "SELECT pl.pupil, pl.id, pl.starts, COALESCE(pl.ended, CASE WHEN pl.ends >= :on THEN pl.ends END), w.weekly_minutes, w.at_provider"
    f" FROM placement pl {WEEK_IN_FORCE} WHERE pl.never_started IS NOT TRUE AND "
)
"""Placements, each with its pupil, its first day, its last or its planned end to come, and its week."""

OF_SEVERAL = "pl.pupil IN (SELECT pupil FROM placement WHERE never_started IS NOT TRUE GROUP BY pupil HAVING count(*) > 1)"


def several(store: Store, on: date, pupil: int | None = None) -> dict[int, list[Row]]:
    """The placements of each pupil who has several, or of one pupil: number, first and last day, minutes a week, sessions at the provider."""
    found: dict[int, list[Row]] = {}
    scope = OF_SEVERAL if pupil is None else "pl.pupil = :pupil"
    for whose, *row in store.rows(f"{SEVERAL}{scope} ORDER BY pl.id", on=on, pupil=pupil):
        found.setdefault(whose, []).append(row)
    return found


def ids(store: Store, table: str) -> list[int]:
    """Every id of a table, in order."""
    return [id for (id,) in store.rows(f"SELECT id FROM {table} ORDER BY id")]
