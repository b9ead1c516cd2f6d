"""Gather what a meeting needs about a record: as much as a screen holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from ..domain.attendance import Mark, SessionCounts, count_sessions
from ..domain.entries.during import Review
from ..domain.placement import Placement, State
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.sessions import Sessions
from ..forms.facts import recorded
from ..forms.form import Noun, reference
from ..rules.cases.placement import PlacementCase
from ..rules.task import Urgency
from ..store.opening import Store
from ..store.queries.pupils import names_by_number
from .caseload import Caseload
from .standing import list_open_tasks
from .summaries import Dated, PlacementLine, explain_registration, line_of, list_dates
from .tasks import OpenTask

WEEKS = 8
"""How many weeks of attendance are gathered: those with a mark, the last ones."""

REVIEWS = 3
WEEKEND = {5: timedelta(days=2), 6: timedelta(days=1)}
"""How far the next week is from a Saturday and a Sunday."""

CAN_WAIT = (Urgency.LATER, Urgency.ADVICE)
WHERE_IN_WEEK = (
    ("at_provider", ""),
    ("at_school", "at school"),
    ("elsewhere", "elsewhere"),
    ("at_home", "at home"),
)


class Part(Struct, frozen=True):
    """Where a week is spent: the provider's name, "at school" and so on, and its half days."""

    where: str
    sessions: Sessions


class PlannedWeek(Struct, frozen=True):
    """The week of a placement that is planned or live, from its Monday.

    `parts` are empty if nobody recorded the half days; `no_school` if the whole week is a holiday.
    """

    placement: str
    provider: str
    monday: date
    minutes: int
    parts: tuple[Part, ...]
    no_school: bool


class AttendedWeek(Struct, frozen=True):
    """The attendance of a week, from its Monday."""

    monday: date
    counts: SessionCounts


class HeldReview(Struct, frozen=True):
    """A review: its placement, its day, whether it was safe, and what was decided, as recorded."""

    placement: str
    day: date
    safe: bool | None
    decided: str | None


class MeetingPage(Struct, frozen=True):
    """What a meeting needs about a record.

    `overdue` has the days on which reviews were due and not held, `dates` the days to come;
    `pupils` maps the references of the pupils to their names. `tasks` are what is open, the loudest
    first, `waiting` those that wait for an answer, `later` how many more can wait. `notes` say how
    close a provider is to being a school.
    """

    noun: Noun
    placements: tuple[PlacementLine, ...]
    pupils: dict[str, str]
    weeks: tuple[PlannedWeek, ...]
    attended: tuple[AttendedWeek, ...]
    total: SessionCounts
    reviews: tuple[HeldReview, ...]
    tasks: tuple[OpenTask, ...]
    waiting: tuple[OpenTask, ...]
    later: int
    overdue: tuple[Dated, ...]
    dates: tuple[Dated, ...]
    notes: tuple[str, ...]


def gather_page(store: Store, noun: Noun, on: date) -> MeetingPage:
    """Gather what a meeting needs about a placement, a pupil or a provider, as on a day."""
    cases = Caseload(store, on)
    found = list(cases.placement_cases(type(noun), noun.id))
    placements = [case.placement for case in found]
    marks = sorted((mark for case in found for mark in case.register.marks), key=session_of)
    every = list_open_tasks(store, (type(noun), noun.id), on)
    urgent = [task for task in every if task.urgency not in CAN_WAIT]
    pressing = [task for task in urgent if task.waits_since is None]
    provider = next(cases.provider_cases(noun.id)) if isinstance(noun, Provider) else None
    begun = [placement for placement in placements if not placement.never_started]
    dates = sorted(list_dates(store, noun, begun, on, provider), key=day_of)
    return MeetingPage(
        noun=noun,
        placements=tuple(line_of(cases, placement, on) for placement in placements),
        pupils=name_pupils(store, placements),
        weeks=tuple(plan_weeks(cases, found)),
        attended=tuple(count_weeks(marks))[-WEEKS:],
        total=count_sessions(marks),
        reviews=tuple(list_reviews(found))[:REVIEWS],
        tasks=tuple(pressing),
        waiting=tuple(task for task in urgent if task.waits_since is not None),
        later=len(every) - len(urgent),
        overdue=tuple(each for each in dates if each.day < on),
        dates=tuple(each for each in dates if each.day >= on),
        notes=tuple(explain_registration(provider)) if provider else (),
    )


def session_of(mark: Mark) -> tuple[date, int]:
    """Return the session of a mark, to sort by."""
    return mark.day, mark.half


def day_of(dated: Dated) -> tuple[date, str]:
    """Return a day to come with what happens on it, to sort by."""
    return dated.day, dated.what


def name_pupils(store: Store, placements: Sequence[Placement]) -> dict[str, str]:
    """Map the references of the pupils of placements to their names."""
    numbers = {placement.pupil for placement in placements}
    names = names_by_number(store)
    return {reference(Pupil.PREFIX, id): names[id] for id in sorted(numbers)}


def plan_weeks(cases: Caseload, found: Iterable[PlacementCase]) -> Iterator[PlannedWeek]:
    """List this week of each live placement, and the first week of each planned one.

    At a weekend it is the week that comes.
    """
    today = cases.on + WEEKEND.get(cases.on.weekday(), timedelta())
    for case in found:
        placement = case.placement
        if placement.state(cases.on) in (State.ENDED, State.NEVER_STARTED):
            continue
        day = max(today, placement.starts)
        monday = day - timedelta(days=day.weekday())
        days = [monday + timedelta(days=ahead) for ahead in range(5)]
        provider = cases.provider(placement.provider).name
        yield PlannedWeek(
            placement.ref,
            provider,
            monday,
            placement.weekly_minutes,
            tuple(parts_of(placement, provider)),
            not any(map(case.calendar.is_presumed_school_day, days)),
        )


def parts_of(placement: Placement, provider: str) -> Iterator[Part]:
    """List where the week of a placement is spent, as far as it is recorded."""
    for name, where in WHERE_IN_WEEK:
        sessions = getattr(placement, name)
        if recorded(sessions) and sessions.slots:
            yield Part(where or provider, sessions)


def count_weeks(marks: Iterable[Mark]) -> Iterator[AttendedWeek]:
    """Count the sessions of each week with a mark, from its Monday."""
    for monday, those in groupby(marks, key=monday_of):
        yield AttendedWeek(monday, count_sessions(those))


def monday_of(mark: Mark) -> date:
    """Return the Monday of the week of a mark."""
    return mark.day - timedelta(days=mark.day.weekday())


def list_reviews(found: Iterable[PlacementCase]) -> list[HeldReview]:
    """List the reviews held, the newest first."""
    held = [
        HeldReview(
            case.ref,
            review.day,
            review.safe if recorded(review.safe) else None,
            review.decided.value if recorded(review.decided) else None,
        )
        for case in found
        for review in case.entries.all(Review)
    ]
    return sorted(held, key=review_day, reverse=True)


def review_day(held: HeldReview) -> tuple[date, str]:
    """Return the day of a review, to sort by."""
    return held.day, held.placement
