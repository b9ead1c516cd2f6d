"""The placement sheet, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..domain.pupil import Pupil
from ..domain.sheet import SheetLine
from ..forms.facts import recorded
from ..forms.text import printable
from ..rules.gaps import remedy_for_line
from .command import spell
from .result import Result, View

MISSING = "MISSING"


def show_sheet(lines_of_sheet: Sequence[SheetLine], said: tuple[str, ...], named: bool) -> Result:
    """The fields of the sheet, a line each; a missing one has the command that fills it.

    Where no names show, the child has the reference; `named` is whether data has the name.
    """
    rows = [sheet_row(each, named) for each in lines_of_sheet]
    widest = max(len(each.field) for each in lines_of_sheet)

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        for row in (sheet_row(each, view.names != "never") for each in lines_of_sheet):
            gap = f"{MISSING}  → {row['command']}"
            text = gap if row["value"] is None else row["value"]
            yield printable(f"{row['field']:<{widest}}  {text}")

    return Result(
        "placement sheet", rows, ("field", "value", "command"), lines, said, keys=("field", "value")
    )


def sheet_row(line: SheetLine, named: bool) -> dict[str, Any]:
    """A line of the sheet as data, with the child's reference unless it is `named`."""
    value = line.value if recorded(line.value) else None
    if is_childs_name(line) and not named:
        value = line.ref
    return {"field": line.field, "value": value, "command": spell(remedy_for_line(line))}


def is_childs_name(line: SheetLine) -> bool:
    """Whether a line of the sheet has the child's name."""
    return line.noun == Pupil.NOUN and line.ask == ("name",)
