"""AP6: the attendance code that is planned, and registration at another school."""

from __future__ import annotations

from ..domain.days import words
from ..domain.options import WITH_CONDITIONS, PlannedCode
from ..forms.facts import Fact, need, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import OFF_SITE_DIRECTION, goes_to_a_school, outside_the_school
from .fit import ARRANGED_BY_THE_COUNCIL, REGISTRATION_2024
from .kinds import registered_on
from .rule import BEFORE, MUST, SHOULD, PlacementRule, Says, condition
from .task import Edit, Remedy, about

B, D, K = PlannedCode.B, PlannedCode.D, PlannedCode.K

CONDITIONS = {
    "code_elsewhere": "that the pupil is not registered there",
    "code_educational": "that it is education and the council does not arrange it",
    "code_approved": "that an authorised person approved it",
    "code_supervised": "that a suitably skilled adult supervises",
}
"""What codes B, P and W need. Source: SI 2024/208 reg 10(11)."""

REASONS = {D: "the pupil is registered there too", K: "the council arranges the place"}


def is_registered_there(case: PlacementCase) -> bool:
    """Tell whether the pupil is registered at the provider as well, which is a school."""
    since = case.placement.dual_registered
    return (
        recorded(since)
        and since <= max(case.on, case.placement.starts)
        and registered_on(case.provider, case.on)
    )


def may_be_registered_there(case: PlacementCase) -> bool:
    """Tell whether the provider is a school, and nobody recorded since when the pupil is there."""
    is_school = registered_on(case.provider, case.on)
    return is_school and not recorded(case.placement.dual_registered)


def is_arranged_by_the_council(case: PlacementCase) -> Fact[bool]:
    """Tell whether the council arranges the placement: by its route, or as its commissioner."""
    return case.placement.route in ARRANGED_BY_THE_COUNCIL or case.by_an_authority


@once
def list_right_codes(case: PlacementCase) -> tuple[PlannedCode, ...]:
    """List the codes that may be planned: D before K before B, P or W."""
    if is_registered_there(case):
        return (D,)
    return (K,) if is_arranged_by_the_council(case) else WITH_CONDITIONS


@once
def list_unmet_conditions(case: PlacementCase) -> list[str]:
    """List the conditions for B, P and W that are not recorded as yes."""
    facts = {name: getattr(case.placement, name) for name in CONDITIONS}
    return [CONDITIONS[name] for name, fact in facts.items() if not recorded(fact) or not fact]


class PlannedCodeIsRight(PlacementRule):
    """The planned attendance code is right.

    Use D if the pupil is registered at the other school too. Otherwise use K if the council
    arranges the place, and B, P (sport) or W (work experience) if a school does. B, P and W need
    four things: the pupil is not registered there, it is education that the council does not
    arrange, an authorised person approved it, and a suitably skilled adult supervises. The
    handbook's plain “B” is wrong where D or K is right.
    """

    id, severity, sources = "AP601", MUST, ("SI 2024/208 reg 10", "HB App 1")
    task, key, label = (
        "Correct the planned attendance code",
        "code",
        "Wrong attendance codes planned",
    )
    stage = BEFORE
    applies = outside_the_school
    since = REGISTRATION_2024

    def holds(self, case: PlacementCase) -> Says:
        code = case.placement.code
        if code == D and may_be_registered_there(case):
            return bool(case.placement.dual_registered)  # cannot be told: this asks since when
        if code not in list_right_codes(case):
            return False
        return code not in WITH_CONDITIONS or not list_unmet_conditions(case)

    def problem(self, case: PlacementCase) -> str:
        code, right = case.placement.code, list_right_codes(case)
        if code in right:
            return f"to use code {code}, confirm {'; '.join(list_unmet_conditions(case))}"
        why = REASONS.get(right[0], "a school arranges the place")
        plain_b = "; the handbook's plain “B” (HB App 1) does not fit here" if code is B else ""
        return f"you plan code {code}, and {' or '.join(right)} is right because {why}{plain_b}"

    def remedy(self, case: PlacementCase) -> Remedy:
        code, right = case.placement.code, list_right_codes(case)
        wanted = code if recorded(code) and code in right else right[0]
        confirm = tuple(CONDITIONS) if wanted in WITH_CONDITIONS else ()
        return Edit(about(case.placement), confirm, confirm, known=(("code", str(wanted)),))


def why_not_directed_to_a_school(case: PlacementCase) -> str:
    """Say why it is no off-site direction to a school."""
    if case.placement.route is not OFF_SITE_DIRECTION:
        return "this is not an off-site direction"
    return goes_to_a_school.reason(case)


@condition(why_not_directed_to_a_school)
def is_directed_to_a_school(case: PlacementCase) -> bool:
    """Whether it is an off-site direction to a school."""
    return case.placement.route is OFF_SITE_DIRECTION and bool(goes_to_a_school(case))


class PupilIsRegisteredAtBothSchools(PlacementRule):
    """A pupil directed to another school is registered there too from the first day.

    The home school keeps the main registration. The other school has a subsidiary one from the
    first day.
    """

    id, severity, sources = "AP602", SHOULD, ("HB 2.5",)
    task, key, label = (
        "Register the pupil at the other school too",
        "dual",
        "Dual registrations too late",
    )
    stage = BEFORE
    applies = is_directed_to_a_school

    def holds(self, case: PlacementCase) -> Says:
        return case.placement.dual_registered <= case.placement.starts

    def problem(self, case: PlacementCase) -> str:
        since, starts = need(case.placement.dual_registered), case.placement.starts
        return (
            f"the pupil is registered there only from {words(since)}, and starts on {words(starts)}"
        )

    def remedy(self, case: PlacementCase) -> Remedy:
        known = (("dual_registered", str(case.placement.starts)),)
        return Edit(about(case.placement), known=known)
