"""The rows that an import leaves out, written beside the file with what is wrong with each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..domain.days import count
from ..exchange.columns import say_heading
from ..exchange.fields import WHAT_IS_WRONG
from ..exchange.import_file import ImportFile, find_told, tell_looks
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

    Unless the answers about the columns are kept, the names say what each was read as.
    """
    header: list[str] = []
    for layout, row, reason in chosen.originals(wanted):
        names = list(layout.names) or [column.heading for column in layout.columns]
        if not are_kept or chosen.by_school:
            for column in layout.columns:
                names[column.position] = say_heading(column, chosen.nouns)
        told = find_told(layout)  # what an earlier import said is not said twice
        kept = [at for at in range(len(names)) if at != told]
        if names != header:
            header = names
            school = ["Home school"] if chosen.by_school else []
            yield [*(names[at] for at in kept), *school, WHAT_IS_WRONG]
        cells = [row.cells[at] if at < len(row.cells) else None for at in kept]
        yield [*cells, *([layout.sheet.name] if chosen.by_school else []), reason]


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
