"""The command that mends a gap, made from the question that the fact answers."""

from __future__ import annotations

from functools import lru_cache

from ..domain.calendar import TERMS_UNKNOWN
from ..domain.entries import KINDS
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.text import label
from ..forms.facts import Unknown
from ..forms.form import Question, Record, question
from .cases.placement import Case
from .cases.subjects import AnyCase

FORMS: dict[str, type[Record]] = {
    "placement": Placement,
    "provider": Provider,
    "pupil": Pupil,
    **KINDS,
}

TERM_DATES = TERMS_UNKNOWN.fact
"""The name of the gap for days that no term dates cover."""


def question_of(fact: str) -> Question | None:
    """The question that a fact answers, by its name: "pupil.ehcp", or "pupil.ehcp of P-0001"."""
    form, _, name = fact.split(" of ")[0].partition(".")
    return question(FORMS[form], name) if form in FORMS else None


@lru_cache(maxsize=1024)
def as_asked(fact: str) -> str:
    """The question that a fact answers, in quotation marks; its name where none asks."""
    asked = question_of(fact)
    return asked.quoted if asked else f"“{label(fact)}”"


def flag_and_place(asked: Question, either: bool = False) -> str:
    """A question's flag, with a place for its answer where it takes one; where both yes and no is an answer, both flags.

    What is to be chosen from is parted by a stroke, never by what a shell takes for its own: pasted as it is, it is refused.
    """
    if asked.item is not bool:
        return f"{asked.flag} …"
    return f"{asked.flag}/--no-{asked.flag[2:]}" if either and not asked.flags else asked.flag


def told_gap(missing: Unknown) -> str:
    """What is missing, in a sentence."""
    if missing.fact == TERM_DATES:
        return "no term dates cover these days: import them"
    return f"{missing}{gap_in_words(missing.fact)}"


@lru_cache(maxsize=4096)
def gap_in_words(fact: str) -> str:
    """Whose fact it is, where it is about somebody named by reference, and the question that it answers."""
    name, _, whose = fact.partition(" of ")
    return f"{f' ({whose})' if whose else ''}: {as_asked(name)}"


def remedy_for(missing: Unknown, case: AnyCase) -> str:
    """The command that records a missing fact."""
    if missing.fact == TERM_DATES:
        return "ap terms import FILE.csv"
    form, whose, place = form_whose_and_place(missing.fact)
    if not place:
        return ""
    if form in KINDS:
        return f"ap record {form} {case.ref} {place}"
    return f"ap {form} edit {whose or (getattr(case, form).ref if isinstance(case, Case) else case.ref)} {place}"


@lru_cache(maxsize=4096)
def form_whose_and_place(fact: str) -> tuple[str, str, str]:
    """The form of a fact's question, whose fact it is where that is named, and the flag with a place for its answer; no place where none asks."""
    name, _, whose = fact.partition(" of ")
    asked = question_of(name)
    return name.partition(".")[0], whose, flag_and_place(asked, either=True) if asked else ""
