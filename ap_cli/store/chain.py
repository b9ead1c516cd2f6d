"""Chain each unit of work to the one before, so that a later change of the log shows.

A link is the SHA-256 of the link before it and of the unit's entries in the log, as JSON. What an
entry says of a child (old and new values, the reason) is in it only as a digest with a salt of its
own: where values and salt are erased, the digest stays and the chain is whole. The marks that a
unit brought have one digest together. What something else put into the tables is never adopted:
it has no link, or lies among marks whose digest it does not fit, whatever is written later.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain
from types import NoneType
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.json import encode

from . import driver
from .queries import chain as stored
from .queries.chain import SHOWN_COUNT, Row

if TYPE_CHECKING:
    from .opening import Store

BEFORE_UNITS = 0
"""The number of the link for changes from before units of work were numbered."""

SALT_BYTES = 16
MARKS_AT_ONCE = 1000
"""How many marks are digested at once; part of the format of a chain."""

LEFT, DIGEST, SALT = "chain", "digest", "salt"
"""The place of an entry that has the digest of the marks that an erasure left of a unit's."""

PLAIN_TYPES = frozenset({str, int, NoneType})


class Link(Struct, frozen=True):
    """A link: its unit of work, the highest number of a mark until then, and its hash."""

    unit: int
    marks: int
    head: str


START = Link(-1, 0, "0" * 64)
"""What the first link follows."""


class MarksDigest(Struct, frozen=True):
    """The marks that a unit brought: the highest number, and their digest if there are any."""

    last: int
    digest: bytes | None = None
    salt: bytes | None = None


def link(store: Store, unit: int, mark_before: int) -> None:
    """Chain a unit of work to the one before, as the last of its transaction.

    `mark_before` is the highest number of a mark before the unit: those above it are its own. A
    unit that wrote nothing has no link, and nor has a copy of a store.
    """
    if store.is_supposed:
        return
    connection = store.connection
    entries = stored.entries_of_unit(connection, unit)
    first = entries.fetchone()
    if first is None:
        return
    before = last_link(connection)
    marks = digest_own_marks(connection, before, mark_before)
    append(connection, before, unit, with_first(first, entries), marks)


def digest_own_marks(connection: driver.Connection, before: Link, mark_before: int) -> MarksDigest:
    """Return the digest of the marks that a unit of work wrote, and of no others.

    A mark that something else wrote since the link before is left out. So it stays above the marks
    of all links, or among marks whose digest it does not fit.
    """
    last = stored.last_mark(connection)
    if last <= max(mark_before, before.marks):
        return MarksDigest(before.marks)
    return digest_marks(connection, max(mark_before, before.marks), last, new_salt())


def with_first(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    """Yield a row that was read already, then the rest."""
    yield first
    yield from rest


def last_link(connection: driver.Connection) -> Link:
    """Return the last link of a store; START if it has none."""
    row = stored.last_link(connection)
    return Link(*row) if row else START


def append(
    connection: driver.Connection,
    before: Link,
    unit: int,
    entries: Iterator[Row],
    marks: MarksDigest,
    upgraded: str | None = None,
) -> Link:
    """Add the link of a unit of work and return it.

    `upgraded` is when a store was upgraded, for what was written before it had a chain.
    """
    hash = start_head(before.head, unit, marks, upgraded)
    stored.insert_proofs(connection, _proofs(entries, hash))
    head = str(hash.hexdigest())
    link = (unit, upgraded, marks.last, marks.digest, marks.salt, head)
    stored.insert_link(connection, link)
    return Link(unit, marks.last, head)


def _proofs(entries: Iterator[Row], hash: Any) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield number, digest and salt of each entry, and add it to the hash of its link."""
    for entry in entries:
        salt = new_salt()
        digest = digest_values(salt, entry[SHOWN_COUNT:])
        add_entry(hash, entry[:SHOWN_COUNT], digest)
        yield entry[0], digest, salt


def start_head(before: str, unit: int, marks: MarksDigest, upgraded: Any) -> Any:
    """Return the SHA-256 of a link, to which its entries are added in order."""
    from hashlib import sha256

    return sha256(canonical([(before, unit, upgraded, marks.last, printed(marks.digest))]))


def add_entry(hash: Any, shown: Row, digest: Any) -> None:
    """Add an entry to the hash of its link."""
    hash.update(canonical([(*shown, printed(digest))]))


def printed(digest: Any) -> Any:
    """Return a digest in hexadecimal; what is none as it is."""
    return digest.hex() if isinstance(digest, bytes) else digest


def digest_values(salt: bytes, hidden: Row) -> bytes:
    """Return the digest of an entry's old and new values and its reason."""
    from hmac import digest

    return digest(salt, canonical([hidden]), "sha256")


def digest_marks(connection: driver.Connection, after: int, last: int, salt: bytes) -> MarksDigest:
    """Return the digest of the marks whose numbers are above one and up to another."""
    if last <= after:
        return MarksDigest(last)
    from hmac import new

    hash = new(salt, digestmod="sha256")
    rows = stored.marks_between(connection, after, last)
    while marks := rows.fetchmany(MARKS_AT_ONCE):
        hash.update(canonical(marks))
    return MarksDigest(last, hash.digest(), salt)


def digest_left(connection: driver.Connection, unit: int, marks: MarksDigest) -> MarksDigest:
    """Return the digest of the marks that are left of a unit's, some of which were erased.

    The log has it since the newest erasure of them; the digest itself if it has none.
    """
    from msgspec.json import decode

    found = stored.marks_left(connection, unit)
    if found is None:
        return marks
    left = decode(found)
    digest, salt = bytes.fromhex(left[DIGEST]), bytes.fromhex(left[SALT])
    return MarksDigest(marks.last, digest, salt)


def new_salt() -> bytes:
    """Return a salt that nobody can guess."""
    return os.urandom(SALT_BYTES)


def canonical(rows: Sequence[Row]) -> bytes:
    """Return rows as JSON: the same bytes for the same values, others for any other value."""
    if not set(map(type, chain.from_iterable(rows))) <= PLAIN_TYPES:
        rows = [[_as_plain(value) for value in row] for row in rows]
    return encode(rows)


def _as_plain(value: Any) -> Any:
    """Return a value of a damaged row as JSON keeps it apart from all others."""
    if type(value) in PLAIN_TYPES:
        return value
    return {type(value).__name__: value.hex()}  # bytes and numbers with a fraction


def chain_all(connection: driver.Connection, upgraded: str) -> None:
    """Chain all units of a store from before it had a chain; `upgraded` is the time of it.

    Marks that no unit of the log names are in the last link.
    """
    before = START
    units = _units(connection)
    brought = stored.last_marks_of_units(connection)
    highest = stored.last_mark(connection)
    for unit in units:
        last = highest if unit == units[-1] else max(brought.get(unit, 0), before.marks)
        entries = (
            stored.entries_without_unit(connection)
            if unit == BEFORE_UNITS
            else stored.entries_of_unit(connection, unit)
        )
        marks = digest_marks(connection, before.marks, last, new_salt())
        before = append(connection, before, unit, entries, marks, upgraded)


def _units(connection: driver.Connection) -> list[int]:
    """List the numbers of all units in order; a number that no unit can have is left out."""
    found = stored.units(connection)
    numbered = sorted(unit for unit in found if isinstance(unit, int) and unit > BEFORE_UNITS)
    return [BEFORE_UNITS, *numbered] if None in found else numbered
