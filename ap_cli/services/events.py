"""The events of a calendar feed: reviews, and if asked for starts, ends and tasks.

An event keeps its identity for good. A review's is its number within the placement, which no day
is part of: one that is planned keeps it when it moves, and when it is held. Each waiver takes a
number after the review before it. Titles have references and no name.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from ..domain.calendar import REVIEW_RULE
from ..domain.placement import Placement, State
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import StoreProblem
from ..forms.facts import recorded
from ..forms.form import Record, reference
from ..store.opening import Store
from ..store.queries.events import Slot, newest_changes, slots
from ..store.queries.identity import id_of_store
from . import lists
from .filters import Wanted
from .reviews import DueReview, list_due_reviews

KEPT = timedelta(days=366)
"""How long the events of what is over stay in the feed."""

CANCELLED_KEPT = timedelta(days=31)
"""How long what is cancelled stays after its day.

Nobody can know which calendars have it: those that take the feed once a month lose it. A calendar
that takes it for the first time has nothing of what was over long ago.
"""

CONFIRMED, CANCELLED = "CONFIRMED", "CANCELLED"
"""Whether an event takes place."""

DUE = "Due by this day. See it with ap show {ref}."
ESTIMATED = "About this day: import the term dates to know it. See it with ap show {ref}."


class Event(Record, frozen=True):
    """A whole-day event. `sequence` rises with each change that can move it."""

    uid: str
    sequence: int
    status: str
    day: date
    title: str
    note: str
    alarms: bool


class Numbers:
    """The identities and sequences of events: those of a store, as it stands now."""

    def __init__(self, store: Store) -> None:
        self._store = id_of_store(store)
        self._newest, self._of_all = newest_changes(store)
        self.newest = 2 * max(self._of_all, *self._newest.values(), 0)

    def uid(self, ref: str, what: str) -> str:
        """Return the identity of an event: it has the store, the record, and what it is."""
        return f"{what}-{ref}-{self._store}@ap".lower()

    def sequence(self, placement: Placement, on: date) -> int:
        """Return how often what moves the events of a placement has changed.

        Whether its planned end has gone by moves them without a change.
        """
        refs = (
            placement.ref,
            reference(Pupil.PREFIX, placement.pupil),
            reference(Provider.PREFIX, placement.provider),
        )
        newest = max(self._of_all, *(self._newest.get(ref, 0) for ref in refs))
        return 2 * newest + (placement.state(on) is State.PAST_ITS_END)


def list_events(store: Store, on: date, wanted: Wanted, every: bool = False) -> list[Event]:
    """List the events of the placements asked for; with `every`, starts, ends and tasks too."""
    numbers = Numbers(store)
    by_placement = {
        number: tuple(those) for number, those in groupby(slots(store, on), attrgetter("placement"))
    }
    unread: list[StoreProblem] = []
    due = {one.placement: one for one in list_due_reviews(store, on, unread=unread)}
    for problem in unread:
        store.leave_out(problem)
    found: list[Event] = []
    chosen: set[str] = set()
    for listed in lists.placements(store, on, wanted, names=False):
        placement = listed.listed.placement
        chosen.add(placement.ref)
        if not is_kept(placement, on):
            continue
        recorded_slots = by_placement.get(placement.id, ())
        found += review_events(numbers, placement, recorded_slots, due.get(placement.ref), on)
        if every:
            found += edge_events(numbers, placement, on)
    if every:
        found += task_events(store, numbers, on, due, None if wanted.is_empty else chosen)
    return [event for event in found if event.status != CANCELLED or stays_cancelled(event, on)]


def stays_cancelled(event: Event, on: date) -> bool:
    """Tell whether an event that is cancelled is still told on a day."""
    return event.day >= on - CANCELLED_KEPT


def is_kept(placement: Placement, on: date) -> bool:
    """Tell whether a placement goes on, is planned, or was over less than a year ago."""
    over = placement.starts if placement.never_started else placement.ended
    return over is None or over > on - KEPT


def review_events(
    numbers: Numbers,
    placement: Placement,
    recorded_slots: Sequence[Slot],
    due: DueReview | None,
    on: date,
) -> Iterator[Event]:
    """List the reviews of a placement: held, waived, and the next one, cancelled if none is due."""
    ref = placement.ref
    sequence = numbers.sequence(placement, on)

    def event(number: str, status: str, day: date, title: str, note: str = "") -> Event:
        uid = numbers.uid(ref, f"review-{number}")
        return Event(uid, sequence, status, day, title, note, alarms=bool(note))

    before = 0
    waivers: list[Slot] = []
    for slot in recorded_slots:
        if slot.ordinal is None:
            waivers.append(slot)
            continue
        yield from waived(event, slot.ordinal, waivers, ref)
        if slot.day > on - KEPT:
            status, what = (CANCELLED, "cancelled") if slot.withdrawn else (CONFIRMED, "held")
            number = f"{slot.ordinal}.{count_standing(waivers)}"
            yield event(number, status, slot.day, f"Review {ref}, {what}")
        before, waivers = slot.ordinal, []
    yield from waived(event, before + 1, waivers, ref)
    number = f"{before + 1}.{count_standing(waivers)}"
    if due is None:
        yield event(number, CANCELLED, last_day(placement), f"Review {ref}, cancelled")
    else:
        note = (ESTIMATED if due.estimated else DUE).format(ref=ref)
        yield event(number, CONFIRMED, due.due, f"Review {ref}", note)


def last_day(placement: Placement) -> date:
    """Return the day that a placement ended, or is planned to; else that of its start."""
    if placement.ended is not None:
        return placement.ended
    return placement.ends if recorded(placement.ends) else placement.starts


def count_standing(waivers: Sequence[Slot]) -> int:
    """Count the waivers that were not taken back."""
    return sum(not slot.withdrawn for slot in waivers)


def waived(
    event: Callable[..., Event], ordinal: int, waivers: Sequence[Slot], ref: str
) -> Iterator[Event]:
    """List the reviews that were waived before one of an ordinal, and numbers given back since."""
    standing = [slot for slot in waivers if not slot.withdrawn]
    for number, slot in enumerate(standing):
        yield event(f"{ordinal}.{number}", CANCELLED, slot.day, f"Review {ref}, waived")
    for number in range(len(standing) + 1, len(waivers) + 1):
        yield event(f"{ordinal}.{number}", CANCELLED, waivers[-1].day, f"Review {ref}, cancelled")


def edge_events(numbers: Numbers, placement: Placement, on: date) -> Iterator[Event]:
    """List the start and the end of a placement; without a known end, that is cancelled."""
    ref, sequence = placement.ref, numbers.sequence(placement, on)
    goes = CANCELLED if placement.never_started else CONFIRMED
    note = f"See it with ap show {ref}."
    start = numbers.uid(ref, "start")
    yield Event(start, sequence, goes, placement.starts, f"Start {ref}", note, False)
    has_end = placement.ended is not None or recorded(placement.ends)
    stays = goes if has_end else CANCELLED
    end = numbers.uid(ref, "end")
    yield Event(end, sequence, stays, last_day(placement), f"End {ref}", note, False)


def task_events(
    store: Store,
    numbers: Numbers,
    on: date,
    reviewed: Container[str],
    chosen: set[str] | None,
) -> Iterator[Event]:
    """List the tasks that have a day; `chosen` has the placements asked for, if not all are.

    Holding the next review of a placement is no task where it is an event already: `reviewed`.
    """
    from .tasks import TaskMaker
    from .todo import todo

    seen: dict[str, int] = {}
    for open_task in TaskMaker(store, on).make(todo(store, on)):
        task = open_task.task
        if task.by is None or (
            chosen is not None and not chosen & {task.about.ref, *task.subjects}
        ):
            continue
        if REVIEW_RULE in task.rules and task.about.ref in reviewed:
            continue
        name = f"task-{min(task.rules)}"
        uid = numbers.uid(task.about.ref, name)
        seen[uid] = seen.get(uid, 0) + 1
        if seen[uid] > 1:
            uid = numbers.uid(task.about.ref, f"{name}.{seen[uid]}")
        title = f"{task.words}, {task.about.ref}"
        note = f"See it with ap show {task.about.ref}."
        yield Event(uid, numbers.newest, CONFIRMED, task.by, title, note, False)
