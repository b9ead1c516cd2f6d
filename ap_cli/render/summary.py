"""A pupil or a provider on one screen: the record, its placements, what is open, and the days to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec.structs import asdict

from ..domain.days import from_today, words
from ..domain.pupil import Pupil
from ..forms.form import Noun
from ..forms.text import printable, shortened
from ..rules.engine import Finding
from ..rules.rule import ORDER
from ..services.summaries import PlacementLine, Summary
from .data import record_data
from .nouns import fact_lines
from .result import Result, View

MOST_PLACEMENTS, MOST_FINDINGS, MOST_DATES = 8, 5, 5


def show_summary(noun: Noun, known: Summary, on: date) -> Result:
    """A pupil or a provider, whole."""
    row = record_data(noun, True, on) | {
        "placements": [asdict(one) for one in known.placements],
        "open": [
            {
                "rule": each.rule,
                "answer": each.answer,
                "severity": each.severity,
                "subject": each.subject,
                "due": each.due,
            }
            for each in known.open
        ],
        "dates": [asdict(each) for each in known.dates],
        "headroom": list(known.said),
    }

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        yield noun.ref
        yield from fact_lines(noun, on, {})
        yield from (f"  {said}" for said in known.said)
        placements = [
            printable(f"  {placement_line(one, isinstance(noun, Pupil))}")
            for one in known.placements
        ]
        yield from section("placements", placements, MOST_PLACEMENTS, "none")
        yield from section(
            f"open: {count_severities(known.open)}",
            [finding_line(each, on) for each in known.open],
            MOST_FINDINGS,
            "",
        )
        yield from section(
            "next",
            [
                f"  {words(each.day)}, {from_today((each.day - on).days)}: {each.what}"
                for each in known.dates
            ],
            MOST_DATES,
            "nothing",
        )

    return Result(noun.NOUN, [row], lines=lines)


def section(name: str, lines: Sequence[str], most: int, empty: str) -> Iterator[str]:
    """A section: its name, the first of its lines, and how many more there are."""
    yield name if lines or not empty else f"{name}: {empty}"
    yield from lines[:most]
    if len(lines) > most:
        yield f"  and {len(lines) - most} more"


def placement_line(one: PlacementLine, of_pupil: bool) -> str:
    """A placement in a line: where a pupil is, or which pupil is at a provider."""
    whom = f"at {shortened(one.provider_name)} ({one.provider})" if of_pupil else one.pupil
    until = f" to {words(one.ends)}" if one.ends else ", no planned end"
    return f"{one.ref}  {whom}, {one.hours} hours a week, {words(one.starts)}{until}: {one.state}"


def count_severities(found: Sequence[Finding]) -> str:
    """How many findings of each severity are open."""
    numbers = [(severity, sum(each.severity is severity for each in found)) for severity in ORDER]
    return ", ".join(f"{number} {severity}" for severity, number in numbers if number) or "nothing"


def finding_line(each: Finding, on: date) -> str:
    """What is open, in a line."""
    return printable(f"  {each.subject}  {each.answer}  {each.severity} {each.rule} {each.message}")
