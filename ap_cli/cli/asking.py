"""Answers gathered: what was given, and on a terminal what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ..domain.placement import Placement
from ..domain.readers import fill, refuse_wrong
from ..errors import AnswersMissing, BadAnswers
from ..forms.form import Form, Noun
from ..services import records
from .settings import Settings

F = TypeVar("F", bound=Form)
N = TypeVar("N", bound=Noun)
T = TypeVar("T")


def answer_form(
    settings: Settings, form: type[F], given: Mapping[str, Any], base: F | None = None
) -> F:
    """The form filled in: on a terminal what is required and missing is asked for."""
    if settings.interactive:
        from ..interview.asking import ask_form

        given = ask_form(form, given, settings.today, base=base)
    return fill(form, given, settings.today, settings.author.who, base)


def keep_form(
    settings: Settings,
    form: type[F],
    given: Mapping[str, Any],
    keep: Callable[[F], T],
    offered: Mapping[str, str] | None = None,
) -> T:
    """What `keep` made of the form; on a terminal what it refuses is said and changed, so that nothing typed is lost."""
    if not settings.interactive:
        return keep(fill(form, given, settings.today, settings.author.who))
    from ..interview.asking import ask_again, ask_form

    answers = ask_form(form, given, settings.today, everything=True, offered=offered)
    while True:
        try:
            return keep(fill(form, answers, settings.today, settings.author.who))
        except BadAnswers as problem:
            answers = ask_again(form, answers, settings.today, str(problem))


def choose_record(
    settings: Settings,
    record: type[N],
    reference: str | None,
    form: type[Form] | None = None,
    given: Mapping[str, Any] | None = None,
) -> N:
    """The record of a reference; left out on a terminal, it is chosen from a list that can be searched.

    `form` and `given` are what else was typed: what is wrong there is said before what is missing.
    """
    if reference is not None:
        _, id = records.subject_of(reference, record)
        return records.get(settings.store, record, id, settings.today)
    if not settings.interactive:
        needed = f"a reference such as {record.PREFIX}-0001"
        refuse_wrong_answers(settings, form, given or {}, needed)
        raise AnswersMissing([needed])
    from ..interview.prompts import choose_from

    labels = (
        records.placement_labels(settings.store, settings.today) if record is Placement else None
    )
    return choose_from(record, list(records.listed(settings.store, record, settings.today)), labels)


def refuse_wrong_answers(
    settings: Settings, form: type[Form] | None, given: Mapping[str, Any], needed: str
) -> None:
    """Raises BadAnswers where an answer is wrong, with the reference and whatever else is missing."""
    if form is None:
        return
    try:
        refuse_wrong(form, given, settings.today)
    except BadAnswers as wrong:
        raise BadAnswers(wrong.problems, [needed, *wrong.missing]) from None
