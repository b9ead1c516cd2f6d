"""Gather a week in a mail: what is to be done, and the reviews, for all or for one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from ..domain.calendar import REVIEW_RULE
from ..errors import StoreProblem
from ..rules.task import Urgency
from ..store.opening import Store
from ..store.queries.people import Whom
from .reviews import list_due_reviews
from .tasks import OpenTask, TaskMaker
from .todo import subjects_of, todo

WEEK = timedelta(days=7)
PRESSING = (Urgency.SAFETY, Urgency.LAW, Urgency.LATE)
"""What is in the mail whatever its day is."""


class ReviewToHold(Struct, frozen=True):
    """A review that is overdue or due in the week, and whom it is about."""

    whom: Whom
    due: date
    overdue: bool
    estimated: bool


class Digest(Struct, frozen=True):
    """A week: the tasks by urgency, the reviews, and how many tasks can wait, by urgency.

    `unread` are the records that could not be read.
    """

    on: date
    last: date
    tasks: dict[Urgency, tuple[OpenTask, ...]]
    reviews: tuple[ReviewToHold, ...]
    rest: dict[Urgency, int]
    unread: tuple[StoreProblem, ...]


def gather_digest(store: Store, on: date, owner: str | None = None) -> Digest:
    """Gather the week from a day on; with `owner`, of the placements this person looks after.

    Raise ApError if nobody of this name looks after a placement.
    """
    last = on + WEEK
    maker = TaskMaker(store, on)
    every = maker.make(todo(store, on, owner=owner))
    open_tasks = [task for task in every if not is_of_a_review(task) or is_loud(task)]
    loud = {task.task.about.ref for task in every if is_of_a_review(task) and is_loud(task)}
    unread: list[StoreProblem] = []
    owned = subjects_of(store, owner, on) if owner is not None else None
    due = [
        ReviewToHold(maker.people.whom(one.placement), one.due, one.overdue, one.estimated)
        for one in list_due_reviews(store, on, within=f"{WEEK.days}d", unread=unread)
        if (owned is None or one.placement in owned) and one.placement not in loud
    ]
    shown = {
        urgency: tuple(tasks)
        for urgency in (*PRESSING, Urgency.SOON)
        if (tasks := [one for one in open_tasks if is_in_week(one, urgency, last)])
    }
    return Digest(on, last, shown, tuple(due), count_rest(open_tasks, shown), tuple(unread))


def is_of_a_review(task: OpenTask) -> bool:
    """Tell whether a task is to hold the next review, which stands among the reviews."""
    return REVIEW_RULE in task.task.rules


def is_loud(task: OpenTask) -> bool:
    """Tell whether a task is about safety or the law, and so stands among those alone."""
    return task.urgency in (Urgency.SAFETY, Urgency.LAW)


def is_in_week(task: OpenTask, urgency: Urgency, last: date) -> bool:
    """Tell whether a task is of an urgency, and pressing or due by a day."""
    if task.urgency is not urgency:
        return False
    return urgency in PRESSING or task.by is None or task.by <= last


def count_rest(
    tasks: Iterable[OpenTask], shown: dict[Urgency, tuple[OpenTask, ...]]
) -> dict[Urgency, int]:
    """Count the tasks that are not shown, by urgency."""
    counts: dict[Urgency, int] = {}
    in_mail = {id(task) for tasks in shown.values() for task in tasks}
    for task in tasks:
        if id(task) not in in_mail:
            counts[task.urgency] = counts.get(task.urgency, 0) + 1
    return counts
