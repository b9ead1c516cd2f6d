"""Find what would change: check a copy of the store in which something else is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.readers import fill
from ..domain.supposed import answers_for
from ..forms.form import Noun
from ..rules.engine import Finding
from ..rules.rule import NOT_YET, OPEN, Answer, Rule
from ..rules.task import mentions
from ..store.author import Author
from ..store.opening import Store
from . import checks, records
from .caseload import Subject
from .checks import CheckRequest

AUTHOR = Author("what if")
SUPPOSED = "the supposed placement"


class Changed(Struct, frozen=True):
    """A rule with another answer: the answer now (None if there is none), and the new finding."""

    before: Answer | None
    after: Finding


def what_if(
    store: Store,
    on: date,
    placement: int | None,
    given: Mapping[str, Any],
    rules: tuple[Rule, ...] = checks.IN_FORCE,
) -> list[Changed]:
    """List the findings that would change about a placement, its pupil and its provider.

    Nothing is written to the store. Without a placement, suppose a new one with these answers.
    Raise BadAnswers if the answers contradict each other.
    """
    with store.suppose() as copy:
        before = records.get(copy, Placement, placement, on) if placement else None
        changed = answers_for(Placement, given)
        planned = fill(Placement, changed, on, base=before)
        subjects: list[Subject] = [
            (Provider, planned.provider),
            (Pupil, planned.pupil),
        ]
        now = findings_by_rule(copy, on, subjects, rules)
        for noun, id in subjects:
            if theirs := answers_for(noun, given):
                _suppose(copy, noun, id, theirs, on)
        if before is None:
            planned = records.add(copy, planned, AUTHOR, on)
        elif changed:
            records.correct(copy, before, planned, AUTHOR, on)
        then = findings_by_rule(copy, on, [*subjects, (Placement, planned.id)], rules)
    if before is not None:
        return list(differences(now, then, ""))
    return [
        Changed(each.before, unnamed(each.after, planned.ref))
        for each in differences(now, then, planned.ref)
    ]


def _suppose(copy: Store, noun: type[Noun], id: int, given: Mapping[str, Any], on: date) -> None:
    was = records.get(copy, noun, id, on)
    records.correct(copy, was, fill(noun, given, on, base=was), AUTHOR, on)


def findings_by_rule(
    store: Store, on: date, subjects: Sequence[Subject], rules: tuple[Rule, ...]
) -> dict[tuple[str, str], Finding]:
    """Return every finding about some subjects, by rule and reference."""
    request = CheckRequest(on, subjects=subjects, rules=rules, every=True)
    return {
        (finding.rule, finding.subject): finding for finding in checks.list_findings(store, request)
    }


def differences(
    now: Mapping[tuple[str, str], Finding], then: Mapping[tuple[str, str], Finding], fresh: str
) -> Iterator[Changed]:
    """List the findings that differ.

    For a new placement (`fresh`), list only what would be open, leaving out what any new placement
    has yet to record.
    """
    for key, after in then.items():
        before = now.get(key)
        if (
            before is None
            and key[1] == fresh
            and (after.answer not in OPEN or after.answer is NOT_YET or after.due is not None)
        ):
            continue
        if before is None or before.answer is not after.answer:
            weighs = (
                before.severity
                if before and before.answer in OPEN and after.answer not in OPEN
                else after.severity
            )
            yield Changed(before.answer if before else None, replace(after, severity=weighs))


def unnamed(finding: Finding, fresh: str) -> Finding:
    """Return a finding without the reference of a supposed placement.

    A command that would name that placement is left out.
    """
    names_it = finding.subject == fresh or mentions(finding.remedy, fresh)
    return replace(
        finding,
        subject=SUPPOSED if finding.subject == fresh else finding.subject,
        message=finding.message.replace(fresh, SUPPOSED),
        remedy=None if names_it else finding.remedy,
    )
