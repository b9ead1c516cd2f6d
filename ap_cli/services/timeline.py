"""List what happened, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..domain.attendance import count_sessions
from ..domain.entries.during import Review
from ..domain.entries.entry import Entry
from ..domain.placement import WEEK, Placement
from ..errors import StoreProblem
from ..forms.facts import recorded
from ..forms.form import Noun
from ..rules.cases.placement import PlacementCase
from ..rules.cases.register import Register
from ..store.damage import Unreadable
from ..store.opening import Store
from ..store.queries import attendance
from ..store.queries import records as reading
from ..store.queries.entries import readable_history
from ..store.queries.mending import one_to_mend
from ..store.queries.placements import placements as list_placements
from ..store.queries.scopes import of_subject
from .caseload import Caseload
from .records import changes, get_to_mend


class Week(Struct, frozen=True):
    """A school week of a placement: Monday, half term, attendance in per cent, and events."""

    monday: date
    half_term: str
    percent: float | None
    reviews: int
    concerns: int


class NewWeek(Struct, frozen=True):
    """New hours, sessions or another tier from a day on, with what changed."""

    placement: str
    since: date
    changed: dict[str, Any]


class Story(Struct, frozen=True):
    """A subject, its placements and its events in order; for a placement, its weeks as well."""

    about: Noun
    placements: tuple[Placement, ...]
    happened: tuple[tuple[Noun, Entry], ...]
    weeks: tuple[Week, ...] = ()
    new_weeks: tuple[NewWeek, ...] = ()


def timeline(store: Store, subject: tuple[type[Noun], int], until: date) -> Story:
    """Return a subject, its placements, and all that happened to them up to a day.

    The store names the entries that are left out, as they cannot be read.
    """
    cases = Caseload(store, until)
    noun, id = subject
    about = get_to_mend(store, noun, id, until)
    records: list[tuple[Noun, Entry]] = []
    placements: list[Placement] = []
    weeks: tuple[Week, ...] = ()
    for placement, case in placements_with_cases(cases, noun, id):
        entries = readable_history(store, placement, until)
        records += [(placement, entry) for entry in entries.every()]
        if not recorded(placement.starts):
            continue
        placements.append(placement)
        if case and isinstance(about, Placement):
            marks = attendance.readable_marks(store, until, case.placement.id)
            register = Register(partial(tuple, marks))
            weeks = tuple(weeks_of(replace(case, entries=entries, register=register)))
    if not isinstance(about, Placement):
        records += [(about, entry) for entry in readable_history(store, about, until).every()]
    happened = sorted(records, key=lambda pair: (pair[1].day, pair[1].id))
    return Story(
        about,
        tuple(placements),
        tuple(happened),
        weeks,
        tuple(
            new for placement in placements for new in new_weeks_of(cases.store, placement, until)
        ),
    )


def placements_with_cases(
    cases: Caseload, noun: type[Noun], id: int
) -> Iterator[tuple[Placement, PlacementCase | None]]:
    """List each placement of a subject as far as it can be read, with its case if that can be.

    The store names what cannot be read.
    """
    for record in list_placements(cases.store, cases.on, of_subject(noun, id)):
        try:
            if isinstance(record, Unreadable):
                raise record.problem
            yield record.placement, cases.placement_case(record)
        except StoreProblem as problem:
            cases.store.leave_out(problem)
            number = record.id if isinstance(record, Unreadable) else record.placement.id
            yield one_to_mend(cases.store, Placement, number, cases.on)[0], None


def new_weeks_of(store: Store, placement: Placement, until: date) -> Iterator[NewWeek]:
    """List each change to the week of a placement up to a day, in order."""
    days = [since for since, *_ in attendance.weeks(store, placement.id) if since <= until]
    if len(days) < 2:
        return
    before = None
    for since in days:
        now = reading.one(store, Placement, placement.id, since)
        if before is not None and (
            changed := {name: fact for name, fact in changes(before, now).items() if name in WEEK}
        ):
            yield NewWeek(placement.ref, since, changed)
        before = now


def weeks_of(case: PlacementCase) -> Iterator[Week]:
    """List the weeks of a placement up to the day asked, with attendance, reviews and concerns."""
    placement, calendar = case.placement, case.calendar
    last = min(case.now, placement.ended or case.now)
    for block in calendar.known_half_terms(placement.starts, last):
        first = max(block.first, placement.starts)
        for ordinal in range(
            (first - timedelta(days=first.weekday())).toordinal(),
            min(block.last, last).toordinal() + 1,
            7,
        ):
            monday = date.fromordinal(ordinal)
            sunday = monday + timedelta(days=6)
            marks = [mark for mark in case.register.marks if monday <= mark.day <= sunday]
            held = [entry for entry in case.entries.all(Review) if monday <= entry.day <= sunday]
            raised = [
                thread
                for thread in (*case.concerns, *case.incidents)
                if monday <= thread.raised <= sunday
            ]
            yield Week(monday, block.name, count_sessions(marks).percent, len(held), len(raised))
