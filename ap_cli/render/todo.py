"""The to-do list for people: tasks by urgency and day, or how many each school has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from msgspec import Struct

from ..domain.days import count, short_day
from ..forms.text import printable, shortened
from ..rules.task import Urgency
from ..services.tasks import OpenTask
from .result import Lines, View, is_accessible
from .tasks import dim_waiting, heading, lay_out, place_of, row_of_task

ROWS = 21
"""How many rows a page of the list has at most, with the headings in it."""
AROUND = 5
"""Rows that stand around a page: its title, what comes after it, and a prompt."""
SHORT = {urgency: urgency.value for urgency in Urgency} | {Urgency.GAP: "find out"}
"""The heading of a column of numbers."""
NO_PLACE = "At no provider"
SAFETY_ROWS = 8
"""How many tasks about safety stand above the counts."""


class Page(Struct, frozen=True):
    """Which tasks of a list to show: from this one on, the first is 1, or all of them.

    `more` says how to see the next, with a place for the number of the first of them.
    """

    first: int = 1
    all: bool = False
    grouped: bool = True
    more: str = "--from {first}, or --list for all"


def todo_lines(tasks: Sequence[OpenTask], on: date, page: Page) -> Lines:
    """The lines that show a to-do list to people."""

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        yield title(tasks, on)
        is_long = last_of_page(tasks, page, view) < len(tasks)
        if page.grouped and not page.all and page.first == 1 and is_long:
            yield from lines_by_place(tasks, on, view)
        else:
            yield from lines_of_page(tasks, on, page, view)

    return lines


def title(tasks: Sequence[OpenTask], on: date) -> str:
    """The day, and how many tasks there are."""
    return f"{short_day(on, on)} {on.year}: {count(len(tasks), 'task')}"


def lines_of_page(tasks: Sequence[OpenTask], on: date, page: Page, view: View) -> Iterator[str]:
    """The tasks of a page under the headings of their urgencies, numbered through."""
    if not tasks:
        yield "Nothing to do."
        return
    if page.first > len(tasks):
        yield f"There {'is' if len(tasks) == 1 else 'are'} only {count(len(tasks), 'task')}."
        return
    last = last_of_page(tasks, page, view)
    shown = list(enumerate(tasks, 1))[page.first - 1 : last]
    laid_out = lay_out([row_of_task(task, on, view, number) for number, task in shown], view)
    for urgency, found in groupby(shown, key=urgency_of):
        yield heading(urgency, view)
        for _, task in found:
            yield dim_waiting(next(laid_out), task, view)
    if last < len(tasks):
        yield f"{len(tasks) - last:,} more: {page.more.format(first=last + 1)}"


def last_of_page(tasks: Sequence[OpenTask], page: Page, view: View) -> int:
    """The number of the last task on a page: as many as fit with their headings."""
    if page.all:
        return len(tasks)
    left = min(ROWS, max((view.height or ROWS + AROUND) - AROUND, 3))
    number = page.first - 1
    above = None
    while number < len(tasks):
        taken = 1 + (tasks[number].urgency is not above)
        if taken > left:
            break
        left -= taken
        above = tasks[number].urgency
        number += 1
    return max(number, page.first)


def urgency_of(numbered: tuple[int, OpenTask]) -> Urgency:
    """The urgency of a task that has a number."""
    return numbered[1].urgency


def lines_by_place(tasks: Sequence[OpenTask], on: date, view: View) -> Iterator[str]:
    """What is about safety, then how many tasks of each urgency each place has, loudest first."""
    unsafe = [task for task in tasks if task.urgency is Urgency.SAFETY]
    shown = unsafe[:SAFETY_ROWS]
    if unsafe:
        yield heading(Urgency.SAFETY, view, f": {len(unsafe):,}")
        yield from lay_out([row_of_task(task, on, view) for task in shown], view)
    if len(unsafe) > len(shown):
        yield f"     and {len(unsafe) - len(shown):,} more: --urgency safety"
    counts = count_by_place(tasks)
    columns = [urgency for urgency in Urgency if any(row[urgency] for row in counts.values())]
    places = sorted(counts, key=lambda place: [-counts[place][urgency] for urgency in Urgency])
    room = ROWS - len(shown) - 5
    yield from table(places[:room], counts, columns, view)
    if len(places) > room:
        yield f"  and {len(places) - room} more"
    yield ""
    yield "Every task: --list     One urgency: --urgency law     One person's: --owner NAME"


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
            parts = [f"{counts[place][one]} {SHORT[one]}" for one in columns if counts[place][one]]
            yield f"{place}: {', '.join(parts)}"
        return
    wide = max(view.width - 9 * len(columns) - 2, 12)
    width = min(max(map(len, places)), wide)
    yield f"  {'':{width}}{''.join(f'{SHORT[one]:>9}' for one in columns)}"
    for place in places:
        cells = "".join(f"{counts[place][one] or '-':>9}" for one in columns)
        yield f"  {shortened(place, width):{width}}{cells}"
