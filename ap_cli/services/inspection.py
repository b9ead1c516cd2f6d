"""Gather what an inspector asks for first: where children are placed, who, and what was checked."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date

from msgspec import Struct

from ..domain.attendance import SessionCounts, count_sessions
from ..domain.evidence import Item
from ..domain.options import Reason, Route
from ..domain.provider import Provider
from ..domain.sessions import Sessions
from ..errors import StoreProblem
from ..forms.facts import Fact, recorded
from ..forms.form import reference
from ..forms.text import join_words
from ..rules.cases.placement import PlacementCase
from ..rules.cases.provider import ProviderCase
from ..rules.standing import list_last_seen
from ..rules.task import Who, side_of
from ..store.damage import Unreadable
from ..store.opening import Store
from ..store.queries.origins import placements_of_others
from ..store.queries.placements import placements
from ..store.queries.scopes import running_between
from .caseload import Caseload
from .visits import list_visits

WHERE_IT_CAME_FROM = "the store it came from"


class InspectedPlacement(Struct, frozen=True):
    """A placement as an inspector reads it.

    `last_mark` is the last day with a mark, `last_review` that of the last review held; both are
    None where there is none. `minutes` are those of a week, as they are now. `kept_by` names who
    keeps a record of it too: those it came from, or who arranged it if that is not you.
    """

    placement: str
    pupil: str
    name: str
    year: int | None
    reasons: Fact[tuple[Reason, ...]]
    route: Route
    starts: date
    ends: Fact[date]
    minutes: int
    sessions: Fact[Sessions]
    attendance: SessionCounts
    last_mark: date | None
    last_review: date | None
    kept_by: str | None = None


class InspectedProvider(Struct, frozen=True):
    """A provider as an inspector reads it, with the placements there, in order of their start.

    `last_visit` and `staff_checks` are None where none is on record. A visit counts whatever child
    it was recorded with; `staff_checks` is the day on which the written confirmation was seen.
    """

    provider: Provider
    last_visit: date | None
    staff_checks: date | None
    placements: tuple[InspectedPlacement, ...]

    @property
    def kept_by(self) -> tuple[str, ...]:
        """Who else keeps a record of placements there, each once."""
        return tuple(dict.fromkeys(one.kept_by for one in self.placements if one.kept_by))

    @property
    def no_visit(self) -> str:
        """Say that no visit is on record, and who may keep some."""
        if not self.kept_by:
            return "no visit on record"
        return f"no visit on this record; {join_words(self.kept_by, 'and')} may keep some"


class Inspection(Struct, frozen=True):
    """The providers that children go to on a day, by name; `unread` are damaged records."""

    on: date
    providers: tuple[InspectedProvider, ...]
    unread: tuple[StoreProblem, ...]

    @property
    def children(self) -> int:
        """How many children are placed."""
        return len({one.pupil for each in self.providers for one in each.placements})


def gather_inspection(store: Store, on: date, mine: Who | None = None) -> Inspection:
    """Gather the placements outside the school that run on a day, by provider.

    `mine` is what you are, a school or the council, if that is known.
    """
    cases = Caseload(store, on)
    of_others = placements_of_others(store)
    unread: list[StoreProblem] = []
    at_provider: dict[int, list[PlacementCase]] = {}
    for record in placements(store, on, running_between(on, on)):
        if isinstance(record, Unreadable):
            unread.append(record.problem)
            continue
        case = cases.placement_case(record)
        if case.external:
            at_provider.setdefault(case.provider.id, []).append(case)
    last_visits: dict[int, date] = {}
    for provider, day in list_visits(store, on):
        last_visits[provider] = max(day, last_visits.get(provider, day))
    found = []
    for id, there in at_provider.items():
        lines = [_line(case, find_keeper(case, of_others, mine)) for case in there]
        found.append(_inspect(cases, id, lines, last_visits.get(id)))
    return Inspection(on, tuple(sorted(found, key=_name)), tuple(unread))


def _name(inspected: InspectedProvider) -> tuple[str, int]:
    """Return the name of a provider, to sort by."""
    return inspected.provider.name.casefold(), inspected.provider.id


def _inspect(
    cases: Caseload, id: int, lines: Iterable[InspectedPlacement], last_visit: date | None
) -> InspectedProvider:
    provider = next(cases.provider_cases(id))
    there = tuple(sorted(lines, key=_start))
    return InspectedProvider(provider.provider, last_visit, _staff_checks(provider), there)


def find_keeper(case: PlacementCase, of_others: Container[int], mine: Who | None) -> str | None:
    """Name who else keeps a record of a placement; None if nothing says that somebody does.

    It came from another store, or is arranged by a school and you are the council, or the other way
    round. What came from another store, and the council arranged, is also its school's.
    """
    arranged, side = case.commissioner, side_of(case.commissioner)
    is_of_other = case.placement.id in of_others
    is_by_other = side is not mine if mine else is_of_other and side is Who.SCHOOL
    if recorded(arranged) and is_by_other:
        return arranged.name
    if not is_of_other:
        return None
    school = case.pupil.home_school
    return school if recorded(school) and mine is Who.COUNCIL else WHERE_IT_CAME_FROM


def _start(line: InspectedPlacement) -> tuple[date, str]:
    """Return when a placement started, to sort by."""
    return line.starts, line.placement


def _staff_checks(provider: ProviderCase) -> date | None:
    """Return the day on which the written confirmation of staff checks was seen last."""
    seen = [one.day for one in list_last_seen(provider) if one.item is Item.STAFF_CHECKS]
    return max(seen, default=None)


def _line(case: PlacementCase, kept_by: str | None) -> InspectedPlacement:
    placement, marks = case.placement, case.register.marks
    return InspectedPlacement(
        placement=placement.ref,
        pupil=reference("P", placement.pupil),
        name=case.pupil.name,
        year=case.pupil.year_on(case.on),
        reasons=placement.reasons,
        route=placement.route,
        starts=placement.starts,
        ends=placement.ends,
        minutes=placement.weekly_minutes,
        sessions=placement.at_provider,
        attendance=count_sessions(marks),
        last_mark=max((mark.day for mark in marks), default=None),
        last_review=max(case.held_reviews, default=None),
        kept_by=kept_by,
    )
