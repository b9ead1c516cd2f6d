"""AP4: the notice before an off-site direction, and for how long it is agreed at most."""

from __future__ import annotations

from datetime import date
from operator import attrgetter

from ..domain.ages import GROWN_UP, attains
from ..domain.days import words
from ..domain.entries.before import Notice
from ..domain.entries.entry import Party
from ..domain.half_terms import DAY
from ..forms.facts import Fact, Unknown, negate, recorded
from .bound import LawForSome
from .cases.placement import PlacementCase
from .conditions import is_directed_off_site, is_directed_with_a_plan
from .on_record import OnRecord
from .rule import BEFORE, MUST, SHOULD, Says
from .task import Choice, Outside, Remedy, Who, Write, about

CHILD, PARENT, AUTHORITY = Party.CHILD, Party.PARENT, Party.AUTHORITY
CONTENTS = {
    "address": "the address",
    "report_to": "whom to report to",
    "days": "the number of days",
    "reasons": "the reasons and objectives",
    "session_times": "the session times",
}
IN_FORCE = date(2010, 9, 1)
"""From when the regulations on off-site direction are in force. Source: SI 2010/1156 reg 1."""


def speaks_for_itself(case: PlacementCase, day: date) -> bool:
    """Tell whether the pupil is 18 on a day, and is told instead of a parent."""
    return day >= attains(case.pupil.born, GROWN_UP)


def whom_to_tell(case: PlacementCase, day: date) -> Party:
    """Return the parent, or the pupil from 18 on."""
    return CHILD if speaks_for_itself(case, day) else PARENT


def notice_by(case: PlacementCase) -> date:
    """Return the day by which notice is due; an estimate if term dates are unknown.

    The school days of notice then lie clear between that day and the first day.
    """
    days = case.figures["notice.school_days"]
    return case.calendar.estimated_school_day(case.placement.starts, -days - 1)


def last_day_for_notice(case: PlacementCase) -> Fact[date]:
    """Return the last day on which notice counts, one day short of clear days."""
    days = case.figures["notice.school_days"]
    return case.calendar.school_day(case.placement.starts, -days)


def latest_by_estimate(case: PlacementCase) -> date:
    """Return the last day on which notice counts; an estimate if term dates are unknown."""
    return case.calendar.estimated_school_day(
        case.placement.starts, -case.figures["notice.school_days"]
    )


def is_one_day_short(case: PlacementCase, notice: Notice) -> bool:
    """Tell whether fewer clear school days lie between a notice and the first day than wanted."""
    short = -case.figures["notice.school_days"] - 1
    clear = case.calendar.school_day(case.placement.starts, short)
    return recorded(clear) and notice.day > clear


def describe_delay(case: PlacementCase, notice: Notice) -> str:
    """Say that a notice went out late after the decision; empty if it did not, or nobody knows.

    It goes out as soon as practicable. Source: SI 2010/1156 reg 3; how many days that is is ours.
    """
    if not recorded(notice.decided_on):
        return ""
    soon = case.calendar.school_day(notice.decided_on, case.figures["notice.practicable"])
    if not recorded(soon) or notice.day <= soon:
        return ""
    decided = words(notice.decided_on, weekday=True)
    return f"you decided on {decided}, and notice goes out as soon as practicable"


def is_in_time(case: PlacementCase, day: date) -> Fact[bool]:
    """Tell whether a notice given on a day counts.

    Without term dates it does not if weekdays alone are too few, and does if enough school days
    lie before the first day on any usual calendar.
    """
    last = last_day_for_notice(case)
    if not isinstance(last, Unknown):
        return day <= last
    days, before = case.figures["notice.school_days"], day - DAY
    if case.calendar.at_most_school_days(before, case.before_the_start) < days:
        return False
    return True if case.calendar.latest_school_day(before, days) < case.placement.starts else last


def notices(case: PlacementCase) -> tuple[Notice, ...]:
    """List the notices given in time."""
    return tuple(notice for notice in case.entries.all(Notice) if is_in_time(case, notice.day))


def given_to(case: PlacementCase, party: Party) -> tuple[Notice, ...]:
    """List the notices in time that were given to somebody."""
    return tuple(
        notice for notice in notices(case) if recorded(notice.given_to) and party in notice.given_to
    )


def left_out(case: PlacementCase, until: date = date.max) -> list[str]:
    """List what no notice in time says, or none up to a day."""
    given = given_to(case, whom_to_tell(case, case.placement.starts))
    in_time = [notice for notice in given if notice.day <= until]
    return [
        words for name, words in CONTENTS.items() if not any(says(each, name) for each in in_time)
    ]


def says(notice: Notice, name: str) -> bool:
    """Tell whether a notice has one of the things that it has to say."""
    fact = getattr(notice, name)
    return recorded(fact) and bool(fact)


class NoticeIsGiven(LawForSome):
    """A rule about the notice before an off-site direction."""

    severity, sources = MUST, ("EA 2002 s.29A", "SI 2010/1156 reg 3")
    stage, since = BEFORE, IN_FORCE
    done_by = (Who.SCHOOL,)

    def due(self, case: PlacementCase) -> date | None:
        by, last = notice_by(case), latest_by_estimate(case)
        return last if by < case.now <= last else by

    def is_late(self, case: PlacementCase, day: date) -> Fact[bool]:
        if case.now <= latest_by_estimate(case):
            return False
        return negate(is_in_time(case, case.now))

    def remedy(self, case: PlacementCase) -> Remedy:
        known = (("given_to", str(self.party(case))),)
        record, contents = about(case.placement), self.contents
        ask = (*contents, "decided_on")
        if case.on <= latest_by_estimate(case):
            return Write(record, "notice", ask, yes=contents, known=known)
        given = Write(record, "notice", ("day", *ask), contents, known, "if you gave one in time")
        return Choice(record, (given, self.too_late(case)))

    def too_late(self, case: PlacementCase) -> Write | Outside:
        """Return what is left where it is too late to give notice: a waiver, where one can be."""
        record = about(case.placement)
        if self.binds_less(case):
            return Write(record, "waiver", ("reason",), known=(("rule", self.id),))
        return Outside(record, "nothing more can be done for it")

    contents: tuple[str, ...] = ()

    def party(self, case: PlacementCase) -> Party:
        """Return whom the notice is given to."""
        raise NotImplementedError

    def given(self, case: PlacementCase) -> Notice:
        """Return the notice with which the duty was met."""
        return given_to(case, self.party(case))[0]

    def warning(self, case: PlacementCase) -> str:
        notice = self.given(case)
        short = "one day short, if two clear days are meant"
        warnings = (
            short if is_one_day_short(case, notice) else "",
            describe_delay(case, notice),
        )
        return "; ".join(filter(None, warnings))

    def describe_too_late(self, case: PlacementCase) -> str:
        """Say that a notice to the party is too late to count; empty if there is none."""
        last = latest_by_estimate(case)
        for notice in case.entries.all(Notice):
            to_others = recorded(notice.given_to) and self.party(case) not in notice.given_to
            if notice.day > last and not to_others:
                return f"; the one of {words(notice.day, weekday=True)} is too late"
        return ""

    def describe_due(self, case: PlacementCase) -> str:
        """Say by which day notice is due, and once that has gone by the last one that counts."""
        by, last = notice_by(case), latest_by_estimate(case)
        due = f"due by {words(by, weekday=True)}"
        if not by < case.now <= last:
            return due
        day = "today" if case.now == last else words(last, weekday=True)
        return f"{due}; {day} is the last day, and one short of clear days"


class ParentHasWrittenNotice(NoticeIsGiven):
    """The parent has written notice two school days before the first day.

    Tell the parent in writing where the pupil goes, whom to report to, for how many days, why, and
    at what times. From 18 on, tell the pupil instead. Do it as soon as practicable, so that two
    school days lie clear between; one day less is met with a warning. Weekends, holidays and INSET
    days are not school days.

    This is law for maintained schools and councils, and guidance for academies.
    """

    id = "AP421"
    task, key, label = "Send the parent written notice", "notice", "Notices not sent"
    applies = is_directed_off_site
    contents = tuple(CONTENTS)

    def party(self, case: PlacementCase) -> Party:
        return whom_to_tell(case, case.placement.starts)

    def task_for(self, case: PlacementCase) -> str:
        if speaks_for_itself(case, case.placement.starts):
            return "Send the pupil written notice"
        return self.task

    def holds(self, case: PlacementCase) -> Says:
        return bool(given_to(case, self.party(case))) and not left_out(case)

    def problem(self, case: PlacementCase) -> str:
        whom = "the pupil" if self.party(case) is CHILD else "the parent"
        if given_to(case, self.party(case)):
            return f"the notice to {whom} leaves out {', '.join(left_out(case))}"
        too_late = self.describe_too_late(case)
        return f"{whom} has no written notice, {self.describe_due(case)}{too_late}"

    def given(self, case: PlacementCase) -> Notice:
        notices = sorted(given_to(case, self.party(case)), key=attrgetter("day"))
        return next(notice for notice in notices if not left_out(case, notice.day))


class CouncilHasTheNotice(NoticeIsGiven):
    """The council has the notice too if the pupil has an EHC plan.

    Tell the council that keeps the EHC plan in writing, by the same day as the parent.
    """

    id = "AP422"
    task = "Send the council the notice, because of the EHC plan"
    key, label = "council-notice", "Notices to the council not sent"
    applies = is_directed_with_a_plan

    def party(self, case: PlacementCase) -> Party:
        return AUTHORITY

    def holds(self, case: PlacementCase) -> Says:
        return bool(given_to(case, AUTHORITY))

    def problem(self, case: PlacementCase) -> str:
        too_late = self.describe_too_late(case)
        return f"the council has no written notice, {self.describe_due(case)}{too_late}"


class MaximumPeriodIsAgreed(OnRecord):
    """A maximum period is agreed.

    An off-site direction is for a limited time. Agree when you plan it how long it lasts at most.
    """

    id, severity, sources = "AP423", SHOULD, ("AP guide", "HB 2.5")
    done_by = (Who.SCHOOL,)
    task = "Agree how long the direction lasts at most"
    key, label = "maximum", "Maximum periods not agreed"
    applies = is_directed_off_site
    answers = ("notice.at_most_until",)
    nothing = "you have not agreed how long the direction lasts at most"
    lead = "the notice does not answer"
