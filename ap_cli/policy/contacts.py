"""Who can be asked for help, and how they are reached."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct


class HelpContact(Struct, frozen=True):
    """A team that can be asked, what for, and how."""

    name: str
    helps_with: str
    email: str
    phone: str
    source: str

    def __str__(self) -> str:
        return f"{self.name}, {self.email}, {self.phone}"


@cache
def contacts() -> tuple[HelpContact, ...]:
    """The contacts that ship with the program, in order."""
    import tomllib

    found = tomllib.loads(Path(__file__).with_name("contacts.toml").read_text("utf-8"))
    return tuple(HelpContact(name, each["for"], each["email"], each["phone"], each["source"]) for name, each in found.items())


def contact(name: str) -> HelpContact:
    """The contact of a name; KeyError where there is none."""
    return {each.name: each for each in contacts()}[name]
