"""The tables of a Word document, as the rows of one sheet: a form that came back filled in.

What a document's tracked changes add is read, and what they take away is not, as if all were
accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

from ..domain.returned import PaperMark, read_mark
from ..errors import ApError
from ..forms.text import name_file
from .archives import BLOCK, DAMAGED, Declares, damaged, open_archive, refuse_declaration
from .looks import Noticed, Seen
from .sheets import Cell, Row, Sheet, clean_text

DOCUMENT = "word/document.xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TABLE, ROW, CELL, PARAGRAPH, RUN, TEXT, STRIKE, DOUBLE_STRIKE, BREAK, TAB, REMOVED, MOVED = (
    f"{WORD} {name}"
    for name in (
        *("tbl", "tr", "tc", "p", "r", "t", "strike", "dstrike", "br", "tab", "del", "moveFrom"),
    )
)
PROPERTIES = "docProps/core.xml"
KEYWORDS = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties keywords"
NO = ("0", "false", "off", "none")
MOST_ROWS = 10_000
"""The most rows of the tables of a document: a form has some dozens."""


class WordSheet(Sheet):
    """The tables of a document, one below the other, with what was noticed in them."""

    def __init__(
        self, name: str, rows: tuple[Row, ...], look: Noticed, mark: PaperMark | None = None
    ) -> None:
        super().__init__(name, rows[-1].number)
        self._rows, self._look, self.mark = rows, look, mark

    def rows(self) -> Iterator[Row]:
        """Yield the rows that have something in a cell."""
        return iter(self._rows)

    def noticed(self) -> Noticed:
        """Return which cells are struck through."""
        return self._look


def is_document(file: Path) -> bool:
    """Return whether a file that begins as a zip file is a Word document."""
    try:
        with ZipFile(file) as archive:
            return DOCUMENT in archive.namelist()
    except DAMAGED:
        return False


def read_document(file: Path) -> tuple[Sheet, ...]:
    """Return the tables of a document as one sheet; raise ApError if it has none or is damaged."""
    with open_archive(file) as archive:
        reader = TableReader()
        try:
            reader.read(archive)
            mark = read_mark(read_keywords(archive))
        except (*DAMAGED, Declares, KeyError, ValueError):
            raise damaged(file) from None
    if reader.is_too_long:
        raise ApError(f"{name_file(file)} has more than {MOST_ROWS:,} rows: save them as .xlsx")
    if not reader.rows:
        raise ApError(
            f"{name_file(file)} has no table with anything in it: a placement sheet has a label and"
            " its answer in each row"
        )
    return (WordSheet(file.stem, tuple(reader.rows), reader.seen.look(), mark),)


def read_keywords(archive: ZipFile) -> str:
    """Return the keywords among a document's properties; empty if it has none.

    Raise one of DAMAGED or Declares if they cannot be read.
    """
    if PROPERTIES not in archive.namelist():
        return ""
    reader = KeywordReader()
    reader.parser.Parse(archive.read(PROPERTIES), True)
    return "".join(reader.letters)


class KeywordReader:
    """Gathers the letters of the keywords from a document's properties."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self._is_within = False
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._open, self._close
        self.parser.CharacterDataHandler = self._letters
        self.parser.StartDoctypeDeclHandler = refuse_declaration

    def _open(self, name: str, _: Mapping[str, str]) -> None:
        self._is_within = name == KEYWORDS

    def _close(self, _: str) -> None:
        self._is_within = False

    def _letters(self, letters: str) -> None:
        if self._is_within:
            self.letters.append(letters)


class TableReader:
    """Goes through a document and gathers the rows of its tables.

    A table within a cell is a part of that cell.
    """

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.seen = Seen()
        self.is_too_long = False
        self._number = 0
        self._depth = self._removed = 0
        self._cells: list[Cell] = []
        self._text: list[str] = []
        self._struck: list[bool] = []
        self._is_struck = self._in_text = False

    def read(self, archive: ZipFile) -> None:
        """Go through a document; raise one of DAMAGED or Declares if it cannot be read."""
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        parser.CharacterDataHandler = self._letters
        parser.StartDoctypeDeclHandler = refuse_declaration
        with archive.open(DOCUMENT) as opened:
            while (block := opened.read(BLOCK)) and not self.is_too_long:
                parser.Parse(block)
            if not self.is_too_long:
                parser.Parse(b"", True)

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == TABLE:
            self._depth += 1
        elif name in (REMOVED, MOVED):
            self._removed += 1
        elif self._depth == 1 and name == ROW:
            self._cells = []
            self._number += 1
        elif self._depth == 1 and name == CELL:
            self._text, self._struck = [], []
        elif name == RUN:
            self._is_struck = False
        elif name in (STRIKE, DOUBLE_STRIKE):
            self._is_struck = attributes.get(f"{WORD} val", "1") not in NO
        elif name == TEXT:
            self._in_text = True
        elif name in (BREAK, TAB):
            self._text.append(" ")

    def _letters(self, letters: str) -> None:
        if self._in_text and self._depth and not self._removed:
            self._text.append(letters)
            if letters.strip():
                self._struck.append(self._is_struck)

    def _close(self, name: str) -> None:
        if name == TEXT:
            self._in_text = False
        elif name == PARAGRAPH:
            self._text.append("\n")
        elif name in (REMOVED, MOVED):
            self._removed -= 1
        elif name == TABLE:
            self._depth -= 1
        elif self._depth == 1 and name == CELL:
            self._end_cell()
        elif self._depth == 1 and name == ROW:
            self._end_row()

    def _end_cell(self) -> None:
        if any(self._struck):
            self.seen.struck.add(self._number, len(self._cells))
        self._cells.append(clean_text("".join(self._text)))

    def _end_row(self) -> None:
        if any(cell is not None for cell in self._cells):
            self.rows.append(Row(self._number, tuple(self._cells)))
            self.seen.reach(self._number, len(self._cells))
        self.is_too_long = self._number > MOST_ROWS
