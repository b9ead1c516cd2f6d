"""AP4 and AP5: what the regulations ask of an off-site direction: notice, invitations, outcomes, requests."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.ages import attains
from ..domain.concerns import excused
from ..domain.days import words
from ..domain.entries.before import Notice
from ..domain.entries.during import Asker, Invitation, Outcome, Review, ReviewRequest
from ..domain.entries.entry import Party
from ..domain.facts import Fact, recorded
from ..policy.figures import patience
from .case import Case
from .child import GROWN_UP
from .conditions import follows_as_guidance, is_directed_off_site, is_directed_with_a_plan
from .engine import BEFORE, DURING, MUST, SHOULD, Says, rule
from .judged import once
from .on_record import on_record

CHILD, PARENT, PROVIDER, AUTHORITY = Party.CHILD, Party.PARENT, Party.PROVIDER, Party.AUTHORITY
CONTENTS = {
    "address": "the address", "report_to": "whom to report to", "days": "the number of days", "reasons": "reasons and objectives",
    "session_times": "session times",
}  # fmt: skip
EASED = (SHOULD, follows_as_guidance)
IN_FORCE, AMENDED = date(2010, 9, 1), date(2013, 1, 1)
"""From when the regulations on off-site direction are in force, and their reg 4A. Source: SI 2010/1156 reg 1; SI 2012/2532 reg 1."""


def speaks_for_itself(case: Case, day: date) -> bool:
    """Whether the pupil is 18 on a day, and is told instead of a parent."""
    return day >= attains(case.pupil.born, GROWN_UP)


def whom_to_tell(case: Case, day: date) -> Party:
    """The parent, or the pupil from 18 on."""
    return CHILD if speaks_for_itself(case, day) else PARENT


def notice_by(case: Case) -> date:
    """The last day on which notice counts."""
    return case.calendar.school_day(case.placement.starts, -case.figures["notice.school_days"])


def notices(case: Case) -> tuple[Notice, ...]:
    """The notices given in time."""
    last = notice_by(case)
    return tuple(notice for notice in case.entries.all(Notice) if notice.day <= last)


def given_to(case: Case, party: Party) -> tuple[Notice, ...]:
    """The notices in time that were given to somebody."""
    return tuple(notice for notice in notices(case) if recorded(notice.given_to) and party in notice.given_to)


def left_out(case: Case) -> list[str]:
    """What no notice in time says."""
    found = given_to(case, whom_to_tell(case, case.placement.starts))
    return [told for name, told in CONTENTS.items() if not any(recorded(said := getattr(notice, name)) and said for notice in found)]


def notice_is_missing(case: Case) -> str:
    starts = case.placement.starts
    whom = "the pupil" if speaks_for_itself(case, starts) else "the parent"
    late = [notice for notice in case.entries.all(Notice) if notice.day > notice_by(case)]
    if not given_to(case, whom_to_tell(case, starts)):
        told = f"; one of {words(late[0].day, weekday=True)} is too late" if late else ""
        return f"no written notice to {whom} by {words(notice_by(case), weekday=True)} is recorded{told}"
    return f"the notice to {whom} does not name {', '.join(left_out(case))}"


def too_late(case: Case, id: str) -> str:
    """That notice can no longer be given in time, with what is left to do; nothing while it can."""
    if case.on <= notice_by(case):
        return ""
    given = f"record one that was given: ap record notice {case.ref} --day …"
    return f"{given}; else nothing more can be done for it" + (f": ap record waiver {case.ref} --rule {id} --reason …" if EASED[1](case) else "")


def only_just(case: Case) -> str:
    """That clear days would make the notice a day late, where they would."""
    given = min(notice.day for notice in given_to(case, whom_to_tell(case, case.placement.starts)))
    clear = case.calendar.school_day(case.placement.starts, -case.figures["notice.school_days"] - 1)
    return "one day short if clear days are meant" if given > clear else ""


@rule("AP421", "written notice is given at least two school days before the first day, with all that it has to say", MUST,
      cites=["EA 2002 s.29A", "SI 2010/1156 reg 3"], applies=is_directed_off_site, since=IN_FORCE, due=notice_by,
      stage=BEFORE, eases=EASED, warns=only_just,
      breach=notice_is_missing,
      remedy=lambda case: too_late(case, "AP421") or f"ap record notice {case.ref} --to {whom_to_tell(case, case.placement.starts)} --address"
                          " --report-to --days --reasons --session-times")  # fmt: skip
def notice_was_given(case: Case) -> Says:
    """The parent, or the pupil from 18 on, has it in writing: where, whom to report to, how many days, why, and at what times.

    Weekends, holidays and training days are no school days. Law for maintained schools and authorities, guidance for
    academies.
    """
    return bool(given_to(case, whom_to_tell(case, case.placement.starts))) and not left_out(case)


@rule("AP422", "the local authority has the notice too, where the pupil has an EHC plan", MUST, cites=["EA 2002 s.29A", "SI 2010/1156 reg 3"],
      applies=is_directed_with_a_plan, since=IN_FORCE, due=notice_by, stage=BEFORE, eases=EASED,
      breach=lambda case: f"no written notice to the local authority by {words(notice_by(case), weekday=True)} is recorded",
      remedy=lambda case: too_late(case, "AP422") or f"ap record notice {case.ref} --to {AUTHORITY}")  # fmt: skip
def authority_was_given_notice(case: Case) -> Says:
    """The authority that keeps the plan is told in writing, in the same time."""
    return bool(given_to(case, AUTHORITY))


maximum_was_agreed = on_record(
    "AP423", "a maximum period was agreed", SHOULD, "notice with a maximum period", (f"{Notice.KIND}.at_most_until",),
    "An off-site direction is for a time: how long at most is agreed when it is planned.", cites=["HB 2.5"], applies=is_directed_off_site,
)  # fmt: skip


def invited_parties(case: Case, day: date) -> tuple[Party, ...]:
    """Who has to be invited to a review on a day."""
    return (whom_to_tell(case, day), PROVIDER, Party.HEAD, Party.GOVERNORS, *with_a_plan(case, day))


def told_parties(case: Case, day: date) -> tuple[Party, ...]:
    """Who has to be told the outcome of a review on a day."""
    return (whom_to_tell(case, day), PROVIDER, *with_a_plan(case, day))


def with_a_plan(case: Case, day: date) -> tuple[Party, ...]:
    """The authority, where the child has an EHC plan on a day; nobody where that is not recorded."""
    plan = case.pupil.ehcp
    return (AUTHORITY,) if recorded(plan) and plan.on(day) else ()


def is_urgent(case: Case, review: Review) -> bool:
    """Whether a review was held at once because of a concern, so that nobody could be invited six days before."""
    raised = [thread.raised for thread in (*case.concerns, *(each for each in case.incidents if each.serious))]
    return any(day <= review.day <= case.calendar.school_day(day, 1) for day in raised)


def not_invited(case: Case, review: Review) -> list[str]:
    """Who has no invitation to a review in time; to one that was held at once after a concern nobody is invited."""
    return [] if is_urgent(case, review) else uninvited(case, review.day)


def uninvited(case: Case, day: date) -> list[str]:
    """Who has no invitation in time to a review on a day."""
    sent = [each for each in case.entries.all(Invitation) if each.review_on == day and each.day <= invitations_by(case, day)]
    found = {party for each in sent if recorded(each.invited) for party in each.invited}
    return [party.value for party in invited_parties(case, day) if party not in found]


def invitations_by(case: Case, day: date) -> date:
    """The last day on which invitations to a review on a day go out in time."""
    return day - timedelta(days=case.figures["invitation.days"])


@once
def open_review(case: Case) -> Review | None:
    """The last review, where somebody was not invited to it or not told its outcome; None where there is none such."""
    review = case.entries.latest(Review)
    return review if review and (not_invited(case, review) or not_told(case, review)) else None


@once
def coming_review(case: Case) -> date | None:
    """The day of the next review, to which somebody is invited already, or else which is agreed and still to come; None where there is none."""
    if not case.runs:
        return None
    held = max(case.held_reviews, default=case.placement.starts)
    called = [each.review_on for each in case.entries.all(Invitation) if each.review_on > held]
    following = max(called) if called else case.next_agreed
    return following if following is not None and (called or following >= case.on) else None


def outcome_by(case: Case, review: Review) -> date:
    """The last day on which the outcome of a review is given in time."""
    return review.day + timedelta(days=case.figures["invitation.days"])


def not_told(case: Case, review: Review) -> list[str]:
    """Who was not told the outcome of a review with its reasons in time."""
    told = [
        each for each in case.entries.all(Outcome)
        if review.day <= each.day <= outcome_by(case, review) and recorded(each.reasons) and each.reasons and recorded(each.told)
    ]  # fmt: skip
    found = {party for each in told for party in each.told}
    return [party.value for party in told_parties(case, review.day) if party not in found]


def review_was_not_open(case: Case) -> str:
    review, coming = open_review(case), coming_review(case)
    if review is None:
        assert coming is not None
        return f"review agreed for {words(coming)}: not invited by {words(invitations_by(case, coming))}: {', '.join(uninvited(case, coming))}"
    parts = (
        (f"not invited by {words(invitations_by(case, review.day))}", not_invited(case, review)),
        (f"not told the outcome with its reasons by {words(outcome_by(case, review))}", not_told(case, review)),
    )
    return f"review of {words(review.day)}: " + "; ".join(f"{told}: {', '.join(who)}" for told, who in parts if who)


def open_review_by(case: Case) -> date | None:
    """By when what is missing can still be done: of the last review the outcome, if everybody was invited; else invitations to the next."""
    review, coming = open_review(case), coming_review(case)
    if review is None:
        return invitations_by(case, coming) if coming else None
    return invitations_by(case, review.day) if not_invited(case, review) else outcome_by(case, review)


def complete_the_review(case: Case) -> str:
    review, coming = open_review(case), coming_review(case)
    if review is None:
        assert coming is not None
        invited = " ".join(f"--invited {party}" for party in uninvited(case, coming))
        late = "" if case.on <= invitations_by(case, coming) else f"; where they were not sent, ap placement edit {case.ref} --review-date …"
        return f"ap record invitation {case.ref} --review-on {coming} {invited}{late}"
    if absent := not_invited(case, review):
        invited = " ".join(f"--invited {party}" for party in absent)
        return f"where they were sent, ap record invitation {case.ref} --review-on {review.day} --day … {invited}"
    return f"ap record outcome {case.ref} --reasons " + " ".join(f"--told {party}" for party in not_told(case, review))


@rule("AP507", "invitations to a review go out six days before, and its outcome with reasons within six days after", MUST,
      cites=["SI 2010/1156 regs 5, 6"], applies=is_directed_off_site, since=IN_FORCE, due=open_review_by, stage=DURING, eases=EASED,
      breach=review_was_not_open, remedy=complete_the_review)  # fmt: skip
def last_review_was_open(case: Case) -> Says:
    """Whoever has a say is invited in writing in time, and told in writing what was decided and why.

    Asked of the last review, and then of the invitations to the next one that is agreed.

    Invited are the parent (the pupil from 18 on), the provider, the head teacher, somebody for the governors, and the
    authority where there is an EHC plan; told are the first two and that authority. A review held at once after a concern
    needs no invitations.
    """
    review, coming = case.entries.latest(Review), coming_review(case)
    if review is None and coming is None:
        return None
    if open_review(case) or (coming and uninvited(case, coming)):
        return False
    day = review.day if review else coming
    assert day is not None, "one of them is there"
    case.pupil.ehcp.on(day)  # cannot be told where nobody asked: with a plan, the authority has a say as well
    return True


def open_requests(case: Case) -> tuple[ReviewRequest, ...]:
    """The requests that no review has followed, and that no earlier review excuses: those that were refused first."""
    asked = [each for each in case.entries.all(ReviewRequest) if may_ask(case, each)]
    found = [each for each in asked if not excused(each, case.held_reviews, patience(case.figures))]
    open_ = [each for each in found if not any(day >= each.day for day in case.held_reviews)]
    return tuple(sorted(open_, key=lambda each: not was_refused(each)))


def was_refused(request: ReviewRequest) -> bool:
    """Whether a request was refused."""
    return recorded(request.refused) and request.refused


def may_ask(case: Case, request: ReviewRequest) -> Fact[bool]:
    """Whether a request is one that the regulations know: a parent's, a pupil's from 18 on, the authority's where there is an EHC plan."""
    if request.asked_by is Asker.PARENT:
        return True
    return speaks_for_itself(case, request.day) if request.asked_by is Asker.PUPIL else case.pupil.ehcp.on(request.day)


def request_by(case: Case) -> date | None:
    """The day by which the first open request is answered; one that was refused is late at once."""
    found = open_requests(case)
    if not found:
        return None
    first = found[0]
    return first.day - timedelta(days=1) if was_refused(first) else case.calendar.school_day(first.day, case.figures["request.school_days"])


def request_is_open(case: Case) -> str:
    first = open_requests(case)[0]
    refused = was_refused(first)
    told = "was refused, though no review in the ten weeks before it excuses that" if refused else "is not held yet"
    return f"the review that the {first.asked_by.value.replace('-', ' ')} asked for in writing on {words(first.day)} ({first.ref}) {told}"


@rule("AP508", "a review that was asked for in writing is held", MUST, cites=["SI 2010/1156 reg 4A"], applies=is_directed_off_site, since=AMENDED,
      due=request_by, stage=DURING, eases=EASED, breach=request_is_open, remedy=lambda case: f"ap record review {case.ref}")  # fmt: skip
def request_was_answered(case: Case) -> Says:
    """A parent, or the authority that keeps an EHC plan, may ask in writing for a review: it is held as soon as it can be.

    The pupil may from 18 on. A review in the ten weeks before the request excuses another. Fifteen school days are our own measure of “soon”.
    """
    if not case.entries.latest(ReviewRequest):
        return None
    return not open_requests(case)
