"""What a county has of its own, such as local rules, figures, a checklist and terms of providers.

Leicestershire's ships with the program; an overlay file, TOML of the same form, takes its place
(`overlay.py`).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

from msgspec import Struct, convert, field
from msgspec.json import decode

from ..domain.provider import Provider
from ..errors import ApError
from ..forms.explaining import explained_fields
from ..forms.facts import recorded

MADE = Path(__file__).with_name("shipped.json")
"""The shipped figures and county as JSON, made of the TOML files beside it.

It is read in 0.1 ms, the TOML files in over 10.
"""

FIGURES, COUNTY = "figures.toml", "leicestershire.toml"
"""The files that what ships is written in."""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of an overlay: a key that nobody asks for in it is refused."""


class Line(Part, frozen=True):
    """The value of a figure from a day on, with its source if that is not the figure's own."""

    since: date = field(name="from")
    value: int = field(name="is")
    source: str = ""


class FigureLines(Part, frozen=True):
    """A figure with its dated values; `law` says how it stands in law.

    "fixed": a must rests on it, and no county changes it; "uncommenced": enacted, 0 until a dated
    line lets it begin.
    """

    values: tuple[Line, ...]
    title: str = ""
    unit: str = ""
    source: str = ""
    law: Literal["", "fixed", "uncommenced"] = ""


class CountyRule(Part, frozen=True):
    """A rule of a county's own: some questions need an answer, or a fact stays within a figure.

    `answered` and `yes` name facts, "risk.statement" or "placement.aim": those in `yes` are to be
    answered with yes. `at_most` and `at_least` name a figure for facts that are numbers. With
    `outside_only` the rule is about placements outside the school alone.
    """

    id: str
    title: str
    about: Literal["placement", "provider"]
    cites: tuple[str, ...]
    guidance: str
    severity: Literal["local", "advise"] = "local"
    answered: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    at_most: dict[str, str] = {}
    at_least: dict[str, str] = {}
    by: Literal["start", "first-review"] = "start"
    outside_only: bool = True


class CountyItem(Part, frozen=True):
    """An item of due diligence that a county adds to the program's own."""

    item: str
    title: str
    source: str

    def __str__(self) -> str:
        return self.title


class HelpContact(Part, frozen=True):
    """A team that can be asked, what for, and how."""

    name: str
    helps_with: str = field(name="for")
    email: str = ""
    phone: str = ""
    source: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.email, self.phone)))


class CountyHalfTerm(Part, frozen=True):
    """A half term of the county's calendar, with its source."""

    name: str
    first: date
    last: date
    source: str = ""


@explained_fields(
    days="the days a week of those terms",
    excluded_days="the days a week of those terms for a child permanently excluded",
    dual_registered="whether those terms are dual registration",
    fewer_checks="whether those terms ask for fewer checks",
)
class ProviderTerms(Part, frozen=True):
    """A provider with terms of its own, known by its name or its URN.

    `days` is how many days a week its placements have, `excluded_days` the same for a child
    permanently excluded; `dual_registered` says whether the pupil is registered there as well as at
    the school that places it. With `fewer_checks` its inspection report stands for the other checks
    of the provider.
    """

    name: str
    source: str
    urn: str = ""
    days: int | None = None
    excluded_days: int | None = None
    dual_registered: bool = False
    fewer_checks: bool = False

    def are_of(self, provider: Provider) -> bool:
        """Whether they are the terms of a provider."""
        return provider.name.casefold() == self.name.casefold() or bool(
            self.urn and recorded(provider.urn) and provider.urn == self.urn
        )


@explained_fields(checklist="the county's own checklist")
class County(Part, frozen=True, eq=False):
    """A county's overlay, whole.

    `without_rules` names the local rules of the program that do not hold there; `local_rules` names
    those that do, and None means all of them.
    """

    name: str
    calendar: str = ""
    local_rules: tuple[str, ...] | None = None
    without_rules: tuple[str, ...] = ()
    sources: dict[str, str] = {}
    figures: dict[str, FigureLines] = {}
    rules: tuple[CountyRule, ...] = ()
    checklist: tuple[CountyItem, ...] = ()
    contacts: tuple[HelpContact, ...] = ()
    half_terms: tuple[CountyHalfTerm, ...] = ()
    inset_days: tuple[date, ...] = ()
    providers: tuple[ProviderTerms, ...] = ()

    @property
    def follows(self) -> str:
        """The name of the calendar that is followed if a school or placement names no other."""
        return self.calendar or self.name

    def contact(self, name: str) -> HelpContact | None:
        """Return the contact of a name; None if the county has no such contact."""
        return next((contact for contact in self.contacts if contact.name == name), None)

    def terms_of(self, provider: Provider) -> ProviderTerms | None:
        """The terms that a provider has of its own; None if it has none."""
        return next((terms for terms in self.providers if terms.are_of(provider)), None)


class Shipped(Part, frozen=True):
    """What ships with the program: the figures of policy, and the county that it began with."""

    figures: dict[str, FigureLines]
    county: County
    sums: dict[str, int] = {}
    """The checksum of each file that it was made of."""


@cache
def shipped() -> Shipped:
    """Return what ships with the program."""
    return read_shipped(MADE.parent)


def read_shipped(folder: Path) -> Shipped:
    """Read what ships from its JSON, or from the TOML files if one was edited since."""
    made = folder / MADE.name
    shipped_before = decode(made.read_bytes(), type=Shipped) if made.exists() else None
    if shipped_before and shipped_before.sums == checksums(folder):
        return shipped_before
    return read_parts(folder)


def checksums(folder: Path) -> dict[str, int]:
    """Return the checksum of the TOML files by name, whatever ends their lines."""
    texts = {name: (folder / name).read_bytes() for name in (FIGURES, COUNTY)}
    return {name: crc32(text.replace(b"\r\n", b"\n")) for name, text in texts.items()}


def read_parts(folder: Path) -> Shipped:
    """Read what ships from its TOML files.

    Raise ApError if one is not TOML or holds what is not asked for.
    """
    import tomllib  # with what it parses over 10 ms, needed only after an edit

    def part(name: str, kind: Any) -> Any:
        try:
            return convert(tomllib.loads((folder / name).read_text("utf-8")), kind)
        except ValueError as problem:
            raise ApError(f"{folder / name} cannot be used: {problem}") from None

    return Shipped(part(FIGURES, dict[str, FigureLines]), part(COUNTY, County))


def default() -> County:
    """Return the county that ships with the program, which holds if no overlay is in force."""
    return shipped().county
