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
    DOES_NOT_APPLY,
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
from .task import Remedy, Urgency, Who, side_of
from .watched import Note


class Waived(TypedDict):
    """The waiver that covers a finding: by whom, why, since when and until when."""

    by: str | None
    reason: str
    day: date
    until: date | None


class Finding(Struct, frozen=True):
    """One rule's answer about one record.

    `task` and `remedy` say what to do if it is open, `urgency` how soon; `key` names the task in
    one word. `who` does it. `why` is there only if it was asked for.
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
    key: str = ""
    urgency: Urgency | None = None
    why: tuple[Note, ...] | None = None
    who: Who | None = None


def check(
    case: AnyCase,
    rules: Sequence[Rule],
    *,
    answers: Container[Answer] = ANSWERS,
    severities: Container[Severity] = ORDER,
    why: bool = False,
    counts: dict[Answer, int] | None = None,
    warnings: bool = False,
    worded: Container[Urgency | None] | None = None,
) -> Iterator[Finding]:
    """Check one case against these rules, which are all about its kind.

    Only some `answers` and `severities` become findings; `warnings` adds what is met only just.
    `counts` says in the end how often each of the other answers was given. `why` explains each
    finding; `worded` are the urgencies of which a finding has words and a remedy, None for all. A
    condition that several rules share is tried once.
    """
    conditions: dict[Any, bool | Unknown] = {None: True}
    for rule in rules:
        if (rule.since or rule.until) and not rule.in_force(case.on):
            continue
        applies = rule.applies
        if applies in conditions:
            applicable = conditions[applies]
        else:
            applicable = conditions[applies] = rule.applicable(case)
        answered = DOES_NOT_APPLY if applicable is False else rule.answer(case, applicable)
        if answered[0] in answers or (warnings and is_close(rule, case, answered[0])):
            finding = make_finding(rule, case, answered, why, worded)
            if finding.severity in severities:
                yield finding
        elif counts is not None:
            counts[answered[0]] = counts.get(answered[0], 0) + 1


def make_finding(
    rule: Rule,
    case: AnyCase,
    answered: Answered,
    why: bool = False,
    worded: Container[Urgency | None] | None = None,
) -> Finding:
    """Make a finding of an answer: its message, its remedy and the waiver that covers it.

    Unless it is of one of the `worded` urgencies, it has neither words nor remedy.
    """
    answer, gap, due = answered
    is_open = answer in OPEN
    severity = rule.weighs(case) if is_open else rule.severity
    urgency = urgency_of(rule, case, answered, severity)
    message, remedy, task = WORDLESS
    if worded is None or urgency in worded:
        message, remedy, task = describe(rule, case, answer, gap)
    can_be_waived = is_open and severity is not MUST and not rule.keeps_safe
    return Finding(
        rule=rule.id,
        answer=answer,
        severity=severity,
        subject=case.ref,
        message=message,
        due=due,
        sources=rule.sources,
        remedy=remedy,
        waived=find_waiver(rule, case) if can_be_waived and case.entries.has(Waiver) else None,
        task=task,
        key=rule.key,
        urgency=urgency,
        why=rule.explain(case) if why else None,
        who=find_who(rule, case, answer) if is_open else None,
    )


def find_who(rule: Rule, case: AnyCase, answer: Answer) -> Who:
    """Return who does what is open; what nobody can tell, the commissioner finds out."""
    who = Who.COMMISSIONER if answer is CANNOT_TELL else rule.who_for(case)
    return side_of(case.commissioner) if who is Who.COMMISSIONER else who


Described = tuple[str, Remedy | None, str]
"""The message of a finding, what mends it, and the task."""

WORDLESS: Described = ("", None, "")


def describe(rule: Rule, case: AnyCase, answer: Answer, gap: Unknown | None) -> Described:
    """Describe how a rule answered: the message and, if it is open, the remedy and the task."""
    if gap is not None:
        return describe_gap(gap), remedy_for(gap, case), task_for_gap(gap)
    if answer in OPEN:
        proof = rule.proof(case) if answer is BREACHED else ""
        problem = f"{rule.problem(case)}; {proof}" if proof else rule.problem(case)
        return problem, rule.remedy(case), rule.task_for(case)
    if answer is NOT_APPLICABLE:
        return f"does not apply: {rule.why_not(case)}", None, ""
    warning = warning_of(rule, case, answer)
    return f"{rule.title}; {warning}" if warning else rule.title, None, ""


def warning_of(rule: Rule, case: AnyCase, answer: Answer) -> str:
    """Return what is close where a rule is met only just; empty otherwise."""
    return rule.warning(case) if rule.has_warning and answer is MET else ""


def is_close(rule: Rule, case: AnyCase, answer: Answer) -> bool:
    """Tell whether a rule that binds is met only just; one that only advises says what it knows."""
    return rule.severity is not ADVISE and bool(warning_of(rule, case, answer))


def is_met_only_just(finding: Finding) -> bool:
    """Tell whether a finding is of a rule that binds, and met with a warning."""
    is_met = finding.answer is MET and finding.urgency is Urgency.ADVICE
    return is_met and finding.severity is not ADVISE


SOON = timedelta(days=14)
"""How near a day or a start has to be for a finding to be seen as soon."""


def urgency_of(rule: Rule, case: AnyCase, answered: Answered, severity: Severity) -> Urgency | None:
    """Return how soon a finding is to be dealt with; None if nothing is to be done."""
    answer, _, due = answered
    if answer is CANNOT_TELL:
        return Urgency.GAP
    if answer in (BREACHED, NOT_YET) and (own := rule.urgency_for(case)):
        return own
    if answer is NOT_YET:
        return Urgency.SOON if is_soon(case, due) else Urgency.LATER
    if answer is BREACHED:
        return urgency_of_breach(rule, severity)
    return Urgency.ADVICE if warning_of(rule, case, answer) else None


def urgency_of_breach(rule: Rule, severity: Severity) -> Urgency:
    """Return how soon a breach is to be dealt with, by how much it binds."""
    if severity is MUST and rule.status is not Status.RECORD:
        return Urgency.LAW
    return Urgency.ADVICE if severity is ADVISE else Urgency.LATE


def is_soon(case: AnyCase, due: date | None) -> bool:
    """Return whether a day, or the start of a placement to come, is within a fortnight."""
    starts = case.placement.starts if isinstance(case, PlacementCase) else None
    days = [day for day in (due, starts) if day is not None and day >= case.now]
    return any(day <= case.now + SOON for day in days)


def find_waiver(rule: Rule, case: AnyCase) -> Waived | None:
    """Return the waiver that covers a rule on the day of a case, or None.

    A waiver of AP503 counts as a review, and covers nothing.
    """
    if rule.id == REVIEW_RULE:
        return None
    for waiver in reversed(case.entries.all(Waiver)):
        until = waiver.until
        if waiver.rule == rule.id and (not recorded(until) or rule.judged_on(case) <= until):
            return {
                "by": waiver.by if recorded(waiver.by) else None,
                "reason": waiver.reason,
                "day": waiver.day,
                "until": until if recorded(until) else None,
            }
    return None


WORST = (BREACHED, CANNOT_TELL, NOT_YET, MET, NOT_APPLICABLE)


def keep_worst(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Keep one finding a rule if a subject was judged on several days.

    It is the worst, and of those the earliest; what is waived comes last.
    """

    def badness(finding: Finding) -> tuple[bool, int]:
        return finding.waived is not None, WORST.index(finding.answer)

    kept: dict[str, Finding] = {}
    for finding in findings:
        if finding.rule not in kept or badness(finding) < badness(kept[finding.rule]):
            kept[finding.rule] = finding
    yield from kept.values()
