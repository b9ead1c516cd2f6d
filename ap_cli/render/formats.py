"""The formats that a result can have, a class each; `FORMATS` has them by their names."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator

from .output import escape_controls, printable_line
from .result import Result
from .show import ShowSettings, fit_line, text_lines
from .written import csv_pieces, encode_row, json_pieces, markdown_lines


class Format:
    """How the rows of a result become bytes, piece by piece."""

    def pieces(self, result: Result, how: ShowSettings) -> Iterator[bytes]:
        """Return a result in this format."""
        raise NotImplementedError


class Lines(Format):
    """Lines for people: as they are in a pipe, and `wrapped` to a terminal in a table."""

    def __init__(self, wrapped: bool) -> None:
        self.wrapped = wrapped

    def pieces(self, result: Result, how: ShowSettings) -> Iterator[bytes]:
        """Return a line at a time."""
        encoding = "utf-8" if how.out else (sys.stdout.encoding or "utf-8")
        wrapped = self.wrapped and not result.verbatim
        width = shutil.get_terminal_size((100, 24)).columns if wrapped else 0
        for line in text_lines(result, how, width):
            for part in fit_line(printable_line(line, how.color), width):
                yield (part + "\n").encode(encoding, "replace")


class Json(Format):
    """One JSON object, with the rows in its `data`."""

    def pieces(self, result: Result, how: ShowSettings) -> Iterator[bytes]:
        """Return some rows at a time."""
        yield from map(escape_controls, json_pieces(result, result.on or how.today))


class JsonLines(Format):
    """A JSON object a line, one a row."""

    def pieces(self, result: Result, how: ShowSettings) -> Iterator[bytes]:
        """Return a row at a time."""
        yield from (escape_controls(encode_row(row) + b"\n") for row in result.rows)


class Csv(Format):
    """Comma-separated values; in a file they are marked as UTF-8 for spreadsheets."""

    def pieces(self, result: Result, how: ShowSettings) -> Iterator[bytes]:
        """Return a row at a time."""
        yield from csv_pieces(result, mark=how.out is not None or sys.stdout.isatty())


class Markdown(Format):
    """A table in Markdown, or what the result makes of itself in Markdown."""

    def pieces(self, result: Result, how: ShowSettings) -> Iterator[bytes]:
        """Return a line at a time."""
        yield from (f"{printable_line(line)}\n".encode() for line in markdown_lines(result))


class Xlsx(Format):
    """A workbook of Excel with the days and numbers as such; needs the extra for spreadsheets."""

    def pieces(self, result: Result, how: ShowSettings) -> Iterator[bytes]:
        """Return the workbook, once it is whole."""
        from .workbook import workbook_pieces

        return workbook_pieces(result)


class Calendar(Format):
    """A calendar that other programs import or follow, RFC 5545: each row is a whole-day event."""

    def pieces(self, result: Result, how: ShowSettings) -> Iterator[bytes]:
        """Return the calendar, once it is whole."""
        from .calendar import calendar_pieces

        return calendar_pieces(result)


class Made(Format):
    """A paper that the result makes of itself, in a format such as "pdf"."""

    def pieces(self, result: Result, how: ShowSettings) -> Iterator[bytes]:
        """Return the whole paper."""
        assert result.make is not None, "a command that names this format makes it"
        yield result.make(how.format)


FORMATS: dict[str, Format] = {
    "table": Lines(wrapped=True),
    "plain": Lines(wrapped=False),
    "json": Json(),
    "jsonl": JsonLines(),
    "csv": Csv(),
    "md": Markdown(),
    "xlsx": Xlsx(),
    "ics": Calendar(),
    "pdf": Made(),
    "html": Made(),
    "docx": Made(),
}


def encode_result(result: Result, how: ShowSettings) -> Iterator[bytes]:
    """A result as bytes, piece by piece, in the format that was asked for."""
    return FORMATS[how.format].pieces(result, how)
