"""Reviews due, for people: overdue, this week, next; many are counted by school or provider."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from ..domain.days import count, from_today, short_day, words
from ..forms.text import shortened
from .lists import Column, fit_columns, join_cells
from .result import BOLD, RED, YELLOW, Lines, View, is_accessible, paint
from .rows import Entry, Page, fill_page, grouped_lines, most_that_fit, room_for

OVERDUE, PERHAPS, THIS_WEEK, NEXT = "Overdue", "Perhaps overdue", "This week", "Next"
GROUPS = (OVERDUE, PERHAPS, THIS_WEEK, NEXT)
UNSAFE = "A child may be unsafe (concern or review)"
MOST_UNSAFE = 3
"""How many placements in which a child may be unsafe stand above counts."""

LEAST_COUNTS = 3

NAMED = {"school": "school", "provider_name": "provider"}
"""What reviews are counted by, with its name for people."""

Row = dict[str, Any]


def group_of(due: date, overdue: bool, on: date) -> str:
    """The group a review is listed in: overdue, this week (Monday to Sunday), or next.

    Without term dates the day is an estimate: once it has passed, the review may be overdue.
    """
    if overdue:
        return OVERDUE
    if due < on:
        return PERHAPS
    sunday = on + timedelta(days=6 - on.weekday())
    return THIS_WEEK if due <= sunday else NEXT


def review_lines(on: date, page: Page) -> Lines:
    """Show reviews to people, as on a day.

    On a terminal more rows than fit are counted by school, or by provider if it is one school's,
    unless a page or the whole list is asked for; one school's reviews stay a list if it is not to
    be `grouped`.
    """

    def lines(rows: Iterable[Row], view: View) -> Iterator[str]:
        found = list(rows)
        unsafe = [row for row in found if row["unsafe"]]
        due = [row for row in found if not row["unsafe"]]
        if not found:
            yield "no review is due"
            return
        groups = group_rows(due, on)
        if not view.width:
            yield from grouped_lines(plain_entries(unsafe, groups, view))
            return
        make = plain_entries if is_accessible() else partial(listed_entries, on=on)
        entries = list(make(unsafe, groups, view))
        filled = fill_page(
            entries[page.first - 1 :], page, len(entries), room_for(view), view.width
        )
        is_long = page.first == 1 and filled.last < len(entries)
        by = choose_grouping(due, not page.grouped)
        if is_long and by:
            yield from counted_lines(unsafe, due, by, on, view)
        else:
            yield from filled.lines

    return lines


def group_rows(rows: Sequence[Row], on: date) -> dict[str, list[Row]]:
    """Group reviews by how late they are, the loudest group first."""
    found: dict[str, list[Row]] = {name: [] for name in GROUPS}
    for row in rows:
        found[group_of(row["due"], row["overdue"], on)].append(row)
    return {name: those for name, those in found.items() if those}


def choose_grouping(rows: Sequence[Row], narrowed: bool) -> str:
    """Return the key by which reviews are counted; empty if counts would say nothing."""
    if len({row["school"] for row in rows}) > 1:
        return "school"
    several = len({row["provider_name"] for row in rows}) > 1
    return "provider_name" if several and not narrowed else ""


def plain_entries(
    unsafe: Sequence[Row], groups: dict[str, list[Row]], view: View
) -> Iterator[Entry]:
    """Every review in a line, in the same words on every screen and in a pipe."""
    above = heading(UNSAFE, len(unsafe), view)
    yield from (Entry(unsafe_line(row), above) for row in unsafe)
    for name, those in groups.items():
        above = heading(name, len(those), view)
        yield from (Entry(review_line(row), above) for row in those)


def unsafe_line(row: Row) -> str:
    """One placement in which a child may be unsafe: why, and when its review is due, if it is."""
    line = f"  {row['placement']}  {row['unsafe']}"
    if row["due"] is None:
        return line
    return f"{line}; the review is due on {words(row['due'])}, {from_today(row['days'])}"


def review_line(row: Row) -> str:
    """One review: for whom, by when, and why then."""
    whom = row["pupil"] + (f" {shortened(row['name'], 30)}" if row["name"] else "")
    return f"  {row['placement']}  {whom}  {words(row['due'])}, {how_late(row)}: {row['why']}"


def how_late(row: Row) -> str:
    """Return how far off or how late a review is: "in 3 days", "today", "17 days late"."""
    days = row["days"]
    return f"{count(-days, 'day')} late" if days < 0 and row["overdue"] else from_today(days)


COLUMNS = (
    Column("placement", ""),
    Column("name", "", cut=True),
    Column("school", "", cut=True, leave=2),
    Column("provider_name", "", cut=True, leave=1),
    Column("due", ""),
    Column("late", ""),
    Column("why", "", cut=True, leave=3),
)
"""The columns of reviews on a terminal, which need no heading."""


def listed_entries(
    unsafe: Sequence[Row], groups: dict[str, list[Row]], view: View, on: date
) -> Iterator[Entry]:
    """Every review in a row as wide as the terminal, under how late it is."""
    if unsafe:
        above = heading(UNSAFE, len(unsafe), view)
        yield from (Entry(line, above) for line in unsafe_rows(unsafe, view))
    rows = [row for those in groups.values() for row in those]
    if not rows:
        return
    one_school = len({row["school"] for row in rows}) == 1
    columns = [each for each in COLUMNS if not (one_school and each.key == "school")]
    cells = {row["placement"]: [cell_of(row, each.key, on) for each in columns] for row in rows}
    widths = fit_columns(columns, list(cells.values()), view.width - 2)
    for name, those in groups.items():
        above = heading(name, len(those), view)
        for row in those:
            line = join_cells(cells[row["placement"]], widths, view.width - 2)
            yield Entry(f"  {line}", above)


def cell_of(row: Row, key: str, on: date) -> str:
    """Return a value of a review for a column."""
    if key == "due":
        return short_day(row["due"], on)
    if key == "late":
        return how_late(row)
    if key == "name":
        return str(row["name"] or row["pupil"])
    return str(row[key] or "-")


COLORS = {UNSAFE: RED, OVERDUE: YELLOW, PERHAPS: YELLOW}
"""The colour of a heading, which adds to its words."""


def heading(name: str, number: int, view: View) -> str:
    """Return what stands above a group: its name and how many there are.

    The groups count reviews; what is unsafe is a placement, whether a review is due or not.
    """
    many = f": {count(number, 'placement')}" if name == UNSAFE else f" {number:,}"
    return paint(f"{name}{many}", COLORS.get(name, BOLD), view)


def unsafe_rows(rows: Sequence[Row], view: View) -> Iterator[str]:
    """Placements in which a child may be unsafe, a row each: who, and why."""
    names = [str(row["name"] or row["pupil"] or "") for row in rows]
    widest = max(map(len, names))
    for row, name in zip(rows, names, strict=True):
        yield shortened(f"  {row['placement']}  {name:{widest}}  {row['unsafe']}", view.width)


class Counts:
    """How many reviews of one school or provider are in each group, and the oldest overdue."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.numbers = dict.fromkeys(GROUPS, 0)
        self.oldest: date | None = None

    def add(self, row: Row, on: date) -> None:
        """Count a review."""
        group = group_of(row["due"], row["overdue"], on)
        self.numbers[group] += 1
        if group == OVERDUE:
            self.oldest = min(self.oldest or row["due"], row["due"])

    def cell(self, group: str, on: date) -> str:
        """Return the count of a group, with the oldest overdue day; empty for none."""
        number = self.numbers[group]
        if group == OVERDUE and number and self.oldest:
            return f"{number}, oldest {short_day(self.oldest, on)}"
        return str(number or "")


def counted_lines(
    unsafe: Sequence[Row], due: Sequence[Row], by: str, on: date, view: View
) -> Iterator[str]:
    """How many reviews are due at each school, or provider: the most overdue first."""
    above = []
    if unsafe:
        above = [heading(UNSAFE, len(unsafe), view), *unsafe_rows(unsafe[:MOST_UNSAFE], view)]
    if len(unsafe) > MOST_UNSAFE:
        above.append(f"  and {len(unsafe) - MOST_UNSAFE} more: --list")
    counts = count_by(due, by, on)
    below = f"One {NAMED[by]}: ap reviews due NAME     Every child: --list"

    def make(number: int) -> list[str]:
        shown = counts
        if len(counts) > number:
            shown = [*counts[: number - 1], the_rest(counts[number - 1 :], by)]
        return [*above, *count_lines(shown, by, on, view), below]

    numbers = range(LEAST_COUNTS, max(len(counts), LEAST_COUNTS) + 1)
    yield from most_that_fit(make, numbers, room_for(view), view.width)


def count_lines(counts: Sequence[Counts], by: str, on: date, view: View) -> Iterator[str]:
    """Counts under their totals: in columns, or in sentences for a screen reader."""
    groups = [name for name in GROUPS if any(one.numbers[name] for one in counts)]
    totals = {name: sum(one.numbers[name] for one in counts) for name in groups}
    number = sum(totals.values())
    top = [count(number, "review"), *(f"{name} {totals[name]:,}" for name in groups)]
    if is_accessible():
        yield ", ".join(top)
        yield from (spoken_counts(one, groups, on) for one in counts)
        return
    cells = [[one.label, *(one.cell(name, on) for name in groups)] for one in counts]
    yield from count_table(by, top, cells, view)


def spoken_counts(one: Counts, groups: Sequence[str], on: date) -> str:
    """Return the counts of a school or provider for a screen reader."""
    numbers = [f"{name} {one.cell(name, on)}" for name in groups if one.numbers[name]]
    return f"{one.label}: {', '.join(numbers)}"


def count_table(
    by: str, top: Sequence[str], cells: Sequence[Sequence[str]], view: View
) -> Iterator[str]:
    """Counts in columns, under the totals."""
    columns = [Column(by, "", cut=True), *(Column(name, "") for name in top[1:])]
    widths = fit_columns(columns, [top, *cells], view.width - 2)
    first = join_cells(top, widths, view.width)
    yield paint(first, BOLD, view)
    for row in cells:
        yield f"  {join_cells(row, widths, view.width - 2)}"


def count_by(rows: Sequence[Row], by: str, on: date) -> list[Counts]:
    """Count reviews by a key: the most overdue first, then by name."""
    found: dict[str, Counts] = {}
    for row in rows:
        label = row[by] or f"no {NAMED[by]} recorded"
        found.setdefault(label, Counts(label)).add(row, on)
    return sorted(found.values(), key=lambda one: (*(-n for n in one.numbers.values()), one.label))


def the_rest(counts: Sequence[Counts], by: str) -> Counts:
    """Return the counts of those that do not fit the screen, together."""
    rest = Counts(count(len(counts), f"more {NAMED[by]}"))
    for one in counts:
        for name, number in one.numbers.items():
            rest.numbers[name] += number
        if one.oldest:
            rest.oldest = min(rest.oldest or one.oldest, one.oldest)
    return rest


SOON = timedelta(days=56)
"""How long before term dates end the next ones are asked for: the longest half term."""


def calendar_end(
    until: date | None, on: date, asked: date | None = None, always: bool = False
) -> tuple[str, ...]:
    """A line that says to which day term dates are known, with what to do if that matters.

    It does within the next half term of that day, and if a later day than that was asked about;
    otherwise the line is left out unless it is `always` wanted.
    """
    if until is None:
        return (f"term dates are not known: {IMPORT}",)
    known = f"term dates are known to {words(until, weekday=True)}"
    if until - on > SOON and (asked is None or asked <= until):
        return (known,) if always else ()
    return (f"{known}: {IMPORT}",)


IMPORT = "import the next with `ap terms import FILE`"
