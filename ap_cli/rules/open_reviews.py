"""AP5: what the regulations ask of the reviews of an off-site direction: who is invited, who is told the outcome, and reviews that are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..domain.calendar import DAY, LONGEST_SUMMER
from ..domain.concerns import excused, may_ask
from ..domain.days import words
from ..domain.entries.during import Invitation, Outcome, Review, ReviewRequest
from ..domain.entries.entry import Party
from ..forms.facts import need, recorded
from ..forms.form import Record
from ..policy.figures import patience
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import is_directed_off_site
from .direction import AUTHORITY, EASED, IN_FORCE, whom_to_tell
from .engine import rule
from .rule import DURING, MUST, Says

PROVIDER = Party.PROVIDER
AMENDED = date(2013, 1, 1)
"""From when a review may be asked for in writing. Source: SI 2012/2532 reg 1."""


def invited_parties(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """Who has to be invited to a review on a day."""
    return (whom_to_tell(case, day), PROVIDER, Party.HEAD, Party.GOVERNORS, *with_a_plan(case, day))


def told_parties(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """Who has to be told the outcome of a review on a day."""
    return (whom_to_tell(case, day), PROVIDER, *with_a_plan(case, day))


def with_a_plan(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """The authority, where the child has an EHC plan on a day; nobody where that is not recorded."""
    plan = case.pupil.ehcp
    return (AUTHORITY,) if recorded(plan) and plan.on(day) else ()


def invitations_to(case: PlacementCase, day: date) -> list[Invitation]:
    """The invitations to a review on a day."""
    return [each for each in case.entries.all(Invitation) if each.review_on == day]


def is_urgent(case: PlacementCase, day: date) -> bool:
    """Whether a review on a day is held at once because of a concern, so that nobody could be invited six days before: none was planned for it."""
    raised = [
        thread.raised
        for thread in (*case.concerns, *(each for each in case.incidents if each.serious))
    ]
    urgent = [each for each in raised if is_at_once(case, day, each)]
    return (
        bool(urgent)
        and day not in case.agreed
        and not any(each.day < min(urgent) for each in invitations_to(case, day))
    )


def is_at_once(case: PlacementCase, day: date, raised: date) -> bool:
    """Whether a review is held on the day of a concern or on the next school day."""
    if not raised <= day <= raised + LONGEST_SUMMER:
        return False
    return day <= raised + DAY or day <= case.calendar.school_day(raised, 1)


def uninvited(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """Who has no invitation in time to a review on a day."""
    sent = [each for each in invitations_to(case, day) if each.day <= invitations_by(case, day)]
    found = {party for each in sent if recorded(each.invited) for party in each.invited}
    return tuple(party for party in invited_parties(case, day) if party not in found)


def absent(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """Who has no invitation in time to a review on a day; to one that is held at once after a concern nobody is invited."""
    return () if is_urgent(case, day) else uninvited(case, day)


def invitations_by(case: PlacementCase, day: date) -> date:
    """The last day on which invitations to a review on a day go out in time."""
    return day - timedelta(days=case.figures["invitation.days"])


def outcome_by(case: PlacementCase, day: date) -> date:
    """The last day on which the outcome of a review on a day is given in time."""
    return day + timedelta(days=case.figures["invitation.days"])


def not_told(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """Who was not told the outcome of a review on a day, with its reasons, in time."""
    told = [
        each
        for each in case.entries.all(Outcome)
        if day <= each.day <= outcome_by(case, day)
        and recorded(each.reasons)
        and each.reasons
        and recorded(each.told)
    ]
    found = {party for each in told for party in each.told}
    return tuple(party for party in told_parties(case, day) if party not in found)


@once
def coming_review(case: PlacementCase) -> date | None:
    """The day of the next review that is still to come; None where there is none.

    It is the day to which somebody was invited since the last review, also while the record of it may be on its way, as its
    outcome is; or else the one that is agreed, which no later one stands for. Of several days it is one to which everybody
    is invited.
    """
    if not case.runs:
        return None
    held = max(case.held_reviews, default=date.min)
    sent = [
        each
        for each in reversed(case.entries.all(Invitation))
        if each.day >= held and each.review_on > held
    ]
    days = [each.review_on for each in sent if outcome_by(case, each.review_on) >= case.on]
    agreed = need(case.next_agreed)
    if agreed is not None and agreed >= case.on:
        days = [*(day for day in days if day < agreed), agreed]
    return next((day for day in days if not uninvited(case, day)), days[0] if days else None)


class Wanting(Record, frozen=True):
    """What a review wants: who is to be invited to it, or to be told its outcome, and by when."""

    review: date
    who: tuple[Party, ...]
    by: date
    outcome: bool
    held: bool

    def told(self, on: date) -> str:
        """What is wanting, in words."""
        if self.outcome:
            what = (
                "not told the outcome with its reasons by"
                if self.by < on
                else "to be told the outcome with its reasons by"
            )
        else:
            what = "not invited by" if self.by < on else "to be invited by"
        return f"{what} {words(self.by)}: {', '.join(self.who)}"


@once
def wanting(case: PlacementCase) -> tuple[Wanting, ...]:
    """What the last review and the next one want, in order."""
    return tuple(each for each in _asked(case) if each.who)


def _asked(case: PlacementCase) -> Iterator[Wanting]:
    review, coming = case.entries.latest(Review), coming_review(case)
    if review:
        yield Wanting(
            review.day,
            absent(case, review.day),
            invitations_by(case, review.day),
            outcome=False,
            held=True,
        )
        yield Wanting(
            review.day,
            not_told(case, review.day),
            outcome_by(case, review.day),
            outcome=True,
            held=True,
        )
    if coming:
        yield Wanting(
            coming, absent(case, coming), invitations_by(case, coming), outcome=False, held=False
        )


def what_is_wanting(case: PlacementCase) -> str:
    found = wanting(case)
    days = dict.fromkeys(each.review for each in found)
    of = {
        day: "; ".join(each.told(case.now) for each in found if each.review == day) for day in days
    }
    return "; ".join(f"review of {words(day)}: {told}" for day, told in of.items())


def wanted_by(case: PlacementCase) -> date | None:
    """The first day by which something of the last review or of the next one is wanting."""
    return min((each.by for each in wanting(case)), default=None)


def complete_the_review(case: PlacementCase) -> str:
    """What can still be done in time, soonest first; else what records that it was."""
    first = min(wanting(case), key=lambda each: (each.by < case.now, each.by))
    late = first.by < case.now
    when, where = (" --day …", "where that was done in time, ") if late else ("", "")
    if first.outcome:
        return f"{where}ap record outcome {case.ref}{when} --reasons " + " ".join(
            f"--told {party}" for party in first.who
        )
    other = (
        f"; else another day for it: ap placement edit {case.ref} --review-date …"
        if late and not first.held
        else ""
    )
    return (
        f"{where}ap record invitation {case.ref} --review-on {first.review}{when} "
        + " ".join(f"--invited {party}" for party in first.who)
        + other
    )


@rule(
    "AP507",
    "invitations to a review go out six days before, and its outcome with reasons within six days after",
    MUST,
    cites=["SI 2010/1156 regs 5, 6"],
    applies=is_directed_off_site,
    since=IN_FORCE,
    due=wanted_by,
    stage=DURING,
    eases=EASED,
    breach=what_is_wanting,
    remedy=complete_the_review,
)
def reviews_are_open(case: PlacementCase) -> Says:
    """Whoever has a say is invited in writing in time, and told in writing what was decided and why.

    Asked of the last review, and of the invitations to the next one that is agreed or called.

    Invited are the parent (the pupil from 18 on), the provider, the head teacher, somebody for the governors, and the
    authority where there is an EHC plan; told are the first two and that authority. A review held at once after a concern,
    on a day for which none was planned, needs no invitations.
    """
    review, coming = case.entries.latest(Review), coming_review(case)
    day = review.day if review else coming
    if day is None:
        return None
    if wanting(case):
        return False
    case.pupil.ehcp.on(
        day
    )  # cannot be told where nobody asked: with a plan, the authority has a say as well
    return True


def open_requests(case: PlacementCase) -> tuple[ReviewRequest, ...]:
    """The requests that no review has followed, and that no earlier review excuses: those that were refused first."""
    found = [
        each
        for each in case.entries.all(ReviewRequest)
        if not excused(each, case.held_reviews, patience(case.figures))
    ]
    open_ = [each for each in found if not any(day >= each.day for day in case.held_reviews)]
    return tuple(sorted(open_, key=lambda each: not was_refused(each)))


@once
def of_right(case: PlacementCase) -> tuple[ReviewRequest, ...]:
    """Those of them that are of somebody who may ask, as far as is recorded."""
    return tuple(
        each
        for each in open_requests(case)
        if may_ask(each, case.pupil) is True and not was_overtaken(case, each)
    )


def was_overtaken(case: PlacementCase, request: ReviewRequest) -> bool:
    """Whether the placement was over before a review that was not refused was due."""
    return (
        case.over
        and not was_refused(request)
        and bool(
            case.calendar.school_day(request.day, case.figures["request.school_days"]) > case.on
        )
    )


def due_for(case: PlacementCase, request: ReviewRequest) -> date:
    """The day by which a review that was asked for is held; an estimate if term dates are unknown."""
    return case.calendar.estimated_school_day(request.day, case.figures["request.school_days"])


def was_refused(request: ReviewRequest) -> bool:
    """Whether a request was refused."""
    return recorded(request.refused) and request.refused


def request_by(case: PlacementCase) -> date | None:
    """The day by which the first open request is answered; one that was refused is late at once."""
    found = of_right(case)
    if not found:
        return None
    first = found[0]
    return first.day - timedelta(days=1) if was_refused(first) else due_for(case, first)


def request_is_open(case: PlacementCase) -> str:
    first = of_right(case)[0]
    refused = was_refused(first)
    told = (
        "was refused, though no review in the ten weeks before it excuses that"
        if refused
        else "is not held yet"
    )
    return f"the review that the {first.asked_by.value.replace('-', ' ')} asked for in writing on {words(first.day)} ({first.ref}) {told}"


@rule(
    "AP508",
    "a review that was asked for in writing is held",
    MUST,
    cites=["SI 2010/1156 reg 4A"],
    applies=is_directed_off_site,
    since=AMENDED,
    due=request_by,
    stage=DURING,
    eases=EASED,
    breach=request_is_open,
    remedy=lambda case: f"ap record review {case.ref}",
)
def request_was_answered(case: PlacementCase) -> Says:
    """A parent, or the authority that keeps an EHC plan, may ask in writing for a review: it is held as soon as it can be.

    The pupil may from 18 on. A review in the ten weeks before the request excuses another. Fifteen school days are our own measure of “soon”.
    """
    if not case.entries.latest(ReviewRequest):
        return None
    if of_right(case):
        return False
    unsure = [each for each in open_requests(case) if not was_overtaken(case, each)]
    return not any(
        bool(may_ask(each, case.pupil)) for each in unsure
    )  # cannot be told where nobody recorded whether there is a plan
