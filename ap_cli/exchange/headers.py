"""Where the names of a table's columns stand: below titles, and under heads that span several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from ..errors import ApError
from ..forms.text import shortened
from .sheets import HEADER_WITHIN, Cell, Row, spell_column


def find_header(rows: Sequence[Row], is_heading: Callable[[str], bool]) -> int | None:
    """Return the position of the row with the most headings among the first; None without one.

    Of rows with as many the first is taken. A row with a single cell is a title, unless the whole
    table is one column.
    """
    first = rows[:HEADER_WITHIN]
    one_column = all(count_filled(row) <= 1 for row in first)
    best, most = None, 0
    for at, row in enumerate(first):
        headings = sum(is_heading(normal(cell)) for cell in row.cells if cell is not None)
        if headings > most and (one_column or count_filled(row) > 1):
            best, most = at, headings
    return best


def count_filled(row: Row) -> int:
    """Count the cells of a row that hold something."""
    return sum(cell is not None for cell in row.cells)


def normal(cell: Cell) -> str:
    """Return a heading on one line, with single blanks; empty for an empty cell."""
    return "" if cell is None else " ".join(str(cell).split())


def name_columns(rows: Sequence[Row], header: int) -> tuple[str, ...]:
    """Return the names of the columns below which the table stands, empty for one without.

    A column that shares its name with another has the head above both put before it, which stands
    in the first of its columns only: “AP1 provider”. One without a name takes the head above it.
    """
    names = [normal(cell) for cell in rows[header].cells]
    if not header or rows[header - 1].number != rows[header].number - 1:
        return tuple(names)
    above = [normal(cell) for cell in rows[header - 1].cells]
    names += [""] * (len(above) - len(names))
    shared = {name for name, times in Counter(map(str.casefold, names)).items() if times > 1}
    head = ""
    for at, name in enumerate(names):
        mine = above[at] if at < len(above) else ""
        head = mine or head
        if not name:
            names[at] = mine
        elif name.casefold() in shared and head:
            names[at] = f"{head} {name}"
    return tuple(names)


def refuse_same_names(names: Sequence[str]) -> None:
    """Raise ApError, with the columns, if two of them have one name."""
    places: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        if name:
            places.setdefault(name.casefold(), []).append(at)
    for same in places.values():
        if len(same) > 1:
            columns = " and ".join(map(spell_column, same[:2]))
            raise ApError(
                f"columns {columns} are both called “{shortened(names[same[0]])}”:"
                " rename one of them"
            )
