"""AP7: the record of the placement, and how it ends."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.calendar import GRACE_WITHOUT_CALENDAR
from ..domain.days import words
from ..domain.entries.after import Discussion, FinalReport, FollowUp, Readiness, Support
from ..domain.entries.during import Progress, Review
from ..domain.entries.entry import Party
from ..domain.half_terms import TERMS_UNKNOWN
from ..forms.facts import Fact, need, recorded
from .cases.base import once, once_a_case
from .cases.placement import PlacementCase
from .conditions import (
    has_returned,
    has_started_outside,
    leads_back,
    on_the_last_day,
    outside_the_school,
)
from .on_record import OnRecord, missing
from .rule import (
    ADVISE,
    AFTER,
    LOCAL,
    SHOULD,
    PlacementRule,
    Says,
)
from .school_days import DueInSchoolDays, SchoolDay
from .task import About, Edit, Remedy, Who, Write, about

ENDING, CORRECTED_ENDING = "ending", "corrected-ending"
"""What is recorded by a command of its own."""

AT_THE_END = (Party.SCHOOL, Party.PROVIDER, Party.CHILD, Party.PARENT)
THE_END = "the end of the placement"
CHILD_VIEW = f"{Discussion.KIND}.child_view"
ACHIEVEMENTS = f"{Discussion.KIND}.achievements"
TOOK_PART = f"{Discussion.KIND}.took_part"
SUPPORT = f"{Discussion.KIND}.support"


SIX_WEEKS = timedelta(days=42)
"""How long before it is due something is listed, if term dates are unknown.

A discussion so long before the last day is about the end. Source: our figure.
"""

GRACE = timedelta(days=GRACE_WITHOUT_CALENDAR)
"""How long after six weeks a half term is over for certain, if term dates are unknown."""

LATER = "nothing is due in this half term"


def is_in_sight(case: PlacementCase, due: date | None) -> bool:
    """Tell whether the half term has begun in which something is due, by a day or by the end.

    It has not while a placement runs on without a planned end.
    """
    ends = case.placement.ends
    if due is None and not recorded(ends):
        return False
    day = due or need(ends)
    block = case.calendar.half_term(day)
    return case.now >= (block.first if recorded(block) else day - SIX_WEEKS)


def is_about_the_end(case: PlacementCase, day: date | None) -> bool:
    """Tell whether a day is near the end: in the six weeks before the last day, or later.

    While a placement runs on without a planned end, any day is.
    """
    last = on_the_last_day(case)
    if day is None or last is None:
        return day is not None
    return day >= last - SIX_WEEKS


def said_at_the_end(case: PlacementCase, name: str) -> bool:
    """Tell whether a question is answered near the end of the placement."""
    return is_about_the_end(case, case.said_on(name))


class DoneAtTheEnd(PlacementRule):
    """Something is done by the last day of a placement; it is asked afterwards as well.

    It is asked from the half term on in which it is due.
    """

    stage = AFTER
    applies = outside_the_school
    silent = LATER

    def due(self, case: PlacementCase) -> date | None:
        return on_the_last_day(case)

    def holds(self, case: PlacementCase) -> Says:
        if self.is_done(case):
            return True
        return False if is_in_sight(case, self.due(case)) else None

    def is_done(self, case: PlacementCase) -> bool:
        """Tell whether it is done."""
        raise NotImplementedError


@once
def is_heard_at_a_review(case: PlacementCase) -> bool:
    """Tell whether any review has the pupil's own view, or none that counts was held yet."""
    heard = any(recorded(review.child_view) for review in case.entries.all(Review))
    return heard or not case.reviews_that_count


class PupilIsHeard(DoneAtTheEnd):
    """The pupil says what they think of the placement.

    Ask the pupil what they think of the placement at the first review and at the end.
    """

    id, severity, sources = "AP701", SHOULD, ("AP guide", "HB 2.5")
    task, key, label = "Ask the pupil what they think", "view", "Pupils' views missing"

    def due(self, case: PlacementCase) -> date | None:
        last = on_the_last_day(case)
        if is_heard_at_a_review(case):
            return last
        first = case.reviews_that_count[0].day
        return min(first, last) if last else first

    def is_done(self, case: PlacementCase) -> bool:
        return is_heard_at_a_review(case) and said_at_the_end(case, CHILD_VIEW)

    def problem(self, case: PlacementCase) -> str:
        heard = is_heard_at_a_review(case)
        when = "at the end of the placement" if heard else "at any review"
        return f"you have not asked what the pupil thinks {when}"

    def remedy(self, case: PlacementCase) -> Remedy:
        if is_heard_at_a_review(case):
            return Write(about(case.placement), Discussion.KIND, ("child_view",))
        return Edit(About(Review.KIND, case.reviews_that_count[0].ref), ("child_view",))


@once
def progress_day(case: PlacementCase) -> date | None:
    """Return the last day of the first half term without a report; None where none is due yet."""
    return case.outstanding(list_days_reported(case))


def list_days_reported(case: PlacementCase) -> list[date]:
    """List the days of the provider's reports that say something."""
    return [report.day for report in case.entries.all(Progress) if report.says_something]


class ProviderReportsProgress(PlacementRule):
    """The provider reports on progress each half term.

    The provider tells the school each half term about achievements, progress, attendance and
    behaviour. A report in the holiday counts for the half term before it.
    """

    id, severity, sources = "AP702", LOCAL, ("HB 2.8",)
    done_by = (Who.PROVIDER,)
    task, key, label = (
        "Get the provider's progress report",
        "progress",
        "Provider's progress reports missing",
    )
    applies = has_started_outside
    afterwards = True
    silent = LATER

    def due(self, case: PlacementCase) -> date | None:
        return progress_day(case)

    def is_late(self, case: PlacementCase, day: date) -> Fact[bool]:
        if case.now <= day:
            return False
        starts, last = case.placement.starts, case.last_known_day
        by_terms = case.calendar.each_half_term(starts, last, list_days_reported(case))
        is_certain = recorded(by_terms) or day == last
        return True if is_certain or case.now > day + GRACE else TERMS_UNKNOWN

    def holds(self, case: PlacementCase) -> Says:
        day = progress_day(case)
        if day is None:
            return True
        return False if is_in_sight(case, day) else None

    def problem(self, case: PlacementCase) -> str:
        day = words(progress_day(case) or case.on)
        return f"the provider has not sent its progress report, due by {day}"

    def remedy(self, case: PlacementCase) -> Remedy:
        ask = ("progress", "achievements", "attendance")
        return Write(about(case.placement), Progress.KIND, ask)


class FinalReportComesBeforeTheReturn(DoneAtTheEnd):
    """The final report comes before the return.

    Before the pupil comes back, the school has in writing what the pupil achieved and what helps.
    """

    id, severity, sources = "AP703", SHOULD, ("AP guide", "HB 2.8")
    done_by = (Who.PROVIDER,)
    task, key, label = "Get the provider's final report", "final-report", "Final reports missing"
    applies = leads_back
    group = THE_END

    def is_done(self, case: PlacementCase) -> bool:
        return any(report.says_something for report in case.entries.all(FinalReport))

    def warning(self, case: PlacementCase) -> str:
        reports = [each.day for each in case.entries.all(FinalReport) if each.says_something]
        ended = case.placement.ended
        if ended is None or min(reports) <= ended:
            return ""
        return f"it came on {words(min(reports))}, after the placement ended on {words(ended)}"

    def problem(self, case: PlacementCase) -> str:
        return "the provider has not sent its final report"

    def remedy(self, case: PlacementCase) -> Remedy:
        return Write(about(case.placement), FinalReport.KIND, ("progress", "recommends"))


@once
def list_absent(case: PlacementCase) -> list[str]:
    """List who took no part in the discussion at the end."""
    parties = case.said(TOOK_PART) if said_at_the_end(case, TOOK_PART) else ()
    return [party.value for party in AT_THE_END if not recorded(parties) or party not in parties]


@once
def is_support_known(case: PlacementCase) -> bool:
    """Tell whether it is recorded what support follows, and who gives it."""
    if said_at_the_end(case, SUPPORT):
        return True
    return any(recorded(support.given_by) for support in case.entries.all(Support))


class EndIsDiscussed(DoneAtTheEnd):
    """Everyone discusses the end of the placement.

    The school, the provider, the pupil, the parents and any agencies agree what comes next, what
    support follows and who gives it. A discussion counts from six weeks before
    the last day on (our figure).
    """

    id, severity, sources = "AP704", SHOULD, ("AP guide", "HB 2.8")
    task, key, label = (
        "Hold the end-of-placement discussion",
        "discussion",
        "End discussions not held",
    )
    group = THE_END

    def is_done(self, case: PlacementCase) -> bool:
        return not list_absent(case) and is_support_known(case)

    def problem(self, case: PlacementCase) -> str:
        if not case.held(Discussion.KIND):
            everyone = "the school, the provider, the pupil and the parents"
            return f"you have not discussed the end of the placement with {everyone}"
        day = case.said_on(TOOK_PART)
        if day and not is_about_the_end(case, day):
            return f"the last discussion was on {words(day)}, long before the end of the placement"
        absent = list_absent(case)
        parts = [f"{', '.join(absent)} took no part in the discussion at the end"] if absent else []
        if not is_support_known(case):
            parts.append("nobody has said at the end what support follows and who gives it")
        return "; ".join(parts)

    def remedy(self, case: PlacementCase) -> Remedy:
        known = tuple(("took_part", party.value) for party in AT_THE_END)
        return Write(about(case.placement), Discussion.KIND, ("support",), known=known)


class AchievementsAreKnown(DoneAtTheEnd):
    """You know what the pupil achieved and where they go next.

    At the end, record what the pupil achieved and where they go from here.
    """

    id, severity, sources = "AP705", SHOULD, ("AP guide", "HB 2.5")
    task, key, label = (
        "Record achievements and destination",
        "achievements",
        "Achievements and destinations missing",
    )
    group = THE_END

    def is_done(self, case: PlacementCase) -> bool:
        known = recorded(case.said(ACHIEVEMENTS)) and case.placement.destination is not None
        return case.has_ended and known

    def problem(self, case: PlacementCase) -> str:
        if not case.has_ended:
            what = "what they achieved and where they go next"
            return f"the pupil is still there: say at the end {what}"
        if recorded(case.said(ACHIEVEMENTS)):
            return "you have not said where the pupil goes next"
        if not case.held(Discussion.KIND):
            return "you have not said what the pupil achieved"
        return "the discussion at the end does not say what the pupil achieved"

    def remedy(self, case: PlacementCase) -> Remedy:
        if case.has_ended and recorded(case.said(ACHIEVEMENTS)):
            return Write(about(case.placement), CORRECTED_ENDING, ("destination",))
        if case.has_ended:
            return Write(about(case.placement), Discussion.KIND, ("achievements",))
        return Write(about(case.placement), ENDING)


class ReadinessIsJudged(OnRecord):
    """You have judged whether the pupil is ready to return.

    Ready does not mean finished. The county's “mainstream ready” statements say what to look for,
    and what not to expect.
    """

    id, severity, sources = "AP707", LOCAL, ("HB App 2",)
    task, key, label = (
        "Judge whether the pupil is ready to return",
        "readiness",
        "Readiness not judged",
    )
    nothing = "nobody has judged whether the pupil is ready to return"
    answers = (
        f"{Readiness.KIND}.takes_support",
        f"{Readiness.KIND}.works_steadily",
        f"{Readiness.KIND}.attends",
        f"{Readiness.KIND}.trusts_staff",
    )
    stage = AFTER
    group = THE_END
    applies = leads_back

    silent = LATER

    def due(self, case: PlacementCase) -> date | None:
        return on_the_last_day(case)

    def holds(self, case: PlacementCase) -> Says:
        if not self.gaps(case):
            return True
        return False if is_in_sight(case, self.due(case)) else None


class ReturnIsFollowedUp(DueInSchoolDays, OnRecord):
    """Someone checks how the return is going.

    A return works if it lasts. Some weeks later, check whether the pupil has settled and has the
    support you agreed. Six school weeks are our own figure.
    """

    id, severity, sources = "AP708", ADVISE, ("AP guide", "HB 2.8")
    task, key, label = "Check how the return is going", "follow-up", "Returns not followed up"
    nothing = "nobody has checked how the pupil is since the return"
    answers = (f"{FollowUp.KIND}.settled",)
    yes = (f"{FollowUp.KIND}.support_given",)
    stage = AFTER
    applies = has_returned

    @once_a_case
    def gaps(self, case: PlacementCase) -> tuple[str, ...]:
        early = [name for name in (*self.answers, *self.yes) if was_said_before_the_end(case, name)]
        return tuple(dict.fromkeys([*early, *missing(case, self.answers, self.yes)]))

    def counted_from(self, case: PlacementCase) -> SchoolDay:
        return case.on, case.figures["follow_up.school_days"]


def was_said_before_the_end(case: PlacementCase, name: str) -> bool:
    """Tell whether a question about the return was last answered before the placement ended."""
    day, ended = case.said_on(name), case.placement.ended
    return day is not None and ended is not None and day <= ended
