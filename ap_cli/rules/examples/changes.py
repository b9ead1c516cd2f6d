"""Examples of AP5: changes that a provider reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...domain.options import Place
from ..cases.placement import PlacementCase
from ..cases.provider import ProviderCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import Answers, Example, excluded_case, placement_case, provider_case

REPORTED: Answers = {"day": "2026-02-27", "what": "a new workshop leader"}
REDONE: Answers = {"checked_again": "2026-03-04"}
WHY_NOT: Answers = {"why_not": "checked in January"}
TENTH, ELEVENTH = "2026-03-13", "2026-03-14"
"""Ten school days after Friday 27 February 2026 is Friday 13 March."""


def changed(answers: Answers | None = None, on: str = "2026-03-14", **more: Any) -> ProviderCase:
    """A change that a provider reported on Friday 27 February 2026, with these answers."""
    there = [("change", REPORTED | (answers or {}))]
    return provider_case(on=date.fromisoformat(on), there=there, **more)


def changed_twice(on: str) -> ProviderCase:
    """An answered change of 20 February 2026, and one of the 27th that nobody answered."""
    answered = REPORTED | WHY_NOT | {"day": "2026-02-20"}
    there = [("change", answered), ("change", REPORTED)]
    return provider_case(on=date.fromisoformat(on), there=there)


def of_one_placement(on: str = "2026-03-14", **changed: Any) -> PlacementCase:
    """The same change, recorded about one placement."""
    happened = [("change", REPORTED)]
    return placement_case(on=date.fromisoformat(on), happened=happened, **changed)


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP518": (
        Example("nobody answered, on the tenth school day", NOT_YET, lambda: changed(on=TENTH)),
        Example("nobody answered, on the day after", BREACHED, lambda: changed(on=ELEVENTH)),
        Example("the checks were redone", MET, lambda: changed(REDONE)),
        Example("the checks were redone on the very day", MET, lambda: changed({"checked_again": "2026-02-27"})),
        Example("the checks are booked for a day to come", BREACHED, lambda: changed({"checked_again": "2026-03-20"})),
        Example("the checks were redone late", MET, lambda: changed({"checked_again": "2026-03-20"}, on="2026-03-20")),
        Example("it says why not", MET, lambda: changed(WHY_NOT)),
        Example("one is answered, and a later one is not", NOT_YET, lambda: changed_twice(TENTH)),
        Example("the same, on the day after", BREACHED, lambda: changed_twice(ELEVENTH)),
        Example("reported of one placement, on the tenth school day", NOT_YET, lambda: of_one_placement(TENTH)),
        Example("the same, on the day after", BREACHED, of_one_placement),
        Example("nobody reported a change", NOT_APPLICABLE, provider_case),
        Example("a pupil", NOT_APPLICABLE, excluded_case),
        Example("the provider's staff come into the school", NOT_APPLICABLE, lambda: changed(places=(Place.SCHOOL,))),
        Example("no term dates cover it, four weeks on", CANNOT_TELL, lambda: provider_case(on=date(2027, 11, 1), there=[("change", REPORTED | {"day": "2027-10-04"})])),
        Example("no term dates cover it, and ten school days have passed on any calendar", BREACHED, lambda: provider_case(on=date(2027, 12, 10), there=[("change", REPORTED | {"day": "2027-10-04"})])),
    ),
}  # fmt: skip
