"""Arrange the tasks of a day on one screen: the loudest first, grouped where they would not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from ..domain.days import count
from ..rules.engine import SOON
from ..rules.task import RANK, Urgency
from ..store.queries.people import Whom
from .people import People
from .tasks import URGENT, OpenTask
from .verdicts import is_due_by

STARTING = "Starting with things missing"
"""What rows about placements that start are called together."""


class HomeRow(Struct, frozen=True):
    """A row of the screen: a task by itself, or several that are counted.

    `words` name the task or, of several, what they have in common. `by` is the earliest day.
    `is_start` if it stands for all that is missing before a placement starts.
    """

    words: str
    tasks: tuple[OpenTask, ...]
    whom: Whom
    by: date | None
    is_group: bool = False
    is_start: bool = False


class Section(Struct, frozen=True):
    """The rows of one urgency, how many tasks it has in all, and how many rows did not fit."""

    urgency: Urgency
    rows: tuple[HomeRow, ...]
    total: int
    cut: int = 0


def arrange(tasks: Sequence[OpenTask], people: People, on: date, rows: int) -> tuple[Section, ...]:
    """Arrange tasks in sections that take at most so many rows, with a heading each.

    The longest section is counted by label first; what then still does not fit is cut from the end.
    Safety is never cut.
    """
    starting = list_starting(tasks, people, on)
    folded = {id(task) for row in starting for task in row.tasks if task.urgency is Urgency.SOON}
    listed: dict[Urgency, list[HomeRow]] = {urgency: [] for urgency in URGENT}
    for task in tasks:
        if task.urgency in listed and id(task) not in folded:
            listed[task.urgency].append(row_of(task))
    listed[Urgency.SOON] = [*starting, *listed[Urgency.SOON]]
    shown = {urgency: found for urgency, found in listed.items() if found}
    totals = {urgency: len(found) for urgency, found in shown.items()}
    ungrouped = set(shown)
    while ungrouped and rows_taken(shown) > rows:
        longest = max(ungrouped, key=lambda urgency: (len(shown[urgency]), -RANK[urgency]))
        shown[longest] = group_rows(shown[longest])
        ungrouped.discard(longest)
    return cut_to_fit(shown, totals, rows)


def rows_taken(shown: dict[Urgency, list[HomeRow]]) -> int:
    """Count the rows of all sections with their headings."""
    return sum(len(found) + 1 for found in shown.values())


def row_of(task: OpenTask) -> HomeRow:
    """Make the row of a task by itself."""
    return HomeRow(task.task.words, (task,), task.whom, task.by)


def group_rows(rows: Iterable[HomeRow]) -> list[HomeRow]:
    """Make one row of those with the same label; what is by itself stays as it is.

    Of what is about a child's safety the first comes first, of the rest what is most common.
    """
    groups: dict[str, list[HomeRow]] = {}
    for row in rows:
        groups.setdefault(group_name(row), []).append(row)
    joined = [join_rows(name, found) for name, found in groups.items()]
    if joined[0].tasks[0].urgency is Urgency.SAFETY:
        return joined
    return sorted(joined, key=most_first)


def group_name(row: HomeRow) -> str:
    """Name the rows that are counted together: by their label, or what is to come by its task."""
    if row.is_start:
        return STARTING
    task = row.tasks[0]
    return task.task.words if task.urgency is Urgency.SOON else task.label


def most_first(row: HomeRow) -> int:
    """Return the sort key that puts the row of most tasks first."""
    return -len(row.tasks)


def join_rows(name: str, rows: list[HomeRow]) -> HomeRow:
    """Make one row of several; whom the first is about stands for all."""
    if len(rows) == 1:
        return rows[0]
    tasks = tuple(task for row in rows for task in row.tasks)
    days = [row.by for row in rows if row.by is not None]
    return HomeRow(name, tasks, rows[0].whom, min(days, default=None), is_group=True)


def cut_to_fit(
    shown: dict[Urgency, list[HomeRow]], totals: dict[Urgency, int], rows: int
) -> tuple[Section, ...]:
    """Cut the longest section, row by row, until all fit; one that is cut says how much is missing.

    Each keeps at least one row, and safety all of them.
    """
    kept = {urgency: len(found) for urgency, found in shown.items()}

    def taken() -> int:
        """The rows of all sections, with a heading and, where one is cut, a line that says so."""
        return sum(number + 1 + (number < len(shown[urgency])) for urgency, number in kept.items())

    while taken() > rows:
        long = [urgency for urgency in kept if urgency is not Urgency.SAFETY and kept[urgency] > 1]
        if not long:
            break
        longest = max(long, key=lambda urgency: (kept[urgency], RANK[urgency]))
        kept[longest] -= 1
    return tuple(
        Section(urgency, tuple(found[: kept[urgency]]), totals[urgency], len(found) - kept[urgency])
        for urgency, found in shown.items()
    )


def list_starting(tasks: Sequence[OpenTask], people: People, on: date) -> list[HomeRow]:
    """List the placements that start within two weeks with things missing, a row each."""
    found = []
    for whom in people.placements(on):
        if whom.starts is None or not on < whom.starts <= on + SOON:
            continue
        missing = tuple(
            task
            for task in tasks
            if {whom.placement, whom.pupil, whom.provider} & {*task.task.subjects}
            and is_due_by(task, whom.starts)
        )
        if missing:
            words = f"Make ready for the start: {count(len(missing), 'thing')}"
            found.append(HomeRow(words, missing, whom, whom.starts, is_start=True))
    return sorted(found, key=start_of)


def start_of(row: HomeRow) -> tuple[date, str]:
    """Return the sort key of a placement that starts: its day, then its reference."""
    return row.by or date.max, row.whom.ref
