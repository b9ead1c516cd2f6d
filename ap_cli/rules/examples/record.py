"""Examples of AP9: the data itself."""

from __future__ import annotations

from ..engine import BREACHED, MET, NOT_APPLICABLE
from .builders import Example, placement_case, pupil_case

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP901": (
        Example("the letter is right", MET, lambda: pupil_case("B801200005001")),
        Example("the letter is wrong, in a row from elsewhere", BREACHED, lambda: pupil_case("A801200005001")),
        Example("no number is recorded", NOT_APPLICABLE, lambda: pupil_case(None)),
    ),
    "AP903": (
        Example("19 hours in five sessions", MET, lambda: placement_case(hours="19", at_provider="mon-tue, wed am")),
        Example("20 hours in five sessions", MET, lambda: placement_case(hours="20", at_provider="mon-tue, wed am")),
        Example("20 hours and a minute in five sessions", BREACHED, lambda: placement_case(hours="20:01", at_provider="mon-tue, wed am")),
        Example("it ends on the day it starts", MET, lambda: placement_case(ends="2026-01-06", review_date=None)),
        Example("it ends on the day before", BREACHED, lambda: placement_case(ends="2026-01-05", review_date=None)),
    ),
}  # fmt: skip
