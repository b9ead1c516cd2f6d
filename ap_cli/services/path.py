"""Show how far a placement is on the commissioning path, stage by stage, and what comes next."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ..domain.placement import Placement
from ..rules import RULES
from ..rules.engine import Finding
from ..rules.rule import BREACHED, MET, NOT_YET, ORDER, Stage
from ..rules.task import Remedy, Urgency
from ..store.opening import Store
from . import checks
from .checks import CheckRequest

SHOWN = 3
"""How many of the next tasks are shown."""


class StageProgress(Struct, frozen=True):
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


class PlacementPath(Struct, frozen=True):
    """The stages of a placement, and the next tasks."""

    stages: tuple[StageProgress, ...]
    next: tuple[Step, ...]


def path_of(store: Store, placement: int, on: date) -> PlacementPath:
    """Return the path of a placement on a day, with the tasks about its provider.

    A waived rule counts as done.
    """
    request = CheckRequest(on, subjects=[(Placement, placement)])
    findings = list(checks.list_findings(store, request))
    stage_of = {rule.id: rule.stage for rule in RULES if rule.has_due}
    stages = tuple(
        _stage(stage, [finding for finding in findings if stage_of.get(finding.rule) is stage])
        for stage in Stage
    )
    open_ = sorted(
        (
            finding
            for finding in findings
            if finding.answer in (BREACHED, NOT_YET) and not finding.waived
        ),
        key=lambda finding: task_order(finding, on),
    )
    return PlacementPath(
        stages,
        tuple(
            Step(finding.rule, finding.message, finding.due, finding.remedy)
            for finding in open_[:SHOWN]
        ),
    )


def _stage(stage: Stage, findings: list[Finding]) -> StageProgress:
    late = sum(finding.answer is BREACHED and not finding.waived for finding in findings)
    to_come = sum(finding.answer is NOT_YET and not finding.waived for finding in findings)
    done = sum(finding.answer is MET or (finding.waived is not None) for finding in findings)
    return StageProgress(stage.value, done, late, to_come)


def task_order(finding: Finding, on: date) -> tuple[bool, date, int, str, str]:
    """Return the sort key of a task: safety, then its day (none is now), then its severity."""
    can_wait = finding.urgency is not Urgency.SAFETY
    severity = ORDER.index(finding.severity)
    return can_wait, finding.due or on, severity, finding.subject, finding.rule
