"""Attendance for people: a grid for each month, with its totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from msgspec.structs import asdict

from ..domain.attendance import CODES, NOTHING_MARKED, Mark, SessionCounts, count_sessions
from ..domain.days import MONTHS, words
from ..domain.placement import Placement
from ..domain.sessions import DAYS, HALVES
from ..forms.text import printable
from .result import Result, View

NO_MARK = "·"


def show_attendance(placement: Placement, marks: Sequence[Mark], on: date) -> Result:
    """The attendance of a placement: a row for each month, with its marks and totals."""
    months = [
        (month, list(those))
        for month, those in groupby(marks, key=lambda mark: f"{mark.day:%Y-%m}")
    ]

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        if not months:
            yield f"no attendance is recorded yet for {placement.ref}"
            return
        for month, those in months:
            yield from month_lines(month, those)
        yield f"in all: {counts_text(count_sessions(marks))}"
        used = sorted({mark.code for mark in marks}, key=list(CODES).index)
        yield "; ".join(f"{code} {CODES[code][0]}" for code in used)
        yield from amended_lines(marks)

    return Result(
        "attendance", [month_data(placement, month, those) for month, those in months], lines=lines
    )


def month_data(placement: Placement, month: str, marks: Sequence[Mark]) -> dict[str, Any]:
    """A month as data."""
    counted = count_sessions(marks)
    return {
        "placement": placement.ref,
        "month": month,
        **counts_data(counted),
        "marks": [mark_data(mark) for mark in marks],
    }


def counts_data(counted: SessionCounts) -> dict[str, Any]:
    """Sessions counted, as data; the percentage is of those possible."""
    return {**asdict(counted), "possible": counted.possible, "percent": counted.percent}


def mark_data(mark: Mark) -> dict[str, Any]:
    """A mark as data."""
    return {
        "day": mark.day,
        "session": HALVES[mark.half],
        "code": mark.code,
        "counts": None if mark.code == NOTHING_MARKED else mark.counts,
        "nature": mark.nature,
        "amends": mark.before,
        "reason": mark.reason,
    }


def month_lines(month: str, marks: Sequence[Mark]) -> Iterator[str]:
    """A month as a grid: a line a week, two sessions a day; an amended mark has an asterisk."""
    year, number = map(int, month.split("-"))
    yield f"{MONTHS[number - 1]} {year}: {counts_text(count_sessions(marks))}"
    yield "  week of  " + "".join(f"{day:<8}" for day in DAYS).rstrip()
    for monday, those in groupby(
        marks, key=lambda mark: mark.day - timedelta(days=mark.day.weekday())
    ):
        at = {mark.slot: mark for mark in those}
        cells = [
            "".join(f"{mark_text(at.get(2 * day + half)):<4}" for half in (0, 1))
            for day in range(len(DAYS))
        ]
        yield f"  {monday.day:>2} {MONTHS[monday.month - 1][:3]}   {''.join(cells).rstrip()}"


def mark_text(mark: Mark | None) -> str:
    if mark is None:
        return NO_MARK
    return f"{mark.code}*" if mark.before else mark.code


def counts_text(counted: SessionCounts) -> str:
    """The totals of some sessions, in a line."""
    if counted.percent is None:
        return "no session was possible"
    parts = [f"attended {counted.present} of {counted.possible} sessions, {counted.percent:g} %"]
    if counted.authorised:
        parts.append(f"{counted.authorised} missed with leave")
    if counted.unauthorised:
        unknown = f" ({counted.unexplained} not explained yet)" if counted.unexplained else ""
        parts.append(f"{counted.unauthorised} without{unknown}")
    line = ", ".join(parts)
    return f"{line}; {counted.not_possible} not counted" if counted.not_possible else line


def amended_lines(marks: Sequence[Mark]) -> Iterator[str]:
    """The marks that were amended: what each was before, and why it changed."""
    for mark in marks:
        if mark.before:
            session = f"{words(mark.day)} {HALVES[mark.half]}"
            change = f"{mark.before} became {mark.code}, by {mark.who}: {mark.reason}"
            yield printable(f"* {session}: {change}")
