"""The to-do list for people: tasks by urgency and day, or how many each school has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ..domain.days import count, short_day
from ..forms.text import printable
from ..rules.task import Urgency, Who
from ..services.home import group_rows, row_of
from ..services.tasks import OpenTask, count_tasks
from ..services.todo import is_whose
from .lists import Column, fit_columns, join_cells
from .result import Lines, View, is_accessible
from .rows import Entry, Filled, Page, count_rows, fill_page, most_that_fit, room_for
from .tasks import dim_waiting, heading, lay_out, place_of, row_of_home, row_of_task
from .urgencies import URGENCIES, count_words
from .whose import NAMES

LEAVE = {Urgency.ADVICE: 4, Urgency.LATER: 3, Urgency.GAP: 2, Urgency.SOON: 1}
"""Which numbers are left out first on a terminal that is not wide: the highest."""
NO_PLACE = "At no provider"
LEAST_PLACES = 1


class Asked(Struct, frozen=True):
    """What a to-do list was asked for: the last day, who does it, as typed and read; who you are.

    Each is empty or None if nobody asked, or nobody knows.
    """

    last: date | None = None
    typed: tuple[str, ...] = ()
    whose: tuple[Who, ...] = ()
    mine: Who | None = None

    @property
    def done_by(self) -> tuple[Who, ...]:
        """Whose tasks are wanted: everybody's if nobody is named."""
        return self.whose or tuple(Who)

    @property
    def named(self) -> str:
        """Whom the tasks are for, after a verb: "for you or the provider"; empty for everybody."""
        names = dict.fromkeys("you" if who is self.mine else NAMES[who] for who in self.whose)
        return f" for {' or '.join(names)}" if names else ""

    @property
    def empty(self) -> str:
        """What is said if there is no task."""
        return f"nothing to do{self.named}"

    def command(self, options: str) -> str:
        """The command that asks for this and with these options, whatever the day."""
        return " ".join(("ap todo", *(f"--who {name}" for name in self.typed), options))


NOTHING_ASKED = Asked()


def todo_lines(
    tasks: Sequence[OpenTask], on: date, page: Page, asked: Asked = NOTHING_ASKED
) -> Lines:
    """The lines that show a to-do list to people; up to a last day, if that was asked for."""

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        yield title(tasks, on, asked)
        if asked.last is not None:
            until = lines_apart if page.all else lines_until
            yield from until(tasks, on, asked.last, page, view, asked)
            return
        filled = fill_tasks(tasks, on, page, view)
        is_long = filled.last < len(tasks)
        if page.grouped and not page.all and page.first == 1 and is_long:
            yield from lines_by_place(tasks, on, view, asked)
        else:
            yield from filled.lines

    return lines


def title(tasks: Sequence[OpenTask], on: date, asked: Asked) -> str:
    """The day, how many tasks there are, and whose."""
    counted = f"{short_day(on, on)} {on.year}: {count(len(tasks), 'task')}"
    if asked.whose or asked.mine is None:
        return f"{counted}{asked.named}"
    return f"{counted}, {sum(is_whose(one.task.whose, (asked.mine,)) for one in tasks):,} yours"


def lines_apart(
    tasks: Sequence[OpenTask], on: date, last: date, page: Page, view: View, asked: Asked
) -> Iterator[str]:
    """Every task: about safety, due from today to a last day, late, and without a day."""
    unsafe = heading(Urgency.SAFETY, view)
    due = f"Due by {short_day(last, on)}"

    def under(task: OpenTask) -> str:
        if task.urgency is Urgency.SAFETY:
            return unsafe
        if task.by is None:
            return WITHOUT_A_DAY
        return PAST if task.by < on else due

    headings = [unsafe, due, PAST, WITHOUT_A_DAY]
    apart = sorted(tasks, key=lambda task: headings.index(under(task)))
    yield from fill_tasks(apart, on, page, view, under=under).lines


def lines_until(
    tasks: Sequence[OpenTask], on: date, last: date, page: Page, view: View, asked: Asked
) -> Iterator[str]:
    """What is due from today to a last day, after how many tasks are about a child's safety.

    What is late, or has no day, is counted in a line below.
    """
    due = [task for task in tasks if task.by is not None and on <= task.by <= last]
    unsafe = count_tasks(tasks, Urgency.SAFETY)
    if unsafe:
        counted = f": {count(unsafe, 'task')}: {asked.command('--urgency safety')}"
        yield heading(Urgency.SAFETY, view, counted)
    below = [count_others(tasks, on), late_ways(asked)] if len(due) < len(tasks) else []
    taken = count_rows([*below, "due"], view.width) + bool(unsafe)
    if due:
        yield f"Due by {short_day(last, on)}: {count(len(due), 'task')}"
        yield from fill_tasks(due, on, page, view, taken).lines
    else:
        yield f"Nothing is due by {short_day(last, on)}."
    yield from below


PAST, WITHOUT_A_DAY = "Their day is past", "Without a day"


def late_ways(asked: Asked) -> str:
    """Say how to see what is late or has no day."""
    return f"Those too: --list     One urgency: {asked.command('--urgency late')}"


def count_others(tasks: Iterable[OpenTask], on: date) -> str:
    """Say how many tasks are late, and how many have no day."""
    days = [task.by for task in tasks]
    late = sum(day is not None and day < on for day in days)
    without = sum(day is None for day in days)
    parts = [f"{PAST}: {count(late, 'task')}."] if late else []
    parts += [f"{WITHOUT_A_DAY}: {count(without, 'task')}."] if without else []
    return " ".join(parts)


def fill_tasks(
    tasks: Sequence[OpenTask],
    on: date,
    page: Page,
    view: View,
    taken: int = 0,
    under: Callable[[OpenTask], str] | None = None,
) -> Filled:
    """Fill a page with tasks under the headings of their urgencies, or others, numbered through.

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
        Entry(dim_waiting(line, task, view), under(task) if under else heading(task.urgency, view))
        for line, (_, task) in zip(laid_out, shown, strict=True)
    ]
    return fill_page(entries, page, len(tasks), rows, view.width)


def ways(asked: Asked) -> str:
    """Say how to see more: every task, yours if it is known who you are, one urgency."""
    if asked.typed:
        whose = "One person's: --owner NAME"
    elif asked.mine:
        whose = "Yours this week: --who me --within 1w"
    else:
        whose = "The council's: --who council"
    return f"Every task: --list   {whose}   Law: --urgency law"


def lines_by_place(tasks: Sequence[OpenTask], on: date, view: View, asked: Asked) -> Iterator[str]:
    """What is about safety, then how many tasks of each urgency each place has, loudest first.

    Places give way to what is about safety.
    """
    unsafe = [task for task in tasks if task.urgency is Urgency.SAFETY]
    safety = list(safety_lines(unsafe, on, view))
    counts = count_by_place(tasks)

    def make(number: int) -> list[str]:
        return [*safety, *place_lines(counts, number, view), "", ways(asked)]

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
