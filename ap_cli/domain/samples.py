"""A typed answer for a question of any type: examples in help and tests are made of them."""

from __future__ import annotations

from ..forms.form import Form, Question, questions
from .entries.before import Attachment
from .entries.entry import EntryRef
from .readers import FILLER

NEEDS_ANOTHER_RECORD = (EntryRef, Attachment)
"""Types whose answers name something that is there already, which no example can know."""

OF_EVERY_KIND = ("by", "note")
OF_AN_EXAMPLE = 3
"""Questions that an example in the help answers, unless more are required."""


def sample_answer(question: Question) -> str | bool:
    """Return an answer as it would be typed; raise TypeError for a type without a sample."""
    reader = FILLER.reader(question)
    if reader.choices:
        return reader.choices[0]
    if not reader.sample:
        raise TypeError(f"{question.name}: the reader of {question.item} has no sample; add one")
    return reader.sample


def sample_options(form: type[Form], most: int = OF_AN_EXAMPLE) -> list[str]:
    """Return the words that answer a form on the command line.

    They answer what is required, then its first questions up to `most`.
    """
    own = [one for one in questions(form) if one.item not in NEEDS_ANOTHER_RECORD]
    required = [one for one in own if one.required and one.name != "day"]
    others = [one for one in own if not (one.required or one.when or one.name in OF_EVERY_KIND)]
    words = []
    for question in (*required, *others[: max(0, most - len(required))]):
        answer = sample_answer(question)
        words += [question.flag] if answer is True else [question.flag, str(answer)]
    return words
