"""AP3 and AP4: what is arranged with the provider, and for the child."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.before import Plan, Reintegration, Reporting
from ..domain.entries.during import Remote
from ..domain.entries.entry import Party
from ..domain.placement import Reason
from ..forms.facts import recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import (
    OFF_SITE_DIRECTION,
    SUSPENSION,
    at_the_first_review,
    before_the_start,
    goes_elsewhere,
    has_started,
    outside_the_school,
)
from .engine import rule
from .kinds import ONLINE, OWN_SITE
from .on_record import missing, on_record, record_command, told_missing
from .plan import planned
from .rule import ADVISE, BEFORE, DURING, LOCAL, SHOULD, Says
from .safety import CHECKS

PARENT = Party.PARENT
ONLINE_REASON = Reason.ONLINE
ARRANGEMENTS = "arrangements for the child"

reporting_is_agreed = on_record(
    "AP307",
    "how absence, concerns and progress are reported is agreed, with a contact on both sides",
    SHOULD,
    "agreement on reporting",
    tuple(
        f"{Reporting.KIND}.{name}"
        for name in ("absence", "concerns", "progress", "contact_there", "contact_here")
    ),
    "Who tells whom, how and by when: of an absence on the same day, of a concern at once, of progress regularly.",
    cites=["HB 2.5", "HB App 3"],
    applies=goes_elsewhere,
    group=CHECKS,
)


PLAN = (f"{Plan.KIND}.agreed_by", f"{Plan.KIND}.roles")
"""What a plan says whatever the child's other plans."""


@once
def plan_gaps(case: PlacementCase) -> tuple[str, ...]:
    """What the plan has to be linked to, and is not."""
    circumstances = {
        "linked_to_ehcp": case.pupil.ehcp,
        "linked_to_health_plan": case.pupil.health_plan,
    }
    links = tuple(
        f"{Plan.KIND}.{name}"
        for name, fact in circumstances.items()
        if recorded(fact) and fact.on(case.on)
    )
    return missing(case, (), links)


@rule(
    "AP410",
    "the provider's written plan for the child is held, linked to the EHC plan or health care plan where there is one",
    SHOULD,
    cites=["HB 2.2"],
    applies=outside_the_school,
    due=before_the_start,
    stage=BEFORE,
    group=ARRANGEMENTS,
    breach=lambda case: told_missing(
        case, "plan by the provider", plan_gaps(case) or (f"{Plan.KIND}.roles",)
    ),
    remedy=lambda case: record_command(
        case, Plan.KIND, (*([] if case.held(Plan.KIND) else PLAN), *plan_gaps(case))
    ),
)
def plan_is_held(case: PlacementCase) -> Says:
    """The provider writes down what it will do for this child, and ties it to the plans that the child has already."""
    if not case.held(Plan.KIND):
        return False
    if plan_gaps(case):
        return False
    for fact in (case.pupil.ehcp, case.pupil.health_plan):
        fact.on(case.on)  # cannot be told where nobody asked: it would have to be linked
    return True


information_was_shared = on_record(
    "AP411",
    "what is known of special needs, health, literacy and safeguarding was shared with the provider",
    SHOULD,
    "sharing of information",
    tuple(f"sharing.{name}" for name in ("whom", "sen", "medical", "literacy", "safeguarding")),
    "Before the child comes, the provider knows what it needs to know, in plain words; that there is nothing to share is an answer.",
    cites=["HB 2.6"],
    applies=outside_the_school,
    group=ARRANGEMENTS,
)
induction_is_recorded = on_record(
    "AP412",
    "the induction and the baseline are recorded",
    ADVISE,
    "induction",
    tuple(
        f"induction.{name}"
        for name in ("academic_level", "prior_attendance", "engagement", "ambitions")
    ),
    "Where the child begins, academically and in attendance and engagement, and what it hopes for: progress is measured from there.",
    cites=["HB 2.6"],
    applies=outside_the_school,
    stage=DURING,
    due=lambda case: case.calendar.estimated_school_day(
        case.placement.starts, case.figures["induction.school_days"]
    ),
)
way_there_is_agreed = planned(
    "AP413",
    "the location was discussed with the local authority, and the way there is safe and agreed",
    SHOULD,
    ("location_discussed",),
    "Somebody at the authority can say that nothing speaks against the place, and the child comes and goes safely.",
    yes=("route_safe",),
    applies=outside_the_school,
    cites=["HB 2.2"],
    group=ARRANGEMENTS,
)
exit_is_planned = planned(
    "AP414",
    "an exit strategy is recorded",
    LOCAL,
    ("exit_strategy",),
    "How the placement will be left is known when it is entered.",
    applies=outside_the_school,
    cites=["HB App 1"],
    group=ARRANGEMENTS,
)

WHOLE_PLAN = tuple(
    f"{Reintegration.KIND}.{name}" for name in ("readiness", "provider_gives", "school_gives")
)


def returns_by_its_route(case: PlacementCase) -> bool:
    """Whether the route itself asks for a reintegration plan at the start."""
    return case.placement.route in (OFF_SITE_DIRECTION, SUSPENSION)


@once
def reintegration_gaps(case: PlacementCase) -> tuple[str, ...]:
    """What of the plan for the return is missing."""
    if returns_by_its_route(case):
        return missing(case, WHOLE_PLAN, ())
    return () if case.held(Reintegration.KIND) else WHOLE_PLAN[:1]


@rule(
    "AP415",
    "a plan for the return, or for the next step, is agreed",
    SHOULD,
    cites=["HB 1.3", "HB 2.8"],
    applies=outside_the_school,
    due=lambda case: (
        before_the_start(case) if returns_by_its_route(case) else at_the_first_review(case)
    ),
    stage=BEFORE,
    eases=(LOCAL, lambda case: not returns_by_its_route(case)),
    breach=lambda case: told_missing(
        case, "reintegration plan", reintegration_gaps(case) or WHOLE_PLAN
    ),
    remedy=lambda case: record_command(case, Reintegration.KIND, reintegration_gaps(case)),
)
def return_is_planned(case: PlacementCase) -> Says:
    """Off-site direction and suspension begin with a plan: how readiness is judged, and what provider and school give.

    Other placements have a plan for the return or for the next step by their first review.
    """
    return not reintegration_gaps(case)


def is_remote(case: PlacementCase) -> bool:
    """Whether the child learns remotely: the provider is online, or it was referred for it, or a log of it is kept."""
    reasons = case.placement.reasons
    referred = recorded(reasons) and ONLINE_REASON in reasons
    return case.external and (case.provider.kind is ONLINE or referred or case.held(Remote.KIND))


def goes_on(case: PlacementCase) -> bool:
    """Whether remote education goes on after the day that limits it: online by its provider or its reason, or logged after it."""
    reasons, last = case.placement.reasons, case.entries.latest(Remote)
    until = case.said(LIMITS[1])
    return (
        case.provider.kind is ONLINE
        or (recorded(reasons) and ONLINE_REASON in reasons)
        or (last is not None and last.day > until)
    )


LIMITS, LOG = (f"{Remote.KIND}.last_resort", f"{Remote.KIND}.until"), f"{Remote.KIND}.engaged"


@once
def remote_gaps(case: PlacementCase) -> tuple[str, ...]:
    """What of remote education is not recorded; a log is expected once it has begun."""
    return missing(case, (*LIMITS, *([LOG] if has_started(case) else [])), ())


def remote_is_not_limited(case: PlacementCase) -> str:
    until = case.said(LIMITS[1])
    if not remote_gaps(case) and recorded(until):
        return f"remote education was limited to {words(until)}, and goes on"
    return told_missing(case, "log of remote education", remote_gaps(case) or LIMITS)


def remote_by(case: PlacementCase) -> date:
    """By when what is missing is recorded: the limits before the start, the log five school days after it."""
    return (
        before_the_start(case)
        if missing(case, LIMITS, ())
        else case.calendar.estimated_school_day(
            case.placement.starts, case.figures["remote.school_days"]
        )
    )


@rule(
    "AP420",
    "remote education is a recorded last resort, limited in time, with a log of how the child takes part",
    SHOULD,
    cites=["HB 2.7"],
    applies=is_remote,
    due=remote_by,
    stage=BEFORE,
    breach=remote_is_not_limited,
    remedy=lambda case: record_command(case, Remote.KIND, remote_gaps(case) or LIMITS),
)
def remote_education_is_limited(case: PlacementCase) -> Says:
    """Learning at a screen at home is better than nothing, and no more: why there is nothing better, until when, and how it goes is recorded."""
    if remote_gaps(case):
        return False
    return bool(case.on <= case.said(LIMITS[1])) or not goes_on(case)


AGREED = f"{Plan.KIND}.agreed_by"


@once
def roles_gaps(case: PlacementCase) -> tuple[str, ...]:
    """What of the agreement on roles is missing."""
    agreed = case.said(AGREED)
    return (
        *missing(case, (), (f"{Plan.KIND}.roles",)),
        *([] if recorded(agreed) and PARENT in agreed else [AGREED]),
    )


@rule(
    "AP425",
    "objectives, roles and responsibilities are in writing and agreed with the parents",
    SHOULD,
    cites=["HB 2.2"],
    applies=outside_the_school,
    due=before_the_start,
    stage=BEFORE,
    group=ARRANGEMENTS,
    breach=lambda case: (
        "the parents have not agreed the plan"
        if roles_gaps(case) == (AGREED,) and case.held(Plan.KIND)
        else told_missing(case, "plan by the provider", roles_gaps(case))
    ),
    remedy=lambda case: record_command(case, Plan.KIND, roles_gaps(case)),
)
def roles_are_agreed(case: PlacementCase) -> Says:
    """Who does what is in writing, and the parents, and where it is fitting the child, have agreed to it."""
    return not roles_gaps(case)


def is_outreach(case: PlacementCase) -> bool:
    """Whether somebody from outside works with the child in the school."""
    return not case.external and case.provider.kind is not OWN_SITE


outreach_is_agreed = planned(
    "AP426",
    "outreach into the school has an agreed nature, intended outcomes and a way to judge progress",
    SHOULD,
    ("nature", "objectives", "success"),
    "Help from outside that comes into the school is agreed as a placement is: what, what for, and how progress is told.",
    applies=is_outreach,
    cites=["HB 2.2"],
)
