"""AP1: full-time education from the sixth school day of an exclusion."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.ages import begins_on, ends_on
from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.facts import any_of, recorded
from .case import PupilCase
from .engine import BEFORE, MUST, Says, rule

DAY = timedelta(days=1)


def last_exclusion(case: PupilCase) -> tuple[Exclusion, date] | None:
    """The last exclusion and its first day: suspensions that follow on each other are one, from the first of them."""
    found = case.entries.all(Exclusion)
    if not found:
        return None
    last = found[-1]
    first = last.day
    for earlier in reversed(found[:-1]):
        until = earlier.until
        follows = not last.permanent and not earlier.permanent and recorded(until) and case.calendar.school_day(until, 1) >= first
        if not follows:
            break
        first = min(first, earlier.day)
    return last, first


def sixth_day(case: PupilCase) -> date | None:
    """The day from which education is due; None where no exclusion asks for it.

    The first day of a suspension is day 1; of a permanent exclusion it is the next school day.
    """
    found = last_exclusion(case)
    if found is None:
        return None
    last, first = found
    day = case.calendar.school_day(first if last.permanent else first - DAY, case.figures["excluded.school_days"])
    too_short = not last.permanent and recorded(last.until) and last.until < day
    return None if too_short else day


def educated_from(case: PupilCase, since: date) -> date | None:
    """The first day of a placement on or after a day; None where none is recorded."""
    return min((day for day in case.starts if day >= since), default=None)


def came_too_late(case: PupilCase) -> str:
    day, found = sixth_day(case), last_exclusion(case)
    assert day is not None and found is not None
    start = educated_from(case, found[1])
    what = "the permanent exclusion" if found[0].permanent else "the suspension"
    told = f"begins only on {words(start, weekday=True)}" if start else "is not recorded"
    return f"education {told}, where the sixth school day of {what} of {words(found[1])} is {words(day, weekday=True)}"


def is_history(case: PupilCase, day: date) -> bool:
    """Whether what was late on a day lies further back than the half term before this one."""
    now, then = case.calendar.counts_for(case.on), case.calendar.counts_for(day)
    return 0 <= then < now - 1


@rule("AP108", "full-time education is in place from the sixth school day of an exclusion", MUST,
      cites=["EA 1996 s.19", "SI 2007/1870"], about=PupilCase, due=sixth_day, stage=BEFORE, breach=came_too_late,
      remedy=lambda case: f"ap placement new --pupil {case.pupil.ref}")  # fmt: skip
def educated_from_the_sixth_day(case: PupilCase) -> Says:
    """A suspension of six school days or more, those that follow on each other counted as one, and a permanent exclusion.

    The school arranges it for a suspension, the authority for a permanent exclusion and for a pupil referral unit. Not
    for a child who is not of compulsory school age, or who has taken all examinations of year 11, or whose EHC plan fixes
    fewer hours, which are given. What came too late stays visible for one more half term.
    """
    day, found = sixth_day(case), last_exclusion(case)
    if day is None or found is None or not begins_on(case.pupil.born) <= day <= ends_on(case.pupil.born):
        return None
    start = educated_from(case, found[1])
    if start is not None and start <= day:
        return True
    excused = [fact for fact in (found[0].examinations_taken, found[0].fewer_hours) if recorded(fact)]
    if any_of(*excused) or (start is not None and start <= case.on and is_history(case, day)):
        return None
    return False
