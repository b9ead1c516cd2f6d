"""Gather a term for governors: how many children are placed, why, how long, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from msgspec import Struct

from ..domain.attendance import SessionCounts, count_sessions
from ..domain.days import words
from ..domain.half_terms import surely_holiday_until
from ..domain.options import Destination, Extent, Reason
from ..domain.placement import State
from ..domain.term import Term, find_term, list_terms, term_on_or_before
from ..errors import ApError, StoreProblem
from ..forms.facts import recorded
from ..forms.text import echo
from ..rules.cases.placement import PlacementCase
from ..rules.rule import OPEN
from ..rules.task import Urgency
from ..store.damage import Unreadable
from ..store.opening import Store
from ..store.queries import terms as stored
from ..store.queries.commissioners import names_by_number
from ..store.queries.placements import placements
from ..store.queries.scopes import running_between
from . import checks
from .caseload import Caseload
from .checks import CheckRequest
from .people import People
from .tasks import OpenTask, TaskMaker
from .term_children import Part, Ran, TermChildren, children_of, gather_children
from .term_figures import (
    IN_TIME,
    LATE,
    LENGTH_NAMES,
    NOT_RECORDED,
    destination_of,
    list_due_reviews,
    marks_of,
    name_length,
    pence_of,
    reasons_of,
    school_weeks,
    weeks_run,
)
from .visits import list_visits, was_visited_before

GOES_ON = (State.LIVE, State.PAST_ITS_END)


class Counted(Struct, frozen=True):
    """How many have something in common, and what that is."""

    what: str
    number: int


class OnTime(Struct, frozen=True):
    """How many things were due by a day gone by, and how many were done in time or late."""

    due: int = 0
    in_time: int = 0
    late: int = 0

    @property
    def missed(self) -> int:
        """How many were not done."""
        return self.due - self.in_time - self.late


class Cost(Struct, frozen=True):
    """What placements cost, in pence: a week on the last day, and the term until then.

    `weekly_children` and `term_children` are how many children these sums are for; `unknown` counts
    the placements of the term of which nobody recorded the cost.
    """

    weekly: int
    term: int
    unknown: int
    weekly_children: int
    term_children: int


class TermReport(Struct, frozen=True):
    """A term for governors, up to a day in it.

    Numbers are of placements, unless they say otherwise. `children` and `median_weeks` are of the
    live ones; `safety` counts the open tasks about a child's safety on the day asked, by what they
    are. `reviews` counts the half terms in which one was due; `first_visits` the placements that
    began, and whether somebody visited before; `visited` the providers in use that were visited.
    `who` has the children behind each.
    """

    term: Term
    until: date
    live: int
    children: int
    providers: int
    began: int
    ended: int
    reasons: tuple[Counted, ...]
    part_time: int
    extent_unknown: int
    lengths: tuple[Counted, ...]
    median_weeks: float | None
    without_end: int
    attendance: SessionCounts
    reviews: OnTime
    first_visits: OnTime
    visited: int
    cost: Cost
    destinations: tuple[Counted, ...]
    safety: tuple[Counted, ...]
    who: TermChildren
    unread: tuple[StoreProblem, ...]


def choose_term(store: Store, on: date, name: str | None) -> Term:
    """Return the term of a name, or the last one that has begun by a day; raise ApError if none."""
    names = [name for known in names_by_number(store).values() for name in known]
    terms = list_terms(stored.calendars(store).following(*names).half_terms)
    found = find_term(terms, name) if name else term_on_or_before(terms, on)
    if found and found.first <= on and (name or is_known_to_be_last(found, terms, on)):
        return found
    known = ", ".join(term.name for term in terms if term.first <= on)
    if name and known:
        raise ApError(
            f"--term: no term “{echo(name)}” is known to have begun: choose from {known},"
            " or import its dates with ap terms import FILE"
        )
    chosen = f", or choose one with --term: {known}" if known else ""
    raise ApError(
        f"No term dates are known for {words(on)}: import them with ap terms import FILE{chosen}."
    )


def is_known_to_be_last(found: Term, terms: Sequence[Term], on: date) -> bool:
    """Tell whether no term of which nobody recorded the dates can have begun since this one."""
    return terms[-1] != found or on <= surely_holiday_until(found.last)


def gather_term(store: Store, on: date, term: Term) -> TermReport:
    """Gather a term up to its last day, or up to a day in it."""
    until = min(term.last, on)
    unread: list[StoreProblem] = []
    ran = _cases(store, term.first, until, unread)
    live = [case for case in ran if case.placement.state(until) in GOES_ON]
    began = [case for case in ran if case.placement.starts >= term.first]
    ended = [case for case in ran if _ended_by(case, until)]
    weeks = [weeks_run(case, until) for case in live]
    safety = list_safety(store, on)
    return TermReport(
        term=term,
        until=until,
        live=len(live),
        children=len(children_of(live)),
        providers=len({case.provider.id for case in live}),
        began=len(began),
        ended=len(ended),
        reasons=count_values(map(reasons_of, live), Reason),
        part_time=sum(case.placement.extent is Extent.PART_TIME for case in live),
        extent_unknown=sum(not recorded(case.placement.extent) for case in live),
        lengths=count_lengths(weeks),
        median_weeks=median(weeks) if weeks else None,
        without_end=sum(not recorded(case.placement.ends) for case in live),
        attendance=count_sessions(
            mark for case in ran for mark in marks_of(case, term.first, until)
        ),
        reviews=count_reviews(ran, term.first, until, on),
        first_visits=OnTime(len(began), in_time=sum(map(was_visited_before, began))),
        visited=count_visited(store, live, term.first, until),
        cost=count_cost(ran, live, term.first, until),
        destinations=count_values(map(destination_of, ended), Destination),
        safety=count_safety(safety),
        who=gather_children(
            Ran(term.first, until, ran, live, began, ended),
            on,
            group_safety(store, on, safety),
        ),
        unread=tuple(unread),
    )


def _cases(
    store: Store, first: date, until: date, unread: list[StoreProblem]
) -> list[PlacementCase]:
    """List the placements outside the school that ran in a time; damaged ones go to `unread`."""
    cases = Caseload(store, until)
    ran = []
    for record in placements(store, until, running_between(first, until)):
        if isinstance(record, Unreadable):
            unread.append(record.problem)
            continue
        case = cases.placement_case(record)
        if case.external:
            ran.append(case)
    return ran


def _ended_by(case: PlacementCase, until: date) -> bool:
    """Tell whether the last day of a placement has come."""
    return case.placement.ended is not None and case.placement.ended <= until


def count_values(values: Iterable[tuple[str, ...]], order: Iterable[str]) -> tuple[Counted, ...]:
    """Count values in an order of their own, with what is not recorded at the end."""
    counts = Counter(value for several in values for value in several)
    return tuple(
        Counted(str(value), counts[value]) for value in (*order, NOT_RECORDED) if counts[value]
    )


def count_lengths(weeks: Sequence[int]) -> tuple[Counted, ...]:
    """Count placements by how long they have run."""
    counts = Counter(name_length(number) for number in weeks)
    return tuple(Counted(name, counts[name]) for name in LENGTH_NAMES)


def count_reviews(ran: Iterable[PlacementCase], first: date, until: date, on: date) -> OnTime:
    """Count the half terms of a term that asked for a review, and whether one was held in each."""
    held = Counter(how for case in ran for how in list_due_reviews(case, first, until, on))
    return OnTime(held.total(), held[IN_TIME], held[LATE])


def count_visited(store: Store, live: Iterable[PlacementCase], first: date, until: date) -> int:
    """Count the providers in use that somebody visited in a term, for whatever child."""
    visited = {provider for provider, day in list_visits(store, until) if day >= first}
    return len(visited & {case.provider.id for case in live})


def count_cost(
    ran: Sequence[PlacementCase], live: Sequence[PlacementCase], first: date, until: date
) -> Cost:
    """Count what placements cost a week, and in the weeks of a term that have a school day."""
    known, weekly = (
        [case for case in cases if pence_of(case) is not None] for cases in (ran, live)
    )
    return Cost(
        weekly=sum(pence_of(case) or 0 for case in weekly),
        term=sum((pence_of(case) or 0) * school_weeks(case, first, until) for case in known),
        unknown=len(ran) - len(known),
        weekly_children=len(children_of(weekly)),
        term_children=len(children_of(known)),
    )


def list_safety(store: Store, on: date) -> list[OpenTask]:
    """List the open tasks about a child's safety."""
    request = CheckRequest(on, answers=OPEN)
    made = TaskMaker(store, on).make(checks.list_findings(store, request))
    return [each for each in made if each.urgency is Urgency.SAFETY]


def count_safety(tasks: Iterable[OpenTask]) -> tuple[Counted, ...]:
    """Count tasks by what they are, those most common first."""
    counts = Counter(sorted(each.label for each in tasks))
    return tuple(Counted(label, number) for label, number in counts.most_common())


def group_safety(store: Store, on: date, tasks: Iterable[OpenTask]) -> tuple[Part, ...]:
    """Group the children whom tasks are about by what they are.

    A task about a provider is about the children who are placed there.
    """
    people = People(store)
    placed: dict[str, set[str]] = {}
    for whom in people.placements(on):
        if whom.is_live(on):
            placed.setdefault(whom.provider, set()).add(whom.pupil)
    found: dict[str, set[str]] = {}
    for each in tasks:
        children = found.setdefault(each.label, set())
        for ref in (each.task.about.ref, *each.task.subjects):
            whom = people.whom(ref)
            children |= {whom.pupil} if whom.pupil else placed.get(whom.provider, set())
    return tuple(Part(label, frozenset(found[label])) for label in sorted(found))
