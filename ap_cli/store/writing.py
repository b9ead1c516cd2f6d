"""Writes: one unit of work, kept whole or not at all, with its audit in the same transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from msgspec import to_builtins
from msgspec.json import encode
from msgspec.structs import replace
from sqlalchemy import event, inspect
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from ..domain.entries import Entry
from ..domain.facts import Unknown, recorded
from ..domain.forms import Noun, Record, reference
from ..domain.periods import Periods
from ..domain.placement import WEEK, Placement
from ..domain.provider import Provider, Sites
from ..domain.sessions import Sessions
from ..errors import ApError
from . import tables
from .author import Author
from .connection import open_store, told
from .schema import engine

N = TypeVar("N", bound=Noun)


@contextmanager
def change(path: Path, author: Author, what: str) -> Iterator[Session]:
    """A session that is kept if the block succeeds and undone if it raises."""
    open_store(path).close()
    made = engine(path)
    try:
        with Session(made, expire_on_commit=False) as session, session.begin():
            event.listen(session, "before_flush", lambda session, *_: audit(session, author, what))
            yield session
    except DBAPIError as problem:
        raise told(problem.orig or problem, path) from None
    finally:
        made.dispose()


def reads(session: Session) -> sqlite3.Connection:
    """The driver's connection inside the unit of work: what is read there stays true until it is kept."""
    return cast(sqlite3.Connection, session.connection().connection.driver_connection)


def audit(session: Session, author: Author, what: str) -> None:
    """One audit entry for each row about to be written or removed, with its old and new values."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    deleted = list(session.deleted)
    for row in [*session.new, *session.dirty, *deleted]:
        if isinstance(row, tables.AuditRow | tables.DraftRow):
            continue
        changes = {attr.key: attr.history for attr in inspect(row).attrs if attr.history.has_changes()}
        old = {key: _one(history.deleted) for key, history in changes.items()}
        new = {key: _one(history.added) for key, history in changes.items()}
        if row in deleted:
            old, new = {column.name: getattr(row, column.name) for column in row.__table__.columns}, {}
        if old or new:
            session.add(tables.AuditRow(at=at, asof=author.asof, who=author.who, what=what, subject=_subject(row), old=_json(old), new=_json(new)))


def _subject(row: Any) -> str:
    """What a row is about: its own reference, or that of whom it belongs to."""
    prefixes = {noun.NOUN: noun.PREFIX for noun in tables.ROWS}
    if row.__tablename__ in prefixes:
        return reference(prefixes[row.__tablename__], row.id) if row.id else str(row.__tablename__)
    owner = next((name for name in tables.SUBJECTS if getattr(row, name, None)), None)
    return reference(prefixes[owner], getattr(row, owner)) if owner else str(row.__tablename__)


def add(session: Session, noun: N) -> N:
    """Keeps a new noun under the next reference of its kind."""
    store = reads(session)
    (last,) = store.execute(f"SELECT coalesce(max(id), 0) FROM {noun.NOUN}").fetchone()
    named = replace(noun, id=last + 1)
    row = tables.ROWS[type(noun)](**columns(named))
    session.add(row)
    session.flush()
    if isinstance(named, Provider):
        _save_sites(session, named)
    if isinstance(named, Placement):
        session.add(tables.WeekRow(placement=named.id, since=named.starts, **week(named)))
    return named


def drop_draft(session: Session, id: int) -> None:
    """Forgets a draft that becomes a record; ApError where somebody else has finished or dropped it."""
    row = session.get(tables.DraftRow, id)
    if row is None:
        raise ApError(
            f"the draft {reference('D', id)} is there no more: somebody finished or dropped it, so this was not kept; see `ap placement list`"
        )
    session.delete(row)


def correct(session: Session, before: N, after: N, on: date) -> None:
    """Puts the new values of a noun in place of the old ones, for every day; `before` is as it stands in this unit of work."""
    row = session.get_one(tables.ROWS[type(after)], after.id)
    if isinstance(after, Provider):
        _save_sites(session, after)
    _set(row, columns(after))
    if isinstance(before, Placement) and isinstance(after, Placement):
        _correct_weeks(session, before, after, on)


def _correct_weeks(session: Session, before: Placement, after: Placement, on: date) -> None:
    """The week in force on a day takes the new values; where the start moved, the weeks begin with it."""
    rows = session.exec(select(tables.WeekRow).where(tables.WeekRow.placement == after.id).order_by(tables.WeekRow.since)).all()
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
    """Lets a placement's week hold from a day on; the weeks before it stay as they were."""
    mine = select(tables.WeekRow).where(tables.WeekRow.placement == placement.id, tables.WeekRow.since == since)
    row = session.exec(mine).first()
    if row is None:
        session.add(tables.WeekRow(placement=placement.id, since=since, **week(placement)))
    else:
        _set(row, week(placement))


def _set(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _save_sites(session: Session, provider: Provider) -> None:
    if not recorded(provider.sites):
        return
    kept = {row.number: row for row in session.exec(select(tables.SiteRow).where(tables.SiteRow.provider == provider.id)).all()}
    for site in provider.sites.all:
        row = kept.get(site.number)
        if row is None:
            session.add(tables.SiteRow(provider=provider.id, number=site.number, address=site.address, kind=str(site.kind)))
        elif (row.address, row.kind) != (site.address, str(site.kind)):
            row.address, row.kind = site.address, str(site.kind)
    session.flush()


def add_entry(session: Session, entry: Entry, subject: Noun) -> Entry:
    """Keeps what happened to a subject, under the next reference."""
    (last,) = reads(session).execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()
    facts = {name: value for name, value in stored(entry).items() if name not in ("id", "day", "by", "note")}
    asked = facts.pop("not_known", None)
    details = {name: value for name, value in facts.items() if value is not None}
    row = tables.EntryRow(
        id=last + 1, **{subject.NOUN: subject.id}, kind=entry.KIND, day=entry.day, who=_plain(entry.by), note=_plain(entry.note),
        details=_json(details), not_known=asked,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return replace(entry, id=last + 1)


def columns(noun: Noun) -> dict[str, Any]:
    """A noun as the columns of its own table: what is unknown is NULL, and named in not_known where it was asked."""
    elsewhere = (*WEEK, "sites")
    facts = {name: column(value) for name, value in stored(noun).items() if name not in elsewhere}
    return {"not_known": None} | facts


def week(placement: Placement) -> dict[str, Any]:
    """The columns of a placement's week."""
    return {name: column(_plain(getattr(placement, name))) for name in WEEK}


def stored(value: Record) -> dict[str, Any]:
    """A record's facts by name, None where unknown; `not_known` names those that were asked."""
    facts = {name: getattr(value, name) for name in value.__struct_fields__}
    asked = {name: fact.asked for name, fact in facts.items() if isinstance(fact, Unknown) and fact.asked}
    found = {name: _plain(fact) for name, fact in facts.items()}
    return found | ({"not_known": _json(asked)} if asked else {})


def column(fact: Any) -> Any:
    """A fact as its column keeps it."""
    if isinstance(fact, Sessions):
        return str(fact)
    if isinstance(fact, Periods):
        return _json(fact.spells)
    if isinstance(fact, Sites):
        return None
    return _json(fact) if isinstance(fact, tuple) else str(fact) if isinstance(fact, str) else fact


def _plain(fact: Any) -> Any:
    return None if isinstance(fact, Unknown) else fact


def _one(values: Any) -> Any:
    return values[0] if values else None


def _json(value: Any) -> str:
    return encode(to_builtins(value)).decode()
