"""A value that notes what is looked at on it, so that the rule itself is the explanation."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cached_property
from types import FunctionType
from typing import Any

from msgspec import Struct

from ..domain import days
from ..domain.text import hours, label


class Note(Struct, frozen=True):
    """One thing that was looked at: where it stands, what it was, and its source where it has one."""

    path: str
    value: str
    source: str = ""


class Watched:
    """Stands in for a value and notes each fact, figure and derived value, in order."""

    __slots__ = ("_notes", "_of", "_path")

    def __init__(self, of: Any, notes: list[Note], path: str = "") -> None:
        self._of, self._notes, self._path = of, notes, path

    @property  # type: ignore[misc]
    def __class__(self) -> Any:  # so that isinstance() sees what is watched
        return type(self._of)

    def __getattr__(self, name: str) -> Any:
        member = getattr(type(self._of), name, None)
        derive = member.fget if isinstance(member, property) else member.func if isinstance(member, cached_property) else None
        if derive:  # opened up: what it looks at is noted as well
            return self._note(name, derive(self))
        if isinstance(member, FunctionType):  # a question with an argument: its answer is the note
            return lambda *args, **named: self._note(asked(name, args), member(self._of, *args, **named))
        return self._note(name, getattr(self._of, name))

    def __getitem__(self, key: str) -> Any:
        figure = self._of.by_name[key]
        told = f"{hours(figure.value)} hours{figure.unit[7:]}" if figure.unit.startswith("minutes") else f"{figure.value} {figure.unit}"
        self._notes.append(Note(f"figure: {figure.title}", told, figure.source))
        return figure.value

    def __eq__(self, other: object) -> bool:
        return bool(self._of == (other._of if isinstance(other, Watched) else other))

    __hash__ = None  # type: ignore[assignment]

    def _note(self, name: str, value: Any) -> Any:
        path = f"{self._path}{name}"
        if isinstance(value, Watched):
            return value
        if isinstance(value, Struct) and type(value).__str__ is object.__str__ and value.__struct_fields__:
            return Watched(value, self._notes, f"{path}.")
        if type(value).__name__ in ("History", "Calendar", "Register"):  # asked questions of, never shown
            return Watched(value, self._notes, f"{path}.")
        told = hours(value) if name.endswith("minutes") and isinstance(value, int) else words(value)
        self._notes.append(Note(label(path), told))
        return value


def asked(name: str, args: tuple[Any, ...]) -> str:
    """A question with an argument: "all review" or "on 2 March 2026"; with several, its name alone."""
    return f"{name} {words(args[0])}" if len(args) == 1 else name


def words(value: Any) -> str:
    """A value in a line: a collection is told as a whole."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return days.words(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, type):
        return value.__name__.lower()
    if isinstance(value, list | tuple):
        return "; ".join(map(words, value)) or "none"
    if isinstance(value, Struct) and type(value).__str__ is object.__str__:
        return ", ".join(f"{name} {words(getattr(value, name))}" for name in value.__struct_fields__)
    return str(value)
