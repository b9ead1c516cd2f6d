"""How things stand on a day: who is placed, what is to be done, and what is unfinished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from ..rules.rule import OPEN
from ..rules.task import Urgency
from ..store.opening import Store
from . import checks, drafts
from .checks import CheckRequest
from .drafts import Unfinished
from .first_steps import list_first_steps, list_uncommissioned
from .people import People
from .tasks import OpenTask, TaskMaker, count_by_urgency
from .terms import known_until


class Situation(Struct, frozen=True):
    """How a store stands on a day.

    `live` counts the placements that have started and not ended, `schools` and `providers` those
    they are from and at. `waiting` counts the tasks that wait for an answer, which are not among
    `tasks`. `terms_until` is the last day of known term dates.
    Of those that are `uncommissioned` nobody said who arranges them.
    """

    on: date
    live: int
    schools: int
    providers: int
    tasks: tuple[OpenTask, ...]
    counts: Mapping[Urgency, int]
    waiting: int
    people: People
    drafts: tuple[Unfinished, ...]
    damaged_drafts: tuple[str, ...]
    first_steps: tuple[str, ...]
    uncommissioned: tuple[str, ...]
    terms_until: date | None


def describe_situation(store: Store, on: date) -> Situation:
    """Describe how a store stands on a day."""
    people = People(store)
    findings = checks.list_findings(store, CheckRequest(on, answers=OPEN))
    made = TaskMaker(store, on, people).make(findings)
    tasks = tuple(task for task in made if task.waits_since is None)
    live = [whom for whom in people.placements(on) if whom.is_live(on)]
    return Situation(
        on,
        len(live),
        len({whom.school for whom in live if whom.school}),
        len({whom.provider for whom in live}),
        tasks,
        count_by_urgency(tasks),
        len(made) - len(tasks),
        people,
        tuple(drafts.list_unfinished(store)),
        tuple(drafts.list_damaged(store)),
        tuple(f"{step.words}: {step.command}" for step in list_first_steps(store)),
        tuple(list_uncommissioned(store, on)),
        known_until(store),
    )
