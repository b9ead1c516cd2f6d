"""Examples of AP5: concerns and what follows them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..cases.placement import PlacementCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import COMPLETE, ON, Answers, Example, Happened, placement_case, serious_incident

FIRST = "E-0101"


def worried(
    *later: Answers,
    raised: str = "2026-02-26",
    reviewed: tuple[str, ...] = ("2026-02-13",),
    on: date = ON,
    ended: str = "",
) -> PlacementCase:
    """A concern raised on a day, by default Thursday 26 February 2026, and what followed it."""
    first: Answers = {"day": raised, "what": "a bruise"}
    followed = [("concern", {"day": raised, "of": FIRST} | each) for each in later]
    return placement_case(
        on=on,
        ends="2026-07-17",
        reviewed=reviewed,
        happened=[("concern", first), *followed],
        ended={"day": ended, "destination": "other-school"} if ended else None,
    )


def withdrawn_and_stopped(day: str) -> PlacementCase:
    """The same concern, reviewed, a decision to withdraw, and a review that records a stop."""
    happened: Happened = [
        ("concern", {"day": "2026-02-26", "what": "a bruise", "decision": "withdraw"}),
        ("review", {"day": day} | COMPLETE | {"safe": False, "stopped": True}),
    ]
    return placement_case(ends="2026-07-17", reviewed=("2026-02-26",), happened=happened)


def about_the_provider(
    on: date = ON, happened: Happened = (), day: str = "2026-02-20", **answers: Any
) -> PlacementCase:
    """A concern about the provider, by default of Friday 20 February 2026, not sorted as serious.

    The placement was reviewed on the day of the concern.
    """
    there: Happened = [("concern", {"day": day, "what": "a tutor hit a child"} | answers)]
    return placement_case(on=on, reviewed=("2026-02-20",), there=there, happened=happened)


def incident(day: str, ended: str = "", **answers: str) -> PlacementCase:
    """A serious incident at the provider on a day, and nothing that followed it."""
    there: Happened = [("concern", {"day": day, "what": "a fire", "serious": True} | answers)]
    over = {"day": ended, "destination": "other-school"} if ended else None
    return placement_case(there=there, ended=over)


WHY: Answers = {"decision": "not-affected", "why_not_stopped": "a fall at home"}
CLOSED: Answers = {"closed": True, "outcome": "social care took it on"}

LEAD: Answers = {"lead_informed": "2026-02-26"}
TOLD: Answers = LEAD | {"about_adult": False, "at_risk": False}
ADULT = TOLD | {"about_adult": True}
HARM = TOLD | {"at_risk": True}

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP506": (
        Example("reviewed on the same day, and why it goes on is recorded", MET, lambda: worried(WHY, reviewed=("2026-02-26",))),
        Example("reviewed, and it is decided to withdraw the pupil, who still goes there", BREACHED, lambda: worried({"decision": "withdraw"}, reviewed=("2026-02-27",))),
        Example("the same, on the next working day", NOT_YET, lambda: worried({"decision": "withdraw"}, reviewed=("2026-02-27",), on=date(2026, 2, 27))),
        Example("the same, and the pupil has stopped going there", MET, lambda: withdrawn_and_stopped("2026-02-27")),
        Example("the same, on the day of the concern", MET, lambda: withdrawn_and_stopped("2026-02-26")),
        Example("a review before the concern found that the pupil had stopped going there", BREACHED, lambda: withdrawn_and_stopped("2026-02-25")),
        Example("reviewed, withdrawn, and the placement has ended", MET, lambda: worried({"decision": "withdraw"}, reviewed=("2026-02-26",), ended="2026-02-27")),
        Example("the same, on its last day", MET, lambda: worried({"decision": "withdraw"}, reviewed=("2026-02-26",), ended="2026-02-27", on=date(2026, 2, 27))),
        Example("no review, and a discussion on a day that is not the last", BREACHED, lambda: placement_case(reviewed=(), happened=[("concern", {"day": "2026-02-26", "what": "a bruise"} | WHY), ("discussion", {"day": "2026-02-27", "took_part": ["child"]})])),
        Example("no review, on the next working day", NOT_YET, lambda: worried(WHY, on=date(2026, 2, 27))),
        Example("no review, on the day after that", BREACHED, lambda: worried(WHY, on=date(2026, 2, 28))),
        Example("raised on the last Friday of a half term, asked on the Monday of the holiday", NOT_YET, lambda: worried(raised="2026-02-13", reviewed=(), on=date(2026, 2, 16))),
        Example("the same, asked on the Tuesday of the holiday", BREACHED, lambda: worried(raised="2026-02-13", reviewed=(), on=date(2026, 2, 17))),
        Example("raised on the last day of the summer term, asked in August", BREACHED, lambda: worried(raised="2026-07-10", reviewed=("2026-05-22",), on=date(2026, 8, 10))),
        Example("raised before Easter: Good Friday and Easter Monday are no working days", NOT_YET, lambda: worried(raised="2026-04-02", reviewed=("2026-03-27",), on=date(2026, 4, 7))),
        Example("the same, on the day after that Tuesday", BREACHED, lambda: worried(raised="2026-04-02", reviewed=("2026-03-27",), on=date(2026, 4, 8))),
        Example("reviewed, and why it goes on is not recorded", BREACHED, lambda: worried(reviewed=("2026-02-26",))),
        Example("closed while the placement runs, with no reason why it goes on", BREACHED, lambda: worried(CLOSED, reviewed=("2026-02-26",))),
        Example("undecided, and the placement ended a week ago", BREACHED, lambda: worried(raised="2026-02-10", ended="2026-02-23")),
        Example("the same, decided after the end", MET, lambda: worried(WHY, raised="2026-02-10", ended="2026-02-23")),
        Example("the same, decided after the end without a word on why it went on", MET, lambda: worried({"decision": "not-affected"}, raised="2026-02-10", ended="2026-02-23")),
        Example("the same, followed up after the end, and nothing is decided", BREACHED, lambda: worried({"what": "the bruise has healed"}, raised="2026-02-10", ended="2026-02-23")),
        Example("the same, closed after the end", MET, lambda: worried(CLOSED, raised="2026-02-10", ended="2026-02-23")),
        Example("raised after the end, and undecided", BREACHED, lambda: worried(ended="2026-02-23")),
        Example("a serious incident at the provider, and no review", BREACHED, lambda: incident("2026-02-25")),
        Example("a serious incident at the provider before the start", NOT_APPLICABLE, lambda: incident("2026-01-05")),
        Example("a serious incident at the provider on the last day", BREACHED, lambda: incident("2026-02-23", ended="2026-02-23")),
        Example("a serious incident at the provider on the day after the end", NOT_APPLICABLE, lambda: incident("2026-02-24", ended="2026-02-23")),
        Example("a concern about the provider, and nobody recorded whether it is serious", CANNOT_TELL, lambda: about_the_provider()),
        Example("one about the provider that is not serious", NOT_APPLICABLE, lambda: about_the_provider(serious=False)),
        Example("one about the provider, not sorted, reviewed, and why pupils stay is recorded", MET, lambda: about_the_provider(**WHY)),
        Example("one about the provider, not sorted, and an open one of the placement", BREACHED, lambda: about_the_provider(happened=[("concern", {"day": "2026-02-20", "what": "a bruise"})])),
        Example("a serious incident recorded with another placement there, and no review", BREACHED, lambda: placement_case(with_others=(serious_incident(),))),
        Example("the same, decided there, and reviewed here", MET, lambda: placement_case(reviewed=("2026-02-23",), with_others=(serious_incident(**WHY),))),
        Example("one recorded with another placement before this one started", NOT_APPLICABLE, lambda: placement_case(with_others=(serious_incident(day="2026-01-05"),))),
        Example("no concern", NOT_APPLICABLE, placement_case),
    ),
    "AP516": (
        Example("the lead was told the same day, and nobody else has to be", MET, lambda: worried(TOLD)),
        Example("the lead was told on the next day", BREACHED, lambda: worried(TOLD | {"lead_informed": "2026-02-27"})),
        Example("the lead was told on the next day, and it says why", MET, lambda: worried(TOLD | {"lead_informed": "2026-02-27", "why_not_informed": "away"})),
        Example("nobody is told yet, on the day of the concern", NOT_YET, lambda: worried(on=date(2026, 2, 26))),
        Example("nobody is told, on the day after", BREACHED, lambda: worried(on=date(2026, 2, 27))),
        Example("about an adult, the officer told on the next working day", MET, lambda: worried(ADULT | {"officer_informed": "2026-02-27"})),
        Example("about an adult on a Thursday, the officer told on the Saturday", BREACHED, lambda: worried(ADULT | {"officer_informed": "2026-02-28"})),
        Example("about an adult, the officer not told yet, on the next working day", NOT_YET, lambda: worried(ADULT, on=date(2026, 2, 27))),
        Example("about an adult, the officer not told, on the day after that", BREACHED, lambda: worried(ADULT, on=date(2026, 2, 28))),
        Example("a child is at risk, social care told the same day", MET, lambda: worried(HARM | {"social_care_informed": "2026-02-26"})),
        Example("a child is at risk, social care told on the next day", BREACHED, lambda: worried(HARM | {"social_care_informed": "2026-02-27"})),
        Example("nobody said whether a child is at risk", BREACHED, lambda: worried(LEAD | {"about_adult": False})),
        Example("nobody said whether an adult is concerned, on the next working day", NOT_YET, lambda: worried(LEAD | {"at_risk": False}, on=date(2026, 2, 27))),
        Example("open, nobody told, and the placement has ended", BREACHED, lambda: worried(raised="2026-02-10", ended="2026-02-23")),
        Example("closed, nobody told, and the placement has ended", BREACHED, lambda: worried(CLOSED, raised="2026-02-10", ended="2026-02-23")),
        Example("closed, the lead told the same day, and the placement has ended", MET, lambda: worried(CLOSED | TOLD | {"lead_informed": "2026-02-10"}, raised="2026-02-10", ended="2026-02-23")),
        Example("about an adult at the provider, and nobody told", BREACHED, lambda: about_the_provider(about_adult=True)),
        Example("the same, on the day of the concern", NOT_YET, lambda: about_the_provider(about_adult=True, on=date(2026, 2, 20))),
        Example("about an adult at the provider, lead and officer told in time", MET, lambda: about_the_provider(about_adult=True, lead_informed="2026-02-20", officer_informed="2026-02-23", at_risk=False)),
        Example("about the provider, before the start", NOT_APPLICABLE, lambda: about_the_provider(day="2026-01-05")),
        Example("recorded with another placement: people are told there", NOT_APPLICABLE, lambda: placement_case(with_others=(serious_incident(),))),
        Example("no concern", NOT_APPLICABLE, placement_case),
    ),
}  # fmt: skip
