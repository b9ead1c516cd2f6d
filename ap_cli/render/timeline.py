"""What happened, told in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ..domain.days import words
from ..domain.entries.entry import Entry
from ..domain.facts import Unknown
from ..domain.forms import Noun, questions
from ..domain.placement import Placement
from ..domain.text import label
from .data import entry_data, entry_keys
from .nouns import say
from .result import Result, View


def show_timeline(placements: list[Placement], about: Noun, found: list[tuple[Noun, Entry]], on: date) -> Result:
    """A timeline, with the start and the end of each placement among what happened."""
    entries = [entry_data(entry, subject.ref) | {"told": f"{entry.ref} {summary(entry)}"} for subject, entry in found]
    rows = sorted([*(event for one in placements for event in events(one, on)), *entries], key=lambda row: row["day"])

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterable[str]:
        told = [f"{words(row['day'])}  {row['subject']}  {row['told']}" for row in rows]
        return told or [f"nothing is recorded of {about.ref} yet"]

    return Result("timeline", rows, ("day", "ref", "kind", "subject", "told"), lines=lines, keys=(*entry_keys(), "told"))


def events(placement: Placement, on: date) -> Iterable[dict[str, Any]]:
    """The start of a placement, and its end once it has come."""
    yield {"ref": None, "kind": "start", "subject": placement.ref, "day": placement.starts, "told": "starts" if placement.starts > on else "started"}
    if placement.ended is not None and placement.ended <= on:
        yield {"ref": None, "kind": "end", "subject": placement.ref, "day": placement.ended, "told": f"ended: {placement.end_reason}"}


def summary(entry: Entry) -> str:
    """An entry in a line: its kind and what is recorded of it."""
    told = []
    for question in questions(type(entry)):
        fact = getattr(entry, question.name)
        if question.name != "day" and not isinstance(fact, Unknown):
            told.append(f"{label(question.name)} {say(fact, question.type)}")
    return f"{entry.KIND}: {'; '.join(told)}" if told else entry.KIND
