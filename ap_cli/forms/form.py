"""Forms: records whose fields carry their question. Whatever asks, reads or shows is made from them."""

from __future__ import annotations

import sys
import types
from datetime import date
from functools import cache
from inspect import get_annotations
from typing import Annotated, Any, ClassVar, NewType, Union, get_args, get_origin

from msgspec import NODEFAULT, Struct

from .facts import Unknown

Minutes = NewType("Minutes", int)
"""Time in a week, in whole minutes."""

Pence = NewType("Pence", int)
"""Money, in pence."""

Count = NewType("Count", int)
"""How many there are: 0 or more."""

Percent = NewType("Percent", int)
"""A share in whole per cent, from 0 to 100."""

LONGEST_WEEK = 60
"""The most hours that a week can have."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years in which a day of a record can be."""


def of_a_record(day: date) -> date:
    """The day itself; ValueError where it is in a year in which no day of a record is."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


class Record(Struct, frozen=True):
    """The base of every value of the domain: immutable, compact, compared by its facts."""


class Ask(Struct, frozen=True):
    """A question, why it is asked and who says so.

    `flag` replaces the one made from the field's name ("--on-directory/--not-on-directory" names both sides); `no` is a
    flag that answers "no"; `topic` is the heading under which a wizard asks it; `when` names the condition under which
    it does; `last` puts it after the questions of the form that its own form is the base of.
    """

    question: str
    why: str = ""
    source: str = ""
    flag: str = ""
    no: str = ""
    topic: str = ""
    when: str = ""
    last: bool = False


class Question(Struct, frozen=True):
    """A field of a form that is asked for."""

    name: str
    type: Any
    required: bool
    ask: Ask

    @property
    def key(self) -> str:
        """Its key in an answers file: its flag with underscores."""
        return self.flag.split("/")[0][2:].replace("-", "_")

    @property
    def flag(self) -> str:
        """Its flag on the command line."""
        return (self.ask.flag or flag_of(self.name)).split("/")[0]

    @property
    def quoted(self) -> str:
        """The question in quotation marks, without what only a form needs to say."""
        return f"“{self.ask.question.replace(' (several allowed)', '')}”"

    @property
    def several(self) -> bool:
        """Whether it takes more than one answer."""
        return get_origin(self.type) is tuple

    @property
    def item(self) -> Any:
        """The type of one answer."""
        return get_args(self.type)[0] if self.several else self.type


class Noun(Record, frozen=True, kw_only=True):
    """A thing with a table and a reference of its own, such as `P-0001`."""

    PREFIX: ClassVar[str] = ""
    NOUN: ClassVar[str] = ""

    id: int = 0

    @property
    def ref(self) -> str:
        """Its reference, as people say it."""
        return reference(self.PREFIX, self.id)


def reference(prefix: str, id: int) -> str:
    """A reference as it is printed: `P-0001`."""
    return f"{prefix}-{id:04d}"


@cache
def _texts(record: type[Record]) -> dict[str, tuple[str, str]]:
    """Each field's annotation as it is written, with the module that it is written in."""
    return {
        name: (text, base.__module__)
        for base in reversed(record.__mro__)
        for name, text in get_annotations(base).items()
    }


@cache
def _hint(text: str, module: str) -> Any:
    """An annotation evaluated without its question: what only reads rows needs the types alone, and most fields share one."""
    return eval(text.removeprefix("Annotated[").partition(", Ask(")[0], vars(sys.modules[module]))  # noqa: S307 - our own annotations


@cache
def required_fields(record: type[Record]) -> frozenset[str]:
    """The fields of a record that have no default; `msgspec.structs.fields` tells it too, but evaluates every annotation."""
    defaults = record.__struct_defaults__
    names = record.__struct_fields__
    without = names[: len(names) - len(defaults)]
    return frozenset(without) | {
        name
        for name, default in zip(names[len(without) :], defaults, strict=True)
        if default is NODEFAULT
    }


def flag_of(name: str) -> str:
    """The flag of a field's question, unless the question says another."""
    return "--" + name.replace("_", "-")


@cache
def questions(form: type[Record]) -> tuple[Question, ...]:
    """The questions of a form, in the order in which they are asked."""
    found = [asked for name in form.__struct_fields__ if (asked := question(form, name))]
    return tuple(sorted(found, key=lambda question: question.ask.last))


@cache
def question(form: type[Record], name: str) -> Question | None:
    """The question of one field, or None where it has none; only its own annotation is evaluated."""
    text, module = _texts(form).get(name, ("", ""))
    if not text.startswith("Annotated["):
        return None
    hint = eval(text, vars(sys.modules[module]))  # noqa: S307 - our own annotations
    ask = next(each for each in hint.__metadata__ if isinstance(each, Ask))
    return Question(name, known_type(hint), name in required_fields(form), ask)


@cache
def known_types(record: type[Record]) -> dict[str, tuple[Any, bool]]:
    """Each field's type once it is recorded, and whether it may be unrecorded."""
    hints = {name: _hint(*_texts(record)[name]) for name in record.__struct_fields__}
    return {name: (known_type(hint), may_be_unknown(hint)) for name, hint in hints.items()}


def known_type(hint: Any) -> Any:
    """A field's type without Annotated, Unknown and None."""
    if get_origin(hint) is Annotated:
        hint = hint.__origin__
    if get_origin(hint) in (Union, types.UnionType):
        kept = [arg for arg in get_args(hint) if arg not in (Unknown, types.NoneType)]
        return kept[0] if len(kept) == 1 else Union[tuple(kept)]
    return hint


def may_be_unknown(hint: Any) -> bool:
    """Whether a field may be a fact that nobody recorded."""
    if get_origin(hint) is Annotated:
        hint = hint.__origin__
    return Unknown in get_args(hint)
