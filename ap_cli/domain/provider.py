"""A provider of alternative provision, with its sites."""

import re
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ..forms.choice import Choice
from ..forms.facts import Fact
from ..forms.form import Minutes, Noun, Record, answered, ask, require
from .identifiers import Ukprn, Urn
from .periods import Periods


class ProviderKind(Choice):
    """What a provider is."""

    MAINTAINED_SCHOOL = "maintained-school", "a council's school"
    ACADEMY = "academy", "an academy or free school"
    PRU = "pru", "a pupil referral unit"
    AP_ACADEMY = "ap-academy", "an academy for alternative provision"
    INDEPENDENT = "independent", "a registered school that charges fees"
    SPECIAL = "special", "a special school"
    HOSPITAL = "hospital", "a hospital school"
    FE_COLLEGE = "fe-college", "a further education college"
    NON_SCHOOL = "non-school", "a farm, charity or workshop"
    ONE_TO_ONE = "one-to-one", "a tutor, one pupil at a time"
    WORK_BASED = "work-based", "an employer or training provider"
    ONLINE = "online", "lessons by computer"
    OWN_SITE = "own-site", "your own unit or site, your own staff"


def kind_name(kind: ProviderKind) -> str:
    """Return what a kind of provider is called on a paper, which is read by others."""
    return "the school's own unit or site" if kind is ProviderKind.OWN_SITE else kind.means


SCHOOLS = (
    ProviderKind.MAINTAINED_SCHOOL,
    ProviderKind.ACADEMY,
    ProviderKind.PRU,
    ProviderKind.AP_ACADEMY,
    ProviderKind.SPECIAL,
    ProviderKind.HOSPITAL,
)
"""Kinds of provider that are registered schools by what they are."""


NON_SCHOOLS = (ProviderKind.NON_SCHOOL, ProviderKind.ONE_TO_ONE, ProviderKind.WORK_BASED)
"""Kinds of provider that are no schools and teach in person.

The school census knows one-to-one tuition (OOT) and work-based provision (WBP) by themselves.
"""


class RegisterStatus(StrEnum):
    """What the public register of schools says of an establishment, by its own names."""

    OPEN = "open"
    OPEN_TO_CLOSE = "open-but-proposed-to-close"
    CLOSED = "closed"
    PROPOSED = "proposed-to-open"
    NOT_FOUND = "not-found"


CLOSED = (RegisterStatus.CLOSED, RegisterStatus.NOT_FOUND, RegisterStatus.PROPOSED)
"""What the register says of an establishment that is not open."""


class Risk(StrEnum):
    """How much risk the environment of the work holds."""

    LOWER = "lower"
    HIGHER = "higher"


class SiteKind(StrEnum):
    """What a site is to its provider."""

    MAIN = "main"
    SATELLITE = "satellite"
    SUBCONTRACTED = "subcontracted"


class Site(Record, frozen=True):
    """One place that children attend, numbered from 1 at each provider."""

    number: int
    address: str
    kind: SiteKind = SiteKind.MAIN

    def __str__(self) -> str:
        """Write the kind after the address; a main site's only where its address ends like one."""
        is_plain = self.kind is SiteKind.MAIN and split_kind(self.address)[1] is None
        return self.address if is_plain else f"{self.address} ({self.kind})"


WITH_KIND = re.compile(rf"(.*\S)\s*\(({'|'.join(SiteKind)})\)", re.DOTALL)
"""An address with the kind of its site, as `Site` writes it."""


def split_kind(written: str) -> tuple[str, SiteKind | None]:
    """Return the address of a written site, and its kind if that is written after it."""
    found = WITH_KIND.fullmatch(written.strip())
    return (found[1], SiteKind(found[2])) if found else (written, None)


class Sites(Record, frozen=True):
    """All the places of a provider that children attend."""

    all: tuple[Site, ...]

    def __str__(self) -> str:
        return "; ".join(f"{site.number}: {site}" for site in self.all) or "none"


class Provider(Noun):
    """A place that children are sent to."""

    PREFIX: ClassVar[str] = "PR"
    NOUN: ClassVar[str] = "provider"

    name: str = require("What is the provider called?")
    kind: ProviderKind = require(
        "What kind of provider is it?",
        hint="It decides whether it may have to be a registered school.",
    )
    registered: Fact[Periods] = ask(
        "Is it a registered school? Since when?", source="EA 1996 s.463", no="--not-registered"
    )
    urn: Fact[Urn] = ask(
        "What is its URN?", hint="Six digits: you need them to check the public register."
    )
    ukprn: Fact[Ukprn] = ask("What is its UKPRN?", hint="Eight digits, the first a 1.")
    checked: Fact[date] = ask(
        "When did you look it up in the public register?", source="HB 1.2", past=True
    )
    checked_where: Fact[str] = ask("Where did you look it up?", flag="--where")
    register_says: Fact[RegisterStatus] = ask("What does the register say?")
    contact: Fact[str] = ask("Who is the contact there?", source="HB App 3")
    contact_email: Fact[str] = ask("What is the contact's email address?")
    contact_phone: Fact[str] = ask("What is the contact's telephone number?")
    lead: Fact[str] = ask("Who is the designated safeguarding lead?", source="HB App 3")
    lead_trained: Fact[date] = ask("When was the lead last trained?", source="HB App 3", past=True)
    deputy: Fact[str] = ask("Who is the deputy safeguarding lead?", source="HB App 3")
    deputy_trained: Fact[date] = ask(
        "When was the deputy last trained?", source="HB App 3", past=True
    )
    follows_partnership: Fact[bool] = ask(
        "Does it follow the local safeguarding partnership's procedures?", source="HB App 3"
    )
    sites: Fact[Sites] = ask(
        "What is the address that pupils attend?",
        hint="The first address is site 1.",
        source="HB App 3",
        flag="--address",
    )
    activities: Fact[tuple[str, ...]] = ask("What do pupils do there?", flag="--activity")
    risk: Fact[Risk] = ask(
        "Is the place lower or higher risk?",
        hint=(
            "Higher: construction, farming, manufacturing, motor vehicles, workshops and machinery."
        ),
        source="HB App 3",
    )
    offered_minutes: Fact[Minutes] = ask(
        "How many hours a week does it offer?", source="HB App 3", flag="--hours-offered"
    )
    accredited: Fact[bool] = ask(
        "Is it accredited by the DfE's online education scheme?",
        hint="The scheme is voluntary: an online provider cannot register as a school.",
        source="OEAS",
        when=answered("kind", ProviderKind.ONLINE),
    )
    checked_instead: Fact[str] = ask(
        "What did you check in its place?",
        hint="Who teaches, how pupils are kept safe online, and who looks at the quality.",
        source="OEAS",
        when=answered("accredited", False),
    )
    on_directory: Fact[bool] = ask(
        "Is it on a directory of providers?",
        hint="A listing never replaces your own checks.",
        source="HB 2.2",
        flag="--on-directory/--not-on-directory",
    )
