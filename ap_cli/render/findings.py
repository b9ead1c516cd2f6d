"""Findings as rows: what JSON and CSV promise of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from ..rules.engine import Finding, Waived
from ..rules.rule import Answer, Severity
from ..rules.task import Urgency, Who
from ..rules.watched import Note
from .command import Action, action_of, spell


class FindingRow(Struct, frozen=True, omit_defaults=True):
    """One rule's answer about one record, with the command that mends it; `why` only if asked."""

    rule: str
    answer: Answer
    severity: Severity
    subject: str
    message: str
    due: date | None
    cites: tuple[str, ...]
    remedy: str
    waived: Waived | None
    task: str
    key: str
    urgency: Urgency | None
    who: Who | None
    action: Action | None
    why: tuple[Note, ...] | None = None


def row_of(finding: Finding) -> FindingRow:
    """Make the row of a finding."""
    remedy = finding.remedy
    return FindingRow(
        finding.rule,
        finding.answer,
        finding.severity,
        finding.subject,
        finding.message,
        finding.due,
        finding.sources,
        spell(remedy),
        finding.waived,
        finding.task,
        finding.key,
        finding.urgency,
        finding.who,
        None if remedy is None else action_of(remedy),
        finding.why,
    )


def rows_of(findings: Iterable[Finding]) -> Iterator[FindingRow]:
    """Make the rows of findings, one at a time."""
    return map(row_of, findings)
