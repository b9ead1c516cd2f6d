"""Clocks that ran back or leapt: what was written later, and is dated earlier, is said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from .opening import Store
from .queries.log import moments, newest_moment

MOST_APART = timedelta(minutes=5)
"""How far the clocks of computers that share a store may be apart."""


def ran_back(before: str, after: str) -> bool:
    """Tell whether a moment lies before one that was written earlier; both are ISO, in UTC."""
    if after >= before:
        return False
    try:
        return datetime.fromisoformat(before) - datetime.fromisoformat(after) > MOST_APART
    except (ValueError, TypeError):
        return False  # `ap check` names a log that cannot be read


def say_clock_is_behind(before: str | None, now: str) -> None:
    """Say on stderr that what was just kept is dated before the change that came before it."""
    if before is None or not ran_back(before, now):
        return
    with suppress(OSError):
        print(
            f"this was kept, but this computer's clock says {now[:16]} UTC, and the change before"
            f" it was made at {before[:16]} UTC: set the clock right",
            file=sys.stderr,
        )


def is_ahead(store: Store) -> str | None:
    """Return when the newest change was made, if that is still to come; else None."""
    newest = newest_moment(store)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return newest if newest is not None and ran_back(newest, now) else None


def steps_back(store: Store) -> Iterator[int]:
    """List the numbers of the changes that are dated before the one before them."""
    before = ""
    for unit, at in moments(store):
        if before and unit is not None and ran_back(before, at):
            yield unit
        before = at
