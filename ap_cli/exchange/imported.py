"""Rows of a sheet, read by its columns: what each says of a pupil, a provider and a placement."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from ..domain.imported import REFERENCE, ImportedRow
from ..domain.periods import Periods
from ..domain.returned import NOT_RECORDED
from .cells import FIRST_SERIAL, is_blank
from .columns import Column
from .fields import FORENAME, SURNAME, Field, all_fields
from .row_answers import RowAnswers

TOTAL = re.compile(
    r"((grand |sub[ -]?)?totals?|sum|count|average|mean|end of list)"
    r"( (pupils?|children|students?|placements?|hours|cost|rows?))?[\s:=.()\d]*",
    re.IGNORECASE,
)
"""The first cell of a row that adds the others up: a word for it and a number, nothing else."""

FOOTER = re.compile(
    r"number of \w+( \w+)?\s*[:=]?\s*\d*|\d+ (pupils?|students?|children|placements?|leavers?)"
    r"|(left|leavers|notes?|key|updated|printed|last updated)\s*:.*|page \d+( of \d+)?"
    r"|.*,\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}",
    re.IGNORECASE,
)
"""What stands alone in a row and is about no child: “Left:”, “2 pupils”, a name and a day."""

OF_A_CHILD = frozenset(
    f"{noun}.{key}"
    for noun, key in (
        *(("pupil", key) for key in ("born", "upn", REFERENCE, FORENAME, SURNAME, "name")),
        *(("placement", key) for key in ("starts", REFERENCE)),
    )
)
"""What a row that adds others up does not have beside its first cell."""

TOTALS, NOTE, NOTHING_READ, HEADING_AGAIN = (
    "a row of totals",
    "a line that is about no child",
    "nothing in the columns that are read",
    "the names of the columns again",
)
"""Why a row is passed over."""

SINCE_1904 = (
    "this workbook counts its days from 1904, and a bare number is no sure day: format the cell as"
    " a date, or type it such as 27/02/2026"
)


ERROR = "it holds an error, such as #REF!: mend it in the spreadsheet"

ERRORS = frozenset(
    ("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)
"""What stands in a cell with an error where a spreadsheet has written a CSV."""


class RowReader:
    """Reads rows by the columns of their sheet.

    `fills` has what is answered in each row that leaves a field empty, by the field's name, and
    `nouns` the records that are read, all if there are none. `bad_cells` says what is wrong with
    cells that cannot be trusted, by row and position. In a workbook that counts its days
    `since_1904` a bare number is no day, as nobody can tell from which day it counts. `places` has
    the column of each question, for people.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        today: date,
        fills: Mapping[str, object] | None = None,
        nouns: Sequence[str] = (),
        bad_cells: Callable[[int, int], str] | None = None,
        since_1904: bool = False,
    ) -> None:
        self._today, self._since_1904 = today, since_1904
        self._bad_cells = bad_cells
        self._columns = [
            column
            for column in columns
            if column.field is not None and (not nouns or column.field.noun in nouns)
        ]
        self._is_form = any(column.row for column in columns)
        self._groups = sorted({column.group for column in self._columns} - {0}) or [0]
        self._headings = {column.position: column.heading for column in columns}
        self._fills = {
            name: value
            for name, value in (fills or {}).items()
            if not nouns or all_fields()[name].noun in nouns
        }
        self.nouns = {field.noun for field in self._fields()}
        self.places = places_of(self._columns)

    def _fields(self) -> list[Field]:
        return [column.field for column in self._columns if column.field is not None]

    def read(self, sheet: str, number: int, cells: Sequence[object]) -> ImportedRow:
        """Return what a row says, or why it is passed over."""
        if passed := self._why_passed(cells):
            return ImportedRow(sheet, number, passed=passed)
        answers = RowAnswers(self._today, self.places)
        for column in self._columns:
            cell = cells[column.position] if column.position < len(cells) else None
            self._read_cell(answers, number, column, cell)
        for name, value in self._fills.items():
            answers.fill(all_fields()[name], value, self._groups)
        row = answers.as_row(sheet, number, self._groups)
        return replace(row, emptied=self._emptied(cells)) if self._is_form else row

    def _emptied(self, cells: Sequence[object]) -> tuple[str, ...]:
        """List the fields of a form that say nothing, not even “Not recorded yet”."""
        return tuple(
            column.field.name
            for column in self._columns
            if column.field is not None and is_emptied(cells[column.position])
        )

    def _why_passed(self, cells: Sequence[object]) -> str:
        if self._is_total(cells):
            return TOTALS
        filled = [cell for cell in cells if cell is not None]
        is_alone = len(filled) == 1 and len(self._columns) > 1
        if is_alone and FOOTER.fullmatch(str(filled[0]).strip()):
            return NOTE
        read = [cells[column.position] for column in self._columns if column.position < len(cells)]
        if all(cell is None for cell in read):
            return NOTHING_READ
        if all(
            cells[at] == heading
            for at, heading in self._headings.items()
            if at < len(cells) and cells[at] is not None
        ):
            return HEADING_AGAIN
        return ""

    def _is_total(self, cells: Sequence[object]) -> bool:
        """Tell whether a row adds others up; a child can be called so, and has more to it."""
        first = next((at for at, cell in enumerate(cells) if cell is not None), None)
        if first is None or not TOTAL.fullmatch(str(cells[first]).strip()):
            return False
        return all(
            is_blank(cells[column.position]) or is_count(cells[column.position])
            for column in self._columns
            if column.field is not None and column.field.name in OF_A_CHILD
            if first < column.position < len(cells)
        )

    def _read_cell(self, answers: RowAnswers, number: int, column: Column, cell: object) -> None:
        field = column.field
        if field is None:
            return
        bad = self._bad_cells(number, column.position) if self._bad_cells else ""
        try:
            if bad or (isinstance(cell, str) and cell.upper() in ERRORS):
                raise ValueError(bad or ERROR)
            if self._since_1904 and is_number_for_day(field, cell):
                raise ValueError(SINCE_1904)
            answers.add(field, column.group, cell)
        except ValueError as problem:
            answers.wrong.append(f"{column.place}, {field.label}: {problem}")


def is_emptied(cell: object) -> bool:
    """Tell whether a cell of a form has no answer, and does not say that the record has none."""
    is_gap = isinstance(cell, str) and cell.casefold() == NOT_RECORDED.casefold()
    return is_blank(cell) and not is_gap


def places_of(columns: Sequence[Column]) -> Mapping[str, str]:
    """Map the name of each field that one column alone has to that column and what it holds."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for column in columns:
        if column.field is not None:
            twice |= {column.field.name} & found.keys()
            found[column.field.name] = f"{column.place}, {column.field.label}"
    return {name: place for name, place in found.items() if name not in twice}


def is_count(cell: object) -> bool:
    """Tell whether a cell is a number that can be no day, as of what is added up: 3, “12.5”."""
    if isinstance(cell, str):
        return re.fullmatch(r"£?[\d,]{1,6}(\.\d+)?%?", cell.strip()) is not None
    return isinstance(cell, int | float) and cell < FIRST_SERIAL


def is_number_for_day(field: Field, cell: object) -> bool:
    """Tell whether a cell has a bare number where a day is asked for."""
    if field.question is None or field.question.item not in (date, Periods):
        return False
    if isinstance(cell, str):
        return re.fullmatch(r"\d{5}(\.0)?", cell) is not None
    return isinstance(cell, int | float) and cell not in (0, 1)
