"""AP1: the pupil stays on the home school's admission register."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.options import RemovalGround, Route
from ..forms.facts import Fact, any_of, need, recorded
from .cases.placement import PlacementCase
from .conditions import OFF_SITE_DIRECTION, SUSPENSION
from .rule import MUST, PlacementRule, Says, condition
from .task import Choice, Edit, Remedy, Weight, Who, about

REGISTRATION_2024 = date(2024, 8, 19)
"""From when the regulations of 2024 on pupil registration are in force.

Source: SI 2024/208 reg 1.
"""

NO_GROUND = RemovalGround.NONE


def why_the_register_is_no_matter(case: PlacementCase) -> str:
    """Say why the home school's register does not matter."""
    if is_excluded_permanently(case):
        return "the pupil is permanently excluded"
    return "the pupil is on no school's roll"


@condition(why_the_register_is_no_matter)
def has_a_home_school(case: PlacementCase) -> Fact[bool]:
    """Whether the pupil has a home school, and no permanent exclusion has taken effect."""
    if is_excluded_permanently(case):
        return False
    return any_of(was_removed(case), case.pupil.on_roll)


BY_THE_PUPILS_SCHOOL = (OFF_SITE_DIRECTION, SUSPENSION, Route.SCHOOL_ARRANGED)
"""Routes by which only a school on whose roll the pupil is can place it."""


def is_excluded_permanently(case: PlacementCase) -> bool:
    """Tell whether a permanent exclusion has taken effect, and the pupil is on no roll since.

    Whom a school places after the exclusion, by a route of its own, is on that school's roll.
    """
    if case.placement.route == Route.PERMANENT_EXCLUSION:
        return True
    exclusions = (each for each in case.exclusions.all(Exclusion) if each.permanent)
    effective = [each.day for each in exclusions if is_in_effect(each, case.on)]
    if case.placement.route in BY_THE_PUPILS_SCHOOL:
        return any(day >= case.placement.starts for day in effective)
    return bool(effective)


def is_in_effect(exclusion: Exclusion, day: date) -> bool:
    """Tell whether a permanent exclusion has begun by a day, and no school has the pupil again."""
    back = exclusion.on_roll_since
    return exclusion.day <= day and not (recorded(back) and back <= day)


class PupilStaysOnTheRegister(PlacementRule):
    """The pupil stays on the home school's register.

    Alternative provision is no reason to take a pupil off the admission register, whoever arranges
    it. The home school keeps the pupil's place and answers for their attendance. The law lists the
    grounds on which a name comes off. Registration at another school is one, unless both schools
    have agreed that the pupil is registered at both. A permanent exclusion ends it, until another
    school has the pupil on its roll.
    """

    id, severity, sources = "AP113", MUST, ("SI 2024/208 reg 9", "HB 2.5")
    done_by = (Who.SCHOOL,)
    task, key, label = (
        "Put the pupil back on the school's register",
        "roll",
        "Pupils taken off the register",
    )
    weight = Weight.CHILD
    since = REGISTRATION_2024
    applies = has_a_home_school

    def holds(self, case: PlacementCase) -> Says:
        if not was_removed(case):
            return True
        ground = case.placement.removal_ground
        if ground == RemovalGround.OTHER_SCHOOL:
            return not is_agreed_at_both(case)
        return ground != NO_GROUND

    def problem(self, case: PlacementCase) -> str:
        day = words(need(case.placement.removed_from_roll))
        removed = f"the school took the pupil off its register on {day}"
        if is_agreed_at_both(case):
            return (
                f"{removed} as registered at another school, although both have agreed that the"
                f" pupil is registered at both since {words(need(case.placement.dual_registered))}"
            )
        return f"{removed}, on no ground that the law has"

    def remedy(self, case: PlacementCase) -> Remedy:
        record, first = about(case.placement), "put the pupil back on the register"
        back = Edit(record, clear=("removed_from_roll", "removal_ground"), first=first)
        return Choice(record, (back, Edit(record, ("removal_ground",))))


def was_removed(case: PlacementCase) -> bool:
    """Tell whether the school took the pupil off its register by the day of the case."""
    removed = case.placement.removed_from_roll
    return recorded(removed) and removed <= case.on


def is_agreed_at_both(case: PlacementCase) -> bool:
    """Tell whether the pupil was registered at both schools when taken off the register."""
    both = case.placement.dual_registered
    return recorded(both) and both <= need(case.placement.removed_from_roll)
