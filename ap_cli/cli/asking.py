"""Answers gathered: what was given, and on a terminal what is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from ..domain.answers import fill
from ..domain.forms import Noun, Record
from ..errors import AnswersMissing
from ..services import records
from .settings import Settings

F = TypeVar("F", bound=Record)
N = TypeVar("N", bound=Noun)


def answered(settings: Settings, form: type[F], given: Mapping[str, Any], base: F | None = None, everything: bool = False) -> F:
    """The form filled in: on a terminal what is required and missing is asked for, or everything that was not given."""
    if settings.interactive:
        from ..wizard.asking import ask_form

        given = ask_form(form, given, settings.today, everything=everything, base=base)
    return fill(form, given, settings.today, settings.author.who, base)


def chosen(settings: Settings, record: type[N], reference: str | None) -> N:
    """The record of a reference; left out on a terminal, it is chosen from a list that can be searched."""
    if reference is not None:
        _, id = records.subject_of(reference, record)
        return records.get(settings.store, record, id, settings.today)
    if not settings.interactive:
        raise AnswersMissing([f"a reference such as {record.PREFIX}-0001"])
    from ..wizard.asking import choose

    return choose(record, list(records.listed(settings.store, record, settings.today)))
