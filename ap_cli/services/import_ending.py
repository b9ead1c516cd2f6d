"""How a placement ended, as a row of a spreadsheet says it: what is missing stays a gap."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from ..domain.days import words
from ..domain.ending import FACTS, Ending
from ..domain.placement import Placement
from ..domain.readers import answer
from ..forms.form import question
from .import_values import Wrong


def take_ending(answers: dict[str, object]) -> dict[str, object]:
    """Take the answers about the end out of those of a placement, and return them."""
    return {name: answers.pop(name) for name in FACTS if name in answers}


def read_ending(given: dict[str, object], today: date) -> dict[str, Any]:
    """Return the facts of an end; raise Wrong for what cannot be read."""
    facts = {}
    for name, value in given.items():
        asked = question(Ending, FACTS[name])
        try:
            facts[name] = answer(asked, {asked.key: value}, today) if asked else None
        except ValueError as problem:
            raise Wrong(str(problem)) from None
    if not facts.get("never_started"):
        facts.pop("never_started", None)
    return facts


def end_as_said(
    placement: Placement, facts: dict[str, Any], before: Placement | None, today: date
) -> Placement:
    """Return a placement with the facts of an end; raise Wrong if it cannot have ended so.

    It stays as it is without any. An end on record keeps its day.
    """
    if not facts:
        return placement
    day = facts.get("ended") or placement.ended
    if day is None and facts.get("never_started"):
        day = placement.starts
    if day is None:
        raise Wrong(
            "it says how it ended and not when: write the day on which it ended, in a column"
            " “ended”"
        )
    refuse_day(placement, day, before, today, bool(facts.get("never_started")))
    return replace(placement, **{**facts, "ended": day})


def refuse_day(
    placement: Placement, day: date, before: Placement | None, today: date, never: bool
) -> None:
    """Raise Wrong if a placement cannot have ended on a day, or ended on another."""
    if before is not None and before.ended not in (None, day):
        raise Wrong(
            f"{before.ref} ended on {words(before.ended)}: if that was wrong, correct it with ap"
            f" placement end {before.ref} --correct --day {day.isoformat()}, and import again"
        )
    if day < placement.starts:
        starts = words(placement.starts)
        raise Wrong(f"it ended on {words(day)}, before its first day, {starts}: check both")
    if day > today and not never:
        raise Wrong(f"{words(day)} is still to come: write it as the planned last day")
