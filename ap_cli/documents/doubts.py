"""What a document says that cannot well be meant: told when it is made, which nothing stops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..domain.clock_times import NO_BREAK, clock_words, minutes_of
from ..domain.days import words
from ..domain.sessions import Sessions
from ..forms.facts import recorded
from ..forms.text import hours
from ..rules.cases.placement import PlacementCase
from ..rules.direction import given_to, is_in_time, latest_by_estimate, whom_to_tell
from ..rules.fit import DirectionIsForBehaviour
from ..rules.open_reviews import last_day_to_tell, last_review_day, list_lacking_outcome

SHORTEST_DAY = 60
"""Minutes: a day at a provider that is shorter is likely a slip."""

APART = 30
"""Minutes: by how much the times of its days and the hours of a week may differ."""


def list_doubts(case: PlacementCase, day: date) -> Iterator[str]:
    """List what is doubtful of a notice that is given on a day: its day, reasons and times."""
    yield from doubt_of_day(case, day)
    yield from doubt_of_reasons(case)
    yield from doubt_of_times(case)


def doubt_of_day(case: PlacementCase, day: date) -> Iterator[str]:
    """Say that a notice is too late, unless one was given in time."""
    starts, needed = case.placement.starts, case.figures["notice.school_days"]
    if given_to(case, whom_to_tell(case, starts)):
        return
    if day >= starts:
        when = "after" if day > starts else "on"
        yield (
            f"It is dated {words(day)}, {when} the first day, {words(starts)}: notice is given"
            f" {needed} school days before. Record one that you gave: ap record notice {case.ref}"
        )
    elif is_in_time(case, day) is False:
        last = words(latest_by_estimate(case))
        yield f"It is dated {words(day)}, and {last} was the last day for notice"


def doubt_of_reasons(case: PlacementCase) -> Iterator[str]:
    """Say that the reasons are none for which the law lets a school direct a pupil off its site."""
    rule = DirectionIsForBehaviour()
    if recorded(case.placement.reasons) and not rule.holds(case):
        yield (
            f"It says that behaviour is to improve, and {rule.problem(case)}: a direction is for"
            f" behaviour alone. What to do: ap check {case.ref} --rule {rule.id}"
        )


def doubt_of_times(case: PlacementCase) -> Iterator[str]:
    """Say that a day is very short, or that its times are not those of the week.

    The hours of a week can be meant with the breaks or without.
    """
    start, end = case.said("times.starts_at"), case.said("times.ends_at")
    if not (recorded(start) and recorded(end)):
        return
    minutes = minutes_of(end) - minutes_of(start)
    when = f"from {clock_words(start)} to {clock_words(end)}"
    correct = f"Correct the times with ap record times {case.ref}"
    week, planned = case.placement.at_provider, case.placement.weekly_minutes
    if minutes < SHORTEST_DAY:
        yield f"A day {when} is {minutes} minutes. {correct}"
    elif recorded(week) and is_even(week):
        total, at_work = minutes * week.days, (minutes - break_minutes(case)) * week.days
        if at_work - APART <= planned <= total + APART:
            return
        days = f"{week.days} days" if week.days > 1 else "One day"
        without = f" ({hours(at_work)} without the break)" if at_work < total else ""
        yield (
            f"{days} {when} make {hours(total)} hours a week{without}, and the plan says"
            f" {hours(planned)}. {correct}"
        )


def break_minutes(case: PlacementCase) -> int:
    """Return how long the break of a day is, in minutes; 0 if there is none on record."""
    start, end = case.said("times.break_from"), case.said("times.break_to")
    if not (recorded(start) and recorded(end)) or start == NO_BREAK:
        return 0
    return minutes_of(end) - minutes_of(start)


def list_doubtful_times(case: PlacementCase, day: date) -> Iterator[str]:
    """List what is doubtful of the times in a document that is no notice."""
    yield from doubt_of_times(case)


def doubt_of_outcome(case: PlacementCase, day: date) -> Iterator[str]:
    """Say that the outcome of a review comes too late, unless all were told it in time."""
    held = last_review_day(case)
    if held is None or not list_lacking_outcome(case, held):
        return
    if day < held:
        yield f"It is dated {words(day)}, before the review, {words(held)}"
    elif day > (last := last_day_to_tell(case, held)):
        days = case.figures["invitation.days"]
        yield (
            f"It is dated {words(day)}, and {words(last)} was the last day for it: the outcome is"
            f" told within {days} days after the review. Record one that you gave: ap record"
            f" outcome {case.ref}"
        )


def is_even(week: Sessions) -> bool:
    """Tell whether each day of a week has as many sessions as any other."""
    return len(week.slots) == week.days * week.most_in_a_day
