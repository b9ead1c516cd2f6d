"""What happens before a placement: what is seen of the provider, what is agreed, and who is told."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, NewType

from ...forms.facts import Fact, Unknown
from ...forms.form import Ask, Count
from ..evidence import Item
from .entry import Entry, Party

Attachment = NewType("Attachment", str)
"""A file: as typed its path, as kept its name in the store's folder of attachments, which is its SHA-256 with its ending."""


class Purpose(StrEnum):
    """What a visit to a provider was for."""

    PRE_PLACEMENT = "pre-placement"
    QUALITY = "quality-assurance"


class Visit(Entry, frozen=True, kw_only=True):
    """A visit to a provider: before a placement, or to see how it is going, with what was seen of curriculum and safety."""

    KIND: ClassVar[str] = "visit"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "provider")

    purpose: Annotated[Fact[Purpose], Ask("What was the visit for?", source="HB 2.3, 2.4")] = (
        Unknown("visit.purpose")
    )
    needs_met: Annotated[
        Fact[bool], Ask("Can it meet all of the pupil's needs?", source="HB App 1")
    ] = Unknown("visit.needs_met")
    english_and_mathematics: Annotated[
        Fact[bool],
        Ask("Are English and mathematics at the heart of what is taught?", source="HB 2.4"),
    ] = Unknown("visit.english_and_mathematics")
    breadth: Annotated[
        Fact[bool], Ask("Is the curriculum broad and balanced?", source="HB 2.4")
    ] = Unknown("visit.breadth")
    qualifications: Annotated[
        Fact[bool], Ask("Does it lead to subjects and qualifications that count?", source="HB 2.4")
    ] = Unknown("visit.qualifications")
    sequencing: Annotated[
        Fact[bool],
        Ask("Does it fit children who come and go at any point of the year?", source="HB 2.4"),
    ] = Unknown("visit.sequencing")
    personal_development: Annotated[
        Fact[bool], Ask("Does it further life skills and personal development?", source="HB 2.4")
    ] = Unknown("visit.personal_development")
    health_and_safety: Annotated[
        Fact[str], Ask("What was seen of health and safety?", source="HB App 3")
    ] = Unknown("visit.health_and_safety")
    child_seen: Annotated[Fact[bool], Ask("Was the child seen there?", source="HB 2.2")] = Unknown(
        "visit.child_seen"
    )


class Evidence(Entry, frozen=True, kw_only=True):
    """An item of due diligence seen at a provider; recorded again, it is renewed."""

    KIND: ClassVar[str] = "evidence"
    ABOUT: ClassVar[tuple[str, ...]] = ("provider",)

    item: Annotated[Item, Ask("Which item was seen?", source="HB 2.3, App 3")]
    named: Annotated[
        Fact[str],
        Ask("Which item of the county's own checklist is it?", when="is_countys", source="ap"),
    ] = Unknown("evidence.named")
    expires: Annotated[Fact[date], Ask("On what day does it expire?", source="HB 2.3")] = Unknown(
        "evidence.expires"
    )
    file: Annotated[
        Fact[Attachment], Ask("Is there a file of it? It is copied to the store's attachments")
    ] = Unknown("evidence.file")


class RiskAssessment(Entry, frozen=True, kw_only=True):
    """A risk assessment: of the place, in proportion to its risk, and of this child there."""

    KIND: ClassVar[str] = "risk"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "provider")

    checked: Annotated[
        Fact[str],
        Ask(
            "What was checked of health and safety?",
            hint="in proportion to the risk of the place",
            source="HB App 3",
        ),
    ] = Unknown("risk.checked")
    competent_person: Annotated[
        Fact[str],
        Ask(
            "Which competent person checked the place itself?",
            hint="trained, skilled and experienced in it",
            source="HB App 3",
        ),
    ] = Unknown("risk.competent_person")
    statement: Annotated[
        Fact[bool],
        Ask(
            "Is the provider's statement of significant risks and controls held?", source="HB App 3"
        ),
    ] = Unknown("risk.statement")
    parents_told: Annotated[
        Fact[bool],
        Ask(
            "Do the parents know of significant risks and how they are controlled?",
            source="HB App 3",
        ),
    ] = Unknown("risk.parents_told")
    commissioner_told: Annotated[
        Fact[bool], Ask("Does the commissioner know of them too?", source="HB App 3")
    ] = Unknown("risk.commissioner_told")
    this_child: Annotated[
        Fact[str],
        Ask(
            "What are the risks for this child there, and what is done about them?",
            source="HB 1.2, App 3",
        ),
    ] = Unknown("risk.this_child")
    discussed: Annotated[
        Fact[bool], Ask("Was that discussed with the provider?", source="HB App 3")
    ] = Unknown("risk.discussed")
    must_register: Annotated[
        Fact[bool], Ask("Does the provider have to be a registered school?", source="HB 1.2")
    ] = Unknown("risk.must_register")
    limits_known: Annotated[
        Fact[bool],
        Ask("Does the provider know the limits on young people's work?", source="HB App 3"),
    ] = Unknown("risk.limits_known")
    safe_working: Annotated[
        Fact[bool],
        Ask("Are induction, supervision and protective equipment in place?", source="HB App 3"),
    ] = Unknown("risk.safe_working")
    pupil_knows: Annotated[
        Fact[bool], Ask("Does the pupil know whom to tell of a danger?", source="HB App 3")
    ] = Unknown("risk.pupil_knows")


class Approach(StrEnum):
    """What comes before external provision, and who can be asked about it."""

    GRADUATED = "graduated-approach"
    TIER_1 = "tier-1-support"
    SENA = "sena-service"
    SPECIALIST_TEACHING = "specialist-teaching-service"
    INCLUSION = "inclusion-service"
    SHORT_STAY_SCHOOL = "short-stay-school"
    OTHER = "other"


SPECIALISTS = (
    Approach.SENA,
    Approach.SPECIALIST_TEACHING,
    Approach.INCLUSION,
    Approach.SHORT_STAY_SCHOOL,
)
"""The services whose advice counts as a specialist's."""


class Advice(Entry, frozen=True, kw_only=True):
    """What was tried, or whose advice was sought, before external provision."""

    KIND: ClassVar[str] = "advice"

    approach: Annotated[Approach, Ask("What was tried, or who was asked?", source="HB 2.2, 2.9")]
    tried: Annotated[Fact[bool], Ask("Was it tried, or sought?", source="HB 2.2")] = Unknown(
        "advice.tried"
    )
    said: Annotated[Fact[str], Ask("What came of it, or what was said?", source="HB 2.2")] = (
        Unknown("advice.said")
    )
    why_not: Annotated[
        Fact[str], Ask("Where it was not, why not?", source="HB 2.2", when="it_was_not_tried")
    ] = Unknown("advice.why_not")


class Sharing(Entry, frozen=True, kw_only=True):
    """Information given to a provider before a placement: what, and to whom."""

    KIND: ClassVar[str] = "sharing"

    whom: Annotated[Fact[str], Ask("To whom was it given?", source="HB 2.6")] = Unknown(
        "sharing.whom"
    )
    sen: Annotated[
        Fact[bool],
        Ask("What is known of special needs? (yes: shared, no: nothing to share)", source="HB 2.6"),
    ] = Unknown("sharing.sen")
    medical: Annotated[
        Fact[bool], Ask("Medical needs? (yes: shared, no: nothing to share)", source="HB 2.6")
    ] = Unknown("sharing.medical")
    literacy: Annotated[
        Fact[bool], Ask("Literacy? (yes: shared, no: nothing to share)", source="HB 2.6")
    ] = Unknown("sharing.literacy")
    safeguarding: Annotated[
        Fact[bool], Ask("Safeguarding? (yes: shared, no: nothing to share)", source="HB 2.6")
    ] = Unknown("sharing.safeguarding")


class Plan(Entry, frozen=True, kw_only=True):
    """The provider's written plan for the child, and who agreed it."""

    KIND: ClassVar[str] = "plan"

    agreed_by: Annotated[
        Fact[tuple[Party, ...]], Ask("Who agreed it? (several allowed)", source="HB 2.2")
    ] = Unknown("plan.agreed_by")
    roles: Annotated[
        Fact[bool], Ask("Are objectives, roles and responsibilities in writing?", source="HB 2.2")
    ] = Unknown("plan.roles")
    linked_to_ehcp: Annotated[Fact[bool], Ask("Is it linked to the EHC plan?", source="HB 2.2")] = (
        Unknown("plan.linked_to_ehcp")
    )
    linked_to_health_plan: Annotated[
        Fact[bool], Ask("Is it linked to the health plan?", source="HB 2.2")
    ] = Unknown("plan.linked_to_health_plan")


class Reintegration(Entry, frozen=True, kw_only=True):
    """The plan for the return, or for the next step: how readiness is judged, and what each side gives."""

    KIND: ClassVar[str] = "reintegration"

    readiness: Annotated[
        Fact[str], Ask("How will it be judged that the child is ready?", source="HB 2.2, 2.8")
    ] = Unknown("reintegration.readiness")
    provider_gives: Annotated[Fact[str], Ask("What does the provider give?", source="HB 2.8")] = (
        Unknown("reintegration.provider_gives")
    )
    school_gives: Annotated[Fact[str], Ask("What does the school give?", source="HB 2.8")] = (
        Unknown("reintegration.school_gives")
    )
    timetable: Annotated[Fact[str], Ask("In what steps, and by when?", source="HB 2.8")] = Unknown(
        "reintegration.timetable"
    )


class Notice(Entry, frozen=True, kw_only=True):
    """The written notice of an off-site direction."""

    KIND: ClassVar[str] = "notice"

    given_to: Annotated[
        Fact[tuple[Party, ...]],
        Ask("To whom was it given? (several allowed)", flags="--to", source="SI 2010/1156 reg 3"),
    ] = Unknown("notice.given_to")
    address: Annotated[
        Fact[bool], Ask("Does it name the address?", source="SI 2010/1156 reg 3")
    ] = Unknown("notice.address")
    report_to: Annotated[
        Fact[bool], Ask("Does it name whom to report to first?", source="SI 2010/1156 reg 3")
    ] = Unknown("notice.report_to")
    days: Annotated[
        Fact[bool], Ask("Does it name the number of days?", source="SI 2010/1156 reg 3")
    ] = Unknown("notice.days")
    reasons: Annotated[
        Fact[bool], Ask("Does it name the reasons and objectives?", source="SI 2010/1156 reg 3")
    ] = Unknown("notice.reasons")
    session_times: Annotated[
        Fact[bool], Ask("Does it name the session times?", source="SI 2010/1156 reg 3")
    ] = Unknown("notice.session_times")
    at_most_until: Annotated[
        Fact[date],
        Ask(
            "Until what day at most was it agreed?",
            hint="a maximum period is agreed",
            source="HB 2.5",
        ),
    ] = Unknown("notice.at_most_until")


class Reporting(Entry, frozen=True, kw_only=True):
    """How absence, concerns and progress are reported, and the contact on each side."""

    KIND: ClassVar[str] = "reporting"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "provider")

    absence: Annotated[
        Fact[str], Ask("How is an absence reported, and by when?", source="HB 2.5, App 3")
    ] = Unknown("reporting.absence")
    concerns: Annotated[
        Fact[str], Ask("How are concerns and accidents reported?", source="HB 2.5, App 3")
    ] = Unknown("reporting.concerns")
    progress: Annotated[
        Fact[str], Ask("How is progress reported, and how often?", source="HB 2.5")
    ] = Unknown("reporting.progress")
    marks_here: Annotated[
        Fact[bool], Ask("Does attendance come here, session by session?", source="HB 2.5")
    ] = Unknown("reporting.marks_here")
    contact_there: Annotated[
        Fact[str], Ask("Who is the contact at the provider?", source="HB App 3")
    ] = Unknown("reporting.contact_there")
    contact_here: Annotated[
        Fact[str], Ask("Who is the contact at the commissioner?", source="HB App 3")
    ] = Unknown("reporting.contact_here")


class Exclusion(Entry, frozen=True, kw_only=True):
    """A suspension, or a permanent exclusion; its day is the first day of it."""

    KIND: ClassVar[str] = "exclusion"
    ABOUT: ClassVar[tuple[str, ...]] = ("pupil",)

    permanent: Annotated[
        bool,
        Ask(
            "Is it permanent? (no: a suspension)",
            flags="--permanent/--suspension",
            source="SI 2007/1870",
        ),
    ]
    until: Annotated[
        Fact[date],
        Ask("Until what day is the suspension?", source="SI 2007/1870", when="it_is_a_suspension"),
    ] = Unknown("exclusion.until")
    examinations_taken: Annotated[
        Fact[bool], Ask("In year 11: were all examinations taken already?", source="SI 2007/1870")
    ] = Unknown("exclusion.examinations_taken")
    fewer_hours: Annotated[
        Fact[bool],
        Ask(
            "Does an EHC plan fix fewer hours than full time, and are they given?",
            source="SI 2007/1870",
        ),
    ] = Unknown("exclusion.fewer_hours")


class Declaration(Entry, frozen=True, kw_only=True):
    """What a provider declares of the children it teaches, by all who send them."""

    KIND: ClassVar[str] = "declaration"
    ABOUT: ClassVar[tuple[str, ...]] = ("provider",)

    full_time: Annotated[
        Fact[Count],
        Ask("How many children does it teach for more than 18 hours a week?", source="HB 1.2"),
    ] = Unknown("declaration.full_time")
    with_plan: Annotated[
        Fact[Count], Ask("How many of these have an EHC plan or are in care?", source="HB 1.2")
    ] = Unknown("declaration.with_plan")
    with_sen: Annotated[
        Fact[Count], Ask("How many of these have any SEN?", source="CWSA 2026 s.43")
    ] = Unknown("declaration.with_sen")


class Report(Entry, frozen=True, kw_only=True):
    """A report that a provider seems to operate unlawfully: who was told, and what they said."""

    KIND: ClassVar[str] = "report"
    ABOUT: ClassVar[tuple[str, ...]] = ("provider",)

    told: Annotated[str, Ask("Who was told?", source="HB 1.2")]
    said: Annotated[Fact[str], Ask("What did they say?", source="HB 1.2")] = Unknown("report.said")


class Suspension(Entry, frozen=True, kw_only=True):
    """Whether the commissioner sends children to a provider: suspended, or resumed."""

    KIND: ClassVar[str] = "suspension"
    ABOUT: ClassVar[tuple[str, ...]] = ("provider",)

    suspended: Annotated[
        bool,
        Ask(
            "Is the provider suspended? (no: it is resumed)",
            flags="--suspended/--resumed",
            source="HB 2.3",
        ),
    ]
    reason: Annotated[str, Ask("Why?", source="HB 2.3")]
