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


class Line(Record, frozen=True):
    """A field of the sheet: its name, its value or the gap, and the command that fills it."""

    field: str
    value: Fact[str]
    command: str


def sheet(
    placement: Placement, pupil: Pupil, provider: Provider, visitor: Fact[str]
) -> tuple[Line, ...]:
    """The fields of the sheet in its order; `visitor` made the visit before the placement."""
    edit = f"ap placement edit {placement.ref}"
    return (
        Line("School name", told(pupil.home_school), f"ap pupil edit {pupil.ref} --home-school …"),
        Line("Pupil name", pupil.name, f"ap pupil edit {pupil.ref} --name …"),
        Line("Pupil date of birth", words(pupil.born), f"ap pupil edit {pupil.ref} --born …"),
        Line("Alternative provision", provider.name, f"ap provider edit {provider.ref} --name …"),
        Line("Hours a week", hours(placement.weekly_minutes), f"{edit} --hours …"),
        Line("Proposed start", words(placement.starts), f"{edit} --starts …"),
        Line("Proposed end", told(placement.ends), f"{edit} --ends …"),
        Line("Learning outcomes, success", told(placement.success), f"{edit} --success …"),
        Line("Exit strategy", told(placement.exit_strategy), f"{edit} --exit-strategy …"),
        Line(
            "Visited before by",
            visitor,
            f"ap record visit {placement.ref} --purpose pre-placement --by … --day …",
        ),
        Line("Completed by", told(placement.completed_by), f"{edit} --completed-by …"),
        Line(
            "Their contact details",
            told(placement.completed_contact),
            f"{edit} --completed-contact …",
        ),
    )


def told(fact: Fact[Any]) -> Fact[str]:
    """A fact in words, or the gap."""
    if not recorded(fact):
        return fact if isinstance(fact, Unknown) else Unknown("sheet")
    return words(fact) if isinstance(fact, date) else str(fact)
