"""Reviews due, for people: overdue, this week, later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from ..domain.days import count, from_today, words
from ..forms.text import shortened
from .result import Lines, View


def group_of(due: date, overdue: bool, on: date) -> str:
    """The group a review is listed in: overdue, this week (Monday to Sunday), or later.

    Without term dates the day is an estimate: once it has passed, the review may be overdue.
    """
    if overdue:
        return "overdue"
    if due < on:
        return "perhaps overdue, without term dates"
    sunday = on + timedelta(days=6 - on.weekday())
    return "this week" if due <= sunday else "later"


def review_lines(on: date) -> Lines:
    """The lines that show reviews to people, as on a day."""

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            if row["unsafe"]:
                found.setdefault(UNSAFE, []).append(row)
                continue
            found.setdefault(group_of(row["due"], row["overdue"], on), []).append(row)
        for name, those in found.items():
            of = "placement" if name == UNSAFE else "review"
            yield f"{name} ({count(len(those), of)})"
            yield from map(unsafe_line if name == UNSAFE else review_line, those)
        if not found:
            yield "no review is due"

    return lines


SOON = timedelta(days=183)
"""How long before term dates end the next ones are asked for: councils publish them by then."""


def calendar_end(until: date | None, on: date) -> tuple[str, ...]:
    """A line that says to which day term dates are known; if that is soon, what to do."""
    known = f"known to {words(until, weekday=True)}" if until else "not known"
    needed = until is None or until - on <= SOON
    return (f"term dates are {known}" + (f": {IMPORT}" if needed else ""),)


IMPORT = "import the next with `ap terms import FILE`"


UNSAFE = "a child may be unsafe"


def unsafe_line(row: dict[str, Any]) -> str:
    """One placement in which a child may be unsafe: why, and when its review is due, if it is."""
    line = f"  {row['placement']}  {row['unsafe']}"
    if row["due"] is None:
        return line
    return f"{line}; the review is due on {words(row['due'])}, {from_today(row['days'])}"


def review_line(row: dict[str, Any]) -> str:
    """One review: for whom, by when, and why then."""
    whom = row["pupil"] + (f" {shortened(row['name'], 30)}" if row["name"] else "")
    when = f"{words(row['due'])}, {from_today(row['days'])}"
    return f"  {row['placement']}  {whom}  {when}: {row['why']}"
