"""Check placements, providers and pupils against the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..domain.placement import Placement
from ..errors import ApError, StoreProblem
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
from ..store.queries.placements import count_placements
from ..store.queries.terms import county
from .caseload import Caseload, Subject

PROPOSED = Status.PROPOSED
Along = Callable[[Iterable[Any], int], Iterable[Any]]
"""A function that passes on about so many items and shows progress meanwhile."""


IN_FORCE = tuple(rule for rule in RULES if rule.status is not PROPOSED)
"""The rules to check unless others are named: all but those only proposed as law."""


ALL = Wanted(IN_FORCE)
"""The default request: every answer of the rules in force."""


CAN_BE_READ = tuple(rule for rule in RULES if rule.about is UnreadCase)
"""The rules about damaged records: always checked, so that no damage is missed."""


class CheckRequest(Struct, frozen=True):
    """What to check on a day.

    Without `subjects`, every placement that has not ended is checked; `every` adds those that have
    ended. `show` chooses the answers that become findings; rules of other `severities` are left
    out. `whole` applies all rules to a placement that has ended when it is checked by itself. The
    exit code is 1 for a breach of `fail_on` or above; with `strict`, 3 if something at those
    severities is unknown. `why` explains each finding.
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


class CheckReport:
    """The result of a check.

    Findings can be read only once, one at a time, as there may be very many; `counts` (how many
    answers of each kind there were) and the exit code are known after the last finding.
    """

    def __init__(
        self, request: CheckRequest, findings: Iterable[Finding], counts: dict[Answer, int]
    ) -> None:
        self.counts = counts
        self.findings: Iterable[Finding] = self._show(findings, request)
        self._strict = request.strict
        self._decisive: set[Answer] = set()

    def _show(self, findings: Iterable[Finding], request: CheckRequest) -> Iterator[Finding]:
        """Count the findings, and yield those to show."""
        counts, binding = self.counts, frozenset(ORDER[: ORDER.index(request.fail_on) + 1])
        for finding in findings:
            counts[finding.answer] = counts.get(finding.answer, 0) + 1
            if finding.severity in binding and finding.waived is None:
                self._decisive.add(finding.answer)
            if finding.answer in request.show:
                yield finding

    def read(self) -> CheckReport:
        """Read all findings, so that they can be read more than once."""
        self.findings = tuple(self.findings)
        return self

    def exit_code(self) -> int:
        """Return 1 for a breach that counts, 3 for an unknown answer in a strict check, else 0."""
        if BREACHED in self._decisive:
            return 1
        return 3 if self._strict and CANNOT_TELL in self._decisive else 0


def check(store: Store, request: CheckRequest, along: Along | None = None) -> CheckReport:
    """Check what a request asks for; `along` shows progress.

    Raise ApError if all the rules asked for are local ones that the county does not use.
    """
    refuse_unused(request.rules, county(store))
    counts: dict[Answer, int] = {}
    wanted = Wanted(
        request.rules,
        request.every,
        request.why,
        (*request.show, BREACHED, CANNOT_TELL),  # needed for the exit code even if not shown
        counts,
        request.severities,
        request.whole,
    )
    answered = once(store, request.on, request.subjects, wanted, along)
    return CheckReport(request, answered, counts)


def refuse_unused(rules: Sequence[Rule], county: County) -> None:
    """Raise ApError if a county uses none of the rules asked for."""
    unused = [rule.id for rule in rules if not holds_in(rule, county)]
    if not unused or len(unused) < len(rules):
        return
    if len(unused) == 1:
        raise ApError(f"{unused[0]} is a local rule that {county.name} does not use")
    raise ApError(f"{', '.join(unused)} are local rules that {county.name} does not use")


def own_rules(store: Store) -> tuple[Rule, ...]:
    """List the county's own rules, from the overlay of a store."""
    return rules_of(county(store))


def rules_like(
    prefixes: Sequence[str],
    severities: Sequence[Severity] = (),
    proposed: bool = False,
    own: Sequence[Rule] = (),
) -> tuple[Rule, ...]:
    """Select rules by the start of their ids and by severity; raise ApError for no such id.

    `own` are the county's own rules.
    """
    wanted = [prefix.upper() for prefix in prefixes]
    known = (*RULES, *own)
    for prefix in wanted:
        if not any(rule.id.startswith(prefix) for rule in known):
            raise ApError(
                f"no rule's id begins with “{prefix[:20]}”{near(prefix)}: "
                "choose an id, or a family from AP1 to AP9, from `ap rules list`"
            )
    candidates = known if proposed else (*IN_FORCE, *own)
    named = [
        rule
        for rule in candidates
        if not wanted or any(rule.id.startswith(prefix) for prefix in wanted)
    ]
    by_id = {rule.id: rule for rule in (*named, *(rule for rule in known if rule.id in wanted))}
    return tuple(
        rule
        for _, rule in sorted(by_id.items())
        if not severities or rule.severity in severities or rule.lighter in severities
    )


def near(prefix: str) -> str:
    """Suggest the rule meant by a number alone, in brackets; empty if there is none."""
    return (
        f" (is it AP{prefix}?)"
        if prefix.isdigit() and any(rule.id.startswith(f"AP{prefix}") for rule in RULES)
        else ""
    )


def findings(
    store: Store, on: date, subject: Subject | None = None, wanted: Wanted = ALL
) -> Iterator[Finding]:
    """List the answers about a subject, or about all placements, on a day; one at a time.

    A placement that has ended is only judged on its ending and afterwards, unless it is checked by
    itself or every answer is wanted.
    """
    yield from _found(Caseload(store, on), subject, wanted)


def _found(
    store: Caseload, subject: Subject | None, wanted: Wanted, along: Along | None = None
) -> Iterator[Finding]:
    wanted = of_county(wanted, store.county)
    whole = wanted.every or (wanted.whole and subject is not None and subject[0] is Placement)
    kinds: tuple[type[AnyCase], ...] = (PlacementCase, ProviderCase, PupilCase)
    rules = {
        (kind, over): about(kind, wanted.rules, over) for kind in kinds for over in (False, True)
    }
    groups = store.every(subject, wanted.every)
    for cases in along(groups, count_placements(store.store)) if along else groups:
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
        except StoreProblem as problem:  # a rule was the first to read something damaged
            found = list(
                check_case(UnreadCase(store.on, first.ref, str(problem)), CAN_BE_READ, wanted)
            )
        yield from found


def of_county(wanted: Wanted, county: County) -> Wanted:
    """Drop local rules that the county excludes and, if all are wanted, add its own."""
    taken = tuple(rule for rule in wanted.rules if holds_in(rule, county))
    own = rules_of(county) if wanted.rules is IN_FORCE else ()
    return (
        replace(wanted, rules=(*taken, *own)) if own or len(taken) < len(wanted.rules) else wanted
    )


def about(kind: type[AnyCase], rules: Sequence[Rule], over: bool = False) -> tuple[Rule, ...]:
    """Select the rules for this kind of case; if it has ended, only those about afterwards."""
    return tuple(
        rule for rule in rules if issubclass(kind, rule.about) and (rule.stage is AFTER or not over)
    )


def once(
    store: Store, on: date, subjects: Sequence[Subject], wanted: Wanted, along: Along | None = None
) -> Iterator[Finding]:
    """List the answers about several subjects, or about all, without repeats for shared records.

    If wanted, each is explained with who recorded its facts. `along` shows progress.
    """
    cases = Caseload(store, on)
    subject = subjects[0] if subjects else None
    found = (
        _once(cases, subjects, wanted)
        if len(subjects) > 1
        else _found(cases, subject, wanted, along)
    )
    if not wanted.why:
        return found
    from .explained import Sources

    return Sources(store).of(found)


def _once(store: Caseload, subjects: Sequence[Subject], wanted: Wanted) -> Iterator[Finding]:
    everything = replace(wanted, told=ANSWERS)
    unrepeated: dict[tuple[str, str], Finding] = {}
    for subject in subjects:
        for finding in _found(store, subject, everything):
            unrepeated.setdefault((finding.rule, finding.subject), finding)
    return only(unrepeated.values(), wanted)


def only(findings: Iterable[Finding], wanted: Wanted) -> Iterator[Finding]:
    """Keep findings with the requested answers; count the rest."""
    for finding in findings:
        if finding.answer in wanted.told:
            yield finding
        else:
            wanted.left_out(finding.answer)


def answers(cases: Sequence[AnyCase], rules: Sequence[Rule], wanted: Wanted) -> Iterator[Finding]:
    """List the answers about one subject; a rule that looks ahead gives its worst answer."""
    first, *to_come = cases
    if not to_come:
        return check_case(first, rules, wanted)
    ahead, everything = [rule for rule in rules if rule.ahead], replace(wanted, told=ANSWERS)
    return only(
        worst(
            finding
            for case in cases
            for finding in check_case(case, rules if case is first else ahead, everything)
        ),
        wanted,
    )
