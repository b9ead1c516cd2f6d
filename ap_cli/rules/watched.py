"""A value that notes what is looked at on it, so that the rule itself is the explanation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cached_property
from types import FunctionType
from typing import Any

from msgspec import Struct

from ..domain import days
from ..domain.entries.entry import Entry
from ..domain.facts import Unknown
from ..domain.text import hours, label
from .remedies import question_of


class Note(Struct, frozen=True):
    """One thing that was looked at: where it stands, in words, what it was, and its source where it has one.

    `fact` is the name of a fact in the record, "placement.ends", and `entries` are the numbers of what happened;
    `who` and `when` say who recorded that and when, where somebody looks it up.
    """

    path: str
    value: str
    source: str = ""
    told: str = ""
    fact: str = ""
    entries: tuple[int, ...] = ()
    who: str = ""
    when: date | None = None


class Watched:
    """Stands in for a value and notes each fact, figure and derived value, in order."""

    __slots__ = ("_notes", "_of", "_path")

    def __init__(self, of: Any, notes: list[Note], path: str = "") -> None:
        self._of, self._notes, self._path = of, notes, path

    @property  # type: ignore[misc]
    def __class__(self) -> Any:  # so that isinstance() sees what is watched
        return type(self._of)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # how a value works, which explains nothing
            return getattr(self._of, name)
        member = getattr(type(self._of), name, None)
        derive = member.fget if isinstance(member, property) else member.func if isinstance(member, cached_property) else None
        if derive:  # opened up: what it looks at is noted as well
            return self._note(name, derive(self), summary(derive))
        if isinstance(member, FunctionType):  # a question with an argument: its answer is the note
            return lambda *args, **named: self._note(
                asked(name, args), member(self._of, *args, **named), in_words(self._path, name, args) or summary(member, args)
            )
        return self._note(name, getattr(self._of, name), FIELDS.get(name, ""))

    def __getitem__(self, key: str) -> Any:
        figure = self._of.by_name[key]
        told = f"{hours(figure.value)} hours{figure.unit[7:]}" if figure.unit.startswith("minutes") else f"{figure.value} {figure.unit}"
        self._notes.append(Note(f"figure: {figure.title}", told, figure.source, f"figure: {figure.title}"))
        return figure.value

    def __eq__(self, other: object) -> bool:
        return bool(self._of == (other._of if isinstance(other, Watched) else other))

    __hash__ = None  # type: ignore[assignment]

    def _note(self, name: str, value: Any, meaning: str = "") -> Any:
        path = f"{self._path}{name}"
        if isinstance(value, Watched):
            return value
        if isinstance(value, Iterator):  # it is told, and can be gone through all the same
            value = tuple(value)
        if isinstance(value, Struct) and type(value).__str__ is object.__str__ and value.__struct_fields__:
            return Watched(value, self._notes, f"{path}.")
        if type(value).__name__ in ("History", "Calendar", "Register"):  # asked questions of, never shown
            return Watched(value, self._notes, f"{path}.")
        told = hours(value) if name.endswith("minutes") and isinstance(value, int) else words(value)
        question = question_of(path) or (question_of(f"{self._of.KIND}.{name}") if isinstance(self._of, Entry) else None)
        known = f"“{question.ask.question.replace(' (several allowed)', '')}”" if question else meaning or label(path)
        self._notes.append(Note(label(path), told, "", known, path if question and path.count(".") == 1 else "", numbers(value)))
        return value


def plain(value: Any) -> Any:
    """The value itself, where it is a watched one."""
    return object.__getattribute__(value, "_of") if type(value) is Watched else value


FIELDS = {
    "on": "the day that is judged",
    "now": "the day asked",
    "over": "whether the placement ended before the day asked",
    "ended": "its last day, where it has ended",
    "destination": "where the child went next",
    "never_started": "whether it never started",
    "next_place": "where the child has a place after it",
    "others": "the child's other placements on that day",
    "excluded_permanently": "whether a permanent exclusion of the pupil has taken effect",
    "twice": "records that look the same",
    "taught": "the children of compulsory school age placed there",
    "first_start": "the first start of a placement outside the school there",
    "only_in_school": "whether all of its placements are in the school itself",
    "placed": "the pupil's placements",
    "problem": "what cannot be read",
    "kind": "what kind of commissioner it is",
    "id": "its number",
    "half_terms": "the half terms of the calendar",
    "terms": "the terms that the provider has of its own",
    "days": "the days a week of those terms",
    "excluded_days": "the days a week of those terms for a child permanently excluded",
    "dual_registered": "whether those terms are dual registration",
    "checklist": "the county's own checklist",
    "first_of_all": "the first start of any placement there",
    "day": "the day by which that is due",
    "sure_from": "the day from which it is certain, whatever the calendar",
    "why": "why then",
}
"""Facts that are worked out when a case is put together, in words."""

LOOKED_FOR = {"all": "every {} recorded", "latest": "the last {} recorded"}
OF_WHOM = {"at_the_provider": "of the provider"}


def in_words(path: str, name: str, args: tuple[Any, ...]) -> str:
    """What is looked for in a history: "every review recorded"; empty for another question."""
    if name not in LOOKED_FOR or len(args) != 1 or not isinstance(args[0], type):
        return ""
    kind = getattr(args[0], "KIND", "") or args[0].__name__.lower()
    return " ".join(filter(None, (LOOKED_FOR[name].format(kind), OF_WHOM.get(path.rstrip(".").rpartition(".")[2], ""))))


def summary(function: Any, args: tuple[Any, ...] = ()) -> str:
    """What a derived value is, by the first sentence of its own description, with what was asked of it."""
    first = (function.__doc__ or "").strip().partition("\n")[0].partition(". ")[0].partition(";")[0].rstrip(".")
    told = first[:1].lower() + first[1:]
    given = [words(each) for each in args if isinstance(each, str | int | date | type)]
    return told + (f" ({', '.join(given)})" if given and told else "")


def numbers(value: Any) -> tuple[int, ...]:
    """The numbers of the entries that a value is or holds."""
    return tuple(each.id for each in (value if isinstance(value, list | tuple) else (value,)) if isinstance(each, Entry))


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
    if isinstance(value, Entry):
        said = ((name, getattr(value, name)) for name in value.__struct_fields__ if name not in ("id", "day", "note"))
        facts = ", ".join(f"{label(name)} {words(fact)}" for name, fact in said if not isinstance(fact, Unknown))
        return f"{value.ref} of {days.words(value.day)}" + (f" ({facts})" if facts else "")
    if isinstance(value, Struct) and type(value).__str__ is object.__str__:
        return ", ".join(f"{name} {words(getattr(value, name))}" for name in value.__struct_fields__)
    return str(value)
