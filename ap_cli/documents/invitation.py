"""The invitation to a review of an off-site direction. Source: SI 2010/1156 reg 5."""

from __future__ import annotations

from datetime import date

from ..domain.clock_times import clock_words
from ..domain.days import words
from ..domain.entries.during import Invitation
from ..domain.entries.papers import DocumentName, Meeting
from ..domain.placement import Placement
from ..errors import ApError
from ..forms.facts import CannotTell, Fact, Unknown, recorded
from ..rules.cases.placement import PlacementCase
from ..rules.gaps import remedy_for
from ..rules.open_reviews import find_coming_review, list_to_invite
from ..rules.task import Remedy, Write, about
from ..services.papers import PaperFacts
from .content import Bullets, Content, Field, Fields, Heading, Paragraph
from .document import DocumentKind, Sent
from .letters import address_to, list_contacts, list_who, why_not_directed

LOOKED_AT = (
    "whether the placement meets its objectives",
    "whether the pupil attends, is safe there, and has what they need",
    "what the pupil and the parents think of it",
    "whether it goes on, until when, and what changes",
)
"""What a review looks at. Source: HB App 3."""


def find_meeting(case: PlacementCase) -> Meeting | None:
    """Return the review meeting arranged last, if its day has not gone by."""
    meeting = case.entries.latest(Meeting)
    return meeting if meeting and meeting.review_on >= case.on else None


def find_day(case: PlacementCase) -> Fact[date]:
    """Return the day of the review: of the meeting arranged, or else the one that is agreed."""
    meeting = find_meeting(case)
    if meeting:
        return meeting.review_on
    try:
        coming = find_coming_review(case)
    except CannotTell as problem:
        return problem.unknown
    return Unknown("placement.review_dates") if coming is None else coming


def make_content(facts: PaperFacts) -> Content:
    """Make the invitation: the day, time and place of the review, and what it looks at."""
    case, day = facts.case, find_day(facts.case)
    invited = list_to_invite(case, day if recorded(day) else case.on)
    return Content(
        title="Invitation to a review",
        to=address_to(case, invited),
        blocks=(
            Paragraph(
                "We review the off-site direction of this pupil, and invite you to take part."
            ),
            Fields((*list_who(case), *list_meeting(case, day))),
            Heading("What the review looks at"),
            Bullets(LOOKED_AT),
            Heading("If you cannot come"),
            Paragraph(
                "Tell us in writing what you think before the review, and we take it into account."
                f" Within {case.figures['invitation.days']} days after it we tell the parent (from"
                " 18 on, the pupil), the provider and, with an EHC plan, the local authority in"
                " writing what was decided and why."
            ),
            Fields(list_contacts(case)),
        ),
    )


def list_meeting(case: PlacementCase, day: Fact[date]) -> tuple[Field, ...]:
    """List the fields of the review: its day, its time and its place."""
    meeting = find_meeting(case)
    gap = Unknown("meeting.at")
    at: Fact[str] = clock_words(meeting.at) if meeting and recorded(meeting.at) else gap
    where: Fact[str] = meeting.place if meeting else Unknown("meeting.place")
    value: Fact[str] = day if isinstance(day, Unknown) else words(day, weekday=True)
    return (
        Field("review_day", "Day of the review", value, agree_day(case)),
        Field("review_time", "Time", at, arrange(case, day, "at")),
        Field("review_place", "Place", where, arrange(case, day, "place")),
    )


def agree_day(case: PlacementCase) -> Remedy:
    """Return what records the day of the review."""
    return remedy_for(Unknown("placement.review_dates"), case)


def arrange(case: PlacementCase, day: Fact[date], name: str) -> Remedy:
    """Return what records the time or the place of the review."""
    known = (("review_on", day.isoformat()),) if recorded(day) else ()
    return Write(about(case.placement), Meeting.KIND, (name,), known=known)


def record_sent(case: PlacementCase, content: Content, by: str, day: date) -> tuple[Sent, ...]:
    """Return what sending it fulfils: who is invited; raise ApError if no day is known."""
    review = find_day(case)
    if not recorded(review):
        raise ApError(
            f"Say which day the review is: ap make {KIND.name} {case.ref} --review-on DAY"
        )
    invited = list_to_invite(case, review)
    sent = Invitation(day=day, by=by, review_on=review, invited=invited)
    return (Sent(sent, Placement, case.placement.id),)


KIND = DocumentKind(
    DocumentName.INVITATION,
    "Invitation to a review",
    "parent, provider, head teacher and governors",
    make_content,
    why_not=why_not_directed,
    record_sent=record_sent,
    asks=(Meeting,),
)
