"""AP3: the risks of the place, and of this child there."""

from __future__ import annotations

from ..domain.provider import Risk
from ..forms.facts import recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import before_the_start, goes_where_nobody_inspects
from .engine import rule
from .on_record import missing, on_record, record_command, told_missing
from .rule import BEFORE, LOCAL, SHOULD, Says
from .safety import CHECKS

HIGHER = Risk.HIGHER
CHECKED, TOLD, COMPETENT = (
    ("risk.checked",),
    ("risk.parents_told", "risk.commissioner_told"),
    "risk.competent_person",
)


@once
def risk_gaps(case: PlacementCase) -> tuple[str, ...]:
    """What of the check of health and safety is missing, in proportion to the risk of the place."""
    gaps = missing(case, CHECKED, TOLD)
    risk = case.provider.risk
    higher = recorded(risk) and risk == HIGHER
    return (*gaps, *([COMPETENT] if higher and not recorded(case.said(COMPETENT)) else []))


@rule(
    "AP306",
    "health and safety is checked in proportion to the risk, and significant risks are told to parents and commissioner",
    SHOULD,
    cites=["HB App 3"],
    applies=goes_where_nobody_inspects,
    due=before_the_start,
    stage=BEFORE,
    group=CHECKS,
    breach=lambda case: told_missing(case, "risk assessment", risk_gaps(case) or CHECKED),
    remedy=lambda case: record_command(case, "risk", risk_gaps(case) or CHECKED),
)
def risk_is_checked_in_proportion(case: PlacementCase) -> Says:
    """The check fits the place: where the risk is higher, a competent person has seen it, by name.

    Construction, agriculture, manufacturing, motor vehicles, workshops and machinery are of higher risk. Parents and the
    commissioner know of significant risks and how they are controlled.
    """
    if missing(case, CHECKED, TOLD):
        return False
    return case.provider.risk != HIGHER or recorded(case.said(COMPETENT))


this_childs_risks_are_assessed = on_record(
    "AP312",
    "a risk assessment for this child is recorded, discussed with the provider, and says whether the provider has to be registered",
    SHOULD,
    "risk assessment of this child",
    ("risk.this_child", "risk.must_register"),
    "Each child brings risks of its own: they are written down, talked through with the provider, and with them whether it has to be a school.",
    yes=("risk.discussed",),
    cites=["HB 1.2", "HB App 3"],
    applies=goes_where_nobody_inspects,
    group=CHECKS,
)
place_was_seen_by_a_competent_person = on_record(
    "AP313",
    "a competent person checked the place, and the provider's statement of significant risks is held",
    LOCAL,
    "risk assessment",
    (COMPETENT,),
    "The county asks for a check of the place itself and for the provider's statement of significant risks and controls, whatever the place.",
    yes=("risk.statement",),
    cites=["HB App 3"],
    applies=goes_where_nobody_inspects,
    group=CHECKS,
)
work_is_safe_for_the_young = on_record(
    "AP314",
    "the provider knows the limits on young people's work, works safely, and the pupil knows whom to tell",
    SHOULD,
    "risk assessment",
    (),
    "The provider knows what young people may not do; induction, supervision and protective equipment are in place; the pupil knows whom to tell.",
    yes=("risk.limits_known", "risk.safe_working", "risk.pupil_knows"),
    cites=["HB App 3"],
    applies=goes_where_nobody_inspects,
    group=CHECKS,
)
