"""One record for people: what is recorded, and what is not."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any, get_args

from ..domain.days import words
from ..domain.identifiers import Upn, is_temporary
from ..domain.periods import Periods
from ..domain.placement import Placement
from ..domain.provider import Sites
from ..domain.pupil import Pupil
from ..domain.references import PREFIXES
from ..forms.facts import Unknown
from ..forms.form import TIMES, Form, Noun, Pence, Record, field_types, questions
from ..forms.text import hours, label, pounds, printable
from ..services.path import PlacementPath
from .data import json_value, record_data
from .path import path_data, path_lines
from .result import Result, View
from .show import value_text


def show_record(
    noun: Noun,
    on: date,
    names: Mapping[str, str],
    path: PlacementPath | None = None,
    named: bool = False,
) -> Result:
    """A whole record: what is recorded first, what is not in one line.

    `names` has the names behind its references. `path` says where a placement is on its path and
    what to do next. `named` is whether data has the child's name.
    """

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterable[str]:
        hidden = hidden_names(view)
        yield noun.ref
        yield from fact_lines(noun, on, {key: names[key] for key in names if key not in hidden})
        yield from path_lines(path, on) if path else ()

    row = (
        record_data(noun, named, on)
        | {f"{key}_name": name for key, name in names.items()}
        | ({} if named or Pupil.NOUN not in names else {f"{Pupil.NOUN}_name": None})
        | (path_data(path) if path else {})
    )
    return Result(noun.NOUN, [row], lines=lines)


def hidden_names(view: View) -> Container[str]:
    """The facts with a child's name that do not show here: the pupil of a placement, a name."""
    return (Pupil.NOUN, "name") if view.names == "never" else ()


NEEDED = ("commissioner",)
"""Questions whose gap has a line with what fills it: nobody would answer for the placement."""


def fact_lines(
    noun: Noun, on: date, names: Mapping[str, str], hidden: Container[str] = ()
) -> Iterable[str]:
    """The facts of a record, a line each; those that nobody recorded are named in one line.

    Those that are `hidden` are left out.
    """
    gaps: list[str] = []
    unsure: list[str] = []
    for question in questions(type(noun)):
        if question.name in hidden:
            continue
        fact = getattr(noun, question.name)
        if isinstance(fact, Unknown) and question.name in NEEDED and noun.id:
            command = f"ap {noun.NOUN} edit {noun.ref} {question.flag} …"
            yield f"  {question.label}: {fact}  → {command}"
        elif isinstance(fact, Unknown):
            (unsure if fact.asked else gaps).append(question.label)
        else:
            named = f" {printable(names[question.name])}" if question.name in names else ""
            yield f"  {question.label}: {fact_text(fact, question.type)}{named}"
    if isinstance(noun, Placement) and noun.never_started:
        yield f"  never started: {printable(noun.end_reason or '')}"
    elif isinstance(noun, Placement) and noun.ended is not None and noun.ended <= on:
        kinds = field_types(Placement)
        yield from (
            f"  {label(name)}: {fact_text(getattr(noun, name), kinds[name][0])}"
            for name in ("ended", "end_reason", "destination")
        )
    if unsure:
        yield f"  asked, not known yet: {', '.join(unsure)}"
    if gaps:
        yield f"  not recorded: {', '.join(gaps)}"


def fact_text(fact: Any, kind: Any) -> str:
    """A fact for people: days in words, time in hours, references as printed; a gap as a gap."""
    if isinstance(fact, Unknown):
        return str(fact)
    if fact is None:
        return "not recorded"
    if kind in TIMES:
        return hours(fact)
    if kind is Pence:
        return pounds(fact)
    if kind is Upn:
        return f"{fact} (temporary)" if is_temporary(fact) else str(fact)
    if kind in PREFIXES:
        return str(json_value(fact, kind))
    return value_text(fact)


def echo_record(noun: Noun, changed: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """The days of a new record in words, so that a mistyped day is noticed; or what changed.

    A pupil's name is left out.
    """
    parts = list_days(noun) if changed is None else list_changes(type(noun), changed)
    return (f"{noun.ref}: {', '.join(parts)}",) if parts else ()


def list_changes(record: type[Form], changed: Mapping[str, Any]) -> list[str]:
    """What changed, each fact with its new value; free text without it, as it may hold a name."""
    kinds = field_types(record)
    return [
        f"{label(name)} changed"
        if is_free_text(kinds[name][0])
        else f"{label(name)} {fact_text(fact, kinds[name][0])}"
        for name, fact in changed.items()
    ]


def is_free_text(kind: Any) -> bool:
    """Whether a fact is free text, a list of it, or identifies a child."""
    return kind in (str, Upn, Sites) or bool({str, Upn} & set(get_args(kind)))


def list_days(record: Record) -> list[str]:
    """The days of a record, each in words with its weekday."""
    facts = {question.label: getattr(record, question.name) for question in questions(type(record))}
    texts = {name: day_text(fact) for name, fact in facts.items()}
    return [f"{name} {text}" for name, text in texts.items() if text]


def day_text(fact: Any) -> str:
    """The days of a fact in words, each with its weekday; empty if it holds none."""
    if isinstance(fact, date):
        return words(fact, weekday=True)
    if isinstance(fact, Periods) and fact.spells:
        return str(fact)
    if isinstance(fact, tuple) and fact and isinstance(fact[0], date):
        return ", ".join(words(day, weekday=True) for day in fact)
    return ""
