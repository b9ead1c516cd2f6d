"""Examples of AP4: the plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..cases.placement import PlacementCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import (
    DAY,
    DAY_BEFORE,
    ON,
    PROVIDER,
    PUPIL,
    Answers,
    Example,
    Happened,
    key_question,
    placement_case,
    without,
)

PLAN: Answers = {"day": "2025-12-15", "agreed_by": ["parent", "child"], "roles": True}
SHARED: Answers = {
    "day": "2025-12-15",
    "whom": "C. Sample",
    "sen": True,
    "medical": False,
    "literacy": True,
    "safeguarding": False,
}
INDUCTION: Answers = {
    "day": "2026-01-12",
    "academic_level": "x",
    "prior_attendance": "62",
    "engagement": "x",
    "ambitions": "x",
}
RETURN: Answers = {
    "day": "2025-12-15",
    "readiness": "two weeks of full attendance",
    "provider_gives": "mentoring",
    "school_gives": "a key adult",
}
REMOTE: Answers = {
    "day": "2026-01-07",
    "last_resort": "too ill to travel",
    "until": "2026-03-13",
    "engaged": "four of five lessons",
}
NEXT_STEP = ("reintegration", {"day": "2026-01-05", "timetable": "college from September"})
WITH_PLAN = PUPIL | {"ehcp": "2024-09-01", "health_plan": "no"}
ONLINE_PROVIDER = PROVIDER | {"kind": "online"}


def suspended_for(until: str | None, **changed: Any) -> PlacementCase:
    """A placement for a suspension from Tuesday 6 January 2026 to a day."""
    suspension: Answers = {"permanent": False, "day": "2026-01-06"}
    if until:
        suspension["until"] = until
    return placement_case(**{"route": "suspension", "exclusions": (suspension,)} | changed)


def agreed(
    kind: str, answers: Answers, needed: str, no: str = "", **changed: Any
) -> tuple[Example, ...]:
    """The examples of a rule that an answer of an entry is recorded before the start."""
    return (
        Example(
            "it is recorded", MET, lambda: placement_case(happened=[(kind, answers)], **changed)
        ),
        Example(
            "nothing is recorded, on the day of the start",
            BREACHED,
            lambda: placement_case(on=DAY, reviewed=(), **changed),
        ),
        Example(
            "nothing is recorded, on the day before the start",
            NOT_YET,
            lambda: placement_case(on=DAY_BEFORE, reviewed=(), **changed),
        ),
        Example(
            f"all but {needed.replace('_', ' ')}",
            BREACHED,
            lambda: placement_case(happened=[(kind, without(answers, needed))], **changed),
        ),
        Example(
            "in the school itself",
            NOT_APPLICABLE,
            lambda: placement_case(tier="1b", place="school", **changed),
        ),
    )


NOTICE: Answers = {
    "to": ["parent"],
    "address": True,
    "report_to": True,
    "days": True,
    "reasons": True,
    "session_times": True,
}
OF_THE_NOTICE = (*NOTICE, "at_most_until")


def directed(notice: str | None, on: date = ON, **changed: Any) -> PlacementCase:
    """An off-site direction from Monday 23 February 2026, with a notice given on a day, if any."""
    said = NOTICE | {name: changed.pop(name) for name in OF_THE_NOTICE if name in changed}
    happened: Happened = [("notice", said | {"day": notice})] if notice else []
    changed.setdefault("starts", "2026-02-23")
    return placement_case(on=on, reviewed=(), happened=happened, **changed)


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP401": key_question("teacher_consulted"),
    "AP402": key_question("timeline"),
    "AP403": (
        *key_question("transport"),
        Example("online, and other needs are considered", MET, lambda: placement_case(place="online", transport=None, considerations="a quiet room")),
        Example("online, and neither is answered", BREACHED, lambda: placement_case(place="online", transport=None)),
        Example("at the provider, and other needs are considered", BREACHED, lambda: placement_case(transport=None, considerations="a quiet room")),
    ),
    "AP404": key_question("pupil_wants"),
    "AP405": (
        Example("its end is planned", MET, placement_case),
        Example("no end, on the day of the start", BREACHED, lambda: placement_case(on=DAY, reviewed=(), ends=None)),
    ),
    "AP406": key_question("extent"),
    "AP407": key_question("curriculum_fit"),
    "AP408": key_question("success"),
    "AP409": key_question("outcome_behaviour"),
    "AP424": (
        Example("the cost is recorded and was compared", MET, lambda: placement_case(cost="85.50", cost_compared="2026-02-13")),
        Example("it was not compared, on the day on which the first review is due", NOT_YET, lambda: placement_case(on=date(2026, 2, 13), cost="85.50", reviewed=())),
        Example("it was not compared, on the day after", BREACHED, lambda: placement_case(on=date(2026, 2, 14), cost="85.50", reviewed=())),
        Example("the cost is not recorded", BREACHED, placement_case),
        Example("in the school", NOT_APPLICABLE, lambda: placement_case(tier="1b", place="school")),
    ),
    "AP416": (
        *key_question("at_school"),
        Example("half a day on each of two days", BREACHED, lambda: placement_case(at_school="mon am, tue am")),
        Example("one whole day", MET, lambda: placement_case(at_school="tue")),
        Example("never, by an exception for health", MET, lambda: placement_case(at_school="none", exception="health-or-wellbeing")),
        Example("in the school itself", NOT_APPLICABLE, lambda: placement_case(tier="1b", place="school", at_school=None)),
        Example("on no school's roll", NOT_APPLICABLE, lambda: placement_case(pupil=PUPIL | {"home_school": "none"}, at_school=None)),
        Example("taken off the roll today", NOT_APPLICABLE, lambda: placement_case(route="permanent-exclusion", removed_from_roll="2026-03-02", at_school=None)),
        Example("to be taken off the roll tomorrow", BREACHED, lambda: placement_case(route="permanent-exclusion", removed_from_roll="2026-03-03", at_school=None)),
        Example("nobody asked on whose roll", CANNOT_TELL, lambda: placement_case(pupil=without(PUPIL, "home_school"), at_school=None)),
    ),
    "AP410": (
        Example("held, and the child has no other plan", MET, lambda: placement_case(happened=[("plan", PLAN)], pupil=PUPIL | {"health_plan": "no"})),
        Example("held, and nothing more is recorded of it", MET, lambda: placement_case(happened=[("plan", {"day": "2025-12-15"})], pupil=PUPIL | {"health_plan": "no"})),
        Example("held, and linked to the EHC plan", MET, lambda: placement_case(happened=[("plan", PLAN | {"linked_to_ehcp": True})], pupil=WITH_PLAN)),
        Example("held, and not linked to the EHC plan", BREACHED, lambda: placement_case(happened=[("plan", PLAN)], pupil=WITH_PLAN)),
        Example("held, and nobody asked about a health care plan", CANNOT_TELL, lambda: placement_case(happened=[("plan", PLAN)])),
        Example("linked to both plans, and nobody asked whether there are any", MET, lambda: placement_case(happened=[("plan", PLAN | {"linked_to_ehcp": True, "linked_to_health_plan": True})], pupil=without(PUPIL, "ehcp"))),
        Example("linked to one of two plans, and nobody asked whether there are any", CANNOT_TELL, lambda: placement_case(happened=[("plan", PLAN | {"linked_to_ehcp": True})], pupil=without(PUPIL, "ehcp"))),
        Example("before the start, not linked to an EHC plan that begins before it", NOT_YET, lambda: placement_case(on=date(2025, 12, 20), reviewed=(), happened=[("plan", PLAN | {"day": "2025-12-18"})], pupil=PUPIL | {"ehcp": "2026-01-02", "health_plan": "no"})),
        Example("before the start, not linked to an EHC plan that begins after it", MET, lambda: placement_case(on=date(2025, 12, 20), reviewed=(), happened=[("plan", PLAN | {"day": "2025-12-18"})], pupil=PUPIL | {"ehcp": "2026-01-07", "health_plan": "no"})),
        Example("not linked to the EHC plan, and nobody asked about a health care plan", BREACHED, lambda: placement_case(happened=[("plan", PLAN)], pupil=without(WITH_PLAN, "health_plan"))),
        Example("not held, on the day of the start", BREACHED, lambda: placement_case(on=DAY, reviewed=())),
        Example("not held, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=())),
    ),
    "AP411": agreed("sharing", SHARED, "medical"),
    "AP412": (
        Example("all is recorded", MET, lambda: placement_case(happened=[("induction", INDUCTION)])),
        Example("nothing, on the tenth school day after the start", NOT_YET, lambda: placement_case(on=date(2026, 1, 20), reviewed=())),
        Example("nothing, on the day after that", BREACHED, lambda: placement_case(on=date(2026, 1, 21), reviewed=())),
        Example("no ambitions", BREACHED, lambda: placement_case(happened=[("induction", without(INDUCTION, "ambitions"))])),
    ),
    "AP413": (
        Example("discussed, and the way is safe", MET, lambda: placement_case(location_discussed="2025-12-15", route_safe=True)),
        Example("the way is not safe", BREACHED, lambda: placement_case(location_discussed="2025-12-15", route_safe=False)),
        Example("nothing, on the day of the start", BREACHED, lambda: placement_case(on=DAY, reviewed=())),
        Example("nothing, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=())),
        Example("the pupil is taught at home", NOT_APPLICABLE, lambda: placement_case(place="home")),
        Example("the pupil learns online", NOT_APPLICABLE, lambda: placement_case(place="online")),
    ),
    "AP414": (
        Example("it is recorded", MET, lambda: placement_case(exit_strategy="a phased return")),
        Example("it is not, on the day of the start", BREACHED, lambda: placement_case(on=DAY, reviewed=())),
        Example("it is not, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=())),
    ),
    "AP415": (
        *agreed("reintegration", RETURN, "school_gives"),
        Example("a suspension of six school days, and no plan", BREACHED, lambda: suspended_for("2026-01-13")),
        Example("a suspension of six school days, nothing on the day before the start", NOT_YET, lambda: suspended_for("2026-01-13", on=DAY_BEFORE, reviewed=())),
        Example("a suspension of five school days, nothing by the start", NOT_YET, lambda: suspended_for("2026-01-12", on=DAY, reviewed=())),
        Example("a suspension of five school days, and the next step is planned", MET, lambda: suspended_for("2026-01-12", happened=[NEXT_STEP])),
        Example("a suspension of six school days, and only the next step is planned", BREACHED, lambda: suspended_for("2026-01-13", happened=[NEXT_STEP])),
        Example("a suspension without a last day, nothing on the day of the start", CANNOT_TELL, lambda: suspended_for(None, on=DAY, reviewed=())),
        Example("a suspension without a last day, and the whole plan is there", MET, lambda: suspended_for(None, happened=[("reintegration", RETURN)])),
        Example("a suspension without a last day, nothing after the first review", BREACHED, lambda: suspended_for(None, on=date(2026, 2, 14), reviewed=())),
        Example("no suspension is recorded, nothing on the day of the first review", CANNOT_TELL, lambda: placement_case(on=date(2026, 2, 13), route="suspension", reviewed=())),
        Example("arranged by the school, nothing by the first review", BREACHED, lambda: placement_case(on=date(2026, 2, 14), route="school-arranged", reviewed=())),
        Example("arranged by the school, and an entry that says nothing", BREACHED, lambda: placement_case(on=date(2026, 2, 14), route="school-arranged", reviewed=(), happened=[("reintegration", {})])),
        Example("arranged by the school, on the day of the first review", NOT_YET, lambda: placement_case(on=date(2026, 2, 13), route="school-arranged", reviewed=())),
        Example("arranged by the school, and the next step is planned", MET, lambda: placement_case(route="school-arranged", happened=[NEXT_STEP])),
        Example("arranged by the school, and a plan that says nothing", BREACHED, lambda: placement_case(on=date(2026, 2, 14), route="school-arranged", reviewed=(), happened=[("reintegration", {"day": "2026-02-02"})])),
    ),
    "AP420": (
        Example("why, until when, and how it goes", MET, lambda: placement_case(provider=ONLINE_PROVIDER, happened=[("remote", REMOTE)])),
        Example("it is limited to today", MET, lambda: placement_case(provider=ONLINE_PROVIDER, happened=[("remote", REMOTE | {"until": "2026-03-02"})])),
        Example("it was limited to yesterday, and goes on", BREACHED, lambda: placement_case(provider=ONLINE_PROVIDER, happened=[("remote", REMOTE | {"until": "2026-03-01"})])),
        Example("it was limited to yesterday, at a place that is not online", MET, lambda: placement_case(happened=[("remote", REMOTE | {"until": "2026-03-01"})])),
        Example("no log, five school days after the start", NOT_YET, lambda: placement_case(on=date(2026, 1, 13), reviewed=(), provider=ONLINE_PROVIDER, happened=[("remote", without(REMOTE, "engaged"))])),
        Example("no log, on the day after that", BREACHED, lambda: placement_case(on=date(2026, 1, 14), reviewed=(), provider=ONLINE_PROVIDER, happened=[("remote", without(REMOTE, "engaged"))])),
        Example("why is not recorded, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=(), provider=ONLINE_PROVIDER)),
        Example("nothing is recorded, and it is the reason at a place that is not online", BREACHED, lambda: placement_case(reason=["online"])),
        Example("another reason", NOT_APPLICABLE, lambda: placement_case(reason=["health"])),
        Example("why is not recorded, on the day of the start", BREACHED, lambda: placement_case(on=DAY, reviewed=(), provider=ONLINE_PROVIDER)),
        Example("not remote", NOT_APPLICABLE, placement_case),
    ),
    "AP421": (
        Example("notice on Wednesday 11 February for Monday 23 February", MET, lambda: directed("2026-02-11")),
        Example("notice on Thursday 12 February", MET, lambda: directed("2026-02-12")),
        Example("notice on Friday 13 February", BREACHED, lambda: directed("2026-02-13")),
        Example("no notice, on Thursday 12 February", NOT_YET, lambda: directed(None, on=date(2026, 2, 12))),
        Example("no notice, on Friday 13 February", BREACHED, lambda: directed(None, on=date(2026, 2, 13))),
        Example("no notice on Thursday 27 August for Tuesday 1 September, and term dates are unknown", CANNOT_TELL, lambda: directed(None, starts="2026-09-01", ends="2026-12-18", review_date=None, on=date(2026, 8, 27))),
        Example("no notice by Friday 28 August, and Monday is a bank holiday", BREACHED, lambda: directed(None, starts="2026-09-01", ends="2026-12-18", review_date=None, on=date(2026, 8, 28))),
        Example("notice in June for 5 October, which no term dates cover", MET, lambda: directed("2026-06-25", starts="2026-10-05", ends="2026-12-18", review_date=None, on=date(2026, 9, 30))),
        Example("notice on Wednesday 25 February for Monday 2 March", MET, lambda: directed("2026-02-25", starts="2026-03-02")),
        Example("notice on Thursday 26 February, one day short of clear days", MET, lambda: directed("2026-02-26", starts="2026-03-02")),
        Example("notice on Friday 27 February", BREACHED, lambda: directed("2026-02-27", starts="2026-03-02", on=date(2026, 3, 2))),
        Example("the notice names no session times", BREACHED, lambda: directed("2026-02-11", session_times=False)),
        Example("the notice went to the authority alone", BREACHED, lambda: directed("2026-02-11", to=["local-authority"])),
        Example("the pupil is 18, and was given it", MET, lambda: directed("2026-02-11", to=["child"], pupil=PUPIL | {"born": "2008-02-23"})),
        Example("the pupil is 18 a day later, and was given it", BREACHED, lambda: directed("2026-02-11", to=["child"], pupil=PUPIL | {"born": "2008-02-24"})),
        Example("arranged by the school", NOT_APPLICABLE, lambda: directed(None, route="school-arranged")),
    ),
    "AP422": (
        Example("the authority was given it", MET, lambda: directed("2026-02-12", to=["parent", "local-authority"], pupil=WITH_PLAN)),
        Example("the authority was not", BREACHED, lambda: directed("2026-02-12", pupil=WITH_PLAN)),
        Example("the authority was not, on Thursday 12 February", NOT_YET, lambda: directed(None, pupil=WITH_PLAN, on=date(2026, 2, 12))),
        Example("the authority was not on Thursday 27 August, for 1 September, and term dates are unknown", CANNOT_TELL, lambda: directed(None, pupil=WITH_PLAN, starts="2026-09-01", ends="2026-12-18", review_date=None, on=date(2026, 8, 27))),
        Example("no EHC plan", NOT_APPLICABLE, lambda: directed("2026-02-12")),
        Example("an EHC plan only from the day after the start", NOT_APPLICABLE, lambda: directed("2026-02-12", pupil=PUPIL | {"ehcp": "2026-02-24"})),
        Example("nobody asked about a plan", CANNOT_TELL, lambda: directed("2026-02-12", pupil=without(PUPIL, "ehcp"))),
    ),
    "AP423": (
        Example("a maximum was agreed", MET, lambda: directed("2026-02-12", at_most_until="2026-07-10")),
        Example("none was", BREACHED, lambda: directed("2026-02-12")),
        Example("none was, on the day before the start", NOT_YET, lambda: directed(None, on=date(2026, 2, 22))),
    ),
    "AP425": (
        *agreed("plan", PLAN, "agreed_by"),
        Example("the parents have not agreed", BREACHED, lambda: placement_case(happened=[("plan", PLAN | {"agreed_by": ["child"]})])),
    ),
    "AP426": (
        Example("agreed", MET, lambda: placement_case(tier="1b", place="school")),
        Example("how progress is told is not, on the day of the start", BREACHED, lambda: placement_case(tier="1b", place="school", on=DAY, reviewed=(), success=None)),
        Example("how progress is told is not, on the day before the start", NOT_YET, lambda: placement_case(tier="1b", place="school", on=DAY_BEFORE, reviewed=(), success=None)),
        Example("outside the school", NOT_APPLICABLE, placement_case),
        Example("the school's own staff", NOT_APPLICABLE, lambda: placement_case(tier="1b", place="school", provider=PROVIDER | {"kind": "own-site"})),
    ),
}  # fmt: skip
