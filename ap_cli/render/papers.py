"""Documents that can be made, and one that was, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..forms.text import capital, lower_first, printable
from .result import View

LACKS = 6
"""How many of the facts that a document lacks are named on a screen."""


def list_documents(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
    """A document in two or three lines: what it is, what it still lacks, how to make it."""
    rows = list(rows)
    widest = max((len(row["document"]) for row in rows), default=0)
    for row in rows:
        yield printable(f"{row['document']:<{widest}}  {row['title']}, for {row['reader']}")
        yield from (printable(f"{'':<{widest}}  {line}") for line in describe(row))


def describe(row: dict[str, Any]) -> Iterator[str]:
    """Say of a document why it does not apply, or what it lacks and how it is made."""
    if row["why_not"]:
        yield f"Does not apply: {row['why_not']}."
        return
    if row["lacks"]:
        yield f"Not recorded yet: {name_few([lack['field'] for lack in row['lacks']])}"
    if row["version"]:
        sent = f", sent on {row['sent']}" if row["sent"] else ""
        yield f"Made on {row['made']}, version {row['version']}{sent}"
    yield f"→ {row['command']}"


def name_few(names: list[str]) -> str:
    """Name the first of several things, and count the others."""
    told = ", ".join(map(lower_first, names[:LACKS]))
    more = len(names) - LACKS
    return capital(told) + (f" and {more} more" if more > 0 else "")
