"""Examples of what a county asks of its own."""

from __future__ import annotations

from msgspec.structs import replace

from ...policy.county import CountyItem, default
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import (
    DAY,
    DAY_BEFORE,
    PROVIDER,
    YEAR_11,
    Answers,
    Example,
    Happened,
    placement_case,
    provider_case,
)

WITH_CHECKLIST = replace(
    default(), checklist=(CountyItem("travel-plan", "the provider's own travel plan", "ap"),)
)
OAKFIELD: Answers = PROVIDER | {"name": "Oakfield Short Stay School", "kind": "pru"}
OUTREACH: Answers = {"dual_registered": "2026-01-06", "at_provider": "mon-tue", "hours": "10"}
FIVE_DAYS: Answers = {"route": "permanent-exclusion", "at_provider": "mon-fri", "hours": "25"}


def travel_plan(**changed: object) -> Happened:
    return (
        (
            "evidence",
            {"item": "county", "named": "travel-plan", "day": "2025-12-01", "by": "A. Tester"}
            | changed,
        ),
    )


def at_oakfield(**changed: object):  # type: ignore[no-untyped-def]
    return placement_case(provider=OAKFIELD, pupil=YEAR_11, **changed)  # type: ignore[arg-type]


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP315": (
        Example(
            "the travel plan that the county asks for is seen",
            MET,
            lambda: provider_case(county=WITH_CHECKLIST, there=travel_plan()),
        ),
        Example("nobody has seen it", BREACHED, lambda: provider_case(county=WITH_CHECKLIST)),
        Example(
            "nobody has seen it, on the day before the first start",
            NOT_YET,
            lambda: provider_case(county=WITH_CHECKLIST, on=DAY_BEFORE),
        ),
        Example(
            "nobody has seen it, on the day of the first start",
            BREACHED,
            lambda: provider_case(county=WITH_CHECKLIST, on=DAY),
        ),
        Example(
            "it expires today",
            MET,
            lambda: provider_case(county=WITH_CHECKLIST, there=travel_plan(expires="2026-03-02")),
        ),
        Example(
            "it expired yesterday",
            BREACHED,
            lambda: provider_case(county=WITH_CHECKLIST, there=travel_plan(expires="2026-03-01")),
        ),
        Example(
            "it is recorded, and not who has seen it",
            BREACHED,
            lambda: provider_case(county=WITH_CHECKLIST, there=travel_plan(by=None)),
        ),
        Example("the county has no checklist of its own", NOT_APPLICABLE, provider_case),
        Example(
            "nobody has seen it, at a school that is inspected",
            BREACHED,
            lambda: provider_case(county=WITH_CHECKLIST, kind="academy"),
        ),
        Example(
            "at the school's own site",
            NOT_APPLICABLE,
            lambda: provider_case(county=WITH_CHECKLIST, kind="own-site"),
        ),
    ),
    "AP607": (
        Example(
            "two days a week of outreach, registered at both schools",
            MET,
            lambda: at_oakfield(**OUTREACH),
        ),
        Example(
            "three days", BREACHED, lambda: at_oakfield(**OUTREACH | {"at_provider": "mon-wed"})
        ),
        Example("one day", BREACHED, lambda: at_oakfield(**OUTREACH | {"at_provider": "mon"})),
        Example(
            "one day, on the day before the start",
            NOT_YET,
            lambda: at_oakfield(on=DAY_BEFORE, reviewed=(), **OUTREACH | {"at_provider": "mon"}),
        ),
        Example(
            "one day, on the day of the start",
            BREACHED,
            lambda: at_oakfield(on=DAY, reviewed=(), **OUTREACH | {"at_provider": "mon"}),
        ),
        Example(
            "two days, registered there by no record",
            BREACHED,
            lambda: at_oakfield(**OUTREACH | {"dual_registered": None}),
        ),
        Example(
            "the days are not recorded",
            CANNOT_TELL,
            lambda: at_oakfield(**OUTREACH | {"at_provider": None}),
        ),
        Example("permanently excluded, on five days", MET, lambda: at_oakfield(**FIVE_DAYS)),
        Example(
            "permanently excluded, on four",
            BREACHED,
            lambda: at_oakfield(**FIVE_DAYS | {"at_provider": "mon-thu"}),
        ),
        Example(
            "placed by the authority under section 19",
            NOT_APPLICABLE,
            lambda: at_oakfield(**OUTREACH | {"route": "section-19"}),
        ),
        Example("a provider without terms of its own", NOT_APPLICABLE, placement_case),
    ),
}
