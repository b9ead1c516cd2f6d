"""Copies of a store in which something else is so: for what would be, and for what was known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ..domain.days import words
from ..errors import ApError
from ..store.author import Author
from ..store.opening import open_store


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    """A copy of a store in a folder that only its owner may enter, and that is gone afterwards."""
    import sqlite3
    from tempfile import TemporaryDirectory

    store = open_store(path)
    with TemporaryDirectory(prefix="ap-") as folder:
        copy = Path(folder) / "copy.db"
        kept = sqlite3.connect(copy)
        try:
            store.backup(kept)
        except sqlite3.Error as problem:
            raise ApError(
                f"the store cannot be copied, so this cannot be told: {problem}"
            ) from None
        finally:
            kept.close()
            store.close()
        yield copy


@contextmanager
def as_known(path: Path, day: date) -> Iterator[Path]:
    """A copy of a store as it was known at the end of a day: whatever was written later is reversed in it, by the audit.

    The day of a change is the one that was taken for today then. ApError where nothing was recorded by then, or where what
    came later cannot be reversed.
    """
    from ..store import auditing, writing
    from ..store.undoing import later_than, reverse

    with copied(path) as copy:
        later, earlier = later_than(open_store(copy), day)
        if not earlier:
            raise ApError(f"nothing had been recorded by {words(day)}")
        if None in later:
            raise ApError(
                f"what was known on {words(day)} cannot be told: an earlier version of ap wrote changes after it that cannot be reversed"
            )
        # the order in which changes were written need not be that of their days: what one refers to may go before it
        with writing.change(
            copy, Author("as known"), f"as known on {day}", foreign_keys=False
        ) as unit:
            for number in later:
                reverse(unit, number)
                auditing.reads(unit).execute(
                    "DELETE FROM mark WHERE unit = :unit", {"unit": number}
                )
        yield copy
