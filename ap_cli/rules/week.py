"""AP4: whether the child's week is full, and whether every session has a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..domain.days import count
from ..domain.options import Extent, Place
from ..domain.periods import holds
from ..domain.planned import ARRANGED_BY_THE_COUNCIL
from ..domain.provider import ProviderKind
from ..domain.sessions import DAYS, FULL_WEEK, Sessions
from ..forms.facts import Fact, Unknown, any_of, is_yes, recorded
from ..forms.text import hours
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import is_of_school_age, outside_the_school
from .rule import BEFORE, LOCAL, MUST, SHOULD, PlacementRule, Says, Severity, condition
from .task import Edit, Remedy, Weight, about

SETTINGS = ("at_provider", "at_school", "elsewhere")
PLACES = {"at_provider": "at the provider", "at_school": "at school"}
KEY_STAGE_4 = (10, 11)


@once
def week_of(case: PlacementCase) -> Sessions:
    """Join the recorded sessions over all settings and all the pupil's placements, not home."""
    own = (getattr(case.placement, name) for name in SETTINGS)
    there = (getattr(other, name) for other in case.others for name in SETTINGS)
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


def is_taught_alone(case: PlacementCase) -> bool:
    """Tell whether a tutor teaches the pupil alone: by the provider's kind, or at home."""
    return case.provider.kind is ProviderKind.ONE_TO_ONE or case.place is Place.HOME


@once
def is_full_week(case: PlacementCase) -> Fact[bool]:
    """Tell whether the week is full: by its time, or with a tutor alone by your own word.

    A pupil taught one to one learns more in an hour, so that hours alone say too little. Raise
    CannotTell if nobody has said whether it is full time.
    """
    full = has_full_time(case)
    if is_taught_alone(case) and not is_certainly_full(case):
        return case.placement.extent == Extent.FULL_TIME
    return full


def has_the_schools_hours(case: PlacementCase) -> bool:
    """Tell whether the recorded hours reach those of the home school's own week."""
    own = case.placement.school_week_minutes
    return recorded(own) and minutes_of(case) >= own


@once
def has_full_time(case: PlacementCase) -> Fact[bool]:
    """Tell whether the week has ten sessions, or the hours of the home school's own week.

    Under 18 hours are not full time, whatever the sessions; that is our figure. From there on it
    is unknown if it turns on the length of the school's week, or on hours not recorded.
    """
    if has_the_schools_hours(case):
        return True
    if has_all_sessions(case):
        return not has_too_few_hours(case)
    if not is_known(case) or has_too_few_hours(case):
        return False
    own, most = case.placement.school_week_minutes, most_minutes_of(case)
    if isinstance(own, Unknown):
        return own
    if most < own:
        return False
    missing = (getattr(case.placement, name) for name in UNCOUNTED.values())
    return next(fact for fact in missing if isinstance(fact, Unknown))


UNCOUNTED = {"at_school": "school_minutes", "elsewhere": "elsewhere_minutes"}
"""The sessions whose hours may be missing, and their hours."""


@once
def most_minutes_of(case: PlacementCase) -> int:
    """Return the most minutes a week that there can be, where the hours of sessions are missing."""
    open_sessions = sum(
        len(sessions.slots)
        for sessions, minutes in (
            (getattr(case.placement, at), getattr(case.placement, time))
            for at, time in UNCOUNTED.items()
        )
        if recorded(sessions) and not recorded(minutes)
    )
    return minutes_of(case) + open_sessions * int(case.figures["session.longest"])


def has_too_few_hours(case: PlacementCase) -> bool:
    """Tell whether the week has under 18 hours, also with the most that missing ones can be."""
    return most_minutes_of(case) < case.figures["full_time.line"]


@once
def is_owed_by_the_council(case: PlacementCase) -> bool:
    """Tell whether the council owes the pupil full-time education.

    It does if it arranges the education, or someone does for it, for a child of compulsory school
    age. Source: EA 1996 s.19(3A).
    """
    if case.placement.route not in ARRANGED_BY_THE_COUNCIL:
        return False
    by_the_council = any_of(case.is_an_authoritys, case.placement.for_authority)
    return is_yes(by_the_council) and is_of_school_age(case, case.day_judged)


class WeekIsFullTime(WeekRule):
    """The pupil's whole week is full time.

    Over all places together the pupil has ten sessions (half days) a week, or as many hours as the
    home school's own week; under 18 hours are not full time. With a tutor alone, you say whether it
    is. Only a reason of physical or mental health excuses less. Time at home without a tutor never
    counts; other placements of the pupil do.

    This is law where the council arranges the education of a pupil of compulsory school age, and
    guidance otherwise.
    """

    id, severity, sources = "AP427", MUST, ("EA 1996 s.19", "AP guide", "HB App 3")
    key, label = "full-time", "Weeks less than full time"
    weight = Weight.CHILD
    silent = "a medical reason excuses a shorter week"
    lighter: Severity | None = SHOULD

    def binds_less(self, case: PlacementCase) -> bool:
        return not is_owed_by_the_council(case)

    def holds(self, case: PlacementCase) -> Says:
        excused = medically_excused(case)
        if is_yes(excused):
            return is_certainly_full(case) or None
        full = is_full_week(case)
        if isinstance(full, Unknown):
            return full
        if full:
            return True
        return unless(excused) if is_known(case) else False

    def problem(self, case: PlacementCase) -> str:
        sessions = f"{len(week_of(case).slots)} of {FULL_WEEK} sessions"
        if has_all_sessions(case):
            return f"the pupil has {sessions}, but only {' '.join(describe_hours(case))}"
        if not is_known(case):
            places = " and ".join(PLACES[name] for name in unknown_places(case))
            return f"you have not said which sessions the pupil is {places}: “none” is an answer"
        return f"the pupil has only {sessions} and {' '.join(describe_hours(case))}"

    def remedy(self, case: PlacementCase) -> Remedy:
        if has_all_sessions(case):
            return Edit(about(case.placement), ("weekly_minutes", *SETTINGS))
        return super().remedy(case)


def is_certainly_full(case: PlacementCase) -> bool:
    """Tell whether the recorded time makes the week full."""
    return is_yes(has_full_time(case))


def has_all_sessions(case: PlacementCase) -> bool:
    """Tell whether the recorded week has ten sessions, however long they are."""
    return len(week_of(case).slots) >= FULL_WEEK


def describe_hours(case: PlacementCase) -> Iterator[str]:
    """Yield the hours of the week, those of the school's own week, and what is usual."""
    week = case.placement.school_week_minutes
    yield f"{hours(minutes_of(case))} hours"
    if recorded(week):
        yield f"of the school's {hours(week)}"
    if case.pupil.year_on(case.day_judged) in KEY_STAGE_4:
        yield "a week, over all places; 25 hours are usual in key stage 4"
    else:
        yield "a week, over all places"


@once
def list_open_sessions(case: PlacementCase) -> Sessions:
    """List the sessions of a school week in which nobody said where the pupil is."""
    home = case.placement.at_home
    at_home = home.slots if recorded(home) else ()
    placed = {*week_of(case).slots, *at_home}
    return Sessions(tuple(slot for slot in range(FULL_WEEK) if slot not in placed))


class EverySessionHasAPlace(WeekRule):
    """Every session of the week has a place.

    You always know where the pupil is: at the provider, at school, in another place, or at home by
    agreement. Say so for each half day of the school week. One half day may stay open where the
    pupil has the hours of the school's own week, which may be a half day shorter.
    """

    id, severity, sources = "AP428", SHOULD, ("KCSIE", "AP guide", "HB App 3", "HB 2.2")
    key, label = "places", "Sessions without a place"
    applies = outside_the_school
    silent = "you have not said which sessions there are (AP427 asks)"

    def holds(self, case: PlacementCase) -> Says:
        sessions = list_open_sessions(case).slots
        if not sessions or (len(sessions) == 1 and has_the_schools_hours(case)):
            return True
        return False if is_known(case) else None

    def problem(self, case: PlacementCase) -> str:
        return f"you have not said where the pupil is in these sessions: {list_open_sessions(case)}"

    def remedy(self, case: PlacementCase) -> Remedy:
        return Edit(about(case.placement), (*SETTINGS, "at_home"))
