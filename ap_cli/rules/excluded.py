"""The exclusion that a placement is the education of: how long it is, and its sixth school day."""

from __future__ import annotations

from datetime import date

from ..domain.entries.before import Exclusion
from ..domain.options import Route
from ..forms.facts import Fact, is_yes
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import SUSPENSION
from .exclusion import SIXTH
from .kinds import DAY
from .runs import LAST_DAY, Run, count_from, join_suspensions

BY_EXCLUSION = (SUSPENSION, Route.PERMANENT_EXCLUSION)
"""The routes by which an excluded pupil is placed."""


@once
def list_runs_of_pupil(case: PlacementCase) -> tuple[Run, ...]:
    """List the exclusions of the pupil; suspensions that follow on each other are one."""
    return join_suspensions(case.exclusions.all(Exclusion), case.calendar)


def exclusion_on(case: PlacementCase, day: date) -> Run | None:
    """Return the exclusion of the placement's own sort that a day is in; None if none is recorded.

    A permanent exclusion has no end, and neither has a suspension whose last day is not known.
    """
    is_permanent = case.placement.route is Route.PERMANENT_EXCLUSION
    for run in reversed(list_runs_of_pupil(case)):
        goes_on = run.until is None or run.until >= day
        if run.last.permanent is is_permanent and run.first <= day and goes_on:
            return run
    return None


def is_long_suspension(case: PlacementCase) -> Fact[bool]:
    """Tell whether the placement is for a suspension of more than five school days."""
    if case.placement.route is not SUSPENSION:
        return False
    run = exclusion_on(case, case.placement.starts)
    if run is None or run.until is None:
        return LAST_DAY
    return case.calendar.has_gone_by(count_from(run), case.figures[SIXTH], run.until + DAY)


def is_from_the_sixth_day(case: PlacementCase, day: date) -> Fact[bool]:
    """Tell whether a day is the sixth school day of the pupil's exclusion, or a later one.

    If no exclusion is recorded, it began by the start of the placement.
    """
    run = exclusion_on(case, day)
    since = count_from(run) if run else case.placement.starts - DAY
    has_come = case.calendar.has_gone_by(since, case.figures[SIXTH], day + DAY)
    return has_come if run or is_yes(has_come) else LAST_DAY
