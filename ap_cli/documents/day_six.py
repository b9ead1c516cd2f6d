"""The notice of the education during an exclusion. Source: SI 2007/1870 regs 6, 7."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.excluded import EducationNotice
from ..domain.entries.papers import DocumentName, Times
from ..domain.pupil import Pupil
from ..forms.facts import Fact, Unknown
from ..rules.cases.placement import PlacementCase
from ..rules.direction import whom_to_tell
from ..rules.excluded import BY_EXCLUSION, exclusion_on
from ..rules.runs import Run
from ..services.papers import PaperFacts
from .content import Content, Field, Fields, Heading, Paragraph
from .document import DocumentKind, Sent
from .doubts import list_doubtful_times
from .facts import make_address_field, make_field
from .letters import (
    TIME_FIELDS,
    Wording,
    address_to,
    has,
    list_contacts,
    list_times,
    list_who,
    parent_or_pupil,
    sender,
)


def find_run(case: PlacementCase) -> Run | None:
    """Return the exclusion that the placement is the education of; None if none is on record."""
    return exclusion_on(case, case.placement.starts)


def why_not_excluded(case: PlacementCase) -> str:
    """Say why the notice does not apply; empty if the placement is for an exclusion on record."""
    if case.placement.route not in BY_EXCLUSION:
        return "the placement is not for an exclusion"
    if find_run(case) is None:
        return "no exclusion of the pupil is on record for its first day"
    return ""


def make_content(facts: PaperFacts) -> Content:
    """Make the notice: when and where the education starts, its times, and whom to report to."""
    case = facts.case
    wording = parent_or_pupil(case)
    return Content(
        title="Notice of education during an exclusion",
        to=address_to(case, (whom_to_tell(case, case.placement.starts),)),
        blocks=(
            Paragraph(say_exclusion(facts, find_run(case), wording)),
            Heading("Where and when"),
            Fields(list_education(case)),
            Heading("If you have a question"),
            Paragraph(
                "Please tell us at once if something about this cannot work, such as the journey."
            ),
            Fields(list_contacts(case)),
        ),
    )


def say_exclusion(facts: PaperFacts, run: Run | None, wording: Wording) -> str:
    """Say which exclusion it is, and that education is arranged during it."""
    return (
        f"Education is arranged for {wording.pupil} during {name_exclusion(run)}. This letter from"
        f" {sender(facts)} says where, when and to whom to report."
    )


def name_exclusion(run: Run | None) -> str:
    """Name an exclusion with its days: "the suspension from … to …"."""
    if run is None:
        return "the exclusion"
    since = words(run.first, weekday=True)
    if run.last.permanent:
        return f"the permanent exclusion of {since}"
    until = f" to {words(run.until, weekday=True)}" if run.until else ""
    return f"the suspension from {since}{until}"


def list_education(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of the education: its first day, its address and its times."""
    return (
        *list_who(case),
        make_address_field(case),
        make_field(case, "placement.starts", "Education starts on"),
        make_field(case, "placement.at_provider", "Days of the week"),
        *list_times(case),
    )


def record_sent(case: PlacementCase, content: Content, by: str, day: date) -> tuple[Sent, ...]:
    """Return what sending the notice fulfils: the parents know of the education."""
    run = find_run(case)
    began: Fact[date] = run.last.day if run else Unknown("education-notice.exclusion_day")
    notice = EducationNotice(
        day=day,
        by=by,
        exclusion_day=began,
        start_day=has(content, "placement_starts"),
        daily_hours=has(content, *TIME_FIELDS),
        address=has(content, "address"),
        report_to=has(content, "times_report_to"),
    )
    return (Sent(notice, Pupil, case.pupil.id),)


KIND = DocumentKind(
    DocumentName.DAY_SIX_NOTICE,
    "Notice of education during an exclusion",
    "the parent",
    make_content,
    why_not=why_not_excluded,
    record_sent=record_sent,
    asks=(Times,),
    needed=("placement_starts", *TIME_FIELDS, "address", "times_report_to"),
    list_doubts=list_doubtful_times,
)
