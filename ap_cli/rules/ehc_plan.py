"""AP1: a pupil's EHC plan is still met in the placement, and the council knows of it."""

from __future__ import annotations

from datetime import date

from ..domain.commissioner import CommissionerKind
from ..domain.entries.after import Notified
from ..domain.entries.before import Notice
from ..domain.entries.entry import Party
from ..domain.periods import holds
from ..forms.facts import Fact, any_of, is_yes, recorded
from .cases.placement import PlacementCase
from .cases.subjects import AnyCase
from .conditions import is_directed_off_site
from .rule import BEFORE, MUST, SHOULD, PlacementRule, Says, Severity, condition
from .task import Edit, Remedy, Weight, Write, about

BOUND_BY_PLANS = (
    CommissionerKind.LOCAL_AUTHORITY,
    CommissionerKind.MAINTAINED_SCHOOL,
    CommissionerKind.ACADEMY,
    CommissionerKind.AP_ACADEMY,
    CommissionerKind.PRU,
)
"""Who has to give what a plan asks for, or do their best. Source: CFA 2014 ss.42, 66."""


@condition("the pupil has no EHC plan")
def has_a_plan(case: PlacementCase) -> Fact[bool]:
    """Whether the pupil has an EHC plan when the placement starts, or on the day that is judged."""
    return any_of(had_a_plan_before(case), holds(case.pupil.ehcp, case.day_judged))


def had_a_plan_before(case: PlacementCase) -> Fact[bool]:
    """Tell whether the pupil has an EHC plan when the placement starts."""
    return holds(case.pupil.ehcp, case.placement.starts)


def is_withheld(case: PlacementCase) -> bool:
    """Tell whether it is recorded that what section F asks for is not given."""
    given = case.placement.section_f_given
    return recorded(given) and not given


def is_agreed(case: PlacementCase) -> bool:
    """Tell whether it is recorded that what section F asks for is given, and how."""
    return recorded(case.placement.section_f_given) and recorded(case.placement.section_f)


def is_for_the_council(case: PlacementCase) -> bool:
    """Tell whether the council arranges the placement, or somebody who acts for it."""
    acted_for = case.placement.for_authority
    if is_yes(acted_for):
        return True
    return recorded(case.commissioner) and case.by_an_authority


def council_knows(case: PlacementCase) -> bool:
    """Tell whether the council was told before the start, or another rule or nobody asks that.

    Nobody asks it of a placement that is arranged for the council, or that began before the plan.
    """
    if is_for_the_council(case) or is_directed_off_site(case) or not had_a_plan_before(case):
        return True
    notices = (notice for notice in case.entries.all(Notice) if recorded(notice.given_to))
    told = [notice.day for notice in notices if Party.AUTHORITY in notice.given_to]
    told += [entry.day for entry in case.entries.all(Notified)]
    return any(day < case.placement.starts for day in told)


class PlanIsStillMet(PlacementRule):
    """The EHC plan is met at the place, and the council knows.

    Before the start, tell the council that keeps the EHC plan, and agree how the help in section F
    is given there. The council has to secure it, and a mainstream school has to do its best. A plan
    that is issued during the placement counts from its day. In an off-site direction to a place
    outside the school AP422 asks for the council's notice.
    """

    id, severity, sources = "AP118", MUST, ("CFA 2014 s.42", "CFA 2014 s.66", "HB 2.2")
    task = "Agree how the EHC plan is met there"
    key, label = "ehc-plan", "EHC plans not known to be met"
    weight = Weight.CHILD
    stage = BEFORE
    lighter = SHOULD
    applies = has_a_plan

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def has_time(self, case: PlacementCase) -> bool:
        return not is_withheld(case)

    def weighs(self, case: AnyCase) -> Severity:
        assert isinstance(case, PlacementCase), "the rule is about placements"
        bound = recorded(case.commissioner) and case.commissioner.kind in BOUND_BY_PLANS
        return MUST if is_withheld(case) and bound else SHOULD

    def holds(self, case: PlacementCase) -> Says:
        return not is_withheld(case) and is_agreed(case) and council_knows(case)

    def problem(self, case: PlacementCase) -> str:
        problems = []
        if is_withheld(case):
            problems.append("the pupil is not given what section F of the EHC plan asks for")
        elif not is_agreed(case):
            problems.append("you have not said how section F of the EHC plan is met there")
        if not council_knows(case):
            problems.append("you did not tell the council before the start")
        return "; ".join(problems)

    def task_for(self, case: PlacementCase) -> str:
        if is_withheld(case):
            return "Give what section F of the EHC plan asks for"
        if is_agreed(case):
            return "Tell the council about this placement"
        return self.task

    def remedy(self, case: PlacementCase) -> Remedy:
        record = about(case.placement)
        if is_withheld(case) or not is_agreed(case):
            return Edit(record, ("section_f_given", "section_f"), yes=("section_f_given",))
        return Write(record, Notified.KIND, ("by", "number"))
