"""The parts of a workbook that is zipped XML: checked before they are read, then streamed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, LargeZipFile, ZipFile

from ..errors import ApError
from ..forms.text import name_file
from ..store.unpacking import Bound, count_unpacked, has_password

BOUND = Bound(most=300 << 20, times=100)
"""100,000 rows of eight columns are 50 megabytes; most are 10 to 20 times as large as packed."""

BLOCK = 1 << 16
DAMAGED = (BadZipFile, LargeZipFile, ExpatError, EOFError, zlib.error, NotImplementedError, OSError)

Handle = Callable[[Mapping[str, str]], None]


class Declares(Exception):
    """A document type in XML, which no spreadsheet has: it can make a small file endless."""


def open_archive(file: Path) -> ZipFile:
    """Open a workbook whose parts can be unpacked; raise ApError if it is damaged or a zip bomb."""
    name = name_file(file)
    try:
        archive = ZipFile(file)
        if BOUND.is_passed(archive, file.stat().st_size):
            megabytes = count_unpacked(archive) >> 20
            raise ApError(
                f"{name} unpacks to {megabytes:,} megabytes, more than a table has:"
                " save the sheet that you need as a CSV"
            )
        if has_password(archive):
            raise locked(file)
        for part in archive.infolist():
            read_through(archive, part.filename)
    except DAMAGED:
        raise damaged(file) from None
    return archive


def read_through(archive: ZipFile, part: str) -> None:
    """Unpack a part of XML to its end: one that is not as large as it says is damaged."""
    if part.endswith((".xml", ".rels")):
        with archive.open(part) as opened:
            while opened.read(BLOCK):
                pass


def locked(file: Path) -> ApError:
    """Return the error for a workbook that needs a password."""
    return ApError(
        f"{name_file(file)} is protected by a password: open it, save a copy without, and use that"
    )


def damaged(file: Path) -> ApError:
    """Return the error for a workbook that cannot be read."""
    return ApError(
        f"{name_file(file)} is not a whole workbook: open it in Excel and save it as .xlsx again"
    )


class XmlReader:
    """Goes through a part of a workbook and hands each element to the function of its name.

    A name is written with its namespace: `urn:example cell`. What is named outside the file is
    never fetched.
    """

    def __init__(self, opens: Mapping[str, Handle]) -> None:
        self._opens = opens
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.StartDoctypeDeclHandler = refuse_declaration

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        handle = self._opens.get(name)
        if handle is not None:
            handle(attributes)

    def read(self, archive: ZipFile, part: str) -> None:
        """Go through a part; raise one of DAMAGED or Declares if it cannot be read."""
        with archive.open(part) as opened:
            while block := opened.read(BLOCK):
                self.parser.Parse(block)
            self.parser.Parse(b"", True)


def refuse_declaration(*_: object) -> None:
    """Raise Declares."""
    raise Declares
