"""Builds cases for worked examples: a valid record with what is different."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from ...domain.attendance import Mark, read_code, read_half
from ...domain.commissioner import Commissioner, CommissionerKind
from ...domain.concerns import Thread, threads
from ...domain.ending import Ending
from ...domain.entries import KINDS
from ...domain.entries.during import Concern
from ...domain.entries.entry import Entry
from ...domain.entries.history import History
from ...domain.evidence import OF_THE_PROVIDER, Item
from ...domain.options import Extent, Place
from ...domain.placement import Placement
from ...domain.places import place_by_kind
from ...domain.provider import Provider
from ...domain.pupil import Pupil
from ...domain.readers import fill
from ...domain.sessions import Sessions, read_sessions
from ...forms.facts import Fact, Unknown, any_of
from ...policy.county import County
from ...policy.figures import in_force
from ...policy.terms import Calendars
from ..cases.other import Other
from ..cases.placement import PlacementCase
from ..cases.provider import ProviderCase, Taught
from ..cases.pupil import Placed, PupilCase
from ..cases.register import Register
from ..cases.subjects import AnyCase
from ..rule import BREACHED, MET, NOT_APPLICABLE, NOT_YET, Answer

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
    "social_worker": "no",
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
    """Make a history of entries as the store would return it."""
    ordered = sorted(entries, key=lambda entry: entry.day)
    return History([(entry.KIND, entry) for entry in ordered], lambda row: row[1])


def without(answers: Answers, *names: str) -> Answers:
    """Return answers less some of them."""
    return {name: value for name, value in answers.items() if name not in names}


VISIT: Answers = {
    "day": "2025-12-15",
    "by": "A. Tester",
    "english_and_mathematics": True,
    "breadth": True,
    "qualifications": False,
}


COMPLETE: Answers = dict.fromkeys(("objectives_met", "attending", "safe", "needs_met"), True)
"""What a review answers with yes, if nothing is wrong."""

Happened = Sequence[tuple[str, Answers]]
FIRST = 101
"""The number of the first entry that an example adds: `E-0101`."""


def filled(kind: str, answers: Answers, on: date, id: int = 0) -> Entry:
    """Make an entry of a kind, as it would be recorded."""
    made: Entry = _with(fill(KINDS[kind], {"day": on} | answers, on), {"id": id})
    return made


def placement_case(
    on: date = ON,
    pupil: Answers = PUPIL,
    provider: Answers = PROVIDER,
    reviewed: tuple[str, ...] = ("2026-02-13",),
    visit: Answers | None = VISIT,
    at_the_provider: Answers | None = None,
    happened: Happened = (),
    there: Happened = (),
    marks: str = "",
    commissioner: CommissionerKind = CommissionerKind.ACADEMY,
    ended: Answers | None = None,
    next_place: str = "",
    next_begins: date | None = None,
    others: tuple[Other, ...] = (),
    twice: tuple[str, ...] = (),
    county: County | None = None,
    exclusions: Sequence[Answers] = (),
    with_others: tuple[Thread, ...] = (),
    **changed: Any,
) -> PlacementCase:
    """Make the case of a valid placement with some answers changed.

    None takes an answer away, the visit before the placement included. `happened` and `there` are
    entries of the placement and of its provider; `marks` its register: "2026-03-02 am N, …".
    `ended` is how it ended; it is judged as on its last day. `exclusions` are the pupil's.
    """
    answers = {name: value for name, value in (PLACEMENT | changed).items() if value is not None}
    placement = fill(Placement, answers, on)
    pupil = {name: value for name, value in pupil.items() if value is not None}
    entries = (
        [("review", {"day": day} | COMPLETE) for day in reviewed]
        + ([("visit", visit)] if visit else [])
        + list(happened)
    )
    at = [*([("visit", at_the_provider)] if at_the_provider else []), *there]
    mine = tuple(
        filled(kind, given, on, FIRST + number - len(entries) + len(happened))
        for number, (kind, given) in enumerate(entries)
    )
    theirs = tuple(
        filled(kind, given, on, FIRST + number) for number, (kind, given) in enumerate(at)
    )
    pupils = tuple(
        filled("exclusion", given, on, FIRST + number) for number, given in enumerate(exclusions)
    )
    ending: dict[str, Any] = {}
    if ended:
        over = fill(Ending, {"reason": "x"} | ended, on)
        ending = {"ended": over.day, "end_reason": over.reason, "destination": over.destination}
    made = {"id": 1}
    judged = min(on, ending["ended"]) if ended else on
    return PlacementCase(
        judged, _with(placement, made | ending), _with(fill(Pupil, pupil, on), made), _with(fill(Provider, provider, on), made),
        Commissioner(id=1, name="Example Academy", kind=commissioner), history(mine), in_force(on, county), Calendars().following(), on, history(theirs),
        Register(lambda: tuple(map(_mark, filter(None, marks.split(", "))))), next_place, bool(ended) and judged < on,
        others, twice, exclusions=history(pupils), next_begins=next_begins, with_others=with_others,
    )  # fmt: skip


def another(there: str | None, at_school: str = "none", elsewhere: str = "none") -> tuple[Other]:
    """Make another placement of the pupil, of three hours a week in these sessions."""
    at_provider: Fact[Sessions] = Unknown("placement.at_provider of PL-0002")
    if there is not None:
        at_provider = read_sessions(there)
    return (Other("PL-0002", 180, at_provider, read_sessions(at_school), read_sessions(elsewhere)),)


def _mark(text: str) -> Mark:
    day, half, code = text.split(" ")
    return Mark(date.fromisoformat(day), read_half(half), read_code(code))


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
    there: Happened = (),
    twice: tuple[str, ...] = (),
    county: County | None = None,
    places: tuple[Place, ...] | None = None,
    with_placements: tuple[Thread, ...] = (),
    **changed: Any,
) -> ProviderCase:
    """Make the case of a provider that teaches these children.

    Every check is made; some answers are changed. It teaches in `places`, by its kind unless given.
    """
    answers = {name: value for name, value in (PROVIDER | changed).items() if value is not None}
    evidence = tuple(
        fill(
            KINDS["evidence"],
            {"item": item.value, "day": "2025-12-01", "by": by, "expires": expires},
            on,
        )
        for item in items
    )
    evidence += tuple(
        filled(kind, given, on, FIRST + number) for number, (kind, given) in enumerate(there)
    )
    made = _with(fill(Provider, answers, on), {"id": 1})
    return ProviderCase(
        on,
        made,
        children,
        first_start,
        first_start,
        (place_by_kind(made.kind),) if places is None else places,
        history(evidence),
        in_force(on, county),
        Calendars().following(),
        twice,
        with_placements=with_placements,
    )


def serious_incident(**answers: Any) -> Thread:
    """Make a serious incident of 20 February 2026 recorded with the placement PL-0002."""
    given = {"day": "2026-02-20", "what": "a fire", "serious": True} | answers
    (thread,) = threads([cast(Concern, filled("concern", given, ON, FIRST))], "PL-0002")
    return thread


def pupil_case(upn: str | None) -> PupilCase:
    """Make the case of a pupil with this number, right or wrong."""
    pupil = fill(Pupil, without(PUPIL, "upn"), ON)
    return excluded_case(pupil=_with(pupil, {"id": 1} | ({"upn": upn} if upn else {})))


def excluded_case(
    *happened: Answers,
    on: date = ON,
    starts: tuple[str, ...] = (),
    minutes: int = 1500,
    extent: Fact[Extent] = Extent.FULL_TIME,
    at_own_site: bool = False,
    pupil: Pupil | None = None,
    born: str = "2011-11-15",
    twice: tuple[str, ...] = (),
    same_upn: tuple[str, ...] = (),
    also: Happened = (),
    marks: str = "",
    **changed: Any,
) -> PupilCase:
    """Make the case of a pupil with these exclusions and some answers changed.

    The placements, of so many minutes a week, start on these days. `also` is what else happened,
    `marks` the register: "2026-03-02 am I, …".
    """
    answers = {
        name: value
        for name, value in (PUPIL | {"born": born} | changed).items()
        if value is not None
    }
    whose = pupil or _with(fill(Pupil, answers, on), {"id": 1})
    exclusions = [("exclusion", given) for given in happened]
    entries = tuple(
        filled(kind, given, on, FIRST + number)
        for number, (kind, given) in enumerate([*exclusions, *also])
    )
    return PupilCase(
        on,
        whose,
        history(entries),
        tuple(
            Placed(date.fromisoformat(day), None, minutes, extent, at_own_site=at_own_site)
            for day in starts
        ),
        Calendars().following(),
        in_force(on),
        twice,
        same_upn,
        Register(lambda: tuple(map(_mark, filter(None, marks.split(", "))))),
    )


def child(
    number: int = 1,
    minutes: int = 1140,
    ehcp: Fact[bool] = False,
    looked_after: Fact[bool] = False,
    support: Fact[bool] = False,
    apart: int = 0,
) -> Taught:
    """Make a child taught so many minutes a week."""
    return Taught(
        f"P-{number:04d}",
        f"PL-{number:04d}",
        minutes,
        ehcp,
        looked_after,
        any_of(ehcp, support),
        apart,
    )


def children(count: int, minutes: int = 1140) -> tuple[Taught, ...]:
    """Make so many children, all taught so many minutes a week."""
    return tuple(child(number, minutes) for number in range(1, count + 1))


YEAR_11: Answers = PUPIL | {"born": "2010-06-27"}
NOT_ASKED = Unknown("pupil.ehcp of P-0001")
DAY_BEFORE, DAY = date(2026, 1, 5), date(2026, 1, 6)


def key_question(name: str) -> tuple[Example, ...]:
    """Make the examples of a key question.

    It is answered, and not answered by the day before the start and on the start.
    """
    gap: Answers = {name: None}
    return (
        Example("it is answered", MET, placement_case),
        Example(
            "not answered, on the day before the start",
            NOT_YET,
            lambda: placement_case(on=DAY_BEFORE, reviewed=(), **gap),
        ),
        Example(
            "not answered, on the day of the start",
            BREACHED,
            lambda: placement_case(on=DAY, reviewed=(), **gap),
        ),
    )


def item_held(item: Item) -> tuple[Example, ...]:
    """Make the examples of an item of due diligence that is held before anybody starts."""
    others = tuple(each for each in OF_THE_PROVIDER if each is not item)
    return (
        Example("it is held", MET, provider_case),
        Example("it is not held", BREACHED, lambda: provider_case(items=others)),
        Example(
            "it is not held, on the day before the first start",
            NOT_YET,
            lambda: provider_case(items=others, on=DAY_BEFORE),
        ),
        Example(
            "it is not held, at a college",
            BREACHED,
            lambda: provider_case(items=others, kind="fe-college"),
        ),
        Example(
            "at the school's own site",
            NOT_APPLICABLE,
            lambda: provider_case(items=others, kind="own-site"),
        ),
    )


def reviewed_with_next(following: str, on: date) -> PlacementCase:
    """Make the case of a placement reviewed on 2 March 2026, when the next review was agreed."""
    review = filled("review", {"day": "2026-03-02", "next_review": following} | COMPLETE, on)
    entries = history((review, filled("visit", VISIT, on)))
    case: PlacementCase = _with(placement_case(on=on, ends="2026-07-10"), {"entries": entries})
    return case


def routed(route: str) -> PlacementCase:
    """Make the case of a placement by a route that entry refuses."""
    from ...domain.options import Route

    case = placement_case()
    routed: PlacementCase = _with(
        case, {"placement": _with(case.placement, {"route": Route(route)})}
    )
    return routed
