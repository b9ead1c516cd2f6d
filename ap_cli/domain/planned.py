"""The attendance code to plan."""

from __future__ import annotations

from ..forms.facts import Fact
from .options import ABSENCE_CODES, WITH_CONDITIONS, PlannedCode, Route

ARRANGED_BY_THE_COUNCIL = (Route.SECTION_19, Route.PERMANENT_EXCLUSION)
"""Routes by which the council arranges the placement."""


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
