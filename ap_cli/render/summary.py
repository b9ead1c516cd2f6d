"""A pupil or a provider on one screen: its record and placements, what is open, what comes."""

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
from ..services.summaries import Dated, PlacementLine, Summary
from .data import record_data
from .nouns import fact_lines, hidden_names
from .result import Result, View
from .rows import Page, page_lines

MOST_PLACEMENTS, MOST_FINDINGS, MOST_DATES = 8, 5, 5


def show_summary(noun: Noun, known: Summary, on: date, named: bool, page: Page) -> Result:
    """A pupil or a provider, whole, by the page; `named` is whether data has a pupil's name."""

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterable[str]:
        return page_lines(whole_lines(view), page, view)

    def whole_lines(view: View) -> Iterator[str]:
        yield noun.ref
        hidden = hidden_names(view) if isinstance(noun, Pupil) else ()
        yield from fact_lines(noun, on, {}, hidden)
        yield from (f"  {said}" for said in known.said)
        yield from (printable(f"  {hold.in_words()}: {hold.reason}") for hold in known.holds)
        placements = [placement_line(one, isinstance(noun, Pupil)) for one in known.placements]
        yield from section("placements", placements, MOST_PLACEMENTS, "none")
        findings = [finding_line(each) for each in known.open]
        yield from section(f"open: {count_severities(known.open)}", findings, MOST_FINDINGS, "")
        dates = [date_line(each, on) for each in known.dates]
        yield from section("next", dates, MOST_DATES, "nothing")

    return Result(noun.NOUN, [summary_data(noun, known, on, named)], lines=lines)


def summary_data(noun: Noun, known: Summary, on: date, named: bool) -> dict[str, Any]:
    """A pupil or a provider with what belongs to it, as data."""
    return record_data(noun, named, on) | {
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
        "holds": [asdict(hold) for hold in known.holds],
    }


def date_line(each: Dated, on: date) -> str:
    """A day to come, in a line."""
    return f"  {words(each.day)}, {from_today((each.day - on).days)}: {each.what}"


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
    when = f"{words(one.starts)}{until}"
    return printable(f"  {one.ref}  {whom}, {one.hours} hours a week, {when}: {one.state}")


def count_severities(found: Sequence[Finding]) -> str:
    """How many findings of each severity are open."""
    numbers = [(severity, sum(each.severity is severity for each in found)) for severity in ORDER]
    return ", ".join(f"{number} {severity}" for severity, number in numbers if number) or "nothing"


def finding_line(each: Finding) -> str:
    """An open finding, in a line."""
    return printable(f"  {each.subject}  {each.answer}  {each.severity} {each.rule} {each.message}")
