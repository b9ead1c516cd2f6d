"""Changes to a placement: its end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from ..domain.days import words
from ..domain.placement import Ending, Placement
from ..errors import ApError, BadAnswers
from ..store.author import Author
from .records import correct


def end(path: Path, placement: Placement, ending: Ending, author: Author, today: date) -> Placement:
    """Ends a placement on its last day; BadAnswers where that is before its start or still to come."""
    if placement.ended is not None:
        raise ApError(f"{placement.ref} ended on {words(placement.ended)} already")
    if ending.day < placement.starts:
        raise BadAnswers([f"--day: {words(ending.day)} is before {placement.ref} starts, on {words(placement.starts)}"])
    if ending.day > today:
        raise BadAnswers(
            [f"--day: {words(ending.day)} is after {words(today)}: a planned end is set with `ap placement edit {placement.ref} --ends`"]
        )
    return correct(path, placement, with_ending(placement, ending), author, today, "end placement")


def with_ending(placement: Placement, ending: Ending) -> Placement:
    """The placement as it is once it has ended."""
    return replace(placement, ended=ending.day, end_reason=ending.reason, destination=ending.destination)
