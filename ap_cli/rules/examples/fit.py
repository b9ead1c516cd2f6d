"""Examples of AP1: whether the arrangement fits the tier, the route and the commissioner."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...domain.commissioner import CommissionerKind
from ..cases.placement import PlacementCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import DAY_BEFORE, PROVIDER, PUPIL, Answers, Example, placement_case

AUTHORITY, PRU = CommissionerKind.LOCAL_AUTHORITY, CommissionerKind.PRU
OWN_SITE = PROVIDER | {"kind": "own-site"}
IN_SCHOOL: Answers = {"provider": OWN_SITE, "school_week_hours": "25"}
WITH_PLAN = PUPIL | {"ehcp": "2025-09-01"}
FULL_TIME: Answers = {"hours": "19", "extent": "full-time", "exception": "health-or-wellbeing"}


def outreach(away: str) -> PlacementCase:
    """A placement at tier 1a with somebody who comes into the school, with so many hours away from the classroom, of 25."""
    return placement_case(
        tier="1a", place="school", site=None, away_hours=away, school_week_hours="25"
    )


def of_tier(tier: str, away: str, **changed: Any) -> PlacementCase:
    """A placement in the school with so many hours away from the classroom, of 25."""
    return placement_case(**IN_SCHOOL | {"tier": tier, "away_hours": away} | changed)


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP106": (
        Example(
            "tier 1a, 6 h 15 of 25 hours away from the classroom, a quarter",
            MET,
            lambda: of_tier("1a", "6:15"),
        ),
        Example("tier 1a, a minute less", BREACHED, lambda: of_tier("1a", "6:14")),
        Example("tier 1a, 11 h 15 of 25 hours, 45 per cent", MET, lambda: of_tier("1a", "11:15")),
        Example("tier 1a, a minute more", BREACHED, lambda: of_tier("1a", "11:16")),
        Example("tier 1b, 45 per cent", BREACHED, lambda: of_tier("1b", "11:15")),
        Example("tier 1b, a minute more", MET, lambda: of_tier("1b", "11:16")),
        Example(
            "tier 1b, at a provider elsewhere",
            BREACHED,
            lambda: placement_case(tier="1b"),
        ),
        *(
            Example(
                f"tier {tier}, {words}", BREACHED, partial(placement_case, tier=tier, place=place)
            )
            for tier, place, words in (
                ("1a", "home", "at home with a tutor"),
                ("1b", "online", "online"),
                ("1b", "elsewhere", "elsewhere"),
                ("2", "own-site", "on the school's own site"),
                ("3", "school", "with somebody who comes into the school"),
            )
        ),
        Example(
            "tier 1b, with an online provider",
            BREACHED,
            lambda: placement_case(tier="1b", provider=PROVIDER | {"kind": "online"}),
        ),
        Example(
            "tier 3, at home with a tutor", MET, lambda: placement_case(tier="3", place="home")
        ),
        Example(
            "tier 1a, and the school's week is not recorded",
            CANNOT_TELL,
            lambda: of_tier("1a", "8", school_week_hours=None),
        ),
        Example(
            "tier 1a, 8 of 25 hours with somebody who comes into the school",
            MET,
            lambda: outreach("8"),
        ),
        Example(
            "tier 1a, 12 of 25 hours with somebody who comes into the school",
            BREACHED,
            lambda: outreach("12"),
        ),
        Example(
            "tier 1a, and the time away is not recorded",
            CANNOT_TELL,
            lambda: of_tier("1a", "6:15", away_hours=None),
        ),
        Example("tier 2, at a provider elsewhere", MET, placement_case),
        Example(
            "tier 2, at the commissioner's own site",
            BREACHED,
            lambda: placement_case(provider=OWN_SITE),
        ),
        Example("no tier recorded", NOT_APPLICABLE, lambda: placement_case(tier=None)),
    ),
    "AP107": (
        Example(
            "section 19, by the authority",
            MET,
            lambda: placement_case(route="section-19", commissioner=AUTHORITY),
        ),
        Example(
            "section 19, by a school on its behalf",
            MET,
            lambda: placement_case(route="section-19", for_authority=True),
        ),
        Example(
            "a permanent exclusion, by a school for itself",
            BREACHED,
            lambda: placement_case(route="permanent-exclusion", for_authority=False),
        ),
        Example(
            "section 19, by a school, and for whom is not recorded",
            CANNOT_TELL,
            lambda: placement_case(route="section-19"),
        ),
        Example("an off-site direction by a school", MET, placement_case),
        Example(
            "an off-site direction by the authority",
            BREACHED,
            lambda: placement_case(commissioner=AUTHORITY),
        ),
        Example("a suspension, by a school", MET, lambda: placement_case(route="suspension")),
        Example(
            "a suspension, by the authority, from a school",
            BREACHED,
            lambda: placement_case(
                route="suspension",
                commissioner=AUTHORITY,
                pupil=PUPIL | {"on_roll_of_a_pru": False},
            ),
        ),
        Example(
            "a suspension, by the authority, from a pupil referral unit",
            MET,
            lambda: placement_case(
                route="suspension", commissioner=AUTHORITY, pupil=PUPIL | {"on_roll_of_a_pru": True}
            ),
        ),
        Example(
            "a suspension, by the authority, and from where is not recorded",
            CANNOT_TELL,
            lambda: placement_case(route="suspension", commissioner=AUTHORITY),
        ),
        Example(
            "a suspension, by a pupil referral unit",
            BREACHED,
            lambda: placement_case(route="suspension", commissioner=PRU),
        ),
        Example(
            "a suspension from a pupil referral unit, by another school",
            BREACHED,
            lambda: placement_case(route="suspension", pupil=PUPIL | {"on_roll_of_a_pru": True}),
        ),
        Example(
            "section 19, by a school for itself, in the school",
            BREACHED,
            lambda: placement_case(
                route="section-19", for_authority=False, tier="1b", place="school"
            ),
        ),
        Example(
            "arranged by the school by no such route",
            NOT_APPLICABLE,
            lambda: placement_case(route="school-arranged"),
        ),
    ),
    "AP111": (
        Example(
            "with top-up, the school commissions",
            MET,
            lambda: placement_case(pupil=WITH_PLAN, top_up=True),
        ),
        Example(
            "with top-up, the authority commissions",
            BREACHED,
            lambda: placement_case(pupil=WITH_PLAN, top_up=True, commissioner=AUTHORITY),
        ),
        Example(
            "with top-up, the authority commissions, and the plan is issued today",
            BREACHED,
            lambda: placement_case(
                pupil=PUPIL | {"ehcp": "2026-03-02"}, top_up=True, commissioner=AUTHORITY
            ),
        ),
        Example(
            "with top-up, the authority commissions, and the plan is issued tomorrow",
            NOT_APPLICABLE,
            lambda: placement_case(
                pupil=PUPIL | {"ehcp": "2026-03-03"}, top_up=True, commissioner=AUTHORITY
            ),
        ),
        Example(
            "without top-up",
            NOT_APPLICABLE,
            lambda: placement_case(pupil=WITH_PLAN, top_up=False, commissioner=AUTHORITY),
        ),
        Example(
            "whether there is top-up is not recorded",
            CANNOT_TELL,
            lambda: placement_case(pupil=WITH_PLAN),
        ),
        Example("no EHC plan", NOT_APPLICABLE, placement_case),
    ),
    "AP112": (
        Example(
            "full time at tier 2, with an exception and an end",
            MET,
            lambda: placement_case(**FULL_TIME),
        ),
        Example(
            "no exception is recorded",
            BREACHED,
            lambda: placement_case(**FULL_TIME | {"exception": None}),
        ),
        Example(
            "no end is planned",
            BREACHED,
            lambda: placement_case(**FULL_TIME | {"ends": None, "review_date": None}),
        ),
        Example(
            "no exception is recorded, on the day before the start",
            NOT_YET,
            lambda: placement_case(on=DAY_BEFORE, reviewed=(), **FULL_TIME | {"exception": None}),
        ),
        Example(
            "18 hours, and whether it is full time is not recorded",
            NOT_APPLICABLE,
            lambda: placement_case(extent=None, hours="18"),
        ),
        Example(
            "18 hours and a minute, and whether it is full time is not recorded",
            BREACHED,
            lambda: placement_case(extent=None, hours="18:01"),
        ),
        Example(
            "12 hours there, in a week that is full time with the school",
            NOT_APPLICABLE,
            lambda: placement_case(at_provider="mon-tue", at_school="wed-fri", extent="full-time"),
        ),
        Example(
            "full time at tier 3",
            NOT_APPLICABLE,
            lambda: placement_case(**FULL_TIME | {"tier": "3", "exception": None}),
        ),
    ),
    "AP114": (
        Example(
            "for behaviour as well as health",
            MET,
            lambda: placement_case(reason=["behaviour", "health"]),
        ),
        Example(
            "for health and a vocational course alone",
            BREACHED,
            lambda: placement_case(reason=["health", "vocational"]),
        ),
        Example("for early help alone", BREACHED, lambda: placement_case(reason=["early-help"])),
        Example("between two places", BREACHED, lambda: placement_case(reason=["between-places"])),
        Example("the reasons are not recorded", CANNOT_TELL, placement_case),
        Example(
            "in the school",
            BREACHED,
            lambda: placement_case(tier="1b", place="school", reason=["health"]),
        ),
        Example(
            "arranged by the school by another route",
            NOT_APPLICABLE,
            lambda: placement_case(route="school-arranged", reason=["health"]),
        ),
    ),
}
