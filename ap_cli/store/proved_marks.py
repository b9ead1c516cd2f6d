"""Marks that an erasure takes from those that a link proves: the digest of those that are left."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from ..errors import Tampered
from . import chain
from .opening import Store
from .queries import erasing as stored


class Marked(Struct, frozen=True):
    """A link whose marks are no more those that it has a digest of: which marks are its own."""

    unit: int
    after: int
    last: int

    def digest_now(self, store: Store) -> dict[str, Any]:
        """Return the digest of the marks that are left, with its salt, as the log has them."""
        left = chain.digest_marks(store.connection, self.after, self.last, chain.new_salt())
        return {chain.DIGEST: chain.printed(left.digest), chain.SALT: chain.printed(left.salt)}


def find_links(store: Store, marks: Sequence[int]) -> list[Marked]:
    """List the links that brought one of these marks, which are in order.

    Raise Tampered if the marks of one are not as they were written: an erasure would hide that.
    """
    found, after = [], 0
    for unit, last, digest, salt in stored.links_with_marks(store) if marks else ():
        first = bisect_left(marks, after + 1)
        if first < len(marks) and marks[first] <= last:
            _refuse_altered(store, unit, after, chain.MarksDigest(last, digest, salt))
            found.append(Marked(unit, after, last))
        after = max(after, last)
    return found


def _refuse_altered(store: Store, unit: int, after: int, marks: chain.MarksDigest) -> None:
    """Raise Tampered if the marks of a link do not fit the digest that it or the log has."""
    if marks.salt is None:
        marks = chain.digest_left(store.connection, unit, marks)
    if marks.salt is not None:
        now = chain.digest_marks(store.connection, after, marks.last, marks.salt)
        if now.digest == marks.digest:
            return
    raise Tampered(
        f"marks of attendance that change {unit} brought are not as they were written: see"
        " `ap db verify`. Nothing was erased"
    )
