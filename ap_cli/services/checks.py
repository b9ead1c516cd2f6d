"""Checking placements, providers and pupils against the rules."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..domain.placement import Placement
from ..errors import ApError, StoreProblem
from ..forms.form import Noun
from ..policy.county import County
from ..rules import RULES
from ..rules.cases.placement import PlacementCase
from ..rules.cases.provider import ProviderCase
from ..rules.cases.pupil import PupilCase
from ..rules.cases.subjects import AnyCase, UnreadCase
from ..rules.countys_own import holds_in, rules_of
from ..rules.engine import Finding, Wanted, worst
from ..rules.engine import check as check_case
from ..rules.rule import (
    AFTER,
    ANSWERS,
    BREACHED,
    CANNOT_TELL,
    OPEN,
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


class CheckRequest(Struct, frozen=True):
    """What is asked of a check on a day.

    Without `subjects`, every placement that has not ended is checked; `every` checks those that have ended as well.
    `show` chooses the answers that become findings; rules of other `severities` are left out. `whole` asks all rules of
    a placement that has ended when it is checked by itself. The exit code is 1 for a breach of `fail_on` or above;
    with `strict`, 3 if something at those severities cannot be told. `why` explains each finding.
    """

    on: date
    rules: tuple[Rule, ...] = IN_FORCE
    subjects: Sequence[Subject] = ()
    show: tuple[Answer, ...] = OPEN
    severities: tuple[Severity, ...] = ORDER
    fail_on: Severity = SHOULD
    strict: bool = False
    every: bool = False
    whole: bool = True
    why: bool = False


class CheckReport(Struct, frozen=True):
    """What a check found: the findings to show, how many answers there were of each kind, and the exit code."""

    findings: tuple[Finding, ...]
    counts: dict[Answer, int]
    exit_code: int


def check(store: Store, request: CheckRequest, along: Along | None = None) -> CheckReport:
    """Check what a request asks for; `along` shows how far it has come."""
    wanted = Wanted(
        request.rules,
        request.every,
        request.why,
        (*request.show, BREACHED, CANNOT_TELL),  # found, shown or not: they decide the exit code
        {},
        request.severities,
        request.whole,
    )
    counts, binding = wanted.rest, ORDER[: ORDER.index(request.fail_on) + 1]
    decisive: set[Answer] = set()
    shown = []
    for each in once(store, request.on, request.subjects, wanted, along):
        counts[each.answer] = counts.get(each.answer, 0) + 1
        if each.severity in binding and each.waived is None:
            decisive.add(each.answer)
        if each.answer in request.show:
            shown.append(each)
    return CheckReport(tuple(shown), counts, exit_code(decisive, request.strict))


def exit_code(answers: Container[Answer], strict: bool) -> int:
    """1 with a breach among these answers, 3 if `strict` with one that cannot be told, else 0."""
    if BREACHED in answers:
        return 1
    return 3 if strict and CANNOT_TELL in answers else 0


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
            found = list(
                check_case(UnreadCase(store.on, first.ref, str(problem)), CAN_BE_READ, wanted)
            )
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
        return check_case(first, rules, wanted)
    ahead, everything = [rule for rule in rules if rule.ahead], replace(wanted, told=ANSWERS)
    return only(
        worst(
            found
            for case in cases
            for found in check_case(case, rules if case is first else ahead, everything)
        ),
        wanted,
    )
