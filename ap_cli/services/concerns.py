"""Find what follows from a concern at once, and which concerns of a placement are open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from ..domain.concerns import Thread, threads
from ..domain.days import words
from ..domain.entries.during import Concern
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..forms.form import Noun
from ..policy.figures import in_force
from ..rules.concerns import is_decided, list_open_concerns, list_untold, record_with
from ..store.opening import Store
from ..store.queries import entries as entry_queries
from ..store.queries import records as reading
from ..store.queries.terms import calendars, county
from .caseload import Caseload


class OpenConcern(Struct, frozen=True):
    """A concern that is not settled: its reference, its day, and the record it is about."""

    ref: str
    raised: date
    about: str


def list_open(store: Store, placement: int, today: date) -> list[OpenConcern]:
    """List the open concerns of a placement, the first raised first."""
    (case,) = Caseload(store, today).placement_cases(Placement, placement)
    return [
        OpenConcern(one.ref, one.raised, record_with(case, one).ref)
        for one in list_open_concerns(case)
    ]


def list_due(
    store: Store, entry: Concern, subject: tuple[type[Noun], int], today: date
) -> Iterator[str]:
    """List what is due at once after an entry of a concern, by when, and whom to tell."""
    noun, id = subject
    about = reading.one(store, noun, id, today)
    concern = thread_of(store, entry, about)
    calendar, figures = calendars(store).following(), in_force(today, county(store))
    for untold in list_untold(concern, calendar, figures):
        yield f"{untold.who} by {when(untold.by, today)}"
    if noun is Provider and not concern.is_sorted:
        yield f"say by {when(concern.raised, today)} whether it is a serious incident"
    decides = noun is Placement or concern.serious
    if decides and not is_decided(concern):
        by = calendar.working_day(concern.raised, figures["concern.working_days"])
        yield f"decide by {when(by, today)} {what_to_decide(about, today)}"


def what_to_decide(record: Noun, today: date) -> str:
    """Say what is decided after a concern about a record."""
    if isinstance(record, Provider):
        return "whether pupils stay there"
    over = isinstance(record, Placement) and record.ended is not None and record.ended < today
    return "what follows from it" if over else "whether the placement stops"


def when(day: date, today: date) -> str:
    """Say a day, and first if it is today."""
    return f"today, {words(day, weekday=True)}" if day == today else words(day, weekday=True)


def thread_of(store: Store, entry: Concern, about: Noun) -> Thread:
    """Return the concern that an entry is part of, with all of its entries."""
    concerns = [
        one for one in entry_queries.entries_of(store, about, date.max) if isinstance(one, Concern)
    ]
    return next(
        thread for thread in threads(concerns) if any(one.id == entry.id for one in thread.entries)
    )
