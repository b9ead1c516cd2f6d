"""Say in a word or two how a placement stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from ..rules.task import Urgency
from .tasks import OpenTask


class Verdict(StrEnum):
    """How a placement, a pupil or a provider stands, the loudest first."""

    UNSAFE = "UNSAFE"
    AGAINST_THE_LAW = "AGAINST THE LAW"
    LATE = "LATE"
    NOT_READY = "NOT READY"
    FIND_OUT = "FIND OUT"
    IN_ORDER = "IN ORDER"


LOUD = {
    Urgency.SAFETY: Verdict.UNSAFE,
    Urgency.LAW: Verdict.AGAINST_THE_LAW,
    Urgency.LATE: Verdict.LATE,
}
"""The verdicts that an urgency brings by itself, whatever the day."""


def judge(tasks: Iterable[OpenTask], on: date, starts: date | None = None) -> Verdict:
    """Judge tasks on a day: the loudest decides.

    Before the start of a placement a task that is due by it means not ready. What the law asks and
    nobody can tell is never in order. What waits for somebody's answer counts once it is back.
    """
    listed = [task for task in tasks if task.waits_since is None]
    loud = {LOUD[task.urgency] for task in listed if task.urgency in LOUD}
    for verdict in LOUD.values():
        if verdict in loud:
            return verdict
    if starts is not None and starts > on and any(is_due_by(task, starts) for task in listed):
        return Verdict.NOT_READY
    if any(task.urgency is Urgency.GAP for task in listed):
        return Verdict.FIND_OUT
    return Verdict.IN_ORDER


def is_due_by(task: OpenTask, starts: date) -> bool:
    """Tell whether a task is due before a placement starts, or on that day."""
    return task.urgency is not Urgency.ADVICE and (task.by is None or task.by <= starts)
