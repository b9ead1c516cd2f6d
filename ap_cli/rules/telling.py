"""AP8: telling the council."""

from __future__ import annotations

from datetime import date

from ..domain.entries.after import Notified
from ..domain.sheet import SheetLine, make_sheet
from ..forms.facts import recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import outside_the_school
from .gaps import remedy_for_line
from .rule import BEFORE, LOCAL, SHOULD, PlacementRule, Says, condition
from .school_days import DueInSchoolDays, SchoolDay
from .task import Remedy, Write, about

SHEET = "sheet"


@condition("the council arranges the placement itself", within=outside_the_school)
def is_the_schools_to_tell(case: PlacementCase) -> bool:
    """Whether no council commissions the placement, so that the school tells it."""
    return not case.by_an_authority


class CouncilKnowsOfThePlacement(DueInSchoolDays):
    """The council knows of the placement.

    The council keeps an eye on every pupil outside school, so tell it about each placement. Five
    school days are our own figure.
    """

    id, severity, sources = "AP801", SHOULD, ("AP guide", "HB 2.5", "HB App 1")
    task, key, label = (
        "Tell the council about this placement",
        "council",
        "Placements the council does not know of",
    )
    applies = is_the_schools_to_tell

    def counted_from(self, case: PlacementCase) -> SchoolDay:
        return case.placement.starts, case.figures["notified.school_days"]

    def holds(self, case: PlacementCase) -> Says:
        return case.entries.latest(Notified) is not None

    def problem(self, case: PlacementCase) -> str:
        return "you have not told the council about this placement"

    def remedy(self, case: PlacementCase) -> Remedy:
        first = "send the council the placement sheet"
        return Write(about(case.placement), Notified.KIND, ("by", "number"), first=first)


@once
def list_missing_lines(case: PlacementCase) -> list[SheetLine]:
    """List the lines of the placement sheet that cannot be filled."""
    lines = make_sheet(case.placement, case.pupil, case.provider, case.visitor)
    return [line for line in lines if not recorded(line.value)]


class PlacementSheetIsComplete(PlacementRule):
    """The placement sheet is complete.

    The placement sheet is the form that tells the council of a placement. It asks only for what a
    well-planned placement has anyway.
    """

    id, severity, sources = "AP802", LOCAL, ("HB App 1",)
    task, key, label = "Complete the placement sheet", "sheet", "Placement sheets not complete"
    stage = BEFORE
    applies = is_the_schools_to_tell

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        return not list_missing_lines(case)

    def problem(self, case: PlacementCase) -> str:
        names = ", ".join(line.field.lower() for line in list_missing_lines(case))
        return f"the council still needs for the placement sheet: {names}"

    def remedy(self, case: PlacementCase) -> Remedy:
        lines = list_missing_lines(case)
        if len(lines) == 1:
            return remedy_for_line(lines[0])
        return Write(about(case.placement), SHEET)
