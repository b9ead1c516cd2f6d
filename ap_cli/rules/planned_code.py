"""AP6: the attendance code that is planned, and registration at another school."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.options import ABSENCE_CODES, WITH_CONDITIONS, Place, PlannedCode
from ..domain.planned import ARRANGED_BY_THE_COUNCIL, list_fitting_codes
from ..forms.facts import Fact, any_of, need, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import OFF_SITE_DIRECTION, goes_to_a_school, outside_the_school
from .kinds import registered_on
from .roll import REGISTRATION_2024
from .rule import BEFORE, MUST, SHOULD, PlacementRule, Says, condition
from .task import Choice, Edit, Remedy, Who, about

ABSENCE, B, D, K = PlannedCode.ABSENCE, PlannedCode.B, PlannedCode.D, PlannedCode.K

CONDITIONS = {
    "code_elsewhere": "that the pupil is not registered there",
    "code_educational": "that it is education and the council does not arrange it",
    "code_approved": "that an authorised person approved it",
    "code_supervised": "that a suitably skilled adult supervises",
}
"""What codes B, P and W need. Source: SI 2024/208 reg 10(11)."""

ANSWERED_NO = {
    "code_elsewhere": "the pupil is registered there",
    "code_educational": "it is not education, or the council arranges it, or it is a school trip",
    "code_approved": "nobody with authority approved it",
    "code_supervised": "no suitably skilled adult supervises",
}
"""What is wrong with codes B, P and W where a condition is answered with no."""

REASONS = {
    ABSENCE: "nobody is with the pupil who teaches or supervises",
    D: "the pupil is registered there too",
    K: "the council arranges the place",
}
"""Why a code is right; where none of these is, a school arranges the place."""


def learns_alone(case: PlacementCase) -> bool:
    """Tell whether nobody is with the pupil who teaches or supervises."""
    return case.place is Place.ONLINE


def is_off_the_roll(case: PlacementCase) -> bool:
    """Tell whether the home school's register has nothing to say of the pupil."""
    return is_off_the_roll_on(case, case.on)


def is_off_the_roll_on(case: PlacementCase, day: date) -> bool:
    """Tell whether the home school's register has nothing to say of the pupil on a day.

    The school took the pupil off it, the pupil is on no roll, or is on the provider's alone.
    """
    school, removed = case.pupil.home_school, case.placement.removed_from_roll
    was_removed = recorded(removed) and removed <= day
    if was_removed or not recorded(school):
        return was_removed
    return school.casefold() in ("none", case.provider.name.casefold())


@condition("the pupil is not on the home school's register", within=outside_the_school)
def is_on_the_home_register(case: PlacementCase) -> bool:
    """Whether the home school's register has the pupil."""
    return not is_off_the_roll(case)


def is_registered_there(case: PlacementCase) -> bool:
    """Tell whether the pupil is registered at the provider as well, which is a school."""
    return is_registered_there_on(case, max(case.on, case.placement.starts))


def is_registered_there_on(case: PlacementCase, day: date) -> bool:
    """Tell whether the pupil is registered on a day at the provider, which is a school."""
    since = case.placement.dual_registered
    return recorded(since) and since <= day and registered_on(case.provider, day)


def may_be_registered_there(case: PlacementCase) -> bool:
    """Tell whether the provider is a school, and nobody recorded since when the pupil is there."""
    is_school = registered_on(case.provider, case.on)
    return is_school and not recorded(case.placement.dual_registered)


def is_arranged_by_the_council(case: PlacementCase) -> Fact[bool]:
    """Tell whether the council arranges the placement: by its route, or as its commissioner."""
    return any_of(case.placement.route in ARRANGED_BY_THE_COUNCIL, case.is_an_authoritys)


@once
def list_right_codes(case: PlacementCase) -> tuple[PlannedCode, ...]:
    """List the codes that may be planned: an absence code before D before K before B, P or W."""
    return list_codes_if(case, is_arranged_by_the_council(case))


@once
def list_possible_codes(case: PlacementCase) -> tuple[PlannedCode, ...]:
    """List the codes that may be right; all of them where nobody recorded who arranges it."""
    if recorded(is_arranged_by_the_council(case)):
        return list_right_codes(case)
    either = (*list_codes_if(case, True), *list_codes_if(case, False))
    return tuple(dict.fromkeys(either))


def list_codes_if(case: PlacementCase, by_the_council: Fact[bool]) -> tuple[PlannedCode, ...]:
    """List the codes that may be planned if the council arranges the place, or if not."""
    return list_fitting_codes(
        alone=learns_alone(case),
        registered_there=is_registered_there(case),
        by_the_council=by_the_council,
    )


@once
def list_unmet_conditions(case: PlacementCase) -> list[str]:
    """List the conditions for B, P and W that are not answered yes."""
    facts = {name: getattr(case.placement, name) for name in CONDITIONS}
    return [name for name, fact in facts.items() if not recorded(fact) or not fact]


def list_conditions_answered_no(case: PlacementCase) -> list[str]:
    """List the conditions for B, P and W that are answered no."""
    return [name for name in list_unmet_conditions(case) if recorded(getattr(case.placement, name))]


class PlannedCodeIsRight(PlacementRule):
    """The planned attendance code is right.

    A pupil who learns online, or at home with no tutor there, is absent: plan the absence code that
    fits, also with an accredited online provider. Otherwise use D if the pupil is registered at the
    other school too, K if the council arranges the place, and B, P (sport) or W (work experience)
    if a school does. B, P and W need four things: the pupil is not registered there, it is
    education that the council does not arrange, an authorised person approved it, and a suitably
    skilled adult supervises. The handbook's plain “B” is wrong where another code is right.
    """

    id, severity, sources = "AP601", MUST, ("SI 2024/208 reg 10", "WTISA", "HB App 1")
    done_by = (Who.SCHOOL,)
    task, key, label = (
        "Correct the planned attendance code",
        "code",
        "Wrong attendance codes planned",
    )
    stage = BEFORE
    applies = is_on_the_home_register
    since = REGISTRATION_2024

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def has_time(self, case: PlacementCase) -> bool:
        code = case.placement.code
        return code in list_possible_codes(case) and not list_conditions_answered_no(case)

    def holds(self, case: PlacementCase) -> Says:
        code, right = case.placement.code, list_possible_codes(case)
        if (
            code == D
            and D not in right
            and right != ABSENCE_CODES
            and may_be_registered_there(case)
        ):
            return bool(case.placement.dual_registered)  # cannot be told: this asks since when
        if code not in right:
            return False
        if code not in list_right_codes(case):  # cannot be told if nobody recorded who arranges it
            return False
        return code not in WITH_CONDITIONS or not list_unmet_conditions(case)

    def task_for(self, case: PlacementCase) -> str:
        return (
            f"Confirm what code {case.placement.code} needs" if self.has_time(case) else self.task
        )

    def problem(self, case: PlacementCase) -> str:
        code, right = case.placement.code, list_possible_codes(case)
        if code not in right:
            return describe_wrong_code(case)
        answered_no = list_conditions_answered_no(case)
        if answered_no:
            return f"code {code} is wrong: {'; '.join(ANSWERED_NO[name] for name in answered_no)}"
        confirm = "; ".join(CONDITIONS[name] for name in list_unmet_conditions(case))
        return f"to use code {code}, confirm {confirm}"

    def remedy(self, case: PlacementCase) -> Remedy:
        code, right, record = case.placement.code, list_possible_codes(case), about(case.placement)
        wanted = code if recorded(code) and code in right else right[0]
        confirm = tuple(CONDITIONS) if wanted in WITH_CONDITIONS else ()
        edit = Edit(record, confirm, confirm, known=(("code", str(wanted)),))
        if code == wanted and list_conditions_answered_no(case):
            return Choice(record, (Edit(record, ("code",)), edit))
        if not recorded(is_arranged_by_the_council(case)) and len(right) > 1:
            return Edit(record, ("commissioner", "code"))
        return edit


def describe_wrong_code(case: PlacementCase) -> str:
    """Say which code is planned, which is right, and why."""
    code, right = case.placement.code, list_possible_codes(case)
    if K in right and B in right:
        why = "someone is there who teaches or supervises"
    else:
        why = REASONS.get(right[0], "a school arranges the place")
    plain_b = "; the handbook's plain “B” (HB App 1) does not fit here" if code is B else ""
    codes = "an absence code" if right == ABSENCE_CODES else " or ".join(right)
    return f"you plan code {code}, and {codes} is right because {why}{plain_b}"


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

    id, severity, sources = "AP602", SHOULD, ("AP guide", "WTISA", "HB 2.5")
    done_by = (Who.SCHOOL,)
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
