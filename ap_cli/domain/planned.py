"""The attendance code to plan, and the routes that who arranges a placement has."""

from __future__ import annotations

from ..forms.facts import Fact
from .commissioner import CommissionerKind
from .options import (
    ABSENCE_CODES,
    NOT_ALTERNATIVE_PROVISION,
    WITH_CONDITIONS,
    PlannedCode,
    Route,
)

ARRANGED_BY_THE_COUNCIL = (Route.SECTION_19, Route.PERMANENT_EXCLUSION)
"""Routes by which the council arranges the placement."""


def routes_of(kind: CommissionerKind, for_the_council: bool = False) -> tuple[Route, ...]:
    """List the routes by which a commissioner arranges placements, also for the council if it does.

    A council directs nobody off site, and arranges what a suspension from a pupil referral unit
    needs. Rule AP107 says of each placement whether its route fits.
    """
    if kind is CommissionerKind.LOCAL_AUTHORITY:
        others = {Route.OFF_SITE_DIRECTION}
    else:
        others = {Route.SUSPENSION} if kind is CommissionerKind.PRU else set()
        others |= set() if for_the_council else set(ARRANGED_BY_THE_COUNCIL)
    return tuple(one for one in Route if one not in others and one not in NOT_ALTERNATIVE_PROVISION)


def list_fitting_codes(
    *, alone: bool, registered_there: bool, by_the_council: Fact[bool]
) -> tuple[PlannedCode, ...]:
    """List the codes that fit: an absence code, or else D, or else K, or else B, P or W.

    Raise CannotTell if it turns on who arranges the placement, and that is not recorded.
    Source: SI 2024/208 reg 10; WTISA.
    """
    if alone:
        return ABSENCE_CODES
    if registered_there:
        return (PlannedCode.D,)
    return (PlannedCode.K,) if by_the_council else WITH_CONDITIONS
