"""List what is to be done: the open findings joined into tasks, each with whom it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from ..rules import RULES
from ..rules.countys_own import rules_of
from ..rules.engine import Finding
from ..rules.rule import CANNOT_TELL, MUST, OPEN, Rule
from ..rules.task import RANK, Task, Urgency, Weight, join_tasks
from ..store.opening import Store
from ..store.queries.people import Whom
from ..store.queries.terms import county
from .people import People
from .waiting import Wait, list_waits

URGENT = (Urgency.SAFETY, Urgency.LAW, Urgency.LATE, Urgency.SOON)
"""The urgencies that a day begins with, the loudest first."""


class OpenTask(Struct, frozen=True):
    """A task with whom it is about, the keys of its rules (a word each) and its label for counts.

    `key` is that of the loudest rule, and `weight` that of the weightiest. `waits_since` is the
    day on which somebody was asked, if the task waits for the answer, and `waits_until` that on
    which it comes back.
    """

    task: Task
    whom: Whom
    key: str
    keys: tuple[str, ...]
    label: str
    weight: Weight = Weight.PAPERS
    waits_since: date | None = None
    waits_until: date | None = None

    @property
    def urgency(self) -> Urgency:
        """How soon it is to be dealt with."""
        return self.task.urgency

    @property
    def by(self) -> date | None:
        """The day by which it is due; None for now."""
        return self.task.by


NEVER_WAITS = (Urgency.SAFETY, Urgency.LAW)
"""What nobody waits with."""


class TaskMaker:
    """Makes the tasks of findings, with the people of a store and the rules of its county."""

    def __init__(self, store: Store, on: date, people: People | None = None) -> None:
        self.people = people or People(store)
        self._waits = list_waits(store, self.people, on)
        rules = (*RULES, *rules_of(county(store)))
        self._rules: dict[str, Rule] = {rule.id: rule for rule in rules}

    def make(self, findings: Iterable[Finding]) -> list[OpenTask]:
        """Join the findings that ask for something into tasks, the loudest and earliest first.

        Of what is as urgent, what bears hardest on a child comes before papers.
        """
        open_findings = [finding for finding in findings if is_to_do(finding)]
        made = [self._with_people(task) for task in join_tasks(open_findings)]
        return sorted(made, key=loudest_first)

    def key_of(self, rule: str) -> str:
        """Return the one word that names a rule."""
        return self._rules[rule].key

    def _with_people(self, task: Task) -> OpenTask:
        rule = self._rules[task.lead]
        about = self.people.whom(task.about.ref)
        known = about.pupil or about.provider
        whom = about if known else self.people.whom(task.subjects[0])
        keys = tuple(map(self.key_of, task.rules))
        wait = self._wait_of(task, keys)
        since, until = wait or (None, None)
        weight = max(self._rules[one].weight for one in task.rules)
        return OpenTask(task, whom, rule.key, keys, rule.label, weight, since, until)

    def _wait_of(self, task: Task, keys: tuple[str, ...]) -> Wait | None:
        """Since when a task waits for an answer, and until when; None if it does not."""
        if task.urgency in NEVER_WAITS:
            return None
        refs = (task.about.ref, *task.subjects)
        names = [(ref, key) for ref in refs for key in keys]
        return max((self._waits[name] for name in names if name in self._waits), default=None)


def loudest_first(task: OpenTask) -> tuple[int, int]:
    """Return the sort key of a task: its urgency, then its weight; safety has one weight."""
    weight = 0 if task.urgency is Urgency.SAFETY else -task.weight
    return RANK[task.urgency], weight


OF_SAFETY = frozenset(rule.id for rule in RULES if rule.keeps_safe)
"""The rules of which a breach can mean that a child is unsafe."""


def is_to_do(finding: Finding) -> bool:
    """Tell whether a finding asks for something.

    What cannot be told does if the law asks it, or if a child may be unsafe.
    """
    if finding.waived is not None or finding.answer not in OPEN:
        return False
    if finding.answer is not CANNOT_TELL:
        return True
    return finding.severity is MUST or finding.rule in OF_SAFETY


def count_by_urgency(tasks: Iterable[OpenTask]) -> dict[Urgency, int]:
    """Count tasks by urgency; 0 for one that has none."""
    counts = dict.fromkeys(Urgency, 0)
    for task in tasks:
        counts[task.urgency] += 1
    return counts


def count_tasks(tasks: Iterable[OpenTask], urgency: Urgency) -> int:
    """Count the tasks of an urgency."""
    return sum(task.urgency is urgency for task in tasks)
