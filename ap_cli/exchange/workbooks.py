"""The sheets of an Excel workbook or of an ODS, of which only the stored values are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ApError
from ..extras import needing
from ..forms.text import echo, name_file
from .archives import DAMAGED, Declares, damaged, locked, open_archive
from .document_looks import CONTENT, is_locked, is_spreadsheet, look_at_document
from .excel_looks import WORKBOOK, look_at_workbook
from .looks import Look, Noticed
from .sheets import Cell, Row, Sheet, clean_text, spell_column

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file begins that holds others, as an old workbook does and one with a password."""

ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
MOST_CELLS = 10_000_000
"""The most cells, empty ones among them, that lie between the first of a sheet and the last."""

LARGEST_SHOWN = 10**11
"""From here on a spreadsheet shows a number as 1.2E+11, so that its digits may be lost."""

NOT_LOOKED = Noticed(looked=False)


class WorkbookSheet(Sheet):
    """A sheet of a workbook; its values are read when its rows are asked for."""

    def __init__(
        self, file: Path, workbook: CalamineWorkbook, name: str, hidden: bool, look: Noticed
    ) -> None:
        super().__init__(name, count_rows(workbook, look, name), hidden)
        self._file, self._workbook, self._look = file, workbook, look

    def rows(self) -> Iterator[Row]:
        """Yield its rows, numbered as the spreadsheet does; raise ApError if one is broken."""
        with reading(self._file):
            sheet = self._workbook.get_sheet_by_name(self.name)
            # rows are given from the first on, columns from the first that has a value
            before = (None,) * (sheet.start or (0, 0))[1]
            merged = MergedCells(sheet.merged_cell_ranges or ())
            for number, line in enumerate(sheet.iter_rows(), 1):
                cells = tuple(map(read_cell, line))
                if any(cell is not None for cell in cells):
                    yield Row(number, merged.fill(number, before + cells))

    def noticed(self) -> Noticed:
        """Return what its cells do not say."""
        return self._look


class MergedCells:
    """Cells that span several rows: what the first of them holds, all of them show."""

    def __init__(self, ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self._begin: dict[int, list[tuple[int, int]]] = {}
        for (first, column), (last, _) in ranges:
            if last > first:
                self._begin.setdefault(first + 1, []).append((column, last + 1))
        self._open: dict[int, tuple[int, Cell]] = {}

    def fill(self, number: int, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """Return the cells of a row with those that begin in a row above; rows come in order."""
        if not self._begin and not self._open:
            return cells
        self._open = {at: one for at, one in self._open.items() if one[0] >= number}
        filled = list(cells)
        for at, (_, value) in self._open.items():
            if at < len(filled) and filled[at] is None:
                filled[at] = value
        for at, last in self._begin.pop(number, ()):
            if at < len(filled):
                self._open[at] = (last, filled[at])
        return tuple(filled)


def read_workbook(file: Path, starts: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that have cells; raise ApError if it cannot be read.

    `starts` is how the file begins.
    """
    with needing("spreadsheets"):
        from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook
    looks = look(file) if starts.startswith(ZIP) else refuse_locked(file)
    with reading(file), file.open("rb") as opened:
        workbook = load_workbook(opened)
        every = [
            WorkbookSheet(
                file,
                workbook,
                sheet.name,
                sheet.visible != SheetVisibleEnum.Visible,
                looks.get(sheet.name, NOT_LOOKED),
            )
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    sheets = tuple(sheet for sheet in every if sheet.most_rows)
    if not sheets:
        raise ApError(
            f"{name_file(file)} has no cells in it, perhaps only a picture of a table: type the"
            " table into cells first"
        )
    return sheets


def look(file: Path) -> Mapping[str, Look]:
    """Return what each sheet of a zipped workbook shows, by its name.

    Raise ApError if the file is none, is locked or damaged, or would take too much to read.
    """
    archive = open_archive(file)
    parts = set(archive.namelist())
    try:
        with archive:
            if WORKBOOK in parts:
                looks = look_at_workbook(archive)
            elif CONTENT in parts and is_spreadsheet(archive):
                if is_locked(archive):
                    raise locked(file)
                looks = look_at_document(archive)
            else:
                raise ApError(
                    f"{name_file(file)} is not a workbook: open it where it was made and save the"
                    " table as .xlsx or .csv"
                )
    except ApError:
        raise
    except (*DAMAGED, Declares, KeyError, ValueError, OverflowError):
        raise damaged(file) from None
    for name, shown in looks.items():
        refuse_stretched(file, name, shown)
    return looks


def refuse_stretched(file: Path, name: str, shown: Look) -> None:
    """Raise ApError if one cell far from the others would make a sheet too large to be read."""
    if shown.last_row * (shown.last_column + 1) > MOST_CELLS:
        last = f"{spell_column(shown.last_column)}{shown.last_row}"
        raise ApError(
            f"{name_file(file)}: the sheet “{echo(name)}” reaches to {last}: delete what stands far"
            " from the table, or save the table as a CSV"
        )


def refuse_locked(file: Path) -> Mapping[str, Look]:
    """Return nothing, as an old workbook shows nothing; raise ApError if a password locks it."""
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as content:
        if content.find(ENCRYPTED_PART) >= 0:
            raise locked(file)
    return {}


def count_rows(workbook: CalamineWorkbook, look: Noticed, name: str) -> int:
    """Return the number of the last row of a sheet that has a value, 0 without one."""
    if isinstance(look, Look):
        return look.last_row
    sheet = workbook.get_sheet_by_name(name)
    return 0 if sheet.end is None else sheet.end[0] + 1


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Read values within this; raise ApError if the library cannot, even where it breaks off."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise locked(file) from None
    except CalamineError:
        raise damaged(file) from None
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":  # not importable, and no Exception
            raise damaged(file) from None
        raise


def read_cell(value: Any) -> Cell:
    """Return a value of the library as a cell: no empty text, no 3.0, no length of time."""
    reader = READERS.get(type(value))
    return reader(value) if reader else value


def read_number(value: float) -> int | float:
    """Return a number as a spreadsheet shows it, with 15 digits; one shown as 1.2E+11 stays so."""
    if value.is_integer():
        return int(value) if abs(value) < LARGEST_SHOWN else value
    return float(f"{value:.15g}")


def read_duration(value: timedelta) -> str:
    """Return a length of time as a spreadsheet shows it: 30:15 for hours and minutes."""
    minutes, _ = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


READERS: Mapping[type, Callable[[Any], Cell]] = {
    str: clean_text,
    float: read_number,
    timedelta: read_duration,
}
