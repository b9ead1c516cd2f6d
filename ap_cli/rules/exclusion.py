"""AP1: full-time education from the sixth school day of an exclusion."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.ages import begins_on, ends_on, year_group
from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.half_terms import LONGEST_SUMMER, TERMS_UNKNOWN
from ..domain.options import Extent
from ..forms.facts import Fact, recorded
from ..forms.form import Record
from ..forms.text import hours
from .cases.base import once, once_a_case
from .cases.pupil import PupilCase
from .kinds import DAY
from .rule import ADVISE, BEFORE, MUST, Condition, PupilRule, Says
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
    runs: list[Run] = []
    for exclusion in case.entries.all(Exclusion):
        before = runs[-1] if runs else None
        until = last_day_of(exclusion)
        if until and before and before.until and follows_on(case, before.until, exclusion.day):
            runs[-1] = Run(before.first, exclusion, max(before.until, until))
        else:
            runs.append(Run(exclusion.day, exclusion, until))
    return tuple(runs)


def last_day_of(exclusion: Exclusion) -> date | None:
    """Return the last day of a suspension; None if it is not known, or the exclusion permanent."""
    return exclusion.until if recorded(exclusion.until) and not exclusion.permanent else None


def follows_on(case: PupilCase, until: date, first: date) -> bool:
    """Tell whether a suspension begins by the school day after the last day of another."""
    if first <= until + DAY:
        return True
    if first > until + LONGEST_SUMMER:
        return False
    return bool(case.calendar.school_day(until, 1) >= first)


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
    if not begins_on(case.pupil.born) <= day <= ends_on(case.pupil.born):
        return None
    return None if is_excused(case, run.last, day) else day


def is_excused(case: PupilCase, exclusion: Exclusion, day: date) -> bool:
    """Tell whether full-time education is not owed: examinations are over, or a plan says less."""
    examinations = exclusion.examinations_taken
    in_last_year = year_group(case.pupil.born, day) == LAST_YEAR
    if in_last_year and recorded(examinations) and examinations:
        return True
    return recorded(exclusion.fewer_hours) and exclusion.fewer_hours


def is_placed(case: PupilCase, day: date) -> bool:
    """Tell whether a placement is there on a day."""
    return any(placed.is_there(day) for placed in case.placed)


def is_full_time_as_recorded(case: PupilCase, day: date) -> bool:
    """Tell whether one of the placements that are there on a day is recorded as full time."""
    return any(
        recorded(placed.extent) and placed.extent is Extent.FULL_TIME
        for placed in case.placed
        if placed.is_there(day)
    )


def is_educated(case: PupilCase, day: date) -> bool:
    """Tell whether a pupil has full-time education on a day; raise CannotTell if nobody can tell.

    Full time is one placement that is recorded so, or all of them together by their hours. One that
    is there alone and recorded as part time is not, whatever its hours.
    """
    if is_full_time_as_recorded(case, day):
        return True
    there = [placed for placed in case.placed if placed.is_there(day)]
    if len(there) == 1 and recorded(there[0].extent):
        return False
    known = sum(placed.weekly_minutes for placed in there if recorded(placed.weekly_minutes))
    if known > case.figures["full_time.line"]:
        return True
    for placed in there:
        bool(placed.weekly_minutes)  # raises where the week of one of them cannot be read
    return False


@once
def list_late_runs(case: PupilCase) -> list[RunDay]:
    """List the exclusions without education on the sixth school day, each with that day."""
    days = ((run, sixth_day(case, run)) for run in list_runs(case))
    return [(run, day) for run, day in days if day is not None and not is_educated(case, day)]


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
    return started_since(case, day) is not None or (run.until is not None and run.until < case.on)


def educated_since(case: PupilCase, day: date) -> date | None:
    """Return the first day after a day with full-time education, as recorded; None without one."""
    starts = sorted(placed.first for placed in case.placed)
    return next((first for first in starts if first > day and is_educated(case, first)), None)


def started_since(case: PupilCase, day: date) -> date | None:
    """Return the first day after a day with full-time education, if it has come by now."""
    since = educated_since(case, day)
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
    return not any(is_educated(case, date.fromordinal(ordinal)) for ordinal in possible)


class EducationStartsByDaySix(PupilRule):
    """Full-time education starts by the sixth school day of an exclusion.

    The school arranges it for a suspension of six school days or more, and suspensions that follow
    on each other count as one. The council arranges it after a permanent exclusion, and for a pupil
    referral unit. It is not owed to a pupil outside compulsory school age, to one in year 11 with
    all examinations taken, or if an EHC plan sets fewer hours and the pupil has them. A late start
    stays on view for one more half term.
    """

    id, severity, sources = "AP108", MUST, ("EIA 2006 s.100", "EA 1996 s.19", "SI 2007/1870")
    task, key, label = "Arrange full-time education", "sixth-day", "No education by day six"
    stage = BEFORE
    since = IN_FORCE
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
        return f"the pupil has {describe_education(case, day)}; {sixth} {which}"

    def warning(self, case: PupilCase) -> str:
        days = (sixth_day(case, run) for run in list_runs(case))
        recent = [day for day in days if day and not is_history(case, day)]
        if all(is_full_time_as_recorded(case, day) for day in recent):
            return ""
        line = hours(case.figures["full_time.line"])
        return (
            f"you have only the hours, more than {line} a week:"
            " ask whether that is full time for this pupil"
        )

    def remedy(self, case: PupilCase) -> Remedy:
        return Write(about(case.pupil), "placement")


def describe_education(case: PupilCase, day: date) -> str:
    """Say what education a pupil has who has none that is full time on a day."""
    start = educated_since(case, day)
    if start:
        return f"full-time education only from {words(start, weekday=True)}"
    return "only part-time education" if is_placed(case, day) else "no full-time education"


def asks_for_education(case: PupilCase) -> bool:
    """Tell whether an exclusion of the pupil asks for education."""
    return any(sixth_day(case, run) for run in list_runs(case))


was_excluded = Condition(asks_for_education, NOTHING_IS_OWED)


class LookedAfterChildIsTaughtFromDayOne(PupilRule):
    """A looked-after child is educated from the first day of an exclusion.

    The law allows five school days. For a looked-after child good practice is education from the
    first. Day one of a suspension is its first school day; after a permanent exclusion it is the
    next school day.
    """

    id, severity, sources = "AP109", ADVISE, ("ap",)
    task, key, label = (
        "Arrange full-time education",
        "first-day",
        "Looked-after children without education on day one",
    )
    stage = BEFORE
    applies = was_excluded
    silent = "the pupil was not looked after during an exclusion that is recent"

    def due(self, case: PupilCase) -> date | None:
        late = self.late(case)
        return late[0][1] if late else None

    def holds(self, case: PupilCase) -> Says:
        if self.late(case):
            return False
        in_care = self.in_care(case)
        if not all(is_known_to_be_recent(case, run, day) for run, day in in_care):
            return TERMS_UNKNOWN
        return True if in_care else None

    @once_a_case
    def in_care(self, case: PupilCase) -> list[RunDay]:
        """List the recent exclusions in care that ask for education, each with its first day."""
        days = ((run, due_day(case, run, "excluded.looked_after")) for run in list_runs(case))
        return [(run, day) for run, day in days if day and counts_in_care(case, run, day)]

    @once_a_case
    def late(self, case: PupilCase) -> list[RunDay]:
        """List those of them without education on the first day."""
        return [(run, day) for run, day in self.in_care(case) if not is_placed(case, day)]

    def problem(self, case: PupilCase) -> str:
        run, day = self.late(case)[0]
        first = "the school day after" if run.last.permanent else "the first school day of"
        return (
            f"the pupil is looked after and has no education on {words(day, weekday=True)},"
            f" {first} {run.name} of {words(run.first)}"
        )

    def remedy(self, case: PupilCase) -> Remedy:
        return Write(about(case.pupil), "placement")


def counts_in_care(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether an exclusion asks for education, is recent, and began in care."""
    if not sixth_day(case, run) or is_history(case, day):
        return False
    return bool(case.pupil.looked_after.on(run.first))


def is_known_to_be_recent(case: PupilCase, run: Run, day: date) -> bool:
    """Tell whether term dates say which day it is, and how far back it lies."""
    return is_certain(case, run, day) and recorded(lies_further_back(case, day))
