"""A result: what a service found or wrote, before anyone decided how to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct


class View(Struct, frozen=True):
    """How a result is told to people: how wide, whether in colour, with names or without."""

    width: int
    color: bool
    names: bool


class Result(Struct):
    """Rows of one kind.

    `rows` are mappings, one at a time, whose keys are promised; `lines` tells them to people, and what it returns
    goes to stdout; `said` goes to stderr; `columns` names the columns of a table, `keys` those of a CSV where the rows
    do not all have the same; `code` is asked for the exit code once the rows have been told.
    """

    kind: str
    rows: Iterable[dict[str, Any]]
    columns: tuple[str, ...] = ()
    lines: Callable[[Iterable[dict[str, Any]], View], Iterable[str]] | None = None
    said: tuple[str, ...] = ()
    code: Callable[[], int] = int
    empty: str = ""
    keys: tuple[str, ...] = ()
