"""AP5: time and reviews."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.calendar import ENOUGH, Due
from ..domain.days import count, from_today, words
from ..domain.entries.during import Decision, Extension, Review
from ..domain.half_terms import TERMS_UNKNOWN, HalfTerm
from ..forms.facts import Fact, Unknown, any_of, is_yes, need, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import goes_to_a_non_school, has_started, runs
from .fit import is_full_time
from .rule import ADVISE, BEFORE, SHOULD, Condition, PlacementRule, Says, Status, condition
from .task import Choice, Edit, Nothing, Remedy, Weight, Write, about


class EndDateIsSet(PlacementRule):
    """The end date is set at the outset.

    Set the planned end before the start, so that the placement does not just run on. Move it only
    at a review.
    """

    id, severity, sources = "AP501", SHOULD, ("AP guide", "HB 1.3", "HB 2.5")
    task, key, label = "Set the end date", "end-date", "End dates missing"
    stage = BEFORE

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        return recorded(case.placement.ends)

    def problem(self, case: PlacementCase) -> str:
        return "you have not set a planned end"

    def remedy(self, case: PlacementCase) -> Remedy:
        return Edit(about(case.placement), ("ends",))


class NoPlacementRunsPastItsEnd(PlacementRule):
    """A placement past its planned end is extended or ended.

    From the day after the planned end, either extend the placement at a review or end it.
    """

    id, severity, sources = "AP502", SHOULD, ("AP guide", "HB 1.3")
    task, key, label = "Extend or end the placement", "overrun", "Placements past their end"
    weight = Weight.CHILD
    silent = "no planned end is set (AP501)"

    def holds(self, case: PlacementCase) -> Says:
        ends = case.placement.ends
        if not recorded(ends):
            return None
        return case.has_ended or case.on <= ends

    def problem(self, case: PlacementCase) -> str:
        ends = need(case.placement.ends)
        ago = from_today((ends - case.on).days)
        return f"the pupil is still there after the planned end on {words(ends)}, {ago}"

    def remedy(self, case: PlacementCase) -> Remedy:
        record = about(case.placement)
        extend = Write(record, "review", ("extend_to",), known=(("decided", "extend"),))
        return Choice(record, (extend, Write(record, "ending")))


def review_day(case: PlacementCase) -> date | None:
    """Return the day by which the next review is due; None where none is."""
    review = case.next_review
    return review.day if review else None


class NoReviewIsOverdue(PlacementRule):
    """No review is overdue.

    Review every placement at least once each half term, on the dates agreed, and at its end.

    The review is due on the earliest of these: the last school day of the first half term without
    a review in which the placement runs for five school days or more, the agreed date, and the
    last day of the placement. A review in the holiday after a half term counts for that half term.
    """

    id, severity, sources = "AP503", SHOULD, ("AP guide", "KCSIE", "HB 2.2", "HB App 3")
    task, key, label = "Hold the review", "review", "Reviews overdue"
    weight = Weight.CHILD
    applies = runs

    def due(self, case: PlacementCase) -> date | None:
        return review_day(case)

    def holds(self, case: PlacementCase) -> Says:
        review = case.next_review
        if review is None:
            return True
        if review.day < case.on < review.sure_from:
            return TERMS_UNKNOWN
        return False

    def problem(self, case: PlacementCase) -> str:
        review = case.next_review
        assert review is not None, "without one the rule is met"
        return describe_review(review, case.on)

    def remedy(self, case: PlacementCase) -> Remedy:
        return Write(about(case.placement), "review")


def describe_review(review: Due, on: date) -> str:
    """Say when a review is or was due, and why then."""
    is_due = "was" if review.day < on else "is"
    when = from_today((review.day - on).days)
    return f"the pupil's review {is_due} due by {words(review.day)} ({when}): {review.why}"


def why_no_later_review(case: PlacementCase) -> str:
    """Say why the date of a later review is not asked for."""
    overdue = case.next_review is not None
    return "a review is overdue already (AP503)" if overdue else "no further review is due"


def is_to_come(case: PlacementCase) -> bool:
    """Whether a next review is still to come, or may be: where one is overdue, AP503 says so."""
    review = case.next_review
    return review is not None and (case.on <= review.day or case.on < review.sure_from)


no_review_is_overdue_now = Condition(once(is_to_come), why_no_later_review)


class NextReviewIsAgreed(PlacementRule):
    """The next review date is agreed.

    Put the date of the next review in the plan, so that nobody has to remember it. A review uses
    up the agreed dates to the end of its half term. The discussion on the last day counts as a
    date.
    """

    id, severity, sources = "AP504", SHOULD, ("AP guide", "HB 2.2")
    task, key, label = "Agree the next review date", "next-review", "Next review dates missing"
    applies = no_review_is_overdue_now

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        following = case.next_agreed
        review = case.next_review
        if not case.ends_next and (following is None or following < case.on):
            may_be_overdue = review is not None and review.day < case.on
            return TERMS_UNKNOWN if may_be_overdue else False
        return True if review is None or review.terms_known else TERMS_UNKNOWN

    def problem(self, case: PlacementCase) -> str:
        return "you have not agreed a date for the next review"

    def remedy(self, case: PlacementCase) -> Remedy:
        day = review_day(case)
        if day is None:
            return Edit(about(case.placement), ("review_dates",))
        return Edit(about(case.placement), known=(("review_dates", str(day)),))


FIVE_DAYS_AND_A_HOLIDAY = timedelta(days=14)
"""From the Monday of five school days to the first day after a holiday of a week."""


@once
def missed(case: PlacementCase) -> list[HalfTerm]:
    """List the half term before this one, if it went by without a review."""
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


class EachHalfTermHadAReview(PlacementRule):
    """Each half term had a review.

    A half term without a review stays on view for one more, as history. A later review does not
    undo it.
    """

    id, severity, sources = "AP511", ADVISE, ("AP guide", "KCSIE", "HB 2.2", "HB App 3")
    task, key, label = (
        "Note the half term without a review",
        "half-term",
        "Half terms without a review",
    )
    applies = has_started

    def holds(self, case: PlacementCase) -> Says:
        return not missed(case)

    def problem(self, case: PlacementCase) -> str:
        return f"the pupil had no review in {' and '.join(map(str, missed(case)))}"

    def remedy(self, case: PlacementCase) -> Remedy:
        return Nothing("nothing more can be done for it; the timeline keeps it")


@condition("the provider is a school or college", within=runs)
def goes_to_a_non_school_now(case: PlacementCase) -> bool:
    """Whether the child goes to a provider that is not a school, in a placement that runs."""
    return bool(goes_to_a_non_school(case))


class ProposedLimitsAreKept(PlacementRule):
    """The placement is within the limits that the government proposes.

    The government intends to limit placements with providers that are not schools: twelve weeks
    full time, or two days or four sessions a week. This is not law, and it is not in the voluntary
    standards of August 2025. You see it only if you ask.
    """

    id, severity, sources = "AP510", ADVISE, ("ap",)
    status = Status.PROPOSED
    task, key, label = (
        "Compare with the proposed limits",
        "proposed",
        "Placements over the proposed limits",
    )
    applies = goes_to_a_non_school_now

    def holds(self, case: PlacementCase) -> Says:
        figures = case.figures
        if is_full_time(case):
            return days_so_far(case) < 7 * figures["proposed.weeks"]
        there = case.placement.at_provider
        few_days = there.days <= figures["proposed.days"]
        return bool(few_days or len(there.slots) <= figures["proposed.sessions"])

    def problem(self, case: PlacementCase) -> str:
        return full_time_so_far(case) if is_full_time(case) else sessions_there(case)

    def remedy(self, case: PlacementCase) -> Remedy:
        return Nothing("nothing has to be done: this is not law")


def days_so_far(case: PlacementCase) -> int:
    """Return the days from the start to the last day known, or to the day asked."""
    return ((case.last_known_day or case.on) - case.placement.starts).days


def full_time_so_far(case: PlacementCase) -> str:
    """Say for how long the pupil is full time, beside the most that is proposed."""
    weeks, days = divmod(days_so_far(case) + 1, 7)
    ran = count(weeks, "week") + (f" and {count(days, 'day')}" if days else "")
    most = case.figures["proposed.weeks"]
    return f"the pupil is there full time for {ran}; the government proposes at most {most} weeks"


def sessions_there(case: PlacementCase) -> str:
    """Say how many sessions the pupil is there, beside the most that is proposed."""
    there = need(case.placement.at_provider)
    sessions, days = count(len(there.slots), "session"), count(there.days, "day")
    figures = case.figures
    most = f"{figures['proposed.days']} days or {figures['proposed.sessions']} sessions"
    return (
        f"the pupil is there for {sessions} on {days} a week;"
        f" the government proposes at most {most}"
    )


def decided_at_a_review(case: PlacementCase, extension: Extension) -> Fact[bool]:
    """Tell whether a review decided an extension: one that it names, or one of its half term.

    The one that it names decided to extend; without its decision on record it is not known.
    """
    named = extension.review
    reviews = [
        review for review in case.entries.all(Review) if recorded(named) and review.id == named
    ]
    by_name = (decides_to_extend(review) for review in reviews)
    return any_of(*by_name, had_a_review_in_time(case, extension.day))


def decides_to_extend(review: Review) -> Fact[bool]:
    """Tell whether a review decided to extend; the gap if its decision is not on record."""
    decided = review.decided
    return decided if isinstance(decided, Unknown) else decided is Decision.EXTEND


def had_a_review_in_time(case: PlacementCase, day: date) -> Fact[bool]:
    """Tell whether a review was held in the half term of a day, on or before it.

    An incomplete review is none, unless it decided to extend.
    """
    days = [
        review.day
        for review in case.entries.all(Review)
        if review.day <= day and (review.counts or is_yes(decides_to_extend(review)))
    ]
    if not days:
        return False
    if max(days) == day:
        return True  # the same day is in the same half term, whatever the calendar
    block = case.calendar.half_term(day)
    return block if isinstance(block, Unknown) else block.first <= max(days)


class ReviewDecidedTheExtension(PlacementRule):
    """A review decided the extension.

    More time is a decision. The review that the extension names takes it, or one in the same half
    term, on or before the day of the extension.
    """

    id, severity, sources = "AP505", SHOULD, ("AP guide", "HB 2.2")
    task, key, label = (
        "Confirm the extension at a review",
        "extension",
        "Extensions without a review",
    )
    silent = "the placement was not extended"

    def holds(self, case: PlacementCase) -> Says:
        extension = case.extension
        return None if extension is None else decided_at_a_review(case, extension)

    def problem(self, case: PlacementCase) -> str:
        extension = case.extension
        assert extension is not None, "the rule is about those alone"
        day = words(extension.day)
        return f"you extended the placement on {day} ({extension.ref}), and no review decided that"

    def remedy(self, case: PlacementCase) -> Remedy:
        extension = case.extension
        assert extension is not None, "the rule is about those alone"
        known = (
            ("day", str(extension.day)),
            ("decided", "extend"),
            ("extend_to", str(extension.last)),
        )
        return Write(about(case.placement), "review", known=known)
