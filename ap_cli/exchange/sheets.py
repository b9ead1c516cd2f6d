"""What a table is once it is open: its sheets and their rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from ..domain.returned import PaperMark
from ..forms.form import Record
from .looks import Noticed

Cell = str | int | float | bool | date | datetime | time | None
"""What a cell holds: text without blanks around it, never an empty one."""

BLANKS = " \t\r\n\u00a0\u2000\u2001\u2002\u2003\u2009\u200a\u202f\u3000"
"""What is taken off both ends of a text; control characters stay, for its reader to refuse."""

HEADER_WITHIN = 20
"""The first rows, among which the names of the columns stand; titles may stand above."""


class Row(Record, frozen=True):
    """A row with its number, as the spreadsheet shows it, and its cells from column A on."""

    number: int
    cells: tuple[Cell, ...]


class Sheet:
    """A sheet of a workbook, or the one of a CSV file; `most_rows` is how many it can have.

    One that is a paper of ap, sent back, has its mark.
    """

    mark: PaperMark | None = None

    def __init__(self, name: str, most_rows: int, hidden: bool = False) -> None:
        self.name, self.most_rows, self.hidden = name, most_rows, hidden

    def rows(self) -> Iterator[Row]:
        """Yield its rows in order, without those that are blank; raise ApError if one is broken."""
        raise NotImplementedError

    def noticed(self) -> Noticed:
        """Return what the cells do not say; a CSV has nothing of it."""
        return Noticed()


class Tables(Record, frozen=True):
    """A file of tables with its sheets, each of which has cells."""

    file: Path
    sheets: tuple[Sheet, ...]


def clean_text(text: str) -> str | None:
    """Return a text without the blanks around it, None if nothing is left."""
    return text.strip(BLANKS) or None


def spell_column(position: int) -> str:
    """Return the letters of a column as a spreadsheet has them: "A" for 0, "AB" for 27."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
