"""AP9: whether the pupil's placements claim the same session."""

from __future__ import annotations

from typing import NamedTuple

from ..domain.sessions import Sessions
from ..forms.facts import Unknown, recorded
from .cases.base import once
from .cases.other import Other
from .cases.placement import PlacementCase
from .rule import MUST, PlacementRule, Says, Status, condition
from .task import Edit, Remedy, about

HERE = {
    "at_provider": "at the provider",
    "at_school": "at school",
    "elsewhere": "somewhere else",
}
"""How a sentence says where this placement has the pupil."""

CLASHING = (
    ("at_provider", "at_provider"),
    ("at_provider", "at_school"),
    ("at_school", "at_provider"),
    ("at_school", "elsewhere"),
    ("elsewhere", "at_school"),
)
"""Two places that are never one: of a placement, and of another. Somewhere else may be the other's
provider, and the school is the same in both."""

BY_THE_OTHER = {
    "at_provider": "at the provider of {ref}",
    "at_school": "at school by {ref}",
    "elsewhere": "somewhere else by {ref}",
}
"""How a sentence says where another placement has the pupil."""


class Clash(NamedTuple):
    """The sessions that two placements claim, with the place of this one, and of the other."""

    mine: str
    other: Other
    theirs: str
    sessions: Sessions


@once
def clashes(case: PlacementCase) -> list[Clash]:
    """List the sessions in which another placement has the pupil at another place."""
    clashing = []
    for other in case.others:
        for mine, theirs in CLASHING:
            here, there = getattr(case.placement, mine), getattr(other, theirs)
            if recorded(here) and recorded(there):
                both = tuple(slot for slot in here.slots if slot in there.slots)
                if both:
                    clashing.append(Clash(mine, other, theirs, Sessions(both)))
    return clashing


def describe_clash(clash: Clash) -> str:
    """Say in which sessions two placements have the pupil, and where."""
    here = HERE[clash.mine]
    there = BY_THE_OTHER[clash.theirs].format(ref=clash.other.ref)
    return f"the pupil is {here}, and {there}, in these sessions: {clash.sessions}"


@condition("the pupil has no other placement at the same time")
def has_another_placement(case: PlacementCase) -> bool:
    """Whether the pupil has another placement on the same day."""
    return bool(case.others)


class PupilIsInOnePlaceAtATime(PlacementRule):
    """The pupil is in one place at a time.

    If two placements claim the same session, nobody can tell where the pupil is. The sessions at
    school count too.
    """

    id, severity, sources = "AP904", MUST, ("ap",)
    status = Status.RECORD
    task, key, label = "Change the clashing sessions", "clash", "Sessions that clash"
    applies = has_another_placement
    silent = "you have not said which sessions are at the provider (AP427 asks)"

    def holds(self, case: PlacementCase) -> Says:
        if clashes(case):
            return False
        if not recorded(case.placement.at_provider):
            return None
        unknown = (other.at_provider for other in case.others)
        return next((fact for fact in unknown if isinstance(fact, Unknown)), True)

    def problem(self, case: PlacementCase) -> str:
        return "; ".join(map(describe_clash, clashes(case)))

    def remedy(self, case: PlacementCase) -> Remedy:
        return Edit(about(case.placement), tuple(dict.fromkeys(one.mine for one in clashes(case))))
