"""Rows as bytes for other programs, piece by piece: JSON, CSV and Markdown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from msgspec.json import Encoder

from ..forms.text import harmless, label, stop_formula
from .result import Result, View, as_mapping
from .show import cell_text

PIECE = 1 << 16
ENCODER = Encoder(enc_hook=str)
CSV_MARK = b"\xef\xbb\xbf"


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
    """Comma-separated values with a header; an apostrophe stops text from becoming a formula.

    Text that has one before a formula already gets a second, so that taking one away gives it back.
    """
    import csv

    line = io.StringIO()
    writer = csv.writer(line)
    if mark:
        yield CSV_MARK
    rows = map(as_mapping, result.rows)
    first = next(rows, None)
    header = result.keys or (tuple(first) if first else result.columns)
    yield _csv_line(writer, line, result.headings or header)
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


def flat_value(value: Any) -> Any:
    """A value as one cell holds it: a list or what belongs together as text; None for a gap."""
    if value in ([], ()):
        return "no"  # it was recorded; what was never asked is None
    if isinstance(value, list | tuple):
        return "; ".join(str(_csv_value(item)) for item in value)
    if isinstance(value, dict) and value:
        known = (f"{key}: {_csv_value(item)}" for key, item in value.items() if item is not None)
        return ", ".join(known) or "yes"  # it holds, and nobody knows from what day
    return None if value == {} else value


def _csv_value(value: Any) -> Any:
    value = flat_value(value)
    if isinstance(value, str):
        return stop_formula(harmless(value))
    return "" if value is None else value
