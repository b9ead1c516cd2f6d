"""Checking placements, providers and pupils against the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..domain.forms import Noun
from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..errors import ApError, StoreProblem
from ..rules import RULES
from ..rules.case import Case
from ..rules.engine import AFTER, BREACHED, CANNOT_TELL, ORDER, SHOULD, Finding, Rule, Severity, Status, check, worst
from ..rules.subjects import AnyCase, UnreadCase
from .cases import Cases

PROPOSED = Status.PROPOSED
Along = Callable[[Iterable[Any], int], Iterable[Any]]
"""What hands items on, of about so many, and shows meanwhile how far they have come."""


IN_FORCE = tuple(rule for rule in RULES if rule.status is not PROPOSED)
"""The rules that are asked where nothing else is said: what is only proposed is asked by name, or with `proposed`."""


CAN_BE_READ = tuple(rule for rule in RULES if rule.about is UnreadCase)
"""What is said of a record that cannot be read, whichever rules are asked: it is never skipped in silence."""


def rules_like(prefixes: Sequence[str], severities: Sequence[Severity] = (), proposed: bool = False) -> tuple[Rule, ...]:
    """The rules whose ids begin with one of these, and that may bind so much; ApError where none does."""
    wanted = [prefix.upper() for prefix in prefixes]
    for prefix in wanted:
        if not any(rule.id.startswith(prefix) for rule in RULES):
            raise ApError(f"no rule's id begins with “{prefix[:20]}”: `ap rules list` has them all")
    named = [rule for rule in (RULES if proposed else IN_FORCE) if not wanted or any(rule.id.startswith(prefix) for prefix in wanted)]
    found = {rule.id: rule for rule in (*named, *(rule for rule in RULES if rule.id in wanted))}
    return tuple(
        rule for _, rule in sorted(found.items()) if not severities or rule.severity in severities or (rule.eases and rule.eases[0] in severities)
    )


def findings(
    path: Path, on: date, subject: tuple[type[Noun], int] | None = None, rules: Sequence[Rule] = IN_FORCE, every: bool = False, why: bool = False
) -> Iterator[Finding]:
    """Every answer about a subject, or about all placements, on a day; one at a time.

    Of a placement that is over, and that is not asked about by itself, only what comes after a placement is asked; with
    `every` all of it.
    """
    yield from _found(Cases(path, on), subject, rules, every, why)


def _found(
    store: Cases, subject: tuple[type[Noun], int] | None, rules: Sequence[Rule], every: bool, why: bool, along: Along | None = None
) -> Iterator[Finding]:
    after = [rule for rule in rules if rule.stage is AFTER]
    whole = every or (subject is not None and subject[0] is Placement)
    asked = store.every(subject, every)
    for cases in along(asked, store.placements()) if along else asked:
        over = isinstance(cases[0], Case) and cases[0].over
        try:
            found = list(answers(cases, CAN_BE_READ if isinstance(cases[0], UnreadCase) else rules if whole or not over else after, why))
        except StoreProblem as problem:  # something that is read only when a rule looks at it
            found = list(check(UnreadCase(store.on, cases[0].ref, str(problem)), CAN_BE_READ, why))
        yield from found


def once(
    path: Path,
    on: date,
    subjects: Sequence[tuple[type[Noun], int]],
    rules: Sequence[Rule],
    every: bool = False,
    why: bool = False,
    along: Along | None = None,
) -> Iterator[Finding]:
    """Every answer about several subjects, or about all, none of them twice where they share a provider or a pupil.

    With `why` each is explained, with who recorded what it rests on; `along` shows how far it has come.
    """
    store = Cases(path, on)
    found = _once(store, subjects, rules, every, why) if subjects else _found(store, None, rules, every, why, along)
    if not why:
        return found
    from .explained import Sources

    return Sources(store.store).of(found)


def _once(store: Cases, subjects: Sequence[tuple[type[Noun], int]], rules: Sequence[Rule], every: bool, why: bool) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for subject in subjects:
        for each in _found(store, subject, rules, every, why):
            if (each.rule, each.subject) not in seen:
                seen.add((each.rule, each.subject))
                yield each


def answers(cases: Sequence[AnyCase], rules: Sequence[Rule], why: bool = False) -> Iterator[Finding]:
    """Every answer about one subject, asked on one day; on the days to come only those that look ahead, the worst of each kept."""
    first, *to_come = cases
    if not to_come:
        return check(first, rules, why)
    ahead = [rule for rule in rules if rule.ahead]
    return worst(found for case in cases for found in check(case, rules if case is first else ahead, why))


def findings_before(path: Path, on: date, placement: Placement, pupil: Pupil) -> Iterator[Finding]:
    """Every answer about a placement that is not kept yet, and about its provider as if it were."""
    from ..domain.entries.history import History

    cases = Cases(path, on)
    yield from check(cases.of_placement(placement, pupil, History()), IN_FORCE)
    yield from answers(tuple(cases.of_provider(placement.provider, (placement,), pupil)), IN_FORCE)


class Tally(Struct):
    """What a check found, counted as it goes by, and the exit code that it stands for."""

    fail_on: Severity = SHOULD
    strict: bool = False
    answers: dict[str, int] = {}
    failed: bool = False
    untold: bool = False

    def counted(self, found: Iterable[Finding]) -> Iterator[Finding]:
        """The findings, each counted."""
        for each in found:
            self.answers[each.answer] = self.answers.get(each.answer, 0) + 1
            if ORDER.index(each.severity) <= ORDER.index(self.fail_on) and each.waived is None:
                self.failed |= each.answer is BREACHED
                self.untold |= each.answer is CANNOT_TELL
            yield each

    def code(self) -> int:
        """1 with a breach, 3 with --strict and something that cannot be told, else 0."""
        return 1 if self.failed else 3 if self.strict and self.untold else 0
