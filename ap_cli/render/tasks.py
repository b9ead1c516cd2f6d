"""Tasks on a screen: a row each, with whom they are about and by when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..domain.days import MONTHS, count, day_to_act, short_day
from ..domain.pupil import short_name
from ..forms.text import printable, shortened
from ..rules.task import Urgency
from ..services.home import HomeRow
from ..services.tasks import OpenTask
from ..services.verdicts import Verdict
from ..store.queries.people import Whom
from .lists import GAP, Column, fit_columns, join_cells
from .result import DIM, GREEN, RED, YELLOW, View, is_accessible, paint
from .rows import HIGHEST
from .urgencies import URGENCIES, heading_color

VERDICT_COLORS = {
    Verdict.UNSAFE: RED,
    Verdict.AGAINST_THE_LAW: RED,
    Verdict.LATE: YELLOW,
    Verdict.NOT_READY: YELLOW,
    Verdict.FIND_OUT: YELLOW,
    Verdict.IN_ORDER: GREEN,
}
WIDEST = 17
"""The widest that a name or a place becomes beside a task."""
COLUMNS = (
    Column("words", "", cut=True, least=44),
    Column("many", ""),
    Column("who", ""),
    Column("when", ""),
    Column("rules", "", leave=1),
)
"""The columns of tasks, which need no heading; the rules are left out where the task needs them."""


SHORTEST_PLACE = 6
"""The fewest letters of a place that is named with how many more there are."""

REFERENCE = len(GAP) + len("PL-0001")
"""The letters that a reference takes beside a name; a row that has none uses them for names."""


class Row(Struct, frozen=True):
    """The cells of a row: the task, how many it stands for, whom, the reference, when, the rules.

    `number` is what chooses it, 0 if nothing does.
    """

    words: str
    many: int = 0
    who: str = ""
    ref: str = ""
    when: str = ""
    rules: str = ""
    number: int = 0


def lay_out(rows: Sequence[Row], view: View) -> Iterator[str]:
    """Lay rows out in columns that fit the width, or as sentences for those who hear them."""
    if is_accessible() or not view.width:
        yield from (fit_sentence(row, view) for row in rows)
        return
    digits = max((len(str(row.number)) for row in rows), default=0)
    named = max((len(row.who) for row in rows if row.ref), default=0)
    cells = [cells_of(row, min(named, widest_name(view))) for row in rows]
    used = [at for at, column in enumerate(zip(*cells, strict=True)) if any(column)]
    columns = [COLUMNS[at] for at in used]
    begins = digits + 1 + len(GAP)
    width = view.width - begins
    shown = [[row[at] for at in used] for row in cells]
    widths = fit_columns(columns, shown, width)
    for row, texts in zip(rows, shown, strict=True):
        number = f"{row.number:>{digits + 1}}" if row.number else " " * (digits + 1)
        yield f"{number}{GAP}{join_cells(texts, widths, width)}".rstrip()


def widest_name(view: View) -> int:
    """How many letters a name or a place has at most in a row."""
    return min(WIDEST, view.width // 5) if view.width and not is_accessible() else 2 * WIDEST


def cells_of(row: Row, named: int) -> tuple[str, ...]:
    """The cells of a row; a name that has a reference beside it takes so many letters."""
    many = f"{row.many:,}" if row.many else ""
    about = f"{shortened(row.who, named):<{named}}{GAP}{row.ref}" if row.ref else row.who
    return row.words, many, about.strip(), row.when, row.rules


def fit_sentence(row: Row, view: View) -> str:
    """A row as a sentence; on a small screen one that is too long leaves out whom it is about.

    The reference or the number stands for them. Then it leaves out the rules.
    """
    sentence = sentence_of(row)
    if not 0 < view.height < HIGHEST or not (row.ref or row.rules or row.many):
        return sentence
    for shorter in (replace(row, who=""), replace(row, who="", rules="")):
        if len(sentence) > view.width:
            sentence = sentence_of(shorter)
    return sentence


def sentence_of(row: Row) -> str:
    """A row as a sentence."""
    number = f"{row.number}. " if row.number else ""
    words = f"{row.words}: {row.many:,}" if row.many else row.words
    cells = (words, row.who, row.ref, row.when, row.rules)
    return number + ", ".join(filter(None, cells))


def heading(urgency: Urgency, view: View, more: str = "") -> str:
    """The line above the tasks of an urgency, in its colour."""
    return paint(f"{URGENCIES[urgency].heading}{more}", heading_color(urgency), view)


def who(whom: Whom, view: View) -> str:
    """Name whom a task is about as an overview does: a child by first name and initial."""
    if whom.pupil:
        if view.names == "never" or not whom.name:
            return whom.pupil
        return printable(whom.name if view.names == "full" else short_name(whom.name))
    return printable(whom.provider_name)


def when(by: date | None, on: date) -> str:
    """Say when something is due, short: "94 days" (late), "today", "by Wed", "by 18 Dec".

    What is due on a weekend is due by its Friday.
    """
    if by is None:
        return ""
    by = day_to_act(by, on)
    ahead = (by - on).days
    if ahead < 0:
        return count(-ahead, "day")
    if ahead == 0:
        return "today"
    if ahead < 7:
        return f"by {short_day(by, on)[:3]}"
    year = "" if by.year == on.year else f" {by.year}"
    return f"by {by.day} {MONTHS[by.month - 1][:3]}{year}"


def waits(until: date | None) -> str:
    """Say until when a task waits for somebody's answer, short: "waits to 9 Mar"."""
    return f"waits to {until.day} {MONTHS[until.month - 1][:3]}" if until else ""


def row_of_task(task: OpenTask, on: date, view: View, number: int = 0) -> Row:
    """The row of a task."""
    due = ", ".join(filter(None, (when(task.by, on), waits(task.waits_until))))
    return Row(task.task.words, 0, who(task.whom, view), task.whom.ref, due, number=number)


def row_of_home(row: HomeRow, on: date, view: View, number: int = 0) -> Row:
    """The row of a task by itself, or of several with how many they are and where.

    Of several about safety, or that start, the first child is named, with how many more there are.
    """
    due = when(row.by, on)
    if len(row.about) == 1:
        ref = row.whom.ref
        return Row(row.words, row.many, who(row.whom, view), ref, due, number=number)
    room = widest_name(view) + REFERENCE
    if row.is_start or row.tasks[0].urgency is Urgency.SAFETY:
        each = {whom.pupil or whom.ref: who(whom, view) for whom in row.about}
        where = name_and_more(list(each.values()), room)
    else:
        where = summarise_places(row.tasks, room)
    return Row(row.words, row.many, where, "", due, number=number)


def name_and_more(names: Sequence[str], room: int) -> str:
    """Name as many as so many letters hold: all, or the first and how many more there are."""
    together = ", ".join(names)
    if len(names) == 1 or len(together) <= room:
        return shortened(together, room)
    more = f", {len(names) - 1} more"
    return f"{shortened(names[0], max(room - len(more), SHORTEST_PLACE))}{more}"


def summarise_places(tasks: Sequence[OpenTask], widest: int) -> str:
    """Say where tasks are, most first, in so many letters: "Elm 12, 3 more", or "Elm, 3 more"."""
    places = Counter(place_of(task.whom) for task in tasks)
    places.pop("", None)
    if not places:
        return ""
    (first, number), *others = places.most_common()
    counted = f"{first} {number:,}, {len(others)} more"
    if others and len(counted) <= widest:
        return counted
    return name_and_more([name for name, _ in places.most_common()], widest)


def place_of(whom: Whom) -> str:
    """The school or provider that a task belongs to; empty if neither is known."""
    return printable(whom.school or whom.provider_name)


def dim_waiting(line: str, task: OpenTask, view: View) -> str:
    """A line that is less bright if its task waits for somebody's answer."""
    return line if task.waits_since is None else paint(line, DIM, view)


def counts_line(counts: Iterable[tuple[str, int]]) -> str:
    """Say how many there are of what is not shown: "Find out 2. Later 41."."""
    return " ".join(f"{name} {number:,}." for name, number in counts if number)
