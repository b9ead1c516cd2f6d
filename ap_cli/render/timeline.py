"""What happened, told in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ..domain.days import words
from ..domain.entries import Entry
from ..domain.facts import Unknown
from ..domain.forms import Noun, questions
from ..domain.placement import Placement
from .data import entry_data
from .nouns import label, say
from .result import Result, View


def show_timeline(about: Noun, found: list[tuple[Noun, Entry]], on: date) -> Result:
    """A timeline: for programs the entries, for people the start and the end of a placement among them."""

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterable[str]:
        list(rows)
        told = [(entry.day, subject.ref, f"{entry.ref} {summary(entry)}") for subject, entry in found]
        if isinstance(about, Placement):
            told.append((about.starts, about.ref, "starts" if about.starts > on else "started"))
            if about.ended is not None:
                told.append((about.ended, about.ref, f"ended: {about.end_reason}"))
        for day, ref, text in sorted(told, key=lambda each: each[0]):
            yield f"{words(day)}  {ref}  {text}"
        if not told:
            yield f"nothing is recorded of {about.ref} yet"

    return Result(
        "timeline", [entry_data(entry, subject.ref) for subject, entry in found], ("day", "ref", "kind", "subject", "by", "note"), lines=lines
    )


def summary(entry: Entry) -> str:
    """An entry in a line: its kind and what is recorded of it."""
    told = []
    for question in questions(type(entry)):
        fact = getattr(entry, question.name)
        if question.name != "day" and not isinstance(fact, Unknown):
            told.append(f"{label(question.name)} {say(fact, question.type)}")
    return f"{entry.KIND}: {'; '.join(told)}" if told else entry.KIND
