"""Keeping the record: nouns added, corrected, found and listed; what happened, recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from ..domain.commissioner import Commissioner
from ..domain.facts import Unknown, recorded
from ..domain.forms import Noun
from ..domain.placement import CommissionerRef, Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import ApError, BadAnswers, NotFound
from ..policy.figures import in_force
from ..policy.terms import Calendars
from ..store import reading
from ..store.author import Author
from ..store.connection import open_store
from ..store.terms import terms

if TYPE_CHECKING:
    import sqlite3

N = TypeVar("N", bound=Noun)
NOUNS: dict[str, type[Noun]] = {noun.PREFIX: noun for noun in (Commissioner, Pupil, Provider, Placement)}


def add(path: Path, noun: N, author: Author, today: date) -> N:
    """Keeps a new noun under the next reference of its kind; BadAnswers where it contradicts itself or what is known."""
    from ..store import writing

    with writing.change(path, author, f"add {noun.NOUN}") as unit:
        store = writing.reads(unit)
        ready = with_defaults(store, noun, today) if isinstance(noun, Placement) else noun
        refuse(problems(store, ready, today))
        return cast(N, writing.add(unit, ready))


def correct(path: Path, after: N, author: Author, today: date) -> N:
    """Puts a noun's new values in place of the old ones, for every day; the old ones stay in the audit."""
    from ..store import writing

    with writing.change(path, author, f"edit {after.NOUN}") as unit:
        store = writing.reads(unit)
        before = reading.one(store, type(after), after.id, today)
        refuse(problems(store, after, today))
        writing.correct(unit, before, after)
    return get(path, type(after), after.id, today)


def prepared(path: Path, placement: Placement, today: date) -> tuple[Placement, Pupil]:
    """A placement as it would be kept, with its pupil; BadAnswers where it cannot be."""
    store = open_store(path)
    ready = with_defaults(store, placement, today)
    refuse(problems(store, ready, today))
    return ready, reading.one(store, Pupil, ready.pupil, today)


def refuse(found: tuple[str, ...]) -> None:
    """Raises BadAnswers where anything was found."""
    if found:
        raise BadAnswers(found)


def problems(store: sqlite3.Connection, noun: Noun, today: date) -> tuple[str, ...]:
    """Why a noun cannot be kept as it is, each as a sentence."""
    if isinstance(noun, Pupil):
        return _pupil_problems(noun, today)
    if isinstance(noun, Provider):
        dates = (("--checked", noun.checked), ("--lead-trained", noun.lead_trained), ("--deputy-trained", noun.deputy_trained))
        return tuple(f"{flag}: {day} is after {today}" for flag, day in dates if recorded(day) and day > today)
    if isinstance(noun, Placement):
        return placement_problems(store, noun, today)
    if isinstance(noun, Commissioner) and recorded(noun.calendar) and not Calendars(terms(store)).named(noun.calendar):
        return (f"--calendar: no calendar is called {noun.calendar}: `ap terms list` has them all, `ap terms import` takes another",)
    return ()


def _pupil_problems(pupil: Pupil, today: date) -> tuple[str, ...]:
    from ..domain.ages import ages

    if pupil.born > today:
        return (f"--born: {pupil.born} is after {today}",)
    if today.year - pupil.born.year > 100:
        return (f"--born: {pupil.born} is more than a hundred years ago",)
    ages(pupil.born, today)
    return ()


def placement_problems(store: sqlite3.Connection, placement: Placement, today: date) -> tuple[str, ...]:
    """Why a placement cannot be kept: a reference that is not there, or what contradicts itself (AP903)."""
    from ..domain.plausible import contradictions

    missing = []
    for record, id in ((Pupil, placement.pupil), (Provider, placement.provider), (Commissioner, placement.commissioner)):
        if recorded(id):
            try:
                found = reading.one(store, record, id, today)
            except NotFound as problem:
                missing.append(f"--{record.NOUN}: {problem}")
            else:
                if isinstance(found, Pupil):
                    pupil = found
                if isinstance(found, Provider) and recorded(placement.site) and not _has_site(found, placement.site):
                    missing.append(
                        f"--site: {found.ref} has no site {placement.site}; add its address with `ap provider edit {found.ref} --address …`"
                    )
    if missing:
        return tuple(missing)
    return contradictions(placement, pupil, in_force(today)["session.longest"])


def _has_site(provider: Provider, number: int) -> bool:
    return recorded(provider.sites) and any(site.number == number for site in provider.sites.all)


def with_defaults(store: sqlite3.Connection, placement: Placement, today: date) -> Placement:
    """A new placement with the only commissioner there is and the only site of its provider, where none was named."""
    from msgspec.structs import replace

    if _never_asked(placement.commissioner):
        commissioners = list(reading.nouns(store, Commissioner, today))
        if len(commissioners) == 1:
            placement = replace(placement, commissioner=CommissionerRef(commissioners[0].id))
    if _never_asked(placement.site):
        known = reading.sites(store, placement.provider).get(placement.provider)
        if known and len(known.all) == 1:
            placement = replace(placement, site=known.all[0].number)
    return placement


def _never_asked(fact: object) -> bool:
    return isinstance(fact, Unknown) and fact.asked is None


def get(path: Path, record: type[N], id: int, today: date) -> N:
    """The record of a reference; NotFound where there is none."""
    return reading.one(open_store(path), record, id, today)


def named(path: Path, noun: Noun, today: date) -> dict[str, str]:
    """The names behind the references of a placement, by the name of the fact; none for another noun."""
    if not isinstance(noun, Placement):
        return {}
    found = {"pupil": get(path, Pupil, noun.pupil, today).name, "provider": get(path, Provider, noun.provider, today).name}
    if recorded(noun.commissioner):
        found["commissioner"] = get(path, Commissioner, noun.commissioner, today).name
    return found


def listed(path: Path, record: type[N], today: date, text: str = "") -> Iterator[N]:
    """The records of a noun in order of their references, whose names have this text in them."""
    yield from reading.matching(open_store(path), record, today, text)


def alike(path: Path, noun: Noun, today: date) -> list[Noun]:
    """Records that may be of the same pupil or provider."""
    return list(reading.alike(open_store(path), noun, today))


def subject(reference: str) -> tuple[type[Noun], int]:
    """The kind and number of a reference such as `PL-0001` or `pl-1`; ApError where it is none."""
    import re

    from ..domain.text import shortened

    found = re.fullmatch(r"([a-z]{1,2})-?0*([1-9]\d{0,8})", reference.strip(), re.ASCII | re.IGNORECASE)
    noun = NOUNS.get(found[1].upper()) if found else None
    if not found or noun is None:
        raise ApError(f"“{shortened(reference)}” is not a reference: it looks like P-0001, PR-0001 or PL-0001")
    return noun, int(found[2])


def subject_of(reference: str, *allowed: type[Noun]) -> tuple[type[Noun], int]:
    """The kind and number of a reference of one of these kinds; ApError where it is of another."""
    noun, id = subject(reference)
    if noun not in allowed:
        raise ApError(f"{reference} is a {noun.NOUN}'s reference, where a {' or a '.join(one.NOUN for one in allowed)}'s is needed")
    return noun, id
