"""The rows that were not imported, as a CSV of the same layout with what is wrong with each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from ..forms.text import harmless, stop_formula

LONGEST_NUMBER = 1e11
"""From which number on a spreadsheet shows one as 1.2E+12."""

CSV_MARK = b"\xef\xbb\xbf"


def wrong_csv(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield the bytes of a CSV, a line a row; no cell is a formula, and days are 27/02/2026."""
    line = io.StringIO()
    writer = csv.writer(line)
    yield CSV_MARK
    for row in rows:
        writer.writerow([as_typed(cell) for cell in row])
        yield line.getvalue().encode("utf-8", "replace")
        line.seek(0)
        line.truncate()


def as_typed(cell: Any) -> Any:
    """Return a cell as it would be typed; an apostrophe stops text from becoming a formula."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, str):
        return stop_formula(harmless(cell))
    if isinstance(cell, float):  # “1.2E+12”, as a spreadsheet shows it, is known for a lost UPN
        return f"{cell:.15G}" if abs(cell) < LONGEST_NUMBER else f"{cell:.6G}"
    return "" if cell is None else cell
