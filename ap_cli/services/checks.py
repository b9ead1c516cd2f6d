"""Check placements, providers and pupils against the rules."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..domain.placement import Placement
from ..errors import ApError, StoreProblem
from ..forms.form import Noun
from ..forms.text import echo
from ..policy.county import County
from ..rules import RULES
from ..rules.cases.placement import PlacementCase
from ..rules.cases.provider import ProviderCase
from ..rules.cases.pupil import PupilCase
from ..rules.cases.subjects import AnyCase, UnreadCase
from ..rules.countys_own import holds_in, rules_of
from ..rules.engine import Finding, is_met_only_just, keep_worst
from ..rules.engine import check as check_case
from ..rules.rule import (
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
from ..rules.task import Urgency
from ..store.opening import Store
from ..store.queries.placements import count_placements
from ..store.queries.terms import county
from .caseload import Caseload, Subject
from .survey import Survey

PROPOSED = Status.PROPOSED
Along = Callable[[Iterable[Any], int], Iterable[Any]]
"""A function that passes on about so many items and shows progress meanwhile."""


IN_FORCE = tuple(rule for rule in RULES if rule.status is not PROPOSED)
"""The rules to check unless others are named: all but those only proposed as law."""


CAN_BE_READ = tuple(rule for rule in RULES if rule.about is UnreadCase)
"""The rules about damaged records: always checked, so that no damage is missed."""


class CheckRequest(Struct, frozen=True):
    """What to check on a day.

    Without `subjects`, every placement that has not ended is checked; `every` adds those that have
    ended. `answers` chooses the answers that become findings; rules of other `severities` are left
    out. A placement that has ended is only judged on its ending and afterwards; `every` applies all
    rules to it, and so does `whole` when it is checked by itself. The exit code is 1 for a breach
    of `fail_on` or above; with `strict`, 3 if something at those severities is unknown. `why`
    explains each finding. `warnings` adds the findings that are met only just. `worded` are the
    urgencies of which a finding has words and a remedy: what nobody sees is not worded.
    """

    on: date
    subjects: Sequence[Subject] = ()
    rules: tuple[Rule, ...] = IN_FORCE
    answers: tuple[Answer, ...] = ANSWERS
    severities: tuple[Severity, ...] = ORDER
    fail_on: Severity = SHOULD
    strict: bool = False
    every: bool = False
    whole: bool = True
    why: bool = False
    warnings: bool = False
    worded: tuple[Urgency, ...] | None = None

    def shows(self, finding: Finding, answers: Container[Answer]) -> bool:
        """Whether a finding has one of these answers, or is a wanted warning."""
        return finding.answer in answers or (self.warnings and is_met_only_just(finding))


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
            if request.shows(finding, request.answers):
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
    # breaches and gaps decide the exit code even if they are not shown
    deciding = replace(request, answers=(*request.answers, BREACHED, CANNOT_TELL))
    return CheckReport(request, list_findings(store, deciding, counts, along), counts)


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
        if not prefix.strip():
            raise ApError("name a rule: an id such as AP202, or a family from AP1 to AP9")
        if not any(rule.id.startswith(prefix) for rule in known):
            raise ApError(
                f"no rule's id begins with “{echo(prefix, 20)}”{suggest_rule(prefix)}: "
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


def suggest_rule(prefix: str) -> str:
    """Suggest the rule meant by a number alone, in brackets; empty if there is none."""
    if prefix.isdigit() and any(rule.id.startswith(f"AP{prefix}") for rule in RULES):
        return f" (is it AP{prefix}?)"
    return ""


def list_findings(
    store: Store,
    request: CheckRequest,
    counts: dict[Answer, int] | None = None,
    along: Along | None = None,
) -> Iterator[Finding]:
    """List the findings that a request asks for, one at a time.

    A record that several subjects share is checked once. `counts` says in the end how often each
    of the other answers was given; `along` shows progress. If findings are explained, they name who
    recorded their facts.
    """
    checker = Checker(
        Survey(Caseload(store, request.on)), request, {} if counts is None else counts
    )
    findings = checker.list_findings(along)
    if not request.why:
        return findings
    from .explained import Sources

    return Sources(store).of(findings)


def seeks_damage_alone(rules: Sequence[Rule]) -> bool:
    """Tell whether records that cannot be read are sought, but by fewer rules than there are."""
    return any(rule in rules for rule in CAN_BE_READ) and not set(IN_FORCE) <= set(rules)


def part_rules(rules: Sequence[Rule]) -> dict[tuple[type[AnyCase], bool], Sequence[Rule]]:
    """Part rules by the kind of case that they are about, and by whether it is over."""
    kinds: tuple[type[AnyCase], ...] = (PlacementCase, ProviderCase, PupilCase)
    return {(kind, over): rules_for(kind, rules, over) for kind in kinds for over in (False, True)}


class Checker:
    """Checks the cases of a survey as a request asks, and counts the answers it leaves out."""

    def __init__(self, survey: Survey, request: CheckRequest, counts: dict[Answer, int]) -> None:
        self.survey = survey
        self.caseload = survey.cases
        self.request = request
        self.counts = counts
        rules = apply_county(request.rules, self.caseload.county)
        self._rules = part_rules(rules)
        self._read_first: Mapping[tuple[type[AnyCase], bool], Sequence[Rule]] = {}
        if seeks_damage_alone(request.rules):
            self._read_first = part_rules(apply_county(IN_FORCE, self.caseload.county))

    def list_findings(self, along: Along | None = None) -> Iterator[Finding]:
        """List the findings about all subjects, or about everything."""
        subjects = self.request.subjects
        if len(subjects) > 1:
            return self.keep_answers(self._list_without_repeats(subjects), self.request.answers)
        return self._list_about(subjects[0] if subjects else None, self.request.answers, along)

    def _list_without_repeats(self, subjects: Sequence[Subject]) -> Iterable[Finding]:
        unrepeated: dict[tuple[str, str], Finding] = {}
        for subject in subjects:
            for finding in self._list_about(subject, ANSWERS):
                unrepeated.setdefault((finding.rule, finding.subject), finding)
        return unrepeated.values()

    def _list_about(
        self, subject: Subject | None, answers: Container[Answer], along: Along | None = None
    ) -> Iterator[Finding]:
        groups = self.survey.every(subject, self.request.every)
        if along:
            scope = self.survey.scope(subject, self.request.every)
            groups = iter(along(groups, count_placements(self.caseload.store, scope)))
        return self._answer(groups, self._asks_all(subject[0] if subject else None), answers)

    def list_about_placements(self, numbers: Sequence[int]) -> Iterator[Finding]:
        """List the findings about these placements by themselves, whatever is of their parties.

        Of one that has ended everything is asked.
        """
        groups = self.survey.placements_alone(numbers)
        return self._answer(groups, self._asks_all(Placement), self.request.answers)

    def _answer(
        self,
        groups: Iterable[tuple[AnyCase, ...]],
        asks_all: bool,
        answers: Container[Answer],
    ) -> Iterator[Finding]:
        """List the findings about groups of cases; `asks_all` of those that have ended as well."""
        history = self.caseload.figures["ended.days"]
        for cases in groups:
            rules = self._rules_of(cases[0], asks_all)
            try:
                self._read_whole(cases)
                found = list(self.answer_over_days(cases, rules, answers))
            except StoreProblem as problem:  # a rule was the first to read something damaged
                damaged = UnreadCase(self.request.on, cases[0].ref, str(problem))
                found = list(self._check(damaged, CAN_BE_READ, answers))
            if not asks_all and is_long_over(cases[0], history):
                found = list(filter(still_matters, found))
            yield from found

    def _read_whole(self, cases: Sequence[AnyCase]) -> None:
        """Read all that rules read of a record, if only its damage is sought.

        Rules are the first to read most of a record; raise StoreProblem if one cannot.
        """
        for case in cases if self._read_first else ():
            if not isinstance(case, UnreadCase):
                over = isinstance(case, PlacementCase) and case.over
                deque(check_case(case, self._read_first[type(case), over]), maxlen=0)

    def _rules_of(self, case: AnyCase, asks_all: bool) -> Sequence[Rule]:
        if isinstance(case, UnreadCase):
            return CAN_BE_READ
        over = isinstance(case, PlacementCase) and case.over and not asks_all
        return self._rules[type(case), over]

    def _asks_all(self, about: type[Noun] | None) -> bool:
        """Tell whether everything is asked of a placement that has ended.

        It is if it is checked by itself, or every placement is.
        """
        return self.request.every or (self.request.whole and about is Placement)

    def answer_over_days(
        self, cases: Sequence[AnyCase], rules: Sequence[Rule], answers: Container[Answer]
    ) -> Iterator[Finding]:
        """List the findings about one record; a rule that looks ahead gives its worst answer."""
        today, *to_come = cases
        if not to_come:
            return self._check(today, rules, answers)
        ahead = [rule for rule in rules if rule.ahead]
        findings = list(self._check(today, rules, ANSWERS))
        for case in to_come:
            findings += self._check(case, ahead, ANSWERS)
        return self.keep_answers(keep_worst(findings), answers)

    def _check(
        self, case: AnyCase, rules: Sequence[Rule], answers: Container[Answer]
    ) -> Iterator[Finding]:
        return check_case(
            case,
            rules,
            answers=answers,
            severities=self.request.severities,
            why=self.request.why,
            counts=self.counts,
            warnings=self.request.warnings,
            worded=self.request.worded,
        )

    def keep_answers(
        self, findings: Iterable[Finding], answers: Container[Answer]
    ) -> Iterator[Finding]:
        """Keep the findings with these answers; count the rest."""
        for finding in findings:
            if self.request.shows(finding, answers):
                yield finding
            else:
                self.counts[finding.answer] = self.counts.get(finding.answer, 0) + 1


def is_long_over(case: AnyCase, history: int) -> bool:
    """Tell whether a placement ended so many days ago that what is missing of it is history."""
    if not isinstance(case, PlacementCase) or case.placement.ended is None:
        return False
    return (case.now - case.placement.ended).days > history


def still_matters(finding: Finding) -> bool:
    """Tell whether a finding about a placement that ended long ago still asks for something.

    It does if a child may be unsafe, or if the law is broken.
    """
    return finding.answer not in OPEN or finding.urgency in (Urgency.SAFETY, Urgency.LAW)


def apply_county(rules: tuple[Rule, ...], county: County) -> tuple[Rule, ...]:
    """Drop local rules that the county does not use and, if all are asked for, add its own."""
    held = tuple(rule for rule in rules if holds_in(rule, county))
    return (*held, *rules_of(county)) if rules is IN_FORCE else held


def rules_for(kind: type[AnyCase], rules: Sequence[Rule], over: bool = False) -> tuple[Rule, ...]:
    """Select the rules for this kind of case; if it has ended, only those about afterwards."""
    return tuple(
        rule for rule in rules if issubclass(kind, rule.about) and (rule.goes_on or not over)
    )
