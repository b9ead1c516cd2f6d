"""AP3: the risks of the place, and of this child there."""

from __future__ import annotations

from datetime import date

from ..domain.provider import Risk
from ..forms.facts import recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import needs_every_check, works_where_nobody_regulates
from .on_record import OnRecord, describe_missing, missing, write_answers
from .rule import BEFORE, LOCAL, SHOULD, PlacementRule, Says, condition
from .safety import CHECK_THE_PROVIDER, CHECKS
from .task import About, Remedy, Weight, about
from .valid import RENEW, describe_outdated, list_outdated

HIGHER = Risk.HIGHER
CHECKED = ("risk.checked",)
TOLD = ("risk.parents_told", "risk.commissioner_told")
COMPETENT = "risk.competent_person"
LEAD = "the risk assessment does not answer"


@once
def risk_gaps(case: PlacementCase) -> tuple[str, ...]:
    """Name what is missing of the health and safety check, in proportion to the place's risk."""
    gaps = missing(case, CHECKED, TOLD)
    risk = case.provider.risk
    higher = recorded(risk) and risk == HIGHER
    unseen = higher and not recorded(case.said(COMPETENT))
    return (*gaps, COMPETENT) if unseen else gaps


@once
def risk_outdated(case: PlacementCase) -> tuple[str, ...]:
    """Name what was last checked of health and safety too long ago to count."""
    risk = case.provider.risk
    higher = recorded(risk) and risk == HIGHER
    return list_outdated(case, (*CHECKED, COMPETENT) if higher else CHECKED)


def is_to_be_renewed(case: PlacementCase) -> bool:
    """Tell whether nothing is missing but a check that still counts."""
    return bool(risk_outdated(case)) and not risk_gaps(case)


class HealthAndSafetyIsChecked(PlacementRule):
    """Health and safety is checked, and parents know of significant risks.

    The check fits the risk. For higher-risk work (construction, farming, manufacturing, motor
    vehicles, workshops, machinery) a named competent person has seen the place. The parents and the
    commissioner know of significant risks and how they are controlled. The check counts for a year;
    then check again.
    """

    id, severity, sources = "AP306", SHOULD, ("AP guide", "HB App 3")
    task, key, label = CHECK_THE_PROVIDER, "safety", "Health and safety not checked"
    stage, group = BEFORE, CHECKS
    applies = works_where_nobody_regulates

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        if missing(case, CHECKED, TOLD) or risk_outdated(case):
            return False
        seen = recorded(case.said(COMPETENT)) and not list_outdated(case, (COMPETENT,))
        return seen or case.provider.risk != HIGHER

    def problem(self, case: PlacementCase) -> str:
        if is_to_be_renewed(case):
            days = filter(None, map(case.said_on, risk_outdated(case)))
            what = f"health and safety at {case.provider.name} was last checked"
            return describe_outdated(case, what, min(days))
        nothing = "you have not checked health and safety at the provider"
        return describe_missing(case, nothing, LEAD, risk_gaps(case) or CHECKED)

    def task_for(self, case: PlacementCase) -> str:
        return RENEW if is_to_be_renewed(case) else self.task

    def remedy(self, case: PlacementCase) -> Remedy:
        gaps = risk_gaps(case) or risk_outdated(case) or CHECKED
        either = (*CHECKED, COMPETENT)
        about_child = any(name == "risk.parents_told" for name in gaps)
        record = about(case.placement) if about_child else about(case.provider)
        return write_answers(record, "risk", gaps, either)


class RiskIsAssessed(OnRecord):
    """Questions of a risk assessment are answered."""

    group = CHECKS
    applies = needs_every_check
    lead = LEAD


class RiskForThisChildIsAssessed(RiskIsAssessed):
    """The risk for this child is assessed with the provider.

    Each child brings risks of their own. Write them down, talk them through with the provider, and
    say whether the provider has to be a registered school.
    """

    id, severity, sources = "AP312", SHOULD, ("KCSIE", "HB 1.2", "HB App 3")
    task, key, label = "Assess the risk for this child", "risk", "Risk assessments missing"
    weight = Weight.CHILD
    answers, yes = ("risk.this_child", "risk.must_register"), ("risk.discussed",)
    nothing = "you have not assessed the risk for this child"


@condition("the work is of higher risk (AP306 asks)", within=works_where_nobody_regulates)
def is_of_lower_risk(case: PlacementCase) -> bool:
    """Whether AP306 does not ask for the check of the place already."""
    risk = case.provider.risk
    return not (recorded(risk) and risk == HIGHER)


class CompetentPersonSawThePlace(RiskIsAssessed):
    """A competent person has checked the place, and the provider has stated its risks.

    The county asks for a check of the place itself, whatever its risk, and for the provider's
    statement of significant risks and how it controls them.
    """

    id, severity, sources = "AP313", LOCAL, ("HB App 3",)
    task, key, label = CHECK_THE_PROVIDER, "premises", "Places not seen by a competent person"
    applies = is_of_lower_risk
    answers, yes = (COMPETENT,), ("risk.statement",)
    nothing = (
        "no competent person has checked the place,"
        " and the provider has given no statement of its risks"
    )

    def record(self, case: PlacementCase) -> About:
        return about(case.provider)


class WorkIsSafeForYoungPeople(RiskIsAssessed):
    """Work there is safe for young people.

    The provider knows which work young people may not do. Induction, supervision and protective
    equipment are in place. The pupil knows whom to tell of a danger.
    """

    id, severity, sources = "AP314", SHOULD, ("AP guide", "HB App 3")
    task, key, label = (
        "Check that work there is safe for the pupil",
        "work",
        "Work safety not checked",
    )
    applies = works_where_nobody_regulates
    yes = ("risk.limits_known", "risk.safe_working", "risk.pupil_knows")
    nothing = "you have not asked the provider whether work there is safe for young people"
