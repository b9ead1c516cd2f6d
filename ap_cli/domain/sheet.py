"""The placement sheet that tells the council about a placement. Source: HB App 1."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Noun, Record
from ..forms.text import hours
from .days import words
from .entries.before import Purpose, Visit
from .placement import Placement
from .provider import Provider
from .pupil import Pupil


class SheetLine(Record, frozen=True):
    """A line of the sheet: its name, its value or the gap, and the questions that fill it.

    `noun` and `ref` name the record that is asked about. `form` is the form that asks: the record's
    own, or a kind of entry. `known` are answers that are filled in, each with its question's name.
    """

    field: str
    value: Fact[str]
    noun: str
    ref: str
    form: str
    ask: tuple[str, ...]
    known: tuple[tuple[str, str], ...] = ()


def make_sheet(
    placement: Placement, pupil: Pupil, provider: Provider, visitor: Fact[str]
) -> tuple[SheetLine, ...]:
    """Make the lines of the sheet in its order; `visitor` made the visit before the placement."""
    return (
        make_line("School name", pupil, "home_school"),
        make_line("Pupil name", pupil, "name"),
        make_line("Pupil date of birth", pupil, "born"),
        make_line("Alternative provision", provider, "name"),
        make_hours_line(placement),
        make_line("Proposed start", placement, "starts"),
        make_line("Proposed end", placement, "ends"),
        make_line("Learning outcomes, success", placement, "success"),
        make_line("Exit strategy", placement, "exit_strategy"),
        make_visit_line(placement, visitor),
        make_line("Completed by", placement, "completed_by"),
        make_line("Their contact details", placement, "completed_contact"),
    )


def make_line(field: str, record: Noun, name: str) -> SheetLine:
    """Make the line that shows the answer to a question of a record."""
    value = sheet_value(getattr(record, name))
    return SheetLine(field, value, record.NOUN, record.ref, record.NOUN, (name,))


def make_hours_line(placement: Placement) -> SheetLine:
    """Make the line of the hours a week at the provider."""
    value, noun = hours(placement.weekly_minutes), placement.NOUN
    return SheetLine("Hours a week", value, noun, placement.ref, noun, ("weekly_minutes",))


def make_visit_line(placement: Placement, visitor: Fact[str]) -> SheetLine:
    """Make the line of who visited before the placement, which a visit fills."""
    known = (("purpose", Purpose.PRE_PLACEMENT.value),)
    noun, ref = placement.NOUN, placement.ref
    return SheetLine("Visited before by", visitor, noun, ref, Visit.KIND, ("by", "day"), known)


def sheet_value(fact: Fact[Any]) -> Fact[str]:
    """Return a fact in words, or the gap."""
    if not recorded(fact):
        return fact if isinstance(fact, Unknown) else Unknown("sheet")
    return words(fact) if isinstance(fact, date) else str(fact)
