"""Write a unit of work, whole or not at all, with its audit in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from msgspec.structs import replace
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from ..domain.entries.entry import Entry
from ..domain.periods import Periods
from ..domain.placement import WEEK, Placement
from ..domain.provider import Provider, Sites
from ..domain.sessions import Sessions
from ..errors import ApError
from ..forms.facts import Unknown, recorded
from ..forms.form import Noun, Record, reference
from . import tables
from .auditing import Auditor, as_json, next_id
from .author import Author
from .connection import told
from .damage import UNREADABLE, unreadable
from .opening import Store
from .schema import engine_on

N = TypeVar("N", bound=Noun)


@contextmanager
def change(
    store: Store,
    author: Author,
    what: str,
    reason: str | None = None,
    undoes: int | None = None,
) -> Iterator[Session]:
    """Yield a session that is saved if the block succeeds and undone if it raises, with its audit.

    It writes through the store's own connection: reads from the store within the block see what the
    unit of work has written so far, and nobody else writes meanwhile. `info["audit"]` is its
    auditor.
    """
    try:
        with (
            Session(engine_on(store.connection), expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()  # begins the transaction, before anything is read
            session.info["store"] = store
            auditor = session.info["audit"] = Auditor(session, author, what, reason, undoes)
            event.listen(session, "before_flush", auditor.before_flush)
            yield session
    except DBAPIError as problem:
        raise told(problem.orig or problem, store.address.path) from None


def add(session: Session, noun: N, number: int | None = None) -> N:
    """Save a new noun, under the next reference of its kind unless a number is given."""
    named = replace(noun, id=next_id(session, noun.NOUN) if number is None else number)
    row = tables.ROWS[type(noun)](**columns(named))
    session.add(row)
    session.flush()
    if isinstance(named, Provider):
        _save_sites(session, named)
    if isinstance(named, Placement):
        session.add(tables.WeekRow(placement=named.id, since=named.starts, **week(named)))
    return named


def drop_draft(session: Session, id: int | None) -> None:
    """Delete the draft of what is written, if there is one.

    Raise ApError if somebody else has finished or dropped it.
    """
    if id is None:
        return
    row = session.get(tables.DraftRow, id)
    if row is None:
        raise ApError(
            f"somebody has finished or deleted the draft {reference('D', id)}, "
            "so this was not saved: see with `ap log` what was"
        )
    session.delete(row)


def correct(session: Session, before: N, after: N, on: date) -> None:
    """Replace the values of a noun for every day; `before` is as it stands in this unit of work."""
    row = session.get_one(tables.ROWS[type(after)], after.id)
    if isinstance(after, Provider):
        _save_sites(session, after)
    _set(row, columns(after))
    if isinstance(before, Placement) and isinstance(after, Placement):
        _correct_weeks(session, before, after, on)


def _correct_weeks(session: Session, before: Placement, after: Placement, on: date) -> None:
    """Put new values into the week in force on a day; if the start moved, weeks begin with it."""
    rows = session.exec(
        select(tables.WeekRow)
        .where(tables.WeekRow.placement == after.id)
        .order_by(tables.WeekRow.since)
    ).all()
    in_force = [row for row in rows if row.since <= max(on, before.starts)] or rows[:1]
    _set(in_force[-1], week(after))
    if before.starts != after.starts:
        over = [row for row in rows[1:] if row.since <= after.starts]
        first = over[-1] if over else rows[0]
        for row in rows[: len(over)]:
            session.delete(row)
        session.flush()
        first.since = after.starts


def change_week(session: Session, placement: Placement, since: date) -> None:
    """Start a new week of a placement on a day; the weeks before it stay as they were."""
    mine = select(tables.WeekRow).where(
        tables.WeekRow.placement == placement.id, tables.WeekRow.since == since
    )
    row = session.exec(mine).first()
    if row is None:
        session.add(tables.WeekRow(placement=placement.id, since=since, **week(placement)))
    else:
        _set(row, week(placement))


def hand_over(session: Session, table: Any, of: str, id: int, column: str, to: int) -> list[Any]:
    """Give the rows of a table that belong to one record to another, and return them.

    `column` of those rows is set to `to`.
    """
    try:
        rows = list(session.exec(select(table).where(getattr(table, of) == id)).all())
    except UNREADABLE as problem:
        raise unreadable(f"a {table.__tablename__} of {of} {id}", problem) from None
    for row in rows:
        setattr(row, column, to)
    return rows


def _set(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _save_sites(session: Session, provider: Provider) -> None:
    if not recorded(provider.sites):
        return
    kept = {
        row.number: row
        for row in session.exec(
            select(tables.SiteRow).where(tables.SiteRow.provider == provider.id)
        ).all()
    }
    for site in provider.sites.all:
        row = kept.get(site.number)
        if row is None:
            session.add(
                tables.SiteRow(
                    provider=provider.id,
                    number=site.number,
                    address=site.address,
                    kind=str(site.kind),
                )
            )
        elif (row.address, row.kind) != (site.address, str(site.kind)):
            row.address, row.kind = site.address, str(site.kind)
    session.flush()


def delete_sites(session: Session, provider: int) -> None:
    """Delete the sites of a provider."""
    mine = select(tables.SiteRow).where(tables.SiteRow.provider == provider)
    for site in session.exec(mine).all():
        session.delete(site)
    session.flush()


def add_entry(session: Session, entry: Entry, subject: Noun) -> Entry:
    """Save an entry about a subject, under the next reference."""
    id = next_id(session, "entry")
    session.add(
        tables.EntryRow(
            id=id, **{subject.NOUN: subject.id}, kind=entry.KIND, **entry_columns(entry)
        )
    )
    session.flush()
    return replace(entry, id=id)


def correct_entry(session: Session, entry: Entry) -> None:
    """Replace the values of an entry."""
    row = session.get_one(tables.EntryRow, entry.id)
    _set(row, entry_columns(entry))


def withdraw_entry(session: Session, id: int, reason: str) -> None:
    """Withdraw an entry, with the reason."""
    session.get_one(tables.EntryRow, id).withdrawn = reason


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
