"""A CSV, read from the disk a row at a time, in whatever dialect and encoding it was saved."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from ..errors import ApError
from ..forms.text import name_file, release_formula
from .files import MARK, refuse_binary
from .sheets import BLANKS, HEADER_WITHIN, Row, Sheet, clean_text

SEPARATORS = ",;\t"
SAMPLE = 16 << 10
"""How many letters are looked at for the separator."""

LONGEST_NAME = 200
"""The most letters of a cell that is looked at as the name of a column."""

QUOTED = re.compile(rf'(?<![^{SEPARATORS}\r\n])"(?:[^"]|"")*+(?:"|\Z)')
"""A cell in quotes, in which a quote stands twice; the end of a sample can be within it."""

LINE_END = re.compile(r"[\r\n]+")

BLOCK = 1 << 20
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Delimited(Sheet):
    """The one sheet of a CSV file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._encoding = find_encoding(file)
        super().__init__(file.stem, count_lines(file))
        with self._lines() as lines:
            sample = lines.read(SAMPLE)
        if not sample.strip():
            raise ApError(f"{name_file(file)} is empty: choose the file with the table")
        self._says_separator = separator_line(sample)
        self.delimiter = self._says_separator or find_delimiter(sample)

    def rows(self) -> Iterator[Row]:
        """Yield its rows; a row is numbered like a spreadsheet, also if its cells hold line ends.

        Raise ApError with the line that is broken.
        """
        for number, line in self.lines():
            cells = clean_cells(line)
            if any(cells):
                yield Row(number, cells)

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Yield its lines with their numbers, each cell as it stands; raise ApError as above."""
        with self._lines() as lines:
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            try:
                for number, line in enumerate(reader, 1):
                    if number > 1 or not self._says_separator:
                        yield number, line
            except (csv.Error, UnicodeDecodeError) as problem:
                raise ApError(
                    f"{name_file(self._file)}, line {reader.line_num}: {problem}"
                ) from None

    def _lines(self) -> TextIO:
        """Open the file at its first letter; a mark before it is passed over."""
        opened = self._file.open(encoding=self._encoding, newline="")
        if self._encoding == "cp1252" and opened.read(len(MARK)) != MARK.decode("cp1252"):
            opened.seek(0)
        return opened


def clean_cells(line: list[str]) -> tuple[str | None, ...]:
    """Return the cells of a line as `clean_text` does, without the mark that stops a formula.

    To call a function for each cell takes twice as long, so only a line with such a mark does.
    """
    if any(cell.startswith("'") for cell in line):
        return tuple(clean_text(release_formula(cell)) for cell in line)
    return tuple([cell.strip(BLANKS) or None for cell in line])


def find_encoding(file: Path) -> str:
    """Return how a text is encoded: UTF-8, UTF-16 with a mark, or as Windows writes in England.

    Raise ApError if it is none of them.
    """
    with file.open("rb") as opened:
        if opened.read(2) in UTF_16_MARKS:
            problem = decoding_problem(opened, "utf-16", file)
            if problem:
                raise ApError(f"{name_file(file)} is not whole UTF-16: save it as “CSV UTF-8”")
            return "utf-16"
        for encoding in ("utf-8-sig", "cp1252"):
            problem = decoding_problem(opened, encoding, file)
            if not problem:
                return encoding
    raise ApError(
        f"{name_file(file)} is neither UTF-8 nor Windows-1252 (byte {problem}):"
        " save it in UTF-8 (a spreadsheet calls it “CSV UTF-8”)"
    )


def decoding_problem(opened: BinaryIO, encoding: str, file: Path) -> int:
    """Return the byte, from 1, at which a file is not so encoded, 0 if it is throughout.

    Raise ApError if it has what no text has.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    opened.seek(0)
    before = 0
    while True:
        block = opened.read(BLOCK)
        try:
            refuse_binary(name_file(file), decoder.decode(block, final=not block))
        except UnicodeDecodeError as problem:
            return max(1, before + problem.start + 1)
        if not block:
            return 0
        before += len(block)


def count_lines(file: Path) -> int:
    """Return how many lines a file has at most, whichever way they end."""
    lines = 1
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            lines += max(block.count(b"\n"), block.count(b"\r"))
    return lines


def separator_line(sample: str) -> str:
    """Return the separator that a first line `sep=;` names, as Excel writes it; empty without."""
    first = sample.splitlines()[0].strip('" \t')
    name, _, separator = first.partition("=")
    given = separator or "\t" * sample.startswith(("sep=\t", '"sep=\t'))
    return given if name.lower() == "sep" and given and given in SEPARATORS else ""


def find_delimiter(sample: str) -> str:
    """Return what parts the cells: that with which most headings are known.

    Of those with as many, that which most rows have as often as each other, else a comma. What
    stands in quotes is passed over, as a long reason holds commas, semicolons and line ends; so is
    the last row of a sample that ends within it.
    """
    rows = [row for row in LINE_END.split(QUOTED.sub("", sample)) if row.strip()]
    if len(sample) >= SAMPLE and len(rows) > 1:
        rows.pop()
    agreeing = {
        separator: most_alike(row.count(separator) for row in rows) for separator in SEPARATORS
    }
    found = [separator for separator in SEPARATORS if agreeing[separator][0]]
    if len(found) < 2:
        return found[0] if found else SEPARATORS[0]
    return max(found, key=lambda one: (count_known(sample, one), agreeing[one]))


def count_known(sample: str, separator: str) -> int:
    """Return how many headings are known in the row that has most of them, if cells are so parted.

    A heading holds a comma of its own: “Name (surname, forename)”. A single one says nothing.
    """
    from .columns import is_heading

    rows = csv.reader(sample.splitlines(keepends=True), delimiter=separator)
    with suppress(csv.Error):
        first = list(islice(rows, HEADER_WITHIN))
        names = ([cell for cell in row if 0 < len(cell) <= LONGEST_NAME] for row in first)
        most = max(sum(map(is_heading, row)) for row in names)
        return most if most > 1 else 0
    return 0


def most_alike(times: Iterable[int]) -> tuple[int, int]:
    """Return how many rows have a separator as often as each other, and how often that is."""
    alike = Counter(filter(None, times))
    return max(((rows, often) for often, rows in alike.items()), default=(0, 0))
