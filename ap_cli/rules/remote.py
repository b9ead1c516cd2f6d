"""AP4: remote education, which is a last resort with an end and a log."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.during import Remote
from ..domain.options import Place, Reason
from ..forms.facts import Fact, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import has_started, outside_the_school
from .on_record import describe_missing, missing, write_answers
from .rule import BEFORE, SHOULD, Says, condition
from .school_days import DueInSchoolDays, SchoolDay
from .task import Remedy, about

ONLINE_REASON = Reason.ONLINE


@condition("the pupil does not learn remotely", within=outside_the_school)
def is_remote(case: PlacementCase) -> bool:
    """Whether the pupil learns remotely: by the provider, by the reason, or by a log of it."""
    return is_online(case) or case.held(Remote.KIND)


def is_online(case: PlacementCase) -> bool:
    """Tell whether the placement is online by its place or by its reason."""
    reasons = case.placement.reasons
    referred = recorded(reasons) and ONLINE_REASON in reasons
    return case.place is Place.ONLINE or referred


def goes_on(case: PlacementCase) -> bool:
    """Tell whether remote education goes on after the day that limits it."""
    last, until = case.entries.latest(Remote), case.said(UNTIL)
    return is_online(case) or (last is not None and last.day > until)


UNTIL = "remote.until"
LIMITS, LOG = ("remote.last_resort", UNTIL), "remote.engaged"


@once
def remote_gaps(case: PlacementCase) -> tuple[str, ...]:
    """Name what is missing of remote education; a log is expected once it has begun."""
    log = (LOG,) if has_started(case) else ()
    return missing(case, (*LIMITS, *log), ())


class RemoteEducationIsLimited(DueInSchoolDays):
    """Remote education is a last resort with an end and a log.

    Learning at a screen at home is better than nothing, and no more. Say why nothing better is
    possible and until when, and keep a log of how the pupil takes part.
    """

    id, severity, sources = "AP420", SHOULD, ("AP guide", "WTISA", "HB 2.7")
    task = "Limit and log the remote education"
    key, label = "remote", "Remote education without limits or log"
    stage = BEFORE
    applies = is_remote

    def due(self, case: PlacementCase) -> date | None:
        if missing(case, LIMITS, ()):
            return case.before_the_start
        return super().due(case)

    def is_late(self, case: PlacementCase, day: date) -> Fact[bool]:
        if missing(case, LIMITS, ()):
            return case.now > day
        return super().is_late(case, day)

    def proof(self, case: PlacementCase) -> str:
        return "" if missing(case, LIMITS, ()) else super().proof(case)

    def counted_from(self, case: PlacementCase) -> SchoolDay:
        return case.placement.starts, case.figures["remote.school_days"]

    def holds(self, case: PlacementCase) -> Says:
        if remote_gaps(case):
            return False
        return bool(case.on <= case.said(UNTIL)) or not goes_on(case)

    def problem(self, case: PlacementCase) -> str:
        until = case.said(UNTIL)
        if not remote_gaps(case) and recorded(until):
            return f"the pupil was to learn remotely until {words(until)}, and still does"
        nothing = "the pupil learns remotely, and you have not said why, until when or how it goes"
        lead = "the log of remote education does not answer"
        return describe_missing(case, nothing, lead, remote_gaps(case) or LIMITS)

    def remedy(self, case: PlacementCase) -> Remedy:
        return write_answers(about(case.placement), Remote.KIND, remote_gaps(case) or LIMITS)
