"""The conditions that rules share, and the days by which they ask: each is asked once a case."""

from __future__ import annotations

from datetime import date

from ..domain.ages import begins_on
from ..domain.options import NOT_AT_A_SITE, Aim, Destination, Route
from ..forms.facts import Fact, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .kinds import (
    INDEPENDENT,
    NON_SCHOOLS,
    ONLINE,
    SCHOOLS,
    has_a_regulator,
    registered_on,
)
from .rule import condition

OFF_SITE_DIRECTION, SUSPENSION = Route.OFF_SITE_DIRECTION, Route.SUSPENSION
RETURN_TO_SCHOOL = Aim.RETURN_TO_SCHOOL
BACK_TO_SCHOOL = (Destination.HOME_SCHOOL, Destination.OTHER_SCHOOL)


def is_of_school_age(case: PlacementCase, day: date) -> bool:
    """Tell whether the pupil is of compulsory school age on a day."""
    return begins_on(case.pupil.born) <= day <= case.last_day_of_school_age


@condition("the pupil stays in the school")
def outside_the_school(case: PlacementCase) -> bool:
    """Whether the placement is outside the school: the place decides, and never the tier."""
    return case.external


@condition("the pupil is taught at home or online", within=outside_the_school)
def goes_to_a_place(case: PlacementCase) -> bool:
    """Whether the child goes out to a place, and does not stay at home or learn online."""
    return case.place not in NOT_AT_A_SITE


FEWER_CHECKS = "the county's terms for this provider ask for fewer checks"


@condition(FEWER_CHECKS, within=outside_the_school)
def needs_every_check(case: PlacementCase) -> bool:
    """Whether every check of the provider is asked for."""
    fewer = case.terms is not None and case.terms.fewer_checks
    return not fewer


@condition("the provider is a school or college with its own regulator", within=needs_every_check)
def goes_where_nobody_regulates(case: PlacementCase) -> bool:
    """Whether the provider is no school or college by its kind."""
    return not has_a_regulator(case.provider)


@condition("the pupil is taught at home or online", within=goes_where_nobody_regulates)
def works_where_nobody_regulates(case: PlacementCase) -> bool:
    """Whether the child goes out to a place of such a provider."""
    return case.place not in NOT_AT_A_SITE


@condition("the provider is a school or college", within=outside_the_school)
def goes_to_a_non_school(case: PlacementCase) -> bool:
    """Whether the child goes to a provider that is not a school by its kind."""
    return case.provider.kind in (*NON_SCHOOLS, ONLINE)


@condition("the provider is not a school", within=outside_the_school)
def goes_to_a_school(case: PlacementCase) -> bool:
    """Whether the child goes to a school: by its kind, or one registered on the day judged."""
    if case.provider.kind is INDEPENDENT or recorded(case.provider.registered):
        return registered_on(case.provider, case.day_judged)
    return case.provider.kind in SCHOOLS


@condition("this is not an off-site direction")
def is_a_direction(case: PlacementCase) -> bool:
    """Whether its route is an off-site direction, wherever the pupil is taught."""
    return case.placement.route is OFF_SITE_DIRECTION


@condition("this is not an off-site direction", within=outside_the_school)
def is_directed_off_site(case: PlacementCase) -> bool:
    """Whether it is an off-site direction."""
    return case.placement.route is OFF_SITE_DIRECTION


@condition("the pupil has no EHC plan at the start", within=is_directed_off_site)
def is_directed_with_a_plan(case: PlacementCase) -> Fact[bool]:
    """Whether it is an off-site direction of a child who has an EHC plan when it starts."""
    return case.pupil.ehcp.on(case.placement.starts)


@condition("the placement has ended")
def runs(case: PlacementCase) -> bool:
    """Whether the placement has not ended."""
    return case.runs


@condition("the placement has not started")
def has_started(case: PlacementCase) -> bool:
    """Whether the placement has started."""
    return case.placement.starts <= case.on


@condition("the placement has not started", within=outside_the_school)
def has_started_outside(case: PlacementCase) -> bool:
    """Whether a placement outside the school has started."""
    return has_started.test(case)  # type: ignore[no-any-return]


@condition("the placement has ended", within=outside_the_school)
def runs_outside(case: PlacementCase) -> bool:
    """Whether a placement outside the school has not ended."""
    return case.runs


@condition("the placement has not started", within=runs_outside)
def runs_and_has_started(case: PlacementCase) -> bool:
    """Whether a placement outside the school has started and not ended."""
    return has_started.test(case)  # type: ignore[no-any-return]


def why_it_leads_elsewhere(case: PlacementCase) -> str:
    """Say why a placement does not lead back to school."""
    if case.placement.destination is not None and case.has_ended:
        return "the pupil went on to something other than a school"
    return "the placement is not meant to lead back to school"


@condition(why_it_leads_elsewhere, within=outside_the_school)
def leads_back(case: PlacementCase) -> bool:
    """Whether the child returns to a school: it did, or that is the aim."""
    if case.placement.destination is not None and case.has_ended:
        return case.placement.destination in BACK_TO_SCHOOL
    return recorded(case.placement.aim) and case.placement.aim is RETURN_TO_SCHOOL


@condition("the placement has not ended", within=outside_the_school)
def has_ended_outside(case: PlacementCase) -> bool:
    """Whether a placement outside the school is over."""
    return case.has_ended


@condition("the pupil did not return to a school", within=has_ended_outside)
def has_returned(case: PlacementCase) -> bool:
    """Whether the placement is over and the child went back to a school."""
    return case.placement.destination in BACK_TO_SCHOOL


def before_the_start(case: PlacementCase) -> date:
    """The day before the placement starts."""
    return case.before_the_start


def on_the_last_day(case: PlacementCase) -> date | None:
    """The last day of the placement, come or to come; None where it runs on without one."""
    return case.placement.ended or case.last_known_day


@once
def at_the_first_review(case: PlacementCase) -> date | None:
    """The day by which the first review is due."""
    due = case.calendar.next_review(case.placement.starts, case.last_known_day, ())
    return due.day if due else None
