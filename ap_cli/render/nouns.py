"""One record told to people: what is recorded, and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

from ..domain.days import words
from ..domain.identifiers import Upn, is_temporary
from ..domain.periods import Periods
from ..domain.placement import Placement
from ..domain.provider import Sites
from ..domain.references import PREFIXES
from ..forms.facts import Unknown
from ..forms.form import Form, Minutes, Noun, Pence, Record, field_types, questions
from ..forms.text import hours, label, pounds, printable
from ..services.path import Path_
from .data import json_value, record_data
from .path import path_data, path_lines
from .result import Result, View
from .show import value_text


def show_record(
    noun: Noun, on: date, names: Mapping[str, str], path: Path_ | None = None
) -> Result:
    """A record, whole: what is recorded first, what is not in one line; `names` has those behind its references.

    Of a placement `path` says where it is on its path, and what is to be done next.
    """

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterable[str]:
        yield noun.ref
        yield from fact_lines(noun, on, names)
        yield from path_lines(path, on) if path else ()

    row = (
        record_data(noun, True, on)
        | {f"{name}_name": told for name, told in names.items()}
        | (path_data(path) if path else {})
    )
    return Result(noun.NOUN, [row], lines=lines)


def fact_lines(noun: Noun, on: date, names: Mapping[str, str]) -> Iterable[str]:
    """The facts of a record, a line each; those that nobody recorded are named together."""
    gaps: list[str] = []
    unsure: list[str] = []
    for question in questions(type(noun)):
        fact = getattr(noun, question.name)
        if isinstance(fact, Unknown):
            (unsure if fact.asked else gaps).append(label(question.name))
        else:
            named = f" {printable(names[question.name])}" if question.name in names else ""
            yield f"  {label(question.name)}: {fact_text(fact, question.type)}{named}"
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
    """A fact for people: days in words, time in hours, references as they are printed; a gap as what it is."""
    if isinstance(fact, Unknown):
        return str(fact)
    if kind is Minutes:
        return hours(fact)
    if kind is Pence:
        return pounds(fact)
    if kind is Upn:
        return f"{fact} (temporary)" if is_temporary(fact) else str(fact)
    if kind in PREFIXES:
        return str(json_value(fact, kind))
    return value_text(fact)


def echo_record(noun: Noun, changed: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """The days of a new record in words, so that a day meant in another order is noticed; of a corrected one what changed.

    A pupil's name is not told.
    """
    told = list_days(noun) if changed is None else list_changes(type(noun), changed)
    return (f"{noun.ref}: {', '.join(told)}",) if told else ()


def list_changes(record: type[Form], changed: Mapping[str, Any]) -> list[str]:
    """What changed, each fact with its new value; of free text only that it did, since a name can be in it."""
    kinds = field_types(record)
    return [
        f"{label(name)} changed"
        if is_free_text(kinds[name][0])
        else f"{label(name)} {fact_text(fact, kinds[name][0])}"
        for name, fact in changed.items()
    ]


def is_free_text(kind: Any) -> bool:
    """Whether a fact is what somebody writes in words of their own, or a list of such, or identifies a child."""
    return kind in (str, Upn, Sites) or str in get_args(kind)


def list_days(record: Record) -> list[str]:
    """The days of a record, each in words with its weekday."""
    told = []
    for question in questions(type(record)):
        fact = getattr(record, question.name)
        if isinstance(fact, date):
            told.append(f"{label(question.name)} {words(fact, weekday=True)}")
        elif isinstance(fact, Periods) and fact.spells:
            told.append(f"{label(question.name)} {fact}")
        elif isinstance(fact, tuple) and fact and isinstance(fact[0], date):
            told.append(
                f"{label(question.name)} {', '.join(words(day, weekday=True) for day in fact)}"
            )
    return told
