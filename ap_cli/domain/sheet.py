"""The placement sheet with which the local authority is told of a placement. Source: HB App 1."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Record
from ..forms.text import hours
from .days import words
from .placement import Placement
from .provider import Provider
from .pupil import Pupil


class SheetLine(Record, frozen=True):
    """A field of the sheet: its name, its value or the gap, and the command that fills it."""

    field: str
    value: Fact[str]
    command: str


def make_sheet(
    placement: Placement, pupil: Pupil, provider: Provider, visitor: Fact[str]
) -> tuple[SheetLine, ...]:
    """The fields of the sheet in its order; `visitor` made the visit before the placement."""
    edit = f"ap placement edit {placement.ref}"
    return (
        SheetLine(
            "School name",
            sheet_value(pupil.home_school),
            f"ap pupil edit {pupil.ref} --home-school …",
        ),
        SheetLine("Pupil name", pupil.name, f"ap pupil edit {pupil.ref} --name …"),
        SheetLine("Pupil date of birth", words(pupil.born), f"ap pupil edit {pupil.ref} --born …"),
        SheetLine(
            "Alternative provision", provider.name, f"ap provider edit {provider.ref} --name …"
        ),
        SheetLine("Hours a week", hours(placement.weekly_minutes), f"{edit} --hours …"),
        SheetLine("Proposed start", words(placement.starts), f"{edit} --starts …"),
        SheetLine("Proposed end", sheet_value(placement.ends), f"{edit} --ends …"),
        SheetLine(
            "Learning outcomes, success", sheet_value(placement.success), f"{edit} --success …"
        ),
        SheetLine(
            "Exit strategy", sheet_value(placement.exit_strategy), f"{edit} --exit-strategy …"
        ),
        SheetLine(
            "Visited before by",
            visitor,
            f"ap record visit {placement.ref} --purpose pre-placement --by … --day …",
        ),
        SheetLine("Completed by", sheet_value(placement.completed_by), f"{edit} --completed-by …"),
        SheetLine(
            "Their contact details",
            sheet_value(placement.completed_contact),
            f"{edit} --completed-contact …",
        ),
    )


def sheet_value(fact: Fact[Any]) -> Fact[str]:
    """A fact in words, or the gap."""
    if not recorded(fact):
        return fact if isinstance(fact, Unknown) else Unknown("sheet")
    return words(fact) if isinstance(fact, date) else str(fact)
