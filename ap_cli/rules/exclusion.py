"""AP1: full-time education from the sixth school day of an exclusion."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.ages import begins_on
from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.half_terms import TERMS_UNKNOWN
from ..domain.periods import holds
from ..forms.facts import CannotTell, Fact, Unknown, is_yes, recorded
from .cases.base import once
from .cases.pupil import PupilCase
from .full_time import is_full_time
from .kinds import DAY
from .rule import BEFORE, MUST, PupilRule, Says, condition
from .runs import LAST_DAY, Run, count_from, join_suspensions
from .task import Remedy, Weight, Who, Write, about

IN_FORCE = date(2007, 9, 1)
"""From when education is owed from the sixth day. Source: SI 2007/1870 reg 1."""

LAST_YEAR = 11
"""The last year group of compulsory school age."""

HALF_A_YEAR = timedelta(days=182)
"""How far back a day is history if term dates do not say."""

SIXTH = "excluded.school_days"
"""The figure for the school day from which full-time education is due."""

NOTHING_IS_OWED = "no exclusion lasts six school days with education still owed"


RunDay = tuple[Run, date]
"""An exclusion, and a school day counted in it."""


@once
def list_runs(case: PupilCase) -> tuple[Run, ...]:
    """List the exclusions of a pupil, in order; suspensions that follow on each other are one."""
    return join_suspensions(case.entries.all(Exclusion), case.calendar)


def sixth_day(case: PupilCase, run: Run) -> date | None:
    """Return the sixth school day of an exclusion; None if it is shorter, or nothing is owed."""
    return due_day(case, run, SIXTH)


def due_day(case: PupilCase, run: Run, figure: str) -> date | None:
    """Return the school day of an exclusion from which education is due, by a figure.

    The first day of a suspension is day 1; of a permanent exclusion it is the next school day. If
    term dates are unknown the day is an estimate. None if it is shorter, or nothing is owed.
    """
    since, days = count_from(run), case.figures[figure]
    if run.until is not None and case.calendar.has_gone_by(since, days, run.until + DAY) is False:
        return None
    day = case.calendar.estimated_school_day(since, days)
    return day if is_owed_on(case, run, day) else None


def is_owed_on(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether full-time education is owed to an excluded pupil on a day."""
    of_age = begins_on(case.pupil.born) <= day <= case.last_day_of_school_age
    return of_age and not is_excused(case, run, day)


def is_excused(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether full-time education is not owed.

    Examinations are over, a plan says less, or health makes part time right after a permanent
    exclusion.
    """
    if case.pupil.year_on(day) == LAST_YEAR and are_examinations_over(case, run, day):
        return True
    if not is_placed(case, day):
        return False
    if is_yes(run.said("fewer_hours")) and holds(case.pupil.ehcp, day) is not False:
        return True
    return run.last.permanent and holds(case.pupil.medical, day) is True


def are_examinations_over(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether all examinations are recorded as taken by a day; the last of them decides."""
    last = case.pupil.last_exam
    return last < day if recorded(last) else is_yes(run.said("examinations_taken"))


def is_placed(case: PupilCase, day: date) -> bool:
    """Tell whether a placement is there on a day."""
    return any(placed.is_there(day) for placed in case.placed)


def is_educated(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether a pupil has full-time education on a day; raise CannotTell if nobody can tell.

    A pupil who is on a school's roll again has it there. During a suspension the suspending
    school's own site counts only if the education is arranged jointly with another school.
    """
    if run.is_back_on_roll(day):
        return True
    there = [placed for placed in case.placed if placed.is_there(day)]
    elsewhere = [placed for placed in there if run.last.permanent or not placed.at_own_site]
    if len(elsewhere) < len(there) and is_full_time(case, there):
        return bool(run.said("jointly")) or is_full_time(case, elsewhere)
    return is_full_time(case, elsewhere)


def tell_education(case: PupilCase, run: Run, day: date) -> Fact[bool]:
    """Tell whether a pupil has full-time education on a day; the gap if nobody can tell."""
    try:
        return is_educated(case, run, day)
    except CannotTell as gap:
        return gap.unknown


@once
def judge_runs(case: PupilCase) -> list[tuple[Run, date, Fact[bool]]]:
    """List the exclusions that ask for education, each with its sixth day and whether it has it."""
    days = [(run, sixth_day(case, run)) for run in list_runs(case)]
    return [(run, day, judge_run(case, run, day)) for run, day in days if day]


def judge_run(case: PupilCase, run: Run, day: date) -> Fact[bool]:
    """Tell whether an exclusion has education on its sixth school day, estimated as a day.

    Without term dates it has if there is education on each day that can be the sixth, and has not
    if there is none on any of them, and all have gone by.
    """
    possible = list_possible_days(case, run, SIXTH)
    facts = [tell_education(case, run, each) for each in possible]
    if all(map(is_yes, facts)):
        return True
    on_the_day = tell_education(case, run, day)
    if isinstance(on_the_day, Unknown):
        return on_the_day
    if case.on <= day:
        return TERMS_UNKNOWN if on_the_day else False
    return judge_gone_by(case, run, all(fact is False for fact in facts))


def judge_gone_by(case: PupilCase, run: Run, never: bool) -> Fact[bool]:
    """Tell whether an exclusion has education on its sixth school day, which has gone by.

    `never` says that it has none on any day that can be the sixth.
    """
    latest = latest_day(case, run, SIXTH)
    if not never or case.on <= latest or (run.until and run.until < latest):
        return TERMS_UNKNOWN
    return LAST_DAY if run.has_no_last_day else False


def list_possible_days(case: PupilCase, run: Run, figure: str) -> tuple[date, ...]:
    """List the days of an exclusion that can be the school day from which education is due."""
    days = case.calendar.possible_school_days(count_from(run), case.figures[figure])
    return tuple(day for day in days if run.until is None or day <= run.until)


@once
def list_late_runs(case: PupilCase) -> list[RunDay]:
    """List the exclusions without education on the sixth school day, each with that day."""
    return [(run, day) for run, day, educated in judge_runs(case) if educated is False]


@once
def list_open_runs(case: PupilCase) -> list[RunDay]:
    """List those of the late exclusions that are no history yet, each with its sixth day.

    First those whose day has gone by, then those to come.
    """

    def is_to_come(run_day: RunDay) -> bool:
        return run_day[1] >= case.on

    late = list_late_runs(case)
    still_open = [(run, day) for run, day in late if not has_become_history(case, run, day)]
    return sorted(still_open, key=is_to_come)


@once
def list_gaps(case: PupilCase) -> list[Unknown]:
    """List why it cannot be told of exclusions whether they have education, if it matters still."""
    return [
        educated
        for run, day, educated in judge_runs(case)
        if isinstance(educated, Unknown) and not is_past_asking(case, run, day)
    ]


def is_past_asking(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether nobody has to find out any more whether there was education on a day."""
    if may_be_educated(case, run, day):
        return is_history(case, day)
    return has_become_history(case, run, day)


def has_become_history(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether an exclusion without education on a day is over, and the day lies far back."""
    return is_over(case, run, day) and is_history(case, day)


def is_over(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether education began since a day, or the suspension is over.

    A suspension whose last day nobody recorded is not taken to go on for ever.
    """
    if started_since(case, run, day) is not None or run.has_no_last_day:
        return True
    return run.until is not None and run.until < case.on


def may_be_educated(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether a pupil has full-time education on a day, as far as can be told."""
    return tell_education(case, run, day) is not False


def educated_since(case: PupilCase, run: Run, day: date) -> date | None:
    """Return the first day after a day with full-time education, as recorded; None without one."""
    back = run.last.on_roll_since
    starts = [placed.first for placed in case.placed] + ([back] if recorded(back) else [])
    later = sorted(first for first in starts if first > day)
    return next((first for first in later if may_be_educated(case, run, first)), None)


def started_since(case: PupilCase, run: Run, day: date) -> date | None:
    """Return the first day after a day with full-time education, if it has come by now."""
    since = educated_since(case, run, day)
    return since if since and since <= case.on else None


def is_history(case: PupilCase, day: date) -> bool:
    """Tell whether a day lies further back than the half term before this one."""
    known = lies_further_back(case, day)
    return known if recorded(known) else case.on - day > HALF_A_YEAR


def lies_further_back(case: PupilCase, day: date) -> Fact[bool]:
    """Tell the same as far as term dates say; a gap where they do not."""
    now, then = case.calendar.half_term(case.on), case.calendar.half_term(day)
    before = case.calendar.half_term_before(now) if recorded(now) else now
    if recorded(then) and recorded(before):
        return then.last < before.first
    return TERMS_UNKNOWN


def is_certain(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether term dates cover the days from the first of an exclusion to a day."""
    return case.calendar.knows(run.first, day)


def latest_day(case: PupilCase, run: Run, figure: str) -> date:
    """Return the school day from which education is due, at the latest on any usual calendar."""
    return case.calendar.latest_school_day(count_from(run), case.figures[figure])


@condition("the home school is an independent school")
def is_bound(case: PupilCase) -> bool:
    """Whether the law on exclusions binds the home school: it is not recorded as independent."""
    return not is_yes(case.pupil.school_is_independent)


def who_arranges(case: PupilCase, run: Run) -> Who:
    """Return who arranges education: the council if the exclusion is permanent, or from a unit."""
    is_councils = run.last.permanent or is_yes(case.pupil.on_roll_of_a_pru)
    return Who.COUNCIL if is_councils else Who.SCHOOL


class EducationStartsByDaySix(PupilRule):
    """Full-time education starts by the sixth school day of an exclusion.

    The school arranges it for a suspension of six school days or more, and suspensions that follow
    on each other count as one. The council arranges it after a permanent exclusion, and for a pupil
    referral unit. Ten sessions are full time, or the hours of the school's own week; fewer than 18
    hours are not, whatever the record calls them. A suspending school's own site counts only if the
    education is arranged jointly with another school.

    It is not owed to a pupil outside compulsory school age, to one in year 11 with all examinations
    taken, or if an EHC plan sets fewer hours and the pupil has them. After a permanent exclusion
    health can make part time right. A school that has the pupil on its roll again, by reinstatement
    or admission, ends it. A late start stays on view for one more half term.
    """

    id, severity, sources = "AP108", MUST, ("EIA 2006 s.100", "EA 1996 s.19", "SI 2007/1870")
    task, key, label = "Arrange full-time education", "sixth-day", "No education by day six"
    weight = Weight.NO_PLACE
    stage = BEFORE
    done_by = (Who.COUNCIL, Who.SCHOOL)
    since = IN_FORCE
    applies = is_bound
    silent = NOTHING_IS_OWED

    def due(self, case: PupilCase) -> date | None:
        late = list_open_runs(case)
        return late[0][1] if late else None

    def holds(self, case: PupilCase) -> Says:
        late, gaps = list_open_runs(case), list_gaps(case)
        if late and (not gaps or late[0][1] < case.on):
            return False
        if gaps:
            return gaps[0]
        return True if any(educated is True for _, _, educated in judge_runs(case)) else None

    def problem(self, case: PupilCase) -> str:
        run, day = list_open_runs(case)[0]
        counted = "after" if run.last.permanent else "of"
        sixth = f"the sixth school day {counted} {run.name} of {words(run.first)}"
        if is_certain(case, run, day):
            which = f"is {words(day, weekday=True)}, by the calendar of {case.calendar.name}"
        elif day >= case.on:
            which = f"is about {words(day, weekday=True)}: no term dates cover it"
        else:
            latest = latest_day(case, run, SIXTH)
            which = f"is by {words(latest, weekday=True)} on any usual calendar"
        return f"the pupil has {describe_education(case, run, day)}; {sixth} {which}"

    def who_for(self, case: PupilCase) -> Who:
        return who_arranges(case, list_open_runs(case)[0][0])

    def remedy(self, case: PupilCase) -> Remedy:
        return Write(about(case.pupil), "placement")


def describe_education(case: PupilCase, run: Run, day: date) -> str:
    """Say what education a pupil has who has none that is full time on a day."""
    start = educated_since(case, run, day)
    if start:
        return f"full-time education only from {words(start, weekday=True)}"
    return "only part-time education" if is_placed(case, day) else "no full-time education"
