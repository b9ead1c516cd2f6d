"""AP1: education from the first day of an exclusion, of a pupil in care or with a social worker."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.half_terms import TERMS_UNKNOWN
from ..domain.periods import holds
from ..forms.facts import Fact, any_of, is_yes, recorded
from .cases.base import once_a_case
from .cases.pupil import PupilCase
from .exclusion import (
    Run,
    RunDay,
    due_day,
    is_bound,
    is_certain,
    is_history,
    is_placed,
    latest_day,
    lies_further_back,
    list_runs,
)
from .rule import BEFORE, SHOULD, PupilRule, Says
from .task import About, Choice, Edit, Remedy, Write, about

FIRST = "excluded.looked_after"
"""The figure for the school day from which a looked-after pupil is educated."""


class LookedAfterChildIsTaughtFromDayOne(PupilRule):
    """A looked-after pupil, or one with a social worker, is educated from day one.

    The law allows five school days. For these pupils the guidance asks for education from the first
    day of any suspension or exclusion. Day one of a suspension is its first school day; after a
    permanent exclusion it is the next school day. If that is not possible or right, say why, and
    set and mark work until then.
    """

    id, severity, sources = "AP109", SHOULD, ("LAC guide", "S&PE")
    task, key, label = (
        "Arrange education from the first day",
        "first-day",
        "Pupils in care without education on day one",
    )
    stage = BEFORE
    applies = is_bound
    silent = "the pupil was not in care or with a social worker during a recent exclusion"

    def due(self, case: PupilCase) -> date | None:
        late = self.late(case)
        return late[0][1] if late else None

    def is_late(self, case: PupilCase, day: date) -> Fact[bool]:
        run, _ = self.late(case)[0]
        if case.on <= day or is_certain(case, run, day):
            return case.on > day
        return True if latest_day(case, run, FIRST) < case.on else TERMS_UNKNOWN

    def holds(self, case: PupilCase) -> Says:
        if self.late(case):
            return False
        in_care = self.in_care(case)
        if not all(is_known_to_be_recent(case, run, day) for run, day in in_care):
            return TERMS_UNKNOWN
        return True if in_care else None

    @once_a_case
    def in_care(self, case: PupilCase) -> list[RunDay]:
        """List the recent exclusions in care or with a social worker, each with its first day."""
        days = ((run, due_day(case, run, FIRST)) for run in list_runs(case))
        recent = [(run, day) for run, day in days if day and not is_history(case, day)]
        return [(run, day) for run, day in recent if is_looked_out_for(case, run)]

    @once_a_case
    def late(self, case: PupilCase) -> list[RunDay]:
        """List those of them without education on the first day, and without a reason and work."""
        without = [(run, day) for run, day in self.in_care(case) if not is_placed(case, day)]
        return [(run, day) for run, day in without if not has_work_instead(run.last)]

    def problem(self, case: PupilCase) -> str:
        run, day = self.late(case)[0]
        first = "the school day after" if run.last.permanent else "the first school day of"
        return (
            f"the pupil, in care or with a social worker, has no education on"
            f" {words(day, weekday=True)}, {first} {run.name} of {words(run.first)}"
        )

    def remedy(self, case: PupilCase) -> Remedy:
        exclusion = About(Exclusion.KIND, self.late(case)[0][0].last.ref)
        instead = Edit(exclusion, ("not_from_day_one", "work_set"), yes=("work_set",))
        return Choice(about(case.pupil), (Write(about(case.pupil), "placement"), instead))


def is_looked_out_for(case: PupilCase, run: Run) -> bool:
    """Tell whether the pupil was looked after, or had a social worker, as an exclusion began."""
    in_care = holds(case.pupil.looked_after, run.first)
    return bool(any_of(in_care, holds(case.pupil.social_worker, run.first)))


def has_work_instead(exclusion: Exclusion) -> bool:
    """Tell whether it is recorded why education cannot begin on day one, and that work is set."""
    return recorded(exclusion.not_from_day_one) and is_yes(exclusion.work_set)


def is_known_to_be_recent(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether term dates say which day it is, and how far back it lies."""
    return is_certain(case, run, day) and recorded(lies_further_back(case, day))
