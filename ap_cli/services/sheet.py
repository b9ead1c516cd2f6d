"""Read the placement sheet of a placement in the store."""

from __future__ import annotations

from datetime import date

from ..domain.placement import Placement
from ..domain.sheet import SheetLine
from ..domain.sheet import make_sheet as lines_of
from ..store.opening import Store
from .caseload import Caseload


def sheet(store: Store, placement: Placement, on: date) -> tuple[SheetLine, ...]:
    """List the lines of the sheet, in order."""
    case = next(Caseload(store, on).placement_cases(Placement, placement.id))
    return lines_of(case.placement, case.pupil, case.provider, case.visitor)
