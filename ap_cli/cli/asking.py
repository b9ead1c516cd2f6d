"""Gathering the answers to a form: those given, and on a terminal those asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
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


def read_day(settings: Settings, text: str, flag: str = "") -> date:
    """Read a day as typed; raise BadAnswers, with the flag, if it cannot be read."""
    from ..forms.readers import read_record_day

    try:
        return read_record_day(text, settings.today)
    except ValueError as problem:
        raise BadAnswers([f"{flag}: {problem}" if flag else str(problem)]) from None


def answer_form(
    settings: Settings, form: type[F], given: Mapping[str, Any], base: F | None = None
) -> F:
    """Fill in a form; on a terminal ask for what is required and missing."""
    if settings.interactive:
        from ..interview.interview import ask_form

        given = ask_form(form, given, settings.today, base=base)
    return fill(form, given, settings.today, settings.author.who, base)


def keep_form(
    settings: Settings,
    form: type[F],
    given: Mapping[str, Any],
    keep: Callable[[F], T],
    offered: Mapping[str, str] | None = None,
) -> T:
    """What `keep` makes of the filled form; on a terminal, refused answers can be changed."""
    if not settings.interactive:
        return keep(fill(form, given, settings.today, settings.author.who))
    from ..interview.interview import ask_form, keep_or_change, review_answers
    from ..interview.steps import Answers

    answers = ask_form(form, given, settings.today, everything=True, offered=offered)

    def keep_filled(answers: Answers) -> T:
        return keep(fill(form, answers, settings.today, settings.author.who))

    def change(answers: Answers, problems: tuple[str, ...]) -> Answers:
        return review_answers(form, answers, settings.today, problems)

    return keep_or_change(answers, keep_filled, change)


def choose_record(
    settings: Settings,
    record: type[N],
    reference: str | None,
    form: type[Form] | None = None,
    given: Mapping[str, Any] | None = None,
) -> N:
    """The record of a reference; without one, a terminal offers a list to search.

    `form` and `given` are the other answers: what is wrong in them is said before what is missing.
    """
    if reference is not None:
        _, id = records.find_subject(settings.store, reference, record)
        return records.get(settings.store, record, id, settings.today)
    if not settings.interactive:
        needed = f"a reference such as {record.PREFIX}-0001"
        refuse_wrong_answers(settings, form, given or {}, needed)
        raise AnswersMissing([needed])
    from ..interview.choosing import choose_from

    labels = (
        records.placement_labels(settings.store, settings.today) if record is Placement else None
    )
    return choose_from(record, list(records.listed(settings.store, record, settings.today)), labels)


def refuse_wrong_answers(
    settings: Settings, form: type[Form] | None, given: Mapping[str, Any], needed: str
) -> None:
    """Raise BadAnswers if an answer is wrong, with the reference and all else that is missing."""
    if form is None:
        return
    try:
        refuse_wrong(form, given, settings.today)
    except BadAnswers as wrong:
        raise BadAnswers(wrong.problems, [needed, *wrong.missing]) from None
