"""Tasks that wait for somebody's answer: they come back after some school days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ..domain.entries.waiting import Waiting
from ..forms.facts import recorded
from ..policy.figures import in_force
from ..store.opening import Store
from ..store.queries import terms as stored
from ..store.queries.entries import entries_of_kind
from .people import People


class Wait(NamedTuple):
    """The day on which somebody was asked, and that on which the task comes back."""

    since: date
    until: date


Waits = Mapping[tuple[str, str], Wait]
"""How a task waits, by the reference of its record and its key."""


def list_waits(store: Store, people: People, on: date) -> Waits:
    """List the tasks that wait on a day: since somebody was last asked, and until when."""
    waits = dict(_asked(store, on))
    if not waits:
        return {}
    days = in_force(on, stored.county(store))["waiting.school_days"]
    calendars = stored.calendars(store)

    def comes_back(ref: str, since: date) -> date:
        calendar = calendars.following(people.whom(ref).school)
        return calendar.estimated_school_day(since, days)

    both = {name: Wait(since, comes_back(name[0], since)) for name, since in waits.items()}
    return {name: wait for name, wait in both.items() if on < wait.until}


def _asked(store: Store, on: date) -> Iterator[tuple[tuple[str, str], date]]:
    """Yield what was asked for, in order of the day."""
    for ref, entry in entries_of_kind(store, Waiting.KIND, on):
        if isinstance(entry, Waiting) and recorded(entry.task):
            yield (ref, entry.task.strip().lower()), entry.day
