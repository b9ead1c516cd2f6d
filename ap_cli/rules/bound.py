"""Rules that are law for some commissioners, and guidance for the others."""

from __future__ import annotations

from .cases.placement import PlacementCase
from .rule import SHOULD, PlacementRule, Severity


class LawForSome(PlacementRule):
    """A rule that the regulations make a must for some; academies follow it as guidance."""

    lighter: Severity | None = SHOULD

    def binds_less(self, case: PlacementCase) -> bool:
        return not case.binds_by_law
