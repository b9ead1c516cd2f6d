"""What is counted of one placement in a term for governors: why, how long, at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..domain.attendance import Mark
from ..forms.facts import recorded
from ..rules.cases.placement import PlacementCase

WEEK = timedelta(days=7)
NOT_RECORDED = "not recorded"
LENGTHS = ((6, "up to 6 weeks"), (13, "7 to 13 weeks"), (26, "14 to 26 weeks"))
LONGER = "over 26 weeks"
"""How long placements have run, in weeks: about half a term, a term, two terms, and longer."""

LENGTH_NAMES = (*(name for _, name in LENGTHS), LONGER)
"""The names of these lengths, the shortest first."""

IN_TIME = "in time"
LATE = "late"
NOT_HELD = "not held"


def reasons_of(case: PlacementCase) -> tuple[str, ...]:
    """Return why a child is placed; several reasons count each."""
    reasons = case.placement.reasons
    return tuple(reasons) if recorded(reasons) and reasons else (NOT_RECORDED,)


def destination_of(case: PlacementCase) -> tuple[str, ...]:
    """Return where a child went after a placement."""
    return (case.placement.destination or NOT_RECORDED,)


def weeks_run(case: PlacementCase, until: date) -> int:
    """Return how many weeks a placement has run, the one that is running counted."""
    return (until - case.placement.starts) // WEEK + 1


def name_length(weeks: int) -> str:
    """Name a length of so many weeks."""
    return next((name for most, name in LENGTHS if weeks <= most), LONGER)


def marks_of(case: PlacementCase, first: date, until: date) -> Iterator[Mark]:
    """List the marks of a placement in a time."""
    return (mark for mark in case.register.marks if first <= mark.day <= until)


def list_due_reviews(case: PlacementCase, first: date, until: date, on: date) -> Iterator[str]:
    """List, for each half term of a term that asked for a review, whether it was held in time.

    One that has not gone by on the day asked is listed once its review is held. One that was held
    later, up to the end of the term, is late.
    """
    last = case.placement.ended or until
    begun = max(first, case.placement.starts)
    for block in case.calendar.known_half_terms(begun, min(last, until)):
        since = max(block.first, begun)
        by = min(block.last, last)
        if any(since <= day <= by for day in case.held_reviews):
            yield IN_TIME
        elif by < on:
            yield LATE if any(day > by for day in case.held_reviews) else NOT_HELD


def pence_of(case: PlacementCase) -> int | None:
    """Return what a placement costs a week, in pence; None if nobody recorded it."""
    pence = case.placement.weekly_pence
    return int(pence) if recorded(pence) else None


def school_weeks(case: PlacementCase, first: date, until: date) -> int:
    """Return in how many weeks of a term a placement had a school day."""
    begins = max(first, case.placement.starts)
    ends = min(until, case.placement.ended or until)
    days = [begins + timedelta(days=ahead) for ahead in range((ends - begins).days + 1)]
    open_days = filter(case.calendar.is_presumed_school_day, days)
    return len({day.isocalendar()[:2] for day in open_days})
