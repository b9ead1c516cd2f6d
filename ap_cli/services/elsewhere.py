"""Where else a child is in the weeks of a placement that is only supposed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from ..domain.placement import Placement
from ..domain.provider import Provider
from ..forms.facts import recorded
from ..forms.form import Minutes
from ..rules.task import About, Task, Urgency
from ..store.opening import Store
from ..store.queries.records import readable_nouns
from . import records
from .caseload import Caseload

ONE_PLACE = "AP904"
"""The rule that a pupil is in one place at a time."""
END_THE_OTHER = "End or shorten the other full-time placement"


class Elsewhere(Struct, frozen=True):
    """Where else the child is in those weeks: the placement, the place, and its last day if known.

    `full_time` is whether that alone is more than part time.
    """

    placement: str
    place: str
    minutes: Minutes
    until: date | None
    full_time: bool


def list_elsewhere(store: Store, supposed: Placement, on: date) -> Iterator[Elsewhere]:
    """List the pupil's other placements that go on when this one begins, or begin within it.

    One that is past its planned end goes on until somebody says that it ended.
    """
    line = Caseload(store, on).figures["full_time.line"]
    last = last_day(supposed, on)
    where, named = "pl.pupil = :pupil", {"pupil": supposed.pupil}
    for other in readable_nouns(store, Placement, on, where, named):
        if other.id == supposed.id or other.never_started:
            continue
        until = last_day(other, on)
        is_over = until is not None and until < supposed.starts
        if is_over or (last is not None and other.starts > last):
            continue
        place = records.get(store, Provider, other.provider, on).name
        minutes = other.weekly_minutes
        yield Elsewhere(other.ref, place, minutes, until, minutes > line)


def last_day(placement: Placement, on: date) -> date | None:
    """Return the last day of a placement; None if not known, or its planned end is past."""
    if placement.ended is not None:
        return placement.ended
    return placement.ends if recorded(placement.ends) and placement.ends >= on else None


def task_to_end(other: Elsewhere, starts: date) -> Task:
    """Make the task to end or shorten a full-time placement before another begins."""
    return Task(
        END_THE_OTHER,
        About(Placement.NOUN, other.placement),
        Urgency.SOON,
        starts - timedelta(days=1),
        lead=ONE_PLACE,
        rules=(ONE_PLACE,),
        subjects=(other.placement,),
        remedies=(),
    )
