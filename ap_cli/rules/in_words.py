"""What a rule looks at, in words: values, and what they are called in an explanation."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import lru_cache
from inspect import Parameter, signature
from typing import Any

from msgspec import Struct

from ..domain import days
from ..domain.entries.entry import Entry
from ..forms.explaining import explanation_of
from ..forms.facts import Unknown
from ..forms.form import Pence, Question
from ..forms.text import hours, label, pounds
from .gaps import TERM_DATES


class StandIn:
    """Stands in for a value, `_of`, and passes on what is asked of it."""

    __slots__ = ("_of",)

    _of: Any


def plain(value: Any) -> Any:
    """Return the value itself if something stands in for it."""
    if issubclass(type(value), StandIn):
        return object.__getattribute__(value, "_of")
    return value


NOT_SHOWN = ("id", "day", "note")
"""The facts of an entry that are not listed with it."""


def value_in_words(value: Any) -> str:
    """Return a value in a line, a collection as a whole."""
    value = plain(value)
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return days.words(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, type):
        return kind_in_words(value)
    if isinstance(value, list | tuple):
        return "; ".join(map(value_in_words, value)) or "none"
    if isinstance(value, Entry):
        return entry_in_words(value)
    if isinstance(value, Unknown):
        return gap_in_words(value)
    if has_facts(value):
        return facts_in_words(value)
    return str(value)


def has_facts(value: Any) -> bool:
    """Tell whether a value is shown by its fields, as it has no words of its own."""
    return isinstance(value, Struct) and type(value).__str__ is object.__str__


def kind_in_words(kind: type) -> str:
    """Name a kind of entry as people type it; another class by its name."""
    return kind.KIND if issubclass(kind, Entry) else kind.__name__.lower()


def entry_in_words(entry: Entry) -> str:
    """Return an entry with its day, and with what was answered in it."""
    answers = {
        name: getattr(entry, name) for name in entry.__struct_fields__ if name not in NOT_SHOWN
    }
    facts = ", ".join(
        f"{label(name)} {value_in_words(answer)}"
        for name, answer in answers.items()
        if not isinstance(answer, Unknown)
    )
    dated = f"{entry.ref} of {days.words(entry.day)}"
    return f"{dated} ({facts})" if facts else dated


def gap_in_words(gap: Unknown) -> str:
    """Say that a fact is not recorded, or that no term dates cover a day."""
    return "no term dates cover it" if gap.fact == TERM_DATES else str(gap)


def facts_in_words(value: Struct) -> str:
    """Return the fields of a value with their names."""
    return ", ".join(
        f"{name} {value_in_words(getattr(value, name))}" for name in value.__struct_fields__
    )


def answer_in_words(name: str, value: Any, question: Question | None) -> str:
    """Return the value of a field in words, in the units of its question."""
    if type(value) is int:
        if name.endswith("minutes"):
            return f"{hours(value)} hours"
        if question and question.item is Pence:
            return pounds(value)
    return value_in_words(value)


def title_of(work: Any) -> str:
    """Return the first sentence of a docstring, as it stands in the middle of a line."""
    lines = (work.__doc__ or "").strip().splitlines() or [""]
    sentence = lines[0].partition(". ")[0].partition(";")[0].rstrip(".")
    return sentence[:1].lower() + sentence[1:]


def name_question(method: Any, args: tuple[Any, ...], named: dict[str, Any]) -> str:
    """Return what an explanation calls a question with arguments.

    That is what is written beside the method; else the first sentence of its docstring, with the
    arguments in brackets.
    """
    explanation = explanation_of(method)
    if explanation is None:
        return title_with_arguments(method, args)
    given = dict(zip(parameters_of(method), args, strict=False)) | named
    if not isinstance(explanation.text, str):
        return explanation.text(**given)
    return explanation.text.format(**{name: value_in_words(each) for name, each in given.items()})


def title_with_arguments(method: Any, args: tuple[Any, ...]) -> str:
    """Return the title of a question with its simple arguments in brackets."""
    title = title_of(method)
    given = [value_in_words(each) for each in args if isinstance(each, str | int | date | type)]
    return f"{title} ({', '.join(given)})" if given and title else title


@lru_cache(maxsize=256)
def parameters_of(method: Any) -> tuple[str, ...]:
    """List the names of a method's parameters, without `self`."""
    positional = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    parameters = signature(method).parameters.values()
    return tuple(each.name for each in parameters if each.kind in positional)[1:]


def name_path(name: str, args: tuple[Any, ...]) -> str:
    """Return a question with its only argument, "all review"; with several, its name alone."""
    return f"{name} {value_in_words(args[0])}" if len(args) == 1 else name
