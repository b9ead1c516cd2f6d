"""The conditions that rules share, and the days by which they ask: each is asked once a case."""

from __future__ import annotations

from datetime import date

from ..domain.placement import Aim, Destination, Route
from ..forms.facts import Fact, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .kinds import (
    INDEPENDENT,
    NON_SCHOOL,
    ONLINE,
    OWN_SITE,
    SCHOOLS,
    nobody_inspects,
    registered_on,
)

OFF_SITE_DIRECTION, SUSPENSION = Route.OFF_SITE_DIRECTION, Route.SUSPENSION
RETURN_TO_SCHOOL = Aim.RETURN_TO_SCHOOL
BACK_TO_SCHOOL = (Destination.HOME_SCHOOL, Destination.OTHER_SCHOOL)


def outside_the_school(case: PlacementCase) -> bool:
    """Whether the placement is outside the school (at tier 2 or 3, or no tier is recorded)."""
    return case.external


def goes_elsewhere(case: PlacementCase) -> bool:
    """Whether the child goes to a place that is not the commissioner's own."""
    return case.external and case.provider.kind is not OWN_SITE


def goes_where_nobody_inspects(case: PlacementCase) -> bool:
    """Whether the child goes to a place that nobody inspects as a school."""
    return case.external and nobody_inspects(case.provider, case.on)


def goes_to_a_non_school(case: PlacementCase) -> bool:
    """Whether the child goes to a provider that is no school by what it is."""
    return case.external and case.provider.kind in (NON_SCHOOL, ONLINE)


def goes_to_a_school(case: PlacementCase) -> bool:
    """Whether the child goes to a school: by what the provider is, or an independent one that is registered."""
    kind = case.provider.kind
    return case.external and (
        kind in SCHOOLS or (kind is INDEPENDENT and registered_on(case.provider, case.on))
    )


def is_directed_off_site(case: PlacementCase) -> bool:
    """Whether it is an off-site direction."""
    return case.external and case.placement.route is OFF_SITE_DIRECTION


def is_directed_with_a_plan(case: PlacementCase) -> Fact[bool]:
    """Whether it is an off-site direction of a child who has an EHC plan when it starts."""
    return is_directed_off_site(case) and case.pupil.ehcp.on(case.placement.starts)


def runs(case: PlacementCase) -> bool:
    """Whether the placement has not ended."""
    return case.runs


def runs_and_has_started(case: PlacementCase) -> bool:
    """Whether a placement outside the school has started and not ended."""
    return case.external and case.runs and has_started(case)


def has_started(case: PlacementCase) -> bool:
    """Whether the placement has started."""
    return case.placement.starts <= case.on


def has_started_outside(case: PlacementCase) -> bool:
    """Whether a placement outside the school has started."""
    return case.external and has_started(case)


def leads_back(case: PlacementCase) -> bool:
    """Whether the child returns to a school: it did, or that is the aim."""
    if not case.external:
        return False
    if case.placement.destination is not None and case.has_ended:
        return case.placement.destination in BACK_TO_SCHOOL
    return recorded(case.placement.aim) and case.placement.aim is RETURN_TO_SCHOOL


def has_returned(case: PlacementCase) -> bool:
    """Whether the placement is over and the child went back to a school."""
    return case.external and case.has_ended and case.placement.destination in BACK_TO_SCHOOL


def follows_as_guidance(case: PlacementCase) -> bool:
    """Whether the commissioner follows the regulations as guidance, not by law."""
    return not case.binds_by_law


def before_the_start(case: PlacementCase) -> date:
    """The day before the placement starts."""
    return case.before_the_start


def on_the_last_day(case: PlacementCase) -> date | None:
    """The last day of the placement, which has come or is still to come; None where it runs on without one, or past it."""
    return case.placement.ended or case.last_known_day


@once
def at_the_first_review(case: PlacementCase) -> date | None:
    """The day by which the first review is due."""
    due = case.calendar.next_review(case.placement.starts, case.last_known_day, ())
    return due.day if due else None
