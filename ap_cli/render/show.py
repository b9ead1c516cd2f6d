"""Results shown: JSON and CSV for programs, tables and lines for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from msgspec.json import Encoder

from ..domain.days import words
from ..domain.text import printable
from ..errors import ApError
from .result import Result, View

CSV_MARK = b"\xef\xbb\xbf"
FORMULA = tuple("=+-@\t\r")


class Shown(Protocol):
    """What showing needs to know of a call."""

    @property
    def format(self) -> str: ...
    @property
    def out(self) -> Path | None: ...
    @property
    def today(self) -> date: ...
    @property
    def names(self) -> bool: ...
    @property
    def color(self) -> bool: ...


def show(result: Result, how: Shown) -> int:
    """Writes a result and returns the exit code that it stands for."""
    from itertools import chain

    rows = iter(result.rows)
    first = list(_some(rows, 1))  # an error in reading shows before anything is written
    with output(how.out) as out:
        for line in written(Result(**{**_fields(result), "rows": chain(first, rows)}), how):
            out.write(line)
    for said in result.said:
        print(printable(said), file=sys.stderr)
    return result.code()


def _fields(result: Result) -> dict[str, Any]:
    return {name: getattr(result, name) for name in result.__struct_fields__}


def _some(rows: Iterator[Any], most: int) -> Iterator[Any]:
    for _, row in zip(range(most), rows, strict=False):
        yield row


def written(result: Result, how: Shown) -> Iterator[bytes]:
    """A result as bytes, piece by piece."""
    if how.format == "json":
        yield from as_json(result, how.today)
    elif how.format == "jsonl":
        encode = Encoder(enc_hook=str).encode
        yield from (encode(row) + b"\n" for row in result.rows)
    elif how.format == "csv":
        yield from as_csv(result, mark=how.out is not None or sys.stdout.isatty())
    else:
        encoding = "utf-8" if how.out else (sys.stdout.encoding or "utf-8")
        for line in as_lines(result, how):
            yield (line + "\n").encode(encoding, "replace")


@contextmanager
def output(file: Path | None) -> Iterator[BinaryIO]:
    """Where a result goes: standard output, or a file that takes its name only once it is whole."""
    if file is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    beside = file.with_name(f".{file.name}.part")
    try:
        with beside.open("wb") as out:
            yield out
        beside.replace(file)
    except OSError as problem:
        raise ApError(f"{file} cannot be written: {problem.strerror}") from None
    finally:
        beside.unlink(missing_ok=True)


def as_json(result: Result, on: date) -> Iterator[bytes]:
    """The envelope, written row by row so that memory stays flat."""
    encode = Encoder(enc_hook=str).encode
    yield b'{"ap":1,"kind":%s,"on":"%s","data":[' % (encode(result.kind), on.isoformat().encode())
    comma = b""
    for row in result.rows:
        yield comma + encode(row)
        comma = b","
    yield b"]}\n"


def as_csv(result: Result, mark: bool) -> Iterator[bytes]:
    """Comma-separated values with a header; a text that a spreadsheet would take for a formula is quoted with an apostrophe."""
    import csv
    import io

    line = io.StringIO()
    writer = csv.writer(line)
    if mark:
        yield CSV_MARK
    rows = iter(result.rows)
    first = next(rows, None)
    header = result.columns if result.columns and first is None else tuple(first or ())
    for row in [header, *([tuple(first.values())] if first else [])]:
        yield _csv_line(writer, line, row)
    for each in rows:
        yield _csv_line(writer, line, tuple(each.get(name) for name in header))


def _csv_line(writer: Any, line: Any, cells: Iterable[Any]) -> bytes:
    writer.writerow([_cell(cell) for cell in cells])
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode("utf-8")  # type: ignore[no-any-return]


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(str(_cell(item)) for item in value)
    if isinstance(value, dict):
        value = ", ".join(f"{key}: {_cell(item)}" for key, item in value.items() if item is not None)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def as_lines(result: Result, how: Shown) -> Iterator[str]:
    """A result as people read it."""
    import shutil

    view = View(shutil.get_terminal_size((100, 24)).columns if how.format == "table" else 0, how.color and how.format == "table", how.names)
    if result.lines:
        yield from result.lines(result.rows, view)
        return
    rows = list(result.rows)
    if not rows and result.empty:
        yield result.empty
    elif how.format == "table" and rows:
        yield from table(rows, result.columns, view)
    else:
        yield from ("\t".join(told(row.get(name)) for name in result.columns) for row in rows)


def table(rows: Sequence[Mapping[str, Any]], columns: tuple[str, ...], view: View) -> Iterator[str]:
    """Rows in a table as wide as the terminal."""
    import io

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in columns:
        made.add_column(name.replace("_", " "), overflow="ellipsis" if name == "name" else "fold", no_wrap=name in ("ref", "name"))
    for row in rows:
        made.add_row(*(Text(told(row.get(name))) for name in columns))
    out = io.StringIO()
    Console(file=out, width=view.width, force_terminal=view.color, no_color=not view.color, legacy_windows=False).print(made)
    yield from (line.rstrip() for line in out.getvalue().splitlines() if line.strip())


def told(value: Any) -> str:
    """A value in a line, as people say it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return words(value)
    if isinstance(value, list | tuple):
        return "; ".join(map(told, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {told(item)}" for key, item in value.items() if item is not None)
    return printable(str(value))
