"""What happens before a placement: what is seen of the provider, and what is agreed."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, NewType

from ...forms.facts import Fact
from ...forms.form import Count, answered, ask, require
from ..evidence import Item
from .entry import Entry, Party

Attachment = NewType("Attachment", str)
"""A file: as typed its path, in the store its name in the folder of attachments.

That name is its SHA-256 with its ending.
"""


class Purpose(StrEnum):
    """What a visit to a provider was for."""

    PRE_PLACEMENT = "pre-placement"
    QUALITY = "quality-assurance"


class Visit(Entry):
    """A visit to a provider, before or during a placement, and what was seen there."""

    KIND: ClassVar[str] = "visit"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "provider")
    ENOUGH: ClassVar[str] = "by"
    EXAMPLE: ClassVar[str] = "--purpose pre-placement --by 'A. Tester' --day 2025-12-15 --needs-met"

    purpose: Fact[Purpose] = ask("What was the visit for?", source="HB 2.3, 2.4")
    needs_met: Fact[bool] = ask("Can it meet all of the pupil's needs?", source="HB App 1")
    english_and_mathematics: Fact[bool] = ask(
        "Are English and maths at the heart of what it teaches?", source="HB 2.4"
    )
    breadth: Fact[bool] = ask("Is the curriculum broad and balanced?", source="HB 2.4")
    qualifications: Fact[bool] = ask("Does it lead to qualifications that count?", source="HB 2.4")
    sequencing: Fact[bool] = ask(
        "Does it work for pupils who start or leave at any time of year?", source="HB 2.4"
    )
    personal_development: Fact[bool] = ask(
        "Does it build life skills and personal development?", source="HB 2.4"
    )
    health_and_safety: Fact[str] = ask("What did you see of health and safety?", source="HB App 3")
    child_seen: Fact[bool] = ask("Did you see the pupil there?", source="HB 2.2")
    safe: Fact[bool] = ask("Is it safe?", source="HB App 3")
    competent_person: Fact[str] = ask(
        "Which competent person looked at safety?",
        hint="Someone trained, skilled and experienced in it.",
        source="HB App 3",
        when=answered("safe", True, False),
    )


class Evidence(Entry):
    """An item of due diligence seen at a provider; recorded again, it is renewed."""

    KIND: ClassVar[str] = "evidence"
    ABOUT: ClassVar[tuple[str, ...]] = ("provider",)
    EXAMPLE: ClassVar[str] = "--item insurance --by 'A. Tester' --expires 2027-03-31"

    item: Item = require("Which item did you see?", source="HB 2.3, App 3")
    named: Fact[str] = ask(
        "Which item of your council's own checklist is it?",
        source="ap",
        when=answered("item", Item.COUNTY),
    )
    expires: Fact[date] = ask("When does it expire?", source="HB 2.3")
    file: Fact[Attachment] = ask("Where is the file?", hint="It is copied to the attachments.")


class RiskAssessment(Entry):
    """A risk assessment: of the place, in proportion to its risk, and of this child there."""

    KIND: ClassVar[str] = "risk"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "provider")
    EXAMPLE: ClassVar[str] = (
        "--checked 'fire, first aid, supervision' --parents-told --commissioner-told"
        " --by 'A. Tester'"
    )

    checked: Fact[str] = ask(
        "What did you check about health and safety?",
        hint="In proportion to the risk of the place.",
        source="HB App 3",
    )
    competent_person: Fact[str] = ask(
        "Which competent person checked the place?",
        hint="Someone trained, skilled and experienced in it.",
        source="HB App 3",
    )
    statement: Fact[bool] = ask(
        "Do you have the provider's statement of risks and controls?", source="HB App 3"
    )
    parents_told: Fact[bool] = ask(
        "Do the parents know the main risks and how they are controlled?", source="HB App 3"
    )
    commissioner_told: Fact[bool] = ask(
        "Does whoever arranges the placement know them too?", source="HB App 3"
    )
    this_child: Fact[str] = ask(
        "What are the risks for this pupil there, and what is done about them?",
        source="HB 1.2, App 3",
    )
    discussed: Fact[bool] = ask("Did you discuss this with the provider?", source="HB App 3")
    must_register: Fact[bool] = ask(
        "Does the provider have to be a registered school?", source="HB 1.2"
    )
    limits_known: Fact[bool] = ask(
        "Does the provider know the limits on young people's work?", source="HB App 3"
    )
    safe_working: Fact[bool] = ask(
        "Are induction, supervision and protective equipment in place?", source="HB App 3"
    )
    pupil_knows: Fact[bool] = ask(
        "Does the pupil know who to tell about a danger?", source="HB App 3"
    )


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


class Advice(Entry):
    """What was tried, or whose advice was sought, before external provision."""

    KIND: ClassVar[str] = "advice"
    EXAMPLE: ClassVar[str] = (
        "--approach inclusion-service --tried --said 'try a phased timetable first'"
        " --day 2025-11-20"
    )

    approach: Approach = require("What did you try, or who did you ask?", source="HB 2.2, 2.9")
    tried: Fact[bool] = ask("Did you try it, or ask for it?", source="HB 2.2")
    said: Fact[str] = ask("What came of it, or what did they say?", source="HB 2.2")
    why_not: Fact[str] = ask("Why not?", source="HB 2.2", when=answered("tried", False))


class Sharing(Entry):
    """Information given to a provider before a placement: what, and to whom."""

    KIND: ClassVar[str] = "sharing"
    EXAMPLE: ClassVar[str] = "--whom 'C. Sample' --sen --no-medical --literacy --no-safeguarding"

    whom: Fact[str] = ask("Who did you give it to?", source="HB 2.6")
    sen: Fact[bool] = ask(
        "Did you share what is known about special needs?",
        hint="No if there is nothing to share.",
        source="HB 2.6",
    )
    medical: Fact[bool] = ask(
        "Did you share what is known about medical needs?",
        hint="No if there is nothing to share.",
        source="HB 2.6",
    )
    literacy: Fact[bool] = ask(
        "Did you share what is known about literacy?",
        hint="No if there is nothing to share.",
        source="HB 2.6",
    )
    safeguarding: Fact[bool] = ask(
        "Did you share safeguarding information?",
        hint="No if there is nothing to share.",
        source="HB 2.6",
    )


class Plan(Entry):
    """The provider's written plan for the child, and who agreed it."""

    KIND: ClassVar[str] = "plan"
    ENOUGH: ClassVar[str] = "day"
    EXAMPLE: ClassVar[str] = "--agreed-by parent --agreed-by child --roles --linked-to-ehcp"

    agreed_by: Fact[tuple[Party, ...]] = ask("Who agreed it?", source="HB 2.2")
    roles: Fact[bool] = ask(
        "Are objectives, roles and responsibilities in writing?", source="HB 2.2"
    )
    linked_to_ehcp: Fact[bool] = ask("Is it linked to the EHC plan?", source="HB 2.2")
    linked_to_health_plan: Fact[bool] = ask(
        "Is it linked to the health care plan?", source="HB 2.2"
    )


class Reintegration(Entry):
    """The plan for the return or the next step: how readiness is judged, and who gives what."""

    KIND: ClassVar[str] = "reintegration"
    EXAMPLE: ClassVar[str] = (
        "--readiness 'two full weeks' --provider-gives mentoring --school-gives 'a key adult'"
    )

    readiness: Fact[str] = ask("How will you judge that the pupil is ready?", source="HB 2.2, 2.8")
    provider_gives: Fact[str] = ask("What does the provider do for the return?", source="HB 2.8")
    school_gives: Fact[str] = ask("What does the school do for the return?", source="HB 2.8")
    timetable: Fact[str] = ask("What are the steps, and by when?", source="HB 2.8")


class Notice(Entry):
    """The written notice of an off-site direction."""

    KIND: ClassVar[str] = "notice"
    EXAMPLE: ClassVar[str] = (
        "--to parent --day 2025-12-15 --address --report-to --days --reasons --session-times"
    )

    given_to: Fact[tuple[Party, ...]] = ask(
        "Who was it sent to?", source="SI 2010/1156 reg 3", flag="--to"
    )
    address: Fact[bool] = ask("Does it give the address?", source="SI 2010/1156 reg 3")
    report_to: Fact[bool] = ask("Does it say who to report to first?", source="SI 2010/1156 reg 3")
    days: Fact[bool] = ask("Does it give the number of days?", source="SI 2010/1156 reg 3")
    reasons: Fact[bool] = ask(
        "Does it give the reasons and objectives?", source="SI 2010/1156 reg 3"
    )
    session_times: Fact[bool] = ask("Does it give the session times?", source="SI 2010/1156 reg 3")
    decided_on: Fact[date] = ask(
        "When did you decide on the direction?",
        hint="Notice goes out as soon as practicable after that.",
        source="SI 2010/1156 reg 3",
        past=True,
    )
    at_most_until: Fact[date] = ask(
        "What is the latest day that was agreed?",
        hint="A maximum period has to be agreed.",
        source="HB 2.5",
    )


class Reporting(Entry):
    """How absence, concerns and progress are reported, and the contact on each side."""

    KIND: ClassVar[str] = "reporting"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "provider")
    EXAMPLE: ClassVar[str] = (
        "--absence 'by telephone before 10' --contact-there 'C. Sample' --contact-here 'A. Tester'"
    )

    absence: Fact[str] = ask("How is an absence reported, and by when?", source="HB 2.5, App 3")
    concerns: Fact[str] = ask("How are concerns and accidents reported?", source="HB 2.5, App 3")
    progress: Fact[str] = ask("How is progress reported, and how often?", source="HB 2.5")
    marks_here: Fact[bool] = ask("Do you get attendance for each session?", source="HB 2.5")
    contact_there: Fact[str] = ask("Who is the contact at the provider?", source="HB App 3")
    contact_here: Fact[str] = ask("Who is your own contact for the provider?", source="HB App 3")


class Exclusion(Entry):
    """A suspension, or a permanent exclusion; its day is the first day of it."""

    KIND: ClassVar[str] = "exclusion"
    ABOUT: ClassVar[tuple[str, ...]] = ("pupil",)
    AHEAD: ClassVar[bool] = True
    EXAMPLE: ClassVar[str] = "--permanent --day 2026-02-06"

    permanent: bool = require(
        "Is it permanent?",
        hint="No if it is a suspension.",
        source="SI 2007/1870",
        flag="--permanent/--suspension",
    )
    until: Fact[date] = ask(
        "What is the last day of the suspension?",
        source="SI 2007/1870",
        when=answered("permanent", False),
    )
    on_roll_since: Fact[date] = ask(
        "If the pupil is on a school's roll again: since when?",
        hint="Reinstated, or admitted by another school. Leave it empty if neither.",
        source="EA 1996 s.19",
        when=answered("permanent", True),
    )
    examinations_taken: Fact[bool] = ask(
        "In year 11: has the pupil taken all exams already?", source="SI 2007/1870"
    )
    fewer_hours: Fact[bool] = ask(
        "Does an EHC plan set fewer hours, and are they given?",
        source="SI 2007/1870",
    )
    jointly: Fact[bool] = ask(
        "Is the education arranged jointly with another school?",
        hint="The school that suspends a pupil can then use its own site.",
        source="EIA 2006 s.100(3)",
        when=answered("permanent", False),
    )
    not_from_day_one: Fact[str] = ask(
        "Why is education not possible or right from the first day?",
        hint="For a pupil who is looked after or has a social worker.",
        source="S&PE",
    )
    work_set: Fact[bool] = ask("Is work set and marked until then?", source="S&PE")


class Declaration(Entry):
    """What a provider declares of the children it teaches, by all who send them."""

    KIND: ClassVar[str] = "declaration"
    ABOUT: ClassVar[tuple[str, ...]] = ("provider",)
    EXAMPLE: ClassVar[str] = "--full-time 3 --with-plan 0 --with-sen 1"

    full_time: Fact[Count] = ask(
        "How many pupils does it teach for more than 18 hours a week?", source="HB 1.2"
    )
    with_plan: Fact[Count] = ask(
        "How many of them have an EHC plan or are looked after?", source="HB 1.2"
    )
    with_sen: Fact[Count] = ask("How many of them have any SEN?", source="CWSA 2026 s.43")


class Report(Entry):
    """A report that a provider seems to operate unlawfully: who was told, and what they said."""

    KIND: ClassVar[str] = "report"
    ABOUT: ClassVar[tuple[str, ...]] = ("provider",)
    EXAMPLE: ClassVar[str] = "--told 'Education Effectiveness' --said 'they will visit'"

    told: str = require("Who did you tell?", source="HB 1.2")
    said: Fact[str] = ask("What did they say?", source="HB 1.2")


class Suspension(Entry):
    """Whether the commissioner sends children to a provider: suspended, or resumed."""

    KIND: ClassVar[str] = "suspension"
    ABOUT: ClassVar[tuple[str, ...]] = ("provider",)
    EXAMPLE: ClassVar[str] = "--suspended --reason 'an accident is looked into'"

    suspended: bool = require(
        "Is the provider suspended?",
        hint="No if you use it again.",
        source="HB 2.3",
        flag="--suspended/--resumed",
    )
    reason: str = require("Why?", source="HB 2.3")
