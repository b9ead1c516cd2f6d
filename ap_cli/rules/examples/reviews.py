"""Examples of AP5: what a review finds and decides."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from ..cases.placement import PlacementCase
from ..rule import BREACHED, MET, NOT_APPLICABLE
from .builders import COMPLETE, Answers, Example, Happened, filled, history, placement_case

HELD = "2026-02-10"
UNSAFE: Answers = {
    "safe": False,
    "attending": False,
    "needs_met": False,
    "objectives_met": False,
    "decided": "continue",
    "child_view": "wants to leave",
}
PROTECTED: Answers = {"protection": "a second adult is with the pupil all day"}
FINE = COMPLETE | {"decided": "continue", "until": "2026-03-27"}


def found(
    answers: Answers, *later: tuple[str, Answers], on: str = "2026-03-02", **changed: Any
) -> PlacementCase:
    """A review of Tuesday 10 February 2026 with these answers, and what followed it."""
    happened: Happened = [("review", {"day": HELD} | answers), *later]
    return placement_case(
        on=date.fromisoformat(on), reviewed=(), visit=None, happened=happened, **changed
    )


def of_earlier_edition(*answers: Answers) -> PlacementCase:
    """A review recorded before reviews had to be complete, and later ones with these answers."""
    day = date(2026, 3, 2)
    empty = filled("review", {"day": "2026-01-20", "decided": "continue"}, day, 101)
    later = (
        filled("review", {"day": HELD} | given, day, 102 + number)
        for number, given in enumerate(answers)
    )
    entries = history((replace(empty, earlier_edition=True), *later))
    return replace(placement_case(reviewed=(), visit=None), entries=entries)


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP513": (
        Example("not safe, not attending, needs and objectives not met, and it goes on", BREACHED, lambda: found(UNSAFE, on=HELD)),
        Example("not safe, with what protects the pupil on the same day", MET, lambda: found(COMPLETE | PROTECTED | {"safe": False})),
        Example("not safe, and the pupil has stopped going there", MET, lambda: found(COMPLETE | {"safe": False, "stopped": True})),
        Example("not safe, and the pupil has not stopped going there", BREACHED, lambda: found(COMPLETE | {"safe": False, "stopped": False})),
        Example("not safe, in a review that answers nothing else", BREACHED, lambda: found({"safe": False})),
        Example("not safe, and it ended that day", MET, lambda: found(COMPLETE | {"safe": False}, ended={"day": HELD, "destination": "home-school"})),
        Example("not safe, and its end is recorded for a day to come", BREACHED, lambda: found(COMPLETE | {"safe": False}, ended={"day": "2026-03-27", "destination": "home-school"})),
        Example("not safe, and it is decided to end it, but the pupil is still there", BREACHED, lambda: found(COMPLETE | {"safe": False, "decided": "end"})),
        Example("not safe, and it is decided on a concern that day to withdraw, but the pupil is still there", BREACHED, lambda: found(COMPLETE | {"safe": False}, ("concern", {"day": HELD, "what": "x", "decision": "withdraw"}))),
        Example("not safe, and another concern is monitored since", BREACHED, lambda: found(COMPLETE | {"safe": False}, ("concern", {"day": "2026-02-25", "what": "a lost coat", "decision": "keep-with-monitoring", "monitoring": "coats", "monitoring_until": "2026-02-26"}))),
        Example("not safe, and a later complete review finds it safe", MET, lambda: found(COMPLETE | {"safe": False}, ("review", {"day": "2026-02-24"} | FINE))),
        Example("not safe, and a later review that is not complete finds it safe", BREACHED, lambda: found(COMPLETE | {"safe": False}, ("review", {"day": "2026-02-24", "safe": True}))),
        Example("not safe, and a competent person who visits a week later finds it safe", BREACHED, lambda: found(COMPLETE | {"safe": False}, ("visit", {"day": "2026-02-17", "safe": True, "competent_person": "C. Sample"}))),
        Example("safe, and a visit a week later finds it not safe", BREACHED, lambda: found(FINE, ("visit", {"day": "2026-02-17", "safe": False}))),
        Example("the same, and a competent person then finds it safe", MET, lambda: found(FINE, ("visit", {"day": "2026-02-17", "safe": False}), ("visit", {"day": "2026-02-18", "safe": True, "competent_person": "C. Sample"}))),
        Example("the same, and somebody who is not named as competent finds it safe", BREACHED, lambda: found(FINE, ("visit", {"day": "2026-02-17", "safe": False}), ("visit", {"day": "2026-02-18", "safe": True}))),
        Example("a visit finds it not safe, and a competent person found it safe on the day before", BREACHED, lambda: found(FINE, ("visit", {"day": "2026-02-16", "safe": True, "competent_person": "C. Sample"}), ("visit", {"day": "2026-02-17", "safe": False}))),
        Example("not safe, and it ends today", MET, lambda: found(COMPLETE | {"safe": False}, ended={"day": "2026-03-02", "destination": "home-school"})),
        Example("not attending, and nothing changes", BREACHED, lambda: found(FINE | {"attending": False})),
        Example("not attending, and nothing changes for a reason", MET, lambda: found(FINE | {"attending": False, "why_no_change": "ill for two weeks"})),
        Example("needs not met, and it changes", MET, lambda: found(COMPLETE | {"needs_met": False, "decided": "change"})),
        Example("objectives not met, and nothing is decided", BREACHED, lambda: found(COMPLETE | {"objectives_met": False})),
        Example("not attending at one review, and attending at the next", MET, lambda: found(FINE | {"attending": False}, ("review", {"day": "2026-02-24"} | FINE))),
        Example("no complete review has been held", NOT_APPLICABLE, lambda: found({"attending": False})),
    ),
    "AP514": (
        Example("all four are answered", MET, lambda: found(COMPLETE)),
        Example("all four are answered, three of them with no", MET, lambda: found(UNSAFE | {"safe": True})),
        Example("one of the four is not", BREACHED, lambda: found({name: value for name, value in COMPLETE.items() if name != "needs_met"})),
        Example("only the next date is recorded", BREACHED, lambda: found({"next_review": "2026-03-20"})),
        Example("one of an earlier edition", BREACHED, of_earlier_edition),
        Example("one of an earlier edition, and a complete one since", MET, lambda: of_earlier_edition(FINE)),
        Example("no review has been held", NOT_APPLICABLE, lambda: placement_case(reviewed=())),
    ),
    "AP515": (
        Example("it goes on until a day", MET, lambda: found(FINE)),
        Example("it goes on, and nobody said until when", BREACHED, lambda: found(COMPLETE | {"decided": "continue"})),
        Example("nothing is decided", BREACHED, lambda: found(COMPLETE)),
        Example("it goes on with a change, until a day", MET, lambda: found(COMPLETE | {"decided": "change", "until": "2026-03-27"})),
        Example("it goes on with a change, and nobody said until when", BREACHED, lambda: found(COMPLETE | {"decided": "change"})),
        Example("nothing was decided at the review before the last", BREACHED, lambda: found(COMPLETE, ("review", {"day": "2026-02-24"} | FINE))),
        Example("one of an earlier edition said not until when, and a later one decided", MET, lambda: of_earlier_edition(FINE)),
        Example("the last is one of an earlier edition, and said not until when", BREACHED, of_earlier_edition),
        Example("it ends", MET, lambda: found(COMPLETE | {"decided": "end"})),
        Example("it is extended to a day", MET, lambda: found(COMPLETE | {"decided": "extend", "extend_to": "2026-05-22"})),
        Example("no review has been held", NOT_APPLICABLE, lambda: placement_case(reviewed=())),
        Example("arranged by the school", NOT_APPLICABLE, lambda: found(COMPLETE, route="school-arranged")),
    ),
}  # fmt: skip
