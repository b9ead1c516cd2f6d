"""AP1: full-time education from the sixth school day of an exclusion."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.ages import begins_on, ends_on
from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.facts import Fact, recorded
from ..domain.forms import Record
from .engine import ADVISE, BEFORE, MUST, Says, rule
from .pupil_case import PupilCase

DAY = timedelta(days=1)
A_YEAR = timedelta(days=365)


class Run(Record, frozen=True):
    """An exclusion: one that is permanent, or suspensions that follow on each other, from the first day to the last."""

    first: date
    last: Exclusion

    @property
    def named(self) -> str:
        """What it is called."""
        return "the permanent exclusion" if self.last.permanent else "the suspension"


def runs_of(case: PupilCase) -> tuple[Run, ...]:
    """The exclusions of a pupil, in order: suspensions that follow on each other are one."""
    found: list[Run] = []
    for each in case.entries.all(Exclusion):
        before = found[-1] if found else None
        until = before.last.until if before else None
        follows = (
            before is not None and not each.permanent and not before.last.permanent
            and until is not None and recorded(until) and case.calendar.school_day(until, 1) >= each.day
        )  # fmt: skip
        if follows and before:
            found[-1] = Run(before.first, each)
        else:
            found.append(Run(each.day, each))
    return tuple(found)


def sixth_day(case: PupilCase, run: Run) -> date | None:
    """The sixth school day of an exclusion, from which education is due; None where it does not last so long, or is excused."""
    return due_day(case, run, "excluded.school_days")


def due_day(case: PupilCase, run: Run, figure: str) -> date | None:
    """The school day of an exclusion from which education is due by a figure; None where it does not last so long, or is excused.

    The first day of a suspension is day 1; of a permanent exclusion it is the next school day.
    """
    last = run.last
    day = case.calendar.school_day(run.first if last.permanent else run.first - DAY, case.figures[figure])
    if not last.permanent and recorded(last.until) and last.until < day:
        return None
    leaves = ends_on(case.pupil.born)
    if not begins_on(case.pupil.born) <= day <= leaves:
        return None
    in_year_11 = leaves - day < A_YEAR
    examined = in_year_11 and recorded(last.examinations_taken) and last.examinations_taken
    return None if examined or (recorded(last.fewer_hours) and last.fewer_hours) else day


def is_educated(case: PupilCase, day: date) -> bool:
    """Whether a placement is there on a day."""
    return any(starts <= day and (ended is None or ended >= day) for starts, ended in case.placed)


def late_runs(case: PupilCase) -> list[tuple[Run, date]]:
    """The exclusions without education on the sixth school day, with that day."""
    return [(run, day) for run in runs_of(case) if (day := sixth_day(case, run)) is not None and not is_educated(case, day)]


def open_runs(case: PupilCase) -> list[tuple[Run, date]]:
    """Those of them that are still told: without education yet, or with it too late within this half term or the one before."""
    return [(run, day) for run, day in late_runs(case) if not (started_since(case, day) and is_history(case, day))]


def started_since(case: PupilCase, day: date) -> date | None:
    """The first day of a placement after a day that has come; None where there is none."""
    return min((starts for starts, _ in case.placed if day < starts <= case.on), default=None)


def by_the_sixth_day(case: PupilCase) -> date | None:
    """The sixth school day of the first exclusion without education."""
    found = open_runs(case)
    return found[0][1] if found else None


def came_too_late(case: PupilCase) -> str:
    run, day = open_runs(case)[0]
    start = min((starts for starts, _ in case.placed if starts > day), default=None)
    told = f"begins only on {words(start, weekday=True)}" if start else "is not recorded"
    return f"education {told}, where the sixth school day of {run.named} of {words(run.first)} is {words(day, weekday=True)}"


def is_history(case: PupilCase, day: date) -> bool:
    """Whether what was late on a day lies further back than the half term before this one."""
    now, then = case.calendar.counts_for(case.on), case.calendar.counts_for(day)
    return 0 <= then < now - 1


@rule("AP108", "full-time education is in place from the sixth school day of an exclusion", MUST,
      cites=["EA 1996 s.19", "SI 2007/1870"], about=PupilCase, due=by_the_sixth_day, stage=BEFORE, breach=came_too_late,
      remedy=lambda case: f"ap placement new --pupil {case.pupil.ref}")  # fmt: skip
def educated_from_the_sixth_day(case: PupilCase) -> Says:
    """A suspension of six school days or more, those that follow on each other counted as one, and a permanent exclusion.

    The school arranges it for a suspension, the authority for a permanent exclusion and for a pupil referral unit. Not
    for a child who is not of compulsory school age, or who has taken all examinations of year 11, or whose EHC plan fixes
    fewer hours, which are given. What came too late stays visible for one more half term.
    """
    if not any(sixth_day(case, run) for run in runs_of(case)):
        return None
    return True if not late_runs(case) else False if open_runs(case) else None


def in_care(case: PupilCase, run: Run) -> Fact[bool]:
    """Whether the pupil is looked after when an exclusion begins."""
    return case.pupil.looked_after.on(run.first)


def was_excluded(case: PupilCase) -> bool:
    """Whether any exclusion of the pupil is recorded that asks for education."""
    return any(sixth_day(case, run) for run in runs_of(case))


def late_from_the_first_day(case: PupilCase) -> list[tuple[Run, date]]:
    """The exclusions of a looked-after child without education on the first day, in this half term or the one before."""
    found = ((run, due_day(case, run, "excluded.looked_after")) for run in runs_of(case))
    return [(run, day) for run, day in found if day and in_care(case, run) and not is_educated(case, day) and not is_history(case, day)]


def no_first_day(case: PupilCase) -> str:
    run, day = late_from_the_first_day(case)[0]
    whose = f"{run.named} of {words(run.first)} is of a looked-after child"
    return f"{whose}, and no education is recorded on its first day, {words(day, weekday=True)}"


def by_the_first_day(case: PupilCase) -> date | None:
    """The first day of the first exclusion of a looked-after child without education."""
    found = late_from_the_first_day(case)
    return found[0][1] if found else None


@rule("AP109", "a looked-after child is educated from the first day of an exclusion", ADVISE, cites=["ap"], about=PupilCase,
      applies=was_excluded, due=by_the_first_day, stage=BEFORE, remedy=lambda case: f"ap placement new --pupil {case.pupil.ref}",
      breach=no_first_day)  # fmt: skip
def educated_from_the_first_day(case: PupilCase) -> Says:
    """The law gives five school days; for a child in care the expectation, which is not law, is education from the first.

    The first day of a suspension is its first school day, of a permanent exclusion the school day after it.
    """
    if not any(in_care(case, run) for run in runs_of(case)):
        return None
    return not late_from_the_first_day(case)
