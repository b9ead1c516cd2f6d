"""Arrange the tasks of a day on one screen: the loudest first, grouped where they would not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from ..domain.days import count
from ..rules.engine import SOON
from ..rules.task import RANK, Urgency, Weight
from ..store.queries.people import Whom
from .people import People
from .tasks import URGENT, OpenTask, count_tasks
from .verdicts import is_due_by

STARTING = "Placements to make ready for the start"
"""What rows about placements that start are called together."""


class HomeRow(Struct, frozen=True):
    """A row of the screen: a task by itself, or several that are counted.

    `words` name the task or, of several, what they have in common. `by` is the earliest day.
    `is_start` if it stands for all that is missing before a placement starts; `about` is whom it
    is about, each once: those placements, or whoever the tasks are about.
    """

    words: str
    tasks: tuple[OpenTask, ...]
    about: tuple[Whom, ...]
    by: date | None
    is_group: bool = False
    is_start: bool = False

    @property
    def whom(self) -> Whom:
        """Whom the first of the tasks is about."""
        return self.about[0]

    @property
    def many(self) -> int:
        """How many placements start, or how many tasks there are; 0 for a row by itself."""
        if not self.is_group:
            return 0
        return len(self.about) if self.is_start else len(self.tasks)


class Section(Struct, frozen=True):
    """The rows of one urgency, how many tasks it has in all, and how many rows did not fit.

    `hidden` are the tasks of those rows.
    """

    urgency: Urgency
    rows: tuple[HomeRow, ...]
    total: int
    cut: int = 0
    hidden: int = 0


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
    totals = {urgency: count_tasks(tasks, urgency) for urgency in shown}
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
    return HomeRow(task.task.words, (task,), (task.whom,), task.by)


def group_rows(rows: Iterable[HomeRow]) -> list[HomeRow]:
    """Make one row of those with the same label; what is by itself stays as it is.

    They stay in the order of their first about safety. Of the rest what bears hardest on a child
    comes first, then what is most overdue.
    """
    groups: dict[str, list[HomeRow]] = {}
    for row in rows:
        groups.setdefault(group_name(row), []).append(row)
    joined = [join_rows(name, found) for name, found in groups.items()]
    if joined[0].tasks[0].urgency is Urgency.SAFETY:
        return joined
    return sorted(joined, key=hardest_first)


def group_name(row: HomeRow) -> str:
    """Name the rows that are counted together: by their label, or what is to come by its task."""
    if row.is_start:
        return STARTING
    task = row.tasks[0]
    return task.task.words if task.urgency is Urgency.SOON else task.label


def hardest_first(row: HomeRow) -> tuple[bool, bool, int, date, int]:
    """Return the sort key of a row: a child without a place, a start, its weight, day and number.

    What has no day stands after what has one.
    """
    weight = weight_of(row)
    has_place = weight is not Weight.NO_PLACE
    return has_place, not row.is_start, -weight, row.by or date.max, -len(row.tasks)


def join_rows(name: str, rows: list[HomeRow]) -> HomeRow:
    """Make one row of several, about all that they are about."""
    if len(rows) == 1:
        return rows[0]
    tasks = tuple(task for row in rows for task in row.tasks)
    days = [row.by for row in rows if row.by is not None]
    about = tuple(dict.fromkeys(whom for row in rows for whom in row.about))
    is_start = rows[0].is_start
    return HomeRow(name, tasks, about, min(days, default=None), is_group=True, is_start=is_start)


def cut_to_fit(
    shown: dict[Urgency, list[HomeRow]], totals: dict[Urgency, int], rows: int
) -> tuple[Section, ...]:
    """Cut the longest section, row by row, until all fit; one that is cut says how much is missing.

    Each keeps at least one row, and all about a child without a place; safety all of them.
    """
    kept = {urgency: len(found) for urgency, found in shown.items()}
    least = {urgency: max(count_without_place(found), 1) for urgency, found in shown.items()}
    least[Urgency.SAFETY] = kept.get(Urgency.SAFETY, 0)

    def taken() -> int:
        """The rows of all sections, with a heading and, where one is cut, a line that says so."""
        return sum(number + 1 + (number < len(shown[urgency])) for urgency, number in kept.items())

    while taken() > rows:
        long = [urgency for urgency in kept if kept[urgency] > least[urgency]]
        if not long:
            break
        longest = max(long, key=lambda urgency: (kept[urgency], RANK[urgency]))
        kept[longest] -= 1
    return tuple(
        Section(
            urgency,
            tuple(found[: kept[urgency]]),
            totals[urgency],
            len(found) - kept[urgency],
            sum(count_tasks(row.tasks, urgency) for row in found[kept[urgency] :]),
        )
        for urgency, found in shown.items()
    )


def count_without_place(rows: Iterable[HomeRow]) -> int:
    """Count the rows about children without a place or education, which come first."""
    return sum(weight_of(row) is Weight.NO_PLACE for row in rows)


def weight_of(row: HomeRow) -> Weight:
    """The weight of the weightiest task of a row; one that starts has that of papers."""
    return Weight.PAPERS if row.is_start else max(task.weight for task in row.tasks)


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
            found.append(HomeRow(words, missing, (whom,), whom.starts, is_start=True))
    return sorted(found, key=start_of)


def start_of(row: HomeRow) -> tuple[date, str]:
    """Return the sort key of a placement that starts: its day, then its reference."""
    return row.by or date.max, row.whom.ref
