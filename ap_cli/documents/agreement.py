"""The placement agreement: the plan, what is shared, and what school and provider do."""

from __future__ import annotations

from ..domain.entries.before import Evidence
from ..domain.entries.history import History
from ..domain.entries.papers import Agreement, DocumentName, Times
from ..domain.evidence import Item, item_words
from ..domain.sessions import DAYS
from ..forms.facts import Fact, Unknown, recorded
from ..forms.text import capital
from ..rules.cases.placement import PlacementCase
from ..rules.roll import is_excluded_permanently
from ..rules.task import Write, about
from ..services.papers import PaperFacts
from .content import (
    Block,
    Bullets,
    Content,
    Field,
    Fields,
    Heading,
    Signatures,
    Table,
    Value,
)
from .document import DocumentKind
from .doubts import list_doubtful_times
from .facts import (
    find_fact,
    make_address_field,
    make_commissioner_field,
    make_field,
    make_points,
    make_year_field,
    value_words,
)
from .letters import list_times, sender

PARTS_OF_DAY = ("Morning", "Afternoon")
WHERE_IN_WEEK = {
    "at_provider": "Provider",
    "at_school": "School",
    "elsewhere": "Elsewhere",
    "at_home": "Home",
}
"""Where a half day of the week is spent, as the plan has it."""

PROVIDER_DOES = (
    "Marks each session, and rings the {side} on the same day if the pupil does not come.",
    "Tells the {side} at once of a safeguarding concern, an accident or a serious incident.",
    "Tells the {side} before staff, sites or times change, and lets nobody work with the pupil"
    " who has not been checked.",
    "Reports each half term on progress, attendance and behaviour, and takes part in reviews.",
)
"""What the provider undertakes towards the side that answers for the pupil."""

KEEPS_ON_ROLL = (
    "Keeps the pupil on roll, and stays responsible for the pupil's safety and education."
)
IS_RESPONSIBLE = "Is responsible for the pupil's safety and education."
"""What a school undertakes, and a council if the pupil is on no school's roll."""

ANSWERS_FOR = (
    "Gives the provider what it needs to know, and tells it when that changes.",
    "Follows up each absence with the parents, and keeps the register.",
)
"""What the side undertakes that answers for the pupil."""

ARRANGES = ("Visits, holds the reviews, and plans with the pupil what comes next.",)
"""What the side undertakes that arranges the placement."""

PAYS = ("Pays for the placement, and checks the provider before it begins and while it lasts.",)
"""What a council undertakes besides."""

SCHOOL, COUNCIL = "school", "council"


def make_content(facts: PaperFacts) -> Content:
    """Make the agreement: whom to reach, the plan, safety, the day, the cost and the checks."""
    case = facts.case
    return Content(
        title="Placement agreement",
        subtitle=f"Between {sender(facts)} and {case.provider.name}, with the plan for the pupil"
        " and what is shared about the pupil",
        blocks=(
            Heading("Who to reach"),
            Fields(list_reached(case)),
            Heading("The pupil"),
            Fields(list_pupil(case)),
            Heading("Where and when"),
            Fields(list_where(case)),
            *list_week(case),
            Heading("The plan"),
            Fields(list_plan(case)),
            Heading("Needs and safety"),
            Fields(list_safety(case)),
            Heading("What is shared"),
            Fields(list_shared(case)),
            Heading("From day to day"),
            Fields(list_daily(case)),
            Heading("Cost and notice"),
            Fields(list_cost(case)),
            *list_checks(case),
            Heading("The provider"),
            Bullets(tuple(text.format(side=side_of_pupil(case)) for text in PROVIDER_DOES)),
            *list_undertakings(case),
            Heading("Agreed by"),
            Signatures(list_signing(case)),
        ),
    )


def side_that_arranges(case: PlacementCase) -> str:
    """Return which side arranges the placement; the school if nobody recorded who does."""
    return COUNCIL if case.is_an_authoritys is True else SCHOOL


def side_of_pupil(case: PlacementCase) -> str:
    """Return which side answers for the pupil: a council that arranges it, if no school does."""
    return COUNCIL if has_no_school(case) and side_that_arranges(case) == COUNCIL else SCHOOL


def has_no_school(case: PlacementCase) -> bool:
    """Tell whether the pupil is known to be on no school's roll, or is permanently excluded."""
    return case.pupil.on_roll is False or is_excluded_permanently(case)


def list_undertakings(case: PlacementCase) -> tuple[Block, ...]:
    """List what the school undertakes, the council, or each of them."""
    if side_that_arranges(case) == SCHOOL:
        return (Heading("The school"), Bullets((KEEPS_ON_ROLL, *ANSWERS_FOR, *ARRANGES)))
    council = Heading("The council")
    if side_of_pupil(case) == COUNCIL:
        return (council, Bullets((IS_RESPONSIBLE, *ANSWERS_FOR, *PAYS, *ARRANGES)))
    school = (Heading("The school"), Bullets((KEEPS_ON_ROLL, *ANSWERS_FOR)))
    return (*school, council, Bullets((*PAYS, *ARRANGES)))


def list_signing(case: PlacementCase) -> tuple[str, ...]:
    """List who signs: each side that undertakes something, parents and the pupil."""
    sides = dict.fromkeys((side_that_arranges(case), side_of_pupil(case)))
    return (*(f"The {side}" for side in sides), "The provider", "Parent or carer", "The pupil")


def make_fields(case: PlacementCase, **labels: str) -> tuple[Field, ...]:
    """Make the fields of facts: each by its form and name, parted by two underscores."""
    names = {name.replace("__", "."): label for name, label in labels.items()}
    return tuple(make_field(case, name, label) for name, label in names.items())


def list_reached(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of whom to reach on either side, and in an emergency."""
    arranger = side_that_arranges(case)
    fields = make_fields(
        case,
        placement__owner=f"Leads for the {arranger}",
        placement__completed_by=f"Contact at the {arranger}",
        placement__completed_contact="How to reach them",
        agreement__lead_here=f"Safeguarding lead of the {side_of_pupil(case)}",
        provider__contact="Contact at the provider",
        provider__contact_phone="Telephone there",
        provider__contact_email="Email there",
        provider__lead="Safeguarding lead there",
        provider__deputy="Deputy there",
        agreement__emergency="In an emergency",
    )
    return (make_commissioner_field(case), *fields)


def list_pupil(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of the pupil."""
    first = make_fields(case, pupil__name="Name", pupil__born="Date of birth", pupil__upn="UPN")
    rest = make_fields(
        case,
        pupil__home_school="School before" if has_no_school(case) else "On roll at",
        pupil__ehcp="EHC plan",
        pupil__looked_after="Looked after",
        pupil__social_worker="Social worker",
    )
    return (*first, make_year_field(case), *rest)


def list_where(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of where the pupil goes, from when to when, and how."""
    return (
        *make_fields(case, provider__name="Provider"),
        make_address_field(case),
        *make_other_sites(case),
        *make_fields(
            case,
            placement__starts="First day",
            placement__ends="Last day",
            placement__weekly_minutes="At the provider a week",
        ),
        *list_times(case),
        *make_fields(
            case, placement__transport="Transport", placement__route_safe="Journey safe and agreed"
        ),
    )


def make_other_sites(case: PlacementCase) -> tuple[Field, ...]:
    """Make the field of the provider's other sites, or of all if nobody recorded which it is.

    There is none if the provider has one site.
    """
    sites, attended = case.provider.sites, case.placement.site
    if not recorded(sites) or len(sites.all) < 2:
        return ()
    label = "Other sites" if recorded(attended) else "Sites of the provider"
    others = (site for site in sites.all if not recorded(attended) or site.number != attended)
    return (Field("other_sites", label, "\n".join(map(str, others))),)


def list_week(case: PlacementCase) -> tuple[Block, ...]:
    """List the table of the week, half day by half day; the gap if nobody recorded it."""
    field = make_field(case, "placement.at_provider", "The week")
    if not recorded(field.value):
        return (Fields((field,)),)
    rows = tuple(
        (part, *(where_on(case, 2 * day + half) for day in range(len(DAYS))))
        for half, part in enumerate(PARTS_OF_DAY)
    )
    head = ("The week", *(day.title() for day in DAYS))
    return (Table("week", head, rows, (3, 2, 2, 2, 2, 2)),)


def where_on(case: PlacementCase, slot: int) -> str:
    """Return where the pupil is in a half day of the week, or a dash where nothing is planned."""
    weeks = {name: find_fact(case, f"placement.{name}") for name in WHERE_IN_WEEK}
    found = [
        WHERE_IN_WEEK[name] for name, week in weeks.items() if recorded(week) and slot in week.slots
    ]
    return ", ".join(found) or "–"


def list_plan(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of the plan: what the pupil does there, what for, and how it ends."""
    return (
        *make_fields(case, placement__nature="What the pupil does there"),
        make_points(case, "placement.objectives", "Objectives"),
        make_points(case, "placement.success", "What success looks like"),
        *make_fields(
            case,
            placement__outcome_attendance="Hoped for in attendance",
            placement__outcome_attitude="Hoped for in attitude",
            placement__outcome_attainment="Hoped for in attainment",
            placement__outcome_behaviour="Hoped for in behaviour",
            placement__outcome_destination="Hoped for next",
            agreement__english_and_mathematics="English and maths",
            placement__curriculum_fit="Fit with the school's curriculum",
            placement__pupil_wants="What the pupil wants",
            placement__exit_strategy="How it ends",
        ),
    )


def list_safety(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of needs, medicines, risks, and what happens in a hard moment."""
    return make_fields(
        case,
        agreement__needs="Needs, and what helps",
        agreement__medicines="Medicines",
        risk__this_child="Risks for this pupil, and controls",
        agreement__physical_intervention="Physical intervention",
        agreement__leaving_site="Leaving the site",
        induction__tells="Whom the pupil tells of a danger",
    )


def list_shared(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of what is shared, and what has been given."""
    return make_fields(
        case,
        placement__sharing="What is shared, and with whom",
        sharing__sen="Special needs: given",
        sharing__medical="Medical needs: given",
        sharing__literacy="Literacy: given",
        sharing__safeguarding="Safeguarding: given",
    )


def list_daily(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of absence, incidents, reports, reviews and others who teach."""
    return make_fields(
        case,
        reporting__absence="Absence: who rings, and by when",
        reporting__concerns="Concerns, accidents, incidents",
        reporting__progress="Reports of progress",
        placement__review_dates="Reviews",
        agreement__subcontracting="Others who may teach",
    )


def list_cost(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of the cost, the charge when absent, and the notice."""
    return make_fields(
        case,
        placement__weekly_pence="Cost a week",
        agreement__absence_charge="Charge when absent",
        agreement__notice_period="Notice to end it",
    )


def list_checks(case: PlacementCase) -> tuple[Block, ...]:
    """List the table of the checks of the provider, with the days on which they run out."""
    heading = Heading("Checks of the provider")
    seen = list_seen(case.at_the_provider)
    if not seen:
        remedy = Write(about(case.provider), Evidence.KIND, ("item", "by", "expires"))
        gap = Field("checks", "Checks seen", Unknown("evidence.item"), remedy)
        return (heading, Fields((gap,)))
    rows = tuple(row_of_check(each) for each in seen)
    return (heading, Table("checks", ("Check", "Seen on", "By", "Runs out on"), rows, (4, 3, 3, 3)))


def list_seen(history: History) -> list[Evidence]:
    """List what was seen last of each item, in the order of the items."""
    newest: dict[Item, Evidence] = {each.item: each for each in history.all(Evidence)}
    return [newest[item] for item in Item if item in newest]


def row_of_check(seen: Evidence) -> tuple[Value, ...]:
    """Make the row of a check: what was seen, when, by whom, and when it runs out."""
    name = seen.named if recorded(seen.named) else capital(item_words(seen.item))
    runs_out: Fact[str] = value_words(seen.expires) if recorded(seen.expires) else "–"
    return (name, value_words(seen.day), seen.by, runs_out)


KIND = DocumentKind(
    DocumentName.AGREEMENT,
    "Placement agreement",
    "all who take part, to sign",
    make_content,
    asks=(Times, Agreement),
    list_doubts=list_doubtful_times,
)
