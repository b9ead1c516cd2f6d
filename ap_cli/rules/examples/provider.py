"""Examples of AP3: what must be known of the provider."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ...domain.evidence import OF_THE_PROVIDER, Item
from ...domain.options import Place
from ..cases.placement import PlacementCase
from ..cases.subjects import AnyCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import (
    DAY,
    DAY_BEFORE,
    PROVIDER,
    VISIT,
    Answers,
    Example,
    item_held,
    placement_case,
    provider_case,
    serious_incident,
    without,
)

RISK: Answers = {
    "day": "2025-12-15", "checked": "fire and first aid", "competent_person": "A. Tester", "statement": True, "parents_told": True, "commissioner_told": True,
    "this_child": "runs when upset: a member of staff stays near", "discussed": True, "must_register": False, "limits_known": True, "safe_working": True, "pupil_knows": True,
}  # fmt: skip
REPORTING: Answers = {
    "day": "2025-12-15", "absence": "by telephone before 10", "concerns": "at once", "progress": "each half term", "contact_there": "C. Sample", "contact_here": "A. Tester",
}  # fmt: skip


CONTACTS: Answers = {"day": "2025-12-15", "contact_there": "C. Sample", "contact_here": "A. Tester"}


COUNTYS: Answers = {"item": "county", "day": "2026-02-20", "by": "A. Tester"}
"""An item of the county's own checklist, as seen."""


def counts_for_a_year(make: Callable[[str], AnyCase], who: str = "") -> tuple[Example, ...]:
    """The examples of a check that counts for a year, made on a day before 2 March 2026."""
    return (
        Example(f"last checked 364 days ago{who}", MET, lambda: make("2025-03-03")),
        Example(f"last checked 365 days ago{who}", MET, lambda: make("2025-03-02")),
        Example(f"last checked 366 days ago{who}", BREACHED, lambda: make("2025-03-01")),
    )


def seen_on(item: Item) -> tuple[Example, ...]:
    """The examples of an item that counts until it expires, or for a year if it names no day."""
    others = tuple(each for each in OF_THE_PROVIDER if each is not item)

    def seen(day: str, expires: str | None = None) -> AnyCase:
        answers = {"item": item.value, "day": day, "by": "A. Tester", "expires": expires}
        return provider_case(items=others, there=[("evidence", answers)])

    return (
        *counts_for_a_year(seen),
        Example("seen two years ago, and it expires today", MET, lambda: seen("2024-03-02", "2026-03-02")),
        Example("it expired yesterday, which AP310 tells", NOT_APPLICABLE, lambda: seen("2025-12-01", "2026-03-01")),
    )  # fmt: skip


def with_risk(*left_out: str, **changed: Any) -> PlacementCase:
    """A placement with a risk assessment, less some of its answers, at a place of lower risk unless told otherwise."""
    kind = changed.pop("kind", "non-school")
    provider = PROVIDER | {"risk": changed.pop("risk", "lower"), "kind": kind}
    return placement_case(
        happened=[("risk", without(RISK, *left_out))], provider=provider, **changed
    )


OAKFIELD = "Oakfield Short Stay School"
"""A provider with terms of its own in the county's overlay, which ask for fewer checks."""

WITHOUT_REPORT = tuple(item for item in OF_THE_PROVIDER if item is not Item.INSPECTION_REPORT)

NOT_OF_THIS_CHILD = {"this_child": BREACHED, "competent_person": MET, "limits_known": BREACHED}
"""Whether what was recorded of the provider alone answers: not what is asked of this child."""


def assessed(answer: str, said_no: str = "") -> tuple[Example, ...]:
    """The examples of a rule that an answer of the risk assessment is recorded before the start."""
    no = (
        (
            Example(
                "it is recorded as no",
                BREACHED,
                lambda: placement_case(happened=[("risk", RISK | {said_no: False})]),
            ),
        )
        if said_no
        else ()
    )
    return (
        Example("it is recorded", MET, with_risk),
        Example(
            "it is recorded with the provider alone",
            NOT_OF_THIS_CHILD[answer],
            lambda: placement_case(there=[("risk", RISK)]),
        ),
        Example(
            "it is not, on the day of the start",
            BREACHED,
            lambda: with_risk(answer, on=DAY, reviewed=()),
        ),
        Example(
            "it is not, on the day before the start",
            NOT_YET,
            lambda: with_risk(answer, on=DAY_BEFORE, reviewed=()),
        ),
        Example(
            "nothing is, at a pupil referral unit",
            BREACHED if answer == "this_child" else NOT_APPLICABLE,
            lambda: placement_case(provider=PROVIDER | {"kind": "pru"}),
        ),
        Example(
            "nothing is, of a pupil who is taught at home",
            BREACHED if answer == "this_child" else NOT_APPLICABLE,
            lambda: placement_case(place="home"),
        ),
        *no,
    )


def incident(*later: Answers) -> list[tuple[str, Answers]]:
    """A serious incident on 23 February 2026, and what was recorded of it later."""
    first: Answers = {"day": "2026-02-23", "what": "a fire", "serious": True}
    return [
        ("concern", first),
        *(("concern", {"day": "2026-02-25", "of": "E-0101"} | each) for each in later),
    ]


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP301": (
        Example("every item is recorded", MET, provider_case),
        Example("an item has expired, which AP310 tells", MET, lambda: provider_case(expires="2026-03-01")),
        Example("an item expires today", MET, lambda: provider_case(expires="2026-03-02")),
        Example("nobody is named as having seen them", BREACHED, lambda: provider_case(by=None)),
        Example("one item is missing", BREACHED, lambda: provider_case(items=OF_THE_PROVIDER[1:])),
        Example("one is missing, on the day before the first start", NOT_YET, lambda: provider_case(items=OF_THE_PROVIDER[1:], on=DAY_BEFORE)),
        Example("a college, and nothing was checked", BREACHED, lambda: provider_case(kind="fe-college", items=())),
        Example("a college, and every item but an inspection report was checked", MET, lambda: provider_case(kind="fe-college", items=WITHOUT_REPORT)),
        Example("a registered school, with every item", MET, lambda: provider_case(kind="pru")),
        Example("a registered school whose inspection report was not read", BREACHED, lambda: provider_case(kind="pru", items=WITHOUT_REPORT)),
        Example("a registered school of which the inspection report alone was read", BREACHED, lambda: provider_case(kind="pru", items=(Item.INSPECTION_REPORT,))),
        Example("the same, where the county's terms ask for fewer checks", MET, lambda: provider_case(name=OAKFIELD, kind="pru", items=(Item.INSPECTION_REPORT,))),
        Example("an independent school, and nobody recorded whether it is registered", CANNOT_TELL, lambda: provider_case(kind="independent", registered=None)),
        Example("in the school alone", NOT_APPLICABLE, lambda: provider_case(items=(), places=(Place.SCHOOL,))),
        Example("in the school until the pupil goes to the provider, on the day before", NOT_YET, lambda: provider_case(on=date(2026, 4, 19), items=(), places=(Place.SCHOOL,), first_start=date(2026, 4, 20))),
        Example("at the provider from that day on", BREACHED, lambda: provider_case(on=date(2026, 4, 20), items=(), first_start=date(2026, 4, 20))),
        Example("at the school's own site", NOT_APPLICABLE, lambda: provider_case(items=(), kind="own-site")),
        Example("with the school's own staff, at another address", BREACHED, lambda: provider_case(items=(), kind="own-site", places=(Place.ELSEWHERE,))),
    ),
    "AP302": (*item_held(Item.STAFF_CHECKS), *seen_on(Item.STAFF_CHECKS)),
    "AP303": (*item_held(Item.PROMISE_OF_CHANGES), *seen_on(Item.PROMISE_OF_CHANGES)),
    "AP304": (
        Example("both named, trained and following the procedures", MET, provider_case),
        Example("the deputy was trained 24 months ago", MET, lambda: provider_case(deputy_trained="2024-03-02")),
        Example("the deputy was trained 24 months and a day ago", BREACHED, lambda: provider_case(deputy_trained="2024-03-01")),
        Example("no deputy", BREACHED, lambda: provider_case(deputy=None)),
        Example("no deputy, at a college with its own regulator", NOT_APPLICABLE, lambda: provider_case(kind="fe-college", deputy=None)),
        Example("no deputy, at a tutor's", BREACHED, lambda: provider_case(kind="one-to-one", deputy=None)),
        Example("no deputy, on the day before the first start", NOT_YET, lambda: provider_case(deputy=None, on=DAY_BEFORE)),
        Example("no deputy, with the school's own staff at another address", BREACHED, lambda: provider_case(kind="own-site", places=(Place.ELSEWHERE,), deputy=None)),
        Example("before the first start, the deputy's training runs out on the day before it", NOT_YET, lambda: provider_case(deputy_trained="2024-05-31", first_start=date(2026, 6, 1))),
        Example("before the first start, the deputy's training counts to the day of it", MET, lambda: provider_case(deputy_trained="2024-06-01", first_start=date(2026, 6, 1))),
        Example("the procedures are not followed", BREACHED, lambda: provider_case(follows_partnership=False)),
    ),
    "AP305": (
        Example("the site is recorded", MET, placement_case),
        Example("its only site is known since, and nobody asked which", MET, lambda: placement_case(site=None)),
        Example("one of two, on the day before the start", NOT_YET, lambda: placement_case(provider=PROVIDER | {"address": ["1 Example Lane", "2 Far Field"]}, site=None, on=DAY_BEFORE, reviewed=())),
        Example("one of two, and nobody recorded which", BREACHED, lambda: placement_case(provider=PROVIDER | {"address": ["1 Example Lane", "2 Far Field"]}, site=None)),
        Example("at the school's own site", NOT_APPLICABLE, lambda: placement_case(provider=PROVIDER | {"kind": "own-site"}, site=None)),
    ),
    "AP308": (
        Example("a named person visited before the start", MET, placement_case),
        Example("the visit was on the day before the start", MET, lambda: placement_case(visit=VISIT | {"day": "2026-01-05"})),
        Example("the visit was on the day of the start", BREACHED, lambda: placement_case(visit=VISIT | {"day": "2026-01-06"})),
        Example("a visit recorded with the provider, not for this pupil", BREACHED, lambda: placement_case(visit=None, at_the_provider=VISIT)),
        Example("a visit in the answers of the plan", MET, lambda: placement_case(visit=None, visited="2025-12-15", visited_by="A. Tester")),
        Example("a visit that is booked for a day to come", NOT_YET, lambda: placement_case(on=date(2025, 12, 12), reviewed=(), visit=None, visit_booked="2025-12-15", visited_by="A. Tester")),
        Example("the day that it was booked for has passed", NOT_YET, lambda: placement_case(on=date(2025, 12, 16), reviewed=(), visit=None, visit_booked="2025-12-15", visited_by="A. Tester")),
        Example("it was booked, and nobody recorded it by the start", BREACHED, lambda: placement_case(on=DAY, reviewed=(), visit=None, visit_booked="2025-12-15", visited_by="A. Tester")),
        Example("it was booked, and made on that day", MET, lambda: placement_case(visit_booked="2025-12-15")),
        Example("a day to come, in a store from before bookings", NOT_YET, lambda: placement_case(on=date(2025, 12, 12), reviewed=(), visit=None, visited="2025-12-15", visited_by="A. Tester")),
        Example("a visit by nobody named", BREACHED, lambda: placement_case(visit=without(VISIT, "by"))),
        Example("none, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=(), visit=None)),
        Example("a pupil referral unit that nobody visited", BREACHED, lambda: placement_case(provider=PROVIDER | {"kind": "pru"}, visit=None)),
        Example("the same, where the county's terms ask for fewer checks", NOT_APPLICABLE, lambda: placement_case(provider=PROVIDER | {"name": OAKFIELD, "kind": "pru"}, visit=None)),
        Example("with the school's own staff at another address, which nobody visited", BREACHED, lambda: placement_case(provider=PROVIDER | {"kind": "own-site"}, place="elsewhere", visit=None)),
        Example("at the school's own site, which nobody visited", NOT_APPLICABLE, lambda: placement_case(provider=PROVIDER | {"kind": "own-site"}, visit=None)),
        Example("a tutor at home whom nobody has met", BREACHED, lambda: placement_case(place="home", visit=None)),
    ),
    "AP309": (
        Example("all three were looked at", MET, placement_case),
        Example("qualifications were not", BREACHED, lambda: placement_case(visit=without(VISIT, "qualifications"))),
        Example("qualifications were not, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=(), visit=without(VISIT, "qualifications"))),
        Example("each by one of two visits", MET, lambda: placement_case(visit=without(VISIT, "breadth"), at_the_provider=VISIT)),
        Example("by a visit after the start", MET, lambda: placement_case(visit=VISIT | {"day": "2026-02-02"})),
        *counts_for_a_year(lambda day: placement_case(starts="2025-01-06", visit=None, at_the_provider=VISIT | {"day": day})),
    ),
    "AP306": (
        Example("checked, and told, at a place of lower risk", MET, lambda: with_risk("competent_person")),
        Example("a place of higher risk, seen by a competent person", MET, lambda: with_risk(risk="higher")),
        Example("a place of higher risk, seen by nobody named", BREACHED, lambda: with_risk("competent_person", risk="higher")),
        Example("nobody recorded how much risk the place holds, and nobody named has seen it", CANNOT_TELL, lambda: with_risk("competent_person", risk=None)),
        Example("seen by a competent person, whatever the risk", MET, lambda: with_risk(risk=None)),
        Example("nothing was checked, with the school's own staff at another address", BREACHED, lambda: with_risk("checked", kind="own-site", place="elsewhere")),
        Example("nothing was checked, whatever the risk", BREACHED, lambda: with_risk("checked", risk=None)),
        Example("the parents were not told", BREACHED, lambda: placement_case(happened=[("risk", RISK | {"parents_told": False})])),
        Example("nothing was checked, on the day before the start", NOT_YET, lambda: with_risk("checked", on=DAY_BEFORE, reviewed=())),
        *counts_for_a_year(lambda day: placement_case(provider=PROVIDER | {"risk": "lower"}, there=[("risk", {"day": day, "checked": "x"})], happened=[("risk", without(RISK, "checked"))])),
        *counts_for_a_year(lambda day: placement_case(provider=PROVIDER | {"risk": "higher"}, there=[("risk", {"day": day, "competent_person": "A. Tester"})], happened=[("risk", without(RISK, "competent_person"))]), " by the competent person"),
        Example("it will be a year and a day ago on the day of the start", NOT_YET, lambda: placement_case(on=date(2025, 12, 16), reviewed=(), provider=PROVIDER | {"risk": "lower"}, happened=[("risk", RISK | {"day": "2025-01-05"})])),
    ),
    "AP307": (
        Example("all is agreed", MET, lambda: placement_case(happened=[("reporting", REPORTING)])),
        Example("all is agreed with the provider, and the contacts are not this placement's", BREACHED, lambda: placement_case(there=[("reporting", REPORTING)])),
        Example("all is agreed with the provider, and the contacts for this placement", MET, lambda: placement_case(there=[("reporting", without(REPORTING, *CONTACTS))], happened=[("reporting", CONTACTS)])),
        *counts_for_a_year(lambda day: placement_case(there=[("reporting", REPORTING | {"day": day})], happened=[("reporting", CONTACTS)])),
        Example("the contacts were named more than a year ago", MET, lambda: placement_case(there=[("reporting", REPORTING)], happened=[("reporting", CONTACTS | {"day": "2025-01-06"})])),
        Example("no contact at the provider", BREACHED, lambda: placement_case(happened=[("reporting", without(REPORTING, "contact_there"))])),
        Example("nothing, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=())),
        Example("nothing, at a college", BREACHED, lambda: placement_case(provider=PROVIDER | {"kind": "fe-college"})),
        Example("at the school's own site", NOT_APPLICABLE, lambda: placement_case(provider=PROVIDER | {"kind": "own-site"})),
    ),
    "AP310": (
        Example("nothing expires", MET, provider_case),
        Example("an item expired yesterday", BREACHED, lambda: provider_case(items=(Item.INSURANCE,), expires="2026-03-01")),
        Example("an item expires in 30 days", BREACHED, lambda: provider_case(items=(Item.INSURANCE,), expires="2026-04-01")),
        Example("before the first start, an item expires on the day before it", NOT_YET, lambda: provider_case(items=(Item.INSURANCE,), expires="2026-05-31", first_start=date(2026, 6, 1))),
        Example("before the first start, an item expires on the day of it", MET, lambda: provider_case(items=(Item.INSURANCE,), expires="2026-06-01", first_start=date(2026, 6, 1))),
        Example("an item expired before the first start, on that day", BREACHED, lambda: provider_case(on=date(2026, 6, 1), items=(Item.INSURANCE,), expires="2026-05-31", first_start=date(2026, 6, 1))),
        Example("an item expired, with the school's own staff at another address", BREACHED, lambda: provider_case(items=(Item.INSURANCE,), expires="2026-03-01", kind="own-site", places=(Place.ELSEWHERE,))),
        Example("an item expires in 31 days", MET, lambda: provider_case(items=(Item.INSURANCE,), expires="2026-04-02")),
        Example("it expired, and was renewed", MET, lambda: provider_case(items=(Item.INSURANCE,), expires="2026-03-01", there=[("evidence", {"item": "insurance", "day": "2026-02-20", "by": "A. Tester", "expires": "2027-02-28"})])),
        Example("it expired, and was recorded again without who saw it", BREACHED, lambda: provider_case(items=(Item.INSURANCE,), expires="2026-03-01", there=[("evidence", {"item": "insurance", "day": "2026-02-20", "expires": "2027-02-28"})])),
        Example("nobody is named who saw it, and it expired", BREACHED, lambda: provider_case(items=(Item.INSURANCE,), by=None, expires="2026-03-01")),
        Example("the same, recorded again, and nobody is named", MET, lambda: provider_case(items=(Item.INSURANCE,), by=None, expires="2026-03-01", there=[("evidence", {"item": "insurance", "day": "2026-02-20", "expires": "2027-02-28"})])),
        Example("one of the county's own items expired, and another was seen since", BREACHED, lambda: provider_case(there=[("evidence", COUNTYS | {"named": "travel-plan", "expires": "2026-03-01"}), ("evidence", COUNTYS | {"named": "first-aid-box"})])),
        Example("one of the county's own items expired, and was seen again", MET, lambda: provider_case(there=[("evidence", COUNTYS | {"named": "travel-plan", "expires": "2026-03-01"}), ("evidence", COUNTYS | {"named": "travel-plan"})])),
    ),
    "AP311": (
        Example("neither suspended nor any incident", MET, provider_case),
        Example("suspended", BREACHED, lambda: provider_case(there=[("suspension", {"day": "2026-02-23", "suspended": True, "reason": "x"})])),
        Example("suspended, and resumed", MET, lambda: provider_case(there=[("suspension", {"day": "2026-02-23", "suspended": True, "reason": "x"}), ("suspension", {"day": "2026-02-25", "suspended": False, "reason": "x"})])),
        Example("a serious incident, and nothing is decided", BREACHED, lambda: provider_case(there=incident())),
        Example("a serious incident, and the child is not affected", MET, lambda: provider_case(there=incident({"decision": "not-affected"}))),
        Example("kept with monitoring until today", MET, lambda: provider_case(there=incident({"decision": "keep-with-monitoring", "monitoring": "x", "monitoring_until": "2026-03-02"}))),
        Example("kept with monitoring until yesterday", BREACHED, lambda: provider_case(there=incident({"decision": "keep-with-monitoring", "monitoring": "x", "monitoring_until": "2026-03-01"}))),
        Example("a concern of which nobody recorded whether it is serious", CANNOT_TELL, lambda: provider_case(there=[("concern", {"day": "2026-02-20", "what": "x", "about_adult": True})])),
        Example("a concern that is not serious", MET, lambda: provider_case(there=[("concern", {"day": "2026-02-20", "what": "x", "serious": False})])),
        Example("a serious incident recorded with a placement there, and nothing is decided", BREACHED, lambda: provider_case(with_placements=(serious_incident(),))),
        Example("the same, and the child is not affected", MET, lambda: provider_case(with_placements=(serious_incident(decision="not-affected"),))),
        Example("the incident is closed", MET, lambda: provider_case(there=incident({"closed": True, "outcome": "x"}))),
        Example("nobody is placed there", NOT_APPLICABLE, lambda: provider_case(first_start=None, there=incident())),
    ),
    "AP312": assessed("this_child", "discussed"),
    "AP313": (
        *assessed("competent_person", "statement"),
        Example("nothing is, where the work is of higher risk: AP306 asks", NOT_APPLICABLE, lambda: placement_case(provider=PROVIDER | {"risk": "higher"})),
    ),
    "AP314": assessed("limits_known", "pupil_knows"),
}  # fmt: skip
