"""Gather the cases that rules decide on from the store, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache, cached_property, partial
from typing import TypeVar

from ..domain.ages import born_between
from ..domain.calendar import Calendar
from ..domain.commissioner import COMMISSIONER, Commissioner
from ..domain.entries.history import History
from ..domain.options import IN_SCHOOL
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import NotFound, StoreProblem
from ..forms.facts import Fact, Unknown, any_of, recorded
from ..forms.form import Noun, reference
from ..policy.figures import in_force
from ..rules.cases.other import Other
from ..rules.cases.placement import PlacementCase
from ..rules.cases.provider import ProviderCase, Taught
from ..rules.cases.pupil import Placed, PupilCase
from ..rules.cases.register import Register, WeekFrom
from ..store.damage import Unreadable, unreadable
from ..store.opening import Store
from ..store.queries import alike, attendance, upns
from ..store.queries import placements as placement_queries
from ..store.queries import providers as provider_queries
from ..store.queries import pupils as pupil_queries
from ..store.queries import records as reading
from ..store.queries.entries import history
from ..store.queries.placements import PlacementRecord, Siblings, placements
from ..store.queries.providers import TaughtRecord
from ..store.queries.pupils import PupilRecord
from ..store.queries.scopes import of_subject
from ..store.queries.terms import calendars_and_problem, county
from .booked import with_visit_booked
from .incidents import list_serious

N = TypeVar("N", bound=Noun)
Subject = tuple[type[Noun], int]
"""The subject of a question: a kind of noun, and a number."""


class Caseload:
    """The cases of a store on a day; records that several cases share are read once."""

    def __init__(self, store: Store, on: date) -> None:
        self.on = on
        self.store = store
        self.county = county(store)
        self.calendars, self.terms_problem = calendars_and_problem(store, self.county)
        self.figures = in_force(on, self.county)
        self.provider = cache(partial(self._load_referenced, Provider))
        self.commissioner = cache(partial(self._load_referenced, Commissioner))
        self.history_of_provider = cache(partial(self._history, Provider.NOUN))
        self.serious_at = cache(partial(list_serious, store, on))
        self.history_of_pupil = cache(partial(self._history, Pupil.NOUN))
        self._with_marks = attendance.placements_with_marks(store)
        self._with_exclusions: frozenset[int] | None = None
        self._same_upn: dict[int, tuple[int, ...]] | None = None
        self._alike: dict[str, dict[int, tuple[int, ...]]] = {}
        self._siblings: Siblings | None = None
        self.unreadable_siblings: dict[int, Unreadable] = {}

    def _load_referenced(self, noun: type[N], id: int) -> N:
        """Load a referenced record; raise StoreProblem if it is missing: the store is damaged."""
        try:
            return reading.one(self.store, noun, id, self.on)
        except NotFound:
            raise unreadable(
                reference(noun.PREFIX, id), ValueError("a record names it, and it is not there")
            ) from None

    def _history(self, noun: str, id: int) -> History:
        return history(self.store, noun, id, self.on)

    def read_ahead(self) -> None:
        """Read everything at once, for when all records are checked."""
        self._siblings = Siblings(self.store, self.on)
        self._with_exclusions = frozenset(pupil_queries.excluded(self.store))
        self._alike = {
            noun.NOUN: alike.twice(self.store, noun.NOUN) for noun in (Placement, Provider, Pupil)
        }

    # placements

    def placement_cases(self, noun: type[Noun], id: int) -> Iterator[PlacementCase]:
        """List the case of each placement of a subject; raise StoreProblem for a damaged one."""
        for record in placements(self.store, self.on, of_subject(noun, id)):
            if isinstance(record, Unreadable):
                raise record.problem
            yield self.placement_case(record)

    def placement_case(self, record: PlacementRecord) -> PlacementCase:
        """Return the case of one placement; if it has ended, it is judged as on its last day."""
        placement, pupil = with_visit_booked(self.store, record.placement), record.pupil
        commissioner = self.commissioner_of(placement)
        provider = self.provider(placement.provider)
        over = placement.ended is not None and placement.ended < self.on
        on = placement.ended if over and placement.ended else self.on
        following = self.next_place(placement)
        return PlacementCase(
            on=on,
            placement=placement,
            pupil=pupil,
            provider=provider,
            commissioner=commissioner,
            entries=record.history,
            figures=in_force(on, self.county),
            calendar=self.calendar(pupil, commissioner),
            now=self.on,
            at_the_provider=self.history_of_provider(provider.id),
            register=self.register(placement.id),
            next_place=following[0],
            next_begins=following[1],
            over=over,
            others=self.others(placement, on),
            twice=self.twice(Placement, placement.id),
            exclusions=self.exclusions(placement.pupil),
            with_others=tuple(
                [one for one in self.serious_at(provider.id) if one.placement != placement.ref]
            ),
        )

    def next_place(self, placement: Placement) -> tuple[str, date | None]:
        """Return the reference and first day of the placement that follows an ended one.

        If none does they are empty and None.
        """
        if placement.ended is None or placement.ended > self.on:
            return "", None
        if self._siblings and not self._siblings.has_several(placement.pupil):
            return "", None
        return placement_queries.next_place(self.store, placement, self.on)

    def others(self, placement: Placement, on: date) -> tuple[Other, ...]:
        """List the child's other placements on the day this one is judged, except damaged ones."""
        siblings = self._siblings or Siblings(self.store, self.on, placement.pupil)
        others = []
        for other in siblings.others(placement, max(on, placement.starts)):
            if isinstance(other, Unreadable):
                self.unreadable_siblings[other.id] = other
                continue
            ref = reference(Placement.PREFIX, other.id)
            sessions = (other.at_provider, other.at_school, other.elsewhere)
            others.append(Other(ref, other.weekly_minutes, *sessions))
        return tuple(others)

    def twice(self, noun: type[Noun], id: int) -> tuple[str, ...]:
        """List the references of records that look the same as this one."""
        known = self._alike.get(noun.NOUN)
        if known is None:
            known = alike.twice(self.store, noun.NOUN, id)
        return tuple([reference(noun.PREFIX, other) for other in known.get(id, ())])

    def exclusions(self, pupil: int) -> History:
        """Return the history of a pupil who was excluded; of any other pupil an empty one."""
        if self._with_exclusions is not None and pupil not in self._with_exclusions:
            return History()
        return self.history_of_pupil(pupil)

    @cached_property
    def only_commissioner(self) -> Fact[Commissioner]:
        """The commissioner if exactly one is recorded and can be read; else it is unknown."""
        known = list(reading.all_nouns(self.store, Commissioner, self.on))
        if len(known) == 1 and isinstance(known[0], Commissioner):
            return known[0]
        return Unknown(COMMISSIONER)

    def commissioner_of(self, placement: Placement) -> Fact[Commissioner]:
        """Return the commissioner of a placement, if that is recorded."""
        id = placement.commissioner
        return self.commissioner(id) if recorded(id) else Unknown(COMMISSIONER)

    def register(self, placement: int) -> Register:
        """Return a placement's marks up to the day asked, and its weeks; read on first use."""

        def weeks() -> tuple[WeekFrom, ...]:
            return tuple(WeekFrom(*week) for week in attendance.weeks(self.store, placement))

        if placement not in self._with_marks:
            return Register(weeks=weeks)
        return Register(partial(attendance.marks, self.store, self.on, placement), weeks)

    def calendar(self, pupil: Pupil, commissioner: Fact[Commissioner]) -> Calendar:
        """Return the calendar of a placement: its school's, its commissioner's, or the county's."""
        named = (commissioner.name, commissioner.calendar) if recorded(commissioner) else ()
        return self.calendars.following(pupil.home_school, *named)

    # providers

    def provider_cases(self, id: int) -> Iterator[ProviderCase]:
        """List the cases of a provider today and on each later day that changes whom it teaches.

        Those are the days on which a placement there starts or its week changes.
        """
        provider, entries = self.provider(id), self.history_of_provider(id)
        starts = provider_queries.starts(self.store, provider, self.on)
        external = [day for day, place in starts if place not in IN_SCHOOL]
        external += provider_queries.moves_outside(self.store, provider, self.on)
        calendar = self.calendars.following()
        days = {
            self.on,
            *(day for day, _ in starts if day > self.on),
            *provider_queries.weeks_to_come(self.store, id, self.on),
        }
        for day in sorted(days):
            yield ProviderCase(
                on=day,
                provider=provider,
                taught=self.taught(provider, day),
                first_start=min(external, default=None),
                first_of_all=min((day for day, _ in starts), default=None),
                places=provider_queries.places(self.store, provider, day, self.on),
                entries=entries,
                figures=in_force(day, self.county),
                calendar=calendar,
                twice=self.twice(Provider, id),
                today=self.on,
                with_placements=self.serious_at(id),
                commissioner=self.only_commissioner,
            )

    def taught(self, provider: Provider, day: date) -> tuple[Taught, ...]:
        """List the children of school age at a provider on a day."""
        born = born_between(day)
        records = provider_queries.taught(self.store, provider, day, self.on, born)
        return tuple(map(_child, records))

    # pupils

    def pupil_case(self, record: PupilRecord) -> PupilCase:
        """Return the case of a pupil."""
        last = self._last_commissioner(record)
        return PupilCase(
            on=self.on,
            pupil=record.pupil,
            entries=record.history,
            placed=tuple(
                Placed(
                    placement.first,
                    placement.ended,
                    placement.weekly_minutes,
                    placement.extent,
                    placement.sessions,
                    placement.school_week,
                    placement.at_own_site,
                    placement.taught_alone,
                    placement.began,
                    placement.ref,
                )
                for placement in record.placed
            ),
            calendar=self.calendar(record.pupil, last),
            figures=self.figures,
            twice=self.twice(Pupil, record.pupil.id),
            same_upn=self.same_upn(record.pupil.id),
            register=Register(
                partial(attendance.marks_of_pupil, self.store, self.on, record.pupil.id)
            ),
            commissioner=last if recorded(last) else self.only_commissioner,
        )

    def same_upn(self, pupil: int) -> tuple[str, ...]:
        """List the references of the other pupils with a UPN of this one."""
        if self._same_upn is None:
            self._same_upn = upns.shared(self.store)
        others = self._same_upn.get(pupil, ())
        return tuple([reference(Pupil.PREFIX, other) for other in others])

    def _last_commissioner(self, record: PupilRecord) -> Fact[Commissioner]:
        """Return the commissioner of a pupil's last placement; unknown if that cannot be read."""
        if record.commissioner is not None:
            with suppress(StoreProblem):
                return self.commissioner(record.commissioner)
        return Unknown(COMMISSIONER)


def _child(taught: TaughtRecord) -> Taught:
    return Taught(
        pupil=reference(Pupil.PREFIX, taught.pupil),
        placement=reference(Placement.PREFIX, taught.placement),
        minutes=taught.minutes,
        apart=taught.apart,
        ehcp=taught.ehcp,
        looked_after=taught.looked_after,
        sen=any_of(taught.ehcp, taught.sen_support),
    )
