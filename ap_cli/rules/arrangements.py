"""AP3 and AP4: what is arranged with the provider, and for the child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..domain.entries.before import Plan, Reintegration
from ..domain.entries.entry import Party
from ..domain.periods import holds
from ..forms.facts import Fact, Unknown, any_of, is_yes, negate, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import (
    OFF_SITE_DIRECTION,
    at_the_first_review,
    goes_to_a_place,
    outside_the_school,
)
from .excluded import is_long_suspension
from .gaps import as_asked
from .kinds import OWN_SITE
from .on_record import (
    InThePlan,
    OnRecord,
    describe_missing,
    join_parts,
    missing,
    write_answers,
)
from .plan import COMPLETE_THE_PLAN
from .rule import (
    ADVISE,
    BEFORE,
    DURING,
    LOCAL,
    SHOULD,
    PlacementRule,
    Says,
    Severity,
    condition,
)
from .safety import CHECKS
from .school_days import DueInSchoolDays, SchoolDay
from .task import Remedy, Who, about
from .valid import describe_outdated, list_outdated

PARENT = Party.PARENT
ARRANGEMENTS = "arrangements for the child"


HOW_REPORTED = ("reporting.absence", "reporting.concerns", "reporting.progress")
"""What is agreed with a provider, whatever the placement."""

CONTACTS = ("reporting.contact_there", "reporting.contact_here")
"""Who is the contact on each side, for one placement."""


class ReportingIsAgreed(OnRecord):
    """You and the provider agree how absence, concerns and progress are reported.

    Agree who tells whom, how and by when: an absence on the same day, a concern at once, progress
    at set times. Record that once with the provider; it counts for a year. Name a contact on both
    sides for each placement.
    """

    id, severity, sources = "AP307", SHOULD, ("AP guide", "KCSIE", "HB 2.5", "HB App 3")
    task = "Agree how absence and concerns are reported"
    key, label = "reporting", "Reporting not agreed"
    group = CHECKS
    applies = outside_the_school
    answers = (*HOW_REPORTED, *CONTACTS)
    lead = "your agreement with the provider does not answer"
    nothing = "you and the provider have not agreed how absence, concerns and progress are reported"

    def holds(self, case: PlacementCase) -> Says:
        return not self.gaps(case) and not list_outdated(case, HOW_REPORTED)

    def problem(self, case: PlacementCase) -> str:
        if self.is_to_be_renewed(case):
            days = filter(None, map(case.said_on, list_outdated(case, HOW_REPORTED)))
            what = f"you and {case.provider.name} last agreed how things are reported"
            return describe_outdated(case, what, min(days))
        return super().problem(case)

    def task_for(self, case: PlacementCase) -> str:
        if self.is_to_be_renewed(case):
            return "Agree again how absence and concerns are reported"
        if set(self.gaps(case)) <= set(CONTACTS):
            return "Name a contact on both sides"
        return self.task

    def remedy(self, case: PlacementCase) -> Remedy:
        gaps = self.gaps(case)
        record = about(case.placement) if set(gaps) & set(CONTACTS) else about(case.provider)
        return write_answers(record, self.kind, gaps or HOW_REPORTED, self.answers)

    def is_to_be_renewed(self, case: PlacementCase) -> bool:
        """Tell whether all is agreed, and some of it too long ago to count."""
        return not self.gaps(case) and bool(list_outdated(case, HOW_REPORTED))


PLAN = ("plan.agreed_by", "plan.roles")
"""What a plan says whatever the child's other plans."""

LINKS = {
    "plan.linked_to_ehcp": "the EHC plan",
    "plan.linked_to_health_plan": "the health care plan",
}
"""The plans that a provider's plan links to."""


@once
def plan_gaps(case: PlacementCase) -> tuple[str, ...]:
    """Name the links to the pupil's other plans that the provider's plan lacks."""
    other_plans = list_other_plans(case)
    wanted = [link for link, has in other_plans.items() if is_yes(has)]
    return missing(case, (), wanted)


def list_other_plans(case: PlacementCase) -> dict[str, Fact[bool]]:
    """Map each link to whether the pupil has the plan that it is to, on the day judged."""
    circumstances = (case.pupil.ehcp, case.pupil.health_plan)
    return {
        link: holds(fact, case.day_judged) for link, fact in zip(LINKS, circumstances, strict=True)
    }


def lacks_a_link(case: PlacementCase) -> Fact[bool]:
    """Tell whether the provider's plan lacks a link to a plan that the pupil has.

    Unknown if there is no link, and nobody asked whether the pupil has the plan.
    """
    other_plans = list_other_plans(case)
    return any_of(*(other_plans[link] for link in missing(case, (), tuple(LINKS))))


class ProviderHasAWrittenPlan(PlacementRule):
    """You hold the provider's written plan for the pupil.

    The provider writes down what it will do for this pupil. The plan links to the pupil's EHC plan
    and health care plan, if there is one.
    """

    id, severity, sources = "AP410", SHOULD, ("AP guide", "HB 2.2")
    done_by = (Who.PROVIDER,)
    task, key, label = "Get the provider's written plan", "plan", "Provider's plans missing"
    stage, group = BEFORE, ARRANGEMENTS
    applies = outside_the_school

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        if not case.held(Plan.KIND):
            return False
        lacking = lacks_a_link(case)
        return negate(lacking)

    def problem(self, case: PlacementCase) -> str:
        if not case.held(Plan.KIND):
            return "the provider has not given you its written plan for the pupil"
        links = " and ".join(LINKS[name] for name in plan_gaps(case))
        return f"the provider's plan does not link to {links}"

    def remedy(self, case: PlacementCase) -> Remedy:
        first = () if case.held(Plan.KIND) else PLAN
        return write_answers(about(case.placement), Plan.KIND, (*first, *plan_gaps(case)))


class ProviderKnowsWhatItNeeds(OnRecord):
    """The provider knows what it needs to know about the pupil.

    Before the pupil comes, tell the provider about special needs, health, literacy and
    safeguarding, in plain words. "Nothing to share" is an answer too.
    """

    id, severity, sources = "AP411", SHOULD, ("AP guide", "HB 2.6")
    task, key, label = (
        "Share what the provider needs to know",
        "share",
        "Information not shared",
    )
    group = ARRANGEMENTS
    applies = outside_the_school
    answers = (
        "sharing.whom",
        "sharing.sen",
        "sharing.medical",
        "sharing.literacy",
        "sharing.safeguarding",
    )
    lead = "you told the provider about the pupil, and have not answered"
    nothing = "you have not told the provider what it needs to know about the pupil"


class StartingPointIsKnown(DueInSchoolDays, OnRecord):
    """The induction is done and the starting point is known.

    Record where the pupil begins: academic level, attendance and engagement before, and what they
    hope for. Progress is measured from there. Ten school days are our own figure.
    """

    id, severity, sources = "AP412", ADVISE, ("AP guide", "HB 2.6")
    task, key, label = "Do the induction and record a baseline", "baseline", "Baselines missing"
    stage = DURING
    applies = outside_the_school
    answers = (
        "induction.academic_level",
        "induction.prior_attendance",
        "induction.engagement",
        "induction.ambitions",
    )
    lead = "the pupil's baseline does not answer"
    nothing = "the pupil has no induction and no baseline"

    def counted_from(self, case: PlacementCase) -> SchoolDay:
        return case.placement.starts, case.figures["induction.school_days"]


class JourneyIsSafeAndAgreed(InThePlan):
    """The council knows the place, and the journey is safe and agreed.

    Someone at the council can say that nothing speaks against the place. The pupil gets there and
    back safely.
    """

    id, severity, sources = "AP413", SHOULD, ("AP guide", "HB 2.2")
    task, key, label = "Agree the place and the journey", "journey", "Journeys not agreed"
    group = ARRANGEMENTS
    applies = goes_to_a_place
    answers, yes = ("location_discussed",), ("route_safe",)


WHOLE_PLAN = (
    "reintegration.readiness",
    "reintegration.provider_gives",
    "reintegration.school_gives",
)


def returns_by_its_route(case: PlacementCase) -> Fact[bool]:
    """Tell whether the route asks for a plan for the return at the start.

    An off-site direction does, and a suspension of more than five school days.
    """
    if case.placement.route is OFF_SITE_DIRECTION:
        return True
    return is_long_suspension(case)


def needs_a_whole_plan(case: PlacementCase) -> bool:
    """Tell whether it is certain that the route asks for a plan for the return at the start."""
    by_its_route = returns_by_its_route(case)
    return is_yes(by_its_route)


@once
def reintegration_gaps(case: PlacementCase) -> tuple[str, ...]:
    """Name what the plan for the return lacks."""
    if needs_a_whole_plan(case):
        return missing(case, WHOLE_PLAN, ())
    return () if has_a_plan(case) else WHOLE_PLAN[:1]


def has_a_plan(case: PlacementCase) -> bool:
    """Tell whether an entry says anything about the return or the next step."""
    return any(plan.says_something for plan in case.entries.all(Reintegration))


class ReturnIsPlanned(PlacementRule):
    """The return, or the next step, is planned.

    An off-site direction starts with a plan for the return, and so does a suspension of more than
    five school days: how you will judge that the pupil is ready, and what the provider and the
    school give. Other placements have a plan for the return or the next step by the first review.
    """

    id, severity, sources = "AP415", SHOULD, ("AP guide", "HB 1.3", "HB 2.8")
    task, key, label = "Agree the plan for the return", "return", "Plans for the return missing"
    stage = BEFORE
    lighter: Severity | None = LOCAL
    applies = outside_the_school

    def binds_less(self, case: PlacementCase) -> bool:
        return not needs_a_whole_plan(case)

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start if needs_a_whole_plan(case) else at_the_first_review(case)

    def holds(self, case: PlacementCase) -> Says:
        if not missing(case, WHOLE_PLAN, ()):
            return True
        by_its_route = returns_by_its_route(case)
        if isinstance(by_its_route, Unknown) and not is_late_in_any_case(case):
            return by_its_route
        return not reintegration_gaps(case)

    def problem(self, case: PlacementCase) -> str:
        what = "return" if needs_a_whole_plan(case) else "return or next step"
        nothing = f"you have not agreed a plan for the pupil's {what}"
        gaps = reintegration_gaps(case) or WHOLE_PLAN
        return describe_missing(case, nothing, "the plan for the return does not answer", gaps)

    def remedy(self, case: PlacementCase) -> Remedy:
        return write_answers(about(case.placement), Reintegration.KIND, reintegration_gaps(case))


def is_late_in_any_case(case: PlacementCase) -> bool:
    """Tell whether there is no plan for the return after the first review was due."""
    due = at_the_first_review(case)
    return not has_a_plan(case) and due is not None and case.now > due


AGREED, ROLES = "plan.agreed_by", "plan.roles"


@once
def roles_gaps(case: PlacementCase) -> tuple[str, ...]:
    """Name what is missing of the agreement on everyone's part."""
    agreed = case.said(AGREED)
    by_parents = recorded(agreed) and PARENT in agreed
    return (*missing(case, (), (ROLES,)), *(() if by_parents else (AGREED,)))


class ParentsAgreeThePlan(PlacementRule):
    """The parents agree the plan, with everyone's part in writing.

    Objectives, roles and responsibilities are in writing. The parents have agreed to them, and the
    pupil if that is right for them.
    """

    id, severity, sources = "AP425", SHOULD, ("AP guide", "HB 2.2")
    task, key, label = "Agree the plan with the parents", "roles", "Plans not agreed with parents"
    stage, group = BEFORE, ARRANGEMENTS
    applies = outside_the_school

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        return not roles_gaps(case)

    def problem(self, case: PlacementCase) -> str:
        if not case.held(Plan.KIND):
            return (
                "the provider has not put everyone's part in writing,"
                " and the parents have not agreed it"
            )
        gaps = roles_gaps(case)
        parts = [describe_roles(case, [name for name in gaps if name == ROLES])]
        if AGREED in gaps:
            parts.append("the parents have not agreed the plan")
        return "; ".join(filter(None, parts))

    def remedy(self, case: PlacementCase) -> Remedy:
        return write_answers(about(case.placement), Plan.KIND, roles_gaps(case))


def describe_roles(case: PlacementCase, names: Sequence[str]) -> str:
    """Say what the provider's plan does not answer, or answers with no."""
    noes = [as_asked(name) for name in names if recorded(case.said(name))]
    open_questions = [as_asked(name) for name in names if not recorded(case.said(name))]
    return join_parts("the provider's plan does not answer", open_questions, noes)


def why_no_outreach(case: PlacementCase) -> str:
    """Say why a placement is not help that comes into the school."""
    if case.external:
        return "the pupil goes outside the school"
    return "the school's own staff help the pupil"


@condition(why_no_outreach)
def is_outreach(case: PlacementCase) -> bool:
    """Whether somebody from outside works with the child in the school."""
    return not case.external and case.provider.kind is not OWN_SITE


class OutreachIsAgreed(InThePlan):
    """Help that comes into the school is agreed.

    Agree outreach as you would a placement: what happens, what it is for, and how you will judge
    progress.
    """

    id, severity, sources = "AP426", SHOULD, ("AP guide", "HB 2.2")
    task, key, label = COMPLETE_THE_PLAN, "outreach", "Outreach not agreed"
    applies = is_outreach
    answers = ("nature", "objectives", "success")
