"""AP4: what is agreed of a part-time week, and of time at home."""

from __future__ import annotations

from datetime import date

from ..domain.attendance import AGREED
from ..domain.days import words
from ..domain.options import Extent, PartTimeReason, PlannedCode
from ..forms.facts import Unknown, is_yes, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .rule import BEFORE, MUST, SHOULD, PlacementRule, Says, Severity, condition
from .task import Choice, Edit, Remedy, about
from .week import (
    has_full_time,
    is_certainly_full,
    is_full_week,
    is_known,
    is_some_of_it_at_home,
    medically_excused,
)

BEHAVIOUR, HEALTH = PartTimeReason.BEHAVIOUR, PartTimeReason.HEALTH


def why_not_part_time(case: PlacementCase) -> str:
    """Say why a week is not known to be part time."""
    if is_certainly_full(case) or is_known(case):
        return "the week is full time"
    return "you have not said which sessions there are (AP427 asks)"


@condition(why_not_part_time)
def is_part_time(case: PlacementCase) -> bool:
    """Whether the recorded week falls short of full time, or is called part time and not full."""
    if is_certainly_full(case):
        return False
    extent = case.placement.extent
    if recorded(extent) and extent is Extent.PART_TIME:
        return True
    return not is_full_week(case) and (is_known(case) or bool(is_some_of_it_at_home(case)))


def has_an_end(case: PlacementCase) -> bool:
    """Tell whether the day to be back full time is still to come.

    In a long illness the day of the next review stands for it.
    """
    day, ill = case.placement.full_time_from, medically_excused(case)
    if recorded(day) and case.day_judged < day:
        return True
    return is_yes(ill)


def is_review_to_come(case: PlacementCase) -> bool:
    """Tell whether a review of the part-time week with pupil and parents is today or to come."""
    day = case.placement.part_time_review
    return recorded(day) and case.day_judged <= day


@once
def part_time_gaps(case: PlacementCase) -> tuple[str, ...]:
    """Name the questions of a part-time week whose answers are missing, or over."""
    gaps = [] if has_an_end(case) else ["full_time_from"]
    if not recorded(case.placement.part_time_reason):
        gaps.append("part_time_reason")
    if not is_review_to_come(case):
        gaps.append("part_time_review")
    return tuple(gaps)


def is_for_behaviour(case: PlacementCase) -> bool:
    """Tell whether the week is part time because of behaviour."""
    reason = case.placement.part_time_reason
    return recorded(reason) and reason == BEHAVIOUR


def is_for_health(case: PlacementCase) -> bool:
    """Tell whether the week is part time because of health."""
    reason = case.placement.part_time_reason
    return recorded(reason) and reason == HEALTH


class PartTimeHasAnEnd(PlacementRule):
    """A part-time week has a reason, a review and an end.

    A part-time week is a step, not a state, and it is never for behaviour. Agree at the outset when
    the pupil will be back full time, and review it with the pupil and the parents. In a long
    illness the day of the next review stands for the end.
    """

    id, severity, sources = "AP418", SHOULD, ("AP guide", "WTISA", "HB 2.2")
    task, key, label = (
        "Plan the way back to full time",
        "part-time",
        "Part-time weeks without an end",
    )
    stage = BEFORE
    applies = is_part_time

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def has_time(self, case: PlacementCase) -> bool:
        return not is_for_behaviour(case)

    def holds(self, case: PlacementCase) -> Says:
        gaps, ill = part_time_gaps(case), medically_excused(case)
        if gaps == ("full_time_from",) and is_for_health(case) and isinstance(ill, Unknown):
            return ill  # the review stands for the end if the illness is long
        return not is_for_behaviour(case) and not gaps

    def problem(self, case: PlacementCase) -> str:
        gaps = part_time_gaps(case)
        problems = [describe_gap(case, name) for name in gaps]
        if is_for_behaviour(case):
            problems.insert(0, "behaviour is no reason for that")
        return f"the pupil is part time, and {', and '.join(problems)}"

    def remedy(self, case: PlacementCase) -> Remedy:
        behaviour = ("part_time_reason",) if is_for_behaviour(case) else ()
        edit = Edit(about(case.placement), (*behaviour, *part_time_gaps(case)))
        if "full_time_from" in edit.ask and not recorded(case.pupil.medical):
            return Choice(about(case.placement), (edit, Edit(about(case.pupil), ("medical",))))
        return edit


def describe_gap(case: PlacementCase, name: str) -> str:
    """Say what is missing of a part-time week, or is over."""
    if name == "part_time_reason":
        return "you have not said why"
    day = getattr(case.placement, name)
    if name == "part_time_review":
        if recorded(day):
            return f"the review with pupil and parents was due on {words(day)}"
        return "no review with pupil and parents is planned"
    if recorded(day):
        return f"was to be back full time from {words(day)}"
    return "there is no date to be back full time"


@once
def has_c2(case: PlacementCase) -> bool:
    """Tell whether the register shows code C2, or is planned to."""
    return is_planned_as_c2(case) or case.register.has_any(AGREED)


def is_planned_as_c2(case: PlacementCase) -> bool:
    """Tell whether the register is planned to show code C2."""
    code = case.placement.code
    return recorded(code) and code == PlannedCode.C2


@once
def last_day_at_home(case: PlacementCase) -> date:
    """Return the day judged, or that of the last C2 where the pupil is at home no longer."""
    return case.day_judged if is_at_home_now(case) else case.register.coded(AGREED)[-1].day


def why_no_time_at_home(case: PlacementCase) -> str:
    """Say why no time at home is to be agreed."""
    if not is_some_of_it_at_home(case):
        return "no part of the week is at home"
    return "the week is full time"


@condition(why_no_time_at_home)
def has_time_at_home(case: PlacementCase) -> bool:
    """Whether some of a part-time week is at home, by its sessions or by code C2."""
    return has_c2(case) or is_at_home_now(case)


def is_at_home_now(case: PlacementCase) -> bool:
    """Tell whether some of the week in force is at home, by its sessions or as code C2 is planned.

    A week of which nobody can tell whether it is full counts as part time.
    """
    if is_planned_as_c2(case):
        return True
    full = is_full_week(case) if recorded(case.placement.extent) else has_full_time(case)
    return bool(is_some_of_it_at_home(case)) and not is_yes(full)


AGREEMENTS = {
    "at_home": "you have not said in which sessions",
    "home_agreed": "the parents have not agreed",
    "home_until": "there is no end date still to come",
    "home_reported": "you have not told the council",
    "home_checked_by": "no named person checks on the pupil",
}
"""What is agreed of time at home, by its question, and what is wrong without it."""

NO_LONGER_AGREED = "no end date then still to come is recorded"
"""What is wrong with the end of time at home that is over."""

WITH_THE_PARENT = frozenset(("at_home", "home_agreed", "home_until"))
"""What is agreed with the parent: that, when, and until when. Source: SI 2024/208 reg 11(6)."""


@once
def not_agreed(case: PlacementCase) -> tuple[str, ...]:
    """Name what of the time at home is not agreed, or is over."""
    facts = {name: getattr(case.placement, name) for name in AGREEMENTS}
    day = last_day_at_home(case)
    if day != case.day_judged:
        facts["at_home"] = case.sessions_on("at_home", day)
    gaps = {name for name, fact in facts.items() if not recorded(fact) or fact is False}
    until, home, by_the_council = facts["home_until"], facts["at_home"], case.is_an_authoritys
    if recorded(until) and until < day:
        gaps.add("home_until")
    if recorded(home) and not home.slots:
        gaps.add("at_home")
    if is_yes(by_the_council):
        gaps.discard("home_reported")  # it knows
    return tuple(name for name in AGREEMENTS if name in gaps)


class TimeAtHomeIsAgreed(PlacementRule):
    """Time at home is agreed, and someone checks on the pupil.

    A pupil at home is out of sight. A parent has agreed to it, with its times and its dates. The
    council knows, and a named person checks on the pupil. That is so in a long illness too.

    The agreement is law for maintained schools where the register shows code C2, and guidance
    otherwise.
    """

    id, severity, sources = "AP419", MUST, ("SI 2024/208 reg 11", "WTISA", "HB 1.2")
    task, key, label = "Agree the time at home", "home", "Time at home not agreed"
    stage = BEFORE
    lighter: Severity | None = SHOULD
    applies = has_time_at_home

    def binds_less(self, case: PlacementCase) -> bool:
        by_law = has_c2(case) and case.binds_by_law
        return not (by_law and WITH_THE_PARENT.intersection(not_agreed(case)))

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        return not not_agreed(case)

    def problem(self, case: PlacementCase) -> str:
        problems = ", ".join(AGREEMENTS[name] for name in not_agreed(case))
        day = last_day_at_home(case)
        if day == case.day_judged:
            return f"the pupil is at home for part of the week, and {problems}"
        past = problems.replace(AGREEMENTS["home_until"], NO_LONGER_AGREED)
        return f"the pupil was at home with code C2 on {words(day)}, and {past}"

    def remedy(self, case: PlacementCase) -> Remedy:
        gaps = not_agreed(case)
        return Edit(about(case.placement), gaps, yes=gaps)
