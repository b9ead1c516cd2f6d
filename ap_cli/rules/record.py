"""AP9: the data itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..domain.ages import FRIDAY
from ..domain.calendar import REVIEW_RULE
from ..domain.days import count, words
from ..domain.entries.during import Waiver
from ..domain.half_terms import TERMS_UNKNOWN
from ..domain.identifiers import is_right_upn, upn_problem
from ..domain.options import Extent, Route
from ..domain.plausible import contradictions
from ..forms.facts import need, recorded
from ..forms.text import hours
from .cases.base import once
from .cases.placement import PlacementCase
from .cases.provider import ProviderCase
from .cases.pupil import PupilCase
from .cases.subjects import AnyCase, UnreadCase
from .gaps import about_case
from .in_words import plain
from .rule import (
    ADVISE,
    BEFORE,
    BREACHED,
    MUST,
    SAFETY,
    SHOULD,
    AnyRule,
    BaseRule,
    PlacementRule,
    PupilRule,
    Rule,
    Says,
    Status,
    condition,
)
from .task import About, Choice, Edit, Outside, Remedy, Urgency, Write, about
from .week import (
    has_all_sessions,
    has_full_time,
    has_the_schools_hours,
    has_too_few_hours,
    is_known,
    is_taught_alone,
    minutes_of,
    week_of,
)


class UpnIsValid(PupilRule):
    """The UPN is valid, and no other pupil has it.

    A unique pupil number (UPN) starts with a letter that shows a slip of the pen. It is one
    child's: if two pupils have it, attendance and letters may reach the wrong child. You need not
    give one.
    """

    id, severity, sources = "AP901", SHOULD, ("ap",)
    task, key, label = "Correct the UPN", "upn", "UPNs not valid"
    silent = "the pupil has no UPN on record"

    def holds(self, case: PupilCase) -> Says:
        if case.same_upn:
            return False
        return is_right_upn(case.pupil.upn) if recorded(case.pupil.upn) else None

    def problem(self, case: PupilCase) -> str:
        if case.same_upn:
            pupils = (case.pupil.ref, *case.same_upn)
            return f"{' and '.join(pupils)} have the same UPN, and a UPN is one child's"
        return f"the UPN of {case.pupil.ref} is not valid: {upn_problem(need(case.pupil.upn))}"

    def remedy(self, case: PupilCase) -> Remedy:
        return Edit(about(case.pupil), ("upn",))


@once
def slips(case: PlacementCase) -> tuple[str, ...]:
    """List what in the placement cannot be right, each as a sentence."""
    found = contradictions(case.placement, case.pupil, case.figures["session.longest"])
    mislabelled = describe_wrong_label(case)
    return (*found, mislabelled) if mislabelled else found


WEEK_IS_THERE = (Route.PERMANENT_EXCLUSION, Route.SUSPENSION, Route.SECTION_19)
"""Routes by which the pupil is not at school, so that no hours there are missing."""


def describe_wrong_label(case: PlacementCase) -> str:
    """Say what of the week its hours contradict: its sessions, or how it is called; empty if none.

    A tutor's hours contradict nothing.
    """
    week = (
        f"{hours(minutes_of(case))} hours in {count(len(week_of(case).slots), 'recorded session')}"
    )
    if has_all_sessions(case) and is_too_short(case):
        return f"the week has only {week}"
    called = name_wrong_label(case)
    return f"the week is recorded as {called}, and has {week}" if called else ""


def name_wrong_label(case: PlacementCase) -> str:
    """Name how the week is called, if its hours and sessions contradict that; empty otherwise."""
    extent, full = case.placement.extent, has_full_time(case)
    if not recorded(extent) or not recorded(full):
        return ""
    if full:
        return "part time" if extent is Extent.PART_TIME else ""
    is_short = is_too_short(case) or (is_known(case) and not is_taught_alone(case))
    return "full time" if is_short and extent is Extent.FULL_TIME else ""


def is_too_short(case: PlacementCase) -> bool:
    """Tell whether the hours are known to be under 18 a week, and below the school's own week."""
    if not is_whole_week_known(case) or is_taught_alone(case):
        return False
    return has_too_few_hours(case) and not has_the_schools_hours(case)


def is_whole_week_known(case: PlacementCase) -> bool:
    """Tell whether the time at school is recorded, or the pupil is not there by the route."""
    placement = case.placement
    is_recorded = recorded(placement.school_minutes) or recorded(placement.at_school)
    return is_recorded or placement.route in WEEK_IS_THERE


class DatesAndHoursAreInOrder(PlacementRule):
    """Dates and hours are in order.

    A placement that ends before it starts, or 19 hours in two sessions, is a slip that hides
    something else.
    """

    id, severity, sources = "AP903", MUST, ("ap",)
    status = Status.RECORD
    task, key, label = (
        "Correct the dates or the hours",
        "dates",
        "Dates or hours that cannot be right",
    )

    def holds(self, case: PlacementCase) -> Says:
        return not slips(case)

    def problem(self, case: PlacementCase) -> str:
        return "; ".join(slips(case))

    def remedy(self, case: PlacementCase) -> Remedy:
        return Edit(about(case.placement))


class NothingIsRecordedTwice(AnyRule):
    """Nothing is recorded twice.

    If a pupil is recorded twice, they are counted twice, and each record has half of what
    happened. We look for pupils with the same name and date of birth, providers with the same name
    or URN, and placements of one pupil at one provider on the same days.
    """

    id, severity, sources = "AP902", ADVISE, ("ap",)
    task, key, label = "Check whether this is recorded twice", "double", "Possible double records"

    def holds(self, case: PlacementCase | ProviderCase | PupilCase) -> Says:
        return not case.twice

    def problem(self, case: PlacementCase | ProviderCase | PupilCase) -> str:
        look = "looks" if len(case.twice) == 1 else "look"
        return f"{case.ref} may be recorded twice: {', '.join(case.twice)} {look} the same"

    def remedy(self, case: PlacementCase | ProviderCase | PupilCase) -> Remedy:
        first, second = sorted((case.ref, case.twice[0]))
        form = about_case(case).form
        if isinstance(case, PlacementCase):
            ask = ("reason", "destination")
            known = (("never_started", "yes"),)
            same = "if they are the same"
            return Write(About(form, second), "ending", ask, known=known, first=same)
        return Write(About(form, second), "merge", known=(("into", first),))


PLANNED = {"starts": "the start", "visited": "the booked visit", "review_dates": "a review"}
"""What is planned for a day to come, by the question that moves it."""

PlannedDay = tuple[str, date]
"""The question that moves what is planned, and its day."""


def list_planned_days(case: PlacementCase) -> list[PlannedDay]:
    """List the start, the visit booked before it, and the agreed review dates, if to come."""
    reviews, booked = case.placement.review_dates, case.placement.visit_booked
    planned = [("starts", case.placement.starts)]
    planned += [("visited", booked)] if recorded(booked) else []
    planned += [("review_dates", day) for day in reviews] if recorded(reviews) else []
    return [(question, day) for question, day in planned if day > case.on]


def can_be_told(case: PlacementCase, day: date) -> bool:
    """Whether it can be told if school is held on a day."""
    return day.weekday() > FRIDAY or case.calendar.covers(day)


@once
def days_to_come(case: PlacementCase) -> list[PlannedDay]:
    """List the days to come that are known to be school days or not."""
    return [planned for planned in list_planned_days(case) if can_be_told(case, planned[1])]


@once
def not_on_school_days(case: PlacementCase) -> list[PlannedDay]:
    """List the days to come on which schools are closed."""
    days = days_to_come(case)
    return [planned for planned in days if not case.calendar.is_school_day(planned[1])]


@once
def days_of_unknown_terms(case: PlacementCase) -> list[PlannedDay]:
    """List the days to come that no term dates cover."""
    return [planned for planned in list_planned_days(case) if not can_be_told(case, planned[1])]


@condition("no start, visit or review is still to come on a day that the calendar knows")
def has_days_to_come(case: PlacementCase) -> bool:
    """Whether a start, a visit or a review is still to come, in known terms or at a weekend."""
    return bool(days_to_come(case))


class DatesAreSchoolDays(PlacementRule):
    """The start, a booked visit and the reviews are on school days.

    A start on a Saturday, or a visit or a review in the holidays, is a slip or will not happen.
    Only days still to come are checked.
    """

    id, severity, sources = "AP905", ADVISE, ("ap",)
    task, key, label = "Move the date to a school day", "calendar", "Dates outside school days"
    stage = BEFORE
    applies = has_days_to_come

    def holds(self, case: PlacementCase) -> Says:
        if not_on_school_days(case):
            return False
        return TERMS_UNKNOWN if days_of_unknown_terms(case) else True

    def problem(self, case: PlacementCase) -> str:
        days = ", ".join(
            f"{words(day, weekday=True)} ({PLANNED[question]})"
            for question, day in not_on_school_days(case)
        )
        return f"schools are closed on {days}, by the calendar of {case.calendar.name}"

    def remedy(self, case: PlacementCase) -> Remedy:
        record = about(case.placement)
        questions = dict.fromkeys(question for question, _ in not_on_school_days(case))
        first, *more = edits = tuple(Edit(record, (question,)) for question in questions)
        return Choice(record, edits) if more else first


class RecordCanBeRead(BaseRule[UnreadCase]):
    """The record can be read.

    A row that someone edited by hand may hold an impossible day or answer. No other rule can
    decide on such a record until it is repaired. It may hide that a child is unsafe, so that it is
    as loud as that would be.
    """

    id, severity, sources = "AP906", MUST, ("ap",)
    status = Status.RECORD
    about = UnreadCase
    task, key, label = "Repair the record", "damage", "Records that cannot be read"
    urgency = SAFETY

    def urgency_for(self, case: UnreadCase) -> Urgency | None:
        return None if case.imported_as else SAFETY

    def task_for(self, case: UnreadCase) -> str:
        return self.task if case.imported_as else f"{self.task}: it may hide a concern"

    def holds(self, case: UnreadCase) -> Says:
        return not case.problem

    def problem(self, case: UnreadCase) -> str:
        return case.problem

    def remedy(self, case: UnreadCase) -> Remedy:
        if case.imported_as:
            return Write(About(case.imported_as), case.imported_as)
        advice = (
            "correct the answer that is named, or restore a backup:"
            f" the log of {case.named} has it as recorded"
        )
        return Outside(About("", case.named), advice)


@once
def run_out(case: AnyCase) -> list[Waiver]:
    """List the waivers that have run out, and whose rules are broken again."""
    last = ended_waivers(case)
    actual = plain(case)
    asked = [rule for rule in rules_asked(actual) if rule.id in last and not rule.keeps_safe]
    broken = {rule.id for rule in asked if rule.answer(actual)[0] is BREACHED}
    return [waiver for waiver in last.values() if waiver.rule in broken]


def ended_waivers(case: AnyCase) -> dict[str, Waiver]:
    """Map each rule to its last waiver, if none for that rule still stands."""
    waivers = case.entries.all(Waiver)
    standing = {waiver.rule for waiver in waivers if stands(waiver, case.now)}
    ended = (waiver for waiver in waivers if waiver.rule not in (*standing, REVIEW_RULE))
    return {waiver.rule: waiver for waiver in ended}


def stands(waiver: Waiver, day: date) -> bool:
    """Tell whether a waiver has not run out by a day."""
    return not recorded(waiver.until) or waiver.until >= day


def rules_asked(case: AnyCase) -> Iterator[Rule]:
    """Yield the rules about a case in its county, the county's own included."""
    from . import RULES
    from .countys_own import holds_in, rules_of

    county = case.figures.county  # type: ignore[union-attr]
    for rule in (*RULES, *rules_of(county)):
        if holds_in(rule, county) and isinstance(case, rule.about):
            yield rule


class NoWaiverHasRunOut(AnyRule):
    """No waiver has run out with its problem still there.

    A waiver is a decision for a time. When it ends, put the problem right or decide again.
    """

    id, severity, sources = "AP907", ADVISE, ("ap",)
    task, key, label = (
        "Renew the waiver, or put the problem right",
        "waiver",
        "Waivers that have run out",
    )
    silent = "there are no waivers"

    def holds(self, case: AnyCase) -> Says:
        if not case.entries.latest(Waiver):
            return None
        return not run_out(case)

    def problem(self, case: AnyCase) -> str:
        return "; ".join(map(describe_waiver, run_out(case)))

    def remedy(self, case: AnyCase) -> Remedy:
        known = (("rule", run_out(case)[0].rule),)
        return Write(about_case(case), "waiver", ("reason",), known=known)


def describe_waiver(waiver: Waiver) -> str:
    """Say which rule a waiver was for, and that it is still broken."""
    until = words(need(waiver.until))
    return f"you waived {waiver.rule} until {until} ({waiver.ref}), and it is still broken"
