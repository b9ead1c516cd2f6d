"""`--if FIELD=OLD`: an edit that is refused unless a field still holds what somebody saw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ..domain.pupil import Pupil
from ..errors import ApError, BadAnswers
from ..forms.facts import Unknown, recorded
from ..forms.form import Form, Question, field_types, gap_name, question, questions
from ..forms.text import SHOWS_TYPED, echo, shortened
from ..render.nouns import fact_text, is_free_text
from ..services.meanwhile import Changed, Meanwhile
from .settings import Settings


def read_expected(settings: Settings, record: Form, texts: Sequence[str]) -> Mapping[str, Any]:
    """Map the fields that `--if` names to what they have to hold; an empty one is a gap.

    Raise ApError for what names no question, and BadAnswers for an answer that it cannot have.
    """
    return dict(_read(settings, type(record), text) for text in texts)


def _read(settings: Settings, form: type[Form], text: str) -> tuple[str, Any]:
    from ..domain.readers import answer
    from ..interview.typed import split_answers

    name, parted, old = text.partition("=")
    if not parted:
        raise ApError("--if: type a field, = and what it says now, such as --if hours=12")
    asked = find_question(form, name)
    if not old.strip():
        return asked.name, Unknown(gap_name(form, asked.name))
    typed = split_answers(asked, old) if asked.several else old.strip()
    try:
        return asked.name, answer(asked, {asked.key: typed}, settings.today)
    except ValueError as problem:
        raise BadAnswers([f"--if {asked.key}: {problem}"]) from None


def find_question(form: type[Form], name: str) -> Question:
    """The question that a name means, its key or its field; raise ApError if there is none."""
    from ..forms.readers import suggest

    key = name.strip().lstrip("-").replace("-", "_").lower()
    for asked in questions(form):
        if key in (asked.key, asked.name):
            return asked
    known = [asked.key for asked in questions(form)]
    raise ApError(f"--if: no such question as {echo(name)}{suggest(key, known)}")


@contextmanager
def told_by_flags() -> Iterator[None]:
    """Within the block, a field that is not as expected is refused by the name of its flag."""
    try:
        yield
    except Changed as problem:
        refused = [refuse_unexpected(problem, field) for field in problem.fields]
        raise BadAnswers([*refused, "nothing was changed"]) from None


def refuse_unexpected(problem: Changed, field: Meanwhile) -> str:
    """Say what stands in a field that is not as expected.

    Off a terminal what may tell of a child, free text and all of a pupil, is not repeated.
    """
    asked = question(problem.form, field.name)
    named = f"--if {asked.key if asked else field.name}"
    if not recorded(field.now):
        return f"{named}: {problem.ref} has no answer there now"
    kind = field_types(problem.form)[field.name][0]
    is_private = is_free_text(kind) or problem.form is Pupil
    if is_private and not SHOWS_TYPED.get():
        return f"{named}: {problem.ref} has another answer there now"
    return f"{named}: {problem.ref} has {shortened(fact_text(field.now, kind))} there now"
