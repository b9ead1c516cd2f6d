"""Read events: the entries of one subject or of all, up to a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from msgspec import Struct

from ...domain.entries.entry import PREFIX, Entry
from ...domain.entries.history import History
from ...domain.placement import Placement
from ...domain.provider import Provider
from ...domain.pupil import Pupil
from ...errors import NotFound, StoreProblem
from ...forms.form import Noun, reference
from ..damage import UNREADABLE
from ..dialect import is_json, is_text_at, value_at
from ..opening import Store
from .entry_rows import Row, read_entry, read_to_mend

BY_THEN = "(day <= :until OR kind = 'exclusion')"
"""Whether an entry counts on a day: an exclusion does before it begins, so that it is foreseen."""

LATER = f"NOT {BY_THEN}"
"""Whether an entry counts later than on a day: so does one whose day is none, such as "soon"."""

ENTRY = "kind, id, day, who, note, details, not_known"


def entries(store: Store, subject: str, id: int, until: date, by_then: str = BY_THEN) -> list[Row]:
    """List the rows of one subject's entries up to a day, in order.

    `by_then` is the condition for that.
    """
    return list(
        store.rows(
            f"SELECT {ENTRY} FROM entry WHERE {subject} = :id AND {by_then}"
            " AND withdrawn IS NULL ORDER BY day, id",
            id=id,
            until=until,
        )
    )


def entries_of(store: Store, subject: Noun, until: date) -> Iterator[Entry]:
    """List one subject's entries up to a day, in order, each decoded."""
    yield from map(read_entry, entries(store, subject.NOUN, subject.id, until))


def readable_of(store: Store, about: tuple[type[Noun], int], until: date) -> Iterator[Entry]:
    """List one subject's entries up to a day, in order, each as far as it can be read.

    One whose day cannot be read is left out: it is earlier or later than no other.
    """
    noun, id = about
    for row in entries(store, noun.NOUN, id, until):
        found, wrong = read_to_mend(row)
        if "day" not in wrong:
            yield found


class ToMend(Struct, frozen=True):
    """An entry as far as it can be read, and what is `wrong` with what cannot be, by its field.

    `about` is the kind and number of whom it is about, None if its row names nobody; `withdrawn` is
    why it was withdrawn, None if it was not.
    """

    entry: Entry
    about: tuple[type[Noun], int] | None
    withdrawn: str | None
    wrong: Mapping[str, str]


def entry_to_mend(store: Store, id: int) -> ToMend:
    """Return an entry as far as it can be read; raise NotFound if there is none."""
    row, about, withdrawn = _row_of_entry(store, id)
    found, wrong = read_to_mend(row)
    if about is None:
        from .impossible import NOBODY, SUBJECT

        wrong = {SUBJECT: NOBODY}
    return ToMend(found, about, withdrawn, wrong)


def _row_of_entry(store: Store, id: int) -> tuple[Row, tuple[type[Noun], int] | None, str | None]:
    """Return the row of an entry, whom it is about, and why it was withdrawn; raise NotFound."""
    found = store.row(
        f"SELECT placement, pupil, provider, withdrawn, {ENTRY} FROM entry WHERE id = :id", id=id
    )
    if found is None:
        near = [
            row[0]
            for row in store.rows("SELECT id FROM entry ORDER BY abs(id - :id), id LIMIT 1", id=id)
        ]
        raise NotFound(f"record {reference(PREFIX, id)}", [reference(PREFIX, one) for one in near])
    *owners, withdrawn = found[:4]
    about = next((both for both in zip(ABOUT, owners, strict=True) if type(both[1]) is int), None)
    return found[4:], about, withdrawn


ABOUT: tuple[type[Noun], ...] = (Placement, Pupil, Provider)
"""What an entry can be about, in the order of its columns."""


def list_unreadable_entries(store: Store) -> Iterator[StoreProblem]:
    """List what cannot be read of the entries that were not withdrawn, an error each."""
    query = f"SELECT {ENTRY} FROM entry WHERE withdrawn IS NULL ORDER BY id"
    for row in store.rows(query):
        try:
            read_entry(row)
        except StoreProblem as problem:
            yield problem


FILE = "'file'"
"""The key of a file's name in the details of evidence."""


def files_of_entries(store: Store) -> Iterator[Row]:
    """List the files that entries of evidence name, current or withdrawn, each with its entry's id.

    A damaged entry names none.
    """
    return store.rows(
        f"SELECT id, {value_at('details', FILE)} FROM entry WHERE kind = 'evidence'"
        f" AND {is_json('details')} AND {is_text_at('details', FILE)} ORDER BY id"
    )


def entries_by_subject(
    store: Store, subject: str, until: date, among: str = "", **named: Any
) -> Iterator[Row]:
    """List the rows of entries up to a day, each after its subject's id, in order of that id.

    `among` is a query for the ids that count, with its named parameters; without it all do.
    """
    whose = f"{subject} IN ({among})" if among else f"{subject} IS NOT NULL"
    return store.rows(
        f"SELECT {subject}, {ENTRY} FROM entry WHERE {whose} AND {BY_THEN}"
        f" AND withdrawn IS NULL ORDER BY {subject}, day, id",
        **named | {"until": until},
    )


def history(store: Store, subject: str, id: int, on: date) -> History:
    """Return the history of one subject up to a day."""
    return History(entries(store, subject, id, on), read_entry)


def read_or_leave_out(store: Store, row: Row) -> Entry | None:
    """Return the entry of a row; None if it cannot be read, which the store names then."""
    try:
        return read_entry(row)
    except StoreProblem as problem:
        store.leave_out(problem)
        return None


def readable_history(store: Store, subject: Noun, on: date) -> History:
    """Return the history of one subject up to a day; the store names the entries left out."""
    found = []
    for row in entries(store, subject.NOUN, subject.id, on):
        if read_or_leave_out(store, row):
            found.append(row)
    for row in entries(store, subject.NOUN, subject.id, on, LATER):
        read_or_leave_out(store, row)
    return History(found, read_entry)


def concerns_with_placements(store: Store, provider: int, on: date) -> list[Row]:
    """List the rows of the concerns of a provider's placements, each after its placement's id."""
    return list(
        store.rows(
            f"SELECT placement, {ENTRY} FROM entry WHERE kind = 'concern' AND day <= :on"
            " AND withdrawn IS NULL"
            " AND placement IN (SELECT id FROM placement WHERE provider = :provider)"
            " ORDER BY placement, day, id",
            provider=provider,
            on=on,
        )
    )


def visits_at_providers(store: Store, on: date) -> Iterator[tuple[int, Entry]]:
    """List the visits up to a day, each after its provider's id, whatever they are recorded with.

    One that cannot be read is left out: `ap check` names it.
    """
    there = "(SELECT provider FROM placement WHERE placement.id = entry.placement)"
    rows = store.rows(
        f"SELECT COALESCE(provider, {there}), {ENTRY} FROM entry WHERE kind = 'visit'"
        " AND day <= :on AND withdrawn IS NULL ORDER BY day, id",
        on=on,
    )
    for provider, *row in rows:
        with suppress(StoreProblem, *UNREADABLE):
            yield provider, read_entry(row)


def entries_of_kind(store: Store, kind: str, on: date) -> Iterator[tuple[str, Entry]]:
    """List the entries of a kind up to a day, in its order, each after whom it is about.

    One that cannot be read is left out: `ap check` names it.
    """
    rows = store.rows(
        f"SELECT placement, pupil, provider, {ENTRY} FROM entry WHERE kind = :kind AND {BY_THEN}"
        " AND withdrawn IS NULL ORDER BY day, id",
        kind=kind,
        until=on,
    )
    for placement, pupil, provider, *row in rows:
        prefix, id = next(
            (prefix, id)
            for prefix, id in (("PL", placement), ("P", pupil), ("PR", provider))
            if id is not None or prefix == "PR"
        )
        with suppress(StoreProblem, *UNREADABLE):
            yield reference(prefix, id), read_entry(row)


def every_entry(store: Store, until: date) -> Iterator[tuple[type[Noun], int, Entry]]:
    """List every entry up to a day, in its order, each after the kind and number of its subject.

    The store names those that cannot be read.
    """
    query = f"SELECT placement, pupil, provider, {ENTRY} FROM entry WHERE withdrawn IS NULL AND "
    for *owners, kind, id, day, who, note, details, not_known in store.rows(
        f"{query} {BY_THEN} ORDER BY day, id", until=until
    ):
        entry = read_or_leave_out(store, (kind, id, day, who, note, details, not_known))
        if entry is None:
            continue
        for noun, owner in zip(ABOUT, owners, strict=True):
            if owner is not None:
                yield noun, owner, entry
                break
    for row in store.rows(f"{query} {LATER}", until=until):
        read_or_leave_out(store, row[len(ABOUT) :])


def every_history(
    store: Store, subject: str, on: date, among: str = "", **named: Any
) -> Callable[[int], list[Row]]:
    """Make a function from an id to the rows of its entries; ask ids in ascending order.

    `among` is a query for the ids that are asked, with its named parameters; without it all are.
    """
    return in_groups(entries_by_subject(store, subject, on, among, **named))


def in_groups(rows: Iterable[Row]) -> Callable[[int], list[Row]]:
    """Make a function from an id to the rest of the rows that begin with it, read as one stream.

    The rows are in order of the id; ask ids in ascending order.
    """
    ordered = iter(rows)
    coming = next(ordered, None)

    def of(id: int) -> list[Row]:
        nonlocal coming
        found = []
        # an id that is text sorts last and has no record
        while coming is not None and type(coming[0]) is int and coming[0] <= id:
            if coming[0] == id:
                found.append(coming[1:])
            coming = next(ordered, None)
        return found

    return of
