"""Checking placements, providers and pupils against the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..errors import ApError, StoreProblem
from ..forms.form import Noun
from ..policy.county import County
from ..rules import RULES
from ..rules.cases.placement import PlacementCase
from ..rules.cases.provider import ProviderCase
from ..rules.cases.pupil import PupilCase
from ..rules.cases.subjects import AnyCase, UnreadCase
from ..rules.countys_own import holds_in, rules_of
from ..rules.engine import Finding, Wanted, check, worst
from ..rules.rule import (
    AFTER,
    ANSWERS,
    BREACHED,
    CANNOT_TELL,
    ORDER,
    SHOULD,
    Answer,
    Rule,
    Severity,
    Status,
)
from ..store.opening import Store
from ..store.queries.terms import county
from .cases import Cases

PROPOSED = Status.PROPOSED
Subject = tuple[type[Noun], int]
"""What is asked about: a kind of noun, and a number."""
Along = Callable[[Iterable[Any], int], Iterable[Any]]
"""What hands items on, of about so many, and shows meanwhile how far they have come."""


IN_FORCE = tuple(rule for rule in RULES if rule.status is not PROPOSED)
"""The rules that are asked where nothing else is said: what is only proposed is asked by name, or with `proposed`."""


ALL = Wanted(IN_FORCE)
"""Every answer of the rules that are asked where nothing else is said."""


CAN_BE_READ = tuple(rule for rule in RULES if rule.about is UnreadCase)
"""What is said of a record that cannot be read, whichever rules are asked: it is never skipped in silence."""


def own_rules(store: Store) -> tuple[Rule, ...]:
    """The rules that the overlay of a store writes."""
    return rules_of(county(store))


def rules_like(
    prefixes: Sequence[str],
    severities: Sequence[Severity] = (),
    proposed: bool = False,
    own: Sequence[Rule] = (),
) -> tuple[Rule, ...]:
    """The rules, with a county's `own`, whose ids begin with one of these, and that may bind so much; ApError where none does."""
    wanted = [prefix.upper() for prefix in prefixes]
    known = (*RULES, *own)
    for prefix in wanted:
        if not any(rule.id.startswith(prefix) for rule in known):
            raise ApError(
                f"no rule's id begins with “{prefix[:20]}”{near(prefix)}: `ap rules list` has them all, in families from AP1 to AP9"
            )
    asked = known if proposed else (*IN_FORCE, *own)
    named = [
        rule for rule in asked if not wanted or any(rule.id.startswith(prefix) for prefix in wanted)
    ]
    found = {rule.id: rule for rule in (*named, *(rule for rule in known if rule.id in wanted))}
    return tuple(
        rule
        for _, rule in sorted(found.items())
        if not severities or rule.severity in severities or rule.lighter in severities
    )


def near(prefix: str) -> str:
    """The rule that somebody may have meant by the number alone, in brackets; empty where there is none."""
    return (
        f" (is it AP{prefix}?)"
        if prefix.isdigit() and any(rule.id.startswith(f"AP{prefix}") for rule in RULES)
        else ""
    )


def findings(
    store: Store, on: date, subject: Subject | None = None, wanted: Wanted = ALL
) -> Iterator[Finding]:
    """The answers about a subject, or about all placements, on a day; one at a time.

    Of a placement that is over, and that is not asked about by itself, only what comes after a placement is asked, unless
    every answer is wanted.
    """
    yield from _found(Cases(store, on), subject, wanted)


def _found(
    store: Cases, subject: Subject | None, wanted: Wanted, along: Along | None = None
) -> Iterator[Finding]:
    wanted = of_county(wanted, store.county)
    whole = wanted.every or (wanted.whole and subject is not None and subject[0] is Placement)
    kinds: tuple[type[AnyCase], ...] = (PlacementCase, ProviderCase, PupilCase)
    rules = {
        (kind, over): about(kind, wanted.rules, over) for kind in kinds for over in (False, True)
    }
    asked = store.every(subject, wanted.every)
    for cases in along(asked, store.placements()) if along else asked:
        first = cases[0]
        over = isinstance(first, PlacementCase) and first.over and not whole
        try:
            found = list(
                answers(
                    cases,
                    CAN_BE_READ if isinstance(first, UnreadCase) else rules[type(first), over],
                    wanted,
                )
            )
        except StoreProblem as problem:  # something that is read only when a rule looks at it
            found = list(check(UnreadCase(store.on, first.ref, str(problem)), CAN_BE_READ, wanted))
        yield from found


def of_county(wanted: Wanted, county: County) -> Wanted:
    """What is asked of a check in a county: without the local rules that it does not take, and with those of its own where all are asked."""
    taken = tuple(each for each in wanted.rules if holds_in(each, county))
    own = rules_of(county) if wanted.rules is IN_FORCE else ()
    return (
        replace(wanted, rules=(*taken, *own)) if own or len(taken) < len(wanted.rules) else wanted
    )


def about(kind: type[AnyCase], rules: Sequence[Rule], over: bool = False) -> tuple[Rule, ...]:
    """The rules about a kind of case; of what is over those that ask what comes after it."""
    return tuple(
        rule for rule in rules if issubclass(kind, rule.about) and (rule.stage is AFTER or not over)
    )


def once(
    store: Store, on: date, subjects: Sequence[Subject], wanted: Wanted, along: Along | None = None
) -> Iterator[Finding]:
    """The answers about several subjects, or about all, none of them twice where they share a provider or a pupil.

    Each is explained, where that is wanted, with who recorded what it rests on; `along` shows how far it has come.
    """
    cases = Cases(store, on)
    one = subjects[0] if subjects else None
    found = (
        _once(cases, subjects, wanted) if len(subjects) > 1 else _found(cases, one, wanted, along)
    )
    if not wanted.why:
        return found
    from .explained import Sources

    return Sources(store).of(found)


def _once(store: Cases, subjects: Sequence[Subject], wanted: Wanted) -> Iterator[Finding]:
    everything = replace(wanted, told=ANSWERS)
    found: dict[tuple[str, str], Finding] = {}
    for subject in subjects:
        for each in _found(store, subject, everything):
            found.setdefault((each.rule, each.subject), each)
    return only(found.values(), wanted)


def only(found: Iterable[Finding], wanted: Wanted) -> Iterator[Finding]:
    """Those of these findings whose answer is to be told; the others are counted."""
    for each in found:
        if each.answer in wanted.told:
            yield each
        else:
            wanted.left_out(each.answer)


def answers(cases: Sequence[AnyCase], rules: Sequence[Rule], wanted: Wanted) -> Iterator[Finding]:
    """The answers about one subject, asked on one day; on the days to come only those that look ahead, the worst of each kept."""
    first, *to_come = cases
    if not to_come:
        return check(first, rules, wanted)
    ahead, everything = [rule for rule in rules if rule.ahead], replace(wanted, told=ANSWERS)
    return only(
        worst(
            found
            for case in cases
            for found in check(case, rules if case is first else ahead, everything)
        ),
        wanted,
    )


def findings_before(
    store: Store, on: date, placement: Placement, pupil: Pupil
) -> Iterator[Finding]:
    """Every answer about a placement that is not kept yet, and about its provider as if it were."""
    from ..domain.entries.history import History

    cases = Cases(store, on)
    wanted = of_county(ALL, cases.county)
    yield from check(
        cases.of_placement(placement, pupil, History()), about(PlacementCase, wanted.rules), wanted
    )
    yield from answers(
        tuple(cases.of_provider(placement.provider, (placement,), pupil)),
        about(ProviderCase, wanted.rules),
        wanted,
    )


class Tally(Struct):
    """What a check found, counted as it goes by, and the exit code that it stands for.

    `answers` may be what a check counts already of the answers that it does not tell.
    """

    fail_on: Severity = SHOULD
    strict: bool = False
    answers: dict[Answer, int] = {}
    failed: bool = False
    untold: bool = False

    def counted(self, found: Iterable[Finding]) -> Iterator[Finding]:
        """The findings, each counted."""
        answers, counts = self.answers, frozenset(ORDER[: ORDER.index(self.fail_on) + 1])
        for each in found:
            answer = each.answer
            answers[answer] = answers.get(answer, 0) + 1
            if each.severity in counts and each.waived is None:
                self.failed |= answer is BREACHED
                self.untold |= answer is CANNOT_TELL
            yield each

    def code(self) -> int:
        """1 with a breach, 3 with --strict and something that cannot be told, else 0."""
        return 1 if self.failed else 3 if self.strict and self.untold else 0
