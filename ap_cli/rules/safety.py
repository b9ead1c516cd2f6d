"""AP3: what must be known of the provider before a child goes there."""

from __future__ import annotations

from datetime import date

from ..domain.days import count, words
from ..domain.entries.before import Evidence
from ..domain.evidence import INSPECTED_ONLY, OF_THE_PROVIDER, Item
from ..domain.text import first_of
from ..forms.facts import recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .cases.provider import ProviderCase
from .conditions import goes_elsewhere, goes_where_nobody_inspects
from .engine import rule
from .kinds import FE_COLLEGE, OWN_SITE
from .rule import BEFORE, SHOULD, Rule, Says

CHECKS = "checks of the provider"
ITEMS = tuple(item for item in OF_THE_PROVIDER if item not in INSPECTED_ONLY)


def needs_every_check(case: ProviderCase) -> bool:
    """Whether nobody inspects the provider as a school."""
    return case.needs_every_check


def is_checked(case: ProviderCase) -> bool:
    """Whether there is anything of a provider to check: every item where nobody inspects it, the inspection report of a school."""
    return bool(items_wanted(case))


@once
def items_wanted(case: ProviderCase) -> tuple[Item, ...]:
    """The items of due diligence that are asked for."""
    if case.needs_every_check:
        return ITEMS
    return (
        INSPECTED_ONLY
        if not case.only_in_school
        and case.provider.kind not in (OWN_SITE, FE_COLLEGE)
        and case.registered
        else ()
    )


def before_the_first_start(case: ProviderCase) -> date | None:
    return case.before_the_first_start


@once
def items_missing(case: ProviderCase) -> tuple[Item, ...]:
    """The items of due diligence that nobody recorded."""
    return tuple(item for item in items_wanted(case) if item not in case.items_named)


def told_missing(case: ProviderCase) -> str:
    missing = items_missing(case)
    named = first_of([item.value.replace("-", " ") for item in missing], 3)
    return f"{case.provider.name}: {len(missing)} of {count(len(items_wanted(case)), 'check')} not recorded: {named}"


@rule(
    "AP301",
    "the commissioner's own due diligence is recorded, item by item",
    SHOULD,
    cites=["HB 2.2", "HB 2.3"],
    about=ProviderCase,
    applies=is_checked,
    due=before_the_first_start,
    stage=BEFORE,
    group=CHECKS,
    breach=told_missing,
    remedy=lambda case: (
        f"ap record evidence {case.provider.ref} --item {next(iter(items_missing(case)), Item.OWN_CHECKS)} --by …"
    ),
)
def due_diligence_is_recorded(case: ProviderCase) -> Says:
    """The commissioner looks for itself, and records each item: what was seen, by whom and when.

    A place on a directory, or an audit made for somebody else, never stands in for checks of one's own. Of a registered
    school it is the latest inspection report that is read.
    """
    return not items_missing(case)


def somebody_elses_staff(case: ProviderCase) -> bool:
    """Whether people whom the commissioner does not employ are with the child, as they are everywhere but at its own site."""
    return case.provider.kind is not OWN_SITE


def before_anybody_starts(case: ProviderCase) -> date | None:
    return case.before_anybody_starts


def unnamed(case: ProviderCase, item: Item) -> bool:
    """Whether an item is recorded without anybody who saw it."""
    return any(each.item is item and not recorded(each.by) for each in case.entries.all(Evidence))


def held(id: str, title: str, item: Item, missing: str, guidance: str) -> Rule:
    """A rule that an item of due diligence is held before anybody starts with a provider."""

    def is_held(case: ProviderCase) -> Says:
        if item in case.items_seen:
            return True
        return (
            None if item in case.items_named and not case.only_in_school else False
        )  # it has expired, which AP310 tells

    is_held.__doc__ = guidance
    made = rule(
        id,
        title,
        SHOULD,
        cites=["HB App 3"],
        about=ProviderCase,
        applies=somebody_elses_staff,
        due=before_anybody_starts,
        stage=BEFORE,
        group=CHECKS,
        breach=lambda case: (
            f"{case.provider.name}: {missing} is {'recorded, but nobody is named who saw it' if unnamed(case, item) else 'not held'}"
        ),
        remedy=lambda case: f"ap record evidence {case.provider.ref} --item {item} --by …",
    )
    return made(is_held)


staff_checks_are_confirmed = held(
    "AP302",
    "written confirmation of staff safeguarding checks is held",
    Item.STAFF_CHECKS,
    "written confirmation that staff were checked",
    "The provider has confirmed in writing that it made the checks of its staff that a school makes of its own.",
)
changes_will_be_reported = held(
    "AP303",
    "a written promise to report changes that may put a child at risk is held",
    Item.PROMISE_OF_CHANGES,
    "a written promise to report changes",
    "The provider has promised in writing to say when something changes that may put a child at risk, such as its staff.",
)


def leads_missing(case: ProviderCase) -> str:
    provider = case.provider
    facts: tuple[tuple[str, object], ...] = (
        ("the lead's name", provider.lead),
        ("the lead's training date", provider.lead_trained),
        ("the deputy's name", provider.deputy),
        ("the deputy's training date", provider.deputy_trained),
        ("whether it follows the local partnership's procedures", provider.follows_partnership),
    )
    gaps = [what for what, fact in facts if not recorded(fact)]
    if gaps:
        return f"{provider.name}: not recorded of safeguarding: {', '.join(gaps)}"
    if not provider.follows_partnership:
        return f"{provider.name} does not follow the local safeguarding partnership's procedures"
    trained = (("the lead", provider.lead_trained), ("the deputy", provider.deputy_trained))
    old = [
        f"{who} on {words(day)}" for who, day in trained if recorded(day) and not in_date(case, day)
    ]
    return f"{provider.name}: safeguarding training is out of date: {', '.join(old)}"


def in_date(case: ProviderCase, trained: date) -> bool:
    """Whether training on a day still counts."""
    from dateutil.relativedelta import relativedelta

    return case.on <= trained + relativedelta(months=case.figures["training.months"])


@rule(
    "AP304",
    "a safeguarding lead and deputy are named, with training dates, and follow the local partnership's procedures",
    SHOULD,
    cites=["HB App 3"],
    about=ProviderCase,
    applies=needs_every_check,
    due=before_the_first_start,
    stage=BEFORE,
    group=CHECKS,
    breach=leads_missing,
    remedy=lambda case: (
        f"ap provider edit {case.ref} --lead … --lead-trained … --deputy … --deputy-trained … --follows-partnership"
    ),
)
def safeguarding_leads_are_named(case: ProviderCase) -> Says:
    """Each provider has somebody who answers for safeguarding and somebody who stands in, both trained within two years."""
    provider = case.provider
    lead, deputy = provider.lead_trained, provider.deputy_trained
    if not (
        recorded(provider.lead)
        and recorded(provider.deputy)
        and recorded(lead)
        and recorded(deputy)
        and recorded(provider.follows_partnership)
    ):
        return False
    return provider.follows_partnership and in_date(case, lead) and in_date(case, deputy)


def has_site(case: PlacementCase) -> bool:
    """Whether the address of the site that is recorded is held."""
    sites = case.provider.sites
    return recorded(sites) and any(site.number == case.placement.site for site in sites.all)


def site_is_missing(case: PlacementCase) -> str:
    if recorded(case.placement.site):
        return f"the child is at site {case.placement.site} of {case.provider.name}, whose address is not recorded"
    return f"at which site of {case.provider.name} the child is, is not recorded"


@rule(
    "AP305",
    "the address of the site that the child attends is held",
    SHOULD,
    cites=["HB App 3"],
    applies=goes_elsewhere,
    stage=BEFORE,
    due=lambda case: case.before_the_start,
    group=CHECKS,
    breach=site_is_missing,
    remedy=lambda case: (
        f"ap provider edit {case.provider.ref} --address …, then ap placement edit {case.placement.ref} --site 1"
    ),
)
def address_is_held(case: PlacementCase) -> Says:
    """The commissioner always knows where the child is: satellite and subcontracted sites included."""
    return recorded(case.placement.site) and has_site(case)


@rule(
    "AP308",
    "a named member of staff visited before the start",
    SHOULD,
    cites=["HB 2.4", "HB App 1"],
    applies=goes_where_nobody_inspects,
    stage=BEFORE,
    due=lambda case: case.before_the_start,
    group=CHECKS,
    breach=lambda case: (
        f"no visit to {case.provider.name} by somebody named is recorded before it starts on {words(case.placement.starts)}"
    ),
    remedy=lambda case: (
        f"ap record visit {case.placement.ref} --purpose pre-placement --day … --by …"
    ),
)
def visited_before_the_start(case: PlacementCase) -> Says:
    """Somebody from the school or authority sees the place before the child goes there, and can say that it meets its needs.

    A visit recorded with the placement, with the provider, or as an answer of the plan counts, if who made it is named.
    """
    planned = case.placement.visited
    on_the_plan = (
        recorded(planned)
        and recorded(case.placement.visited_by)
        and planned < case.placement.starts
    )
    return on_the_plan or bool(case.visits_before)


@once
def curriculum_gaps(case: PlacementCase) -> tuple[str, ...]:
    """What of the curriculum no visit before the start has looked at."""
    asked = {
        "English and mathematics": "english_and_mathematics",
        "breadth": "breadth",
        "qualifications": "qualifications",
    }
    return tuple(
        told
        for told, name in asked.items()
        if not any(recorded(getattr(visit, name)) for visit in case.visits_before)
    )


@rule(
    "AP309",
    "the curriculum was checked: English and mathematics, breadth, qualifications",
    SHOULD,
    cites=["HB 2.4"],
    applies=goes_where_nobody_inspects,
    stage=BEFORE,
    due=lambda case: case.before_the_start,
    group=CHECKS,
    breach=lambda case: (
        f"of the curriculum at {case.provider.name} no visit looked at {', '.join(curriculum_gaps(case))}"
    ),
    remedy=lambda case: (
        f"ap record visit {case.placement.ref} --english-and-mathematics --breadth --qualifications --by …"
    ),
)
def curriculum_was_checked(case: PlacementCase) -> Says:
    """What is taught is looked at before the child goes there: recorded is what was found, yes or no."""
    return not curriculum_gaps(case)
