"""Kinds of entry: collected from their modules, each with questions that a sample answers."""

from __future__ import annotations

from datetime import date
from types import ModuleType
from typing import ClassVar

import pytest

from ap_cli.domain.entries import KINDS, MODULES, collect_kinds
from ap_cli.domain.entries.entry import Entry
from ap_cli.domain.readers import FILLER
from ap_cli.domain.samples import NEEDS_ANOTHER_RECORD, sample_answer
from ap_cli.forms.form import questions

ON = date(2026, 3, 2)


def module_with(*forms: type[Entry]) -> ModuleType:
    """A module in which these classes are defined."""
    module = ModuleType("made_for_a_test")
    for form in forms:
        form.__module__ = module.__name__
        setattr(module, form.__name__, form)
    return module


class Lunch(Entry, frozen=True, kw_only=True):
    """A lunch."""

    KIND: ClassVar[str] = "lunch"


class Meal(Entry, frozen=True, kw_only=True):
    """Another lunch."""

    KIND: ClassVar[str] = "lunch"


class Base(Entry, frozen=True, kw_only=True):
    """What other kinds inherit from, and no kind itself."""


def test_a_class_in_a_module_is_a_kind_and_what_is_imported_there_is_not() -> None:
    module = module_with(Base, Lunch)
    module.Entry, module.Visit = Entry, KINDS["visit"]  # type: ignore[attr-defined]
    assert collect_kinds([module]) == {"lunch": Lunch}


def test_two_kinds_of_one_name_are_refused_with_both_named() -> None:
    with pytest.raises(ValueError, match=r"two kinds of entry are called lunch: Lunch and Meal"):
        collect_kinds([module_with(Lunch, Meal)])


def test_kinds_are_listed_in_the_order_of_their_modules() -> None:
    names = [form.__module__ for form in KINDS.values()]
    assert list(dict.fromkeys(names)) == [module.__name__ for module in MODULES]
    assert list(KINDS)[:3] == ["visit", "evidence", "risk"] and list(KINDS)[-1] == "meeting"


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_what_it_is_and_what_it_is_about(kind: str) -> None:
    form = KINDS[kind]
    assert form.__doc__, f"{form.__name__}: write a docstring; it is the kind's line in help"
    assert form.ABOUT and set(form.ABOUT) <= {"placement", "pupil", "provider"}, (
        f"{form.__name__}.ABOUT: name placement, pupil or provider, not {form.ABOUT}"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_reads_its_sample_answer(kind: str) -> None:
    for question in questions(KINDS[kind]):
        if question.item not in NEEDS_ANOTHER_RECORD:
            FILLER.read(question, sample_answer(question), ON)
