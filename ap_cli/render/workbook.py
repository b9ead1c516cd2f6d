"""A result as a workbook of Excel: days and numbers as such, and no cell that anything runs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from ..extras import needing
from ..forms.text import FORMULA, capital, harmless, heading, hours_number
from .result import Result, as_mapping
from .written import flat_value

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_000_000
"""The rows of a sheet, below its heading; Excel takes 1,048,576."""

MOST_LETTERS = 32_767
"""The letters that a cell can have; longer text ends in "…"."""

NARROWEST, WIDEST = 8, 50
"""The letters that a column is wide, at least and at most."""

NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
"""What Excel takes in the name of a sheet."""

PIECE = 1 << 20
DAY = "dd/mm/yyyy"
POUNDS = "£#,##0.00"
PLAIN: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False}
"""Text stays text, whatever it looks like."""


def workbook_pieces(result: Result) -> Iterator[bytes]:
    """Return a workbook with the rows of a result, piece by piece; raise ExtraMissing without one.

    It is made in memory, about 2 KiB a row: files of the library would outlive a program that is
    killed, with children's names in them.
    """
    with needing("spreadsheets"):
        import xlsxwriter

    file = io.BytesIO()
    options = PLAIN | {"in_memory": True, "use_zip64": True, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    fill_workbook(book, result)
    book.close()
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def fill_workbook(book: Workbook, result: Result) -> None:
    """Write the rows of a result to sheets of a workbook; there is one sheet if there is no row."""
    rows = map(as_mapping, result.rows)
    first = next(rows, None)
    keys = result.keys or (tuple(first) if first else result.columns)
    headings = result.headings or tuple(map(heading, keys))
    left = chain([first] if first else [], rows)
    number = 1
    while True:
        sheet = Sheet(book, sheet_name(result.kind, number), headings)
        for row in islice(left, MOST_ROWS):
            values = ((key, row.get(key)) for key in keys)
            cells = [value if result.headings else cell_value(key, value) for key, value in values]
            sheet.add(cells)
        sheet.close()
        following = next(left, None)
        if following is None:
            return
        left = chain([following], left)
        number += 1


def sheet_name(kind: str, number: int) -> str:
    """Return the name of a sheet: "Pupil list", and "Pupil list 2" for the rest of its rows."""
    ending = f" {number}" if number > 1 else ""
    name = capital(NOT_IN_A_NAME.sub(" ", kind))
    return name[: LONGEST_NAME - len(ending)] + ending


def cell_value(key: str, value: Any) -> Any:
    """Return a value as a cell holds it: times as hours, money as pounds; None for a gap."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and key.endswith(("_minutes", "hours_a_week")):
        return hours_number(value)
    if isinstance(value, int) and key.endswith(("_pence", "cost_a_week")):
        return Decimal(value).scaleb(-2)
    return flat_value(value)


class Sheet:
    """A sheet of a workbook: its headings stay in sight, and each column can be filtered."""

    def __init__(self, book: Workbook, name: str, headings: Sequence[str]) -> None:
        self._sheet: Worksheet = book.add_worksheet(name)
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._formats = {
            date: book.add_format({"num_format": DAY}),
            Decimal: book.add_format({"num_format": POUNDS}),
        }
        self._quoted = book.add_format({"quote_prefix": True})
        self._widths = [NARROWEST] * len(headings)
        self._rows = 0
        self._sheet.freeze_panes(1, 1)
        self._write_row(headings, self._bold)

    def add(self, cells: Sequence[Any]) -> None:
        """Write a row below the others."""
        self._rows += 1
        self._write_row(cells)

    def _write_row(self, cells: Sequence[Any], style: Any = None) -> None:
        for column, value in enumerate(cells):
            if value is not None and value != "":
                letters = self._write(column, value, style)
                self._widths[column] = max(self._widths[column], letters)

    def _write(self, column: int, value: Any, style: Any) -> int:
        """Write a cell; return how many letters it shows."""
        sheet, row = self._sheet, self._rows
        if isinstance(value, Decimal):
            sheet.write_number(row, column, value, self._formats[Decimal])
            return len(f"£{value:,.2f}")
        if isinstance(value, int | float) and not isinstance(value, Enum):
            sheet.write_number(row, column, value)
            return len(f"{value:g}")
        if isinstance(value, date) and not isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._formats[date])
            return len(DAY)
        text = shorten_text(harmless(str(value)))
        needs_quote = style is None and FORMULA.match(text)
        sheet.write_string(row, column, text, self._quoted if needs_quote else style)
        return max(map(len, text.splitlines() or [""]))

    def close(self) -> None:
        """Set the widths of the columns, and let each be filtered."""
        for column, letters in enumerate(self._widths):
            self._sheet.set_column(column, column, min(letters, WIDEST) + 2)
        if self._widths:
            self._sheet.autofilter(0, 0, self._rows, len(self._widths) - 1)


def shorten_text(text: str) -> str:
    """Return a text as far as a cell can hold it."""
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"
