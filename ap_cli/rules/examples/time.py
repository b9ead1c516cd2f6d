"""Examples of AP5: time and reviews."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..cases.placement import PlacementCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import (
    COMPLETE,
    DAY_BEFORE,
    ON,
    PROVIDER,
    PUPIL,
    Answers,
    Example,
    Happened,
    key_question,
    placement_case,
    reviewed_with_next,
    without,
)

FOUR = ["parent", "provider", "head-teacher", "governors"]


def reviewed_openly(
    invited: str | None = "2026-02-24",
    outcome: str | None = "2026-03-08",
    on: date = date(2026, 3, 9),
    **changed: Any,
) -> PlacementCase:
    """An off-site direction reviewed on Monday 2 March 2026, with invitations and outcome on these days, if any."""
    happened: list[tuple[str, Answers]] = []
    if invited:
        happened.append(
            (
                "invitation",
                {
                    "day": invited,
                    "review_on": "2026-03-02",
                    "invited": changed.pop("parties", FOUR),
                },
            )
        )
    if outcome:
        happened.append(
            (
                "outcome",
                {
                    "day": outcome,
                    "told": ["parent", "provider"],
                    "reasons": changed.pop("reasons", True),
                },
            )
        )
    return placement_case(
        on=on, reviewed=("2026-03-02",), ends="2026-07-10", happened=happened, **changed
    )


def urgently_reviewed(concern: str) -> PlacementCase:
    """A review on Monday 2 March 2026 to which nobody was invited, after a concern."""
    outcome: Answers = {"day": "2026-03-04", "told": ["parent", "provider"], "reasons": True}
    happened = [("concern", {"day": concern, "what": "x"}), ("outcome", outcome)]
    return placement_case(
        on=date(2026, 3, 9), reviewed=("2026-03-02",), ends="2026-07-10", happened=happened
    )


def reviewed_in_september(on: date, invited: str | None = None) -> PlacementCase:
    """A direction reviewed on 15 September 2026, of which no term dates cover a day."""
    invitation = {"day": invited, "review_on": "2026-09-15", "invited": FOUR}
    happened: Happened = [("invitation", invitation)] if invited else []
    return placement_case(
        on=on,
        starts="2026-09-07",
        ends="2026-12-18",
        review_date=["2026-12-01"],
        reviewed=("2026-09-15",),
        happened=happened,
    )


def asked_on_16_march(
    *reviewed: str, on: date = date(2026, 4, 21), refused: bool = False
) -> PlacementCase:
    """A placement since November 2025 whose parent asked on 16 March 2026 for a review."""
    asked: Answers = {"day": "2026-03-16", "asked_by": "parent", "refused": refused}
    return placement_case(
        on=on,
        starts="2025-11-03",
        ends="2026-07-10",
        visit=None,
        reviewed=reviewed,
        happened=[("request", asked)],
    )


def asked_twice(refused: bool) -> PlacementCase:
    """A parent's requests of 2 and of 16 March 2026, on the day after the second."""
    requests: list[tuple[str, Answers]] = [
        ("request", {"day": day, "asked_by": "parent"}) for day in ("2026-03-02", "2026-03-16")
    ]
    if refused:
        requests[1][1]["refused"] = True
    return placement_case(
        on=date(2026, 3, 17),
        starts="2025-11-03",
        ends="2026-07-10",
        visit=None,
        reviewed=(),
        happened=requests,
    )


def waived_after_the_request() -> PlacementCase:
    """The same, where the review was waived."""
    waived: Answers = {"day": "2026-04-13", "rule": "AP503", "reason": "x"}
    return placement_case(
        on=date(2026, 4, 21),
        starts="2025-11-03",
        ends="2026-07-10",
        visit=None,
        reviewed=(),
        happened=[REQUESTED, ("waiver", waived)],
    )


def asked_by(who: str, pupil: Answers) -> PlacementCase:
    """A request of 16 March 2026 by somebody, with no review since November."""
    asked = ("request", {"day": "2026-03-16", "asked_by": who})
    return placement_case(
        on=date(2026, 4, 21),
        starts="2025-11-03",
        ends="2026-07-10",
        visit=None,
        reviewed=(),
        pupil=pupil,
        happened=[asked],
    )


REQUESTED: tuple[str, Answers] = ("request", {"day": "2026-03-16", "asked_by": "parent"})


LONGER: Answers = {"ends": "2026-07-10"}
"""Two half terms from 6 January end on Friday 27 March; this placement goes on."""


def safety_seen(
    *days: str, on: str = "2026-03-02", answers: Answers | None = None, **changed: Any
) -> PlacementCase:
    """A placement from 6 January to 10 July 2026 in which safety was looked at on these days."""
    looked = {"safe": True, "competent_person": "S. Sample"} if answers is None else answers
    happened = [("visit", {"day": day, "by": "A. Tester"} | looked) for day in days]
    return placement_case(on=date.fromisoformat(on), happened=happened, **(LONGER | changed))


def seen(*days: str, on: date = ON, ends: str = "2026-07-10", **changed: Any) -> PlacementCase:
    """A placement in which the child was seen at the provision on these days."""
    return placement_case(
        on=on,
        ends=ends,
        happened=[("visit", {"day": day, "by": "A. Tester", "child_seen": True}) for day in days],
        **changed,
    )


def agreed_in_autumn(on: str) -> PlacementCase:
    """A review of 29 September 2026, and one agreed for 6 October; no term dates are known."""
    return placement_case(
        on=date.fromisoformat(on),
        reviewed=("2026-09-29",),
        review_date=["2026-10-06"],
        **OF_AUTUMN,
    )


def asked_in_autumn(on: str) -> PlacementCase:
    """A review that a parent asked for on 14 September 2026; no term dates are known."""
    return placement_case(
        on=date.fromisoformat(on),
        reviewed=(),
        review_date=None,
        happened=[("request", {"day": "2026-09-14", "asked_by": "parent"})],
        **OF_AUTUMN,
    )


OF_AUTUMN: Answers = {"starts": "2026-09-07", "ends": "2026-12-18", "visit": None}


def asked_in_february(on: str, *happened: tuple[str, Answers]) -> PlacementCase:
    """A review that a parent asked for on 4 February 2026, due on 4 March, and what happened."""
    requested = ("request", {"day": "2026-02-04", "asked_by": "parent"})
    return placement_case(on=date.fromisoformat(on), reviewed=(), happened=[requested, *happened])


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP501": key_question("ends"),
    "AP502": (
        Example("on its last planned day", MET, lambda: placement_case(on=date(2026, 3, 27))),
        Example("on the day after", BREACHED, lambda: placement_case(on=date(2026, 3, 28))),
        Example("it ended two weeks after its planned end", MET, lambda: placement_case(on=date(2026, 3, 9), ends="2026-02-13", review_date=None, ended={"day": "2026-02-27", "destination": "home-school"})),
        Example("the same, on its last day", MET, lambda: placement_case(on=date(2026, 2, 27), ends="2026-02-13", review_date=None, ended={"day": "2026-02-27", "destination": "home-school"})),
        Example("the same, on the day before its last", BREACHED, lambda: placement_case(on=date(2026, 2, 26), ends="2026-02-13", review_date=None, ended={"day": "2026-02-27", "destination": "home-school"})),
        Example("no planned end, which AP501 asks for", NOT_APPLICABLE, lambda: placement_case(ends=None)),
    ),
    "AP503": (
        Example("no review yet, on the last school day of the half term", NOT_YET, lambda: placement_case(on=date(2026, 2, 13), reviewed=())),
        Example("no review yet, on the day after it", BREACHED, lambda: placement_case(on=date(2026, 2, 14), reviewed=())),
        Example("an earlier review was agreed at the last one, in its half term", BREACHED, lambda: reviewed_with_next("2026-03-10", date(2026, 3, 11))),
        Example("the same, on the day agreed", NOT_YET, lambda: reviewed_with_next("2026-03-10", date(2026, 3, 10))),
        Example("discussed at its end, on its last day", MET, lambda: placement_case(on=date(2026, 3, 27), reviewed=(), happened=[("discussion", {"day": "2026-03-27", "took_part": ["child"]})])),
        Example("a discussion three weeks before its last day is no review", NOT_YET, lambda: placement_case(on=date(2026, 3, 27), reviewed=(), happened=[("review", {"day": "2026-02-13"} | COMPLETE), ("discussion", {"day": "2026-03-06", "took_part": ["child"]})])),
        Example("a discussion in the half term, and no review, on the day after it", BREACHED, lambda: placement_case(on=date(2026, 2, 14), reviewed=(), happened=[("discussion", {"day": "2026-02-10", "took_part": ["child"]})])),
        Example("reviewed on its last day", MET, lambda: placement_case(on=date(2026, 3, 27), reviewed=("2026-03-27",))),
        Example("the only review answers nothing, on the last school day of the half term", NOT_YET, lambda: placement_case(on=date(2026, 2, 13), reviewed=(), happened=[("review", {"day": "2026-02-10", "next_review": "2026-03-20"})])),
        Example("the only review answers nothing, on the day after it", BREACHED, lambda: placement_case(on=date(2026, 2, 14), reviewed=(), happened=[("review", {"day": "2026-02-10", "next_review": "2026-03-20"})])),
        Example("the only review answers three of the four", BREACHED, lambda: placement_case(on=date(2026, 2, 14), reviewed=(), happened=[("review", {"day": "2026-02-10", "safe": True, "attending": True, "needs_met": True})])),
        Example("a date agreed that the last review may have spent, on that day", NOT_YET, lambda: agreed_in_autumn("2026-10-06")),
        Example("the same, on the day after it: nobody knows in which half term the review was", CANNOT_TELL, lambda: agreed_in_autumn("2026-10-07")),
        Example("the same, eight weeks after the review", BREACHED, lambda: agreed_in_autumn("2026-11-25")),
        Example("asked for, and waived before that", BREACHED, lambda: asked_in_february("2026-03-05", ("waiver", {"day": "2026-01-30", "rule": "AP503", "reason": "x"}))),
        Example("asked for, and waived since", NOT_YET, lambda: asked_in_february("2026-03-05", ("waiver", {"day": "2026-02-11", "rule": "AP503", "reason": "x"}))),
        Example("asked for without term dates, on the day by which it is due as estimated", NOT_YET, lambda: asked_in_autumn("2026-10-05")),
        Example("the same, on the day after it", CANNOT_TELL, lambda: asked_in_autumn("2026-10-06")),
        Example("no term dates, 56 days after the start", CANNOT_TELL, lambda: placement_case(on=date(2027, 11, 29), starts="2027-10-04", ends=None, review_date=None, reviewed=())),
        Example("no term dates, 57 days after the start", BREACHED, lambda: placement_case(on=date(2027, 11, 30), starts="2027-10-04", ends=None, review_date=None, reviewed=())),
    ),
    "AP504": (
        Example("a date is agreed", MET, lambda: placement_case(ends="2026-07-10", review_date=["2026-03-20"])),
        Example("none is agreed", BREACHED, lambda: placement_case(ends="2026-07-10", review_date=None)),
        Example("none is agreed, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=(), ends="2026-07-10", review_date=None)),
        Example("the next one is its last day", MET, lambda: placement_case(ends="2026-03-06", review_date=None)),
        Example("the only date is spent by a review in its half term", BREACHED, lambda: placement_case(ends=None, review_date=["2026-03-27"], reviewed=("2026-03-02",))),
        Example("a review is overdue: that is said already", NOT_APPLICABLE, lambda: placement_case(ends="2026-07-10", review_date=None, reviewed=())),
    ),
    "AP511": (
        Example("the last half term was reviewed", MET, placement_case),
        Example("it was reviewed in the holiday after it", MET, lambda: placement_case(reviewed=("2026-02-20",))),
        Example("it went by without", BREACHED, lambda: placement_case(reviewed=("2026-03-02",))),
        Example("no term dates cover the day", CANNOT_TELL, lambda: placement_case(on=date(2027, 11, 29), starts="2027-10-04", ends=None, review_date=None, reviewed=())),
        Example("two half terms ago is history", MET, lambda: placement_case(on=date(2026, 4, 13), ends="2026-07-10", reviewed=("2026-03-27",))),
    ),
    "AP505": (
        Example("decided at the review that it names", MET, lambda: placement_case(reviewed=(), happened=[("review", {"day": "2026-02-13", "decided": "extend"}), ("extension", {"day": "2026-03-02", "to": "2026-05-22", "review": "E-0101"})])),
        Example("the review that it names decided otherwise", BREACHED, lambda: placement_case(reviewed=(), happened=[("review", {"day": "2026-02-13", "decided": "end"}), ("extension", {"day": "2026-03-02", "to": "2026-05-22", "review": "E-0101"})])),
        Example("what the review decided is not recorded", CANNOT_TELL, lambda: placement_case(reviewed=(), happened=[("review", {"day": "2026-02-13"}), ("extension", {"day": "2026-03-02", "to": "2026-05-22", "review": "E-0101"})])),
        Example("a review in the same half term", MET, lambda: placement_case(reviewed=(), happened=[("review", {"day": "2026-02-25", "decided": "extend"}), ("extension", {"day": "2026-03-02", "to": "2026-05-22"})])),
        Example("a complete review in the same half term, which it does not name and which decided to continue", MET, lambda: placement_case(reviewed=(), happened=[("review", COMPLETE | {"day": "2026-02-24", "decided": "continue"}), ("extension", {"day": "2026-03-02", "to": "2026-05-22"})])),
        Example("the review that it names decided otherwise, and another was held in the same half term", MET, lambda: placement_case(reviewed=("2026-02-24",), happened=[("review", {"day": "2026-02-13", "decided": "end"}), ("extension", {"day": "2026-03-02", "to": "2026-05-22", "review": "E-0101"})])),
        Example("the only review was in the half term before", BREACHED, lambda: placement_case(happened=[("extension", {"day": "2026-03-02", "to": "2026-05-22"})])),
        Example("the only review came after it", BREACHED, lambda: placement_case(on=date(2026, 3, 9), reviewed=("2026-03-03",), happened=[("extension", {"day": "2026-03-02", "to": "2026-05-22"})])),
        Example("no term dates cover it", CANNOT_TELL, lambda: placement_case(on=date(2030, 3, 1), starts="2030-01-07", ends="2030-07-12", review_date=None, reviewed=("2030-02-04",), visit=None, happened=[("extension", {"day": "2030-02-20", "to": "2030-07-12"})])),
        Example("no term dates cover it, and no review was held before it", BREACHED, lambda: placement_case(on=date(2030, 3, 1), starts="2030-01-07", ends="2030-07-12", review_date=None, reviewed=(), visit=None, happened=[("extension", {"day": "2030-02-20", "to": "2030-07-12"})])),
        Example("it was never extended", NOT_APPLICABLE, placement_case),
    ),
    "AP510": (
        Example("full time for twelve weeks", MET, lambda: placement_case(hours="19", ends="2026-03-30", review_date=None, extent="full-time")),
        Example("full time for a day more", BREACHED, lambda: placement_case(hours="19", ends="2026-03-31", review_date=None, extent="full-time")),
        Example("two days a week, of a week that is full time with the school", MET, lambda: placement_case(at_provider="mon-tue", at_school="wed-fri", extent="full-time", ends="2026-07-10")),
        Example("two days a week", MET, lambda: placement_case(at_provider="mon-tue")),
        Example("four sessions on four days", MET, lambda: placement_case(at_provider="mon-thu am")),
        Example("five sessions on three days", BREACHED, lambda: placement_case(at_provider="mon-tue, wed am", hours="12")),
        Example("the sessions are not recorded", CANNOT_TELL, placement_case),
        Example("at a pupil referral unit", NOT_APPLICABLE, lambda: placement_case(provider=PROVIDER | {"kind": "pru"}, at_provider="mon-thu")),
    ),
    "AP507": (
        Example("invited six days before, told six days after", MET, reviewed_openly),
        Example("invited five days before", BREACHED, lambda: reviewed_openly(invited="2026-02-25")),
        Example("told seven days after", BREACHED, lambda: reviewed_openly(outcome="2026-03-09", on=date(2026, 3, 10))),
        Example("not told yet, six days after", NOT_YET, lambda: reviewed_openly(outcome=None, on=date(2026, 3, 8))),
        Example("not told, seven days after", BREACHED, lambda: reviewed_openly(outcome=None)),
        Example("the governors were not invited", BREACHED, lambda: reviewed_openly(parties=FOUR[:3])),
        Example("told without the reasons", BREACHED, lambda: reviewed_openly(reasons=False)),
        Example("held at once after a concern, with nobody invited", MET, lambda: urgently_reviewed("2026-02-27")),
        Example("two school days after a concern, with nobody invited", BREACHED, lambda: urgently_reviewed("2026-02-26")),
        Example("nobody is invited to the review of 27 March yet, on 21 March", NOT_YET, lambda: placement_case(reviewed=(), on=date(2026, 3, 21))),
        Example("nobody is invited to it, on 22 March", BREACHED, lambda: placement_case(reviewed=(), on=date(2026, 3, 22))),
        Example("nobody was invited to a review, on its day", BREACHED, lambda: reviewed_openly(invited=None, outcome=None, on=date(2026, 3, 2))),
        Example("nobody was told of a review in time, and nobody can tell which date agreed still stands", BREACHED, lambda: reviewed_in_september(date(2026, 9, 22))),
        Example("the same, while the outcome of it is still to come", CANNOT_TELL, lambda: reviewed_in_september(date(2026, 9, 21), invited="2026-09-09")),
        Example("no review yet, and none is agreed", NOT_APPLICABLE, lambda: placement_case(reviewed=(), review_date=None)),
        Example("arranged by the school", NOT_APPLICABLE, lambda: reviewed_openly(route="school-arranged")),
    ),
    "AP508": (
        Example("a review on 5 January, 70 days before, excuses", MET, lambda: asked_on_16_march("2026-01-05")),
        Example("a review on 4 January, 71 days before, does not", BREACHED, lambda: asked_on_16_march("2026-01-04")),
        Example("a review on the day of the request", MET, lambda: asked_on_16_march("2026-03-16")),
        Example("none held, on the 15th school day after it", NOT_YET, lambda: asked_on_16_march(on=date(2026, 4, 20))),
        Example("none held, on the day after that", BREACHED, lambda: asked_on_16_march()),
        Example("refused, and nothing excuses that", BREACHED, lambda: asked_on_16_march(on=date(2026, 3, 16), refused=True)),
        Example("refused, after a review shortly before", MET, lambda: asked_on_16_march("2026-03-02", refused=True)),
        Example("a waived review is none that was held", BREACHED, lambda: waived_after_the_request()),
        Example("the authority asked, and there is no EHC plan", MET, lambda: asked_by("local-authority", PUPIL)),
        Example("the authority asked, and there is an EHC plan", BREACHED, lambda: asked_by("local-authority", PUPIL | {"ehcp": "2024-09-01"})),
        Example("the authority asked, and nobody recorded whether there is a plan", CANNOT_TELL, lambda: asked_by("local-authority", without(PUPIL, "ehcp"))),
        Example("asked twice, and the second was refused", BREACHED, lambda: asked_twice(refused=True)),
        Example("asked twice, and both are still to be held", NOT_YET, lambda: asked_twice(refused=False)),
        Example("nobody asked", NOT_APPLICABLE, placement_case),
    ),
    "AP509": (
        Example("nobody has seen the child, on the last day of the half term", NOT_YET, lambda: seen(on=date(2026, 2, 13), reviewed=())),
        Example("nobody has seen the child, on the day after", BREACHED, lambda: seen(on=date(2026, 2, 14), reviewed=())),
        Example("seen in this half term", MET, lambda: seen("2026-02-25")),
        Example("seen in the last one, and not yet in this", NOT_YET, lambda: seen("2026-01-20")),
        Example("a start too late in the half term to be asked in it", NOT_YET, lambda: seen(on=date(2026, 2, 11), starts="2026-02-10", reviewed=())),
        Example("nobody has seen the child in four days, on the last of them", NOT_YET, lambda: seen(on=date(2026, 2, 13), starts="2026-02-10", ends="2026-02-13", reviewed=(), review_date=None)),
        Example("seen two half terms ago", BREACHED, lambda: seen("2026-01-20", on=date(2026, 4, 13))),
    ),
    "AP512": (
        Example("contact 15 school days ago", MET, lambda: placement_case(on=date(2026, 3, 13), happened=[("contact", {"day": "2026-02-20", "said": "x"})])),
        Example("contact 16 school days ago", BREACHED, lambda: placement_case(on=date(2026, 3, 16), happened=[("contact", {"day": "2026-02-20", "said": "x"})])),
        Example("an entry of contact that says nothing is none", BREACHED, lambda: placement_case(on=date(2026, 3, 16), happened=[("contact", {"day": "2026-03-13"})])),
        Example("a review counts", MET, placement_case),
        Example("it has not started", NOT_APPLICABLE, lambda: placement_case(on=DAY_BEFORE, reviewed=())),
    ),
    "AP517": (
        Example("looked at in the first two half terms, and the next is under way", MET, lambda: safety_seen("2026-02-25", on="2026-05-22")),
        Example("nobody looked, on the last day of the second half term", NOT_YET, lambda: safety_seen(on="2026-03-27")),
        Example("nobody looked, on the day after", BREACHED, lambda: safety_seen(on="2026-03-28")),
        Example("looked at late, after the first two half terms", MET, lambda: safety_seen("2026-04-14", on="2026-04-14")),
        Example("looked at in the half term of the start, two half terms later", NOT_YET, lambda: safety_seen("2026-01-20", on="2026-05-22")),
        Example("the same, on the day after that half term", BREACHED, lambda: safety_seen("2026-01-20", on="2026-05-23")),
        Example("looked at in the holiday before, which counts for the half term before it", NOT_YET, lambda: safety_seen("2026-02-18", on="2026-05-22")),
        Example("looked at before the start alone", BREACHED, lambda: safety_seen("2026-01-05", on="2026-03-28")),
        Example("looked at on the day of the start", MET, lambda: safety_seen("2026-01-06", on="2026-03-28")),
        Example("found not safe by a competent person: it was looked at", MET, lambda: safety_seen("2026-02-25", on="2026-03-28", answers={"safe": False, "competent_person": "S. Sample"})),
        Example("a visit that does not say whether it is safe", BREACHED, lambda: safety_seen("2026-02-25", on="2026-03-28", answers={"child_seen": True})),
        Example("safe, and no competent person is named", BREACHED, lambda: safety_seen("2026-02-25", on="2026-03-28", answers={"safe": True})),
        Example("looked at on a visit to the provider", MET, lambda: safety_seen(on="2026-03-28", there=[("visit", {"day": "2026-02-25", "safe": True, "competent_person": "S. Sample"})])),
        Example("a placement of two half terms, to the day", NOT_APPLICABLE, lambda: safety_seen(ends="2026-03-27", review_date=None)),
        Example("one of a day more", NOT_YET, lambda: safety_seen(ends="2026-03-28", review_date=None)),
        Example("it ends before the next two half terms are over", MET, lambda: safety_seen("2026-01-20", on="2026-05-20", ends="2026-05-21")),
        Example("no planned end", NOT_YET, lambda: safety_seen(ends=None)),
        Example("it has not started", NOT_APPLICABLE, lambda: safety_seen(on="2026-01-05", reviewed=())),
        Example("in the school", NOT_APPLICABLE, lambda: safety_seen(on="2026-03-28", place="school", tier="1a")),
        Example("no term dates cover it", CANNOT_TELL, lambda: safety_seen(on="2027-11-29", starts="2027-10-04", ends=None, review_date=None, reviewed=())),
    ),
}  # fmt: skip
