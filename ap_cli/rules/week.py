"""AP4: whether the child's week is full, and what is agreed where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..domain.ages import year_group
from ..domain.days import count, words
from ..domain.periods import holds
from ..domain.sessions import DAYS, Sessions
from ..forms.facts import Fact, Unknown, any_of, recorded
from ..forms.text import hours
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import outside_the_school
from .rule import BEFORE, LOCAL, SHOULD, PlacementRule, Says, condition
from .task import Edit, Remedy, about

SETTINGS = ("at_provider", "at_school", "elsewhere")
PLACES = {"at_provider": "at the provider", "at_school": "at school"}
FULL_WEEK = 2 * len(DAYS)
KEY_STAGE_4 = (10, 11)


@once
def week_of(case: PlacementCase) -> Sessions:
    """Join the recorded sessions over all settings and all the pupil's placements, not home."""
    own = (getattr(case.placement, name) for name in SETTINGS)
    there = (other.at_provider for other in case.others)
    known = [sessions for sessions in (*own, *there) if recorded(sessions)]
    return Sessions(tuple(sorted({slot for sessions in known for slot in sessions.slots})))


@once
def minutes_of(case: PlacementCase) -> int:
    """Add the recorded minutes a week over all settings and all of the pupil's placements."""
    placement = case.placement
    elsewhere = (placement.school_minutes, placement.elsewhere_minutes)
    own = sum(minutes for minutes in elsewhere if recorded(minutes))
    return placement.weekly_minutes + own + sum(other.weekly_minutes for other in case.others)


def unknown_places(case: PlacementCase) -> tuple[str, ...]:
    """Name the questions, of the provider and the school, whose sessions are not recorded."""
    return tuple(name for name in PLACES if not recorded(getattr(case.placement, name)))


def is_known(case: PlacementCase) -> bool:
    """Tell whether the sessions at the provider and at school are both recorded."""
    return not unknown_places(case)


@condition("no part of the week is at home")
def is_some_of_it_at_home(case: PlacementCase) -> bool:
    """Whether some of the week is recorded as at home, where no setting has those sessions."""
    home = case.placement.at_home
    return recorded(home) and not set(home.slots) <= set(week_of(case).slots)


def medically_excused(case: PlacementCase) -> Fact[bool]:
    """Tell whether a medical condition makes full-time education unfit."""
    return holds(case.pupil.medical, case.day_judged)


def unless(excused: Fact[bool]) -> Says:
    """Answer a rule that is broken unless something excuses it, and does not apply then."""
    if isinstance(excused, Unknown):
        return excused
    return None if excused else False


class WeekRule(PlacementRule):
    """A rule that the sessions of the week answer, by the day before the start."""

    task = "Complete the pupil's week"
    stage = BEFORE

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def remedy(self, case: PlacementCase) -> Remedy:
        ask = unknown_places(case) or ("at_provider", "at_school", "elsewhere")
        return Edit(about(case.placement), ask)


class PupilLearnsFiveDaysAWeek(WeekRule):
    """The pupil is in education five days a week.

    The provider, the school and any other place together give education on every day of the week.
    Fewer days are excused by emotionally based school avoidance (EBSA) or a medical condition.
    """

    id, severity, sources = "AP417", LOCAL, ("HB 2.2",)
    key, label = "five-days", "Weeks of under five days"
    applies = outside_the_school
    silent = "a reason excuses fewer days, or the sessions are not recorded (AP427 asks)"

    def holds(self, case: PlacementCase) -> Says:
        if week_of(case).days == len(DAYS):
            return True
        if not is_known(case):
            return None
        ebsa = holds(case.pupil.ebsa, case.day_judged)
        return unless(any_of(ebsa, medically_excused(case)))

    def problem(self, case: PlacementCase) -> str:
        week = week_of(case)
        return f"the pupil is in education on only {count(week.days, 'day')} a week ({week})"


@once
def is_full_week(case: PlacementCase) -> bool:
    """Tell whether the week is full: ten sessions, or the hours of the home school's own week."""
    own = case.placement.school_week_minutes
    if len(week_of(case).slots) >= FULL_WEEK:
        return True
    return recorded(own) and minutes_of(case) >= own


class WeekIsFullTime(WeekRule):
    """The pupil's whole week is full time.

    Over all places together the pupil has ten sessions (half days) a week, or as many hours as the
    home school's own week. Only a medical condition excuses less. Time at home never counts; other
    placements of the pupil do.
    """

    id, severity, sources = "AP427", SHOULD, ("HB App 3",)
    key, label = "full-time", "Weeks less than full time"
    silent = "a medical reason excuses a shorter week"

    def holds(self, case: PlacementCase) -> Says:
        if is_full_week(case):
            return True
        return unless(medically_excused(case)) if is_known(case) else False

    def problem(self, case: PlacementCase) -> str:
        if not is_known(case):
            places = " and ".join(PLACES[name] for name in unknown_places(case))
            return f"you have not said which sessions the pupil is {places}: “none” is an answer"
        sessions = f"{len(week_of(case).slots)} of {FULL_WEEK} sessions"
        return f"the pupil has only {sessions} and {' '.join(describe_hours(case))}"


def describe_hours(case: PlacementCase) -> Iterator[str]:
    """Yield the hours of the week, those of the school's own week, and what is usual."""
    week = case.placement.school_week_minutes
    yield f"{hours(minutes_of(case))} hours"
    if recorded(week):
        yield f"of the school's {hours(week)}"
    if year_group(case.pupil.born, case.day_judged) in KEY_STAGE_4:
        yield "a week, over all places; 25 hours are usual in key stage 4"
    else:
        yield "a week, over all places"


def why_not_part_time(case: PlacementCase) -> str:
    """Say why a week is not a part-time one that has to end."""
    if is_full_week(case):
        return "the week is full time"
    if not (is_known(case) or is_some_of_it_at_home(case)):
        return "you have not said which sessions there are (AP427 asks)"
    return "a medical reason excuses a shorter week"


@condition(why_not_part_time)
def is_part_time(case: PlacementCase) -> Fact[bool]:
    """Whether the recorded week falls short of full time, and no medical condition excuses that."""
    if is_full_week(case) or not (is_known(case) or is_some_of_it_at_home(case)):
        return False
    excused = medically_excused(case)
    return excused if isinstance(excused, Unknown) else not excused


class PartTimeHasAnEnd(PlacementRule):
    """A part-time week has a date to be full time again.

    A part-time week is a step, not a state. Agree at the outset when the pupil will be back full
    time, and keep to it.
    """

    id, severity, sources = "AP418", SHOULD, ("HB 2.2",)
    task, key, label = (
        "Set the date to be back full time",
        "part-time",
        "Part-time weeks without an end",
    )
    stage = BEFORE
    applies = is_part_time

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        day = case.placement.full_time_from
        return recorded(day) and case.on < day

    def problem(self, case: PlacementCase) -> str:
        day = case.placement.full_time_from
        if not recorded(day):
            return "the pupil is part time, with no date to be back full time"
        return f"the pupil was to be back full time from {words(day)}, and is still part time"

    def remedy(self, case: PlacementCase) -> Remedy:
        return Edit(about(case.placement), ("full_time_from",))


@condition("the week is not part time", within=is_some_of_it_at_home)
def is_part_time_at_home(case: PlacementCase) -> object:
    """Whether some of a part-time week is at home."""
    return is_part_time(case)


AGREEMENTS = {
    "home_reported": "you have not told the council",
    "home_agreed": "the parents have not agreed",
    "home_until": "there is no end date still to come",
    "home_checked_by": "no named person checks on the pupil",
}
"""What is agreed of time at home, by its question, and what is wrong without it."""


@once
def not_agreed(case: PlacementCase) -> tuple[str, ...]:
    """Name what of the time at home is not agreed, or is over."""
    facts = {name: getattr(case.placement, name) for name in AGREEMENTS}
    open_questions = {name for name, fact in facts.items() if not recorded(fact) or fact is False}
    until = facts["home_until"]
    if recorded(until) and until < case.on:
        open_questions.add("home_until")
    return tuple(name for name in AGREEMENTS if name in open_questions)


class TimeAtHomeIsAgreed(PlacementRule):
    """Time at home is agreed, and someone checks on the pupil.

    A pupil at home is out of sight. The council knows, the parents have agreed, the time at home
    ends on a set day, and a named person checks on the pupil.
    """

    id, severity, sources = "AP419", LOCAL, ("HB 1.2",)
    task, key, label = "Agree the time at home", "home", "Time at home not agreed"
    stage = BEFORE
    applies = is_part_time_at_home

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        return not not_agreed(case)

    def problem(self, case: PlacementCase) -> str:
        problems = ", ".join(AGREEMENTS[name] for name in not_agreed(case))
        return f"the pupil is at home for part of the week, and {problems}"

    def remedy(self, case: PlacementCase) -> Remedy:
        gaps = not_agreed(case)
        return Edit(about(case.placement), gaps, yes=gaps)
