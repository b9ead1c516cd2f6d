"""What a county has of its own: local rules, figures, checklist, contacts, calendar, and providers with terms of their own.

Leicestershire's ships with the program; an overlay file, TOML of the same form, takes its place (`overlay.py`).
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
from ..forms.facts import recorded

MADE = Path(__file__).with_name("shipped.json")
"""The shipped figures and county as JSON, made of the TOML files beside it: read in 0.1 ms, where these take over 10."""

FIGURES, COUNTY = "figures.toml", "leicestershire.toml"
"""The files that what ships is written in."""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of an overlay: what nobody asks for in it is refused."""


class Line(Part, frozen=True):
    """The value of a figure from a day on, with who says so where it is another than for the figure."""

    since: date = field(name="from")
    value: int = field(name="is")
    source: str = ""


class FigureLines(Part, frozen=True):
    """A figure with its values, each from its day on; `law` says how it stands in law.

    "fixed": a must rests on it, and no county changes it; "uncommenced": enacted, 0 until a dated line lets it begin.
    """

    values: tuple[Line, ...]
    title: str = ""
    unit: str = ""
    source: str = ""
    law: Literal["", "fixed", "uncommenced"] = ""


class CountyRule(Part, frozen=True):
    """A rule of a county's own: that questions are answered, some of them with yes, or that a fact is within a figure.

    `answered` and `yes` name facts, "risk.statement" or "placement.aim"; `at_most` and `at_least` name a figure for each
    fact that is a number. With `outside_only` it is asked of placements outside the school alone.
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
    """An item of due diligence that a county asks for besides the program's own."""

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
    """A half term of the county's calendar, with where it is from."""

    name: str
    first: date
    last: date
    source: str = ""


class ProviderTerms(Part, frozen=True):
    """A provider with terms of its own, known by its name or its URN.

    `days` a week at which its placements are, `excluded_days` for a child permanently excluded, and whether the pupil is
    registered there as well as at the school that places it.
    """

    name: str
    source: str
    urn: str = ""
    days: int | None = None
    excluded_days: int | None = None
    dual_registered: bool = False

    def are_of(self, provider: Provider) -> bool:
        """Whether they are the terms of a provider."""
        return provider.name.casefold() == self.name.casefold() or bool(
            self.urn and recorded(provider.urn) and provider.urn == self.urn
        )


class County(Part, frozen=True, eq=False):
    """A county's overlay, whole.

    `without_rules` names the local rules of the program that do not hold there; `local_rules`
    names those that do, and None all of them.
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
        """The name of the calendar that is followed where nothing else is said."""
        return self.calendar or self.name

    def contact(self, name: str) -> HelpContact | None:
        """The contact of a name; None where the county names none."""
        return next((each for each in self.contacts if each.name == name), None)

    def terms_of(self, provider: Provider) -> ProviderTerms | None:
        """The terms that a provider has of its own; None where it has none."""
        return next((each for each in self.providers if each.are_of(provider)), None)


class Shipped(Part, frozen=True):
    """What ships with the program: the figures of policy, and the county whose handbook it began with."""

    figures: dict[str, FigureLines]
    county: County
    sums: dict[str, int] = {}
    """The checksum of each file that it was made of."""


@cache
def shipped() -> Shipped:
    """What ships with the program."""
    return read_shipped(MADE.parent)


def read_shipped(folder: Path) -> Shipped:
    """What ships, from its JSON; if a TOML file was edited since that was made, from the TOML files."""
    made = folder / MADE.name
    found = decode(made.read_bytes(), type=Shipped) if made.exists() else None
    if found and found.sums == checksums(folder):
        return found
    return read_parts(folder)


def checksums(folder: Path) -> dict[str, int]:
    """The checksum of each TOML file, whatever ends its lines."""
    texts = {name: (folder / name).read_bytes() for name in (FIGURES, COUNTY)}
    return {name: crc32(text.replace(b"\r\n", b"\n")) for name, text in texts.items()}


def read_parts(folder: Path) -> Shipped:
    """What ships, from its TOML files; ApError if one is not TOML or holds what is not asked for."""
    import tomllib  # with what it parses over 10 ms, needed only after an edit

    def part(name: str, kind: Any) -> Any:
        try:
            return convert(tomllib.loads((folder / name).read_text("utf-8")), kind)
        except ValueError as problem:
            raise ApError(f"{folder / name} cannot be used: {problem}") from None

    return Shipped(part(FIGURES, dict[str, FigureLines]), part(COUNTY, County))


def default() -> County:
    """The county that ships with the program, which holds where no overlay is in force."""
    return shipped().county
