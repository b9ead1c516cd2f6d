"""AP1: full-time education from the sixth school day of an exclusion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ..domain.ages import begins_on, ends_on
from ..domain.calendar import Calendar
from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.half_terms import LONGEST_SUMMER, TERMS_UNKNOWN
from ..domain.periods import holds
from ..forms.facts import CannotTell, Fact, Unknown, is_yes, recorded
from ..forms.form import Record
from .cases.base import once
from .cases.pupil import PupilCase
from .full_time import is_full_time
from .kinds import DAY
from .rule import BEFORE, MUST, PupilRule, Says, condition
from .task import Remedy, Write, about

IN_FORCE = date(2007, 9, 1)
"""From when education is owed from the sixth day. Source: SI 2007/1870 reg 1."""

LAST_YEAR = 11
"""The last year group of compulsory school age."""

HALF_A_YEAR = timedelta(days=182)
"""How far back a day is history if term dates do not say."""

SIXTH = "excluded.school_days"
"""The figure for the school day from which full-time education is due."""

NOTHING_IS_OWED = "no exclusion lasts six school days with education still owed"


class Run(Record, frozen=True):
    """An exclusion: a permanent one, or suspensions that follow on each other.

    `first` is its first day, `last` the newest of the suspensions, and `until` the last day of them
    all; None if it is permanent.
    """

    first: date
    last: Exclusion
    until: date | None

    @property
    def name(self) -> str:
        """What it is called."""
        return "the permanent exclusion" if self.last.permanent else "the suspension"


RunDay = tuple[Run, date]
"""An exclusion, and a school day counted in it."""


@once
def list_runs(case: PupilCase) -> tuple[Run, ...]:
    """List the exclusions of a pupil, in order; suspensions that follow on each other are one."""
    return join_suspensions(case.entries.all(Exclusion), case.calendar)


def join_suspensions(exclusions: Sequence[Exclusion], calendar: Calendar) -> tuple[Run, ...]:
    """Join the suspensions that follow on each other, of exclusions in order."""
    runs: list[Run] = []
    for exclusion in exclusions:
        before = runs[-1] if runs else None
        until = last_day_of(exclusion)
        if until and before and before.until and follows_on(calendar, before.until, exclusion.day):
            runs[-1] = Run(before.first, exclusion, max(before.until, until))
        else:
            runs.append(Run(exclusion.day, exclusion, until))
    return tuple(runs)


def last_day_of(exclusion: Exclusion) -> date | None:
    """Return the last day of a suspension; None if it is not known, or the exclusion permanent."""
    return exclusion.until if recorded(exclusion.until) and not exclusion.permanent else None


def follows_on(calendar: Calendar, until: date, first: date) -> bool:
    """Tell whether a suspension begins by the school day after the last day of another."""
    if first <= until + DAY:
        return True
    if first > until + LONGEST_SUMMER:
        return False
    return bool(calendar.school_day(until, 1) >= first)


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
    return day if is_owed_on(case, run.last, day) else None


def is_owed_on(case: PupilCase, exclusion: Exclusion, day: date) -> bool:
    """Tell whether full-time education is owed to an excluded pupil on a day."""
    of_age = begins_on(case.pupil.born) <= day <= ends_on(case.pupil.born)
    return of_age and not is_excused(case, exclusion, day)


def is_excused(case: PupilCase, exclusion: Exclusion, day: date) -> bool:
    """Tell whether full-time education is not owed.

    Examinations are over, a plan says less, or health makes part time right after a permanent
    exclusion.
    """
    if case.pupil.year_on(day) == LAST_YEAR and are_examinations_over(case, exclusion, day):
        return True
    if not is_placed(case, day):
        return False
    if is_yes(exclusion.fewer_hours) and holds(case.pupil.ehcp, day) is not False:
        return True
    return exclusion.permanent and holds(case.pupil.medical, day) is True


def are_examinations_over(case: PupilCase, exclusion: Exclusion, day: date) -> bool:
    """Tell whether all examinations are recorded as taken by a day; the last of them decides."""
    last = case.pupil.last_exam
    return last < day if recorded(last) else is_yes(exclusion.examinations_taken)


def is_placed(case: PupilCase, day: date) -> bool:
    """Tell whether a placement is there on a day."""
    return any(placed.is_there(day) for placed in case.placed)


def is_educated(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether a pupil has full-time education on a day; raise CannotTell if nobody can tell.

    During a suspension the suspending school's own site counts only if the education is arranged
    jointly with another school.
    """
    there = [placed for placed in case.placed if placed.is_there(day)]
    elsewhere = [placed for placed in there if run.last.permanent or not placed.at_own_site]
    if len(elsewhere) < len(there) and is_full_time(case, there):
        return bool(run.last.jointly) or is_full_time(case, elsewhere)
    return is_full_time(case, elsewhere)


@once
def judge_runs(case: PupilCase) -> list[tuple[Run, date, Fact[bool]]]:
    """List the exclusions that ask for education, each with its sixth day and whether it has it."""
    judged: list[tuple[Run, date, Fact[bool]]] = []
    for run in list_runs(case):
        day = sixth_day(case, run)
        if day is None:
            continue
        try:
            judged.append((run, day, is_educated(case, run, day)))
        except CannotTell as gap:
            judged.append((run, day, gap.unknown))
    return judged


@once
def list_late_runs(case: PupilCase) -> list[RunDay]:
    """List the exclusions without education on the sixth school day, each with that day."""
    return [(run, day) for run, day, educated in judge_runs(case) if educated is False]


@once
def list_open_runs(case: PupilCase) -> list[RunDay]:
    """List those of the late exclusions that are no history yet, each with its sixth day.

    First those whose day has certainly gone by, then those of which nobody can tell, then those to
    come. An exclusion is history if nothing can be done for it and the day lies far back.
    """

    def order(run_day: RunDay) -> tuple[bool, bool]:
        return run_day[1] >= case.on, not is_certainly_late(case, *run_day)

    late = list_late_runs(case)
    still_open = [(run, day) for run, day in late if not has_become_history(case, run, day)]
    return sorted(still_open, key=order)


def has_become_history(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether an exclusion without education on a day is over, and the day lies far back."""
    return is_over(case, run, day) and is_history(case, day)


@once
def list_uncertain_runs(case: PupilCase) -> list[RunDay]:
    """List the exclusions whose sixth school day is an estimate, each with that day."""
    days = [(run, sixth_day(case, run)) for run in list_runs(case)]
    return [(run, day) for run, day in days if day and not is_certain(case, run, day)]


def is_over(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether education began since a day, or the suspension is over."""
    return started_since(case, run, day) is not None or (
        run.until is not None and run.until < case.on
    )


def may_be_educated(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether a pupil has full-time education on a day, as far as can be told."""
    try:
        return is_educated(case, run, day)
    except CannotTell:
        return True


def educated_since(case: PupilCase, run: Run, day: date) -> date | None:
    """Return the first day after a day with full-time education, as recorded; None without one."""
    starts = sorted(placed.first for placed in case.placed if placed.first > day)
    return next((first for first in starts if may_be_educated(case, run, first)), None)


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


def count_from(run: Run) -> date:
    """Return the day after which the school days of an exclusion are counted."""
    return run.first if run.last.permanent else run.first - DAY


def latest_day(case: PupilCase, run: Run, figure: str) -> date:
    """Return the school day from which education is due, at the latest on any usual calendar."""
    return case.calendar.latest_school_day(count_from(run), case.figures[figure])


def is_certainly_late(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether an exclusion is without education on its sixth school day, whichever that is.

    Term dates say which it is. Without them it is past on any usual calendar, and no day that can
    be the sixth has education.
    """
    if is_certain(case, run, day):
        return True
    latest = latest_day(case, run, SIXTH)
    if latest >= case.on or (run.until is not None and run.until < latest):
        return False
    earliest = count_from(run) + timedelta(days=case.figures[SIXTH])
    possible = range(earliest.toordinal(), latest.toordinal() + 1)
    return not any(may_be_educated(case, run, date.fromordinal(at)) for at in possible)


@condition("the home school is an independent school")
def is_bound(case: PupilCase) -> bool:
    """Whether the law on exclusions binds the home school: it is not recorded as independent."""
    return not is_yes(case.pupil.school_is_independent)


class EducationStartsByDaySix(PupilRule):
    """Full-time education starts by the sixth school day of an exclusion.

    The school arranges it for a suspension of six school days or more, and suspensions that follow
    on each other count as one. The council arranges it after a permanent exclusion, and for a pupil
    referral unit. Ten sessions are full time, or the hours of the school's own week; fewer than 18
    hours are not, whatever the record calls them. A suspending school's own site counts only if the
    education is arranged jointly with another school.

    It is not owed to a pupil outside compulsory school age, to one in year 11 with all examinations
    taken, or if an EHC plan sets fewer hours and the pupil has them. After a permanent exclusion
    health can make part time right. A late start stays on view for one more half term.
    """

    id, severity, sources = "AP108", MUST, ("EIA 2006 s.100", "EA 1996 s.19", "SI 2007/1870")
    task, key, label = "Arrange full-time education", "sixth-day", "No education by day six"
    stage = BEFORE
    since = IN_FORCE
    applies = is_bound
    silent = NOTHING_IS_OWED

    def due(self, case: PupilCase) -> date | None:
        late = list_open_runs(case)
        return late[0][1] if late else None

    def holds(self, case: PupilCase) -> Says:
        if not asks_for_education(case):
            return None
        late = list_open_runs(case)
        if late:
            run, day = late[0]
            return False if day >= case.on or is_certainly_late(case, run, day) else TERMS_UNKNOWN
        for _, day, educated in judge_runs(case):
            if isinstance(educated, Unknown) and not is_history(case, day):
                return educated
        uncertain = list_uncertain_runs(case)
        if any(not is_history(case, day) for _, day in uncertain):
            return TERMS_UNKNOWN  # which day the sixth school day is, nobody knows
        return None if uncertain or list_late_runs(case) else True

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

    def remedy(self, case: PupilCase) -> Remedy:
        return Write(about(case.pupil), "placement")


def describe_education(case: PupilCase, run: Run, day: date) -> str:
    """Say what education a pupil has who has none that is full time on a day."""
    start = educated_since(case, run, day)
    if start:
        return f"full-time education only from {words(start, weekday=True)}"
    return "only part-time education" if is_placed(case, day) else "no full-time education"


def asks_for_education(case: PupilCase) -> bool:
    """Tell whether an exclusion of the pupil asks for education from the sixth day."""
    return any(sixth_day(case, run) for run in list_runs(case))
