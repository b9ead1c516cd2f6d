"""Examples of AP9: the data itself."""

from __future__ import annotations

from typing import Any

from ..cases.placement import PlacementCase
from ..cases.subjects import UnreadCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE
from .builders import (
    ON,
    Answers,
    Example,
    another,
    excluded_case,
    placement_case,
    provider_case,
    pupil_case,
)

ANOTHER = another("fri pm")
UNKNOWN = another(None)


def waived(until: str | None, again: bool = False, **changed: Any) -> PlacementCase:
    """A placement without a day at school, which was waived until a day."""
    waiver = {"day": "2026-02-13", "rule": "AP416", "reason": "x", "by": "H. Sample"}
    given = [
        ("waiver", waiver | ({"until": until} if until else {})),
        *([("waiver", waiver | {"day": "2026-03-02"})] if again else []),
    ]
    return placement_case(happened=given, **{"at_school": "none", **changed})


FROM_20_APRIL: Answers = {
    "starts": "2026-04-20",
    "ends": "2026-07-10",
    "review_date": None,
    "visit": None,
    "reviewed": (),
}

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP901": (
        Example("the letter is right", MET, lambda: pupil_case("B801200005001")),
        Example("the letter is wrong, in a row from elsewhere", BREACHED, lambda: pupil_case("A801200005001")),
        Example("no number is recorded", NOT_APPLICABLE, lambda: pupil_case(None)),
        Example("another pupil has it too, in a store from before", BREACHED, lambda: excluded_case(same_upn=("P-0002",))),
    ),
    "AP902": (
        Example("recorded once", MET, placement_case),
        Example("the placement looks the same as another", BREACHED, lambda: placement_case(twice=("PL-0002",))),
        Example("the provider looks the same as another", BREACHED, lambda: provider_case(twice=("PR-0002",))),
        Example("the pupil looks the same as another", BREACHED, lambda: excluded_case(twice=("P-0002",))),
    ),
    "AP904": (
        Example("another placement on another day", MET, lambda: placement_case(at_provider="mon-thu", at_school="fri am", others=ANOTHER)),
        Example("another placement in one of its sessions", BREACHED, lambda: placement_case(at_provider="mon-thu, fri pm", at_school="fri am", others=ANOTHER)),
        Example("at school on a day that another placement has", BREACHED, lambda: placement_case(at_provider="mon-tue", at_school="wed-fri", others=ANOTHER)),
        Example("at the provider on a day that another placement has at school", BREACHED, lambda: placement_case(at_provider="mon-thu", at_school="none", others=another("fri", at_school="thu pm"))),
        Example("at school on the same day by both", MET, lambda: placement_case(at_provider="mon-tue", at_school="thu", others=another("fri", at_school="thu"))),
        Example("somewhere else, and another placement says where", MET, lambda: placement_case(at_provider="mon-tue", at_school="wed-thu", elsewhere="fri", others=another("fri"))),
        Example("another placement, and the sessions are not recorded: AP427 asks for them", NOT_APPLICABLE, lambda: placement_case(at_school="fri am", others=ANOTHER)),
        Example("the same, and another placement is at a time that is at school", BREACHED, lambda: placement_case(at_school="fri", others=ANOTHER)),
        Example("another placement, whose own sessions are not recorded", CANNOT_TELL, lambda: placement_case(at_provider="mon-thu", others=UNKNOWN)),
        Example("no other placement", NOT_APPLICABLE, placement_case),
    ),
    "AP905": (
        Example("it starts on Monday 13 April 2026, the first day of term", MET, lambda: placement_case(starts="2026-04-13", ends="2026-07-10", review_date=None, reviewed=())),
        Example("it starts on the Sunday before", BREACHED, lambda: placement_case(starts="2026-04-12", ends="2026-07-10", review_date=None, reviewed=())),
        Example("a review is agreed for Saturday 21 March 2026", BREACHED, lambda: placement_case(review_date=["2026-03-21"])),
        Example("a review is agreed for Friday 20 March 2026", MET, lambda: placement_case(review_date=["2026-03-20"])),
        Example("a visit is booked for Saturday 11 April 2026", BREACHED, lambda: placement_case(**FROM_20_APRIL, visit_booked="2026-04-11")),
        Example("a visit is booked for Friday 17 April 2026", MET, lambda: placement_case(**FROM_20_APRIL, visit_booked="2026-04-17")),
        Example("every day has gone by", NOT_APPLICABLE, lambda: placement_case(review_date=["2026-02-14"])),
        Example("no term dates cover the Monday", NOT_APPLICABLE, lambda: placement_case(starts="2027-10-04", ends=None, review_date=None, reviewed=())),
        Example("no term dates cover the Sunday", BREACHED, lambda: placement_case(starts="2027-10-03", ends=None, review_date=None, reviewed=())),
    ),
    "AP906": (
        Example("it can be read", MET, lambda: UnreadCase(ON, "PL-0001", "")),
        Example("its start is no day", BREACHED, lambda: UnreadCase(ON, "PL-0001", "PL-0001 cannot be read: the store holds something impossible there")),
    ),
    "AP907": (
        Example("waived until today", MET, lambda: waived("2026-03-02")),
        Example("waived until yesterday, and broken still", BREACHED, lambda: waived("2026-03-01")),
        Example("waived until yesterday, and mended", MET, lambda: waived("2026-03-01", at_school="fri")),
        Example("waived until yesterday, and waived again", MET, lambda: waived("2026-03-01", again=True)),
        Example("waived without an end", MET, lambda: waived(None)),
        Example("nothing was waived", NOT_APPLICABLE, placement_case),
    ),
    "AP903": (
        Example("19 hours in five sessions", MET, lambda: placement_case(hours="19", at_provider="mon-tue, wed am")),
        Example("20 hours in five sessions", MET, lambda: placement_case(hours="20", at_provider="mon-tue, wed am")),
        Example("20 hours and a minute in five sessions", BREACHED, lambda: placement_case(hours="20:01", at_provider="mon-tue, wed am")),
        Example("time at home is to end on the day before the start", BREACHED, lambda: placement_case(at_home="thu", home_until="2026-01-05")),
        Example("time at home is to end on the day of the start", MET, lambda: placement_case(at_home="thu", home_until="2026-01-06")),
        Example("full time from the day before the start", BREACHED, lambda: placement_case(full_time_from="2026-01-05")),
        Example("full time from the day of the start", MET, lambda: placement_case(full_time_from="2026-01-06")),
        Example("away from class for the whole of the school's week", MET, lambda: placement_case(away_hours="25", school_week_hours="25")),
        Example("away from class for a minute more than the school's week", BREACHED, lambda: placement_case(away_hours="25:01", school_week_hours="25")),
        Example("it ends on the day it starts", MET, lambda: placement_case(ends="2026-01-06", review_date=None)),
        Example("it ends on the day before", BREACHED, lambda: placement_case(ends="2026-01-05", review_date=None)),
        Example("5 hours a week after a permanent exclusion, recorded as full time", BREACHED, lambda: placement_case(route="permanent-exclusion", hours="5", extent="full-time")),
        Example("17 hours 59 minutes over provider and school, recorded as full time", BREACHED, lambda: placement_case(hours="12:59", school_hours="5", extent="full-time")),
        Example("18 hours over provider and school, recorded as full time", MET, lambda: placement_case(hours="13", school_hours="5", extent="full-time")),
        Example("12 hours, recorded as full time, and the hours at school are not recorded", MET, lambda: placement_case(extent="full-time")),
        Example("5 hours on Monday and none at school, recorded as full time", BREACHED, lambda: placement_case(hours="5", at_provider="mon", at_school="none", extent="full-time")),
        Example("19 of the school's 25 hours in six sessions, recorded as full time", BREACHED, lambda: placement_case(hours="19", at_provider="mon-wed", at_school="none", school_week_hours="25", extent="full-time")),
        Example("four days, recorded as full time, and the hours of two of them are not recorded", MET, lambda: placement_case(route="section-19", hours="10", at_provider="mon-tue", at_school="none", elsewhere="wed-thu", extent="full-time")),
        Example("5 hours in ten sessions, recorded as part time", BREACHED, lambda: placement_case(route="section-19", hours="5", at_provider="mon-fri", at_school="none")),
        Example("18 hours in ten sessions", MET, lambda: placement_case(hours="18", at_provider="mon-fri", at_school="none", extent="full-time")),
        Example("ten sessions, recorded as part time", BREACHED, lambda: placement_case(hours="25", at_provider="mon-thu", at_school="fri", extent="part-time")),
        Example("nine sessions, recorded as part time", MET, lambda: placement_case(hours="20", at_provider="mon-thu", at_school="fri am", extent="part-time")),
    ),
}  # fmt: skip
