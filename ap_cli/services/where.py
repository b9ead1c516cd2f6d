"""Find where each child is, by planned weeks over all placements and by the day's marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from ..domain import options
from ..domain.attendance import CODES, PRESENT, Mark
from ..domain.placement import Placement, address_attended
from ..domain.places import taught_at
from ..domain.provider import Provider, ProviderKind
from ..domain.pupil import Pupil
from ..domain.sessions import HALVES
from ..errors import StoreProblem
from ..forms.facts import is_yes, recorded
from ..rules.cases.answers import said_last
from ..store.opening import Store
from ..store.queries import attendance
from ..store.queries import records as reading
from ..store.queries.entries import history
from ..store.queries.placements import current, placed
from .caseload import Caseload


class Place(StrEnum):
    """Where a child can be in a session."""

    PROVIDER = "provider"
    SCHOOL = "base-school"
    ELSEWHERE = "elsewhere"
    HOME = "home"
    ONLINE = "online"
    ABSENT = "absent"
    NO_SCHOOL = "no-school"
    NOT_RECORDED = "not-recorded"
    NOTHING = "nothing-planned"


ELSEWHERE_REGISTERED = "D"
"""The code for a pupil at another school where the pupil is registered as well."""


class Session(Struct, frozen=True):
    """What a session with a provider means: where the child is, and the words for it.

    `phrase` follows "the child is", and `{}` in it is the provider's name.
    """

    place: Place
    phrase: str


WITH_PROVIDER = {
    options.Place.PROVIDER: Session(Place.PROVIDER, "at {}"),
    options.Place.SCHOOL: Session(Place.SCHOOL, "in the school, taught by {}"),
    options.Place.OWN_SITE: Session(Place.SCHOOL, "on the school's own site, taught by {}"),
    options.Place.ONLINE: Session(Place.ONLINE, "online with {}, so at home or anywhere else"),
    options.Place.HOME: Session(Place.HOME, "at home, taught by {}"),
    options.Place.ELSEWHERE: Session(Place.ELSEWHERE, "taught by {} at another place"),
}
"""Where a child is in a session with a provider, by where the placement says it teaches."""

SITE_OF_THE_SCHOOL = Session(Place.PROVIDER, "at {}")
"""A session at an own site that is recorded as a provider, with its own name and address."""


class Whereabouts(Struct, frozen=True):
    """Where a child is in a session, and how to reach the child.

    `command` mends what is missing.
    """

    pupil: str
    name: str
    day: date
    session: str
    place: Place
    told: str
    placement: str | None = None
    provider: str | None = None
    address: str | None = None
    contact: str | None = None
    command: str | None = None
    twice: bool = False

    @property
    def finding(self) -> bool:
        """Return whether somebody has to find out, or to plan.

        That is if nothing is planned or recorded, if two places are planned at once, or if nobody
        recorded the address of a place.
        """
        return self.command is not None


def of_pupil(store: Store, pupil: int, day: date, half: int) -> list[Whereabouts]:
    """List the places of one child in a session: two if two are planned.

    Raise NotFound if there is no such child.
    """
    cases = Caseload(store, day)
    return _read_session(cases, pupil, half).places()


def _read_session(cases: Caseload, number: int, half: int) -> PupilSession:
    """Return the session of a pupil, who is read by number with the placements not ended."""
    pupil = reading.one(cases.store, Pupil, number, cases.on)
    placements = [
        reading.one(cases.store, Placement, id, cases.on)
        for id in current(cases.store, Pupil, pupil.id, cases.on)
    ]
    return PupilSession(cases, pupil, placements, half)


def of_all(store: Store, day: date, half: int) -> Iterator[Whereabouts]:
    """List where the children with a placement that day are in a session, by child's reference.

    The store names the children that are left out, as something of theirs cannot be read.
    """
    cases = Caseload(store, day)
    for number, pupil, placements in placed(store, day):
        try:
            session = (
                PupilSession(cases, pupil, placements, half)
                if pupil
                else _read_session(cases, number, half)  # says what cannot be read
            )
            places = session.places()
        except StoreProblem as problem:
            store.leave_out(problem)
            continue
        yield from places


def at_provider(store: Store, provider: int, day: date, half: int) -> list[Whereabouts]:
    """List the children who are with a provider in a session, or should be and are absent.

    A child whom it teaches at home or online is with it too: the answer says where.

    Raise NotFound if there is no such provider.
    """
    ref = reading.one(store, Provider, provider, day).ref
    return [place for place in of_all(store, day, half) if place.provider == ref]


class PupilSession:
    """A pupil's session: where the marks and the planned weeks of all placements put the pupil."""

    def __init__(
        self, cases: Caseload, pupil: Pupil, placements: Sequence[Placement], half: int
    ) -> None:
        self.cases = cases
        self.pupil = pupil
        self.day = cases.on
        self.half = half
        self.slot = 2 * self.day.weekday() + half
        self.live = [placement for placement in placements if placement.starts <= self.day]

    def places(self) -> list[Whereabouts]:
        """List where the pupil is: one place, or each provider if several are planned."""
        if not self.is_school_day():
            return [self._at(Place.NO_SCHOOL, "no school day")]
        marked = self._by_mark()  # whatever was planned, and a session has one mark
        if marked:
            return [marked]
        return self._planned_at_providers() or [self._not_at_a_provider()]

    def is_school_day(self) -> bool:
        """Return whether any calendar of the pupil's placements, or of the school, has school."""
        calendars = [
            self.cases.calendar(self.pupil, self.cases.commissioner_of(placement))
            for placement in self.live
        ] or [self.cases.calendars.following(self.pupil.home_school)]
        return any(calendar.is_presumed_school_day(self.day) for calendar in calendars)

    def _at(
        self,
        place: Place,
        told: str,
        placement: Placement | None = None,
        command: str | None = None,
        twice: bool = False,
    ) -> Whereabouts:
        return Whereabouts(
            self.pupil.ref,
            self.pupil.name,
            self.day,
            HALVES[self.half],
            place,
            told,
            placement=placement.ref if placement else None,
            command=command,
            twice=twice,
        )

    def _with_provider(
        self,
        place: Place,
        phrase: str,
        placement: Placement,
        command: str | None = None,
        twice: bool = False,
    ) -> Whereabouts:
        """Return a session with the provider, its address there and whom to reach."""
        provider = self.cases.provider(placement.provider)
        return replace(
            self._at(place, phrase, placement, command, twice),
            provider=provider.ref,
            address=address_of(provider, placement),
            contact=reached(self.cases, provider, placement),
        )

    def _by_mark(self) -> Whereabouts | None:
        """Return where the mark of the session puts the pupil; None if it has no mark."""
        for placement in self.live:
            mark = attendance.mark_of_session(self.cases.store, placement.id, self.day, self.half)
            if mark:
                return self._marked(placement, mark)
        return None

    def _marked(self, placement: Placement, mark: Mark) -> Whereabouts:
        session, phrase = self._session(placement)
        if mark.counts is PRESENT or mark.code == ELSEWHERE_REGISTERED:
            return self._with_provider(session.place, f"{phrase}, marked {mark.code}", placement)
        meaning = f"{CODES[mark.code][0]} ({mark.code})"
        if session.place is not Place.PROVIDER:
            phrase = f"with {self.cases.provider(placement.provider).name}"
        return self._with_provider(Place.ABSENT, f"not {phrase}: {meaning}", placement)

    def _session(self, placement: Placement) -> tuple[Session, str]:
        """Return what a session with the provider is, and the words for it with its name."""
        provider = self.cases.provider(placement.provider)
        session = session_with(provider, placement)
        return session, session.phrase.format(provider.name)

    def _planned_at_providers(self) -> list[Whereabouts]:
        planned = self._planned("at_provider")
        twice = len(planned) > 1
        return [self._planned_there(placement, twice) for placement in planned]

    def _planned_there(self, placement: Placement, twice: bool) -> Whereabouts:
        session, phrase = self._session(placement)
        if twice:
            phrase += ", and planned at another place as well"
            command = f"ap placement edit {placement.ref} --at-provider …"
            return self._with_provider(session.place, phrase, placement, command, twice=True)
        if session.place is Place.ELSEWHERE and not recorded(placement.place_address):
            phrase += ", whose address you have not recorded"
            command = f"ap placement edit {placement.ref} --place-address …"
            return self._with_provider(session.place, phrase, placement, command)
        return self._with_provider(session.place, phrase, placement)

    def _planned(self, name: str) -> list[Placement]:
        """List the placements whose week has this session under `at_provider`, for example."""
        return [placement for placement in self.live if _has(placement, name, self.slot)]

    def _not_at_a_provider(self) -> Whereabouts:
        return self._at_school() or self._planned_away() or self._not_recorded() or self._nothing()

    def _at_school(self) -> Whereabouts | None:
        fact = self.pupil.on_roll
        on_roll = is_yes(fact)
        planned = self._planned("at_school")
        if not planned and (self.live or not on_roll):
            return None
        told = f"at {self.pupil.home_school}" if on_roll else "at the base school"
        return self._at(Place.SCHOOL, told, planned[0] if planned else None)

    def _planned_away(self) -> Whereabouts | None:
        """Return the session as planned elsewhere or at home; None if it is neither."""
        for name, place, told in (
            ("elsewhere", Place.ELSEWHERE, "elsewhere, as planned"),
            ("at_home", Place.HOME, "at home, as planned"),
        ):
            for placement in self._planned(name):
                return self._at(place, told, placement)
        return None

    def _not_recorded(self) -> Whereabouts | None:
        """Return which sessions somebody has to record first; None if they are recorded."""
        for placement in self.live:
            for name, told in (("at_provider", "at the provider"), ("at_school", "at school")):
                if not recorded(getattr(placement, name)):
                    command = f"ap placement edit {placement.ref} --{name.replace('_', '-')} …"
                    todo = f"say which sessions are {told}"
                    return self._with_provider(Place.NOT_RECORDED, todo, placement, command)
        return None

    def _nothing(self) -> Whereabouts:
        told = "nothing is planned"
        if not self.live:
            command = f"ap placement new --pupil {self.pupil.ref}"
            return self._at(Place.NOTHING, told, command=command)
        first = self.live[0]
        command = f"ap placement edit {first.ref} --at-school …"
        return self._at(Place.NOTHING, told, first, command)


def _has(placement: Placement, name: str, slot: int) -> bool:
    sessions = getattr(placement, name)
    return recorded(sessions) and slot in sessions.slots


def session_with(provider: Provider, placement: Placement) -> Session:
    """Return what a session with the provider is: where the placement says that it teaches."""
    place = taught_at(placement.place, provider)
    if place is options.Place.OWN_SITE and provider.kind is ProviderKind.OWN_SITE:
        return SITE_OF_THE_SCHOOL
    return WITH_PROVIDER[place]


def address_of(provider: Provider, placement: Placement) -> str | None:
    """Return the address at which the child is taught, if it is recorded.

    That is the site of the provider, or another place that the placement names. At home, online
    and in the school it is not the provider's.
    """
    session = session_with(provider, placement)
    if session.place is Place.ELSEWHERE:
        return placement.place_address if recorded(placement.place_address) else None
    if session.place is not Place.PROVIDER:
        return None
    return address_attended(placement, provider)


def reached(cases: Caseload, provider: Provider, placement: Placement) -> str | None:
    """Return whom to reach at a provider.

    That is the contact on the provider's record, or the one agreed on reporting.
    """
    contact = contact_of(provider)
    if contact:
        return contact
    histories = (
        history(cases.store, "placement", placement.id, cases.on),
        cases.history_of_provider(provider.id),
    )
    agreed = said_last("reporting.contact_there", *histories)
    return str(agreed) if recorded(agreed) else None


def contact_of(provider: Provider) -> str | None:
    """Return whom to reach at a provider, and how, as far as recorded."""
    facts: Iterable[object] = (provider.contact, provider.contact_phone, provider.contact_email)
    return ", ".join(str(fact) for fact in facts if recorded(fact)) or None
