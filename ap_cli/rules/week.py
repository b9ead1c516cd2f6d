"""AP4: whether the child's week is full, and what is agreed where it is not."""

from __future__ import annotations

from ..domain.ages import year_group
from ..domain.days import count, words
from ..domain.periods import holds
from ..domain.placement import Placement
from ..domain.sessions import DAYS, Sessions
from ..domain.text import hours
from ..forms.facts import Fact, Unknown, any_of, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import before_the_start, outside_the_school
from .engine import rule
from .on_record import flags_and_places
from .rule import BEFORE, LOCAL, SHOULD, Says

SETTINGS = ("at_provider", "at_school", "elsewhere")
PLACES = {"at_provider": "at the provider", "at_school": "at school"}
FULL_WEEK = 2 * len(DAYS)
KEY_STAGE_4 = (10, 11)


@once
def week_of(case: PlacementCase) -> Sessions:
    """The sessions in education over all settings and all of the child's placements, as far as they are recorded; none at home."""
    own = [fact for name in SETTINGS if recorded(fact := getattr(case.placement, name))]
    there = [other.at_provider for other in case.others if recorded(other.at_provider)]
    return Sessions(tuple(sorted({slot for sessions in (*own, *there) for slot in sessions.slots})))


@once
def minutes_of(case: PlacementCase) -> int:
    """The time in education over all settings and all of the child's placements, as far as it is recorded."""
    own = [
        fact
        for name in ("school_minutes", "elsewhere_minutes")
        if recorded(fact := getattr(case.placement, name))
    ]
    return sum(
        (case.placement.weekly_minutes, *own, *(other.weekly_minutes for other in case.others))
    )


def gaps(case: PlacementCase) -> list[str]:
    """Of the provider and the school the places whose sessions are not recorded."""
    return [name for name in PLACES if not recorded(getattr(case.placement, name))]


def is_known(case: PlacementCase) -> bool:
    """Whether the sessions at the provider and at school are both recorded."""
    return not gaps(case)


def is_some_of_it_at_home(case: PlacementCase) -> bool:
    """Whether some of the week is recorded as at home, where no setting has those sessions."""
    home = case.placement.at_home
    return recorded(home) and not set(home.slots) <= set(week_of(case).slots)


def medically_excused(case: PlacementCase) -> Fact[bool]:
    """Whether a medical condition makes full-time education unfit."""
    return holds(case.pupil.medical, case.day_judged)


def fewer_than_five(case: PlacementCase) -> str:
    return (
        f"the child is in education on {count(week_of(case).days, 'day')} a week ({week_of(case)})"
    )


def record_the_week(case: PlacementCase) -> str:
    wanting = (
        " ".join(f"--{name.replace('_', '-')} …" for name in gaps(case))
        or "--at-provider … --at-school …"
    )
    none = (
        ", and “none” where there are none" if "at_school" in gaps(case) else ", or --elsewhere …"
    )
    return f"ap placement edit {case.ref} {wanting}{none}"


@rule(
    "AP417",
    "the child is in education on five days a week",
    LOCAL,
    cites=["HB 2.2"],
    applies=outside_the_school,
    due=before_the_start,
    stage=BEFORE,
    breach=fewer_than_five,
    remedy=record_the_week,
)
def five_days_a_week(case: PlacementCase) -> Says:
    """Over the provider, the school and anywhere else, the child is in education on each day of the week.

    Excused where the child avoids school for emotional reasons, or where a medical condition makes it unfit. Silent where
    the sessions are not recorded, as AP427 asks for them.
    """
    if week_of(case).days == len(DAYS):
        return True
    if not is_known(case):
        return None
    excused = any_of(holds(case.pupil.ebsa, case.day_judged), medically_excused(case))
    return excused if isinstance(excused, Unknown) else None if excused else False


@once
def is_full_week(case: PlacementCase) -> bool:
    """Whether the week is full: ten sessions, or as many hours as the home school's own week."""
    own = case.placement.school_week_minutes
    return len(week_of(case).slots) >= FULL_WEEK or (recorded(own) and minutes_of(case) >= own)


def less_than_full(case: PlacementCase) -> str:
    if not is_known(case):
        return f"which sessions are {' and '.join(PLACES[name] for name in gaps(case))} is not recorded"
    week = case.placement.school_week_minutes
    of = f" of the school's {hours(week)}" if recorded(week) else ""
    usual = (
        ", where 25 hours are usual at key stage 4"
        if year_group(case.pupil.born, case.day_judged) in KEY_STAGE_4
        else ""
    )
    return f"only {len(week_of(case).slots)} of {FULL_WEEK} sessions, {hours(minutes_of(case))} hours{of} a week over all settings{usual}"


@rule(
    "AP427",
    "provision is full time in total",
    SHOULD,
    cites=["HB App 3"],
    applies=outside_the_school,
    due=before_the_start,
    stage=BEFORE,
    breach=less_than_full,
    remedy=record_the_week,
)
def full_time_in_total(case: PlacementCase) -> Says:
    """Over all settings together the child has ten sessions a week, or as many hours as the home school's own week.

    Only a medical condition excuses less. Time at home never counts. A child's other placements are added.
    """
    if is_full_week(case):
        return True
    if not is_known(case):
        return False
    excused = medically_excused(case)
    return excused if isinstance(excused, Unknown) else None if excused else False


def is_part_time(case: PlacementCase) -> Fact[bool]:
    """Whether the recorded week falls short of full time, and no medical condition excuses that."""
    if (
        not case.external
        or is_full_week(case)
        or not (is_known(case) or is_some_of_it_at_home(case))
    ):
        return False
    excused = medically_excused(case)
    return excused if isinstance(excused, Unknown) else not excused


def no_way_back(case: PlacementCase) -> str:
    day = case.placement.full_time_from
    if not recorded(day):
        return "the week is part time, and no day is recorded from which it is full again"
    return f"the week was to be full time from {words(day)}, and is part time still"


@rule(
    "AP418",
    "a part-time week has a dated plan to return to full time",
    SHOULD,
    cites=["HB 2.2"],
    applies=is_part_time,
    due=before_the_start,
    stage=BEFORE,
    breach=no_way_back,
    remedy=lambda case: f"ap placement edit {case.ref} --full-time-from DAY",
)
def part_time_ends(case: PlacementCase) -> Says:
    """A part-time week is a step and not a state: the day on which it is full time again is agreed at the outset, and kept."""
    day = case.placement.full_time_from
    return recorded(day) and case.on < day


AGREED = ("home_reported", "home_agreed", "home_until", "home_checked_by")


def is_part_time_at_home(case: PlacementCase) -> Fact[bool]:
    """Whether some of a part-time week is at home."""
    return is_part_time(case) if is_some_of_it_at_home(case) else False


@once
def not_agreed(case: PlacementCase) -> list[str]:
    """What of the time at home is not recorded, recorded as no, or over."""
    facts = {name: getattr(case.placement, name) for name in AGREED}
    return [
        name
        for name, fact in facts.items()
        if not recorded(fact) or fact is False or (name == "home_until" and fact < case.on)
    ]


SAID = {
    "home_reported": "it was reported to the local authority",
    "home_agreed": "the parents agreed",
    "home_until": "until when, with a day to come",
    "home_checked_by": "who checks on the child",
}


@rule(
    "AP419",
    "time at home in a part-time timetable is reported and agreed, has an end, and somebody checks on the child",
    LOCAL,
    cites=["HB 1.2"],
    applies=is_part_time_at_home,
    due=before_the_start,
    stage=BEFORE,
    breach=lambda case: (
        f"some of the week is at home, and this is not recorded: {', '.join(SAID[name] for name in not_agreed(case))}"
    ),
    remedy=lambda case: (
        f"ap placement edit {case.ref} {flags_and_places(Placement, tuple(not_agreed(case)))}"
    ),
)
def time_at_home_is_agreed(case: PlacementCase) -> Says:
    """A child at home is out of sight: the authority knows, the parents agreed, it ends on a day, and somebody named looks after the child."""
    return not not_agreed(case)
