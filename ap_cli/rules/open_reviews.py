"""AP5: reviews of an off-site direction: who is invited, who is told the outcome, who asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..domain.concerns import excused, may_ask
from ..domain.days import words
from ..domain.entries.during import Invitation, Outcome, Review, ReviewRequest
from ..domain.entries.entry import Party
from ..domain.half_terms import DAY
from ..forms.facts import Fact, Unknown, is_yes, need, recorded
from ..forms.form import Record
from ..policy.figures import patience
from .bound import LawForSome
from .cases.base import once
from .cases.placement import PlacementCase
from .cases.subjects import AnyCase
from .conditions import is_directed_off_site
from .direction import AUTHORITY, IN_FORCE, whom_to_tell
from .rule import MUST, Says
from .school_days import has_passed, prove_passed
from .task import Choice, Edit, Remedy, Weight, Who, Write, about

PROVIDER = Party.PROVIDER
AMENDED = date(2013, 1, 1)
"""From when a review may be asked for in writing. Source: SI 2012/2532 reg 1."""


def list_to_invite(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """List who has to be invited to a review on a day."""
    always = (whom_to_tell(case, day), PROVIDER, Party.HEAD, Party.GOVERNORS)
    return (*always, *list_council(case, day))


def list_to_tell(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """List who has to be told the outcome of a review on a day."""
    return (whom_to_tell(case, day), PROVIDER, *list_council(case, day))


def list_council(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """List the council, if the pupil has an EHC plan on a day; nobody if that is not recorded."""
    plan = case.pupil.ehcp
    return (AUTHORITY,) if recorded(plan) and plan.on(day) else ()


def list_invitations(case: PlacementCase, day: date) -> list[Invitation]:
    """List the invitations to a review on a day."""
    return [sent for sent in case.entries.all(Invitation) if sent.review_on == day]


def is_urgent(case: PlacementCase, day: date) -> bool:
    """Tell whether a review on a day is held at once because of a concern.

    None was planned for the day before the concern, so nobody could be invited in time.
    """
    serious = (incident for incident in case.incidents if incident.serious)
    raised = [concern.raised for concern in (*case.concerns, *serious)]
    urgent = [concern for concern in raised if is_at_once(case, day, concern)]
    if not urgent or day in case.agreed:
        return False
    return not any(sent.day < min(urgent) for sent in list_invitations(case, day))


def is_at_once(case: PlacementCase, day: date, raised: date) -> bool:
    """Tell whether a review is held on the day of a concern or on the next working day."""
    days = case.figures["concern.working_days"]
    return raised <= day <= case.calendar.working_day(raised, days)


def list_uninvited(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """List who has no invitation in time to a review on a day."""
    last = last_day_to_invite(case, day)
    in_time = [sent for sent in list_invitations(case, day) if sent.day <= last]
    invited = {party for sent in in_time if recorded(sent.invited) for party in sent.invited}
    return tuple(party for party in list_to_invite(case, day) if party not in invited)


def list_lacking_invitation(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """List who lacks an invitation in time; nobody if a concern had the review held at once."""
    return () if is_urgent(case, day) else list_uninvited(case, day)


def last_day_to_invite(case: PlacementCase, day: date) -> date:
    """Return the last day on which invitations to a review on a day go out in time."""
    return day - timedelta(days=case.figures["invitation.days"])


def last_day_to_tell(case: PlacementCase, day: date) -> date:
    """Return the last day on which the outcome of a review on a day is given in time."""
    return day + timedelta(days=case.figures["invitation.days"])


def list_lacking_outcome(case: PlacementCase, day: date) -> tuple[Party, ...]:
    """List who was not told the outcome of a review on a day, with its reasons, in time."""
    outcomes = [outcome for outcome in case.entries.all(Outcome) if is_in_time(case, outcome, day)]
    informed = {party for outcome in outcomes for party in need(outcome.told)}
    return tuple(party for party in list_to_tell(case, day) if party not in informed)


def is_in_time(case: PlacementCase, outcome: Outcome, day: date) -> bool:
    """Tell whether an outcome with its reasons was given in time after a review on a day."""
    if not day <= outcome.day <= last_day_to_tell(case, day):
        return False
    return is_yes(outcome.reasons) and recorded(outcome.told)


@once
def find_coming_review(case: PlacementCase) -> Fact[date | None]:
    """Return the day of the next review that is still to come; None where there is none.

    It is unknown where nobody can tell whether a review has spent the date agreed for it.

    It is the day to which somebody was invited since the last review, also while the record of it
    may be on its way, as its outcome is; or else the one that is agreed, which no later one stands
    for. Of several days it is one to which everybody is invited.
    """
    if not case.runs:
        return None
    days = list_invited_days(case)
    agreed = case.next_agreed
    if isinstance(agreed, Unknown):
        return agreed
    if agreed is not None and agreed >= case.on:
        days = [*(day for day in days if day < agreed), agreed]
    days = [day for day in days if is_before_the_end(case, day)]
    complete = (day for day in days if not list_uninvited(case, day))
    return next(complete, days[0] if days else None)


def is_before_the_end(case: PlacementCase, day: date) -> bool:
    """Tell whether a placement goes on up to a day: after its end no review is held."""
    ended = case.placement.ended
    return ended is None or day <= ended


def list_invited_days(case: PlacementCase) -> list[date]:
    """List the days to which somebody was invited since the last review, the latest sent first."""
    held = max(case.held_reviews, default=date.min)
    days = [
        sent.review_on
        for sent in reversed(case.entries.all(Invitation))
        if sent.day >= held and sent.review_on > held
    ]
    return [day for day in days if last_day_to_tell(case, day) >= case.on]


class Wanting(Record, frozen=True):
    """What a review wants: who is to be invited to it, or to be told its outcome, and by when."""

    review: date
    who: tuple[Party, ...]
    by: date
    outcome: bool
    held: bool

    def describe(self, on: date) -> str:
        """Say what is wanting, and whether it is late on a day."""
        late = self.by < on
        if self.outcome:
            what = (
                "had no outcome with reasons" if late else "must have the outcome and the reasons"
            )
        else:
            what = "had no invitation" if late else "must have an invitation"
        return f"{', '.join(self.who)} {what} by {words(self.by)}"


@once
def list_wanting(case: PlacementCase) -> tuple[Wanting, ...]:
    """List what the last review and the next one want, in order."""
    return tuple(wanting for wanting in list_duties(case) if wanting.who)


def last_review_day(case: PlacementCase) -> date | None:
    """Return the day of the last review that counts; None if there is none."""
    reviews = case.reviews_that_count
    return reviews[-1].day if reviews else None


def is_any_late(case: PlacementCase) -> bool:
    """Tell whether an invitation or an outcome is wanting whose day has gone by."""
    return any(wanting.by < case.now for wanting in list_wanting(case))


def list_duties(case: PlacementCase) -> Iterator[Wanting]:
    """Yield the invitations and the outcome of the last review, and the next one's invitations.

    Those of a next one that nobody can tell are left out.
    """
    held, coming = last_review_day(case), find_coming_review(case)
    if held:
        yield invitations_for(case, held, held=True)
        yield outcome_for(case, held)
    if recorded(coming) and coming:
        yield invitations_for(case, coming, held=False)


def invitations_for(case: PlacementCase, day: date, held: bool) -> Wanting:
    """Return who lacks an invitation to a review on a day."""
    who, by = list_lacking_invitation(case, day), last_day_to_invite(case, day)
    return Wanting(day, who, by, outcome=False, held=held)


def outcome_for(case: PlacementCase, day: date) -> Wanting:
    """Return who lacks the outcome of a review on a day."""
    who, by = list_lacking_outcome(case, day), last_day_to_tell(case, day)
    return Wanting(day, who, by, outcome=True, held=True)


def find_first_wanting(case: PlacementCase) -> Wanting:
    """Return what can still be done in time, the soonest first; else what was due first."""
    on = case.now
    return min(list_wanting(case), key=lambda wanting: (wanting.by < on, wanting.by))


class EveryoneIsInvitedAndTold(LawForSome):
    """Everyone is invited six days before a review and told the outcome within six days.

    Invite the parent (from 18 on, the pupil), the provider, the head teacher, a governor and, if
    there is an EHC plan, the council, in writing and at least six days before. Tell the parent, the
    provider and that council the outcome and the reasons in writing within six days after. A review
    held at once after a concern needs no invitations.
    """

    id, severity, sources = "AP507", MUST, ("SI 2010/1156 regs 5, 6",)
    done_by = (Who.SCHOOL,)
    task, key, label = (
        "Send the review invitations or outcome",
        "invitations",
        "Invitations or outcomes not sent",
    )
    applies = is_directed_off_site
    since = IN_FORCE
    silent = "no review is held or agreed yet"

    def why_not(self, case: AnyCase) -> str:
        why = super().why_not(case)
        is_over = isinstance(case, PlacementCase) and case.over
        return "the placement ended without a review" if is_over and why == self.silent else why

    def task_for(self, case: PlacementCase) -> str:
        if not list_wanting(case):
            return self.task
        is_outcome = find_first_wanting(case).outcome
        return "Send the review outcome" if is_outcome else "Send the review invitations"

    def due(self, case: PlacementCase) -> date | None:
        return min((wanting.by for wanting in list_wanting(case)), default=None)

    def holds(self, case: PlacementCase) -> Says:
        coming = find_coming_review(case)
        if isinstance(coming, Unknown) and not is_any_late(case):
            return coming
        day = last_review_day(case) or need(coming)
        if day is None:
            return None
        if list_wanting(case):
            return False
        case.pupil.ehcp.on(day)  # cannot be told if nobody asked: with a plan, the council counts
        return True

    def problem(self, case: PlacementCase) -> str:
        wanting = list_wanting(case)
        reviews = dict.fromkeys(one.review for one in wanting)
        parts = {
            day: "; ".join(one.describe(case.now) for one in wanting if one.review == day)
            for day in reviews
        }
        return "; ".join(f"for the review on {words(day)}: {part}" for day, part in parts.items())

    def remedy(self, case: PlacementCase) -> Remedy:
        first, record = find_first_wanting(case), about(case.placement)
        late = first.by < case.now
        ask, done = (("day",), "if that was done in time") if late else ((), "")
        if first.outcome:
            known = (("reasons", "yes"), *(("told", str(party)) for party in first.who))
            return Write(record, Outcome.KIND, ask, known=known, first=done)
        invited = (("invited", str(party)) for party in first.who)
        known = (("review_on", str(first.review)), *invited)
        invite = Write(record, Invitation.KIND, ask, known=known, first=done)
        if first.held or not late:
            return invite
        return Choice(record, (invite, Edit(record, ("review_dates",))))


def list_open_requests(case: PlacementCase) -> tuple[ReviewRequest, ...]:
    """List the requests that no review has followed or excuses, those that were refused first."""
    reviews = case.held_reviews
    unexcused = [
        request
        for request in case.entries.all(ReviewRequest)
        if not excused(request, reviews, patience(case.figures))
    ]
    waiting = [one for one in unexcused if not any(day >= one.day for day in reviews)]
    return tuple(sorted(waiting, key=lambda request: not was_refused(request)))


@once
def list_requests_of_right(case: PlacementCase) -> tuple[ReviewRequest, ...]:
    """List the open requests of somebody who may ask, as far as is recorded."""
    return tuple(
        request
        for request in list_open_requests(case)
        if may_ask(request, case.pupil) is True and not was_overtaken(case, request)
    )


def was_overtaken(case: PlacementCase, request: ReviewRequest) -> bool:
    """Tell whether the placement was over before a review that was not refused was due."""
    if not case.over or was_refused(request):
        return False
    due = case.calendar.school_day(request.day, case.figures["request.school_days"])
    return bool(due > case.on)


def was_refused(request: ReviewRequest) -> bool:
    """Tell whether a request was refused."""
    return is_yes(request.refused)


class RequestedReviewIsHeld(LawForSome):
    """A review that someone asked for in writing is held.

    A parent, a pupil from 18 on, or the council that keeps an EHC plan may ask in writing for a
    review. Hold it as soon as you can; 15 school days are our own figure. A review in the ten weeks
    before the request excuses another.
    """

    id, severity, sources = "AP508", MUST, ("SI 2010/1156 reg 4A",)
    done_by = (Who.SCHOOL,)
    task, key, label = "Hold the review", "request", "Requested reviews not held"
    weight = Weight.CHILD
    applies = is_directed_off_site
    since = AMENDED
    silent = "nobody has asked for a review in writing"

    def due(self, case: PlacementCase) -> date | None:
        requests = list_requests_of_right(case)
        if not requests:
            return None
        first = requests[0]
        if was_refused(first):
            return first.day - DAY  # late at once
        days = case.figures["request.school_days"]
        return case.calendar.estimated_school_day(first.day, days)

    def is_late(self, case: PlacementCase, day: date) -> Fact[bool]:
        first = list_requests_of_right(case)[0]
        if was_refused(first):
            return True
        return has_passed(case.calendar, first.day, case.figures["request.school_days"], case.now)

    def proof(self, case: PlacementCase) -> str:
        first = list_requests_of_right(case)[0]
        if was_refused(first):
            return ""
        return prove_passed(case.calendar, first.day, case.figures["request.school_days"])

    def holds(self, case: PlacementCase) -> Says:
        if not case.entries.latest(ReviewRequest):
            return None
        if list_requests_of_right(case):
            return False
        unsure = [one for one in list_open_requests(case) if not was_overtaken(case, one)]
        # cannot be told if nobody recorded whether there is a plan
        return not any(bool(may_ask(request, case.pupil)) for request in unsure)

    def problem(self, case: PlacementCase) -> str:
        first = list_requests_of_right(case)[0]
        who, day = first.asked_by.value.replace("-", " "), words(first.day)
        request = f"the {who} asked for a review in writing on {day} ({first.ref})"
        if was_refused(first):
            return f"{request}; you refused it, and held none in the ten weeks before"
        return f"{request}, and you have not held it"

    def remedy(self, case: PlacementCase) -> Remedy:
        return Write(about(case.placement), Review.KIND)
