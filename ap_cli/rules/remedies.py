"""The command that mends a gap, made from the question that the fact answers."""

from __future__ import annotations

from ..domain.entries import KINDS
from ..domain.facts import Unknown
from ..domain.forms import Question, Record, question
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from .case import Case
from .subjects import AnyCase

FORMS: dict[str, type[Record]] = {"placement": Placement, "provider": Provider, "pupil": Pupil, **KINDS}

TERM_DATES = "calendar.terms"
"""The name of the gap where no calendar covers the dates."""


def question_of(fact: str) -> Question | None:
    """The question that a fact answers, by its name: "pupil.ehcp", or "pupil.ehcp of P-0001"."""
    form, _, name = fact.split(" of ")[0].partition(".")
    return question(FORMS[form], name) if form in FORMS else None


def flag_and_place(asked: Question, either: bool = False) -> str:
    """A question's flag, with a place for its answer where it takes one; where both yes and no is an answer, both flags."""
    if asked.item is not bool:
        return f"{asked.flag} …"
    return f"{asked.flag}|--no-{asked.flag[2:]}" if either and not asked.ask.flag else asked.flag


def told_gap(missing: Unknown) -> str:
    """What is missing, in a sentence."""
    if missing.fact == TERM_DATES:
        return "no term dates cover this, so whether a review is overdue cannot be told: import the term dates"
    asked = question_of(missing.fact)
    whose = f" ({missing.fact.split(' of ')[1]})" if " of " in missing.fact else ""
    return f"{missing}{whose}: “{asked.ask.question if asked else missing.fact}”"


def remedy_for(missing: Unknown, case: AnyCase) -> str:
    """The command that records a missing fact."""
    if missing.fact == TERM_DATES:
        return "ap terms import FILE.csv"
    asked = question_of(missing.fact)
    form, _, _ = missing.fact.partition(".")
    if asked is None:
        return ""
    if form in KINDS:
        return f"ap record {form} {case.ref} {flag_and_place(asked, either=True)}"
    return f"ap {form} edit {_whose(missing.fact, form, case)} {flag_and_place(asked, either=True)}"


def _whose(fact: str, form: str, case: AnyCase) -> str:
    if " of " in fact:
        return fact.split(" of ")[1]
    if isinstance(case, Case):
        return {"placement": case.placement.ref, "pupil": case.pupil.ref, "provider": case.provider.ref}[form]
    return case.ref
