"""What is to be done, as values: render spells a command, a form is opened, JSON has the action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import IntEnum, StrEnum
from typing import Protocol

from ..domain.commissioner import Commissioner, CommissionerKind
from ..forms.facts import Fact, recorded
from ..forms.form import Noun, Record


class Urgency(StrEnum):
    """What is seen first everywhere, from the top down."""

    SAFETY = "safety"
    LAW = "law"
    LATE = "late"
    SOON = "soon"
    GAP = "gap"
    LATER = "later"
    ADVICE = "advice"


class Who(StrEnum):
    """Who does a task: the home school, the council or the provider, or whoever commissions.

    A commissioner that is on record is itself the council, or a school.
    """

    COMMISSIONER = "commissioner"
    SCHOOL = "school"
    COUNCIL = "council"
    PROVIDER = "provider"


def side_of(commissioner: Fact[Commissioner]) -> Who:
    """Return who does what the commissioner does: the council, a school, or nobody knows which."""
    if not recorded(commissioner):
        return Who.COMMISSIONER
    is_council = commissioner.kind is CommissionerKind.LOCAL_AUTHORITY
    return Who.COUNCIL if is_council else Who.SCHOOL


class Weight(IntEnum):
    """How hard it bears on a child that a rule is broken: what is as urgent is seen in this order.

    Without a place or education; not seen, not safe or not taught as agreed; or papers alone.
    """

    PAPERS = 0
    CHILD = 1
    NO_PLACE = 2


RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}

Known = tuple[tuple[str, str], ...]
"""Answers that are filled in: the name of a question, and its answer as a person types it."""


class About(Record, frozen=True):
    """A record, by its form and reference: never the record itself, which holds a child's data."""

    form: str
    ref: str = ""


def about(noun: Noun) -> About:
    """Name the record that a remedy is about."""
    return About(noun.NOUN, noun.ref)


class Edit(Record, frozen=True, tag="edit"):
    """Answer these questions of a record.

    `known` is filled in, `ask` is asked; of `ask`, `yes` names the questions that only "yes" mends.
    `clear` names answers to be taken away; `first` is what a person does before, in words.
    """

    about: About
    ask: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    known: Known = ()
    clear: tuple[str, ...] = ()
    first: str = ""


class Write(Record, frozen=True, tag="write"):
    """Record something that happened; the fields are those of `Edit`, and `kind` is the form."""

    about: About
    kind: str
    ask: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    known: Known = ()
    first: str = ""


class Outside(Record, frozen=True, tag="outside"):
    """Nothing here mends it: what a person does elsewhere, in words."""

    about: About
    words: str


class Nothing(Record, frozen=True, tag="nothing"):
    """Nothing mends it any more, or nothing has to: why, in words."""

    words: str


class Choice(Record, frozen=True, tag="choice"):
    """A decision: one of these."""

    about: About
    options: tuple[Edit | Write | Outside, ...]


Remedy = Edit | Write | Outside | Choice | Nothing


class OpenFinding(Protocol):
    """What tasks need of a finding that is open and not waived."""

    @property
    def rule(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def task(self) -> str: ...
    @property
    def remedy(self) -> Remedy | None: ...
    @property
    def due(self) -> date | None: ...
    @property
    def urgency(self) -> Urgency | None: ...
    @property
    def who(self) -> Who | None: ...


class Task(Record, frozen=True):
    """Something that a person does a single time, whichever rules ask for it.

    `by` is the earliest day (None: now), `urgency` the loudest, and `lead` the rule that is so;
    `subjects` are the records whose checks show it, and `whose` who does it.
    """

    words: str
    about: About
    urgency: Urgency
    by: date | None
    lead: str
    rules: tuple[str, ...]
    subjects: tuple[str, ...]
    remedies: tuple[Remedy, ...]
    whose: tuple[Who, ...] = ()


def join_tasks(findings: Iterable[OpenFinding]) -> list[Task]:
    """Join findings with the same words about the same record, the loudest first.

    The caller leaves waived findings out; those that nothing mends are no tasks.
    """
    groups: dict[tuple[str, About], list[OpenFinding]] = {}
    for finding in findings:
        record = record_of(finding.remedy)
        if finding.task and record:
            groups.setdefault((finding.task, record), []).append(finding)
    tasks = [_join(words, record, group) for (words, record), group in groups.items()]
    return sorted(tasks, key=order)


def record_of(remedy: Remedy | None) -> About | None:
    """The record that a remedy is about; None where there is nothing to do."""
    return None if remedy is None or isinstance(remedy, Nothing) else remedy.about


def mentions(remedy: Remedy | None, ref: str) -> bool:
    """Tell whether a remedy is about a record, or has its reference among what is filled in."""
    if isinstance(remedy, Choice):
        return any(mentions(option, ref) for option in remedy.options)
    record = record_of(remedy)
    if record is not None and record.ref == ref:
        return True
    known = remedy.known if isinstance(remedy, Edit | Write) else ()
    return any(ref in answer for _, answer in known)


def _join(words: str, record: About, group: list[OpenFinding]) -> Task:
    loudest = min((urgency_of(finding) for finding in group), key=RANK.__getitem__)
    return Task(
        words,
        record,
        loudest,
        earliest_day(group, loudest),
        lead=min(finding.rule for finding in group if urgency_of(finding) is loudest),
        rules=tuple(sorted({finding.rule for finding in group})),
        subjects=tuple(sorted({finding.subject for finding in group})),
        remedies=tuple(merge_remedies(finding.remedy for finding in group if finding.remedy)),
        whose=tuple(sorted({finding.who for finding in group if finding.who})),
    )


def urgency_of(finding: OpenFinding) -> Urgency:
    """The urgency of a finding; advice where it has none."""
    return finding.urgency or Urgency.ADVICE


def earliest_day(group: list[OpenFinding], loudest: Urgency) -> date | None:
    """The first day of these findings; None (now) where one of the loudest has no day."""
    if any(finding.due is None and urgency_of(finding) is loudest for finding in group):
        return None
    return min((finding.due for finding in group if finding.due), default=None)


def merge_remedies(remedies: Iterable[Remedy]) -> Iterator[Remedy]:
    """Yield one form for all plain edits of a record, and each other remedy once."""
    edits: dict[About, Edit] = {}
    others: dict[Remedy, None] = {}
    for remedy in remedies:
        if isinstance(remedy, Edit) and not (remedy.known or remedy.clear or remedy.first):
            before = edits.get(remedy.about, Edit(remedy.about))
            edits[remedy.about] = Edit(
                remedy.about, _united(before.ask, remedy.ask), _united(before.yes, remedy.yes)
            )
        else:
            others.setdefault(remedy)
    yield from edits.values()
    yield from others


def _united(before: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before, *more)))


def order(task: Task) -> tuple[int, date, str, str]:
    """Order by urgency, then day (a task without one is due now), then reference and words."""
    return RANK[task.urgency], task.by or date.min, task.about.ref, task.words
