"""Lists for people: a row a line, as wide as the terminal, with its totals last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..domain.days import count, short_day
from ..domain.placement import State
from ..forms.facts import recorded
from ..forms.text import first_of, heading, hours, pounds, printable, shortened
from ..services.filters import STATES
from ..services.lists import ListedPlacement
from .result import BOLD, Lines, View, is_accessible, paint
from .rows import WHOLE, Entry, Page, count_rows, fill_page, room_for
from .show import cell_text, value_text

HOURS, COST = "hours_a_week", "cost_a_week"
IS = {HOURS: "weekly_minutes", COST: "weekly_pence"}
"""The columns that show a fact in people's units, with the fact's key."""

SHORTER = {str(State.PAST_ITS_END): "past its end"}
"""Words that are too long for a column, with what it has in their place."""

LONG_AGO = ("born",)
"""Days of which nobody wants to know the weekday."""

GAP = "  "
NARROWEST = 8
"""The fewest letters of a column that can be cut, once no other can be left out."""


class Column(Struct, frozen=True):
    """A column on a terminal.

    `cut` is whether its values may be cut; of those that `leave`, the highest number is left out
    first if a row does not fit. It keeps `least` letters while another column can be left out. Its
    `usual` width, if any, decides which are left out, so that lists have the same columns.
    """

    key: str
    heading: str
    cut: bool = False
    leave: int = 0
    least: int = 16
    usual: int = 0


def column_for(key: str, known: Mapping[str, Column]) -> Column:
    """Return the column of a key, with a heading made from it unless it is a known one."""
    return known.get(key) or Column(key, heading(key), cut=True)


def value_of(row: Mapping[str, Any], key: str) -> Any:
    """Return the value of a column in a row."""
    return row.get(IS.get(key, key))


def csv_value(row: Mapping[str, Any], key: str) -> Any:
    """Return a value for a spreadsheet: hours and pounds as numbers, the rest as it is."""
    value = value_of(row, key)
    if value is None or key not in IS:
        return value
    if key == HOURS:
        return f"{value / 60:g}" if value % 15 == 0 else f"{value / 60:.2f}"
    return f"{value / 100:.2f}"


def plain_text(row: Mapping[str, Any], key: str) -> str:
    """Return a value for a pipe: the same words on every day."""
    value = value_of(row, key)
    if key == COST and value is not None:
        return pounds(value)
    return cell_text(IS.get(key, key), value)


def short_text(row: Mapping[str, Any], key: str, on: date) -> str:
    """Return a value for a terminal: days with their weekday, hours and pounds; "-" for a gap."""
    value = value_of(row, key)
    if value is None or value == "":
        return "-"
    if isinstance(value, date):
        return cell_text(key, value) if key in LONG_AGO else short_day(value, on)
    if IS.get(key, key).endswith("_minutes"):
        return hours(value)
    if IS.get(key, key).endswith("_pence"):
        return pounds(value)
    return printable(SHORTER.get(value_text(value)) or value_text(value))


class Table(Struct, frozen=True):
    """How a list is shown: its columns, as on a day, the lines of its totals, and which page.

    Columns that were `chosen` are left out from the last if they do not fit.
    """

    columns: Sequence[Column]
    on: date
    totals: tuple[str, ...] = ()
    chosen: bool = False
    page: Page = WHOLE


def list_lines(table: Table) -> Lines:
    """Show rows to people: on a terminal a page with its heading and totals, in a pipe all rows."""

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        if not view.width:
            for row in rows:
                yield "\t".join(plain_text(row, column.key) for column in table.columns)
            return
        found = list(rows)
        if found:
            yield from screen_lines(table, found, view)

    return lines


def screen_lines(table: Table, rows: Sequence[Mapping[str, Any]], view: View) -> list[str]:
    """A page of a list on a terminal, between its heading and its totals."""
    on = table.on
    columns = in_order(table.columns) if table.chosen else table.columns
    cells = [[short_text(row, column.key, on) for column in columns] for row in rows]
    above: list[str] = []
    below = list(table.totals)
    if is_accessible():
        made = spoken_lines(columns, cells)
    else:
        widths = fit_columns(columns, cells, view.width)
        above = [heading_line(columns, widths, view)]
        made = (join_cells(row, widths, view.width) for row in cells)
        below += describe_left_out(columns, widths) if table.chosen else ()
    room = room_for(view) - count_rows([*above, *below], view.width)
    entries = [Entry(line) for line in made][table.page.first - 1 :]
    filled = fill_page(entries, table.page, len(rows), room, view.width)
    return [*above, *filled.lines, *below]


def in_order(columns: Sequence[Column]) -> list[Column]:
    """Return columns that were chosen: if they do not fit, the last is left out first."""
    return [replace(column, leave=at) for at, column in enumerate(columns)]


def spoken_lines(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows for a screen reader: each value after the name of its column."""
    for row in cells:
        first, *rest = row
        named = [
            f"{column.heading} {cell}"
            for column, cell in zip(columns[1:], rest, strict=True)
            if cell != "-"
        ]
        yield ", ".join([first, *named])


def heading_line(columns: Sequence[Column], widths: Mapping[int, int], view: View) -> str:
    """The headings of columns of these widths."""
    heading = join_cells([column.heading for column in columns], widths, view.width)
    return paint(heading, BOLD, view)


def join_cells(cells: Sequence[str], widths: Mapping[int, int], width: int) -> str:
    """Return the cells of a row in columns of these widths, cut to the terminal."""
    parts = [shortened(cells[at], most).ljust(most) for at, most in widths.items()]
    return GAP.join(parts)[:width].rstrip()


def fit_columns(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], width: int
) -> dict[int, int]:
    """Return the width of each column that is shown, by its number.

    Long values are cut first, then whole columns are left out, then values are cut further.
    """
    content = {
        at: max(len(column.heading), *(len(row[at]) for row in cells))
        for at, column in enumerate(columns)
    }
    needed = {at: max(wide, columns[at].usual) for at, wide in content.items()}
    gone: dict[int, int] = {}
    leaving = sorted((at for at in needed if columns[at].leave), key=lambda at: columns[at].leave)
    while leaving and not _fits(columns, needed, width):
        at = leaving.pop()
        gone[at] = needed.pop(at)
    for at in reversed(gone):  # a narrow one may fit where a wide one did not
        more = dict(sorted((needed | {at: gone[at]}).items()))
        needed = more if _fits(columns, more, width) else needed
    shown = {at: content[at] for at in needed}
    return _cut(columns, shown, width, dict.fromkeys(shown, NARROWEST))


def _fits(columns: Sequence[Column], needed: Mapping[int, int], width: int) -> bool:
    least = {at: columns[at].least for at in needed}
    return whole_width(_cut(columns, needed, width, least)) <= width


def whole_width(widths: Mapping[int, int]) -> int:
    """Return how wide a row of these columns is."""
    return sum(widths.values()) + len(GAP) * (len(widths) - 1)


def _cut(
    columns: Sequence[Column], needed: Mapping[int, int], width: int, least: Mapping[int, int]
) -> dict[int, int]:
    """Make the widest columns that can be cut narrower until a row fits, or none is left."""
    widths = dict(needed)
    while whole_width(widths) > width:
        wide = [at for at in widths if columns[at].cut and widths[at] > least[at]]
        if not wide:
            break
        widths[max(wide, key=lambda at: widths[at])] -= 1
    return widths


def describe_left_out(columns: Sequence[Column], widths: Mapping[int, int]) -> Iterator[str]:
    """Say which of the columns that were chosen do not fit, and what shows them."""
    gone = [column.key for at, column in enumerate(columns) if at not in widths]
    if gone:
        yield f"{first_of(gone)}: no room here; widen the window, or add --csv"


def placement_totals(found: Sequence[ListedPlacement], on: date) -> str:
    """Return how many placements are listed, in which states, and what those now take a week."""
    states = [one.listed.placement.state(on) for one in found]
    numbers = {word: sum(state in those for state in states) for word, those in STATES.items()}
    parts = [f"{number:,} {word}" for word, number in numbers.items() if number]
    now = [
        one.listed.placement
        for one, state in zip(found, states, strict=True)
        if state in STATES["live"]
    ]
    told = f"{count(len(found), 'placement')}: {', '.join(parts)}"
    if len(parts) == 1:
        told = count(len(found), f"{parts[0].split()[1]} placement")
    if not now:
        return told
    told += f"; {hours(sum(one.weekly_minutes for one in now))} hours a week"
    costs = [one.weekly_pence for one in now if recorded(one.weekly_pence)]
    return f"{told}, {pounds(sum(costs))} a week" if costs else told
