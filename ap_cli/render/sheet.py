"""The placement sheet, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..domain.sheet import SheetLine
from ..forms.facts import recorded
from ..forms.text import printable
from ..rules.gaps import remedy_for_line
from .command import spell
from .result import Result, View

MISSING = "MISSING"


def show_sheet(lines_of_sheet: Sequence[SheetLine], said: tuple[str, ...]) -> Result:
    """The fields of the sheet, a line each; a missing one has the command that fills it."""
    rows = [
        {
            "field": each.field,
            "value": each.value if recorded(each.value) else None,
            "command": spell(remedy_for_line(each)),
        }
        for each in lines_of_sheet
    ]
    widest = max(len(each.field) for each in lines_of_sheet)

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        for row in rows:
            gap = f"{MISSING}  → {row['command']}"
            text = gap if row["value"] is None else row["value"]
            yield printable(f"{row['field']:<{widest}}  {text}")

    return Result(
        "placement sheet", rows, ("field", "value", "command"), lines, said, keys=("field", "value")
    )
