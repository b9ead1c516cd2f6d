"""What a county asks beside its own rules: its checklist, and providers with terms of their own."""

from __future__ import annotations

from datetime import date

from ..domain.days import count
from ..domain.entries.before import Evidence
from ..domain.evidence import Item
from ..domain.options import Route
from ..domain.sessions import Sessions
from ..forms.facts import need, recorded
from ..policy.county import CountyItem
from .cases.base import once
from .cases.placement import PlacementCase
from .cases.provider import ProviderCase
from .conditions import outside_the_school
from .rule import BEFORE, LOCAL, PlacementRule, ProviderRule, Says, condition
from .task import Edit, Remedy, Write, about


@condition("the county has no checklist of its own")
def county_has_a_checklist(case: ProviderCase) -> bool:
    """Whether the county has a checklist of its own."""
    return bool(case.figures.county.checklist)


@condition("nobody has to check this provider item by item", within=county_has_a_checklist)
def has_checklist(case: ProviderCase) -> bool:
    """Whether the county has a checklist, and every check of the provider is asked for."""
    return case.needs_every_check


@once
def unseen(case: ProviderCase) -> list[CountyItem]:
    """List the county's items that no named person has seen, or that have expired."""
    seen = {
        evidence.named
        for evidence in case.entries.all(Evidence)
        if evidence.item is Item.COUNTY
        and recorded(evidence.named)
        and still_counts(evidence, case.on)
    }
    return [item for item in case.figures.county.checklist if item.item not in seen]


def still_counts(evidence: Evidence, on: date) -> bool:
    """Tell whether a named person has seen an item, and it has not expired by a day."""
    expired = recorded(evidence.expires) and evidence.expires < on
    return recorded(evidence.by) and not expired


class CountyChecklistIsDone(ProviderRule):
    """The county's own checklist is done.

    A county may ask for more checks than this program does. Its overlay names them.
    """

    id, severity, sources = "AP315", LOCAL, ("ap",)
    task, key, label = "Check the provider", "checklist", "County checks not done"
    stage = BEFORE
    applies = has_checklist

    def due(self, case: ProviderCase) -> date | None:
        return case.before_the_first_start

    def holds(self, case: ProviderCase) -> Says:
        return not unseen(case)

    def problem(self, case: ProviderCase) -> str:
        items = ", ".join(f"{item.title} ({item.source})" for item in unseen(case))
        return f"you have still to check at {case.provider.name}: {items}"

    def remedy(self, case: ProviderCase) -> Remedy:
        known = (("item", str(Item.COUNTY)), ("named", unseen(case)[0].item))
        return Write(about(case.provider), "evidence", ("by",), known=known)


EXCLUDED = Route.PERMANENT_EXCLUSION
BY_A_SCHOOL = (Route.OFF_SITE_DIRECTION, Route.SCHOOL_ARRANGED)


@condition("the provider has no terms of its own", within=outside_the_school)
def has_terms(case: PlacementCase) -> bool:
    """Whether the provider has terms of its own."""
    return case.terms is not None


def days_wanted(case: PlacementCase) -> int | None:
    """Return the days a week that the provider's terms ask for; None if they say nothing."""
    own, route = case.terms, case.placement.route
    if own is None:
        return None
    if route is EXCLUDED:
        return own.excluded_days
    return own.days if route in BY_A_SCHOOL else None


def wants_both_registers(case: PlacementCase) -> bool:
    """Tell whether the provider's terms ask that the pupil is registered there as well."""
    own = case.terms
    return own is not None and own.dual_registered and case.placement.route in BY_A_SCHOOL


def lacks_a_register(case: PlacementCase) -> bool:
    """Tell whether the terms ask for registration there, and no day of it is recorded."""
    return wants_both_registers(case) and not recorded(case.placement.dual_registered)


def has_other_days(case: PlacementCase) -> bool:
    """Tell whether the pupil is recorded as there on more or fewer days than the terms ask for."""
    wanted, there = days_wanted(case), case.placement.at_provider
    return wanted is not None and recorded(there) and not are_whole_days(there, wanted)


def are_whole_days(there: Sessions, wanted: int) -> bool:
    """Tell whether sessions make so many whole days: half a day is none."""
    return there.days == wanted and len(there.slots) == 2 * wanted


class ProvidersOwnTermsAreKept(PlacementRule):
    """The placement keeps to the provider's own terms.

    Some providers have terms of their own in the county's overlay: how many days a week a pupil is
    there, and where the pupil is registered.

    In Leicestershire, Oakfield's outreach is two days a week with registration at both schools; a
    permanently excluded pupil attends on five days.
    """

    id, severity, sources = "AP607", LOCAL, ("HB 1.3",)
    task, key, label = (
        "Match the placement to the provider's terms",
        "terms",
        "Placements off the provider's terms",
    )
    stage = BEFORE
    applies = has_terms
    silent = "the provider's terms say nothing about this legal route"

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        wanted = days_wanted(case)
        if wanted is None and not wants_both_registers(case):
            return None
        if lacks_a_register(case):
            return False
        return wanted is None or are_whole_days(need(case.placement.at_provider), wanted)

    def problem(self, case: PlacementCase) -> str:
        wanted, there, name = days_wanted(case), case.placement.at_provider, case.provider.name
        parts = []
        if has_other_days(case):
            days = count(there.days, "day")
            if len(there.slots) != 2 * there.days:
                days = f"for {count(len(there.slots), 'session')} on {days}"
            parts.append(f"the pupil is at {name} {days} a week, and its terms are {wanted}")
        if lacks_a_register(case):
            parts.append(
                f"the pupil has no date of registration at {name},"
                " and its terms are registration at both schools"
            )
        assert case.terms, "the rule is about those alone"
        return f"{'; '.join(parts)} ({case.terms.source})"

    def remedy(self, case: PlacementCase) -> Remedy:
        days = ("at_provider",) if has_other_days(case) else ()
        register = ("dual_registered",) if lacks_a_register(case) else ()
        return Edit(about(case.placement), (*days, *register))
