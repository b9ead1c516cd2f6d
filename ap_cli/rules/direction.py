"""AP4: the notice before an off-site direction, and for how long it is agreed at most."""

from __future__ import annotations

from datetime import date

from ..domain.ages import GROWN_UP, attains
from ..domain.days import words
from ..domain.entries.before import Notice
from ..domain.entries.entry import Party
from ..forms.facts import recorded
from .bound import LawForSome
from .cases.placement import PlacementCase
from .conditions import is_directed_off_site, is_directed_with_a_plan
from .on_record import OnRecord
from .rule import BEFORE, MUST, SHOULD, Says
from .task import Choice, Outside, Remedy, Write, about

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
    """Return the last day on which notice counts; an estimate if term dates are unknown."""
    days = case.figures["notice.school_days"]
    return case.calendar.estimated_school_day(case.placement.starts, -days)


def notices(case: PlacementCase) -> tuple[Notice, ...]:
    """List the notices given in time."""
    last = case.calendar.school_day(case.placement.starts, -case.figures["notice.school_days"])
    return tuple(notice for notice in case.entries.all(Notice) if notice.day <= last)


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

    def due(self, case: PlacementCase) -> date | None:
        return notice_by(case)

    def remedy(self, case: PlacementCase) -> Remedy:
        known = (("given_to", str(self.party(case))),)
        record, contents = about(case.placement), self.contents
        if case.on <= notice_by(case):
            return Write(record, "notice", contents, yes=contents, known=known)
        given = Write(
            record, "notice", ("day", *contents), contents, known, "if you gave one in time"
        )
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


class ParentHasWrittenNotice(NoticeIsGiven):
    """The parent has written notice two school days before the first day.

    Tell the parent in writing where the pupil goes, whom to report to, for how many days, why, and
    at what times. From 18 on, tell the pupil instead. Weekends, holidays and INSET days are not
    school days.

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
        by = notice_by(case)
        late = next((notice.day for notice in case.entries.all(Notice) if notice.day > by), None)
        too_late = f"; the one of {words(late, weekday=True)} is too late" if late else ""
        return f"{whom} has no written notice, due by {words(by, weekday=True)}{too_late}"

    def warning(self, case: PlacementCase) -> str:
        days = sorted(notice.day for notice in given_to(case, self.party(case)))
        given = next(day for day in days if not left_out(case, day))
        short = -case.figures["notice.school_days"] - 1
        clear = case.calendar.school_day(case.placement.starts, short)
        is_short = recorded(clear) and given > clear
        return "one day short, if two clear days are meant" if is_short else ""


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
        return f"the council has no written notice, due by {words(notice_by(case), weekday=True)}"


class MaximumPeriodIsAgreed(OnRecord):
    """A maximum period is agreed.

    An off-site direction is for a limited time. Agree when you plan it how long it lasts at most.
    """

    id, severity, sources = "AP423", SHOULD, ("HB 2.5",)
    task = "Agree how long the direction lasts at most"
    key, label = "maximum", "Maximum periods not agreed"
    applies = is_directed_off_site
    answers = ("notice.at_most_until",)
    nothing = "you have not agreed how long the direction lasts at most"
    lead = "the notice does not answer"
