"""A result as people read it: tables and lines."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from msgspec.structs import replace

from ..domain.days import words
from ..domain.periods import Period, Periods
from ..forms.text import hours, label, printable
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


def plain_view(how: ShowSettings) -> View:
    """How a screen is shown between questions: what is said there has no colours."""
    return replace(terminal_view(how), color=False)


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


SPELL = {"began", "ended"}
"""What a stretch of days has in data, each None where nobody asked."""


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
    if isinstance(value, dict) and value.keys() == SPELL:
        return str(Periods((Period(**value),)))
    if isinstance(value, dict):
        return ", ".join(
            f"{key} {value_text(item)}" for key, item in value.items() if item is not None
        )
    return printable(str(value))
