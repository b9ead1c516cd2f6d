"""A result: what a service found or wrote, before anyone decided how to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict


class View(Struct, frozen=True):
    """How a result is told to people: how wide, and whether in colour."""

    width: int
    color: bool


Lines = Callable[[Iterable[dict[str, Any]], View], Iterable[str]]
"""What tells rows to people."""


def print_references(rows: Iterable[dict[str, Any]], _: View) -> Iterable[str]:
    """Tells of each row its reference: what a write shows on stdout."""
    return (row["ref"] for row in rows)


def as_mapping(row: dict[str, Any] | Struct) -> dict[str, Any]:
    """A row as a mapping; a key that a record leaves out of JSON where it has nothing is left out here as well."""
    if isinstance(row, dict):
        return row
    found = asdict(row)
    if row.__struct_config__.omit_defaults:
        optional = row.__struct_fields__[len(found) - len(row.__struct_defaults__) :]
        for name, default in zip(optional, row.__struct_defaults__, strict=True):
            if found[name] is default:
                del found[name]
    return found


class Result(Struct):
    """Rows of one kind.

    `rows` are mappings or records, one at a time, whose keys are promised; `lines` tells them to people as mappings, and what it returns
    goes to stdout; `said` goes to stderr; `columns` names the columns of a table, `keys` those of a CSV where the rows
    do not all have the same; `code` is asked for the exit code once the rows have been told. `on` is the day asked, where it is
    another than that of the call. `verbatim` lines are never wrapped.
    """

    kind: str
    rows: Iterable[dict[str, Any] | Struct]
    columns: tuple[str, ...] = ()
    lines: Lines | None = None
    said: tuple[str, ...] = ()
    code: Callable[[], int] = int
    empty: str = ""
    keys: tuple[str, ...] = ()
    on: date | None = None
    verbatim: bool = False
