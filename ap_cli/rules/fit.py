"""AP1: whether the arrangement fits the tier, the legal route and who commissions."""

from __future__ import annotations

from datetime import date

from ..domain.commissioner import CommissionerKind
from ..domain.days import words
from ..domain.periods import holds
from ..domain.placement import IN_SCHOOL, Extent, Reason, Route, Tier
from ..domain.text import hours
from ..forms.facts import Fact, all_of, any_of, recorded
from .cases.placement import PlacementCase
from .conditions import OFF_SITE_DIRECTION, SUSPENSION, follows_as_guidance, is_directed_off_site
from .engine import rule
from .kinds import OWN_SITE
from .rule import BEFORE, LOCAL, MUST, SHOULD, Says

PRU = CommissionerKind.PRU
REGISTRATION_2024 = date(2024, 8, 19)
"""From when the regulations of 2024 on pupil registration are in force. Source: SI 2024/208 reg 1."""

THE_AUTHORITYS = (Route.SECTION_19, Route.PERMANENT_EXCLUSION)
NOT_FOR_BEHAVIOUR = frozenset((Reason.HEALTH, Reason.BETWEEN_PLACES, Reason.VOCATIONAL))
HUNDRED = 100


def tier_is_recorded(case: PlacementCase) -> bool:
    """Whether a tier is recorded."""
    return recorded(case.placement.tier)


def share_away(case: PlacementCase) -> float:
    """The share of the school's week away from the classroom, in per cent."""
    return HUNDRED * case.placement.away_minutes / case.placement.school_week_minutes


def is_on_site(case: PlacementCase) -> bool:
    """Whether a child at tier 1 is on the school's site: the provider is the school itself, or comes there, so that no site of it is recorded."""
    return case.provider.kind is OWN_SITE or not recorded(case.placement.site)


def tier_does_not_fit(case: PlacementCase) -> str:
    placement = case.placement
    if placement.tier not in IN_SCHOOL:
        return f"tier {placement.tier} is outside the school, and {case.provider.name} is the commissioner's own site"
    if not is_on_site(case):
        return f"tier {placement.tier} stays on the school's site, and the child is at site {placement.site} of {case.provider.name}"
    least, most = case.figures["tier_1a.least"], case.figures["tier_1a.most"]
    range_ = (
        f"{least} to {most} % is tier 1a"
        if placement.tier is Tier.ONE_A
        else f"more than {most} % is tier 1b"
    )
    away, week = (
        hours(fact)
        for fact in (placement.away_minutes, placement.school_week_minutes)
        if recorded(fact)
    )
    return f"{away} of {week} hours away from the classroom are {share_away(case):.1f} %, where {range_}"


@rule(
    "AP106",
    "the tier fits the arrangement",
    LOCAL,
    cites=["HB 1.3"],
    applies=tier_is_recorded,
    stage=BEFORE,
    breach=tier_does_not_fit,
    remedy=lambda case: (
        f"ap placement edit {case.ref} --tier …"
        + (
            ", or --away-hours … --school-week-hours …"
            if case.placement.tier in IN_SCHOOL and is_on_site(case)
            else ""
        )
    ),
)
def tier_fits(case: PlacementCase) -> Says:
    """Tier 1a is a quarter to 45 per cent of the school's week away from the classroom, tier 1b more than that, both on the school's site.

    Tiers 2 and 3 are somewhere else. Somebody from outside who works with the child in the school is at no site of the provider.
    """
    tier = case.placement.tier
    if tier not in IN_SCHOOL:
        return case.provider.kind is not OWN_SITE
    if not is_on_site(case):
        return False
    # whole numbers are compared, so that exactly a quarter is a quarter
    away, week = HUNDRED * case.placement.away_minutes, case.placement.school_week_minutes
    least, most = case.figures["tier_1a.least"] * week, case.figures["tier_1a.most"] * week
    return bool(least <= away <= most) if tier == Tier.ONE_A else bool(away > most)


def is_arranged_by_a_route(case: PlacementCase) -> bool:
    """Whether the placement is outside the school, by a route that says who must arrange it."""
    return case.external and case.placement.route in (
        *THE_AUTHORITYS,
        OFF_SITE_DIRECTION,
        SUSPENSION,
    )


def wrong_commissioner(case: PlacementCase) -> str:
    route = case.placement.route
    told = f"the route is {route.replace('-', ' ')}, and {case.commissioner.name} ({case.commissioner.kind.replace('-', ' ')}) commissions"
    if route in THE_AUTHORITYS:
        return f"{told}: the local authority must arrange it, or somebody on its behalf"
    if route is SUSPENSION and not case.by_an_authority:
        return f"{told}: for a pupil referral unit's suspension the authority arranges it"
    return f"{told}: that is for a school"


@rule(
    "AP107",
    "the legal route fits who commissions",
    SHOULD,
    cites=["HB 1.2", "HB 2.1", "SI 2007/1870"],
    applies=is_arranged_by_a_route,
    stage=BEFORE,
    breach=wrong_commissioner,
    remedy=lambda case: (
        f"ap placement edit {case.ref} --commissioner …, or --route …, or --for-authority"
    ),
)
def route_fits_the_commissioner(case: PlacementCase) -> Says:
    """The authority arranges what section 19 and a permanent exclusion ask for, by itself or through somebody who acts for it.

    A school directs its own pupil off-site, and arranges what follows a suspension; for a pupil referral unit the authority does.
    """
    route = case.placement.route
    if route in THE_AUTHORITYS:
        return any_of(case.placement.for_authority, case.is_an_authoritys)
    if route == SUSPENSION:
        return case.pupil.on_roll_of_a_pru if case.by_an_authority else not_of_a_pru(case)
    return not case.by_an_authority


def not_of_a_pru(case: PlacementCase) -> Fact[bool]:
    """Whether the pupil is not on a pupil referral unit's roll: as recorded, or else by who commissions."""
    known = case.pupil.on_roll_of_a_pru
    return not known if recorded(known) else case.commissioner.kind is not PRU


def top_up_helps_to_pay(case: PlacementCase) -> Fact[bool]:
    """Whether a pupil with an EHC plan has a place that top-up funding helps to pay for."""
    return all_of(
        case.external, case.placement.top_up, holds(case.pupil.ehcp, case.placement.starts)
    )


@rule(
    "AP111",
    "the school stays the commissioner where top-up funding helps to pay for the place",
    LOCAL,
    cites=["HB 2.1"],
    stage=BEFORE,
    applies=top_up_helps_to_pay,
    breach=lambda case: (
        f"{case.commissioner.name} commissions, with top-up funding for a pupil with an EHC plan"
    ),
    remedy=lambda case: f"ap placement edit {case.ref} --commissioner …",
)
def school_stays_the_commissioner(case: PlacementCase) -> Says:
    """Top-up funding of an EHC plan pays the school, which commissions and answers for the placement; the authority does not take it over."""
    return not case.by_an_authority


def is_full_time(case: PlacementCase) -> bool:
    """Whether the placement is full time, as recorded or else by its hours."""
    extent = case.placement.extent
    return (
        extent is Extent.FULL_TIME
        if recorded(extent)
        else case.placement.weekly_minutes > case.figures["full_time.line"]
    )


def is_full_time_at_tier_2(case: PlacementCase) -> bool:
    """Whether it is a full-time placement at tier 2."""
    tier = case.placement.tier
    return recorded(tier) and tier is Tier.TWO and is_full_time(case)


@rule(
    "AP112",
    "a full-time placement at tier 2 is a recorded exception with an end",
    LOCAL,
    cites=["HB 1.3"],
    applies=is_full_time_at_tier_2,
    due=lambda case: case.before_the_start,
    stage=BEFORE,
    breach=lambda case: (
        "a full-time placement at tier 2, without "
        + " and ".join(
            what
            for what, fact in (
                ("a recorded exception", case.placement.exception),
                ("a planned end", case.placement.ends),
            )
            if not recorded(fact)
        )
    ),
    remedy=lambda case: f"ap placement edit {case.ref} --exception … --ends …, or --tier 3",
)
def full_time_at_tier_2_is_an_exception(case: PlacementCase) -> Says:
    """Tier 2 is part time by design, with the rest of the week at school: full time is a short exception, for a recorded reason and until a day."""
    return recorded(case.placement.exception) and recorded(case.placement.ends)


def is_placed_by_a_school(case: PlacementCase) -> bool:
    """Whether a school places the pupil, and no permanent exclusion has taken effect."""
    if (
        not case.external
        or case.placement.route == Route.PERMANENT_EXCLUSION
        or case.excluded_permanently
    ):
        return False
    return not case.by_an_authority


def removed(case: PlacementCase) -> bool:
    """Whether the pupil is recorded as taken off the home school's register."""
    since = case.placement.removed_from_roll
    return recorded(since) and since <= case.on


@rule(
    "AP113",
    "the pupil stays on the home school's admission register",
    MUST,
    cites=["HB 2.5", "SI 2024/208 reg 9"],
    applies=is_placed_by_a_school,
    since=REGISTRATION_2024,
    breach=lambda case: (
        f"the pupil was taken off the register on {words(case.placement.removed_from_roll)}"
        if removed(case)
        else "the pupil is recorded as on no school's roll"
    ),
    remedy=lambda case: (
        "put the pupil back on the register, then: "
        + (
            f"ap placement edit {case.ref} --not-known removed-from-roll"
            if removed(case)
            else f"ap pupil edit {case.pupil.ref} --home-school …"
        )
    ),
)
def stays_on_the_register(case: PlacementCase) -> Says:
    """Alternative provision is no reason to take a child off the register: the school keeps its place, and answers for its attendance."""
    return all_of(not removed(case), case.pupil.on_roll)


@rule(
    "AP114",
    "an off-site direction is for improving behaviour",
    MUST,
    cites=["EA 2002 s.29A", "HB 2.5"],
    applies=is_directed_off_site,
    stage=BEFORE,
    eases=(SHOULD, follows_as_guidance),
    breach=lambda case: (
        f"the reasons recorded are {', '.join(case.placement.reasons)}: none of them is behaviour"
    ),
    remedy=lambda case: (
        f"ap placement edit {case.ref} --route …; where another reason applies as well, all of them: "
        + " ".join(f"--reason {reason}" for reason in case.placement.reasons)
        + " --reason …"
    ),
)
def direction_is_for_behaviour(case: PlacementCase) -> Says:
    """A pupil is directed off-site to improve behaviour; health, a gap between two places or a vocational course alone call for another route."""
    return not set(case.placement.reasons) <= NOT_FOR_BEHAVIOUR
