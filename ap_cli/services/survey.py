"""Go through the cases that a check looks at, with what is damaged among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from ..domain.entries.entry import PREFIX as ENTRY
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import StoreProblem
from ..forms.form import reference
from ..rules.cases.placement import PlacementCase
from ..rules.cases.pupil import PupilCase
from ..rules.cases.subjects import AnyCase, UnreadCase
from ..store.damage import Unreadable, unreadable
from ..store.queries import providers as provider_queries
from ..store.queries import pupils as pupil_queries
from ..store.queries import records as reading
from ..store.queries.damage import lost_entries
from ..store.queries.placements import PlacementRecord, placements
from ..store.queries.pupils import PupilRecord
from ..store.queries.scopes import EVERY, Scope, may_ask_for_something, of_placements, of_subject
from ..store.queries.terms import overlay_problem
from .caseload import Caseload, Subject

MANY = 100
"""From how many placements on it costs less to read at once what each is compared with."""


class Survey:
    """Goes through the cases of a caseload: of one subject, or of everything."""

    def __init__(self, cases: Caseload) -> None:
        self.cases = cases
        self.store = cases.store

    def every(self, subject: Subject | None, ended: bool = False) -> Iterator[tuple[AnyCase, ...]]:
        """List the cases of a subject or of all placements, with each provider and pupil once.

        A provider has a case for each of several days. `ended` adds the providers and pupils of
        placements that have ended, and providers without any. A placement that never started has no
        case; an excluded pupil has one without any placement. A damaged record has an UnreadCase,
        and the others keep theirs.
        """
        yield from self._unreadable_for_all()
        scope = self.scope(subject, ended)
        providers, pupils = set[int](), set[int]()
        if subject:
            noun, id = subject
            with suppress(StoreProblem):  # damaged records are reported below
                reading.one(self.store, noun, id, self.cases.on)
            providers |= {id} if noun is Provider else set()
            pupils |= {id} if noun is Pupil else set()
        else:
            self.cases.read_ahead()
            pupils.update(pupil_queries.excluded(self.store))
            providers.update(provider_queries.provider_numbers(self.store) if ended else ())
        yield from self._placements(scope, ended, providers, pupils)
        for entry, why in lost_entries(self.store, subject):
            ref = reference(ENTRY, entry)
            yield (UnreadCase(self.cases.on, ref, str(unreadable(ref, ValueError(why)))),)
        yield from self._providers(providers)
        yield from self._pupils(pupils, scope)

    def placements_alone(self, numbers: Sequence[int]) -> Iterator[tuple[AnyCase, ...]]:
        """List the case of each of these placements, without any of its provider or pupil."""
        if len(numbers) >= MANY:
            self.cases.read_ahead()
        yield from self._placements(of_placements(numbers), True, set(), set())

    def scope(self, subject: Subject | None, ended: bool) -> Scope:
        """Return the scope of the placements to look at: a subject's, all, or what is not over.

        Of those that ended long ago it leaves out the ones of which nothing can be to do.
        """
        if subject:
            return of_subject(*subject)
        if ended:
            return EVERY
        return may_ask_for_something(self.cases.on, self.cases.figures["ended.days"])

    def _unreadable_for_all(self) -> Iterator[tuple[AnyCase, ...]]:
        """List the cases of damage to the overlay and to imported term dates."""
        if problem := overlay_problem(self.store):
            yield (UnreadCase(self.cases.on, "overlay", problem, "overlay"),)
        if self.cases.terms_problem:
            yield (UnreadCase(self.cases.on, "terms", str(self.cases.terms_problem), "terms"),)

    def _placements(
        self, scope: Scope, ended: bool, providers: set[int], pupils: set[int]
    ) -> Iterator[tuple[AnyCase, ...]]:
        """List the case of each placement of a scope, and note its provider and pupil for later."""
        named: set[int] = set()
        for record in placements(self.store, self.cases.on, scope):
            case = self._placement_or_damage(record)
            if isinstance(case, Unreadable):
                named.add(case.id)
                pupils.update(filter(None, (case.pupil,)))
                providers.update(filter(None, (case.provider,)))
                yield (self.unread(case),)
                continue
            if case.placement.never_started:
                continue
            if ended or not case.over:
                providers.add(case.provider.id)
                pupils.add(case.pupil.id)
            yield (case,)
        if not scope.streams:  # siblings that are outside the scope themselves
            for number, sibling in self.cases.unreadable_siblings.items():
                if number not in named:
                    yield (self.unread(sibling),)

    def _placement_or_damage(
        self, record: PlacementRecord | Unreadable
    ) -> PlacementCase | Unreadable:
        if isinstance(record, Unreadable):
            return record
        try:
            return self.cases.placement_case(record)
        except StoreProblem as problem:
            placement = record.placement
            return Unreadable(Placement, placement.id, problem, placement.pupil, placement.provider)

    def _providers(self, ids: set[int]) -> Iterator[tuple[AnyCase, ...]]:
        """List the cases of these providers; a missing one was reported with its placement."""
        for id in sorted(ids.intersection(provider_queries.provider_numbers(self.store))):
            try:
                yield tuple(self.cases.provider_cases(id))
            except StoreProblem as problem:
                yield (self.unread(Unreadable(Provider, id, problem)),)

    def _pupils(self, ids: set[int], scope: Scope) -> Iterator[tuple[AnyCase, ...]]:
        """List the case of each of these pupils, read all at once or one by one."""
        if scope.streams:
            records = pupil_queries.pupils(self.store, self.cases.on, ids, scope)
        else:
            records = (pupil_queries.pupil(self.store, id, self.cases.on) for id in sorted(ids))
        for record in records:
            yield (self._pupil_or_damage(record),)

    def _pupil_or_damage(self, record: PupilRecord | Unreadable) -> PupilCase | UnreadCase:
        if isinstance(record, Unreadable):
            return self.unread(record)
        try:
            return self.cases.pupil_case(record)
        except StoreProblem as problem:
            return self.unread(Unreadable(Pupil, record.pupil.id, problem))

    def unread(self, damaged: Unreadable) -> UnreadCase:
        """Return the case of a record that cannot be read."""
        ref = reference(damaged.noun.PREFIX, damaged.id)
        return UnreadCase(self.cases.on, ref, str(damaged.problem))
