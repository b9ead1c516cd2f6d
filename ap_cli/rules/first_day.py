"""AP1: education from the first day of an exclusion, of a pupil in care or with a social worker."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.half_terms import TERMS_UNKNOWN
from ..domain.periods import holds
from ..forms.facts import Fact, all_of, any_of, is_yes, negate, recorded
from .cases.base import once
from .cases.pupil import PupilCase
from .cases.subjects import AnyCase
from .exclusion import (
    RunDay,
    due_day,
    is_bound,
    is_certain,
    is_history,
    is_placed,
    latest_day,
    list_possible_days,
    list_runs,
    who_arranges,
)
from .rule import BEFORE, SHOULD, PupilRule, Says
from .runs import Run
from .task import About, Choice, Edit, Remedy, Weight, Who, Write, about

NOTHING_IS_OWED = "no education is owed to the pupil: by age, exams, health or the EHC plan"
"""Why it is not asked for, of a pupil who is in care or has a social worker."""

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
    weight = Weight.NO_PLACE
    stage = BEFORE
    done_by = (Who.COUNCIL, Who.SCHOOL)
    applies = is_bound
    silent = "the pupil was not in care or with a social worker during a recent exclusion"

    def due(self, case: PupilCase) -> date | None:
        late = list_late(case)
        return late[0][1] if late else None

    def holds(self, case: PupilCase) -> Says:
        if list_late(case):
            return False
        taught = [taught for _, _, taught in judge_first_days(case)]
        return all_of(*taught) if taught else None

    def problem(self, case: PupilCase) -> str:
        run, day = list_late(case)[0]
        first = "the school day after" if run.last.permanent else "the first school day of"
        exclusion = f"{run.name} of {words(run.first)}"
        if case.on <= day or is_certain(case, run, day):
            without = f"has no education on {words(day, weekday=True)}, {first} {exclusion}"
        else:
            latest = words(latest_day(case, run, FIRST), weekday=True)
            without = f"had no education by {latest}, {first} {exclusion} on any usual calendar"
        return f"the pupil, in care or with a social worker, {without}"

    def who_for(self, case: PupilCase) -> Who:
        return who_arranges(case, list_late(case)[0][0])

    def remedy(self, case: PupilCase) -> Remedy:
        exclusion = About(Exclusion.KIND, list_late(case)[0][0].last.ref)
        instead = Edit(exclusion, ("not_from_day_one", "work_set"), yes=("work_set",))
        return Choice(about(case.pupil), (Write(about(case.pupil), "placement"), instead))

    def why_not(self, case: AnyCase) -> str:
        reason = super().why_not(case)
        assert isinstance(case, PupilCase), "the rule is about pupils"
        if reason != self.silent:
            return reason
        recent = [run for run in list_runs(case) if not is_history(case, run.first)]
        if not recent:
            return "the pupil was not excluded of late"
        if any(is_looked_out_for(case, run) is not False for run in recent):
            return NOTHING_IS_OWED
        return reason


@once
def judge_first_days(case: PupilCase) -> list[tuple[Run, date, Fact[bool]]]:
    """List the recent exclusions of a pupil who is, or may be, in care or with a social worker.

    Each comes with its first day, and whether there is education or work from it on.
    """
    judged: list[tuple[Run, date, Fact[bool]]] = []
    for run in list_runs(case):
        day = due_day(case, run, FIRST)
        looked_out_for = is_looked_out_for(case, run)
        if day and looked_out_for is not False and not is_history(case, day):
            judged.append((run, day, any_of(negate(looked_out_for), is_taught(case, run, day))))
    return judged


@once
def list_late(case: PupilCase) -> list[RunDay]:
    """List those of them without education or work on the first day, each with that day."""
    return [(run, day) for run, day, taught in judge_first_days(case) if taught is False]


def is_taught(case: PupilCase, run: Run, day: date) -> Fact[bool]:
    """Tell whether there is education on the first day, estimated as a day, or work instead.

    Without term dates there is if each day that can be the first has it, and there is none if no
    such day has it and all have gone by.
    """
    if has_work_instead(run):
        return True
    possible = list_possible_days(case, run, FIRST)
    there = [has_a_place(case, run, each) for each in possible]
    if all(there):
        return True
    if case.on <= day:
        return TERMS_UNKNOWN if has_a_place(case, run, day) else False
    return TERMS_UNKNOWN if any(there) or case.on <= possible[-1] else False


def has_a_place(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether a placement is there on a day, or a school has the pupil on its roll again."""
    return is_placed(case, day) or run.is_back_on_roll(day)


def is_looked_out_for(case: PupilCase, run: Run) -> Fact[bool]:
    """Tell whether the pupil was looked after, or had a social worker, as an exclusion began."""
    in_care = holds(case.pupil.looked_after, run.first)
    return any_of(in_care, holds(case.pupil.social_worker, run.first))


def has_work_instead(run: Run) -> bool:
    """Tell whether it is recorded why education cannot begin on day one, and that work is set."""
    return recorded(run.said("not_from_day_one")) and is_yes(run.said("work_set"))
