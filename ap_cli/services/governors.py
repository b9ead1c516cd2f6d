"""Gather a term for governors: how many children are placed, why, how long, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from statistics import median

from msgspec import Struct

from ..domain.attendance import Mark, SessionCounts, count_sessions
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
from .tasks import TaskMaker
from .visits import list_visits, was_visited_before

WEEK = timedelta(days=7)
GOES_ON = (State.LIVE, State.PAST_ITS_END)
NOT_RECORDED = "not recorded"
LENGTHS = ((6, "up to 6 weeks"), (13, "7 to 13 weeks"), (26, "14 to 26 weeks"))
LONGER = "over 26 weeks"
"""How long placements have run, in weeks: about half a term, a term, two terms, and longer."""


class Counted(Struct, frozen=True):
    """How many have something in common, and what that is."""

    what: str
    number: int


class OnTime(Struct, frozen=True):
    """How many things were due by a day gone by, and how many were done in time or late.

    `children` is how many children they were for.
    """

    due: int = 0
    in_time: int = 0
    late: int = 0
    children: int = 0

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

    Numbers are of placements, unless they say otherwise. `children` are those of the live ones,
    `ended_children` of those that ended, `marked_children` have a mark; `median_weeks` is that of
    the live ones;
    `safety` counts the open tasks about a child's safety on the day asked, by what they are.
    `reviews` counts the half terms in which one was due; `first_visits` the placements that began,
    and whether somebody visited before; `visited` the providers in use that were visited.
    """

    term: Term
    until: date
    live: int
    children: int
    providers: int
    began: int
    ended: int
    ended_children: int
    reasons: tuple[Counted, ...]
    part_time: int
    extent_unknown: int
    lengths: tuple[Counted, ...]
    median_weeks: float | None
    without_end: int
    attendance: SessionCounts
    marked_children: int
    reviews: OnTime
    first_visits: OnTime
    visited: int
    cost: Cost
    destinations: tuple[Counted, ...]
    safety: tuple[Counted, ...]
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
    return TermReport(
        term=term,
        until=until,
        live=len(live),
        children=count_children(live),
        providers=len({case.provider.id for case in live}),
        began=len(began),
        ended=len(ended),
        ended_children=count_children(ended),
        reasons=count_values(map(reasons_of, live), Reason),
        part_time=sum(case.placement.extent is Extent.PART_TIME for case in live),
        extent_unknown=sum(not recorded(case.placement.extent) for case in live),
        lengths=count_lengths(weeks),
        median_weeks=median(weeks) if weeks else None,
        without_end=sum(not recorded(case.placement.ends) for case in live),
        attendance=count_sessions(
            mark for case in ran for mark in marks_of(case, term.first, until)
        ),
        marked_children=count_children(
            case for case in ran if any(marks_of(case, term.first, until))
        ),
        reviews=count_reviews(ran, term.first, until, on),
        first_visits=count_first_visits(began),
        visited=count_visited(store, live, term.first, until),
        cost=count_cost(ran, live, term.first, until),
        destinations=count_values(map(destination_of, ended), Destination),
        safety=count_safety(store, on),
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


def reasons_of(case: PlacementCase) -> tuple[str, ...]:
    """Return why a child is placed; several reasons count each."""
    reasons = case.placement.reasons
    return tuple(reasons) if recorded(reasons) and reasons else (NOT_RECORDED,)


def destination_of(case: PlacementCase) -> tuple[str, ...]:
    """Return where a child went after a placement."""
    return (case.placement.destination or NOT_RECORDED,)


def count_values(values: Iterable[tuple[str, ...]], order: Iterable[str]) -> tuple[Counted, ...]:
    """Count values in an order of their own, with what is not recorded at the end."""
    counts = Counter(value for several in values for value in several)
    return tuple(
        Counted(str(value), counts[value]) for value in (*order, NOT_RECORDED) if counts[value]
    )


def weeks_run(case: PlacementCase, until: date) -> int:
    """Return how many weeks a placement has run, the one that is running counted."""
    return (until - case.placement.starts) // WEEK + 1


def count_lengths(weeks: Sequence[int]) -> tuple[Counted, ...]:
    """Count placements by how long they have run."""
    counts = Counter(name_length(number) for number in weeks)
    names = [*(name for _, name in LENGTHS), LONGER]
    return tuple(Counted(name, counts[name]) for name in names)


def name_length(weeks: int) -> str:
    """Name a length of so many weeks."""
    return next((name for most, name in LENGTHS if weeks <= most), LONGER)


def count_children(cases: Iterable[PlacementCase]) -> int:
    """Count the children of placements, each once."""
    return len({case.placement.pupil for case in cases})


def marks_of(case: PlacementCase, first: date, until: date) -> Iterator[Mark]:
    """List the marks of a placement in a time."""
    return (mark for mark in case.register.marks if first <= mark.day <= until)


def count_reviews(ran: Iterable[PlacementCase], first: date, until: date, on: date) -> OnTime:
    """Count the half terms of a term that asked for a review, and whether one was held in each.

    One that has not gone by on the day asked counts once its review is held. One that was held
    later, up to the end of the term, is late.
    """
    due = in_time = late = 0
    children = set()
    for case in ran:
        last = case.placement.ended or until
        begun = max(first, case.placement.starts)
        for block in case.calendar.known_half_terms(begun, min(last, until)):
            since = max(block.first, begun)
            by = min(block.last, last)
            is_held = any(since <= day <= by for day in case.held_reviews)
            if not is_held and by >= on:
                continue
            due += 1
            children.add(case.placement.pupil)
            in_time += is_held
            late += not is_held and any(day > by for day in case.held_reviews)
    return OnTime(due, in_time, late, len(children))


def count_first_visits(began: Sequence[PlacementCase]) -> OnTime:
    """Count the placements that began, and whether somebody visited the provider before."""
    visited = map(was_visited_before, began)
    return OnTime(len(began), in_time=sum(visited), children=count_children(began))


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
        weekly_children=count_children(weekly),
        term_children=count_children(known),
    )


def pence_of(case: PlacementCase) -> int | None:
    """Return what a placement costs a week, in pence; None if nobody recorded it."""
    pence = case.placement.weekly_pence
    return int(pence) if recorded(pence) else None


def school_weeks(case: PlacementCase, first: date, until: date) -> int:
    """Return in how many weeks of a term a placement had a school day."""
    begins = max(first, case.placement.starts)
    ends = min(until, case.placement.ended or until)
    days = [begins + timedelta(days=ahead) for ahead in range((ends - begins).days + 1)]
    open_days = filter(case.calendar.is_presumed_school_day, days)
    return len({day.isocalendar()[:2] for day in open_days})


def count_safety(store: Store, on: date) -> tuple[Counted, ...]:
    """Count the open tasks about a child's safety, by what they are, those most common first."""
    request = CheckRequest(on, answers=OPEN)
    made = TaskMaker(store, on).make(checks.list_findings(store, request))
    labels = sorted(each.label for each in made if each.urgency is Urgency.SAFETY)
    return tuple(Counted(label, number) for label, number in Counter(labels).most_common())
