"""AP1: whether the placement fits the tier, the legal route and who arranges it."""

from __future__ import annotations

from datetime import date

from ..domain.commissioner import CommissionerKind
from ..domain.options import TIER_1, Reason, Route, Tier
from ..domain.places import contradicts_the_place
from ..domain.planned import ARRANGED_BY_THE_COUNCIL
from ..forms.facts import Fact, all_of, any_of, need, recorded
from ..forms.text import hours
from .bound import LawForSome
from .cases.placement import PlacementCase
from .conditions import (
    OFF_SITE_DIRECTION,
    SUSPENSION,
    is_a_direction,
    outside_the_school,
)
from .ehc_plan import has_a_plan
from .rule import BEFORE, LOCAL, MUST, SHOULD, PlacementRule, Says, condition
from .task import Choice, Edit, Remedy, Who, about

PRU = CommissionerKind.PRU
BEHAVIOUR = Reason.BEHAVIOUR
HUNDRED = 100


@condition("you have not said which tier it is")
def tier_is_recorded(case: PlacementCase) -> bool:
    """Whether a tier is recorded."""
    return recorded(case.placement.tier)


class TierFitsTheWeek(PlacementRule):
    """The tier fits the placement.

    At tier 1a the pupil is away from class for 25 to 45 per cent of the school's week, at tier 1b
    for more. Both stay in the school. Tiers 2 and 3 are somewhere else. Where the pupil is taught
    decides which rules hold, whatever the tier.
    """

    id, severity, sources = "AP106", LOCAL, ("HB 1.3",)
    task, key, label = "Correct the tier", "tier", "Tiers that do not fit"
    stage = BEFORE
    applies = tier_is_recorded

    def holds(self, case: PlacementCase) -> Says:
        tier = case.placement.tier
        if tier not in TIER_1:
            return case.external
        if case.external:
            return False
        # whole numbers are compared, so that exactly a quarter is a quarter
        away, week = HUNDRED * case.placement.away_minutes, case.placement.school_week_minutes
        least, most = case.figures["tier_1a.least"] * week, case.figures["tier_1a.most"] * week
        return bool(least <= away <= most) if tier == Tier.ONE_A else bool(away > most)

    def problem(self, case: PlacementCase) -> str:
        tier = need(case.placement.tier)
        contradiction = contradicts_the_place(tier, case.place, case.provider.name)
        return contradiction or describe_share(case)

    def remedy(self, case: PlacementCase) -> Remedy:
        record = about(case.placement)
        other = ("away_minutes", "school_week_minutes") if depends_on_hours(case) else ("place",)
        return Choice(record, (Edit(record, ("tier",)), Edit(record, other)))

    def task_for(self, case: PlacementCase) -> str:
        other = "the hours away from class" if depends_on_hours(case) else "the place"
        return f"{self.task}, or {other}"


def depends_on_hours(case: PlacementCase) -> bool:
    """Tell whether the hours away from class decide which tier it is."""
    return case.placement.tier in TIER_1 and not case.external


def describe_share(case: PlacementCase) -> str:
    """Say how much of the week a pupil is away from class, and which share the tier has."""
    away, week = case.placement.away_minutes, case.placement.school_week_minutes
    least, most = case.figures["tier_1a.least"], case.figures["tier_1a.most"]
    limits = f"more than {most} % is tier 1b"
    if case.placement.tier is Tier.ONE_A:
        limits = f"{least} to {most} % is tier 1a"
    share = HUNDRED * away / week
    return (
        f"the pupil is away from class for {hours(need(away))} of {hours(need(week))} hours a week,"
        f" {share:.1f} %; {limits}"
    )


@condition("this legal route does not fix who arranges the placement")
def is_arranged_by_a_route(case: PlacementCase) -> bool:
    """Whether the placement is by a route that says who must arrange it."""
    return case.placement.route in (*ARRANGED_BY_THE_COUNCIL, OFF_SITE_DIRECTION, SUSPENSION)


class RouteFitsTheCommissioner(PlacementRule):
    """The legal route fits who arranges the placement.

    The council arranges section 19 education and education after a permanent exclusion, itself or
    through someone who acts for it. A school directs its own pupil off site and arranges education
    during a suspension. For a pupil referral unit's suspension the council arranges it.
    """

    id, severity, sources = (
        "AP107",
        SHOULD,
        ("SI 2007/1870", "AP guide", "S&PE", "HB 1.2", "HB 2.1"),
    )
    task, key, label = (
        "Correct who arranges it, or the legal route",
        "commissioner",
        "Routes that do not fit who arranges",
    )
    stage = BEFORE
    applies = is_arranged_by_a_route

    def holds(self, case: PlacementCase) -> Says:
        route = case.placement.route
        if route in ARRANGED_BY_THE_COUNCIL:
            return any_of(case.placement.for_authority, case.is_an_authoritys)
        if route == SUSPENSION:
            return case.pupil.on_roll_of_a_pru if case.by_an_authority else not_of_a_pru(case)
        return not case.by_an_authority

    def problem(self, case: PlacementCase) -> str:
        who, kind = case.commissioner.name, name_kind(case.commissioner.kind)
        return (
            f"{who} ({kind}) arranges this placement by the route"
            f" {name_route(case.placement.route)}; {who_must_arrange(case)}"
        )

    def remedy(self, case: PlacementCase) -> Remedy:
        record = about(case.placement)
        options = [Edit(record, ("commissioner",)), Edit(record, ("route",))]
        if case.placement.route in ARRANGED_BY_THE_COUNCIL:
            options.append(Edit(record, ("for_authority",), yes=("for_authority",)))
        return Choice(record, tuple(options))


def not_of_a_pru(case: PlacementCase) -> Fact[bool]:
    """Tell whether a pupil is on no pupil referral unit's roll, as recorded or by who arranges."""
    known = case.pupil.on_roll_of_a_pru
    return not known if recorded(known) else case.commissioner.kind is not PRU


def name_kind(kind: CommissionerKind) -> str:
    """Name a kind of commissioner in words."""
    return "pupil referral unit" if kind is PRU else kind.replace("-", " ")


def name_route(route: Route) -> str:
    """Name a legal route in words."""
    return "off-site direction" if route is OFF_SITE_DIRECTION else route.replace("-", " ")


def who_must_arrange(case: PlacementCase) -> str:
    """Say who must arrange a placement by its route."""
    if case.placement.route in ARRANGED_BY_THE_COUNCIL:
        return "the council must arrange it, or someone on its behalf"
    if case.placement.route is SUSPENSION and not case.by_an_authority:
        return "for a pupil referral unit's suspension the council must arrange it"
    return "only a school can arrange it"


def why_no_top_up(case: PlacementCase) -> str:
    """Say why top-up funding does not decide who commissions."""
    if case.placement.top_up is False:
        return "top-up funding does not help pay for this place"
    return "the pupil has no EHC plan"


@condition(why_no_top_up, within=outside_the_school)
def top_up_helps_to_pay(case: PlacementCase) -> Fact[bool]:
    """Whether a pupil with an EHC plan has a place that top-up funding helps pay for."""
    return all_of(case.placement.top_up, has_a_plan.test(case))


class SchoolStaysTheCommissioner(PlacementRule):
    """The school commissions a place that top-up funding helps pay for.

    Top-up funding for an EHC plan goes to the school. The school commissions the placement and
    answers for it; the council does not take it over.
    """

    id, severity, sources = "AP111", LOCAL, ("HB 2.1",)
    task, key, label = (
        "Make the school the commissioner",
        "top-up",
        "Top-up places the school does not commission",
    )
    stage = BEFORE
    applies = top_up_helps_to_pay

    def holds(self, case: PlacementCase) -> Says:
        return not case.by_an_authority

    def problem(self, case: PlacementCase) -> str:
        return (
            f"{case.commissioner.name} commissions the placement, although top-up funding"
            " helps pay for it and the pupil has an EHC plan"
        )

    def remedy(self, case: PlacementCase) -> Remedy:
        return Edit(about(case.placement), ("commissioner",))


def is_full_time(case: PlacementCase) -> bool:
    """Tell whether a placement is full time, by its own hours.

    Whether the pupil's whole week is full time, with the school, says nothing of that.
    """
    return case.placement.weekly_minutes > case.figures["full_time.line"]


def why_no_exception(case: PlacementCase) -> str:
    """Say why full time needs no exception."""
    if not recorded(case.placement.tier):
        return "you have not said which tier it is"
    if case.placement.tier is not Tier.TWO:
        return "this is not tier 2"
    return "the placement is part time"


@condition(why_no_exception, within=outside_the_school)
def is_full_time_at_tier_2(case: PlacementCase) -> bool:
    """Whether it is a full-time placement at tier 2."""
    tier = case.placement.tier
    return recorded(tier) and tier is Tier.TWO and is_full_time(case)


class FullTimeAtTierTwoIsAnException(PlacementRule):
    """Full time at tier 2 is an exception with an end.

    Tier 2 is part time by design, with the rest of the week at school. Full time is a short
    exception, for a stated reason and until a set day.
    """

    id, severity, sources = "AP112", LOCAL, ("HB 1.3",)
    task, key, label = (
        "Give a reason and an end for full time",
        "exception",
        "Full-time tier 2 places not justified",
    )
    stage = BEFORE
    applies = is_full_time_at_tier_2

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        return recorded(case.placement.exception) and recorded(case.placement.ends)

    def problem(self, case: PlacementCase) -> str:
        names = {"exception": "an agreed exception", "ends": "a planned end"}
        missing = " and ".join(names[field] for field in missing_of_exception(case))
        return f"the pupil is full time at tier 2 without {missing}"

    def remedy(self, case: PlacementCase) -> Remedy:
        record = about(case.placement)
        justify = Edit(record, missing_of_exception(case))
        return Choice(record, (justify, Edit(record, known=(("tier", "3"),))))

    def task_for(self, case: PlacementCase) -> str:
        names = {"exception": "a reason", "ends": "an end"}
        missing = " and ".join(names[field] for field in missing_of_exception(case))
        return f"Give {missing} for full time"


def missing_of_exception(case: PlacementCase) -> tuple[str, ...]:
    """Name the questions about an exception that nobody answered."""
    placement = case.placement
    fields = {"exception": placement.exception, "ends": placement.ends}
    return tuple(name for name, fact in fields.items() if not recorded(fact))


class DirectionIsForBehaviour(LawForSome):
    """An off-site direction is to improve behaviour.

    A school may direct a pupil off site to improve behaviour, and for nothing else. If behaviour is
    not among the reasons, use another legal route.
    """

    id, severity, sources = "AP114", MUST, ("EA 2002 s.29A", "HB 2.5")
    done_by = (Who.SCHOOL,)
    task, key, label = (
        "Correct the reasons, or the direction",
        "direction",
        "Directions not for behaviour",
    )
    stage = BEFORE
    applies = is_a_direction

    def holds(self, case: PlacementCase) -> Says:
        return BEHAVIOUR in case.placement.reasons

    def problem(self, case: PlacementCase) -> str:
        reasons = [reason.replace("-", " ") for reason in case.placement.reasons]
        if len(reasons) == 1:
            return f"you gave {reasons[0]} as the only reason, not behaviour"
        return f"you gave {', '.join(reasons)} as the reasons, and behaviour is not among them"

    def remedy(self, case: PlacementCase) -> Remedy:
        record = about(case.placement)
        reasons = tuple(("reasons", str(reason)) for reason in case.placement.reasons)
        correct = Edit(record, ("reasons",), known=(*reasons, ("reasons", str(BEHAVIOUR))))
        return Choice(record, (correct, Edit(record, ("route",))))
