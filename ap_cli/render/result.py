"""A result: what a service found or wrote, before it is decided how to show it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict


class View(Struct, frozen=True):
    """How a result is shown to people.

    `width` and `height` are the terminal's columns and rows, 0 where there is none. `names` says
    how children are named: "full", "short" (first name and initial) or "never".
    """

    width: int
    color: bool
    height: int = 0
    names: str = "never"


RED, GREEN, YELLOW, CYAN, BOLD, DIM = (f"\x1b[{code}m" for code in (31, 32, 33, 36, 1, 2))
PLAIN = "\x1b[0m"


def paint(text: str, color: str, view: View) -> str:
    """A text in a colour, where there is colour; an empty colour leaves it as it is."""
    return f"{color}{text}{PLAIN}" if view.color and color else text


NO = ("", "0", "no", "false")


def is_accessible() -> bool:
    """Whether screens are read aloud (ACCESSIBLE=1): no columns, and nothing is drawn again."""
    return os.environ.get("ACCESSIBLE", "").lower() not in NO


Lines = Callable[[Iterable[dict[str, Any]], View], Iterable[str]]
"""Makes the lines that show rows to people."""


def fixed_lines(*lines: str) -> Lines:
    """Shows these lines, whatever the rows are."""

    def show_lines(_: Iterable[dict[str, Any]], __: View) -> Iterable[str]:
        return lines

    return show_lines


def print_references(rows: Iterable[dict[str, Any]], _: View) -> Iterable[str]:
    """The reference of each row: what a write shows on stdout."""
    return (row["ref"] for row in rows)


def as_mapping(row: dict[str, Any] | Struct) -> dict[str, Any]:
    """A row as a mapping, without the keys that a record leaves out of JSON when they are empty."""
    if isinstance(row, dict):
        return row
    found = asdict(row)
    if row.__struct_config__.omit_defaults:
        optional = row.__struct_fields__[len(found) - len(row.__struct_defaults__) :]
        for name, default in zip(optional, row.__struct_defaults__, strict=True):
            if found[name] is default:
                del found[name]
    return found


class Look(Struct, frozen=True):
    """A look at a child's whole record: the child's reference, and that of what was asked for."""

    child: str
    record: str


class Result(Struct):
    """Rows of one kind, and how to show them.

    `rows` are mappings or records, one at a time, whose keys are promised. `lines` turns them, as
    mappings, into lines for people on stdout; `empty` is the line if there are none. `said` goes to
    stderr. `columns` names the columns of a table; `keys` those of a CSV or a workbook, if the rows
    differ, and `headings` what is written above these; the rows are cells as they stand then.
    `code` is the exit code, or is asked for it once the rows have been shown. `on` is the day asked
    `look` says whose whole record it is, if it is a child's: where it shows names, it is logged.
    `make` makes a paper of it, in a format such as "pdf", where it can be one.
    `kept` names what was written besides records, such as "the setting". `wrote` says on stderr
    what was written, once the rows have been.
    `verbatim` lines are never wrapped. `markdown` turns the rows into Markdown that is no table.
    """

    kind: str
    rows: Iterable[dict[str, Any] | Struct]
    columns: tuple[str, ...] = ()
    lines: Lines | None = None
    said: tuple[str, ...] = ()
    code: int | Callable[[], int] = 0
    empty: str = ""
    keys: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    on: date | None = None
    verbatim: bool = False
    markdown: Lines | None = None
    look: Look | None = None
    kept: str = ""
    make: Callable[[str], bytes] | None = None
    wrote: Callable[[], str] | None = None
