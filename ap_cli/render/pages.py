"""Reference pages as plain text: the few things of Markdown that they use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

from .result import BOLD, View, paint

WIDEST = 100
"""Columns beyond which lines of prose are hard to follow."""
TOPIC = 16
"""The width of the column of topics."""

NARROW = 14
"""The widest first column that has its text beside it; a wider one has it below."""
FENCE = "```"
CELLS = re.compile(r"(?<!\\)\|")


def lines_of_topics(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
    """Each topic with what its page is about."""
    return (f"{row['topic']:{TOPIC}}{row['summary'].replace('`', '')}" for row in rows)


def lines_of_pages(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
    """Pages as plain text, as wide as the terminal; in a pipe a row of a table is one line."""
    for row in rows:
        yield from lines_of_markdown(row["text"], view)


def lines_of_markdown(text: str, view: View) -> Iterator[str]:
    """A Markdown text as plain lines, its blocks parted by an empty line."""
    width = min(view.width or WIDEST, WIDEST)
    for number, block in enumerate(blocks(text)):
        if number:
            yield ""
        first = block[0]
        if first.startswith("#"):
            yield _heading(first, view)
        elif first.startswith(FENCE):
            yield from (f"    {line}" for line in block[1:-1])
        elif first.startswith("|"):
            yield from _table(block, view)
        else:
            yield from _prose(block, width)


def blocks(text: str) -> Iterator[list[str]]:
    """The blocks of a Markdown text, each as its lines; a fence keeps its empty lines."""
    block: list[str] = []
    fenced = False
    for line in text.splitlines():
        if line.startswith(FENCE):
            fenced = not fenced
        if line or fenced:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _heading(line: str, view: View) -> str:
    title = line.lstrip("# ")
    return paint(title, BOLD, view)


def _prose(block: list[str], width: int) -> Iterator[str]:
    """A paragraph or a list, laid out anew for this width."""
    for part in re.split(r"\n(?=- )", "\n".join(block)):
        indent = "  " if part.startswith("- ") else ""
        words = " ".join(part.replace("**", "").split())
        yield from wrap(words, width, subsequent_indent=indent, break_on_hyphens=False)


def _table(block: list[str], view: View) -> Iterator[str]:
    header, _, *rows = [_cells(line) for line in block]
    if not view.width:
        yield from ("\t".join(cells) for cells in rows)
        return
    column = max(len(cells[0]) for cells in rows) + 2
    for cells in rows:
        yield from _row(header, cells, column, min(view.width, WIDEST))


def _cells(line: str) -> list[str]:
    """The cells of a table's line, without the marks of code."""
    inner = line.strip()[1:-1]
    return [cell.strip().replace("`", "").replace("\\|", "|") for cell in CELLS.split(inner)]


def _row(header: list[str], cells: list[str], column: int, width: int) -> Iterator[str]:
    """A row: its name, its text beside it or below, and the rest by the names of their columns."""
    name, text, *rest = cells
    labels = header[2:]
    more = "; ".join(f"{label}: {cell}" for label, cell in zip(labels, rest, strict=True) if cell)
    beside = column <= NARROW
    indent = " " * (column if beside else 4)
    lines = [
        part
        for paragraph in (text, more)
        for part in wrap(paragraph, width - len(indent), break_on_hyphens=False)
    ]
    if beside and lines:
        yield f"{name:{column}}{lines.pop(0)}"
    else:
        yield name
    yield from (indent + line for line in lines)
