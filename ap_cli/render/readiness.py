"""Readiness to return: a line for each statement, a column for each day, and the change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..domain.entries.after import DEGREES
from ..domain.readiness import Scored, score
from .result import Result, View
from .show import cell_text

CHANGED = {True: "better", False: "worse"}


def show_readiness(ref: str, found: Sequence[Scored]) -> Result:
    """Each statement of readiness with its scores over time."""
    days = sorted({day for each in found for day, _ in each.degrees})

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        if not days:
            yield f"readiness for {ref} has not been judged yet: ap record readiness {ref}"
            return
        degrees = ", ".join(
            f"{number} {degree.value.replace('-', ' ')}" for number, degree in enumerate(DEGREES)
        )
        yield f"{ref}: {degrees}"
        wide = max(len(each.question.text) for each in found)
        yield f"  {'':<{wide}}  " + "  ".join(f"{cell_text('day', day):<11}" for day in days)
        for each in found:
            at = dict(each.degrees)
            scores = "  ".join(f"{score(at[day]) if day in at else '·':<11}" for day in days)
            change = CHANGED[each.change > 0] if each.change else ""
            yield f"  {each.question.text:<{wide}}  {scores}  {change}".rstrip()
        for each in found:
            if each.degrees and score(each.degrees[-1][1]) < len(DEGREES) - 1:
                yield meaning_line(each)

    return Result(
        "readiness",
        [statement_data(each) for each in found],
        ("statement", "question", "change"),
        lines,
    )


def meaning_line(each: Scored) -> str:
    """What a statement means, for one that is not fully true yet."""
    return f"  {each.question.text} {each.question.hint}"


def statement_data(each: Scored) -> dict[str, Any]:
    """A statement as data."""
    scores = [
        {"day": day, "degree": degree, "score": score(degree)} for day, degree in each.degrees
    ]
    return {
        "statement": each.question.name,
        "question": each.question.text,
        "means": each.question.hint,
        "scores": scores,
        "change": each.change,
    }
