"""A unit of work: rows written or removed, each audited with its old and new values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from msgspec import to_builtins
from msgspec.json import encode

from ..errors import StoreProblem
from ..forms.form import reference
from .advice import advise_restore
from .author import Author
from .declared import NOUNS, SUBJECTS
from .opening import Store
from .queries import rows
from .queries.numbers import LARGEST, UNITS, keep_number, last_number
from .queries.owners import follow, owner_of, release
from .queries.rows import Row, columns

NAMES = {UNITS: "the log of changes"}
"""How an error names what is numbered, if not by its table."""


class UnitOfWork:
    """What one person does at once, in the transaction of a store that `writing.change` opened.

    It has a number, an author, a purpose and a reason; `undoes` is the number of the unit that it
    reverses. Reads from the store see what it has written so far.
    """

    def __init__(
        self,
        store: Store,
        author: Author,
        what: str,
        reason: str | None = None,
        undoes: int | None = None,
    ) -> None:
        self.store = store
        self.who = author.who
        self._numbers: dict[str, int] = {}
        self.number = self.next_id(UNITS)
        self.at = datetime.now(UTC).isoformat(timespec="seconds")
        self._shared = {
            "at": self.at,
            "asof": author.asof,
            "who": author.who,
            "what": what,
            "reason": reason,
            "unit": self.number,
            "undoes": undoes,
        }

    def get(self, table: str, id: int) -> Row:
        """Return a row; raise LookupError if there is none."""
        found = self.find(table, id=id)
        if not found:
            raise LookupError(f"there is no {table} {id}")
        return found[0]

    def find(self, table: str, **equal: Any) -> list[Row]:
        """List the rows of a table in order of their numbers, or those with these values."""
        return rows.find(self.store, table, **equal)

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert a row and return its number: the next one unless the values have one."""
        row: Row = dict.fromkeys(columns(table)) | as_stored(table, values)
        if row["id"] is None:
            row["id"] = self.next_id(table)
        rows.insert(self.store, table, row)
        follow(self.store, table, row)
        self._note_row(table, row, dict.fromkeys(row), row)
        return int(row["id"])

    def update(self, table: str, id: int, values: Mapping[str, Any]) -> None:
        """Put values into a row, and audit those that differ; raise LookupError without the row."""
        before = self.get(table, id)
        given = as_stored(table, values)
        new = {
            name: given[name] for name in before if name in given and given[name] != before[name]
        }
        if not new:
            return
        after = before | new
        rows.update(self.store, table, id, new)
        follow(self.store, table, before, after)
        self._note_row(table, after, {name: before[name] for name in new}, new)

    def delete(self, table: str, id: int) -> None:
        """Delete a row; raise LookupError if there is none."""
        before = self.get(table, id)
        self._note_row(table, before, before, {})
        if table == "commissioner":
            release(self.store, id)
        rows.delete(self.store, table, id)
        follow(self.store, table, before)

    def note(self, subject: str, place: str, row: int | None, old: Row, new: Row) -> None:
        """Add one entry to the audit."""
        entry = self._shared | {
            "id": self.next_id("audit"),
            "subject": subject,
            "place": place,
            "row": row,
            "old": as_json(as_kept(old)),
            "new": as_json(as_kept(new)),
            "commissioner": owner_of(self.store, subject),
        }
        rows.insert(self.store, "audit", entry)

    def next_id(self, table: str) -> int:
        """Return the next number of a table that no row has or ever had.

        Raise StoreProblem if a row has the largest number already.
        """
        if table not in self._numbers:
            self._numbers[table] = last_number(self.store, table)
        if self._numbers[table] >= LARGEST:
            advice = advise_restore(self.store.address)
            raise StoreProblem(
                f"the store holds an impossible number in {NAMES.get(table, table)}: {advice}"
            )
        self._numbers[table] += 1
        return self._numbers[table]

    def next_ids(self, table: str) -> Iterator[int]:
        """Return the next numbers of a table, one after another, for many rows at once."""
        while True:
            yield self.next_id(table)

    def keep_numbers(self) -> None:
        """Keep the numbers that were given, as the last of the transaction."""
        for kind, last in self._numbers.items():
            keep_number(self.store, kind, last)

    def _note_row(self, table: str, row: Row, old: Row, new: Row) -> None:
        self.note(subject_of(table, row), table, row["id"], old, new)


def as_stored(table: str, values: Mapping[str, Any]) -> Row:
    """Return values as the columns of a table take them; raise KeyError for a name it lacks."""
    known = columns(table)
    found = {}
    for name, value in values.items():
        if name not in known:
            raise KeyError(name)
        found[name] = stored(value)
    return found


def stored(value: Any) -> Any:
    """Return a value as a column takes it: days and choices are text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


BYTES = "bytes"
"""The only key of what the log has of a text that is not UTF-8: its bytes in hexadecimal."""


def as_kept(row: Row) -> Row:
    """Return the values of a row as the log keeps them: damaged text can be told from text."""
    if bytes not in map(type, row.values()):
        return row
    return {
        name: {BYTES: value.hex()} if isinstance(value, bytes) else value
        for name, value in row.items()
    }


def subject_of(table: str, row: Row) -> str:
    """Return the reference that a row is about: its own, or its owner's."""
    if table in NOUNS:
        return reference(NOUNS[table].PREFIX, row["id"])
    owner = next((name for name in SUBJECTS if row.get(name)), None)
    return reference(NOUNS[owner].PREFIX, row[owner]) if owner else table


def as_json(value: Any) -> str:
    """Encode a value for a column of JSON."""
    return encode(to_builtins(value)).decode()
