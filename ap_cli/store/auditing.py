"""Audit each row written or removed, with old and new values, inside the same unit of work."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from msgspec import to_builtins
from msgspec.json import encode
from sqlalchemy import inspect
from sqlmodel import Session

from ..errors import StoreProblem
from ..forms.form import reference
from . import tables
from .author import Author
from .opening import Store
from .queries.log import newest_unit
from .queries.numbers import highest_ever

LARGEST = 2**63 - 1
"""The largest number that a row can have."""

UNAUDITED = (tables.AuditRow, tables.DraftRow)


def reads(session: Session) -> Store:
    """Return the store that a unit of work writes to."""
    return cast(Store, session.info["store"])


class Auditor:
    """Audits one unit of work: its number, author, purpose and reason.

    `undoes` is the number of the unit that it reverses.
    """

    def __init__(
        self,
        session: Session,
        author: Author,
        what: str,
        reason: str | None = None,
        undoes: int | None = None,
    ) -> None:
        self.unit = newest_unit(reads(session)) + 1
        self.at = datetime.now(UTC).isoformat(timespec="seconds")
        self._shared = {
            "at": self.at,
            "asof": author.asof,
            "who": author.who,
            "what": what,
            "reason": reason,
            "unit": self.unit,
            "undoes": undoes,
        }

    def before_flush(self, session: Session, *_: object) -> None:
        """Add an audit entry for each row about to be written or removed."""
        deleted = list(session.deleted)
        for row in session.new:
            if not isinstance(row, UNAUDITED) and row.id is None:
                row.id = next_id(session, row.__tablename__)
        for row in [*session.new, *session.dirty, *deleted]:
            if isinstance(row, UNAUDITED):
                continue
            changes = {
                attr.key: attr.history for attr in inspect(row).attrs if attr.history.has_changes()
            }
            old = {key: _one(history.deleted) for key, history in changes.items()}
            new = {key: _one(history.added) for key, history in changes.items()}
            if row in deleted:
                old, new = (
                    {column.name: getattr(row, column.name) for column in row.__table__.columns},
                    {},
                )
            if old or new:
                self.note(session, _subject(row), row.__tablename__, row.id, old, new)

    def note(
        self,
        session: Session,
        subject: str,
        place: str,
        row: int | None,
        old: dict[str, Any],
        new: dict[str, Any],
    ) -> None:
        """Add one audit entry."""
        session.add(
            tables.AuditRow(
                **self._shared,
                subject=subject,
                place=place,
                row=row,
                old=as_json(old),
                new=as_json(new),
            )
        )


def next_id(session: Session, table: str) -> int:
    """Return the next number of a table that no row has or ever had.

    Raise StoreProblem if a row has the largest number already.
    """
    taken: dict[str, int] = session.info.setdefault("ids", {})
    if table not in taken:
        taken[table] = highest_ever(reads(session), table)
    if taken[table] >= LARGEST:
        raise StoreProblem(f"the store holds an impossible number in {table}: restore a backup")
    taken[table] += 1
    return taken[table]


def _subject(row: Any) -> str:
    """Return the reference that a row is about: its own, or its owner's."""
    prefixes = {noun.NOUN: noun.PREFIX for noun in tables.ROWS}
    if row.__tablename__ in prefixes:
        return reference(prefixes[row.__tablename__], row.id)
    owner = next((name for name in tables.SUBJECTS if getattr(row, name, None)), None)
    return reference(prefixes[owner], getattr(row, owner)) if owner else str(row.__tablename__)


def _one(values: Any) -> Any:
    return values[0] if values else None


def as_json(value: Any) -> str:
    """Encode a value for a column of JSON."""
    return encode(to_builtins(value)).decode()
