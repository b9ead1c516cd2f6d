"""Changes of the log in lines: when, who, what, and each value that became another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from json import loads
from typing import Any

from ..domain.sessions import HALVES
from ..forms.text import hours, label, printable, shortened
from .result import View
from .rows import Entry, Page, fill_page, room_for

Values = Mapping[str, Any]
HIDDEN = "(a name)"
"""What stands for a name that is not shown."""

UNTOLD = ("id", "not_known")
INNER = ("unit", "replaces", "at", "ordinal", "current")
"""Columns that tell a reader nothing that the line does not say already."""

REFERENCES = {"pupil": "P", "provider": "PR", "placement": "PL", "commissioner": "C"}
"""The columns that hold the number of another record, and the letters of its reference."""

MOST = 24
"""The most changes that a screen can have."""


def change_line(row: Values, plain: bool = False) -> str:
    """A change in a line; a `plain` one has words for what is a number in the store."""
    values = value_words(row["old"], row["new"], plain)
    why = f"  (because: {row['reason']})" if row["reason"] else ""
    head = f"{row['at']:%Y-%m-%d %H:%M} {row['who']}  {row['what']}  {row['subject']}"
    return printable(f"{head}  {values}{why}".rstrip())


def value_words(old: Values, new: Values, plain: bool = False) -> str:
    """Each value that became another, with both."""
    untold = (*UNTOLD, *INNER) if plain else UNTOLD
    changed = [
        f"{label(name)} {_words(name, old.get(name), plain)} → {_words(name, new.get(name), plain)}"
        for name in new or old
        if name not in untold
        and (old.get(name) != new.get(name) or (plain and new.get(name) == HIDDEN))
    ]
    return "; ".join((*changed, *asked_words(old, new)))


def asked_words(old: Values, new: Values) -> Iterator[str]:
    """Each question that somebody asked since, without an answer yet."""
    before, after = (read_asked(values.get("not_known")) for values in (old, new))
    for name, asker in after.items():
        if before.get(name) != asker:
            yield f"{label(name)} asked, not known yet"


def read_asked(stored: object) -> dict[str, Any]:
    """Return who asked each question whose answer is not known, as the store has it."""
    try:
        found = loads(str(stored)) if stored else {}
    except ValueError:  # damaged: ap db check says so
        return {}
    return found if isinstance(found, dict) else {}


def _words(name: str, value: Any, plain: bool) -> str:
    if value is None:
        return "–"
    if name.endswith("_minutes") and isinstance(value, int):
        return hours(value)
    if plain and name == "half" and value in (0, 1):
        return HALVES[value]
    if plain and name in REFERENCES and isinstance(value, int):
        return f"{REFERENCES[name]}-{value:04}"
    return shortened(value, 60)


def plain_line(row: Values) -> str:
    """A change in a line for a person, with words for what is a number in the store."""
    return change_line(row, plain=True)


def look_line(row: Values) -> str:
    """A look at a whole record in a line: when, who, by what command, and at which."""
    head = f"{row['at']:%Y-%m-%d %H:%M} {row['who']}"
    return printable(f"{head}  {row['what']}  {row['subject']}")


def newest_first(
    rows: Iterable[Values], page: Page, view: View, line: Callable[[Values], str] = plain_line
) -> Iterator[str]:
    """A page of changes, or looks, on a terminal, the newest first; the rows come oldest first."""
    total = 0
    kept: deque[Values] = deque(maxlen=None if page.all else page.first - 1 + MOST)
    for row in rows:
        total += 1
        kept.append(row)
    shown = list(kept)[::-1][page.first - 1 :]
    entries = [Entry(line(row)) for row in shown]
    yield from fill_page(entries, page, total, room_for(view), view.width).lines
