"""A provider of alternative provision, with its sites."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from ..forms.facts import Fact, Unknown
from ..forms.form import Ask, Minutes, Noun, Record
from .identifiers import Ukprn, Urn
from .periods import Periods


class ProviderKind(StrEnum):
    """What a provider is."""

    MAINTAINED_SCHOOL = "maintained-school"
    ACADEMY = "academy"
    PRU = "pru"
    AP_ACADEMY = "ap-academy"
    INDEPENDENT = "independent"
    SPECIAL = "special"
    HOSPITAL = "hospital"
    FE_COLLEGE = "fe-college"
    NON_SCHOOL = "non-school"
    ONLINE = "online"
    OWN_SITE = "own-site"


class RegisterStatus(StrEnum):
    """What the public register of schools says of an establishment, by its own names."""

    OPEN = "open"
    OPEN_TO_CLOSE = "open-but-proposed-to-close"
    CLOSED = "closed"
    PROPOSED = "proposed-to-open"
    NOT_FOUND = "not-found"


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


class Sites(Record, frozen=True):
    """All the places of a provider that children attend."""

    all: tuple[Site, ...]

    def __str__(self) -> str:
        return (
            "; ".join(
                f"{site.number}: {site.address}"
                + ("" if site.kind is SiteKind.MAIN else f" ({site.kind})")
                for site in self.all
            )
            or "none"
        )


class Provider(Noun, frozen=True, kw_only=True):
    """A place that children are sent to."""

    PREFIX: ClassVar[str] = "PR"
    NOUN: ClassVar[str] = "provider"

    name: Annotated[str, Ask("What is the provider called?")]
    kind: Annotated[
        ProviderKind,
        Ask(
            "What kind of provider is it?",
            hint="it decides whether it may have to be a registered school",
        ),
    ]
    registered: Annotated[
        Fact[Periods],
        Ask(
            "Is it a registered school, and since when?",
            source="EA 1996 s.463",
            no="--not-registered",
        ),
    ] = Unknown("provider.registered")
    urn: Annotated[
        Fact[Urn], Ask("What is its URN?", hint="it is how the public register is checked")
    ] = Unknown("provider.urn")
    ukprn: Annotated[Fact[Ukprn], Ask("What is its UKPRN?")] = Unknown("provider.ukprn")
    checked: Annotated[
        Fact[date], Ask("On what day was the public register looked up?", source="HB 1.2")
    ] = Unknown("provider.checked")
    checked_where: Annotated[Fact[str], Ask("Where was it looked up?", flags="--where")] = Unknown(
        "provider.checked_where"
    )
    register_says: Annotated[Fact[RegisterStatus], Ask("What does the register say of it?")] = (
        Unknown("provider.register_says")
    )
    contact: Annotated[Fact[str], Ask("Who is the contact there?", source="HB App 3")] = Unknown(
        "provider.contact"
    )
    contact_email: Annotated[Fact[str], Ask("What is the contact's email address?")] = Unknown(
        "provider.contact_email"
    )
    contact_phone: Annotated[Fact[str], Ask("What is the contact's telephone number?")] = Unknown(
        "provider.contact_phone"
    )
    lead: Annotated[
        Fact[str], Ask("Who is the designated safeguarding lead?", source="HB App 3")
    ] = Unknown("provider.lead")
    lead_trained: Annotated[
        Fact[date], Ask("When was the lead last trained?", source="HB App 3")
    ] = Unknown("provider.lead_trained")
    deputy: Annotated[Fact[str], Ask("Who is the deputy safeguarding lead?", source="HB App 3")] = (
        Unknown("provider.deputy")
    )
    deputy_trained: Annotated[
        Fact[date], Ask("When was the deputy last trained?", source="HB App 3")
    ] = Unknown("provider.deputy_trained")
    follows_partnership: Annotated[
        Fact[bool],
        Ask("Does it follow the local safeguarding partnership's procedures?", source="HB App 3"),
    ] = Unknown("provider.follows_partnership")
    sites: Annotated[
        Fact[Sites],
        Ask(
            "At what address do children attend? (several allowed; the first makes site 1)",
            flags="--address",
            source="HB App 3",
        ),
    ] = Unknown("provider.sites")
    activities: Annotated[
        Fact[tuple[str, ...]],
        Ask("What do children do there? (several allowed)", flags="--activity"),
    ] = Unknown("provider.activities")
    risk: Annotated[
        Fact[Risk],
        Ask(
            "Is the environment of lower or higher risk?",
            hint="construction, agriculture, manufacturing, motor vehicles, workshops and machinery are of higher risk",
            source="HB App 3",
        ),
    ] = Unknown("provider.risk")
    offered_minutes: Annotated[
        Fact[Minutes],
        Ask("How many hours a week does it offer?", flags="--hours-offered", source="HB App 3"),
    ] = Unknown("provider.offered_minutes")
    on_directory: Annotated[
        Fact[bool],
        Ask(
            "Is it on a directory of providers?",
            hint="a listing never stands in for checks of one's own",
            flags="--on-directory/--not-on-directory",
            source="HB 2.2",
        ),
    ] = Unknown("provider.on_directory")
