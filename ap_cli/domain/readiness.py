"""Readiness to return, scored over time: each statement on each day, and how it has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..forms.facts import recorded
from ..forms.form import Question, Record, questions
from .entries.after import DEGREES, Degree, Readiness


class Scored(Record, frozen=True):
    """A statement with its degree on each day on which it was judged, in order of the days."""

    question: Question
    degrees: tuple[tuple[date, Degree], ...]

    @property
    def change(self) -> int:
        """How much higher its score is than the first one; 0 if it was judged a single time."""
        scores = [score(degree) for _, degree in self.degrees]
        return scores[-1] - scores[0] if scores else 0


def score(degree: Degree) -> int:
    """Return a degree as a score, from 0, not yet, to 3, yes."""
    return DEGREES.index(degree)


def score_statements(entries: Sequence[Readiness]) -> tuple[Scored, ...]:
    """List every statement of readiness with its degrees over time, if it was ever judged."""
    statements = [question for question in questions(Readiness) if question.item is Degree]
    return tuple(
        Scored(
            question,
            tuple(
                (entry.day, fact)
                for entry in entries
                if recorded(fact := getattr(entry, question.name))
            ),
        )
        for question in statements
    )
