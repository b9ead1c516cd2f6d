"""The path of a placement: what the rules ask to be on record before, during and after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..domain.days import from_today, words
from ..forms.text import printable
from ..services.path import PlacementPath, Step
from .command import spell

DONE, LATE, TO_COME = "#", "!", "-"


def path_data(path: PlacementPath) -> dict[str, Any]:
    """The path and the next things to do, as data."""
    stages = {
        stage.stage: {"done": stage.done, "late": stage.late, "to_come": stage.to_come}
        for stage in path.stages
    }
    return {"path": stages, "next": [step_data(step) for step in path.next]}


def step_data(step: Step) -> dict[str, Any]:
    """One thing to do, as data."""
    return {
        "rule": step.rule,
        "message": step.message,
        "due": step.due,
        "command": spell(step.remedy),
    }


def path_lines(path: PlacementPath, on: date) -> Iterator[str]:
    """The path as bars, and the next things to do, each with its command."""
    yield f"path  ({DONE} done, {LATE} late, {TO_COME} to come)"
    for stage in path.stages:
        bar = DONE * stage.done + LATE * stage.late + TO_COME * stage.to_come
        parts = [f"{stage.done} of {len(bar)} done"]
        parts += [f"{stage.late} late"] if stage.late else []
        parts += [f"{stage.to_come} to come"] if stage.to_come else []
        yield f"  {stage.stage:<7} [{bar}] {', '.join(parts)}"
    yield "next" if path.next else "next  nothing to do"
    for step in path.next:
        when = f"by {words(step.due)}, {from_today((step.due - on).days)}: " if step.due else ""
        yield printable(f"  {when}{step.message} ({step.rule})")
        yield printable(f"    → {spell(step.remedy)}")
