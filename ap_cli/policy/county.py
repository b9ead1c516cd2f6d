"""What a county has of its own: local rules, figures, checklist, contacts, calendar, and providers with terms of their own.

Leicestershire's ships with the program; an overlay file, TOML of the same form, takes its place (`overlay.py`).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.json import decode

from ..domain.provider import Provider
from ..forms.facts import recorded

MADE = Path(__file__).with_name("shipped.json")
"""The shipped figures and county as JSON, which is read in no time; made of the TOML files beside it."""


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
    """A county's overlay, whole; `local_rules` names the local rules of the program that hold there, None all of them."""

    name: str
    calendar: str = ""
    local_rules: tuple[str, ...] | None = None
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


@cache
def shipped() -> Shipped:
    """What ships with the program."""
    return decode(MADE.read_bytes(), type=Shipped)


def default() -> County:
    """The county that ships with the program, which holds where no overlay is in force."""
    return shipped().county
