"""AP1: full-time education from the sixth school day of an exclusion."""

from __future__ import annotations

from datetime import date

from ..domain.ages import begins_on, ends_on, year_group
from ..domain.calendar import HALF_A_YEAR, LONGEST_SUMMER, TERMS_UNKNOWN
from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.placement import Extent
from ..domain.text import hours
from ..forms.facts import Fact, recorded
from ..forms.form import Record
from .cases.base import once
from .cases.pupil import PupilCase
from .engine import rule
from .kinds import DAY
from .rule import ADVISE, BEFORE, MUST, Says

IN_FORCE = date(2007, 9, 1)
"""From when education is owed from the sixth day. Source: SI 2007/1870 reg 1."""

LAST_YEAR = 11
"""The last year group of compulsory school age."""


class Run(Record, frozen=True):
    """An exclusion: one that is permanent, or suspensions that follow on each other, from the first day to the last.

    `until` is the last day of them all; None where it is permanent.
    """

    first: date
    last: Exclusion
    until: date | None

    @property
    def named(self) -> str:
        """What it is called."""
        return "the permanent exclusion" if self.last.permanent else "the suspension"


@once
def runs_of(case: PupilCase) -> tuple[Run, ...]:
    """The exclusions of a pupil, in order: suspensions that follow on each other are one."""
    found: list[Run] = []
    for each in case.entries.all(Exclusion):
        before = found[-1] if found else None
        until = each.until if recorded(each.until) and not each.permanent else None
        if until and before and before.until and follows_on(case, before.until, each.day):
            found[-1] = Run(before.first, each, max(before.until, until))
        else:
            found.append(Run(each.day, each, until))
    return tuple(found)


def follows_on(case: PupilCase, until: date, first: date) -> bool:
    """Whether a suspension begins by the school day after the last day of another."""
    if first <= until + DAY:
        return True
    if first > until + LONGEST_SUMMER:
        return False
    return bool(case.calendar.school_day(until, 1) >= first)


def sixth_day(case: PupilCase, run: Run) -> date | None:
    """The sixth school day of an exclusion, from which education is due; None where it does not last so long, or is excused."""
    return due_day(case, run, "excluded.school_days")


def due_day(case: PupilCase, run: Run, figure: str) -> date | None:
    """The school day of an exclusion from which education is due by a figure; None if it does not last so long, or is excused.

    The first day of a suspension is day 1; of a permanent exclusion it is the next school day. If term dates are unknown
    the day is an estimate.
    """
    last = run.last
    since, days = run.first if last.permanent else run.first - DAY, case.figures[figure]
    if run.until is not None and case.calendar.has_gone_by(since, days, run.until + DAY) is False:
        return None
    day = case.calendar.estimated_school_day(since, days)
    if not begins_on(case.pupil.born) <= day <= ends_on(case.pupil.born):
        return None
    examined = (
        year_group(case.pupil.born, day) == LAST_YEAR
        and recorded(last.examinations_taken)
        and last.examinations_taken
    )
    return None if examined or (recorded(last.fewer_hours) and last.fewer_hours) else day


def is_placed(case: PupilCase, day: date) -> bool:
    """Whether a placement is there on a day."""
    return any(each.is_there(day) for each in case.placed)


def is_full_time_as_recorded(case: PupilCase, day: date) -> bool:
    """Whether one of the placements that are there on a day is recorded as full time."""
    return any(
        recorded(each.extent) and each.extent is Extent.FULL_TIME
        for each in case.placed
        if each.is_there(day)
    )


def is_educated(case: PupilCase, day: date) -> bool:
    """Whether the placements that are there on a day are full time: one of them as recorded, or all of them by their hours.

    One that is there alone and recorded as part time is not, whatever its hours.
    """
    if is_full_time_as_recorded(case, day):
        return True
    there = [each for each in case.placed if each.is_there(day)]
    if len(there) == 1 and recorded(there[0].extent):
        return False
    known = sum(each.weekly_minutes for each in there if recorded(each.weekly_minutes))
    if known > case.figures["full_time.line"]:
        return True
    for each in there:
        bool(each.weekly_minutes)  # cannot be told where the week of one of them cannot be read
    return False


@once
def late_runs(case: PupilCase) -> list[tuple[Run, date]]:
    """The exclusions without education on the sixth school day, with that day."""
    return [
        (run, day)
        for run in runs_of(case)
        if (day := sixth_day(case, run)) is not None and not is_educated(case, day)
    ]


@once
def open_runs(case: PupilCase) -> list[tuple[Run, date]]:
    """Those of them that are still told: without education yet while they last, or too late within this half term or the one before.

    First those of which the sixth school day has gone by for certain, then those of which nobody can tell it, then those to come.
    """
    found = [
        (run, day)
        for run, day in late_runs(case)
        if not (is_over(case, run, day) and is_history(case, day))
    ]
    return sorted(
        found,
        key=lambda each: (each[1] >= case.on, not is_certain(case, *each)),
    )


@once
def runs_of_unknown_terms(case: PupilCase) -> list[tuple[Run, date]]:
    """The exclusions whose sixth school day is an estimate, with that day."""
    found = [(run, sixth_day(case, run)) for run in runs_of(case)]
    return [(run, day) for run, day in found if day and not is_certain(case, run, day)]


def is_over(case: PupilCase, run: Run, day: date) -> bool:
    """Whether nothing can be done any more for an exclusion without education on a day: it began since, or the suspension is over."""
    return started_since(case, day) is not None or (run.until is not None and run.until < case.on)


def by_hours_alone(case: PupilCase) -> str:
    """That education is full time by its hours alone, where it is."""
    days = [
        day for run in runs_of(case) if (day := sixth_day(case, run)) and not is_history(case, day)
    ]
    if all(is_full_time_as_recorded(case, day) for day in days):
        return ""
    line = hours(case.figures["full_time.line"])
    return f"by its hours alone, more than {line} hours a week: whether that is full time for this child is not recorded"


def educated_since(case: PupilCase, day: date) -> date | None:
    """The first day after a day on which education is full time, as recorded, to come or gone by; None where there is none."""
    return next(
        (
            first
            for first in sorted(each.first for each in case.placed)
            if first > day and is_educated(case, first)
        ),
        None,
    )


def started_since(case: PupilCase, day: date) -> date | None:
    """The first day after a day on which education is full time, where that day has come; None where there is none."""
    since = educated_since(case, day)
    return since if since and since <= case.on else None


def by_the_sixth_day(case: PupilCase) -> date | None:
    """The sixth school day of the first exclusion without education."""
    found = open_runs(case)
    return found[0][1] if found else None


def came_too_late(case: PupilCase) -> str:
    run, day = open_runs(case)[0]
    start = educated_since(case, day)
    told = "full-time education is not recorded"
    if start:
        told = f"full-time education begins only on {words(start, weekday=True)}"
    elif is_placed(case, day):
        told = "education is part time"
    sixth = f"the sixth school day {'after' if run.last.permanent else 'of'} {run.named} of {words(run.first)}"
    return f"{told}, where {sixth} is {words(day, weekday=True)}, by the calendar of {case.calendar.name}"


def is_history(case: PupilCase, day: date) -> bool:
    """Whether what was late on a day lies further back than the half term before this one."""
    known = lies_further_back(case, day)
    return known if recorded(known) else case.on - day > HALF_A_YEAR


def lies_further_back(case: PupilCase, day: date) -> Fact[bool]:
    """Whether a day lies further back than the half term before this one, as far as term dates say."""
    now, then = case.calendar.half_term(case.on), case.calendar.half_term(day)
    before = case.calendar.half_term_before(now) if recorded(now) else now
    if recorded(then) and recorded(before):
        return then.last < before.first
    return TERMS_UNKNOWN


def is_certain(case: PupilCase, run: Run, day: date) -> bool:
    """Whether term dates cover the days from the first of an exclusion to one counted from it."""
    return case.calendar.knows(run.first, day)


@rule(
    "AP108",
    "full-time education is in place from the sixth school day of an exclusion",
    MUST,
    cites=["EIA 2006 s.100", "EA 1996 s.19", "SI 2007/1870"],
    about=PupilCase,
    since=IN_FORCE,
    due=by_the_sixth_day,
    stage=BEFORE,
    breach=came_too_late,
    warns=by_hours_alone,
    remedy=lambda case: f"ap placement new --pupil {case.pupil.ref}",
)
def educated_from_the_sixth_day(case: PupilCase) -> Says:
    """A suspension of six school days or more, those that follow on each other counted as one, and a permanent exclusion.

    The school arranges it for a suspension, the authority for a permanent exclusion and for a pupil referral unit. Not
    for a child who is not of compulsory school age, or who has taken all examinations of year 11, or whose EHC plan fixes
    fewer hours, which are given. What came too late stays visible for one more half term. Full time is as recorded, or by the
    hours of the child's placements together as they are on the day asked.
    """
    if not any(sixth_day(case, run) for run in runs_of(case)):
        return None
    late = open_runs(case)
    if late:
        run, day = late[0]
        return False if day >= case.on or is_certain(case, run, day) else TERMS_UNKNOWN
    unknown = runs_of_unknown_terms(case)
    if any(not is_history(case, day) for _, day in unknown):
        return TERMS_UNKNOWN  # which day the sixth school day is, nobody knows
    return None if unknown or late_runs(case) else True


def in_care(case: PupilCase, run: Run) -> Fact[bool]:
    """Whether the pupil is looked after when an exclusion begins."""
    return case.pupil.looked_after.on(run.first)


def was_excluded(case: PupilCase) -> bool:
    """Whether any exclusion of the pupil is recorded that asks for education."""
    return any(sixth_day(case, run) for run in runs_of(case))


@once
def in_care_from_the_first_day(case: PupilCase) -> list[tuple[Run, date]]:
    """The exclusions of a looked-after child that ask for education, with the first day of each; in this half term or the one before."""
    found = ((run, due_day(case, run, "excluded.looked_after")) for run in runs_of(case))
    return [
        (run, day)
        for run, day in found
        if day and sixth_day(case, run) and not is_history(case, day) and in_care(case, run)
    ]


@once
def late_from_the_first_day(case: PupilCase) -> list[tuple[Run, date]]:
    """Those of them without education on the first day."""
    return [(run, day) for run, day in in_care_from_the_first_day(case) if not is_placed(case, day)]


def no_first_day(case: PupilCase) -> str:
    run, day = late_from_the_first_day(case)[0]
    whose = f"{run.named} of {words(run.first)} is of a looked-after child"
    first = "the school day after it" if run.last.permanent else "its first school day"
    return f"{whose}, and no education is recorded on {first}, {words(day, weekday=True)}"


def by_the_first_day(case: PupilCase) -> date | None:
    """The first day of the first exclusion of a looked-after child without education."""
    found = late_from_the_first_day(case)
    return found[0][1] if found else None


@rule(
    "AP109",
    "a looked-after child is educated from the first day of an exclusion",
    ADVISE,
    cites=["ap"],
    about=PupilCase,
    applies=was_excluded,
    due=by_the_first_day,
    stage=BEFORE,
    remedy=lambda case: f"ap placement new --pupil {case.pupil.ref}",
    breach=no_first_day,
)
def educated_from_the_first_day(case: PupilCase) -> Says:
    """The law gives five school days; for a child in care the expectation, which is not law, is education from the first.

    The first day of a suspension is its first school day, of a permanent exclusion the school day after it.
    """
    if late_from_the_first_day(case):
        return False
    found = in_care_from_the_first_day(case)
    if not all(
        is_certain(case, *one) and recorded(lies_further_back(case, one[1])) for one in found
    ):
        return TERMS_UNKNOWN
    return True if any(is_placed(case, day) for _, day in found) else None
