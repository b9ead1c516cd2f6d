"""AP8: telling the local authority."""

from __future__ import annotations

from datetime import date

from ..domain.entries.after import Notified
from ..domain.sheet import SheetLine, make_sheet
from ..forms.facts import Fact, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import before_the_start, outside_the_school
from .engine import rule
from .rule import BEFORE, DURING, LOCAL, SHOULD, Says


def is_the_schools_to_tell(case: PlacementCase) -> Fact[bool]:
    """Whether the placement is outside the school and an authority does not commission it."""
    return case.external and not case.by_an_authority


def to_be_told_by(case: PlacementCase) -> date:
    """The day by which the authority is told."""
    return case.calendar.estimated_school_day(
        case.placement.starts, case.figures["notified.school_days"]
    )


@rule(
    "AP801",
    "the local authority was told of the placement",
    SHOULD,
    cites=["HB 2.5", "HB App 1"],
    applies=is_the_schools_to_tell,
    due=to_be_told_by,
    stage=DURING,
    breach=lambda case: "nobody has recorded that the local authority was told of the placement",
    remedy=lambda case: (
        f"ap placement sheet {case.ref}, then ap record notified {case.ref} --by … --number …"
    ),
)
def authority_was_told(case: PlacementCase) -> Says:
    """The authority keeps an eye on all children outside school: it hears of each placement. Five school days are our own measure."""
    return case.entries.latest(Notified) is not None


@once
def gaps(case: PlacementCase) -> list[SheetLine]:
    """The fields of the placement sheet that cannot be filled."""
    lines = make_sheet(case.placement, case.pupil, case.provider, case.visitor)
    return [line for line in lines if not recorded(line.value)]


@rule(
    "AP802",
    "every field of the placement sheet can be filled",
    LOCAL,
    cites=["HB App 1"],
    applies=outside_the_school,
    due=before_the_start,
    stage=BEFORE,
    breach=lambda case: (
        f"the placement sheet cannot be filled: {', '.join(line.field.lower() for line in gaps(case))}"
    ),
    remedy=lambda case: (
        gaps(case)[0].command
        if len(gaps(case)) == 1
        else f"ap placement sheet {case.ref} names the command of each"
    ),
)
def sheet_can_be_filled(case: PlacementCase) -> Says:
    """The form by which the authority is told asks for what a well planned placement has recorded anyway."""
    return not gaps(case)
