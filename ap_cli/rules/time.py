"""AP5: time and reviews."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.calendar import ENOUGH, TERMS_UNKNOWN, HalfTerm
from ..domain.days import count, from_today, words
from ..domain.entries.during import Decision, Extension, Review
from ..forms.facts import Fact, Unknown, need, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import goes_to_a_non_school, has_started, runs
from .engine import rule
from .fit import is_full_time
from .gaps import TERM_DATES
from .rule import ADVISE, BEFORE, SHOULD, Says, Status


@rule(
    "AP501",
    "a planned end date is set at the outset",
    SHOULD,
    cites=["HB 1.3", "HB 2.5"],
    due=lambda case: case.before_the_start,
    stage=BEFORE,
    breach=lambda case: "no planned end is recorded",
    remedy=lambda case: f"ap placement edit {case.placement.ref} --ends …",
)
def planned_end_is_set(case: PlacementCase) -> Says:
    """A placement without a planned end drifts: the end is set before it starts, and moved only at a review."""
    return recorded(case.placement.ends)


@rule(
    "AP502",
    "a placement past its planned end is extended or ended",
    SHOULD,
    cites=["HB 1.3"],
    breach=lambda case: (
        f"the planned end, {words(case.placement.ends)}, was {from_today((case.placement.ends - case.on).days)}"
    ),
    remedy=lambda case: (
        f"ap record review {case.ref} --decided extend --extend-to …, or ap placement end {case.ref}"
    ),
)
def not_past_its_end(case: PlacementCase) -> Says:
    """On the day after its planned end a placement is either extended, which a review decides, or ended. Without one AP501 asks for it."""
    return case.on <= case.placement.ends if recorded(case.placement.ends) else None


def review_day(case: PlacementCase) -> date | None:
    due = case.next_review
    return due.day if due else None


def review_is_due(case: PlacementCase) -> str:
    due = case.next_review
    assert due is not None
    return f"a review {'was' if due.day < case.on else 'is'} due by {words(due.day)} ({from_today((due.day - case.on).days)}): {due.why}"


@rule(
    "AP503",
    "no review is overdue",
    SHOULD,
    cites=["HB 2.2", "HB App 3"],
    applies=runs,
    due=review_day,
    breach=review_is_due,
    remedy=lambda case: f"ap record review {case.placement.ref}",
)
def no_review_is_overdue(case: PlacementCase) -> Says:
    """Every placement is reviewed at least once each half term, on the dates agreed, and at its end.

    The review is due by the last school day of the first half term in which none was held and in which the placement
    runs for five school days or more, by the date agreed for it, or by the last day of the placement, whichever is
    first. A review in the holiday after a half term still counts for it.
    """
    due = case.next_review
    if due is None:
        return True
    if due.day < case.on < due.sure_from:
        return bool(Unknown(TERM_DATES))
    return False


@once
def no_review_is_overdue_now(case: PlacementCase) -> bool:
    """Whether a next review is still to come: where one is overdue, that is said already."""
    due = case.next_review
    return due is not None and due.day >= case.on


@rule(
    "AP504",
    "a later review date is agreed",
    SHOULD,
    cites=["HB 2.2"],
    applies=no_review_is_overdue_now,
    due=lambda case: case.before_the_start,
    breach=lambda case: "no date for a later review is agreed",
    remedy=lambda case: (
        f"ap placement edit {case.placement.ref} --review-date {review_day(case) or '…'}"
    ),
)
def later_review_is_agreed(case: PlacementCase) -> Says:
    """The date of the next review stands in the plan, so that nobody has to remember it.

    A review spends the dates up to the end of its half term; the last day, with its discussion, is a date.
    """
    following = case.next_agreed
    if not case.ends_next and (following is None or following < case.on):
        return False
    review = case.next_review
    return True if review is None or review.terms_known else TERMS_UNKNOWN


FIVE_DAYS_AND_A_HOLIDAY = timedelta(days=14)
"""From the Monday of five school days to the first day after a holiday of a week."""


@once
def missed(case: PlacementCase) -> list[HalfTerm]:
    """The half term before this one, if it went by without a review."""
    calendar, starts = case.calendar, case.placement.starts
    if case.on - starts < FIVE_DAYS_AND_A_HOLIDAY:
        return []
    now = need(calendar.half_term(case.on))
    if starts >= now.first:
        return []
    before = need(calendar.half_term_before(now))
    if calendar.counts_in(before, starts, now.first) < ENOUGH:
        return []
    reviewed = any(before.first <= day < now.first for day in case.reviewed)
    return [] if reviewed else [before]


@rule(
    "AP511",
    "no half term has gone by without a review",
    ADVISE,
    cites=["HB 2.2", "HB App 3"],
    applies=has_started,
    breach=lambda case: (
        f"{' and '.join(str(block) for block in missed(case))} went by without a review"
    ),
    remedy=lambda case: (
        f"nothing more can be done for it; ap timeline {case.placement.ref} keeps it"
    ),
)
def no_half_term_without_review(case: PlacementCase) -> Says:
    """A half term that went by without a review stays visible for one more, as history: a later review does not undo it."""
    return not missed(case)


def goes_to_a_non_school_now(case: PlacementCase) -> bool:
    """Whether the child goes to a provider that is no school, in a placement that has not ended."""
    return case.runs and goes_to_a_non_school(case)


def beyond_the_proposal(case: PlacementCase) -> str:
    if is_full_time(case):
        until = case.last_known_day or case.on
        weeks, over = divmod((until - case.placement.starts).days + 1, 7)
        ran = count(weeks, "week") + (f" and {count(over, 'day')}" if over else "")
        return f"{ran} full time, where {case.figures['proposed.weeks']} weeks are proposed as the most"
    sessions = case.placement.at_provider
    most = f"{case.figures['proposed.days']} days or {case.figures['proposed.sessions']} sessions"
    return f"{count(len(sessions.slots), 'session')} on {count(sessions.days, 'day')} a week, where {most} are proposed as the most"


@rule(
    "AP510",
    "the placement is within the limits that the government has proposed",
    ADVISE,
    cites=["ap"],
    status=Status.PROPOSED,
    applies=goes_to_a_non_school_now,
    breach=beyond_the_proposal,
    remedy=lambda case: "nothing has to be done: this is not law",
)
def within_the_proposed_limits(case: PlacementCase) -> Says:
    """The government has said that it intends to limit placements with providers that are no schools: twelve weeks full time, else two days.

    Two days or four sessions a week. It is neither law nor part of the voluntary standards of August 2025, and it is shown
    only where it is asked for.
    """
    if is_full_time(case):
        return ((case.last_known_day or case.on) - case.placement.starts).days < 7 * case.figures[
            "proposed.weeks"
        ]
    sessions = case.placement.at_provider
    return bool(
        sessions.days <= case.figures["proposed.days"]
        or len(sessions.slots) <= case.figures["proposed.sessions"]
    )


def decided_at_a_review(case: PlacementCase, extension: Extension) -> Fact[bool]:
    """Whether a review decided an extension: the one it names, or one in the same half term on or before its day.

    One that decided something else did not; of one whose decision nobody recorded it cannot be told.
    """
    reviews = case.entries.all(Review)
    if recorded(extension.review):
        decided = [review.decided for review in reviews if review.id == extension.review]
    else:
        if any(
            review.day == extension.day and review.decided is Decision.EXTEND for review in reviews
        ):
            return True  # the same day is in the same half term, whatever the calendar
        now = need(case.calendar.half_term(extension.day))
        decided = [review.decided for review in reviews if now.first <= review.day <= extension.day]
    if any(fact is Decision.EXTEND for fact in decided):
        return True
    return next((fact for fact in decided if isinstance(fact, Unknown)), False)


@rule(
    "AP505",
    "an extension was decided at a review",
    SHOULD,
    cites=["HB 2.2"],
    breach=lambda case: (
        f"it was extended on {words(case.extension.day)} ({case.extension.ref}), and no review decided that"
    ),
    remedy=lambda case: (
        f"if one was held then: ap record review {case.ref} --day {case.extension.day} --decided extend"
        f" --extend-to {case.extension.last}"
    ),
)
def extension_was_decided(case: PlacementCase) -> Says:
    """More time is a decision: a review in the same half term, on or before that day, has taken it."""
    extension = case.extension
    return None if extension is None else decided_at_a_review(case, extension)
