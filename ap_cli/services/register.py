"""Compare the providers on record with the public register of schools, and keep what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ..domain.days import words
from ..domain.establishment import Establishment
from ..domain.identifiers import read_ukprn, read_urn
from ..domain.likeness import provider_key
from ..domain.periods import Period, Periods
from ..domain.provider import CLOSED, Provider, ProviderKind, RegisterStatus, Site, Sites
from ..domain.readers import answers_of, refuse_wrong
from ..errors import ApError, BadAnswers
from ..forms.facts import recorded
from ..forms.form import Record
from ..forms.readers import read_text
from ..forms.text import printable
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import records as reading
from .records import changes, listed
from .refusals import problems

T = TypeVar("T")

WHERE = "GIAS"
"""Where the register is said to have been looked up."""

OF_NO_TYPE = (ProviderKind.HOSPITAL, ProviderKind.OWN_SITE)
"""Kinds that the register does not tell by a type: those may be of several."""

LOOKED_UP = ("checked", "checked_where", "register_says")


class Wanted(Record, frozen=True):
    """The establishments that are looked for: by URN, UKPRN, or name as it is compared."""

    urns: frozenset[str]
    ukprns: frozenset[str]
    names: frozenset[str]


class Compared(Struct, frozen=True):
    """A provider beside what the register says of it.

    `filled` has what was missing; `agreed` also what the register says otherwise, its name and
    whether it is open. `told` are sentences about what differs, for a person to decide.
    """

    before: Provider
    found: Establishment | None
    filled: Provider
    agreed: Provider
    told: tuple[str, ...]

    @property
    def differs(self) -> tuple[str, ...]:
        """The facts of the record that the register says otherwise."""
        return tuple(changes(self.filled, self.agreed))


def list_providers(store: Store, today: date) -> list[Provider]:
    """List the providers that can be read."""
    return list(listed(store, Provider, today))


def want(providers: Sequence[Provider]) -> Wanted:
    """Return what to look for in the register."""
    return Wanted(
        frozenset(one.urn for one in providers if recorded(one.urn)),
        frozenset(one.ukprn for one in providers if recorded(one.ukprn)),
        frozenset(provider_key(one.name) for one in providers),
    )


def compare_all(
    providers: Iterable[Provider], found: Sequence[Establishment], day: date
) -> list[Compared]:
    """Compare providers with what the register of a day says of them."""
    register = Register(found)
    return [compare(provider, register, day) for provider in providers]


class Register:
    """The establishments that were found, by their numbers and names."""

    def __init__(self, found: Sequence[Establishment]) -> None:
        self._by_urn = {one.urn: one for one in found}
        self._by_ukprn: dict[str, list[Establishment]] = {}
        self._by_name: dict[str, list[Establishment]] = {}
        for one in found:
            self._by_ukprn.setdefault(one.ukprn, []).append(one)
            self._by_name.setdefault(provider_key(one.name), []).append(one)

    def find(self, provider: Provider) -> Establishment | None:
        """Return a provider's entry: by URN, else UKPRN, else name and postcode; None if unsure."""
        if recorded(provider.urn):
            return self._by_urn.get(provider.urn)
        if recorded(provider.ukprn):
            return only_open(self._by_ukprn.get(provider.ukprn, []))
        named = self.named(provider)
        return only_open([one for one in named if is_at(provider, one.postcode)])

    def named(self, provider: Provider) -> list[Establishment]:
        """List the entries with a provider's name."""
        return self._by_name.get(provider_key(provider.name), [])


def only_open(found: Sequence[Establishment]) -> Establishment | None:
    """Return the one that is open, or the only one; None if there are several, or none."""
    left = [one for one in found if one.is_open] or found
    return left[0] if len(left) == 1 else None


def is_at(provider: Provider, postcode: str) -> bool:
    """Return whether a provider has a site with a postcode."""
    if not (postcode and recorded(provider.sites)):
        return False
    wanted = close(postcode)
    return any(wanted in close(site.address) for site in provider.sites.all)


def close(text: str) -> str:
    """Return a text in capitals without blanks, as postcodes are compared."""
    return "".join(text.split()).upper()


def compare(provider: Provider, register: Register, day: date) -> Compared:
    """Compare a provider with the register of a day."""
    found = register.find(provider)
    if found is None:
        told = tuple(tell_missing(provider, register))
        return Compared(provider, None, provider, provider, told)
    filled = replace(provider, **missing_facts(provider, found, day))
    agreed = replace(filled, **other_facts(filled, found, day))
    return Compared(provider, found, filled, agreed, tuple(tell_differences(provider, found)))


def tell_missing(provider: Provider, register: Register) -> Iterable[str]:
    """Say that a number is not in the register, or which entries have a provider's name."""
    if recorded(provider.urn):
        yield f"its URN {provider.urn} is not in this file"
    elif recorded(provider.ukprn):
        yield f"its UKPRN {provider.ukprn} is not in this file, or is that of several"
    for one in [one for one in register.named(provider) if one.is_open][:3]:
        yield (
            f"it may be URN {one.urn}, {printable(one.address)}: if it is,"
            f" ap provider edit {provider.ref} --urn {one.urn}"
        )


def missing_facts(provider: Provider, found: Establishment, day: date) -> dict[str, Any]:
    """Return what the register says and the record does not; the day it was looked up is newer."""
    facts: dict[str, Any] = {}
    urn, ukprn = read_or_none(read_urn, found.urn), read_or_none(read_ukprn, found.ukprn)
    for name, number in (("urn", urn), ("ukprn", ukprn)):
        if number and not recorded(getattr(provider, name)):
            facts[name] = number
    address = read_or_none(read_text, found.address)
    if address and not recorded(provider.sites):
        facts["sites"] = Sites((Site(1, address),))
    if found.is_school and found.is_open and found.opened and not recorded(provider.registered):
        facts["registered"] = Periods((Period(found.opened),))
    says = found.says
    is_new = not recorded(provider.register_says) or provider.register_says == says
    if says is not None and is_new and is_later(provider, day):
        facts |= looked_up(found, day)
    return facts


def other_facts(provider: Provider, found: Establishment, day: date) -> dict[str, Any]:
    """Return what the register says otherwise: the name, and whether it is open."""
    facts: dict[str, Any] = {}
    name = read_or_none(read_text, found.name)
    if name and provider_key(name) != provider_key(provider.name):
        facts["name"] = name
    says = provider.register_says
    if found.says is not None and recorded(says) and says != found.says and is_later(provider, day):
        facts |= looked_up(found, day)
    return facts


def looked_up(found: Establishment, day: date) -> dict[str, Any]:
    """Return what a look at the register of a day records."""
    return dict(zip(LOOKED_UP, (day, WHERE, found.says), strict=True))


def is_later(provider: Provider, day: date) -> bool:
    """Return whether nobody looked the provider up on that day, or after it."""
    return not recorded(provider.checked) or provider.checked < day


def read_or_none(reader: Callable[[str], T], text: str) -> T | None:
    """Return what a reader makes of a cell, None if it is empty or cannot be stored."""
    try:
        return reader(text) if text else None
    except ValueError:
        return None


def tell_differences(provider: Provider, found: Establishment) -> Iterable[str]:
    """Say what the register says otherwise than the record, and what it means."""
    if found.name and provider_key(found.name) != provider_key(provider.name):
        yield f"renamed: the register calls it {printable(found.name)}"
    if found.says in CLOSED:
        since = f" on {words(found.closed)}" if found.closed else ""
        yield f"{found.status.lower()}{since}, says the register"
    if recorded(provider.sites) and found.postcode and not is_at(provider, found.postcode):
        yield f"moved? The register has it at {printable(found.address)}, no site on record"
    for name, ours, theirs in (
        ("URN", provider.urn, found.urn),
        ("UKPRN", provider.ukprn, found.ukprn),
    ):
        if recorded(ours) and theirs and ours != theirs:
            yield f"its {name} is {theirs} in the register, and {ours} on record"
    if found.kind not in (None, provider.kind) and provider.kind not in OF_NO_TYPE:
        named = printable(found.type_name or found.type_code)
        yield (
            f"its type is “{named}” in the register, and its kind {provider.kind} on record: if the"
            f" register is right, ap provider edit {provider.ref} --kind {found.kind}"
        )
    if found.is_school and recorded(provider.registered) and not provider.registered.spells:
        yield "the register has it as a school, and you have it as not registered"


def keep(
    store: Store, compared: Sequence[Compared], agreed: bool, author: Author, today: date
) -> int:
    """Keep what the register says and return how many providers changed; all of them, or none.

    With `agreed` names and whether they are open change as well. Raise BadAnswers if one
    contradicts its record.
    """
    from ..store import writing

    changed = [
        (one.before, after)
        for one in compared
        if changes(one.before, after := one.agreed if agreed else one.filled)
    ]
    if not changed:
        return 0
    with writing.change(store, author, "check providers in the register") as unit:
        for before, after in changed:
            now = reading.one(store, Provider, before.id, today)  # others may have changed it
            then = replace(now, **changes(before, after))
            wrong = problems(store, then, today)
            if wrong:
                raise BadAnswers(f"{before.ref}: {problem}" for problem in wrong)
            writing.correct(unit, now, then, today)
    return len(changed)


def refuse_known(store: Store, urn: str, today: date) -> None:
    """Raise ApError if a provider on record has a URN."""
    for one in list_providers(store, today):
        if recorded(one.urn) and one.urn == urn:
            raise ApError(
                f"{one.ref} has that URN already: ap import FILE gias fills in what it lacks"
            )


def pick_open(found: Iterable[Establishment], urn: str, day: date) -> Establishment:
    """Return the establishment of a URN; raise ApError if the register has none that is open."""
    for one in found:
        if one.urn == urn:
            refuse_closed(one, day)
            return one
    raise ApError(
        f"that URN is not in the register of {words(day)}: check the number, or download a newer"
        " file"
    )


def refuse_closed(found: Establishment, day: date) -> None:
    """Raise ApError if the register of a day says that an establishment is not open."""
    if found.says not in CLOSED:
        return
    said = f"{printable(found.name)} is not open, says the register of {words(day)}"
    if found.says is RegisterStatus.CLOSED:
        on = f" on {words(found.closed)}" if found.closed else ""
        said = f"{printable(found.name)} closed{on}, says the register of {words(day)}"
    raise ApError(f"{said}: check the URN, or add it by --name and --kind without --from-gias")


def answers_about(found: Establishment, day: date, today: date) -> dict[str, Any]:
    """Return what the register of a day says of a new provider, as it would be typed.

    What its type does not tell, and what cannot be stored, is left out.
    """
    kind = found.kind or ProviderKind.NON_SCHOOL
    blank = Provider(name=read_or_none(read_text, found.name) or "", kind=kind)
    filled = replace(blank, **missing_facts(blank, found, day))
    answers = answers_of(filled)
    if recorded(filled.sites):
        answers["address"] = [site.address for site in filled.sites.all]
    if found.kind is None:
        del answers["kind"]
    return {key: value for key, value in answers.items() if is_taken({key: value}, today)}


def is_taken(answers: dict[str, Any], today: date) -> bool:
    """Return whether the form of a provider takes these answers."""
    try:
        refuse_wrong(Provider, answers, today)
    except BadAnswers:
        return False
    return True
