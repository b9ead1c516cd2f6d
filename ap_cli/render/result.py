"""A result: what a service found or wrote, before anyone decided how to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct


class View(Struct, frozen=True):
    """How a result is told to people: how wide, and whether in colour."""

    width: int
    color: bool


Lines = Callable[[Iterable[dict[str, Any]], View], Iterable[str]]
"""What tells rows to people."""


def references_alone(rows: Iterable[dict[str, Any]], _: View) -> Iterable[str]:
    """Tells of each row its reference: what a write shows on stdout."""
    return (row["ref"] for row in rows)


class Result(Struct):
    """Rows of one kind.

    `rows` are mappings, one at a time, whose keys are promised; `lines` tells them to people, and what it returns
    goes to stdout; `said` goes to stderr; `columns` names the columns of a table, `keys` those of a CSV where the rows
    do not all have the same; `code` is asked for the exit code once the rows have been told.
    """

    kind: str
    rows: Iterable[dict[str, Any]]
    columns: tuple[str, ...] = ()
    lines: Lines | None = None
    said: tuple[str, ...] = ()
    code: Callable[[], int] = int
    empty: str = ""
    keys: tuple[str, ...] = ()
