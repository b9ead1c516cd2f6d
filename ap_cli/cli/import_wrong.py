"""The rows that an import leaves out, written beside the file with what is wrong with each."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..domain.days import count
from ..exchange.columns import Column, say_heading
from ..exchange.fields import WHAT_IS_WRONG, fold_heading
from ..exchange.import_file import ImportFile, columns_of_sheets, find_told, tell_looks
from ..exchange.layouts import Layout
from ..exchange.sheets import Cell, Row, Sheet
from ..forms.text import name_file
from ..render.wrong_rows import wrong_csv
from ..services.import_values import WRONG as ROW_IS_WRONG
from ..services.importing import ImportReport
from ..store.disk import write_new

WRONG = ".wrong"
"""What the name of the file of wrong rows has after that of the file."""

OF_WRONG_ROWS = re.compile(rf"(?<=.){re.escape(WRONG)}(-\d+)?\.csv$", re.IGNORECASE)
"""How the name of a file of wrong rows ends, the first of its name or a later one."""


def write_wrong(file: Path, chosen: ImportFile, report: ImportReport, are_kept: bool) -> str:
    """Write the rows that were left out beside the file, and say where.

    In the folder of the call if that of the file cannot be written to. `are_kept` is whether the
    answers about its columns are kept under a name.
    """
    wanted = {
        (row.sheet, row.number): tell_looks(row.wrong)
        for row in report.rows
        if row.outcome == ROW_IS_WRONG
    }

    def content() -> Iterator[bytes]:
        return wrong_csv(wrong_lines(chosen, wanted, are_kept))

    rows = count(len(wanted), "wrong row is", "wrong rows are")
    for folder in dict.fromkeys((file.parent, Path())):
        with suppress(OSError):
            there = write_beside(folder, file, content)
            return f"{rows} in {say_where(there, file, len(wanted))}"
    return "no file with the wrong rows could be written here: --dry-run --json lists them again"


def say_where(there: Path, file: Path, rows: int) -> str:
    """Say in which file wrong rows are, and what to do there.

    A log is to have no name that a file may be called by: there it is said how the name ends.
    """
    first, name = there.with_name(next(names_of_wrong(file))), str(there)
    older = f"the older {first.name}"
    if name_file(there) != name:
        where = "beside the one you gave" if there.parent == file.parent else "in this folder"
        name = f"a file {where}, called the same and ending in {ending_of(there)}"
        older = f"the older one, which ends in {ending_of(first)},"
    them = "it" if rows == 1 else "them"
    left = "" if there == first else f"; {older} is left as it is"
    return f"{name}: mend {them} there, and import that file{left}"


def ending_of(file: Path) -> str:
    """Return how the name of a file of wrong rows ends: ".wrong-2.csv"."""
    found = OF_WRONG_ROWS.search(file.name)
    return found[0] if found else file.suffix


def names_of_wrong(file: Path) -> Iterator[str]:
    """Yield the names that the file of wrong rows can have; what is left of one is no third."""
    name = OF_WRONG_ROWS.sub("", file.name)
    yield f"{name}{WRONG}.csv"
    yield from (f"{name}{WRONG}-{at}.csv" for at in itertools.count(2))


def say_goes_to(file: Path) -> str:
    """Say where wrong rows would go, on a terminal: to a new file if there is one already."""
    first = next(names_of_wrong(file))
    return f"a new file beside {first}" if file.with_name(first).exists() else first


def write_beside(folder: Path, file: Path, content: Callable[[], Iterator[bytes]]) -> Path:
    """Write the wrong rows of a file that only its owner can read, and return where they are.

    Never in the place of another, which somebody may have mended; not again if they are there.
    Raise OSError if that cannot be.
    """
    for name in names_of_wrong(file):
        there = folder / name
        if has_content(there, content()):
            return there
        with suppress(FileExistsError), write_new(there) as out:
            out.writelines(content())
            return there
    raise AssertionError("there is always one more name")


def has_content(file: Path, content: Iterator[bytes]) -> bool:
    """Tell whether a file is there and has this content; raise OSError if it is a folder."""
    try:
        with file.open("rb") as opened:
            return all(opened.read(len(piece)) == piece for piece in content) and not opened.read(1)
    except (FileNotFoundError, PermissionError):  # one of a colleague's is not ours to read
        return False


def wrong_lines(
    chosen: ImportFile, wanted: dict[tuple[str, int], str], are_kept: bool
) -> Iterator[list[Any]]:
    """Yield the names of the columns, then the wrong rows, each with what is wrong.

    Unless the answers about the columns are kept, the names say what each was read as. Sheets with
    other columns add theirs at the end, as a CSV is one table.
    """
    heads = Heads(chosen, are_kept)
    sheets = {sheet for sheet, _ in wanted}
    for layout in chosen.layouts:
        if chosen.name_of(layout) in sheets:
            heads.add(layout)
    school = ["Home school"] if chosen.by_school else []
    yield [*heads.names, *school, WHAT_IS_WRONG]
    for layout, row, reason in chosen.originals(wanted):
        yield [*heads.place(layout, row), *([layout.sheet.name] if school else []), reason]


class Heads:
    """The columns of a file of wrong rows: those of each sheet, of one meaning once."""

    def __init__(self, chosen: ImportFile, are_kept: bool) -> None:
        self._chosen = chosen
        is_by_sheet = any(one.is_of_one_sheet for one in columns_of_sheets(chosen.layouts))
        self._says_meaning = not are_kept or chosen.by_school or is_by_sheet
        self.names: list[str] = []
        self._at: dict[tuple[str, str, int], int] = {}
        self._places: dict[Sheet, list[tuple[int, int]]] = {}

    def add(self, layout: Layout) -> None:
        """Add the columns of a sheet; what an earlier import said of its rows is not said twice."""
        columns = {column.position: column for column in layout.columns}
        width = len(layout.names) or len(columns)
        told = find_told(layout)
        self._places[layout.sheet] = [
            (at, self._find(at, columns.get(at))) for at in range(width) if at != told
        ]

    def _find(self, at: int, column: Column | None) -> int:
        """Return where a column of a sheet stands, at the end if no sheet before has it."""
        key, name = ("", "", at), ""
        if column is not None:
            name = column.heading
            key = ("", fold_heading(name), 0)
            if self._says_meaning:
                name = say_heading(column, self._chosen.nouns)
            if column.field is not None:
                key = (column.field.name, "", column.group)
                name = column.field.name if key not in self._at and name in self.names else name
        if key not in self._at:
            self._at[key] = len(self.names)
            self.names.append(name)
        return self._at[key]

    def place(self, layout: Layout, row: Row) -> list[Cell]:
        """Return the cells of a row of a sheet below the names."""
        cells: list[Cell] = [None] * len(self.names)
        for at, there in self._places[layout.sheet]:
            cells[there] = row.cells[at] if at < len(row.cells) else None
        return cells
