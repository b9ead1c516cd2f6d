"""A check: rules asked of a case, and their answers with problem, remedy and waiver."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, TypedDict

from msgspec import Struct

from ..domain.calendar import REVIEW_RULE
from ..domain.entries.during import Waiver
from ..forms.facts import Unknown, recorded
from .cases.placement import PlacementCase
from .cases.subjects import AnyCase
from .gaps import describe_gap, remedy_for, task_for_gap
from .rule import (
    ADVISE,
    ANSWERS,
    BREACHED,
    CANNOT_TELL,
    MET,
    MUST,
    NOT_APPLICABLE,
    NOT_YET,
    OPEN,
    ORDER,
    Answer,
    Answered,
    Rule,
    Severity,
    Status,
)
from .task import Remedy, Urgency
from .watched import Note


class Waived(TypedDict):
    """The waiver that covers a finding: by whom, why, since when and until when."""

    by: str | None
    reason: str
    day: date
    until: date | None


class Finding(Struct, frozen=True):
    """One rule's answer about one record.

    `task` and `remedy` say what to do if it is open, `urgency` how soon; `why` is there only if it
    was asked for.
    """

    rule: str
    answer: Answer
    severity: Severity
    subject: str
    message: str
    due: date | None
    sources: tuple[str, ...]
    remedy: Remedy | None
    waived: Waived | None
    task: str = ""
    urgency: Urgency | None = None
    why: tuple[Note, ...] | None = None


class Wanted(Struct, frozen=True):
    """What is asked of a check.

    `every` asks all of what is over as well, `why` explains. Only the answers `told` become
    findings; the rest are counted. Findings of other `severities` are left out; `whole` asks all of
    a placement that is over if it is asked about by itself.
    """

    rules: tuple[Rule, ...]
    every: bool = False
    why: bool = False
    told: Container[Answer] = ANSWERS
    rest: dict[Answer, int] = {}
    severities: Container[Severity] = ORDER
    whole: bool = True

    def left_out(self, answer: Answer) -> None:
        """Count an answer that does not become a finding."""
        self.rest[answer] = self.rest.get(answer, 0) + 1


def check(case: AnyCase, rules: Sequence[Rule], wanted: Wanted) -> Iterator[Finding]:
    """Ask these rules about one case.

    They are rules about its kind; a condition that rules share is asked a single time.
    """
    conditions: dict[Any, bool | Unknown] = {None: True}
    told = wanted.told
    for each in rules:
        if (each.since or each.until) and not each.in_force(case.on):
            continue
        applies = each.applies
        if applies in conditions:
            applicable = conditions[applies]
        else:
            applicable = conditions[applies] = each.applicable(case)
        answered = (
            (NOT_APPLICABLE, None, None) if applicable is False else each.answer(case, applicable)
        )
        if answered[0] in told:
            found = finding(each, case, answered, wanted.why)
            if found.severity in wanted.severities:
                yield found
        else:
            wanted.left_out(answered[0])


def finding(asked: Rule, case: AnyCase, answered: Answered, why: bool = False) -> Finding:
    """Make a finding of an answer: its message, its remedy and the waiver that covers it."""
    answer, gap, due = answered
    is_open = answer in OPEN
    severity = asked.weighs(case) if is_open else asked.severity
    message, remedy, task = describe(asked, case, answer, gap)
    can_be_waived = is_open and severity is not MUST and case.entries.has(Waiver)
    return Finding(
        asked.id,
        answer,
        severity,
        case.ref,
        message,
        due,
        asked.sources,
        remedy,
        waiver(asked, case) if can_be_waived else None,
        task,
        urgency_of(asked, case, answered, severity),
        asked.explain(case) if why else None,
    )


def describe(
    asked: Rule, case: AnyCase, answer: Answer, gap: Unknown | None
) -> tuple[str, Remedy | None, str]:
    """Describe how a rule answered: the message and, if it is open, the remedy and the task."""
    if gap is not None:
        return describe_gap(gap), remedy_for(gap, case), task_for_gap(gap)
    if answer in OPEN:
        proof = asked.proof(case) if answer is BREACHED else ""
        problem = f"{asked.problem(case)}; {proof}" if proof else asked.problem(case)
        return problem, asked.remedy(case), asked.task_for(case)
    if answer is NOT_APPLICABLE:
        return f"does not apply: {asked.why_not(case)}", None, ""
    warning = asked.warning(case) if asked.has_warning else ""
    return f"{asked.title}; {warning}" if warning else asked.title, None, ""


SOON = timedelta(days=14)
"""How near a day or a start has to be for a finding to be seen as soon."""


def urgency_of(
    asked: Rule, case: AnyCase, answered: Answered, severity: Severity
) -> Urgency | None:
    """Return how soon a finding is to be dealt with; None if nothing is to be done."""
    answer, _, due = answered
    if answer is CANNOT_TELL:
        return Urgency.GAP
    if answer in (BREACHED, NOT_YET) and asked.urgency:
        return asked.urgency
    if answer is NOT_YET:
        return Urgency.SOON if is_soon(case, due) else Urgency.LATER
    if answer is BREACHED:
        return urgency_of_breach(asked, severity)
    return Urgency.ADVICE if asked.has_warning and answer is MET and asked.warning(case) else None


def urgency_of_breach(asked: Rule, severity: Severity) -> Urgency:
    """Return how soon a breach is to be dealt with, by how much it binds."""
    if severity is MUST and asked.status is not Status.RECORD:
        return Urgency.LAW
    return Urgency.ADVICE if severity is ADVISE else Urgency.LATE


def is_soon(case: AnyCase, due: date | None) -> bool:
    """Return whether a day, or the start of a placement to come, is within a fortnight."""
    starts = case.placement.starts if isinstance(case, PlacementCase) else None
    days = [day for day in (due, starts) if day is not None and day >= case.now]
    return any(day <= case.now + SOON for day in days)


def waiver(each: Rule, case: AnyCase) -> Waived | None:
    """Return the waiver that covers a rule on the day of a case, or None.

    A waiver of AP503 counts as a review, and covers nothing.
    """
    if each.id == REVIEW_RULE:
        return None
    for one in reversed(case.entries.all(Waiver)):
        if one.rule == each.id and (not recorded(one.until) or each.judged_on(case) <= one.until):
            return {
                "by": one.by if recorded(one.by) else None,
                "reason": one.reason,
                "day": one.day,
                "until": one.until if recorded(one.until) else None,
            }
    return None


WORST = (BREACHED, CANNOT_TELL, NOT_YET, MET, NOT_APPLICABLE)


def worst(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Keep one finding a rule if a subject was judged on several days.

    It is the worst, and of those the earliest; what is waived comes last.
    """

    def badness(each: Finding) -> tuple[bool, int]:
        return each.waived is not None, WORST.index(each.answer)

    found: dict[str, Finding] = {}
    for each in findings:
        if each.rule not in found or badness(each) < badness(found[each.rule]):
            found[each.rule] = each
    yield from found.values()
