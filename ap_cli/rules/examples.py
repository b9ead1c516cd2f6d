"""Worked examples of the rules, on both sides of each boundary: the tests run them and `ap rules show` prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from ..domain.answers import fill
from ..domain.commissioner import Commissioner, CommissionerKind
from ..domain.entries import KINDS, Entry, History
from ..domain.evidence import OF_THE_PROVIDER, Item
from ..domain.facts import Fact, Unknown
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..policy.figures import in_force
from ..policy.terms import Calendars
from .case import AnyCase, Case, ProviderCase, PupilCase, Taught
from .engine import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET, Answer

ON = date(2026, 3, 2)
Answers = dict[str, Any]


class Example(NamedTuple):
    """What is different from a valid record, in words, and how the rule answers then."""

    told: str
    answer: Answer
    make: Callable[[], AnyCase]


PUPIL: Answers = {
    "name": "Test Pupil",
    "born": "2011-11-15",
    "home_school": "Example Academy",
    "upn": "B801200005001",
    "ehcp": "no",
    "looked_after": "no",
}
PROVIDER: Answers = {
    "name": "Hollow Oak Farm", "kind": "non-school", "registered": "no", "address": ["1 Example Lane"], "lead": "L. Sample", "lead_trained": "2025-09-01",
    "deputy": "D. Sample", "deputy_trained": "2025-09-01", "follows_partnership": True,
}  # fmt: skip
PLACEMENT: Answers = {
    "pupil": "P-1", "provider": "PR-1", "commissioner": "C-1", "route": "off-site-direction", "starts": "2026-01-06", "ends": "2026-03-27", "hours": "12",
    "site": 1, "tier": "2", "aim": "return-to-school", "pupil_consulted": "2025-12-01", "parents_consulted": "2025-12-01", "teacher_consulted": "2025-12-01",
    "consulted": "all three", "nature": "x", "objectives": "x", "timeline": "x", "transport": "x", "pupil_wants": "x", "extent": "part-time",
    "curriculum_fit": "x", "success": "x", "outcome_attendance": "x", "outcome_attitude": "x", "outcome_attainment": "x", "outcome_behaviour": "x",
    "outcome_destination": "x", "at_school": "fri", "review_date": ["2026-03-27"],
}  # fmt: skip


def history(entries: tuple[Entry, ...]) -> History:
    """A history of entries as the store would hand it out."""
    ordered = sorted(entries, key=lambda entry: entry.day)
    return History([(entry.KIND, entry) for entry in ordered], lambda row: row[1])


def without(answers: Answers, *names: str) -> Answers:
    """Answers less some of them."""
    return {name: value for name, value in answers.items() if name not in names}


VISIT: Answers = {"day": "2025-12-15", "by": "A. Tester", "english_and_mathematics": True, "breadth": True, "qualifications": False}


def placement_case(
    on: date = ON,
    pupil: Answers = PUPIL,
    provider: Answers = PROVIDER,
    reviewed: tuple[str, ...] = ("2026-02-13",),
    visit: Answers | None = VISIT,
    at_the_provider: Answers | None = None,
    **changed: Any,
) -> Case:
    """A valid placement with some answers changed; None takes one away, the visit before it included."""
    answers = {name: value for name, value in (PLACEMENT | changed).items() if value is not None}
    placement = fill(Placement, answers, on)
    happened = [fill(KINDS["review"], {"day": day}, on) for day in reviewed] + ([fill(KINDS["visit"], visit, on)] if visit else [])
    there = (fill(KINDS["visit"], at_the_provider, on),) if at_the_provider else ()
    commissioner = Commissioner(id=1, name="Example Academy", kind=CommissionerKind.ACADEMY)
    made = {"id": 1}
    return Case(
        on, _with(placement, made), _with(fill(Pupil, pupil, on), made), _with(fill(Provider, provider, on), made), commissioner,
        history(tuple(happened)), in_force(on), Calendars(()).following(), history(there),
    )  # fmt: skip


def _with(record: Any, changed: dict[str, Any]) -> Any:
    from msgspec.structs import replace

    return replace(record, **changed)


def provider_case(
    *children: Taught,
    on: date = ON,
    first_start: date | None = date(2026, 1, 6),
    items: tuple[Item, ...] = OF_THE_PROVIDER,
    by: str | None = "A. Tester",
    expires: str | None = None,
    **changed: Any,
) -> ProviderCase:
    """A provider with every check made, with some answers changed, teaching these children."""
    answers = {name: value for name, value in (PROVIDER | changed).items() if value is not None}
    evidence = tuple(fill(KINDS["evidence"], {"item": item.value, "day": "2025-12-01", "by": by, "expires": expires}, on) for item in items)
    made = _with(fill(Provider, answers, on), {"id": 1})
    return ProviderCase(on, made, children, first_start, first_start, False, history(evidence), in_force(on))


def pupil_case(upn: str | None) -> PupilCase:
    """A pupil with this number, right or wrong."""
    pupil = fill(Pupil, without(PUPIL, "upn"), ON)
    return PupilCase(ON, _with(pupil, {"id": 1} | ({"upn": upn} if upn else {})), History())


def child(number: int = 1, minutes: int = 1140, ehcp: Fact[bool] = False, looked_after: Fact[bool] = False) -> Taught:
    """A child taught so many minutes a week."""
    return Taught(f"P-{number:04d}", f"PL-{number:04d}", minutes, ehcp, looked_after)


def children(count: int, minutes: int = 1140) -> tuple[Taught, ...]:
    """So many children, each taught so many minutes a week."""
    return tuple(child(number, minutes) for number in range(1, count + 1))


YEAR_11: Answers = PUPIL | {"born": "2010-06-27"}
NOT_ASKED = Unknown("pupil.ehcp of P-0001")
DAY_BEFORE, DAY = date(2026, 1, 5), date(2026, 1, 6)


def key_question(name: str) -> tuple[Example, ...]:
    """The examples of a key question: answered, and not answered by the day before the start and on the start."""
    gap: Answers = {name: None}
    return (
        Example("it is answered", MET, placement_case),
        Example("not answered, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=(), **gap)),
        Example("not answered, on the day of the start", BREACHED, lambda: placement_case(on=DAY, reviewed=(), **gap)),
    )


def item_held(item: Item) -> tuple[Example, ...]:
    """The examples of an item of due diligence that is held before anybody starts."""
    others = tuple(each for each in OF_THE_PROVIDER if each is not item)
    return (
        Example("it is held", MET, provider_case),
        Example("it is not held", BREACHED, lambda: provider_case(items=others)),
        Example("it is not held, on the day before the first start", NOT_YET, lambda: provider_case(items=others, on=DAY_BEFORE)),
        Example("it is not held, at a college", BREACHED, lambda: provider_case(items=others, kind="fe-college")),
        Example("at the school's own site", NOT_APPLICABLE, lambda: provider_case(items=others, kind="own-site")),
    )


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP101": (
        Example("born 27 June 2010, it starts on 26 June 2026, the last day", MET, lambda: placement_case(pupil=YEAR_11, starts="2026-06-26", ends=None, review_date=None)),
        Example("born 27 June 2010, it starts on 27 June 2026, the day after", BREACHED, lambda: placement_case(pupil=YEAR_11, starts="2026-06-27", ends=None, review_date=None)),
        Example("born 6 January 2021, it starts on 31 March 2026, the first day", MET, lambda: placement_case(pupil=PUPIL | {"born": "2021-01-06"}, starts="2026-03-31", ends=None, review_date=None)),
        Example("born 6 January 2021, it starts on 30 March 2026, the day before", BREACHED, lambda: placement_case(pupil=PUPIL | {"born": "2021-01-06"}, starts="2026-03-30", ends=None, review_date=None)),
    ),
    "AP102": (
        Example("in year 11, until 1 April 2026, with a plan", MET, lambda: placement_case(pupil=YEAR_11, ends="2026-04-01", aim="post-16", post_16_plan=True)),
        Example("in year 11, until 1 April 2026, without one", BREACHED, lambda: placement_case(pupil=YEAR_11, ends="2026-04-01", aim="post-16")),
        Example("in year 11, until 31 March 2026, without one", NOT_APPLICABLE, lambda: placement_case(pupil=YEAR_11, ends="2026-03-31", aim="post-16")),
        Example("in year 11, and a recorded “no”", BREACHED, lambda: placement_case(pupil=YEAR_11, ends="2026-12-18", aim="post-16", post_16_plan=False)),
        Example("back to school before the last day", NOT_APPLICABLE, lambda: placement_case(pupil=YEAR_11, ends="2026-05-22")),
        Example("no planned end, 365 days before the last day", BREACHED, lambda: placement_case(pupil=YEAR_11, on=date(2025, 6, 26), ends=None, review_date=None, reviewed=())),
        Example("no planned end, 366 days before the last day", NOT_APPLICABLE, lambda: placement_case(pupil=YEAR_11, on=date(2025, 6, 25), ends=None, review_date=None, reviewed=())),
    ),
    "AP105": (
        Example("an off-site direction", MET, placement_case),
        Example("home education, in a row from elsewhere", BREACHED, lambda: _routed("home-education")),
        Example("EOTAS, in a row from elsewhere", BREACHED, lambda: _routed("eotas")),
    ),
    "AP201": (
        Example("four children for 19 hours", MET, lambda: provider_case(*children(4))),
        Example("five children for 19 hours", BREACHED, lambda: provider_case(*children(5))),
        Example("five children for exactly 18 hours", MET, lambda: provider_case(*children(5, 1080))),
        Example("five children for 18 hours and a minute", BREACHED, lambda: provider_case(*children(5, 1081))),
        Example("five, at a registered school", NOT_APPLICABLE, lambda: provider_case(*children(5), registered="yes")),
        Example("five, at a school registered from tomorrow", BREACHED, lambda: provider_case(*children(5), registered="2026-03-03")),
        Example("five, and whether it is registered is not recorded", CANNOT_TELL, lambda: provider_case(*children(5), registered=None)),
    ),
    "AP202": (
        Example("one with an EHC plan, for 18 hours", MET, lambda: provider_case(child(minutes=1080, ehcp=True))),
        Example("one with an EHC plan, for 18 hours and a minute", BREACHED, lambda: provider_case(child(minutes=1081, ehcp=True))),
        Example("one looked after, for 19 hours, nobody asked about a plan", BREACHED, lambda: provider_case(child(ehcp=NOT_ASKED, looked_after=True))),
        Example("one not looked after, for 19 hours, nobody asked about a plan", CANNOT_TELL, lambda: provider_case(child(ehcp=NOT_ASKED))),
        Example("one for 19 hours with neither", MET, lambda: provider_case(child())),
        Example("one with a plan, at a pupil referral unit", NOT_APPLICABLE, lambda: provider_case(child(ehcp=True), kind="pru")),
    ),
    "AP203": (
        Example("three children full time", MET, lambda: provider_case(*children(3))),
        Example("four children full time", BREACHED, lambda: provider_case(*children(4))),
        Example("five: the next rule up says so", NOT_APPLICABLE, lambda: provider_case(*children(5))),
    ),
    "AP207": (
        Example("a URN, and looked up", MET, lambda: provider_case(kind="independent", registered="yes", urn="100001", checked="2026-01-05")),
        Example("no URN", BREACHED, lambda: provider_case(kind="independent", registered="yes", checked="2026-01-05")),
        Example("never looked up", BREACHED, lambda: provider_case(kind="independent", registered="yes", urn="100001")),
        Example("the register says closed", BREACHED, lambda: provider_case(registered="yes", urn="100001", checked="2026-01-05", register_says="closed")),
        Example("not registered", NOT_APPLICABLE, provider_case),
        Example("a college", NOT_APPLICABLE, lambda: provider_case(kind="fe-college", registered=None)),
    ),
    "AP301": (
        Example("every item is recorded", MET, provider_case),
        Example("an item has expired", BREACHED, lambda: provider_case(expires="2026-03-01")),
        Example("an item expires today", MET, lambda: provider_case(expires="2026-03-02")),
        Example("nobody is named as having seen them", BREACHED, lambda: provider_case(by=None)),
        Example("one item is missing", BREACHED, lambda: provider_case(items=OF_THE_PROVIDER[1:])),
        Example("one is missing, on the day before the first start", NOT_YET, lambda: provider_case(items=OF_THE_PROVIDER[1:], on=DAY_BEFORE)),
        Example("a college", NOT_APPLICABLE, lambda: provider_case(kind="fe-college", items=())),
    ),
    "AP302": item_held(Item.STAFF_CHECKS),
    "AP303": item_held(Item.PROMISE_OF_CHANGES),
    "AP304": (
        Example("both named, trained and following the procedures", MET, provider_case),
        Example("the deputy was trained 24 months ago", MET, lambda: provider_case(deputy_trained="2024-03-02")),
        Example("the deputy was trained 24 months and a day ago", BREACHED, lambda: provider_case(deputy_trained="2024-03-01")),
        Example("no deputy", BREACHED, lambda: provider_case(deputy=None)),
        Example("no deputy, on the day before the first start", NOT_YET, lambda: provider_case(deputy=None, on=DAY_BEFORE)),
        Example("the procedures are not followed", BREACHED, lambda: provider_case(follows_partnership=False)),
    ),
    "AP305": (
        *key_question("site"),
        Example("at the school's own site", NOT_APPLICABLE, lambda: placement_case(provider=PROVIDER | {"kind": "own-site"}, site=None)),
    ),
    "AP308": (
        Example("a named person visited before the start", MET, placement_case),
        Example("the visit was on the day of the start", MET, lambda: placement_case(visit=VISIT | {"day": "2026-01-06"})),
        Example("the visit was on the day after", BREACHED, lambda: placement_case(visit=VISIT | {"day": "2026-01-07"})),
        Example("a visit recorded with the provider", MET, lambda: placement_case(visit=None, at_the_provider=VISIT)),
        Example("a visit in the answers of the plan", MET, lambda: placement_case(visit=None, visited="2025-12-15", visited_by="A. Tester")),
        Example("a visit by nobody named", BREACHED, lambda: placement_case(visit=without(VISIT, "by"))),
        Example("none, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=(), visit=None)),
        Example("a pupil referral unit", NOT_APPLICABLE, lambda: placement_case(provider=PROVIDER | {"kind": "pru"}, visit=None)),
    ),
    "AP309": (
        Example("all three were looked at", MET, placement_case),
        Example("qualifications were not", BREACHED, lambda: placement_case(visit=without(VISIT, "qualifications"))),
        Example("qualifications were not, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=(), visit=without(VISIT, "qualifications"))),
        Example("each by one of two visits", MET, lambda: placement_case(visit=without(VISIT, "breadth"), at_the_provider=VISIT)),
    ),
    "AP401": key_question("teacher_consulted"),
    "AP402": key_question("timeline"),
    "AP403": key_question("transport"),
    "AP404": key_question("pupil_wants"),
    "AP405": (
        Example("its end is planned", MET, placement_case),
        Example("no end, on the day of the start", BREACHED, lambda: placement_case(on=DAY, reviewed=(), ends=None)),
    ),
    "AP406": key_question("extent"),
    "AP407": key_question("curriculum_fit"),
    "AP408": key_question("success"),
    "AP409": key_question("outcome_behaviour"),
    "AP416": (
        *key_question("at_school"),
        Example("half a day on each of two days", BREACHED, lambda: placement_case(at_school="mon am, tue am")),
        Example("one whole day", MET, lambda: placement_case(at_school="tue")),
        Example("never, by an exception for health", MET, lambda: placement_case(at_school="none", exception="health-or-wellbeing")),
        Example("in the school itself", NOT_APPLICABLE, lambda: placement_case(tier="1b", at_school=None)),
        Example("on no school's roll", NOT_APPLICABLE, lambda: placement_case(pupil=PUPIL | {"home_school": "none"}, at_school=None)),
        Example("nobody asked on whose roll", CANNOT_TELL, lambda: placement_case(pupil=without(PUPIL, "home_school"), at_school=None)),
    ),
    "AP501": key_question("ends"),
    "AP502": (
        Example("on its last planned day", MET, lambda: placement_case(on=date(2026, 3, 27))),
        Example("on the day after", BREACHED, lambda: placement_case(on=date(2026, 3, 28))),
        Example("no planned end", CANNOT_TELL, lambda: placement_case(ends=None)),
    ),
    "AP503": (
        Example("no review yet, on the last school day of the half term", NOT_YET, lambda: placement_case(on=date(2026, 2, 13), reviewed=())),
        Example("no review yet, on the day after it", BREACHED, lambda: placement_case(on=date(2026, 2, 14), reviewed=())),
        Example("an earlier review was agreed at the last one, in its half term", BREACHED, lambda: _reviewed_with_next("2026-03-10", date(2026, 3, 11))),
        Example("the same, on the day agreed", NOT_YET, lambda: _reviewed_with_next("2026-03-10", date(2026, 3, 10))),
        Example("reviewed on its last day", MET, lambda: placement_case(on=date(2026, 3, 27), reviewed=("2026-03-27",))),
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
"""The examples of every rule, by its id."""


def _reviewed_with_next(following: str, on: date) -> Case:
    """A placement reviewed on 2 March 2026, at which the next review was agreed."""
    review = fill(KINDS["review"], {"day": "2026-03-02", "next_review": following}, on)
    return _with(placement_case(on=on, ends="2026-07-10"), {"entries": history((review, fill(KINDS["visit"], VISIT, on)))})  # type: ignore[no-any-return]


def _routed(route: str) -> Case:
    """A placement by a route that entry refuses."""
    from ..domain.placement import Route

    case = placement_case()
    return _with(case, {"placement": _with(case.placement, {"route": Route(route)})})  # type: ignore[no-any-return]


def every() -> Iterator[tuple[str, Example]]:
    """Every example, with the rule it is of."""
    for id, examples in EXAMPLES.items():
        for example in examples:
            yield id, example
