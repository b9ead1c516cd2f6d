"""AP6: attendance."""

from __future__ import annotations

from datetime import timedelta

from ..domain.attendance import UNEXPLAINED, Mark, count_sessions, missed_running
from ..domain.days import count, words
from ..domain.entries.during import Contact
from ..domain.placement import WITH_CONDITIONS, PlannedCode
from ..domain.sessions import HALVES
from ..domain.text import first_of
from ..forms.facts import Fact, any_of, need, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import (
    OFF_SITE_DIRECTION,
    goes_to_a_school,
    has_started_outside,
    outside_the_school,
)
from .engine import rule
from .fit import REGISTRATION_2024, THE_AUTHORITYS
from .kinds import ONLINE, registered_on
from .rule import ADVISE, BEFORE, DURING, MUST, SHOULD, Says

B, D, K = PlannedCode.B, PlannedCode.D, PlannedCode.K
CONDITIONS = {
    "code_elsewhere": "the pupil is not registered there",
    "code_educational": "it is educational and no authority's",
    "code_approved": "somebody authorised approved it",
    "code_supervised": "it is supervised by somebody with fitting skills",
}


def registered_there(case: PlacementCase) -> bool:
    """Whether the pupil is registered at the provider as well, which is a school."""
    since = case.placement.dual_registered
    return (
        recorded(since)
        and since <= max(case.on, case.placement.starts)
        and registered_on(case.provider, case.on)
    )


def is_arranged_by_an_authority(case: PlacementCase) -> Fact[bool]:
    """Whether an authority arranges the placement: by its route, or as its commissioner."""
    return case.placement.route in THE_AUTHORITYS or case.by_an_authority


@once
def right_codes(case: PlacementCase) -> tuple[PlannedCode, ...]:
    """The codes that may be planned: D before K before B, P or W."""
    return (
        (D,)
        if registered_there(case)
        else (K,)
        if is_arranged_by_an_authority(case)
        else WITH_CONDITIONS
    )


@once
def unmet_conditions(case: PlacementCase) -> list[str]:
    """Which of the conditions for B, P and W are not recorded as yes."""
    facts = {name: getattr(case.placement, name) for name in CONDITIONS}
    return [CONDITIONS[name] for name, fact in facts.items() if not recorded(fact) or not fact]


def code_is_wrong(case: PlacementCase) -> str:
    planned, right = case.placement.code, right_codes(case)
    if planned not in right:
        why = {D: "the pupil is registered there as well", K: "an authority arranges it"}.get(
            right[0], "a school arranges it"
        )
        handbook = "; the handbook's plain “B” (HB App 1) does not fit here" if planned is B else ""
        return (
            f"the code planned is {planned}, where {' or '.join(right)} is right: {why}{handbook}"
        )
    return f"{planned} needs all four conditions, and this is not recorded as yes: {'; '.join(unmet_conditions(case))}"


@rule(
    "AP601",
    "the attendance code planned is the right one",
    MUST,
    cites=["SI 2024/208 reg 10", "HB App 1"],
    applies=outside_the_school,
    since=REGISTRATION_2024,
    stage=BEFORE,
    breach=code_is_wrong,
    remedy=lambda case: (
        f"ap placement edit {case.ref} --code {right_codes(case)[0]}"
        + (
            " --code-elsewhere --code-educational --code-approved --code-supervised"
            if right_codes(case)[0] is B
            else ""
        )
    ),
)
def planned_code_is_right(case: PlacementCase) -> Says:
    """D where the pupil is registered at the other school too; else K where an authority arranges; else B, or P for sport and W for work.

    B, P and W need four things: the pupil is not registered there, it is educational and no authority's, somebody
    authorised approved it, and somebody with fitting skills supervises it. The handbook's plain “B” is wrong for D and K.
    """
    planned = case.placement.code
    if (
        planned == D
        and registered_on(case.provider, case.on)
        and not recorded(case.placement.dual_registered)
    ):
        return bool(
            case.placement.dual_registered
        )  # D may be right: since when the pupil is registered there is asked for
    if planned not in right_codes(case):
        return False
    return planned not in WITH_CONDITIONS or not unmet_conditions(case)


def is_directed_to_a_school(case: PlacementCase) -> bool:
    """Whether it is an off-site direction to a school."""
    return case.placement.route is OFF_SITE_DIRECTION and goes_to_a_school(case)


@rule(
    "AP602",
    "a pupil directed to another school is registered there too from the first day",
    SHOULD,
    cites=["HB 2.5"],
    applies=is_directed_to_a_school,
    stage=BEFORE,
    breach=lambda case: (
        f"registered there only from {words(case.placement.dual_registered)}, and it starts on {words(case.placement.starts)}"
    ),
    remedy=lambda case: f"ap placement edit {case.ref} --dual-registered {case.placement.starts}",
)
def is_dual_registered(case: PlacementCase) -> Says:
    """Main registration at home, subsidiary at the other school, from the beginning of the first day."""
    return case.placement.dual_registered <= case.placement.starts


def has_marks(case: PlacementCase) -> bool:
    """Whether the placement has started and any session has a mark."""
    return has_started_outside(case) and case.register.has_any("any")


def marks_come_here(case: PlacementCase) -> bool:
    """Whether attendance is expected here: there is a mark, or it was agreed; not where another school's register has it."""
    agreed = case.said("reporting.marks_here")
    code = case.placement.code
    elsewhere = recorded(code) and code == D
    return (
        has_started_outside(case)
        and not elsewhere
        and (case.register.has_any("any") or (recorded(agreed) and agreed))
    )


@once
def unmarked(case: PlacementCase) -> list[str]:
    """The sessions of the school days just gone that were planned at the provider and have no mark."""
    since = need(case.calendar.school_day(case.on, -case.figures["marks.school_days"]))
    first = max(since, case.placement.starts)
    days = need(case.calendar.school_days(first, case.on - timedelta(days=1)))
    planned = [
        (day, half)
        for day in days
        for half in (0, 1)
        if 2 * day.weekday() + half in case.sessions_on("at_provider", day).slots
    ]
    return [
        f"{words(day)} {HALVES[half]}"
        for day, half in planned
        if half not in {mark.half for mark in case.register.on(day)}
    ]


@rule(
    "AP603",
    "attendance reached us for every session of the last five school days",
    SHOULD,
    cites=["HB 2.5"],
    applies=marks_come_here,
    stage=DURING,
    breach=lambda case: (
        f"no mark for {count(len(unmarked(case)), 'session')}: {first_of(unmarked(case))}"
    ),
    remedy=lambda case: f"ap attendance record {case.ref} DAY am/pm CODE",
)
def every_session_is_marked(case: PlacementCase) -> Says:
    """Whoever does not hear of an absence cannot look for the child: every session is marked, soon after it."""
    return not unmarked(case)


@once
def unresolved(case: PlacementCase) -> tuple[Mark, ...]:
    """The absences whose reason is not known five school days later, for certain or as far as can be told."""
    days = case.figures["unexplained.school_days"]
    return tuple(
        mark
        for mark in case.register.coded(UNEXPLAINED)
        if case.on > case.calendar.estimated_school_day(mark.day, days)
    )


def is_unresolved(case: PlacementCase) -> Fact[bool]:
    """Whether the reason for an absence is not known five school days later."""
    days = case.figures["unexplained.school_days"]
    marks = case.register.coded(UNEXPLAINED)
    return any_of(*[case.calendar.has_gone_by(mark.day, days, case.on) for mark in marks])


@once
def not_followed_up(case: PlacementCase) -> tuple[Mark, ...]:
    """The absences without a known reason of which nobody asked on the same day."""
    asked = {contact.day for contact in case.entries.all(Contact)}
    return tuple(
        mark
        for mark in case.register.coded(UNEXPLAINED)
        if mark.day not in asked and mark.day < case.on
    )


def absence_is_open(case: PlacementCase) -> str:
    if open_ := unresolved(case):
        told = first_of([mark.session for mark in open_])
        return f"the reason for an absence is not known after five school days, so that code N becomes O: {told}"
    days = list(dict.fromkeys(words(mark.day) for mark in not_followed_up(case)))
    return (
        f"an absence without a known reason was not followed up on the same day: {first_of(days)}"
    )


def explain_the_absence(case: PlacementCase) -> str:
    mark = (unresolved(case) or not_followed_up(case))[0]
    if unresolved(case):
        return f"ap attendance amend {case.ref} {mark.day} {HALVES[mark.half]} O --reason …"
    return f"ap record contact {case.ref} --day {mark.day} --whom … --said …"


@rule(
    "AP604",
    "an absence without a known reason is followed up the same day, and explained within five school days",
    MUST,
    cites=["HB App 3", "SI 2024/208 reg 10"],
    applies=has_marks,
    since=REGISTRATION_2024,
    stage=DURING,
    eases=(SHOULD, lambda case: not unresolved(case)),
    breach=absence_is_open,
    remedy=explain_the_absence,
)
def absences_are_explained(case: PlacementCase) -> Says:
    """Somebody asks after the child on the same day. Code N is a question: within five school days it has an answer, or becomes O."""
    if not case.register.has_any(UNEXPLAINED):
        return True
    return not is_unresolved(case) and not not_followed_up(case)


@once
def falling(case: PlacementCase) -> str:
    """How attendance is falling away, or nothing."""
    marks = case.register.marks
    running, counted = missed_running(marks), count_sessions(marks)
    if running >= case.figures["falling.sessions"]:
        return f"the last {running} sessions were missed, up to {words(marks[-1].day)}"
    before = case.said("induction.prior_attendance")
    if (
        counted.percent is None
        or not recorded(before)
        or counted.possible < case.figures["falling.least"]
    ):
        return ""
    if counted.present * 100 <= (before - case.figures["falling.points"]) * counted.possible:
        return f"attendance is {counted.percent:g} %, where it was {before} % before"
    return ""


@rule(
    "AP605",
    "attendance is not falling away",
    ADVISE,
    cites=["HB 2.6"],
    applies=has_marks,
    stage=DURING,
    breach=falling,
    remedy=lambda case: (
        f"until the child attends again: ap record contact {case.ref} --whom … --said …, ap record review {case.ref}"
    ),
)
def attendance_holds(case: PlacementCase) -> Says:
    """A child who stays away says something: three sessions running, or ten points below its own attendance before."""
    return not falling(case)


def marked_b(case: PlacementCase) -> bool:
    """Whether any session is marked B."""
    return has_started_outside(case) and case.register.has_any("B")


@once
def at_home(case: PlacementCase) -> tuple[Mark, ...]:
    """The sessions marked B that the week has at home."""
    planned = ((mark, case.sessions_on("at_home", mark.day)) for mark in case.register.coded("B"))
    return tuple(mark for mark, home in planned if recorded(home) and mark.slot in home.slots)


def unsupervised(case: PlacementCase) -> Fact[bool]:
    """Whether the sessions marked B are online work that nobody supervises."""
    if case.provider.kind is not ONLINE:
        return False
    supervised = case.placement.code_supervised
    return supervised if not recorded(supervised) else not supervised


@rule(
    "AP606",
    "home or online work that nobody supervises is not marked B",
    MUST,
    cites=["SI 2024/208 reg 10(11)"],
    applies=marked_b,
    since=REGISTRATION_2024,
    stage=DURING,
    breach=lambda case: (
        f"sessions at home are marked B: {first_of([mark.session for mark in at_home(case)])}"
        if at_home(case)
        else "online work that nobody supervises is marked B"
    ),
    remedy=lambda case: f"ap attendance amend {case.ref} DAY am/pm CODE --reason …",
)
def home_work_is_not_attendance(case: PlacementCase) -> Says:
    """B says that somebody with fitting skills is with the child. Work at home alone is an absence, with its own code."""
    return not any_of(bool(at_home(case)), unsupervised(case))
