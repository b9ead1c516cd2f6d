"""The cases that rules decide on, put together from the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import islice
from typing import TypeVar

from ..domain.ages import born_between
from ..domain.calendar import Calendar
from ..domain.commissioner import Commissioner
from ..domain.entries.entry import PREFIX as ENTRY
from ..domain.entries.history import History
from ..domain.periods import Periods
from ..domain.placement import IN_SCHOOL, Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.sessions import read_sessions
from ..errors import NotFound, StoreProblem
from ..forms.facts import Asked, Fact, Unknown, any_of, recorded
from ..forms.form import Noun, reference
from ..policy.figures import in_force
from ..rules.cases.placement import Other, PlacementCase, Register, WeekFrom
from ..rules.cases.provider import ProviderCase, Taught
from ..rules.cases.pupil import Placed, PupilCase
from ..rules.cases.subjects import AnyCase, UnreadCase
from ..store.columns import UNREADABLE, is_no_text, unreadable, whole
from ..store.connection import DATABASE_ERRORS
from ..store.opening import Store
from ..store.queries import attendance
from ..store.queries import cases as stored
from ..store.queries import records as reading
from ..store.queries.records import Row
from ..store.queries.terms import calendars_and_problem, county, overlay_problem

N = TypeVar("N", bound=Noun)
TERMS = "terms"
"""What is named where imported term dates cannot be read."""


class Cases:
    """The cases of a store on a day; what several share is read once."""

    def __init__(self, store: Store, on: date) -> None:
        self.on = on
        self.store = store
        self.county = county(self.store)
        self.calendars, unread = calendars_and_problem(self.store, self.county)
        self.figures = in_force(on, self.county)
        self.unreadable = tuple(self._of_everybody(unread))
        self.provider = cache(lambda id: self._named(Provider, id))
        self.of_provider_happened = cache(lambda id: stored.history(self.store, "provider", id, on))
        self.with_marks = attendance.placements_with_marks(self.store)
        self.commissioner = cache(lambda id: self._named(Commissioner, id))
        self._excluded: frozenset[int] | None = None
        self._siblings: dict[int, StoreProblem] = {}
        self._twice: dict[str, dict[int, tuple[int, ...]]] = {}
        self._several: dict[int, list[Row]] | None = None

    def _of_everybody(self, terms: StoreProblem | None) -> Iterator[UnreadCase]:
        """What concerns every record and cannot be read: the overlay, in whose place the default is in force, and imported term dates."""
        if problem := overlay_problem(self.store):
            yield UnreadCase(self.on, "overlay", problem, "overlay")
        if terms:
            yield UnreadCase(self.on, TERMS, str(terms), "terms")

    def _named(self, noun: type[N], id: int) -> N:
        """What a record names; StoreProblem where it is not there, as nothing that a person typed is wrong."""
        try:
            return reading.one(self.store, noun, id, self.on)
        except NotFound:
            raise unreadable(
                reference(noun.PREFIX, id), ValueError("a record names it, and it is not there")
            ) from None

    def read_ahead(self) -> None:
        """Reads at once what is asked of each record of the store, where all of them are asked about."""
        self._several = stored.several(self.store, self.on)
        self._excluded = frozenset(stored.excluded(self.store, self.on, permanently=True))
        self._twice = {
            noun.NOUN: stored.twice(self.store, noun.NOUN) for noun in (Placement, Provider, Pupil)
        }

    def of_placements(self, scope: str = "", id: int = 0) -> Iterator[PlacementCase]:
        """The case of each placement of a scope, one at a time."""
        for row, happened in stored.placements(self.store, self.on, scope, id):
            yield self.of_placement(*stored.read_placement(row, happened))

    def of_placement(self, placement: Placement, pupil: Pupil, history: History) -> PlacementCase:
        """The case of one placement, in the store or about to be."""
        commissioner = self.commissioner_of(placement)
        provider = self.provider(placement.provider)
        over = placement.ended is not None and placement.ended < self.on
        next_place = (
            stored.next_place(self.store, placement, self.on)
            if placement.ended is not None and placement.ended <= self.on
            else ""
        )
        on = placement.ended if over and placement.ended else self.on
        return PlacementCase(
            on,
            placement,
            pupil,
            provider,
            commissioner,
            history,
            in_force(on, self.county),
            self.calendar(pupil, commissioner),
            self.on,
            self.of_provider_happened(provider.id),
            self.register(placement.id),
            next_place,
            over,
            self.others(placement, on),
            self.twice(Placement, placement.id),
            self.excluded_permanently(placement.pupil),
        )

    def others(self, placement: Placement, on: date) -> tuple[Other, ...]:
        """The other placements of the child on the day on which a placement is judged; without those that cannot be read, which are told of."""
        day = max(on, placement.starts).isoformat()
        known = (
            stored.several(self.store, self.on, placement.pupil)
            if self._several is None
            else self._several
        )
        found = []
        for id, first, last, minutes, sessions in known.get(placement.pupil, ()):
            ref = reference("PL", id)
            try:
                if id != placement.id and first <= day and (last is None or last >= day):
                    there = (
                        read_sessions(sessions)
                        if sessions is not None
                        else Unknown(f"placement.at_provider of {ref}")
                    )
                    found.append(Other(ref, whole(minutes), there))
            except UNREADABLE as problem:
                self._siblings[id] = unreadable(ref, problem)
        return tuple(found)

    def twice(self, noun: type[Noun], id: int) -> tuple[str, ...]:
        """The references of the records that look the same as one."""
        known = self._twice.get(noun.NOUN)
        found = (stored.twice(self.store, noun.NOUN, id) if known is None else known).get(id, ())
        return tuple([reference(noun.PREFIX, other) for other in found])

    def excluded_permanently(self, pupil: int) -> bool:
        """Whether a permanent exclusion of a pupil is recorded."""
        return (
            bool(stored.excluded(self.store, self.on, True, pupil))
            if self._excluded is None
            else pupil in self._excluded
        )

    def commissioner_of(self, placement: Placement) -> Fact[Commissioner]:
        """Who commissions a placement, where that is recorded."""
        id = placement.commissioner
        return self.commissioner(id) if recorded(id) else Unknown("placement.commissioner")

    def register(self, placement: int) -> Register:
        """The marks of a placement up to the day asked, read when they are first asked for."""
        marks = (
            (lambda: attendance.marks(self.store, self.on, placement))
            if placement in self.with_marks
            else tuple
        )
        return Register(
            marks,
            lambda: tuple(WeekFrom(*week) for week in attendance.weeks(self.store, placement)),
        )

    def calendar(self, pupil: Pupil, commissioner: Fact[Commissioner]) -> Calendar:
        """The calendar that a placement follows: its school's, its commissioner's, the county's."""
        named = (commissioner.name, commissioner.calendar) if recorded(commissioner) else ()
        return self.calendars.following(pupil.home_school, *named)

    def of_provider(self, id: int) -> Iterator[ProviderCase]:
        """The case of a provider today, and on each day on which a placement there is planned to start, or has another week."""
        provider, history = self.provider(id), self.of_provider_happened(id)
        found = stored.starts(self.store, id, self.on)
        external = [day for day, tier in found if tier not in IN_SCHOOL]
        calendar = self.calendars.following()
        days = {
            self.on,
            *(day for day, _ in found if day > self.on),
            *stored.weeks_to_come(self.store, id, self.on),
        }
        for day in sorted(days):
            children = self._taught(id, day)
            first_of_all = min((day for day, _ in found), default=None)
            only_in_school = bool(found) and not external
            yield ProviderCase(
                day,
                provider,
                children,
                min(external, default=None),
                first_of_all,
                only_in_school,
                history,
                in_force(day, self.county),
                calendar,
                self.twice(Provider, id),
                self.on,
            )

    def _taught(self, provider: int, day: date) -> tuple[Taught, ...]:
        rows = stored.taught(self.store, provider, day, self.on, born_between(day))

        def child(row: Row) -> Taught:
            id, placement, minutes, ehcp, care, support, asked = row
            try:
                plan, looked_after, sen = (
                    held(column, name, id, day, asked)
                    for column, name in (
                        (ehcp, "ehcp"),
                        (care, "looked_after"),
                        (support, "sen_support"),
                    )
                )
                known = whole(minutes)
            except UNREADABLE as problem:
                raise unreadable(reference("P", id), problem) from None
            return Taught(
                reference("P", id),
                reference("PL", placement),
                known,
                plan,
                looked_after,
                any_of(plan, sen),
            )

        return tuple(map(child, rows))

    def of_pupil(self, id: int) -> PupilCase:
        """The case of a pupil."""
        return self._of_pupil(*stored.pupil(self.store, id, self.on))

    def _of_pupil(self, row: Row, happened: Sequence[Row], placed: Sequence[Row]) -> PupilCase:
        pupil, history, found = stored.read_pupil(row, happened, placed)
        calendar = self.calendar(pupil, self._last_commissioner(placed))
        return PupilCase(
            self.on,
            pupil,
            history,
            tuple(Placed(*each) for each in found),
            calendar,
            self.figures,
            self.twice(Pupil, pupil.id),
        )

    def _last_commissioner(self, placed: Sequence[Row]) -> Fact[Commissioner]:
        """Who commissioned the last of these placements; unknown where that cannot be read, which is said of the placement itself."""
        last = placed[-1][-1] if placed else None
        if type(last) is int:
            with suppress(StoreProblem):
                return self.commissioner(last)
        return Unknown("placement.commissioner")

    def every(
        self, subject: tuple[type[Noun], int] | None, ended: bool = False
    ) -> Iterator[tuple[AnyCase, ...]]:
        """The cases of a subject or of all, as `_every` has them; begun again more slowly at the first text that is not UTF-8."""
        done = 0
        try:
            for each in self._every(subject, ended):
                yield each
                done += 1
        except DATABASE_ERRORS as problem:
            if not is_no_text(problem):
                raise
            with self.store.broken_text_as_bytes():
                yield from islice(self._every(subject, ended), done, None)

    def _every(
        self, subject: tuple[type[Noun], int] | None, ended: bool
    ) -> Iterator[tuple[AnyCase, ...]]:
        """The cases of a subject: its placements, then each provider and pupil of them once; a provider on several days.

        Without a subject, of every placement; `ended` adds the providers and pupils of those that are over, and providers
        without any. A placement that never started has none; a pupil who was excluded has one without any placement. What
        cannot be read has the case of that, and all others have theirs.
        """
        yield from ((each,) for each in self.unreadable)
        scope, id = (subject[0].NOUN, subject[1]) if subject else ("", 0)
        providers = {id} if scope == Provider.NOUN else set[int]()
        pupils = {id} if scope == Pupil.NOUN else set[int]()
        if subject:
            with suppress(StoreProblem):  # what cannot be read is said below
                reading.one(self.store, subject[0], id, self.on)
        else:
            self.read_ahead()
            pupils.update(stored.excluded(self.store, self.on))
            providers.update(stored.ids(self.store, "provider") if ended else ())
        yield from self._placements(scope, id, ended, providers, pupils)
        for entry, why in stored.lost_entries(self.store, scope, id):
            ref = reference(ENTRY, entry)
            yield (UnreadCase(self.on, ref, str(unreadable(ref, ValueError(why)))),)
        yield from self._providers(providers)
        yield from self._pupils(pupils, all_at_once=not subject)

    def _placements(
        self, scope: str, id: int, ended: bool, providers: set[int], pupils: set[int]
    ) -> Iterator[tuple[AnyCase, ...]]:
        """The case of each placement of a scope; adds to `providers` and `pupils` those that are asked about with it."""
        named: set[int] = set()
        for row, happened in stored.placements(self.store, self.on, scope, id):
            try:
                case = self.of_placement(*stored.read_placement(row, happened))
            except StoreProblem as problem:
                named.add(row[0])
                yield (self.unread(Placement, row[0], problem),)
                whose, where = stored.belongs_to(row)
                pupils.update(filter(None, (whose,)))
                providers.update(filter(None, (where,)))
                continue
            if case.placement.never_started:
                continue
            if ended or not case.over:
                providers.add(case.provider.id)
                pupils.add(case.pupil.id)
            yield (case,)
        for sibling, why_not in (
            self._siblings.items() if scope else ()
        ):  # one that is not of the scope itself
            if sibling not in named:
                yield (self.unread(Placement, sibling, why_not),)

    def _providers(self, ids: set[int]) -> Iterator[tuple[AnyCase, ...]]:
        """The cases of each of these providers; one that is not there was named with its placement."""
        for each in sorted(ids.intersection(stored.ids(self.store, "provider"))):
            try:
                yield tuple(self.of_provider(each))
            except StoreProblem as problem:
                yield (self.unread(Provider, each, problem),)

    def _pupils(self, ids: set[int], all_at_once: bool) -> Iterator[tuple[AnyCase, ...]]:
        """The case of each of these pupils, read one by one or all at once."""
        rows = (
            stored.pupils(self.store, self.on, ids)
            if all_at_once
            else (stored.pupil(self.store, each, self.on) for each in sorted(ids))
        )
        for row, *rest in rows:
            try:
                yield (self._of_pupil(row, *rest),)
            except StoreProblem as problem:
                yield (self.unread(Pupil, row[0], problem),)

    def placements(self) -> int:
        """How many placements the store has."""
        return int(self.store.row("SELECT count(*) FROM placement")[0])

    def unread(self, noun: type[Noun], id: int, problem: StoreProblem) -> UnreadCase:
        """The case of a record that cannot be read."""
        return UnreadCase(self.on, reference(noun.PREFIX, id), str(problem))


def held(
    column: str | None, name: str, pupil: int, day: date, asked: str | None = None
) -> Fact[bool]:
    """Whether a circumstance of a child holds on a day; unknown, with whose it is, where nobody recorded it."""
    from msgspec.json import decode

    if column is not None:
        periods: Periods = reading.from_column(Periods)(column)  # type: ignore[misc]
        return periods.on(day)
    told = decode(asked, type=dict[str, Asked]).get(name) if asked else None
    return Unknown(f"pupil.{name} of {reference('P', pupil)}", told)
