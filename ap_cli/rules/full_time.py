"""AP1: whether the placements of an excluded pupil are full time together."""

from __future__ import annotations

from ..domain.options import Extent
from ..domain.sessions import FULL_WEEK
from ..forms.facts import CannotTell, first_gap, recorded
from .cases.pupil import Placed, PupilCase


def is_full_time(case: PupilCase, there: list[Placed]) -> bool:
    """Tell whether placements together are full time; raise CannotTell if nobody can tell.

    Fewer than 18 hours are not, but for a tutor alone, where hours say too little. Ten sessions
    are, or the hours of the home school's own week; less than both is not, whatever the record
    calls it. Only where the sessions or the school's week are not recorded does the label decide.
    """
    if not there:
        return False
    minutes = sum(each.weekly_minutes for each in there if recorded(each.weekly_minutes))
    gap = first_gap([each.weekly_minutes for each in there])
    is_short = gap is None and minutes < case.figures["full_time.line"]
    if is_short and not any(each.taught_alone for each in there):
        return False
    if not is_short and has_a_full_week(there, minutes):
        return True
    if gap is not None:
        raise CannotTell(gap)
    if not is_short and is_week_known(there):
        return False
    return is_called_full_time(there)


def has_a_full_week(there: list[Placed], minutes: int) -> bool:
    """Tell whether placements have ten sessions together, or the hours of the school's week."""
    sessions = {slot for each in there if recorded(each.sessions) for slot in each.sessions.slots}
    weeks = [each.school_week for each in there if recorded(each.school_week)]
    return len(sessions) >= FULL_WEEK or (bool(weeks) and minutes >= max(weeks))


def is_week_known(there: list[Placed]) -> bool:
    """Tell whether all sessions are recorded, and the hours of the school's own week."""
    return all(recorded(each.sessions) for each in there) and any(
        recorded(each.school_week) for each in there
    )


def is_called_full_time(there: list[Placed]) -> bool:
    """Tell what the record calls placements; raise CannotTell if it says too little.

    Two that are each part time can be full time together.
    """
    if any(recorded(each.extent) and each.extent is Extent.FULL_TIME for each in there):
        return True
    if len(there) == 1 and recorded(there[0].extent):
        return False
    labels = (each.extent for each in there)
    sessions = (each.sessions for each in there)
    school_weeks = (each.school_week for each in there)
    gap = first_gap((*labels, *sessions, *school_weeks))
    if gap is None:
        return False
    raise CannotTell(gap)
