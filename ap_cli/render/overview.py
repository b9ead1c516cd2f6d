"""Many records on one screen, and a line for each of them in a pipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ..domain.days import count, short_day
from ..forms.text import capital, lower_first, printable, shortened
from ..rules.task import Urgency
from ..services.standing import VERDICTS, Standing, loudest_task, most_common
from ..services.verdicts import Verdict
from .lists import Column, fit_columns, join_cells
from .result import View, is_accessible, paint
from .rows import count_rows, most_that_fit, room_for
from .tasks import VERDICT_COLORS, who

WORST, LEAST = 10, 3
"""How many rows of records are listed at most, and on a small terminal."""
PROMPT = 1
"""The rows below the screen: the shell's prompt."""


def overview(standings: Sequence[Standing], on: date, view: View) -> Iterator[str]:
    """Many placements on one screen: how many stand how, the worst, and what is most common."""
    word = "placement" if all(one.whom.placement for one in standings) else "record"
    counts = Counter(standing.verdict for standing in standings)
    verdicts = "   ".join(
        color_verdict(verdict, f"{verdict} {counts[verdict]:,}", view)
        for verdict in VERDICTS
        if counts[verdict]
    )
    above = [
        f"{count_records(standings)}, {short_day(on, on)} {on.year}",
        f"{capital(word)}s: {verdicts}",
    ]
    yield from above
    bad = [one for one in standings if one.verdict is not Verdict.IN_ORDER]
    if not bad:
        return
    rows = group_alike(bad) if len(bad) > WORST else [(one, 1) for one in bad]
    common = ", ".join(
        f"{lower_first(label)} {number:,}" for label, number in most_common(standings)
    )

    def make(number: int) -> list[str]:
        title = "The worst" if len(rows) > number else "These need you"
        worst = standing_rows(rows[:number], view)
        return ["", title, *worst, "", f"Most common tasks: {common}", "", WAYS]

    room = room_for(view, PROMPT) - count_rows(above, view.width)
    yield from most_that_fit(make, range(LEAST, WORST + 1), room, view.width)


WAYS = "One of them: ap check REF        What to do: ap todo        Every finding: -v"


def count_records(standings: Sequence[Standing]) -> str:
    """How many placements there are, and pupils and providers without one."""
    placements = sum(bool(standing.whom.placement) for standing in standings)
    others = len(standings) - placements
    if not placements:
        return count(others, "record")
    more = f" and {count(others, 'other record')}" if others else ""
    return f"{count(placements, 'placement')}{more}"


Alike = tuple[Standing, int]
"""A record, and how many stand as it does, with the same loudest task."""


def group_alike(standings: Iterable[Standing]) -> list[Alike]:
    """Make one of the records of which a row would say the same: the first, with their number."""
    first: dict[tuple[Verdict, str], Standing] = {}
    numbers: Counter[tuple[Verdict, str]] = Counter()
    for standing in standings:
        key = (standing.verdict, words_of_task(standing))
        first.setdefault(key, standing)
        numbers[key] += 1
    return [(standing, numbers[key]) for key, standing in first.items()]


def words_of_task(standing: Standing) -> str:
    """The words of the loudest task of a record; empty if there is none."""
    task = loudest_task(standing)
    return task.task.words if task else ""


def standing_rows(found: Sequence[Alike], view: View) -> Iterator[str]:
    """A line for each record: whom it is about and where, its verdict, and the loudest task.

    Of several the first stands before the number of the others.
    """
    standings = [standing for standing, _ in found]
    rows = [cells_of_standing(standing, number, view) for standing, number in found]
    if is_accessible() or not view.width:
        yield from (", ".join(filter(None, row)) for row in rows)
        return
    width = view.width - len(INDENT)
    used = [at for at, cells in enumerate(zip(*rows, strict=True)) if any(cells)]
    rows = [tuple(row[at] for at in used) for row in rows]
    widths = fit_columns([COLUMNS[at] for at in used], rows, width)
    for standing, row in zip(standings, rows, strict=True):
        line = f"{INDENT}{join_cells(row, widths, width)}"
        yield color_verdict(standing.verdict, line, view)


INDENT = "  "
WIDE, SHORT_PLACE = 100, 12
"""On a terminal that is not wide a place is cut to so many letters, so that the task is legible."""

COLUMNS = (
    Column("ref", ""),
    Column("who", "", cut=True, leave=1),
    Column("place", "", cut=True, leave=2),
    Column("verdict", ""),
    Column("task", "", cut=True),
)
"""The columns of a list of records; where they do not fit, the place is left out first."""


def cells_of_standing(standing: Standing, many: int, view: View) -> tuple[str, ...]:
    """The cells of a record in a list, or of the first of many and how many more there are."""
    place = printable(standing.whom.provider_name) if standing.whom.pupil else ""
    name = who(standing.whom, view)
    if many > 1:
        place = ""
        name = f"{name}, {many - 1:,} more"
    if 0 < view.width < WIDE:
        place = shortened(place, SHORT_PLACE)
    return (
        standing.whom.ref,
        name,
        place,
        str(standing.verdict),
        words_of_task(standing),
    )


def color_verdict(verdict: Verdict, text: str, view: View) -> str:
    """A text in the colour of a verdict."""
    return paint(text, VERDICT_COLORS[verdict], view)


def standing_lines(standings: Iterable[Standing]) -> Iterator[str]:
    """A line for each record as scripts read it: reference, verdict, tasks by urgency, the first.

    The cells are parted by tabs.
    """
    for standing in standings:
        counts = Counter(task.urgency for task in standing.tasks)
        many = ", ".join(f"{counts[urgency]} {urgency}" for urgency in Urgency if counts[urgency])
        cells = (standing.whom.ref, str(standing.verdict), many or "nothing to do")
        yield "\t".join((*cells, words_of_task(standing)))
