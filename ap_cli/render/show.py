"""Showing a result: JSON and CSV for programs, tables and lines for people."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from msgspec.json import Encoder

from ..domain.days import words
from ..forms.text import harmless, hours, label, printable
from .output import HeldOutput, Output, escape_controls, printable_line
from .result import Result, View, as_mapping

COLORED = re.compile(r"\x1b\[\d+m([^\x1b]*)\x1b\[0m")
SHORT = (
    "ref",
    "name",
    "starts",
    "ends",
    "first",
    "last",
    "born",
    "pupil",
    "provider",
    "id",
    "severity",
    "binds",
)
"""Columns whose values stay on one line."""
PIECE = 1 << 16
ENCODER = Encoder(enc_hook=str)
CSV_MARK = b"\xef\xbb\xbf"
FORMULA = tuple("=+-@\t\r")


class ShowSettings(Protocol):
    """What showing needs to know of a call."""

    @property
    def format(self) -> str: ...
    @property
    def out(self) -> Path | None: ...
    @property
    def today(self) -> date: ...
    @property
    def color(self) -> bool: ...
    @property
    def name_style(self) -> str: ...


def show_result(result: Result, how: ShowSettings, output: Output | None = None) -> int:
    """Write a result, to an output that is open already if there is one; return its exit code."""
    if output is None:
        with Output(how.out) as opened:
            return show_result(result, how, opened)
    held = HeldOutput()
    for piece in encode_result(result, how):
        held.write(piece)
    output.write(held.pieces())
    width = shutil.get_terminal_size((100, 24)).columns if sys.stderr.isatty() else 0
    with suppress(OSError):  # the answer itself is written, and its exit code tells the rest
        for said in result.said:
            print(*fit_line(printable(said), width), sep="\n", file=sys.stderr)
    return result.code if isinstance(result.code, int) else result.code()


def encode_result(result: Result, how: ShowSettings) -> Iterator[bytes]:
    """A result as bytes, piece by piece."""
    if how.format == "json":
        yield from map(escape_controls, json_pieces(result, result.on or how.today))
    elif how.format == "jsonl":
        yield from (escape_controls(encode_row(row) + b"\n") for row in result.rows)
    elif how.format == "md":
        yield from (f"{printable_line(line)}\n".encode() for line in markdown_lines(result))
    elif how.format == "csv":
        yield from csv_pieces(result, mark=how.out is not None or sys.stdout.isatty())
    else:
        encoding = "utf-8" if how.out else (sys.stdout.encoding or "utf-8")
        wrapped = how.format == "table" and not result.verbatim
        width = shutil.get_terminal_size((100, 24)).columns if wrapped else 0
        for line in text_lines(result, how, width):
            for part in fit_line(printable_line(line, how.color), width):
                yield (part + "\n").encode(encoding, "replace")


def json_pieces(result: Result, on: date) -> Iterator[bytes]:
    """The envelope, written some rows at a time so that memory stays flat."""
    written = bytearray(
        b'{"ap":1,"kind":%s,"on":"%s","data":['
        % (ENCODER.encode(result.kind), on.isoformat().encode())
    )
    comma = b""
    for row in result.rows:
        written += comma + encode_row(row)
        comma = b","
        if len(written) > PIECE:
            yield bytes(written)
            written.clear()
    yield bytes(written) + b"]}\n"


def encode_row(row: Any) -> bytes:
    """A row as JSON. A byte of the command line that is no character becomes an escape."""
    try:
        return ENCODER.encode(row)
    except UnicodeEncodeError:
        import json

        from msgspec import to_builtins

        return json.dumps(to_builtins(row, enc_hook=str), separators=(",", ":")).encode()


def csv_pieces(result: Result, mark: bool) -> Iterator[bytes]:
    """Comma-separated values with a header; an apostrophe stops text from becoming a formula."""
    import csv

    line = io.StringIO()
    writer = csv.writer(line)
    if mark:
        yield CSV_MARK
    rows = map(as_mapping, result.rows)
    first = next(rows, None)
    header = result.keys or (tuple(first) if first else result.columns)
    yield _csv_line(writer, line, header)
    for each in chain([first] if first else [], rows):
        yield _csv_line(writer, line, tuple(each.get(name) for name in header))


def markdown_lines(result: Result) -> Iterator[str]:
    """A table in Markdown: the columns of the table, or all keys if the result names no columns."""
    rows = map(as_mapping, result.rows)
    if result.markdown:
        yield from result.markdown(rows, View(0, False))
        return
    first = next(rows, None)
    names = result.columns or result.keys or tuple(first or ())
    yield _markdown_row(map(label, names))
    yield _markdown_row("---" for _ in names)
    yield from (
        _markdown_row(cell_text(name, row.get(name)) for name in names)
        for row in chain([first] if first else [], rows)
    )


MARKUP = r"([\\`*_{}\[\]<>#|~])"


def escape_markup(text: str) -> str:
    """A text for Markdown: what would be markup stands for itself."""
    return re.sub(MARKUP, r"\\\1", text)


def _markdown_row(cells: Iterable[str]) -> str:
    escaped = (each if each == "---" else escape_markup(each) for each in cells)
    return f"| {' | '.join(escaped)} |"


def _csv_line(writer: Any, line: Any, cells: Iterable[Any]) -> bytes:
    writer.writerow([_csv_value(cell) for cell in cells])
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode("utf-8")  # type: ignore[no-any-return]


def _csv_value(value: Any) -> Any:
    if value in ([], ()):
        return "no"  # it was recorded; what was never asked is None
    if isinstance(value, list | tuple):
        value = "; ".join(str(_csv_value(item)) for item in value)
    if isinstance(value, dict) and value:
        known = (f"{key}: {_csv_value(item)}" for key, item in value.items() if item is not None)
        value = ", ".join(known) or "yes"  # it holds, and nobody knows from what day
    if value == {}:
        return ""
    if isinstance(value, str):
        value = harmless(value)
        return f"'{value}" if value.startswith(FORMULA) else value
    return "" if value is None else value


def text_lines(result: Result, how: ShowSettings, width: int) -> Iterator[str]:
    """A result as people read it; `width` is the terminal's, 0 where there is none."""
    view = make_view(how, width)
    if result.lines:
        lines = iter(result.lines(map(as_mapping, result.rows), view))
        first = next(lines, result.empty or None)
        yield from chain([first] if first is not None else [], lines)
        return
    rows = list(map(as_mapping, result.rows))
    if not rows and result.empty:
        yield result.empty
    elif width and rows:
        yield from table_lines(rows, result.columns, view)
    else:
        yield from (
            "\t".join(cell_text(name, row.get(name)) for name in result.columns) for row in rows
        )


def make_view(how: ShowSettings, width: int) -> View:
    """How a result is shown on a terminal so wide, or in a pipe if that is 0."""
    height = shutil.get_terminal_size((width, 24)).lines if width and sys.stdout.isatty() else 0
    return View(width, how.color and width > 0, height, how.name_style)


def terminal_view(how: ShowSettings) -> View:
    """How a screen is shown that a person answers on."""
    return make_view(how, shutil.get_terminal_size((80, 24)).columns)


def fit_line(line: str, width: int) -> list[str]:
    """Wrap a line to the terminal, the rest indented below its beginning; colour has no width."""
    plain = COLORED.sub(r"\1", line)
    if not width or len(line) <= width or len(plain) <= width:
        return [line]
    from textwrap import wrap

    indent = " " * (len(line) - len(line.lstrip()) + 4)
    colored = COLORED.search(line)
    first, *rest = wrap(
        plain, max(width, 40), subsequent_indent=indent, break_on_hyphens=False
    ) or [plain]
    return [first.replace(colored[1], colored[0], 1) if colored else first, *rest]


def cell_text(name: str, value: Any) -> str:
    """A value of a list in a cell: time in hours, a day short enough for a column."""
    if name.endswith("_minutes") and value is not None:
        return hours(value)
    if isinstance(value, date):
        day, month, year = words(value).split(" ")
        return f"{day} {month[:3]} {year}"
    return value_text(value)


def table_lines(
    rows: Sequence[Mapping[str, Any]], columns: tuple[str, ...], view: View
) -> Iterator[str]:
    """Rows in a table as wide as the terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in columns:
        made.add_column(
            label(name), overflow="ellipsis" if name == "name" else "fold", no_wrap=name in SHORT
        )
    for row in rows:
        made.add_row(*(Text(cell_text(name, row.get(name))) for name in columns))
    out = io.StringIO()
    Console(
        file=out,
        width=view.width,
        force_terminal=view.color,
        no_color=not view.color,
        legacy_windows=False,
    ).print(made)
    yield from (line.rstrip() for line in out.getvalue().splitlines() if line.strip())


def value_text(value: Any) -> str:
    """A value in a line, as people say it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return words(value)
    if isinstance(value, list | tuple):
        return "; ".join(map(value_text, value)) or "no"
    if isinstance(value, dict):
        return ", ".join(
            f"{key} {value_text(item)}" for key, item in value.items() if item is not None
        )
    return printable(str(value))
