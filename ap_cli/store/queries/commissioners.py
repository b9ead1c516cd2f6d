"""Read the names of commissioners, by which calendars are chosen."""

from __future__ import annotations

from ..damage import readable_text
from ..opening import Store

Names = tuple[str | None, ...]
"""A commissioner's own name, and the name of the calendar that it follows, if it has one."""


def names_by_number(store: Store) -> dict[int, Names]:
    """Map each commissioner's number to its names."""
    return {
        id: (readable_text(name), readable_text(calendar))
        for id, name, calendar in store.rows("SELECT id, name, calendar FROM commissioner")
    }
