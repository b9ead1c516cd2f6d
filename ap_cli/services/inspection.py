"""Gather what an inspector asks for first: where children are placed, who, and what was checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from ..domain.attendance import SessionCounts, count_sessions
from ..domain.evidence import Item
from ..domain.options import Reason, Route
from ..domain.provider import Provider
from ..domain.sessions import Sessions
from ..errors import StoreProblem
from ..forms.facts import Fact
from ..forms.form import reference
from ..rules.cases.placement import PlacementCase
from ..rules.cases.provider import ProviderCase
from ..rules.standing import list_last_seen
from ..store.damage import Unreadable
from ..store.opening import Store
from ..store.queries.placements import placements
from ..store.queries.scopes import running_between
from .caseload import Caseload
from .visits import list_visits


class InspectedPlacement(Struct, frozen=True):
    """A placement as an inspector reads it.

    `last_mark` is the last day with a mark, `last_review` that of the last review held; both are
    None where there is none. `minutes` are those of a week, as they are now.
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


class InspectedProvider(Struct, frozen=True):
    """A provider as an inspector reads it, with the placements there, in order of their start.

    `last_visit` and `staff_checks` are None where none is on record. A visit counts whatever child
    it was recorded with; `staff_checks` is the day on which the written confirmation was seen.
    """

    provider: Provider
    last_visit: date | None
    staff_checks: date | None
    placements: tuple[InspectedPlacement, ...]


class Inspection(Struct, frozen=True):
    """The providers that children go to on a day, by name; `unread` are damaged records."""

    on: date
    providers: tuple[InspectedProvider, ...]
    unread: tuple[StoreProblem, ...]

    @property
    def children(self) -> int:
        """How many children are placed."""
        return len({one.pupil for each in self.providers for one in each.placements})


def gather_inspection(store: Store, on: date) -> Inspection:
    """Gather the placements outside the school that run on a day, by provider."""
    cases = Caseload(store, on)
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
    found = [_inspect(cases, id, there, last_visits.get(id)) for id, there in at_provider.items()]
    return Inspection(on, tuple(sorted(found, key=_name)), tuple(unread))


def _name(inspected: InspectedProvider) -> tuple[str, int]:
    """Return the name of a provider, to sort by."""
    return inspected.provider.name.casefold(), inspected.provider.id


def _inspect(
    cases: Caseload, id: int, there: Sequence[PlacementCase], last_visit: date | None
) -> InspectedProvider:
    provider = next(cases.provider_cases(id))
    lines = sorted((_line(case) for case in there), key=_start)
    return InspectedProvider(provider.provider, last_visit, _staff_checks(provider), tuple(lines))


def _start(line: InspectedPlacement) -> tuple[date, str]:
    """Return when a placement started, to sort by."""
    return line.starts, line.placement


def _staff_checks(provider: ProviderCase) -> date | None:
    """Return the day on which the written confirmation of staff checks was seen last."""
    seen = [one.day for one in list_last_seen(provider) if one.item is Item.STAFF_CHECKS]
    return max(seen, default=None)


def _line(case: PlacementCase) -> InspectedPlacement:
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
    )
