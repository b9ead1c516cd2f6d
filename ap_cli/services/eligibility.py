"""Answer whether a child may go to a place, by supposing the placement in a copy of the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ..domain.ages import Ages, ages
from ..domain.commissioner import Commissioner, CommissionerKind
from ..domain.options import NOT_ALTERNATIVE_PROVISION, Route
from ..domain.periods import Periods
from ..domain.placement import Placement
from ..domain.provider import Provider, ProviderKind
from ..domain.pupil import Pupil
from ..domain.readers import fill
from ..forms.facts import CannotTell, Fact, Unknown
from ..forms.form import Minutes, Noun
from ..rules.eligibility import (
    ABOUT_THE_CHILD_THERE,
    REGISTRATION,
    ROUTE,
    RULE_BY_ID,
    Bearing,
    Verdict,
    bearing_of,
    verdict_of,
)
from ..rules.engine import WORST, Finding
from ..rules.kinds import registered_on
from ..rules.rule import ADVISE, ANSWERS, BREACHED, CANNOT_TELL, NOT_APPLICABLE, OPEN, Answer
from ..rules.task import Edit, Task, Write, join_tasks
from ..store.author import Author
from ..store.opening import Store
from . import checks, records
from .caseload import Caseload, Subject
from .checks import CheckRequest
from .elsewhere import Elsewhere, list_elsewhere, task_to_end
from .going_back import list_found_unsafe
from .people import People

N = TypeVar("N", bound=Noun)
AUTHOR = Author("supposed")
FORTNIGHT = timedelta(days=14)
"""How far ahead the first day is supposed if nobody names it: most notices can still be given."""

LOOK_AHEAD = 90
"""How many days are tried for the next school day: longer than any holiday."""

ROUTES = tuple(route for route in Route if route not in NOT_ALTERNATIVE_PROVISION)
ANYWHERE = Provider(name="the provider", kind=ProviderKind.NON_SCHOOL, registered=Periods())
"""What stands for the place if none is named: any that is not a school."""

SHEET = "sheet"
CHOOSE_A_SCHOOL = "Choose a place that is a registered school"


class Enquiry(Struct, frozen=True):
    """A question: may this child go there, by this route, for these hours, from this day?

    A child without a number is only supposed. `answers` are those of a placement, as typed, for
    what was given.
    """

    child: Pupil
    provider: Provider | None
    answers: Mapping[str, Any]


class Opening(Struct, frozen=True):
    """A route, whether it is open for the child, and why if that is not so or not known."""

    route: Route
    answer: Answer
    message: str = ""


class Registration(Struct, frozen=True):
    """Whether a place would have to be a registered school with the child, for some hours a week.

    It is breached if it would have to be, met if not.
    """

    minutes: int
    answer: Answer
    message: str


class Eligibility(Struct, frozen=True):
    """The answer to an enquiry.

    `stops` are the findings that make a no, `undecided` the tasks that find out what may make one,
    `first` what is in place before the first day, `ask` what else is to be found out; `questions`
    names those that the wizard asks. Without hours or a route named, the usual are supposed.
    `registration` has the hours supposed first, then the other side of full time; `registered`
    says whether the place is a registered school, None if nobody knows. `elsewhere` are the child's
    other placements that go on after the first day. `placement`, `child` and
    `place` are references within the copy.
    """

    verdict: Verdict
    starts: date
    route: Route
    minutes: Minutes
    hours_named: bool
    route_named: bool
    ages: Ages
    openings: tuple[Opening, ...]
    registration: tuple[Registration, ...]
    registered: bool | None
    stops: tuple[Finding, ...]
    undecided: tuple[Task, ...]
    first: tuple[Task, ...]
    ask: tuple[Task, ...]
    questions: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]
    placement: str
    child: str
    place: str


class Supposed(Struct, frozen=True):
    """What stands in the copy: the store, the day, and the three records."""

    store: Store
    on: date
    child: Pupil
    provider: Provider
    placement: Placement


def judge(store: Store, enquiry: Enquiry, on: date) -> Eligibility:
    """Judge an enquiry; nothing is written. Raise BadAnswers if it contradicts itself."""
    with store.suppose() as copy:
        known = suppose_placement(copy, enquiry, on)
        findings = list_open(known)
        registration = judge_registration(known)
        openings = tuple(judge_route(known, route) for route in ROUTES)
        elsewhere = tuple(list_elsewhere(copy, known.placement, on))
    return answer_enquiry(known, enquiry, findings, openings, registration, elsewhere)


def suppose_placement(copy: Store, enquiry: Enquiry, on: date) -> Supposed:
    """Write the child, the place and the placement to a copy of the store."""
    child = put(copy, enquiry.child, on)
    provider = put(copy, enquiry.provider or ANYWHERE, on)
    cases = Caseload(copy, on)
    given: dict[str, Any] = {
        "hours": str(cases.figures["full_time.line"] / 60),
        "starts": str(usual_start(copy, child, on)),
        "route": usual_route(copy, on),
    }
    given |= dict(enquiry.answers) | {"pupil": child.ref, "provider": provider.ref}
    refused = refused_route(str(given["route"]))
    if refused is not None:
        given["route"] = ROUTES[0]
    placement = fill(Placement, given, on, AUTHOR.who)
    if refused is not None:
        placement = replace(placement, route=refused)
    return Supposed(copy, on, child, provider, records.add(copy, placement, AUTHOR, on))


def put(copy: Store, noun: N, on: date) -> N:
    """Write a record to a copy, as it is supposed: a new one, or one on record with its changes."""
    if not noun.id:
        return records.add(copy, noun, AUTHOR, on)
    before = records.get(copy, type(noun), noun.id, on)
    return (
        records.correct(copy, before, noun, AUTHOR, on) if records.changes(before, noun) else noun
    )


def usual_start(copy: Store, child: Pupil, on: date) -> date:
    """Return the first day if none is named: the first school day a fortnight on."""
    only: Fact[Commissioner] = records.only_commissioner(copy, on) or Unknown("commissioner")
    calendar = Caseload(copy, on).calendar(child, only)
    days = (on + FORTNIGHT + timedelta(days=ahead) for ahead in range(LOOK_AHEAD))
    return next(filter(calendar.is_presumed_school_day, days), on + FORTNIGHT)


def usual_route(copy: Store, on: date) -> Route:
    """Return the route if none is named: the council's own, or arranged by the school."""
    only = records.only_commissioner(copy, on)
    if only is not None and only.kind is CommissionerKind.LOCAL_AUTHORITY:
        return Route.SECTION_19
    return Route.SCHOOL_ARRANGED


def refused_route(typed: str) -> Route | None:
    """Return a route that is not alternative provision, which a form would refuse; else None."""
    name = "-".join(typed.strip().lower().split())
    return next((route for route in NOT_ALTERNATIVE_PROVISION if route == name), None)


def list_open(known: Supposed) -> list[Finding]:
    """List the open findings about the supposed placement, its child and its place.

    With them stands what is open about the child's safety from earlier placements at that place.
    """
    request = CheckRequest(
        known.on, subjects=[(Placement, known.placement.id)], answers=OPEN, whole=True
    )
    return [*checks.list_findings(known.store, request), *list_unsafe_there(known)]


def list_unsafe_there(known: Supposed) -> Iterator[Finding]:
    """List what is open about the child's safety at the same place, whenever that was."""
    people = People(known.store)
    rules = tuple(RULE_BY_ID[rule] for rule in ABOUT_THE_CHILD_THERE)
    subjects = [(Pupil, known.child.id)]
    request = CheckRequest(known.on, subjects, rules, answers=OPEN, every=True)
    for finding in checks.list_findings(known.store, request):
        there = people.whom(finding.subject).provider == known.provider.ref
        if there and finding.subject != known.placement.ref:
            yield finding
    yield from list_found_unsafe(known.store, known.child.id, known.provider.id, known.on)


def on_the_day(finding: Finding, placement: Placement) -> Finding:
    """A finding with the day that this placement gives it, which is before its first day.

    What is about the child or the place has the day that another placement gave it.
    """
    if finding.due is None or finding.subject == placement.ref:
        return finding
    return replace(finding, due=placement.starts - timedelta(days=1))


def judge_route(known: Supposed, route: Route) -> Opening:
    """Tell whether a route is open for the child, by supposing it."""
    now = records.get(known.store, Placement, known.placement.id, known.on)
    records.correct(known.store, now, replace(now, route=route), AUTHOR, known.on)
    subject = (Placement, known.placement.id)
    worst = worst_answer(known, subject, ROUTE)
    return Opening(route, *worst)


def worst_answer(known: Supposed, subject: Subject, rules: tuple[str, ...]) -> tuple[Answer, str]:
    """Return the worst answer of some rules about a record, with its message."""
    request = CheckRequest(
        known.on, subjects=[subject], rules=checks.rules_like(rules), answers=ANSWERS
    )
    findings = [
        finding for finding in checks.list_findings(known.store, request) if finding.rule in rules
    ]
    if not findings:  # a damaged record has no other answer than that
        return CANNOT_TELL, "the record cannot be read"
    worst = min(findings, key=badness)
    message = worst.message if worst.answer in (*OPEN, NOT_APPLICABLE) else ""
    return worst.answer, message


def badness(finding: Finding) -> int:
    """Return the place of a finding's answer among the worst, to sort by."""
    return WORST.index(finding.answer)


def judge_registration(known: Supposed) -> tuple[Registration, ...]:
    """Tell whether the place would have to be a registered school, by supposing that it is none.

    The hours supposed are judged first, then the other side of the full-time line.
    """
    copy, on = known.store, known.on
    now = records.get(copy, Provider, known.provider.id, on)
    records.correct(copy, now, replace(now, registered=Periods()), AUTHOR, on)
    line = Caseload(copy, on).figures["full_time.line"]
    minutes = known.placement.weekly_minutes
    other = line if minutes > line else line + 1
    answers = tuple(judge_hours(known, each) for each in (minutes, Minutes(other)))
    unregistered = records.get(copy, Provider, known.provider.id, on)
    records.correct(copy, unregistered, now, AUTHOR, on)
    return answers


def judge_hours(known: Supposed, minutes: Minutes) -> Registration:
    """Tell whether the place would have to be a registered school for some hours a week."""
    now = records.get(known.store, Placement, known.placement.id, known.on)
    after = replace(now, weekly_minutes=minutes)
    records.correct(known.store, now, after, AUTHOR, known.on)
    answer, message = worst_answer(known, (Provider, known.provider.id), REGISTRATION)
    records.correct(known.store, after, now, AUTHOR, known.on)
    return Registration(minutes, answer, message)


def answer_enquiry(
    known: Supposed,
    enquiry: Enquiry,
    findings: Iterable[Finding],
    openings: tuple[Opening, ...],
    registration: tuple[Registration, ...],
    elsewhere: tuple[Elsewhere, ...],
) -> Eligibility:
    """Put the answer together from what was found in the copy."""
    placement = known.placement
    sorted_out: dict[Bearing, list[Finding]] = {bearing: [] for bearing in Bearing}
    for finding in findings:
        bearing, fitting = weigh(finding, placement.starts, enquiry, registration[0])
        sorted_out[bearing].append(fitting)
    wizard, before = part_questions(sorted_out[Bearing.FIRST], placement.ref)
    first = list_first(before, elsewhere, placement)
    also, ask = part_questions(sorted_out[Bearing.ASK], placement.ref)
    bearings = [bearing for bearing in (Bearing.STOPS, Bearing.DECIDES) if sorted_out[bearing]]
    return Eligibility(
        verdict=verdict_of([*bearings, *([Bearing.FIRST] if first else [])]),
        starts=placement.starts,
        route=placement.route,
        minutes=placement.weekly_minutes,
        hours_named="hours" in enquiry.answers,
        route_named="route" in enquiry.answers,
        ages=ages_of(known.child, placement.starts),
        openings=openings,
        registration=registration,
        registered=is_registered(known.provider, placement.starts),
        stops=tuple(sorted_out[Bearing.STOPS]),
        undecided=tuple(join_tasks(sorted_out[Bearing.DECIDES])),
        first=first,
        ask=tuple(join_tasks(ask)),
        questions=tuple(dict.fromkeys([*wizard, *also])),
        elsewhere=elsewhere,
        placement=placement.ref,
        child=known.child.ref,
        place=known.provider.ref,
    )


def list_first(
    before: Iterable[Finding], elsewhere: Iterable[Elsewhere], placement: Placement
) -> tuple[Task, ...]:
    """List what has to be done before the first day, other full-time placements ended too."""
    return (
        *join_tasks(on_the_day(finding, placement) for finding in before),
        *(task_to_end(other, placement.starts) for other in elsewhere if other.full_time),
    )


def ages_of(child: Pupil, on: date) -> Ages:
    """Return what a child's birth decides on a day.

    The year group is the one taught in; a leaving date that is confirmed beats the birth.
    """
    by_birth, last = ages(child.born, on), child.last_day_of_school_age
    compulsory = by_birth.begins <= on <= last
    return replace(by_birth, year_group=child.year_on(on), ends=last, compulsory=compulsory)


def weigh(
    finding: Finding, starts: date, enquiry: Enquiry, registration: Registration
) -> tuple[Bearing, Finding]:
    """Tell what a finding means for an enquiry, and return it with the task that fits.

    If no place is named, one that would have to register asks for another choice. If a place would
    not have to register with this child, it decides nothing whether it has.
    """
    bearing = bearing_of(finding, starts)
    if bearing is Bearing.ASK and finding.severity is ADVISE:
        return Bearing.LATER, finding
    if finding.rule not in REGISTRATION:
        return bearing, finding
    if bearing is Bearing.STOPS and enquiry.provider is None:
        return Bearing.FIRST, replace(finding, task=CHOOSE_A_SCHOOL)
    is_open_question = registration.answer in (BREACHED, CANNOT_TELL)
    if bearing is Bearing.DECIDES and not is_open_question:
        return Bearing.ASK, finding
    return bearing, finding


def part_questions(findings: Iterable[Finding], placement: str) -> tuple[list[str], list[Finding]]:
    """Part what the wizard asks of the plan, by the names of its questions, from all else."""
    names: list[str] = []
    others: list[Finding] = []
    for finding in findings:
        remedy = finding.remedy
        if isinstance(remedy, Edit) and remedy.about.ref == placement:
            names += remedy.ask
        elif isinstance(remedy, Write) and remedy.kind == SHEET:
            continue  # it is filled from the answers to the wizard
        else:
            others.append(finding)
    return names, others


def is_registered(provider: Provider, day: date) -> bool | None:
    """Tell whether a place is a registered school on a day; None if nobody recorded it."""
    try:
        return registered_on(provider, day)
    except CannotTell:
        return None
