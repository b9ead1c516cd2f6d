"""The to-do list for people: tasks by urgency and day, or how many each school has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from ..domain.days import count, short_day
from ..forms.text import printable
from ..rules.task import Urgency
from ..services.home import group_rows, row_of
from ..services.tasks import OpenTask, count_tasks
from .lists import Column, fit_columns, join_cells
from .result import Lines, View, is_accessible
from .rows import Entry, Filled, Page, count_rows, fill_page, most_that_fit, room_for
from .tasks import dim_waiting, heading, lay_out, place_of, row_of_home, row_of_task
from .urgencies import URGENCIES, count_words

LEAVE = {Urgency.ADVICE: 4, Urgency.LATER: 3, Urgency.GAP: 2, Urgency.SOON: 1}
"""Which numbers are left out first on a terminal that is not wide: the highest."""
NO_PLACE = "At no provider"
LEAST_PLACES = 1
WAYS = "Every task: --list     One urgency: --urgency law     One person's: --owner NAME"


def todo_lines(tasks: Sequence[OpenTask], on: date, page: Page, last: date | None = None) -> Lines:
    """The lines that show a to-do list to people; up to a last day, if that was asked for."""

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        yield title(tasks, on)
        if last is not None and not page.all:
            yield from lines_until(tasks, on, last, page, view)
            return
        filled = fill_tasks(tasks, on, page, view)
        is_long = filled.last < len(tasks)
        if page.grouped and not page.all and page.first == 1 and is_long:
            yield from lines_by_place(tasks, on, view)
        else:
            yield from filled.lines

    return lines


def title(tasks: Sequence[OpenTask], on: date) -> str:
    """The day, and how many tasks there are."""
    return f"{short_day(on, on)} {on.year}: {count(len(tasks), 'task')}"


def lines_until(
    tasks: Sequence[OpenTask], on: date, last: date, page: Page, view: View
) -> Iterator[str]:
    """What is due from today to a last day, after how many tasks are about a child's safety.

    What is late, or has no day, is counted in a line below.
    """
    due = [task for task in tasks if task.by is not None and on <= task.by <= last]
    unsafe = count_tasks(tasks, Urgency.SAFETY)
    if unsafe:
        counted = f": {count(unsafe, 'task')}: ap todo --urgency safety"
        yield heading(Urgency.SAFETY, view, counted)
    below = [count_others(tasks, on), LATE_WAYS] if len(due) < len(tasks) else []
    taken = count_rows([*below, "due"], view.width) + bool(unsafe)
    if due:
        yield f"Due by {short_day(last, on)}: {count(len(due), 'task')}"
        yield from fill_tasks(due, on, page, view, taken).lines
    else:
        yield f"Nothing is due by {short_day(last, on)}."
    yield from below


LATE_WAYS = "Those too: --list     One urgency: ap todo --urgency late"


def count_others(tasks: Iterable[OpenTask], on: date) -> str:
    """Say how many tasks are late, and how many have no day."""
    days = [task.by for task in tasks]
    late = sum(day is not None and day < on for day in days)
    without = sum(day is None for day in days)
    parts = [f"Their day is past: {count(late, 'task')}."] if late else []
    parts += [f"Without a day: {count(without, 'task')}."] if without else []
    return " ".join(parts)


def fill_tasks(
    tasks: Sequence[OpenTask], on: date, page: Page, view: View, taken: int = 0
) -> Filled:
    """Fill a page with tasks under the headings of their urgencies, numbered through.

    So many rows of the screen are `taken` by other lines.
    """
    if not tasks:
        return Filled(["Nothing to do."], 0)
    rows = room_for(view) - taken
    shown = list(enumerate(tasks, 1))[page.first - 1 :]
    if not page.all:
        shown = shown[:rows]
    laid_out = lay_out([row_of_task(task, on, view, number) for number, task in shown], view)
    entries = [
        Entry(dim_waiting(line, task, view), heading(task.urgency, view))
        for line, (_, task) in zip(laid_out, shown, strict=True)
    ]
    return fill_page(entries, page, len(tasks), rows, view.width)


def lines_by_place(tasks: Sequence[OpenTask], on: date, view: View) -> Iterator[str]:
    """What is about safety, then how many tasks of each urgency each place has, loudest first.

    Places give way to what is about safety.
    """
    unsafe = [task for task in tasks if task.urgency is Urgency.SAFETY]
    safety = list(safety_lines(unsafe, on, view))
    counts = count_by_place(tasks)

    def make(number: int) -> list[str]:
        return [*safety, *place_lines(counts, number, view), "", WAYS]

    yield from most_that_fit(make, range(LEAST_PLACES, len(counts) + 1), room_for(view), view.width)


def safety_lines(unsafe: Sequence[OpenTask], on: date, view: View) -> Iterator[str]:
    """The tasks about safety, in half of the screen at most, and how many more there are.

    Where they do not fit, those with the same words are one row with their number.
    """
    if not unsafe:
        return
    yield heading(Urgency.SAFETY, view, f": {count(len(unsafe), 'task')}")
    rows = room_for(view) // 2 - 1
    found = [row_of(task) for task in unsafe]
    if len(found) > rows:
        found = group_rows(found)
    lines = lay_out([row_of_home(row, on, view) for row in found[:rows]], view)
    page = Page(more="--urgency safety")
    yield from fill_page(list(map(Entry, lines)), page, len(found), rows, view.width).lines


def place_lines(counts: dict[str, Counter[Urgency]], number: int, view: View) -> Iterator[str]:
    """So many places with their counts, those with the loudest tasks first, and how many more."""
    columns = [urgency for urgency in Urgency if any(row[urgency] for row in counts.values())]
    places = sorted(counts, key=lambda place: [-counts[place][urgency] for urgency in Urgency])
    yield from table(places[:number], counts, columns, view)
    if len(places) > number:
        yield f"  and {len(places) - number} more"


def count_by_place(tasks: Iterable[OpenTask]) -> dict[str, Counter[Urgency]]:
    """Count tasks by school and urgency, or by provider where they are all of one school."""
    listed = list(tasks)
    schools = {task.whom.school for task in listed if task.whom.school}
    counts: dict[str, Counter[Urgency]] = {}
    for task in listed:
        place = place_of(task.whom) if len(schools) > 1 else printable(task.whom.provider_name)
        counts.setdefault(place or NO_PLACE, Counter())[task.urgency] += 1
    return counts


def table(
    places: Sequence[str],
    counts: dict[str, Counter[Urgency]],
    columns: Sequence[Urgency],
    view: View,
) -> Iterator[str]:
    """A row for each place with a number in each column, or sentences for those who hear them."""
    if is_accessible():
        for place in places:
            yield f"{place}: {count_words((one, counts[place][one]) for one in columns)}"
        return
    shown = [Column("place", "", cut=True)]
    shown += [
        Column(one, f"{URGENCIES[one].column:>7}", leave=LEAVE.get(one, 0)) for one in columns
    ]
    cells = [[place, *(f"{counts[place][one] or '-':>7}" for one in columns)] for place in places]
    widths = fit_columns(shown, cells, view.width - 2)
    for row in ([column.heading for column in shown], *cells):
        yield f"  {join_cells(row, widths, view.width - 2)}"
