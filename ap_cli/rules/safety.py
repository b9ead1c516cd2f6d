"""AP3: what must be known of the provider before a child goes there."""

from __future__ import annotations

from datetime import date

from ..domain.days import count, words
from ..domain.evidence import INSPECTED_ONLY, OF_THE_PROVIDER, Item
from ..domain.facts import recorded
from .case import OWN_SITE, Case, ProviderCase
from .engine import BEFORE, SHOULD, Says, rule

CHECKS = "checks of the provider"
ITEMS = tuple(item for item in OF_THE_PROVIDER if item not in INSPECTED_ONLY)


def needs_every_check(case: ProviderCase) -> bool:
    """Whether nobody inspects the provider as a school."""
    return case.needs_every_check


def before_the_first_start(case: ProviderCase) -> date | None:
    return case.before_the_first_start


def items_missing(case: ProviderCase) -> tuple[Item, ...]:
    """The items of due diligence that nobody recorded."""
    return tuple(item for item in ITEMS if item not in case.items_seen)


def told_missing(case: ProviderCase) -> str:
    missing = items_missing(case)
    named = ", ".join(item.value.replace("-", " ") for item in missing[:3])
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    return f"{case.provider.name}: {len(missing)} of {count(len(ITEMS), 'check')} not recorded: {named}{more}"


@rule("AP301", "the commissioner's own due diligence is recorded, item by item", SHOULD, cites=["HB 2.2", "HB 2.3"], about=ProviderCase,
      applies=needs_every_check, due=before_the_first_start, stage=BEFORE, group=CHECKS, breach=told_missing,
      remedy=lambda case: f"ap record evidence {case.provider.ref} --item {next(iter(items_missing(case)), Item.OWN_CHECKS)} --by …")  # fmt: skip
def due_diligence_is_recorded(case: ProviderCase) -> Says:
    """The commissioner looks for itself, and records each item: what was seen, by whom and when.

    A place on a directory, or an audit made for somebody else, never stands in for checks of one's own.
    """
    return all(item in case.items_seen for item in ITEMS)


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
    old = [f"{who} on {words(day)}" for who, day in trained if recorded(day) and not in_date(case, day)]
    return f"{provider.name}: safeguarding training is out of date: {', '.join(old)}"


def in_date(case: ProviderCase, trained: date) -> bool:
    """Whether training on a day still counts."""
    from dateutil.relativedelta import relativedelta

    return case.on <= trained + relativedelta(months=case.figures["training.months"])


@rule("AP304", "a safeguarding lead and deputy are named, with training dates, and follow the local partnership's procedures", SHOULD,
      cites=["HB App 3"], about=ProviderCase, applies=needs_every_check, due=before_the_first_start, stage=BEFORE, group=CHECKS, breach=leads_missing,
      remedy=lambda case: f"ap provider edit {case.ref} --lead … --lead-trained … --deputy … --deputy-trained … --follows-partnership")  # fmt: skip
def safeguarding_leads_are_named(case: ProviderCase) -> Says:
    """Each provider has somebody who answers for safeguarding and somebody who stands in, both trained within two years."""
    provider = case.provider
    lead, deputy = provider.lead_trained, provider.deputy_trained
    if not (recorded(provider.lead) and recorded(provider.deputy) and recorded(lead) and recorded(deputy) and recorded(provider.follows_partnership)):
        return False
    return provider.follows_partnership and in_date(case, lead) and in_date(case, deputy)


def goes_elsewhere(case: Case) -> bool:
    """Whether the child goes to a place that is not the commissioner's own."""
    return case.external and case.provider.kind is not OWN_SITE


@rule("AP305", "the address of the site that the child attends is held", SHOULD, cites=["HB App 3"], applies=goes_elsewhere, stage=BEFORE,
      due=lambda case: case.before_the_start, group=CHECKS,
      breach=lambda case: f"at which site of {case.provider.name} the child is, is not recorded",
      remedy=lambda case: f"ap provider edit {case.provider.ref} --address …, then ap placement edit {case.placement.ref} --site 1")  # fmt: skip
def address_is_held(case: Case) -> Says:
    """The commissioner always knows where the child is: satellite and subcontracted sites included."""
    return recorded(case.placement.site)
