"""The rows that an import leaves out, written beside the file with what is wrong with each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..domain.days import count
from ..exchange.columns import Column, say_heading
from ..exchange.fields import WHAT_IS_WRONG, fold_heading
from ..exchange.import_file import ImportFile, find_told, tell_looks
from ..exchange.layouts import Layout
from ..exchange.sheets import Cell, Row, Sheet
from ..forms.text import name_file
from ..render.wrong_rows import wrong_csv
from ..services.import_values import WRONG
from ..services.importing import ImportReport
from ..store.disk import create_private

WRONG_CSV = ".wrong.csv"
"""What the name of the file of wrong rows has after that of the file."""


def write_wrong(file: Path, chosen: ImportFile, report: ImportReport, are_kept: bool) -> str:
    """Write the rows that were left out beside the file, and say where.

    In the folder of the call if that of the file cannot be written to. `are_kept` is whether the
    answers about its columns are kept under a name.
    """
    wanted = {
        (row.sheet, row.number): tell_looks(row.wrong)
        for row in report.rows
        if row.outcome == WRONG
    }
    for folder in dict.fromkeys((file.parent, Path())):
        there = folder / f"{file.name}{WRONG_CSV}"
        with suppress(OSError):
            write_private(there, wrong_csv(wrong_lines(chosen, wanted, are_kept)))
            rows = count(len(wanted), "wrong row is", "wrong rows are")
            name = str(there)
            if name_file(there) != name:  # a log is to have no name that a file may be called by
                is_beside = folder == file.parent
                name = f"FILE{WRONG_CSV}, " + ("beside FILE" if is_beside else "in this folder")
            them = "it" if len(wanted) == 1 else "them"
            return f"{rows} in {name}: mend {them} there, and import that file"
    return "no file with the wrong rows could be written here: --dry-run --json lists them again"


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
        self._says_meaning = not are_kept or chosen.by_school
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


def write_private(file: Path, pieces: Iterator[bytes]) -> None:
    """Write a file that only its owner can read, in the place of an older one; raise OSError."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(create_private(beside), "wb") as out:
            for piece in pieces:
                out.write(piece)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
