"""The notice of an off-site direction, to parent and council. Source: SI 2010/1156 reg 3."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from msgspec.structs import replace

from ..domain.days import words
from ..domain.entries.before import Notice
from ..domain.entries.entry import Party
from ..domain.entries.papers import DocumentName, Times
from ..domain.placement import Placement
from ..forms.choice import meaning_of
from ..forms.facts import Fact, Unknown, recorded
from ..forms.text import capital
from ..rules.cases.placement import PlacementCase
from ..rules.direction import AUTHORITY, whom_to_tell
from ..services.papers import PaperFacts
from .content import Content, Field, Fields, Heading, Paragraph
from .document import DocumentKind, Sent
from .doubts import list_doubts
from .facts import COMMISSIONED_BY, make_address_field, make_field, make_points
from .letters import (
    DAYS_IN_A_WEEK,
    TIME_FIELDS,
    TO_OTHERS,
    Wording,
    address_to,
    by_governors,
    day_of_number,
    has,
    list_contacts,
    list_maximum,
    list_times,
    list_who,
    make_last_day,
    make_number_of_days,
    parent_or_pupil,
    why_not_directed,
)


def party_of_parent(case: PlacementCase) -> Party:
    """Return the parent, or from 18 on the pupil."""
    return whom_to_tell(case, case.placement.starts)


def party_of_council(case: PlacementCase) -> Party:
    """Return the council, whoever the pupil is."""
    return AUTHORITY


Addressee = Callable[[PlacementCase], Party]
"""Who a notice goes to, by its case."""


def make_content(whom: Addressee, facts: PaperFacts) -> Content:
    """Make the notice: where, when and why the pupil goes, and the right to a review."""
    case = facts.case
    party = whom(case)
    wording = TO_OTHERS if party is AUTHORITY else parent_or_pupil(case)
    return Content(
        title="Notice of off-site direction",
        to=address_to(case, (party,)),
        blocks=(
            Paragraph(say_direction(facts, wording)),
            Heading("Where and when"),
            Fields(list_where_and_when(case)),
            Heading("Why"),
            Fields(list_why(case)),
            Heading("Reviews"),
            Paragraph(say_reviews(case)),
            Paragraph(say_right(case)),
            Heading("If you have a question"),
            Fields(list_contacts(case)),
        ),
    )


def say_direction(facts: PaperFacts, wording: Wording) -> str:
    """Say who directs the pupil where, and what for."""
    case = facts.case
    place, behaviour = case.provider.name, f"{wording.whose} behaviour"
    return (
        f"{by_governors(facts)} requires {wording.pupil} to attend {place}, for a limited time,"
        f" so that {behaviour} improves. This letter says where, when and why."
    )


def list_where_and_when(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of where the pupil goes, on which days and at what times."""
    return (
        *list_who(case),
        make_address_field(case),
        make_field(case, "placement.starts", "First day"),
        make_last_day(case),
        *list_maximum(case),
        make_number_of_days(case),
        make_field(case, "placement.at_provider", "Days of the week"),
        *list_times(case),
    )


def list_why(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of the reasons, what was tried, and the objectives."""
    return (
        make_reasons(case),
        make_field(case, "placement.tried", "What has been tried"),
        make_points(case, "placement.objectives", "Objectives"),
        make_points(case, "placement.success", "What success looks like"),
    )


def make_reasons(case: PlacementCase) -> Field:
    """Make the field of the reasons, each as it is meant."""
    field, reasons = make_field(case, "placement.reasons", "Reasons"), case.placement.reasons
    if not recorded(reasons):
        return field
    return replace(field, value=capital("; ".join(meaning_of(reason) for reason in reasons)))


def say_reviews(case: PlacementCase) -> str:
    """Say when it is reviewed, and how much warning there is before and after."""
    days, agreed = case.figures["invitation.days"], case.placement.review_dates
    when = "We review this at times that we will tell you."
    if recorded(agreed) and agreed:
        days_agreed = " and ".join(words(day, weekday=True) for day in agreed)
        when = f"We review this on {days_agreed}."
    return (
        f"{when} We invite you in writing at least {days} days before each review. Within {days}"
        " days after it we tell you in writing what was decided, until when, and why."
    )


def say_right(case: PlacementCase) -> str:
    """Say that a review can be asked for, and when one is not held again so soon."""
    weeks = case.figures["request.excused"] // DAYS_IN_A_WEEK
    return (
        "You can ask us in writing for a review at any time. We then hold one as soon as we can,"
        f" unless there was one in the {weeks} weeks before you asked."
    )


def why_no_council(case: PlacementCase) -> str:
    """Say why the council has no notice; empty if it has to have one."""
    why = why_not_directed(case)
    if why:
        return why
    plan = case.pupil.ehcp
    has_plan = recorded(plan) and plan.on(case.placement.starts)
    return "" if has_plan else "no EHC plan of the pupil is on record"


def record_sent(
    whom: Addressee, case: PlacementCase, content: Content, by: str, day: date
) -> tuple[Sent, ...]:
    """Return what sending the notice fulfils: that it was given, and what it says."""
    notice = Notice(
        day=day,
        by=by,
        given_to=(whom(case),),
        address=has(content, "address"),
        report_to=has(content, "times_report_to"),
        days=has(content, "number_of_days"),
        reasons=has(content, "placement_reasons", "placement_objectives"),
        session_times=has(content, *TIME_FIELDS),
        at_most_until=latest_day_said(case, content),
    )
    return (Sent(notice, Placement, case.placement.id),)


def latest_day_said(case: PlacementCase, content: Content) -> Fact[date]:
    """Return the latest day by what the notice says: the maximum that was agreed.

    It is the one on record, else the last day, else that on which the number of days is reached.
    """
    agreed: Fact[date] = case.said("notice.at_most_until")
    ends = case.placement.ends
    if isinstance(has(content, "number_of_days"), Unknown):
        return Unknown("notice.at_most_until")
    if recorded(agreed):
        return agreed
    return ends if recorded(ends) else day_of_number(case)


NEEDED = (
    COMMISSIONED_BY,
    "address",
    "times_report_to",
    "number_of_days",
    "placement_reasons",
    "placement_objectives",
    *TIME_FIELDS,
)
"""What a notice has to say, after who gives it. Source: SI 2010/1156 reg 3(3)."""

KIND = DocumentKind(
    DocumentName.NOTICE,
    "Notice of off-site direction",
    "the parent",
    partial(make_content, party_of_parent),
    why_not=why_not_directed,
    record_sent=partial(record_sent, party_of_parent),
    asks=(Times,),
    needed=NEEDED,
    list_doubts=list_doubts,
)

TO_COUNCIL = DocumentKind(
    DocumentName.COUNCIL_NOTICE,
    "Notice of off-site direction to the council",
    "the council, because of the EHC plan",
    partial(make_content, party_of_council),
    why_not=why_no_council,
    record_sent=partial(record_sent, party_of_council),
    asks=(Times,),
    needed=NEEDED,
    list_doubts=list_doubts,
)
