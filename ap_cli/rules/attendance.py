"""AP6: the attendance marks that have come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ..domain.attendance import UNEXPLAINED, Mark, count_sessions, missed_running
from ..domain.days import count, words
from ..domain.entries.during import Contact, Review
from ..domain.options import PlannedCode
from ..domain.sessions import HALVES
from ..forms.facts import Fact, any_of, is_yes, need, recorded
from ..forms.text import first_of
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import has_started_outside
from .roll import REGISTRATION_2024
from .rule import ADVISE, MUST, SAFETY, SHOULD, PlacementRule, Says, condition
from .task import Choice, Remedy, Weight, Who, Write, about

WITHOUT_REASON = f"{UNEXPLAINED} O"
"""The codes of an absence of which no reason is known, or none that counts."""

MARK, AMENDED_MARK = "mark", "amended-mark"


@condition("no session has a mark yet", within=has_started_outside)
def has_marks(case: PlacementCase) -> bool:
    """Whether any session has a mark."""
    return case.register.has_any("any")


def is_marked_elsewhere(case: PlacementCase) -> bool:
    """Tell whether another school's register has the pupil's attendance."""
    code = case.placement.code
    return recorded(code) and code == PlannedCode.D


def why_no_marks_come(case: PlacementCase) -> str:
    """Say why attendance is not expected here."""
    if is_marked_elsewhere(case):
        return "the other school keeps this pupil's attendance"
    return "attendance is not sent to you for this placement"


@condition(why_no_marks_come, within=has_started_outside)
def marks_come_here(case: PlacementCase) -> bool:
    """Whether attendance is expected here: there is a mark, or it was agreed."""
    agreed = case.said("reporting.marks_here")
    if is_marked_elsewhere(case):
        return False
    return case.register.has_any("any") or (recorded(agreed) and bool(agreed))


@once
def list_planned_sessions(case: PlacementCase) -> list[tuple[date, int]]:
    """List the sessions planned at the provider on the school days just gone: day and half."""
    since = need(case.calendar.school_day(case.on, -case.figures["marks.school_days"]))
    first = max(since, case.placement.starts)
    days = need(case.calendar.school_days(first, case.on - timedelta(days=1)))
    return [
        (day, half)
        for day in days
        for half in (0, 1)
        if 2 * day.weekday() + half in case.sessions_on("at_provider", day).slots
    ]


@once
def list_unmarked(case: PlacementCase) -> list[str]:
    """List the sessions planned at the provider on the school days just gone without a mark."""
    planned = list_planned_sessions(case)
    marked = {day: {mark.half for mark in case.register.on(day)} for day, _ in planned}
    return [f"{words(day)} {HALVES[half]}" for day, half in planned if half not in marked[day]]


class EverySessionIsMarked(PlacementRule):
    """Attendance has come for each of the last five school days.

    If you do not hear of an absence, you cannot look for the pupil. Every session has a mark soon
    after it.
    """

    id, severity, sources = "AP603", SHOULD, ("WTISA", "HB 2.5")
    done_by = (Who.PROVIDER,)
    task, key, label = "Get the missing attendance marks", "marks", "Attendance marks missing"
    applies = marks_come_here

    def holds(self, case: PlacementCase) -> Says:
        return not list_unmarked(case)

    def problem(self, case: PlacementCase) -> str:
        sessions = list_unmarked(case)
        number = count(len(sessions), "session")
        return f"you have no mark for {number} of the pupil: {first_of(sessions)}"

    def remedy(self, case: PlacementCase) -> Remedy:
        return Write(about(case.placement), MARK)


@once
def list_unresolved(case: PlacementCase) -> tuple[Mark, ...]:
    """List the absences whose reason is certainly not known five school days later."""
    marks = case.register.coded(UNEXPLAINED)
    late = [(mark, is_overdue(case, mark)) for mark in marks]
    return tuple(mark for mark, fact in late if is_yes(fact))


def is_unresolved(case: PlacementCase) -> Fact[bool]:
    """Tell whether the reason for an absence is not known five school days later."""
    return any_of(*[is_overdue(case, mark) for mark in case.register.coded(UNEXPLAINED)])


def is_overdue(case: PlacementCase, mark: Mark) -> Fact[bool]:
    """Tell whether five school days have gone by since an absence."""
    days = case.figures["unexplained.school_days"]
    return case.calendar.has_gone_by(mark.day, days, case.now)


A_YEAR = timedelta(days=365)
"""How long after the end of a placement an absence that is still open is followed up: our own."""


def codes_without_reason(case: PlacementCase) -> str:
    """Return the codes of absences to follow up; after the end of a placement, of open ones."""
    return UNEXPLAINED if case.over else WITHOUT_REASON


def is_history(case: PlacementCase) -> bool:
    """Tell whether the placement ended so long ago that what is missing of it is history."""
    ended = case.placement.ended
    return ended is not None and case.now - ended > A_YEAR


@once
def list_not_followed_up(case: PlacementCase) -> tuple[Mark, ...]:
    """List the absences without a reason after which nobody asked on the same day.

    Code O was code N before anybody asked: it counts as well while the placement runs. A contact
    that says nothing is none.
    """
    contacts = case.entries.all(Contact)
    days = {contact.day for contact in contacts if contact.says_something}
    return tuple(
        mark
        for mark in case.register.coded(codes_without_reason(case))
        if mark.day not in days and mark.day < case.now
    )


class AbsenceIsExplained(PlacementRule):
    """An unexplained absence is followed up the same day.

    Ask after the pupil on the day of the absence. Code N is a question: within five school days it
    has an answer, or it becomes O. That does not mend it if nobody asked. After the end of a
    placement only a code N that is still open counts, for a year.
    """

    id, severity, sources = "AP604", MUST, ("SI 2024/208 reg 10", "WTISA", "HB App 3")
    done_by = (Who.SCHOOL,)
    task, key, label = "Find out why the pupil was absent", "absence", "Absences not explained"
    weight = Weight.CHILD
    urgency = SAFETY
    applies = has_marks
    afterwards = True
    silent = "the placement ended long ago"
    since = REGISTRATION_2024
    lighter = SHOULD

    def binds_less(self, case: PlacementCase) -> bool:
        return not list_unresolved(case)

    def holds(self, case: PlacementCase) -> Says:
        if is_history(case):
            return None
        if not case.register.has_any(codes_without_reason(case)):
            return True
        if list_not_followed_up(case):
            return False
        return not is_unresolved(case)

    def problem(self, case: PlacementCase) -> str:
        unresolved = list_unresolved(case)
        if not unresolved:
            days = list_days(list_not_followed_up(case))
            return f"nobody asked after the pupil on the day of the absence: {first_of(days)}"
        sessions = first_of([mark.session for mark in unresolved])
        late = "you do not know after five school days why the pupil was absent"
        return f"{late}, so code N becomes O: {sessions}"

    def remedy(self, case: PlacementCase) -> Remedy:
        unresolved, record = list_unresolved(case), about(case.placement)
        if not unresolved:
            day = list_not_followed_up(case)[0].day
            return Write(record, Contact.KIND, ("whom", "said"), known=(("day", str(day)),))
        first = unresolved[0]
        known = (("day", str(first.day)), ("session", HALVES[first.half]), ("code", "O"))
        return Write(record, AMENDED_MARK, known=known)


def list_days(marks: Sequence[Mark]) -> list[str]:
    """List the days of marks in words, each once."""
    return list(dict.fromkeys(words(mark.day) for mark in marks))


BEFORE_IT = "induction.prior_attendance"
"""The question how much the pupil attended before the placement."""


@once
def describe_fall(case: PlacementCase) -> str:
    """Say how attendance is falling; empty where it is not."""
    running = missed_running(case.register.marks)
    if running < case.figures["falling.sessions"]:
        return describe_drop(case)
    day = words(case.register.marks[-1].day)
    return f"the pupil missed the last {running} sessions, up to {day}"


def has_dropped(case: PlacementCase) -> Fact[bool]:
    """Tell whether attendance is far below what it was before; the gap if nobody recorded that.

    It is not if it would hold even against a pupil who never missed a session before.
    """
    sessions, before = count_sessions(case.register.marks), case.said(BEFORE_IT)
    if sessions.possible < case.figures["falling.least"]:
        return False
    highest = before if recorded(before) else 100
    lowest = highest - case.figures["falling.points"]
    if sessions.present * 100 > lowest * sessions.possible:
        return False
    return True if recorded(before) else before


def describe_drop(case: PlacementCase) -> str:
    """Say how far attendance is below what it was before; empty where it is not for certain."""
    dropped = has_dropped(case)
    if not is_yes(dropped):
        return ""
    percent, before = count_sessions(case.register.marks).percent, case.said(BEFORE_IT)
    return f"the pupil attends {percent:g} % of sessions, down from {before} % before"


class AttendanceHolds(PlacementRule):
    """Attendance is not falling.

    A pupil who stays away is telling you something. Look into three sessions missed in a row, or
    attendance ten points lower than before the placement.
    """

    id, severity, sources = "AP605", ADVISE, ("AP guide", "WTISA", "HB 2.6")
    task, key, label = (
        "Find out why attendance is falling",
        "attendance",
        "Pupils with falling attendance",
    )
    applies = has_marks

    def holds(self, case: PlacementCase) -> Says:
        if describe_fall(case):
            return False
        dropped = has_dropped(case)
        return True if recorded(dropped) else dropped

    def problem(self, case: PlacementCase) -> str:
        return describe_fall(case)

    def remedy(self, case: PlacementCase) -> Remedy:
        record = about(case.placement)
        ask_why = Write(record, Contact.KIND, ("whom", "said"))
        return Choice(record, (ask_why, Write(record, Review.KIND)))
