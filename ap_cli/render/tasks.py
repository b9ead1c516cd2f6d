"""Tasks on a screen: a row each, with whom they are about and by when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from ..domain.days import MONTHS, count, short_day
from ..domain.pupil import short_name
from ..forms.text import printable, shortened
from ..rules.task import Urgency
from ..services.home import HomeRow
from ..services.tasks import OpenTask
from ..services.verdicts import Verdict
from ..store.queries.people import Whom
from .result import BOLD, DIM, GREEN, RED, YELLOW, View, is_accessible, paint

HEADINGS = {
    Urgency.SAFETY: "A child may be unsafe",
    Urgency.LAW: "Against the law",
    Urgency.LATE: "Late",
    Urgency.SOON: "This fortnight",
    Urgency.GAP: "Find out",
    Urgency.LATER: "Later",
    Urgency.ADVICE: "Advice",
}
COLORS = {
    Urgency.SAFETY: RED,
    Urgency.LAW: RED,
    Urgency.LATE: YELLOW,
    Urgency.SOON: YELLOW,
}
VERDICT_COLORS = {
    Verdict.UNSAFE: RED,
    Verdict.AGAINST_THE_LAW: RED,
    Verdict.LATE: YELLOW,
    Verdict.NOT_READY: YELLOW,
    Verdict.FIND_OUT: YELLOW,
    Verdict.IN_ORDER: GREEN,
}
WIDEST = 17
WIDEST_REF = 11
"""The widest a cell beside the words becomes; references and rules take less."""
SHORTEST_WORDS = 16
GAP = "  "


class Row(Struct, frozen=True):
    """The cells of a row: the task, how many it stands for, whom, the reference and when.

    `number` is what chooses it, 0 if nothing does.
    """

    words: str
    many: int = 0
    who: str = ""
    ref: str = ""
    when: str = ""
    number: int = 0


def lay_out(rows: Sequence[Row], view: View) -> Iterator[str]:
    """Lay rows out in columns that fit the width, or as sentences for those who hear them."""
    if is_accessible() or not view.width:
        yield from map(sentence_of, rows)
        return
    most = (WIDEST, min(WIDEST, view.width // 5), WIDEST_REF, WIDEST)
    columns = zip(*map(cells_of, rows), strict=True)
    widths = [min(widest(cells), limit) for cells, limit in zip(columns, most, strict=False)]
    begins = max((len(str(row.number)) for row in rows), default=0) + 3
    taken = begins + sum(width + len(GAP) for width in widths if width)
    words = max(min(widest(row.words for row in rows), view.width - taken), SHORTEST_WORDS)
    for row in rows:
        number = f"{row.number:>{begins - 2}}" if row.number else " " * (begins - 2)
        cells = [f"{shortened(row.words, words):{words}}"]
        for cell, width in zip(cells_of(row), widths, strict=True):
            if width:
                cells.append(f"{shortened(cell, width):{width}}")
        yield GAP.join((number, *cells)).rstrip()


def cells_of(row: Row) -> tuple[str, str, str, str]:
    """The cells of a row beside its words."""
    return f"{row.many:,}" if row.many else "", row.who, row.ref, row.when


def widest(cells: Iterable[str]) -> int:
    """The width that a column needs."""
    return max(map(len, cells), default=0)


def sentence_of(row: Row) -> str:
    """A row as a sentence."""
    number = f"{row.number}. " if row.number else ""
    words = f"{row.words}: {row.many:,}" if row.many else row.words
    return number + ", ".join(cell for cell in (words, row.who, row.ref, row.when) if cell)


def heading(urgency: Urgency, view: View, more: str = "") -> str:
    """The line above the tasks of an urgency, in its colour."""
    return paint(f"{HEADINGS[urgency]}{more}", COLORS.get(urgency, BOLD), view)


def who(whom: Whom, view: View) -> str:
    """Name whom a task is about as an overview does: a child by first name and initial."""
    if whom.pupil:
        if view.names == "never" or not whom.name:
            return whom.pupil
        return printable(whom.name if view.names == "full" else short_name(whom.name))
    return printable(whom.provider_name)


def when(by: date | None, on: date) -> str:
    """Say when something is due, short: "94 days" (late), "today", "by Wed", "by 18 Dec"."""
    if by is None:
        return ""
    ahead = (by - on).days
    if ahead < 0:
        return count(-ahead, "day")
    if ahead == 0:
        return "today"
    if ahead < 7:
        return f"by {short_day(by, on)[:3]}"
    year = "" if by.year == on.year else f" {by.year}"
    return f"by {by.day} {MONTHS[by.month - 1][:3]}{year}"


def row_of_task(task: OpenTask, on: date, view: View, number: int = 0) -> Row:
    """The row of a task."""
    due = when(task.by, on)
    if task.waits_since is not None:
        due = f"waits, {task.waits_since.day} {MONTHS[task.waits_since.month - 1][:3]}"
    return Row(task.task.words, 0, who(task.whom, view), task.whom.ref, due, number)


def row_of_home(row: HomeRow, on: date, view: View, number: int) -> Row:
    """The row of a task by itself, or of several with how many they are and where.

    Of several about safety the first child is named as well.
    """
    is_about_one = not row.is_group or row.tasks[0].urgency is Urgency.SAFETY
    where = who(row.whom, view) if is_about_one else summarise_places(row.tasks)
    ref = row.whom.ref if is_about_one else ""
    many = len(row.tasks) if row.is_group else 0
    return Row(row.words, many, where, ref, when(row.by, on), number)


def summarise_places(tasks: Sequence[OpenTask]) -> str:
    """Say where tasks are, most first: the schools with counts, or else the providers."""
    places = Counter(place_of(task.whom) for task in tasks)
    places.pop("", None)
    if not places:
        return ""
    (first, number), *others = places.most_common()
    if not others:
        return first
    return f"{shortened(first, 8)} {number}, {len(others)} more"


def place_of(whom: Whom) -> str:
    """The school or provider that a task belongs to; empty if neither is known."""
    return printable(whom.school or whom.provider_name)


def dim_waiting(line: str, task: OpenTask, view: View) -> str:
    """A line that is less bright if its task waits for somebody's answer."""
    return line if task.waits_since is None else paint(line, DIM, view)


def counts_line(counts: Iterable[tuple[str, int]]) -> str:
    """Say how many there are of what is not shown: "Find out 2. Later 41."."""
    return " ".join(f"{name} {number:,}." for name, number in counts if number)
