"""AP1: the parents are told in writing of the education during an exclusion."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.entries.excluded import EducationNotice
from ..domain.half_terms import TERMS_UNKNOWN
from ..forms.facts import Fact, Unknown, is_yes, recorded
from ..forms.form import Record
from .cases.base import once
from .cases.pupil import PupilCase
from .exclusion import (
    SIXTH,
    is_bound,
    is_certain,
    is_history,
    is_owed_on,
    latest_day,
    list_runs,
    sixth_day,
)
from .kinds import DAY
from .rule import BEFORE, MUST, PupilRule, Says
from .runs import LAST_DAY, Run, count_from
from .task import Choice, Outside, Remedy, Who, Write, about

IN_FORCE = date(2012, 9, 1)
"""From when the notice is given by the afternoon of the first day. Source: SI 2012/1033."""

CONTENTS = {
    "start_day": "the start day",
    "daily_hours": "the times of each day",
    "address": "the address",
    "report_to": "whom to report to",
}
NOTICE_FOR_DETAILS = timedelta(days=2)
"""How long before the education the details are given: 48 hours, by dates alone.

Source: SI 2007/1870 reg 7, as substituted by SI 2012/1033.
"""


class Owed(Record, frozen=True):
    """The notice owed for an exclusion.

    `told_by` is the day by which the parents are told of the education. `begins` is the day on
    which it begins, or has to; `sixth` the sixth school day, if the exclusion is as long.
    """

    run: Run
    told_by: date
    begins: date
    sixth: date | None
    is_arranged: bool

    @property
    def details_by(self) -> date:
        """The day by which the parents have all details."""
        return max(self.told_by, self.begins - NOTICE_FOR_DETAILS)

    @property
    def may_be_waived(self) -> bool:
        """Whether a parent can agree to have the details later: it begins before day six."""
        return self.sixth is None or self.begins < self.sixth


class Given(Record, frozen=True):
    """What the parents were given for an exclusion.

    `first` is the day of the first notice, `whole` the day on which they had all details.
    """

    first: date | None
    whole: date | None
    missing: tuple[str, ...]
    is_waived: bool


@once
def list_owed(case: PupilCase) -> tuple[Owed, ...]:
    """List the notices owed for the exclusions of a pupil that are no history yet."""
    owed = (find_owed(case, run) for run in list_runs(case))
    return tuple(each for each in owed if each and not is_history(case, each.sixth or each.begins))


def find_owed(case: PupilCase, run: Run) -> Owed | None:
    """Return the notice owed for an exclusion.

    None if it is shorter than six school days and no education is arranged, or none is owed.
    """
    sixth, start = sixth_day(case, run), first_start(case, run)
    begins = start or sixth
    if begins is None or (start and not is_owed_on(case, run, start)):
        return None
    return Owed(run, tell_by(case, run, begins), begins, sixth, start is not None)


def first_start(case: PupilCase, run: Run) -> date | None:
    """Return the first day on which a placement starts during an exclusion."""
    until = run.until or date.max
    starts = (placed.starts for placed in case.placed if run.first <= placed.starts <= until)
    return min(starts, default=None)


def tell_by(case: PupilCase, run: Run, begins: date) -> date:
    """Return the first day of the suspension that lasts until the education begins.

    Of suspensions that follow on each other it is the one that makes them so long.
    """
    if run.last.permanent:
        return run.first
    days = [
        each.day
        for each in case.entries.all(Exclusion)
        if run.first <= each.day <= run.last.day and lasts_until(each, begins)
    ]
    return min(days, default=run.last.day)


def lasts_until(exclusion: Exclusion, day: date) -> bool:
    """Tell whether a suspension lasts until a day."""
    return recorded(exclusion.until) and exclusion.until >= day


def find_given(case: PupilCase, owed: Owed) -> Given:
    """Return what the parents were given for an exclusion, over all notices of it."""
    notices = [each for each in case.entries.all(EducationNotice) if is_of(case, each, owed.run)]
    days = {name: first_that_says(notices, name) for name in CONTENTS}
    known = [day for day in days.values() if day]
    return Given(
        first=min((notice.day for notice in notices), default=None),
        whole=max(known) if len(known) == len(CONTENTS) else None,
        missing=tuple(name for name, day in days.items() if day is None),
        is_waived=first_that_says(notices, "shorter_agreed") is not None,
    )


def is_of(case: PupilCase, notice: EducationNotice, run: Run) -> bool:
    """Tell whether a notice is about an exclusion: it names its day, or is the next after it."""
    runs = list_runs(case)
    if recorded(notice.exclusion_day):
        return run.first <= notice.exclusion_day <= run.last.day
    begun = [each for each in runs if each.first <= notice.day]
    return run == (begun[-1] if begun else runs[0])


def first_that_says(notices: list[EducationNotice], name: str) -> date | None:
    """Return the day of the first notice that answers a question with yes."""
    facts = ((notice.day, getattr(notice, name)) for notice in notices)
    return next((day for day, fact in facts if is_yes(fact)), None)


@once
def list_open(case: PupilCase) -> list[tuple[Owed, Given]]:
    """List the notices that were not given in time, or not yet, each with what was given.

    First those that are owed for certain.
    """

    def is_uncertain(pair: tuple[Owed, Given]) -> bool:
        return not recorded(is_required(case, pair[0]))

    pairs = ((owed, find_given(case, owed)) for owed in list_owed(case))
    still_open = [pair for pair in pairs if not was_told(*pair) or not has_details(*pair)]
    return sorted(still_open, key=is_uncertain)


def was_told(owed: Owed, given: Given) -> bool:
    """Tell whether the parents were told of the education in time."""
    return given.first is not None and given.first <= owed.told_by


def has_details(owed: Owed, given: Given) -> bool:
    """Tell whether the parents had the details in time, or agreed to have them later."""
    if given.whole is None:
        return False
    waived = given.is_waived and owed.may_be_waived
    return given.whole <= (owed.begins if waived else owed.details_by)


def is_required(case: PupilCase, owed: Owed) -> Fact[bool]:
    """Tell whether the notice is owed for certain; a gap if the suspension may be too short."""
    run = owed.run
    if run.last.permanent or owed.is_arranged:
        return True
    if run.until is None:
        return LAST_DAY
    return case.calendar.has_gone_by(count_from(run), case.figures[SIXTH], run.until + DAY)


class ParentsAreToldOfTheEducation(PupilRule):
    """The parents are told in writing of the education during an exclusion.

    The head teacher tells them without delay, by the end of the first day's afternoon session:
    after a permanent exclusion, for a suspension of six school days or more, and for a shorter one
    in which education is arranged. The notice gives the start day, the times of each day, the
    address and whom to report to.

    What is not known by then follows at least 48 hours before the education starts; by dates
    alone, two days before. A parent can agree to less if it starts before the sixth school day.
    This is the head teacher's duty and never the council's, whoever arranges the education. A late
    notice stays on view for one more half term.
    """

    id, severity, sources = "AP115", MUST, ("EIA 2006 s.104", "SI 2007/1870 regs 6, 7")
    done_by = (Who.SCHOOL,)
    task = "Have the head teacher tell the parents of the education"
    key, label = "education-notice", "Parents not told of the education"
    stage, since = BEFORE, IN_FORCE
    applies = is_bound
    silent = "no recent exclusion lasts six school days or has education arranged"

    def due(self, case: PupilCase) -> date | None:
        if not list_open(case):
            return None
        owed, given = list_open(case)[0]
        return owed.details_by if was_told(owed, given) else owed.told_by

    def is_late(self, case: PupilCase, day: date) -> Fact[bool]:
        owed, given = list_open(case)[0]
        when = given.whole or case.on
        if not was_told(owed, given) or owed.is_arranged or when <= day:
            return case.on > day
        if is_certain(case, owed.run, owed.begins):
            return True
        return is_late_on_any_calendar(case, owed, when)

    def holds(self, case: PupilCase) -> Says:
        if not list_owed(case):
            return None
        if not list_open(case):
            return True
        required = is_required(case, list_open(case)[0][0])
        return required if isinstance(required, Unknown) else False

    def problem(self, case: PupilCase) -> str:
        owed, given = list_open(case)[0]
        if was_told(owed, given):
            return describe_details(owed, given)
        return describe_first(case, owed, given)

    def remedy(self, case: PupilCase) -> Remedy:
        owed, given = list_open(case)[0]
        pupil, ask = about(case.pupil), given.missing or tuple(CONTENTS)
        known = (("exclusion_day", owed.run.last.day.isoformat()),)
        if given.first is None or (was_told(owed, given) and given.missing):
            return Write(pupil, EducationNotice.KIND, ask, ask, known)
        earlier = Write(
            pupil, EducationNotice.KIND, ("day", *CONTENTS), (), known, "if one was given in time"
        )
        return Choice(pupil, (earlier, Outside(pupil, "nothing more can be done for it")))


def is_late_on_any_calendar(case: PupilCase, owed: Owed, when: date) -> Fact[bool]:
    """Tell whether details on a day are late whichever day is the sixth; a gap if nobody can."""
    latest = latest_day(case, owed.run, SIXTH)
    return True if latest - NOTICE_FOR_DETAILS < when else TERMS_UNKNOWN


def describe_first(case: PupilCase, owed: Owed, given: Given) -> str:
    """Say that nobody told the parents of the education, or not by the end of the first day."""
    verb = "was" if case.on > owed.told_by else "is"
    due = f"that {verb} due by {words(owed.told_by, weekday=True)}"
    what = f"the parents of the education in {owed.run.name} of {words(owed.run.first)}"
    if given.first is None:
        return f"the head teacher has not told {what}; {due}"
    return f"the head teacher told {what} only on {words(given.first, weekday=True)}; {due}"


def describe_details(owed: Owed, given: Given) -> str:
    """Say which details the parents do not have, or that they had them too late."""
    begins = words(owed.begins, weekday=True)
    if given.whole is None:
        missing = ", ".join(CONTENTS[name] for name in given.missing)
        by = words(owed.details_by, weekday=True)
        return f"the notice does not say {missing}; the education begins on {begins}, so by {by}"
    had = words(given.whole, weekday=True)
    return (
        f"the parents had the details only on {had}, less than 48 hours before {begins},"
        " when the education begins"
    )
