"""Show how far a placement is on the commissioning path, stage by stage, and what comes next."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ..domain.placement import Placement
from ..rules import RULES
from ..rules.engine import Finding
from ..rules.rule import BREACHED, MET, NOT_YET, ORDER, Stage
from ..rules.task import Remedy
from ..store.opening import Store
from . import checks

SHOWN = 3
"""How many of the next tasks are shown."""


class StageOf(Struct, frozen=True):
    """A stage of the path: how much of its record is done, late and still to come."""

    stage: str
    done: int
    late: int
    to_come: int


class Step(Struct, frozen=True):
    """One task to do next, with its remedy."""

    rule: str
    message: str
    due: date | None
    remedy: Remedy | None


class Path_(Struct, frozen=True):
    """The stages of a placement, and the next tasks."""

    stages: tuple[StageOf, ...]
    next: tuple[Step, ...]


def path_of(store: Store, placement: int, on: date) -> Path_:
    """Return the path of a placement on a day, with the tasks about its provider.

    A waived rule counts as done.
    """
    found = list(checks.findings(store, on, (Placement, placement)))
    stage_of = {rule.id: rule.stage for rule in RULES if rule.has_due}
    stages = tuple(
        _stage(stage, [each for each in found if stage_of.get(each.rule) is stage])
        for stage in Stage
    )
    open_ = sorted(
        (each for each in found if each.answer in (BREACHED, NOT_YET) and not each.waived),
        key=lambda each: urgency(each, on),
    )
    return Path_(
        stages,
        tuple(Step(each.rule, each.message, each.due, each.remedy) for each in open_[:SHOWN]),
    )


def _stage(stage: Stage, found: list[Finding]) -> StageOf:
    late = sum(each.answer is BREACHED and not each.waived for each in found)
    to_come = sum(each.answer is NOT_YET and not each.waived for each in found)
    done = sum(each.answer is MET or (each.waived is not None) for each in found)
    return StageOf(stage.value, done, late, to_come)


def urgency(each: Finding, on: date) -> tuple[date, int, str, str]:
    """Return the sort key of a task: its day (undated tasks come first), then its severity."""
    return each.due or on, ORDER.index(each.severity), each.subject, each.rule
