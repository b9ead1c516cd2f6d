"""Tables that people hand over: CSV, TSV, XLSX, XLSM, XLS, ODS and DOCX, known by their content."""

from __future__ import annotations

from pathlib import Path

from ..errors import ApError
from ..forms.text import name_file
from .delimited import Delimited
from .files import MARK, MOST, check_file
from .headers import find_header, name_columns, refuse_same_names
from .looks import Noticed
from .sheets import Cell, Row, Sheet, Tables, spell_column
from .word import is_document, read_document
from .workbooks import OLE, ZIP, read_workbook

__all__ = [
    "Cell",
    "Noticed",
    "Row",
    "Sheet",
    "Tables",
    "find_header",
    "name_columns",
    "open_tables",
    "refuse_same_names",
    "spell_column",
]

STARTS = 16
OTHERS = {b"%PDF": "a PDF", b"<": "a web page or XML", b"{\\rtf": "a text document"}
"""How files begin that people take for a table, and what they are."""


def open_tables(file: Path) -> Tables:
    """Open a file of tables by what is in it; raise ApError, in one sentence, if it is none."""
    name = name_file(file)
    check_file(file, name, MOST)
    with file.open("rb") as opened:
        starts = opened.read(STARTS)
    if starts.startswith(ZIP) and is_document(file):
        return Tables(file, read_document(file))
    if starts.startswith((ZIP, OLE)):
        return Tables(file, read_workbook(file, starts))
    text = starts.removeprefix(MARK).lstrip()
    for beginning, what in OTHERS.items():
        if text.startswith(beginning):
            raise ApError(f"{name} is {what}, not a table: save the table as .xlsx or .csv")
    return Tables(file, (Delimited(file),))
