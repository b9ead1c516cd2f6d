"""The columns of each table, stated once, without a library: writing needs no more than this.

A noun's columns come from the fields of its record. `tables` declares the tables to SQLModel from
here, with what they refuse.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from ..domain.commissioner import Commissioner
from ..domain.placement import WEEK, Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.references import REFERENCES
from ..forms.form import Minutes, MinutesOrNone, Noun, Pence, field_types, required_fields

TYPES: dict[Any, type] = {
    date: date,
    bool: bool,
    int: int,
    Minutes: int,
    MinutesOrNone: int,
    Pence: int,
} | dict.fromkeys(REFERENCES, int)
"""How a field is stored by its type; any other is text."""

SUBJECTS = ("placement", "pupil", "provider")
"""The tables that an entry can be about."""

COUNTED = "review"
"""The kind of entry that has an ordinal: it is the first, second … of its placement."""

NOUNS: dict[str, type[Noun]] = {
    noun.NOUN: noun for noun in (Commissioner, Pupil, Provider, Placement)
}
"""The records that have a table of their own, by its name."""


class Column(Struct, frozen=True):
    """A column: its name and type, whether it must have a value, and the column it refers to.

    A value that `follows` from other rows is kept up to date by each write, and is no part of the
    log.
    """

    name: str
    type: type
    required: bool = False
    refers: str | None = None
    follows: bool = False


def text(name: str) -> Column:
    """Declare a column of text that may be missing."""
    return Column(name, str)


def need(name: str, type: type = str, refers: str | None = None) -> Column:
    """Declare a column that must have a value."""
    return Column(name, type, True, refers)


def columns(record: type[Noun], names: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of a record's fields: those that it needs must have a value."""
    required = required_fields(record)
    found = []
    for name in names:
        kind, _ = field_types(record)[name]
        noun = REFERENCES.get(kind)
        refers = f"{noun.NOUN}.id" if noun else None
        found.append(Column(name, TYPES.get(kind, str), name in required, refers))
    return tuple(found)


def own(record: type[Noun], *elsewhere: str) -> tuple[Column, ...]:
    """Return the columns of a record's own table: its fields but those kept elsewhere."""
    names = tuple(
        name for name in record.__struct_fields__ if name != "id" and name not in elsewhere
    )
    return (*columns(record, names), NOT_KNOWN)


NOT_KNOWN = text("not_known")
"""The facts that were asked for and are not yet known, with by whom and when."""

OWNER = Column("commissioner", int, refers="commissioner.id", follows=True)
"""The commissioner that a row belongs to, as far as it is known."""

TABLES: dict[str, tuple[Column, ...]] = {
    "store": (need("uid"),),
    "commissioner": own(Commissioner),
    "pupil": (*own(Pupil), OWNER),
    "provider": own(Provider, "sites"),
    "site": (
        need("provider", int, "provider.id"),
        need("number", int),
        need("address"),
        need("kind"),
    ),
    "placement": own(Placement, *WEEK),
    "week": (
        need("placement", int, "placement.id"),
        need("since", date),
        *columns(Placement, WEEK),
    ),
    "entry": (
        *(Column(name, int, refers=f"{name}.id") for name in SUBJECTS),
        need("kind"),
        need("day", date),
        text("who"),
        text("note"),
        need("details"),
        text("withdrawn"),
        NOT_KNOWN,
        Column("ordinal", int, follows=True),
    ),
    "term": (need("calendar"), need("name"), need("first", date), need("last", date)),
    "closure": (need("calendar"), need("name"), need("day", date)),
    "overlay": (text("text"), text("made")),
    "mark": (
        need("placement", int, "placement.id"),
        need("pupil", int, "pupil.id"),
        need("day", date),
        need("half", int),
        need("code"),
        text("nature"),
        text("reason"),
        need("who"),
        need("at"),
        Column("replaces", int, refers="mark.id"),
        need("current", bool),
        need("unit", int),
    ),
    "counter": (need("name"), need("last", int)),
    "hold": (
        need("pupil", int, "pupil.id"),
        need("since", date),
        Column("until", date),
        need("reason"),
        need("who"),
        Column("released", date),
        text("released_by"),
    ),
    "erased": (
        need("pupil", int),
        need("day", date),
        need("at"),
        need("who"),
        need("reason"),
        need("unit", int),
        need("placements"),
        need("entries", int),
        need("marks", int),
        need("changes", int),
        need("files", int),
    ),
    "draft": (need("form"), need("answers"), need("who"), need("at"), text("about"), OWNER),
    "audit": (
        need("at"),
        Column("asof", date),
        need("who"),
        need("what"),
        need("subject"),
        text("reason"),
        Column("unit", int),
        Column("undoes", int),
        text("place"),
        Column("row", int),
        need("old"),
        need("new"),
        Column("commissioner", int),
    ),
    "chain": (
        text("upgraded"),
        need("marks", int),
        Column("marks_digest", bytes),
        Column("marks_salt", bytes),
        need("head"),
    ),
    "proof": (need("digest", bytes), Column("salt", bytes)),
    "seen": (need("at"), Column("asof", date), need("who"), need("what"), need("subject")),
}
"""The columns of each table, after its number, `id`."""
