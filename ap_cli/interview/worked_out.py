"""What the wizard works out of the answers, to be read and confirmed before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from ..domain.calendar import Calendar
from ..domain.commissioner import COMMISSIONER, Commissioner, CommissionerKind
from ..domain.days import count, words
from ..domain.options import IN_SCHOOL, WITH_CONDITIONS, Aim, Extent, Place, PlannedCode, Tier
from ..domain.planned import ARRANGED_BY_THE_COUNCIL, list_fitting_codes
from ..domain.provider import NON_SCHOOLS, Provider
from ..domain.sessions import FULL_WEEK
from ..forms.facts import CannotTell, Fact, Unknown
from .first_pass import OUTCOMES
from .place import place_of
from .steps import Answers, Asking

TIERS = {Aim.RETURN_TO_SCHOOL: Tier.TWO, Aim.POST_16: Tier.THREE, Aim.SPECIALIST: Tier.THREE}
"""The tier of a place outside the school, by what it leads to. Source: HB 1.3."""


def work_out(asking: Asking, calendar: Callable[[], Calendar]) -> Answers:
    """The answers, by their keys, that follow from those given; none where they do not decide it.

    `calendar` has the term dates of the placement.
    """
    found = {
        "extent": extent_of_week(asking),
        "timeline": timeline(asking),
        "review_date": review_days(asking, calendar),
        "tier": tier(asking),
        "objectives": objectives(asking),
        "completed_by": asking.value("owner"),
        **code_and_conditions(asking),
    }
    if has_full_week_there(asking) and asking.value("at_school") is None:
        found["at_school"] = "none"
    return {key: value for key, value in found.items() if value}


def has_full_week_there(asking: Asking) -> bool:
    """Whether every half day of the week is at the provider."""
    there = asking.value("at_provider")
    return there is not None and len(there.slots) == FULL_WEEK


def extent_of_week(asking: Asking) -> str | None:
    """Full time if every half day is taught somewhere, part time if it is known that one is not."""
    if asking.value("at_provider") is None:
        return None
    taught = [asking.value(name) for name in ("at_provider", "at_school", "elsewhere")]
    slots = {slot for sessions in taught if sessions is not None for slot in sessions.slots}
    if len(slots) == FULL_WEEK:
        return str(Extent.FULL_TIME)
    at_home = asking.value("at_home")
    is_told = at_home is not None and len(slots | set(at_home.slots)) == FULL_WEEK
    return str(Extent.PART_TIME) if is_told else None


def timeline(asking: Asking) -> str | None:
    """From the first to the last day, in weeks."""
    starts, ends = asking.value("starts"), asking.value("ends")
    if starts is None or ends is None or ends < starts:
        return None
    weeks = ((ends - starts).days + 7) // 7
    return f"{words(starts)} to {words(ends)}, {count(weeks, 'week')}"


def review_days(asking: Asking, calendar: Callable[[], Calendar]) -> list[str]:
    """The last school day of each half term until the placement ends, or for a year."""
    starts: date | None = asking.value("starts")
    ends: date | None = asking.value("ends")
    if starts is None:
        return []
    until = ends or starts + timedelta(days=365)
    half_terms = calendar().known_half_terms(starts, until)
    return [min(block.last, until).isoformat() for block in half_terms]


def tier(asking: Asking) -> str | None:
    """The tier of a place outside the school, by what it leads to."""
    aim: Aim | None = asking.value("aim")
    where = place_of(asking)
    if aim is None or where is None or where in IN_SCHOOL or aim not in TIERS:
        return None
    return str(TIERS[aim])


def objectives(asking: Asking) -> str | None:
    """What should change, in one line."""
    changes = {name: asking.value(f"outcome_{name}") for name in OUTCOMES}
    return "; ".join(f"{name} {change}" for name, change in changes.items() if change) or None


def code_and_conditions(asking: Asking) -> Answers:
    """The attendance code that fits, and of code B what follows from the provider and the route.

    That an adult supervises and that it is approved is asked, as nothing else says so.
    """
    code = code_that_fits(asking)
    if code is None:
        return {}
    provider: Provider | None = asking.named("provider")
    if code not in WITH_CONDITIONS or provider is None:
        return {"code": str(code)}
    no_school = {"code_elsewhere": "yes"} if provider.kind in NON_SCHOOLS else {}
    return {"code": str(code), "code_educational": "yes"} | no_school


def code_that_fits(asking: Asking) -> PlannedCode | None:
    """The attendance code that fits the answers so far; None if they do not decide it."""
    if any(asking.value(name) is None for name in ("provider", "starts", "route")):
        return None
    registered, starts = asking.value("dual_registered"), asking.value("starts")
    try:
        fitting = list_fitting_codes(
            alone=place_of(asking) is Place.ONLINE,
            registered_there=registered is not None and registered <= starts,
            by_the_council=is_arranged_by_the_council(asking),
        )
    except CannotTell:
        return None
    return fitting[0]


def is_arranged_by_the_council(asking: Asking) -> Fact[bool]:
    """Whether the council arranges it, by the route or as its commissioner."""
    if asking.value("route") in ARRANGED_BY_THE_COUNCIL:
        return True
    commissioner: Commissioner | None = asking.named("commissioner")
    if commissioner is None:
        return Unknown(COMMISSIONER)
    return commissioner.kind is CommissionerKind.LOCAL_AUTHORITY


def may_be_code_b(asking: Asking) -> bool:
    """Whether a code that needs supervision fits, or may fit."""
    if any(asking.value(name) is None for name in ("provider", "route")):
        return False
    by_the_council = is_arranged_by_the_council(asking)
    if place_of(asking) is Place.ONLINE or asking.value("dual_registered") is not None:
        return False
    return isinstance(by_the_council, Unknown) or not by_the_council
