"""Find where each child is, by planned weeks over all placements and by the day's marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from ..domain.attendance import CODES, PRESENT
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.sessions import HALVES
from ..forms.facts import recorded
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
    ABSENT = "absent"
    NO_SCHOOL = "no-school"
    NOT_RECORDED = "not-recorded"
    NOTHING = "nothing-planned"


ELSEWHERE_REGISTERED = "D"
"""The code for a pupil at another school where the pupil is registered as well."""

FINDINGS = (Place.NOTHING, Place.NOT_RECORDED)
"""Answers that give no place: somebody has to find out, or to plan."""


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

        That is if nothing is planned or recorded, or if two places are planned at once.
        """
        return self.twice or self.place in FINDINGS


def of_pupil(store: Store, pupil: int, day: date, half: int) -> list[Whereabouts]:
    """List the places of one child in a session: two if two are planned.

    Raise NotFound if there is no such child.
    """
    cases = Caseload(store, day)
    return list(_of(cases, reading.one(cases.store, Pupil, pupil, day), half))


def of_all(store: Store, day: date, half: int) -> Iterator[Whereabouts]:
    """List where the children with a placement that day are in a session, by child's reference."""
    cases = Caseload(store, day)
    for pupil in placed(cases.store, day):
        yield from _of(cases, reading.one(cases.store, Pupil, pupil, day), half)


def at_provider(store: Store, provider: int, day: date, half: int) -> list[Whereabouts]:
    """List the children who are at a provider in a session, or should be and are absent.

    Raise NotFound if there is no such provider.
    """
    cases = Caseload(store, day)
    ref = reading.one(cases.store, Provider, provider, day).ref
    return [one for one in of_all(store, day, half) if one.provider == ref]


def _of(cases: Caseload, pupil: Pupil, half: int) -> Iterator[Whereabouts]:
    day = cases.on
    placements = [
        reading.one(cases.store, Placement, id, day)
        for id in current(cases.store, "pupil", pupil.id, day)
    ]
    live = [one for one in placements if one.starts <= day]

    def said(
        place: Place,
        told: str,
        placement: Placement | None = None,
        command: str | None = None,
        twice: bool = False,
    ) -> Whereabouts:
        known: dict[str, str | None] = {"placement": placement.ref if placement else None}
        if placement and place in (Place.PROVIDER, Place.ABSENT, Place.NOT_RECORDED):
            provider = cases.provider(placement.provider)
            known |= {
                "provider": provider.ref,
                "address": address_of(provider, placement),
                "contact": reached(cases, provider, placement),
            }
        return Whereabouts(
            pupil.ref,
            pupil.name,
            day,
            HALVES[half],
            place,
            told,
            command=command,
            twice=twice,
            **known,
        )

    calendars = [cases.calendar(pupil, cases.commissioner_of(one)) for one in live] or [
        cases.calendars.following(pupil.home_school)
    ]
    if not any(calendar.is_presumed_school_day(day) for calendar in calendars):
        yield said(Place.NO_SCHOOL, "no school day")
        return
    slot = 2 * day.weekday() + half
    for one in live:  # a mark is known whatever was planned; a session has one mark
        for mark in attendance.marks(cases.store, day, one.id):
            if (mark.day, mark.half) == (day, half):
                name, told = (
                    cases.provider(one.provider).name,
                    f"{CODES[mark.code][0]} ({mark.code})",
                )
                there = mark.counts is PRESENT or mark.code == ELSEWHERE_REGISTERED
                yield (
                    said(Place.PROVIDER, f"at {name}, marked {mark.code}", one)
                    if there
                    else said(Place.ABSENT, f"not at {name}: {told}", one)
                )
                return
    planned = [one for one in live if _has(one, "at_provider", slot)]
    for one in planned:
        twice = len(planned) > 1
        told = f"at {cases.provider(one.provider).name}" + (
            ", and planned at another place as well" if twice else ""
        )
        yield said(
            Place.PROVIDER,
            told,
            one,
            f"ap placement edit {one.ref} --at-provider …" if twice else None,
            twice,
        )
    if not planned:
        yield _not_at_a_provider(said, pupil, live, slot)


def _not_at_a_provider(
    said: Callable[..., Whereabouts], pupil: Pupil, live: list[Placement], slot: int
) -> Whereabouts:
    school, known = pupil.home_school, pupil.on_roll
    on_roll = recorded(known) and known
    at_school = next((one for one in live if _has(one, "at_school", slot)), None)
    if at_school or (not live and on_roll):
        return said(Place.SCHOOL, f"at {school}" if on_roll else "at the base school", at_school)
    for name, place, told in (
        ("elsewhere", Place.ELSEWHERE, "elsewhere, as planned"),
        ("at_home", Place.HOME, "at home, as planned"),
    ):
        if found := next((one for one in live if _has(one, name, slot)), None):
            return said(place, told, found)
    for one in live:
        for name, told in (("at_provider", "at the provider"), ("at_school", "at school")):
            if not recorded(getattr(one, name)):
                command = f"ap placement edit {one.ref} --{name.replace('_', '-')} …"
                return said(Place.NOT_RECORDED, f"say which sessions are {told}", one, command)
    command = (
        f"ap placement edit {live[0].ref} --at-school …"
        if live
        else f"ap placement new --pupil {pupil.ref}"
    )
    return said(Place.NOTHING, "nothing is planned", live[0] if live else None, command)


def _has(placement: Placement, name: str, slot: int) -> bool:
    sessions = getattr(placement, name)
    return recorded(sessions) and slot in sessions.slots


def address_of(provider: Provider, placement: Placement) -> str | None:
    """Return the address of the site that the child attends, if it is recorded."""
    sites = provider.sites.all if recorded(provider.sites) else ()
    return (
        next((site.address for site in sites if site.number == placement.site), None)
        if recorded(placement.site)
        else None
    )


def reached(cases: Caseload, provider: Provider, placement: Placement) -> str | None:
    """Return whom to reach at a provider.

    That is the contact on the provider's record, or the one agreed on reporting.
    """
    histories = (
        history(cases.store, "placement", placement.id, cases.on),
        cases.history_of_provider(provider.id),
    )
    agreed = said_last("reporting.contact_there", *histories)
    return contact_of(provider) or (str(agreed) if recorded(agreed) else None)


def contact_of(provider: Provider) -> str | None:
    """Return whom to reach at a provider, and how, as far as recorded."""
    facts: Iterable[object] = (provider.contact, provider.contact_phone, provider.contact_email)
    return ", ".join(str(fact) for fact in facts if recorded(fact)) or None
