"""Write a unit of work, whole or not at all, with its audit in the same transaction."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from operator import itemgetter
from typing import Any, TypeVar

from msgspec.json import decode
from msgspec.structs import replace

from ..domain.attendance import Mark
from ..domain.entries.entry import Entry
from ..domain.half_terms import HalfTerm
from ..domain.periods import Periods
from ..domain.placement import WEEK, Placement
from ..domain.provider import Provider, Sites
from ..domain.school_days import Closed
from ..domain.sessions import Sessions
from ..errors import ApError
from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Noun, Record, reference
from .author import Author
from .automatic import prepare
from .chain import link
from .clock import say_clock_is_behind
from .connection import DATABASE_ERRORS, told
from .opening import Store
from .patience import begin
from .queries.chain import last_mark
from .queries.drafts import delete_draft
from .queries.log import newest_moment
from .soundness import check, note
from .unit import UnitOfWork, as_json

N = TypeVar("N", bound=Noun)


@contextmanager
def change(
    store: Store,
    author: Author,
    what: str,
    reason: str | None = None,
    undoes: int | None = None,
    backup: str = "",
) -> Iterator[UnitOfWork]:
    """Yield a unit of work that is saved if the block succeeds and undone if it raises.

    Reads from the store within the block see what the unit has written so far, and nobody else
    writes meanwhile. `backup` is what a backup is made before, if the change is of such a kind.
    Raise StoreProblem if the database refuses, or is damaged.
    """
    try:
        prepare(store, backup)
        with _transaction(store):
            before = newest_moment(store)
            mark_before = last_mark(store.connection)
            unit = UnitOfWork(store, author, what, reason, undoes)
            yield unit
            unit.keep_numbers()
            link(store, unit.number, mark_before)
        if not store.is_supposed:
            say_clock_is_behind(before, unit.at)
    except DATABASE_ERRORS as problem:
        raise told(problem, store.address) from None


@contextmanager
def rehearse(store: Store, author: Author, what: str) -> Iterator[UnitOfWork]:
    """Yield a unit of work that is undone, whatever happens: it shows what a change would do.

    Nobody else writes meanwhile. Raise StoreProblem if the database refuses.
    """
    try:
        begin(store.connection)
        try:
            yield UnitOfWork(store, author, what)
        finally:
            with suppress(*DATABASE_ERRORS):  # a full disk has ended the transaction already
                store.connection.execute("ROLLBACK")
    except DATABASE_ERRORS as problem:
        raise told(problem, store.address) from None


@contextmanager
def _transaction(store: Store) -> Iterator[None]:
    """Keep what the block writes, or nothing of it if the block or the database fails.

    Count it as kept, even if Ctrl-C is pressed as the database has just kept it.
    """
    is_ending = False
    begin(store.connection)
    try:
        check(store)
        yield
        is_ending = True
        store.connection.execute("COMMIT")
        store.units_kept += 1
    except BaseException as problem:
        if isinstance(problem, KeyboardInterrupt) and is_ending:
            store.units_kept += not store.connection.in_transaction
        with suppress(*DATABASE_ERRORS):  # a full disk has ended the transaction already
            store.connection.execute("ROLLBACK")
        raise
    note(store)


def add(unit: UnitOfWork, noun: N, number: int | None = None) -> N:
    """Save a new noun, under the next reference of its kind unless a number is given."""
    named = replace(noun, id=unit.next_id(noun.NOUN) if number is None else number)
    unit.insert(noun.NOUN, columns(named))
    if isinstance(named, Provider):
        _save_sites(unit, named)
    if isinstance(named, Placement):
        unit.insert("week", {"placement": named.id, "since": named.starts} | week(named))
    return named


def drop_draft(unit: UnitOfWork, id: int | None) -> None:
    """Delete the draft of what is written, if there is one.

    Raise ApError if somebody else has finished or dropped it.
    """
    if id is not None and not delete_draft(unit.store, id):
        raise ApError(
            f"somebody has finished or deleted the draft {reference('D', id)}, "
            "so this was not saved: see with `ap log` what was"
        )


def correct(
    unit: UnitOfWork, before: N, after: N, on: date, only: Container[str] | None = None
) -> None:
    """Replace the values of a noun for every day; `before` is as it stands in this unit of work.

    With `only` no other facts are written: the columns of others may be damaged.
    """
    if isinstance(after, Provider) and (only is None or "sites" in only):
        _save_sites(unit, after)
        if isinstance(before, Provider) and is_cleared(before.sites, after.sites):
            delete_sites(unit, after.id)
    unit.update(after.NOUN, after.id, _chosen(columns(after), only))
    if isinstance(before, Placement) and isinstance(after, Placement):
        _correct_weeks(unit, before, after, on, _chosen(week(after), only))


def is_cleared(before: Fact[Any], after: Fact[Any]) -> bool:
    """Tell whether an answer that was on record has been taken away."""
    return recorded(before) and not recorded(after)


def _chosen(values: dict[str, Any], only: Container[str] | None) -> dict[str, Any]:
    """Return the columns of these facts, and what is not yet known; all if none are named."""
    if only is None:
        return values
    return {name: value for name, value in values.items() if name in only or name == "not_known"}


def _correct_weeks(
    unit: UnitOfWork, before: Placement, after: Placement, on: date, values: dict[str, Any]
) -> None:
    """Put new values into the week in force on a day; if the start moved, weeks begin with it."""
    rows = sorted(unit.find("week", placement=after.id), key=itemgetter("since"))
    began = before.starts if recorded(before.starts) else after.starts
    last = max(on, began).isoformat()
    in_force = [row for row in rows if row["since"] <= last] or rows[:1]
    unit.update("week", in_force[-1]["id"], values)
    if not recorded(before.starts) or before.starts != after.starts:
        over = [row for row in rows[1:] if row["since"] <= after.starts.isoformat()]
        first = over[-1] if over else rows[0]
        for row in rows[: len(over)]:
            unit.delete("week", row["id"])
        unit.update("week", first["id"], {"since": after.starts})


def change_week(unit: UnitOfWork, placement: Placement, since: date) -> None:
    """Start a new week of a placement on a day; the weeks before it stay as they were."""
    rows = unit.find("week", placement=placement.id, since=since)
    if rows:
        unit.update("week", rows[0]["id"], week(placement))
    else:
        unit.insert("week", {"placement": placement.id, "since": since} | week(placement))


def hand_over(unit: UnitOfWork, table: str, of: str, id: int, column: str, to: int) -> None:
    """Give the rows of a table that belong to one record to another.

    `column` of those rows is set to `to`.
    """
    for row in unit.find(table, **{of: id}):
        unit.update(table, row["id"], {column: to})


def _save_sites(unit: UnitOfWork, provider: Provider) -> None:
    """Save the sites that have an address: a damaged one without it stays as it is.

    One without a number is deleted, as it has just been typed again.
    """
    if not recorded(provider.sites):
        return
    kept = {row["number"]: row["id"] for row in unit.find("site", provider=provider.id)}
    for number in [number for number in kept if type(number) is not int]:
        unit.delete("site", kept.pop(number))
    for site in provider.sites.all:
        if not site.address:
            continue
        told = {"address": site.address, "kind": str(site.kind)}
        if site.number in kept:
            unit.update("site", kept[site.number], told)
        else:
            unit.insert("site", {"provider": provider.id, "number": site.number} | told)


def delete_sites(unit: UnitOfWork, provider: int) -> None:
    """Delete the sites of a provider."""
    for site in unit.find("site", provider=provider):
        unit.delete("site", site["id"])


def add_entry(unit: UnitOfWork, entry: Entry, subject: Noun) -> Entry:
    """Save an entry about a subject, under the next reference."""
    about = {subject.NOUN: subject.id, "kind": entry.KIND}
    return replace(entry, id=unit.insert("entry", about | entry_columns(entry)))


def correct_entry(unit: UnitOfWork, entry: Entry, damaged: Container[str] = ()) -> None:
    """Replace the values of an entry; damaged fields that are gaps in it stay as they are."""
    values = entry_columns(entry)
    left = {name for name in entry.ASKS if name in damaged and not recorded(getattr(entry, name))}
    if left:
        values |= _as_they_are(unit.get("entry", entry.id), values, left)
    unit.update("entry", entry.id, values)


OWN_COLUMNS = {"by": "who", "note": "note"}
"""The columns of facts of an entry that are not among its details and may be open."""


def _as_they_are(
    row: Mapping[str, Any], values: Mapping[str, Any], names: set[str]
) -> dict[str, Any]:
    """Return the columns of damaged fields as a row has them, with the details that are written."""
    kept = {column: row[column] for name, column in OWN_COLUMNS.items() if name in names}
    if answers := names - OWN_COLUMNS.keys():
        before = decode(row["details"])
        details = decode(values["details"]) | {name: before[name] for name in answers}
        kept["details"] = as_json(details)
    return kept


def withdraw_entry(unit: UnitOfWork, id: int, reason: str) -> None:
    """Withdraw an entry, with the reason."""
    unit.update("entry", id, {"withdrawn": reason})


def add_mark(
    unit: UnitOfWork, placement: int, pupil: int, mark: Mark, replaces: int | None = None
) -> None:
    """Save a current mark; with the number of the mark that it replaces, it has the reason."""
    unit.insert(
        "mark",
        {
            "placement": placement,
            "pupil": pupil,
            "day": mark.day,
            "half": mark.half,
            "code": mark.code,
            "nature": mark.nature,
            "reason": mark.reason,
            "who": unit.who,
            "at": unit.at,
            "replaces": replaces,
            "current": True,
            "unit": unit.number,
        },
    )


def add_dates(unit: UnitOfWork, dates: HalfTerm | Closed) -> None:
    """Save a half term or an INSET day; where it comes from is not kept."""
    table, kind = ("term", HalfTerm) if isinstance(dates, HalfTerm) else ("closure", Closed)
    unit.insert(table, {name: getattr(dates, name) for name in kind.__struct_fields__})


def entry_columns(entry: Entry) -> dict[str, Any]:
    """Return an entry as columns."""
    facts = {
        name: value
        for name, value in stored(entry).items()
        if name not in ("id", "day", "by", "note")
    }
    asked = facts.pop("not_known", None)
    details = {name: value for name, value in facts.items() if value is not None}
    return {
        "day": entry.day,
        "who": _plain(entry.by),
        "note": _plain(entry.note),
        "details": as_json(details),
        "not_known": asked,
    }


def columns(noun: Noun) -> dict[str, Any]:
    """Return a noun as the columns of its own table.

    An unknown fact is NULL, and named in not_known if it was asked for.
    """
    elsewhere = (*WEEK, "sites")
    facts = {name: column(value) for name, value in stored(noun).items() if name not in elsewhere}
    return {"not_known": None} | facts


def week(placement: Placement) -> dict[str, Any]:
    """Return the columns of a placement's week."""
    return {name: column(_plain(getattr(placement, name))) for name in WEEK}


def stored(value: Record) -> dict[str, Any]:
    """Map a record's facts to values, None if unknown; `not_known` names those that were asked."""
    facts = {name: getattr(value, name) for name in value.__struct_fields__}
    asked = {
        name: fact.asked for name, fact in facts.items() if isinstance(fact, Unknown) and fact.asked
    }
    found = {name: _plain(fact) for name, fact in facts.items()}
    return found | ({"not_known": as_json(asked)} if asked else {})


def column(fact: Any) -> Any:
    """Return a fact as its column stores it."""
    if fact is None:
        return None
    if isinstance(fact, Sessions):
        return str(fact)
    if isinstance(fact, Periods):
        return as_json(fact.spells)
    if isinstance(fact, Sites):
        return None
    if isinstance(fact, tuple):
        return as_json(fact)
    return str(fact) if isinstance(fact, str) else fact  # a choice becomes plain text


def _plain(fact: Any) -> Any:
    return None if isinstance(fact, Unknown) else fact
