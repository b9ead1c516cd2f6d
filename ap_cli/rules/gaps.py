"""Gaps: what is not recorded, in words, and the remedy that records it."""

from __future__ import annotations

from functools import lru_cache

from ..domain.entries import KINDS
from ..domain.half_terms import TERMS_UNKNOWN
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.sheet import SheetLine
from ..forms.facts import Unknown
from ..forms.form import AnsweredWith, Question, Record, question
from ..forms.text import label
from .cases.placement import PlacementCase
from .cases.provider import ProviderCase
from .cases.pupil import PupilCase
from .cases.subjects import AnyCase
from .task import About, Edit, Known, Nothing, Remedy, Write, about

FORMS: dict[str, type[Record]] = {
    "placement": Placement,
    "provider": Provider,
    "pupil": Pupil,
    **KINDS,
}

TERM_DATES = TERMS_UNKNOWN.fact
"""The name of the gap for days that no term dates cover."""

NO_ALONE = (False,)
"""The answers with which a question is asked only where another is answered with no."""

TERMS = "terms"
"""The form of term dates, which are imported."""


def question_of(fact: str) -> Question | None:
    """Find the question that a fact answers: "pupil.ehcp", or "pupil.ehcp of P-0001"."""
    form, _, name = fact.split(" of ")[0].partition(".")
    return question(FORMS[form], name) if form in FORMS else None


@lru_cache(maxsize=1024)
def as_asked(fact: str) -> str:
    """Quote the question that a fact answers; its name where no question asks for it."""
    asked = question_of(fact)
    return asked.quoted if asked else f"“{label(fact)}”"


def describe_gap(gap: Unknown) -> str:
    """Say what is missing."""
    if gap.fact == TERM_DATES:
        return "no term dates cover these days: import them"
    return f"{gap}{gap_in_words(gap.fact)}"


def task_for_gap(gap: Unknown) -> str:
    """Say what to do about a gap: find out, or import."""
    if gap.fact == TERM_DATES:
        return "Import the term dates"
    return f"Find out: {as_asked(gap.fact.partition(' of ')[0])}"


@lru_cache(maxsize=4096)
def gap_in_words(fact: str) -> str:
    """Say whose fact it is, where it names somebody, and the question that it answers."""
    name, _, whose = fact.partition(" of ")
    return f"{f' ({whose})' if whose else ''}: {as_asked(name)}"


def remedy_for(gap: Unknown, case: AnyCase) -> Remedy:
    """Return what records a missing fact."""
    if gap.fact == TERM_DATES:
        return Write(About("calendar"), TERMS)
    name, _, whose = gap.fact.partition(" of ")
    form, _, field = name.partition(".")
    if question_of(name) is None:
        return Nothing("no question asks for it")
    if form in KINDS and not whose:
        known = asked_with(KINDS[form], field)
        return Write(about_entry(form, case), form, (field,), known=known)
    return Edit(about_form(form, case, whose), (field,))


def remedy_for_line(line: SheetLine) -> Remedy:
    """Return what fills a line of the placement sheet."""
    record = About(line.noun, line.ref)
    if line.form in KINDS:
        return Write(record, line.form, line.ask, known=line.known)
    return Edit(record, line.ask, known=line.known)


def about_form(form: str, case: AnyCase, whose: str) -> About:
    """Name the placement, pupil or provider of a case; or the one that the gap names."""
    if whose:
        return About(form, whose)
    if isinstance(case, PlacementCase):
        return about(getattr(case, form))
    return About(form, case.ref)


def asked_with(form: type[Record], field: str) -> Known:
    """Return the answer that a form must have for a question to be asked at all."""
    asked = question(form, field)
    when = asked.when if asked else None
    if isinstance(when, AnsweredWith) and when.values == NO_ALONE:
        return ((when.name, "no"),)
    return ()


def about_entry(kind: str, case: AnyCase) -> About:
    """Name the record of a case that an entry of a kind is about."""
    if isinstance(case, PlacementCase) and KINDS[kind].ABOUT == (Pupil.NOUN,):
        return about(case.pupil)
    return about_case(case)


def about_case(case: AnyCase) -> About:
    """Name the record that a case is about."""
    if isinstance(case, PlacementCase):
        return about(case.placement)
    if isinstance(case, ProviderCase):
        return about(case.provider)
    if isinstance(case, PupilCase):
        return about(case.pupil)
    return About("", case.ref)
