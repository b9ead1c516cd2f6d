"""Rules: what one is, how it answers, and how an answer is explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict, cast

from msgspec import Struct

from ..domain.calendar import REVIEW_RULE
from ..domain.entries.during import Waiver
from ..domain.facts import CannotTell, Fact, Unknown, recorded
from ..domain.forms import Record
from .case import Case
from .remedies import remedy_for, told_gap
from .subjects import AnyCase
from .watched import Note, Watched

Says = Fact[bool] | None
"""What a rule says: True is met, False breached, None does not apply, Unknown cannot be told."""


class Severity(StrEnum):
    """How much a rule binds, from the law down."""

    MUST = "must"
    SHOULD = "should"
    LOCAL = "local"
    ADVISE = "advise"


class Answer(StrEnum):
    """How a rule answers."""

    MET = "met"
    BREACHED = "breached"
    NOT_YET = "not yet"
    CANNOT_TELL = "cannot tell"
    NOT_APPLICABLE = "not applicable"


class Status(StrEnum):
    """What a rule rests on."""

    STATUTE = "statute"
    STATUTORY_GUIDANCE = "statutory guidance"
    NON_STATUTORY = "non-statutory"
    LOCAL = "local"
    ENACTED = "enacted-not-commenced"
    PROPOSED = "proposed"


class Stage(StrEnum):
    """When in a placement a rule asks."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


MUST, SHOULD, LOCAL, ADVISE = Severity
MET, BREACHED, NOT_YET, CANNOT_TELL, NOT_APPLICABLE = Answer
OPEN = (BREACHED, NOT_YET, CANNOT_TELL)
"""The answers that ask for something to be done."""

BEFORE, DURING, AFTER = Stage
ORDER = (MUST, SHOULD, LOCAL, ADVISE)
STATUSES = {MUST: Status.STATUTE, SHOULD: Status.STATUTORY_GUIDANCE, LOCAL: Status.LOCAL, ADVISE: Status.NON_STATUTORY}


class Rule(Struct, frozen=True):
    """What is right, who says so, and the function that decides it."""

    id: str
    title: str
    severity: Severity
    status: Status
    stage: Stage
    about: type[Record]
    cites: tuple[str, ...]
    decide: Callable[[Any], Says]
    breach: Callable[[Any], str]
    remedy: Callable[[Any], str]
    due: Callable[[Any], date | None] | None
    applies: Callable[[Any], Fact[bool]] | None
    group: str
    ahead: bool
    since: date | None
    until: date | None
    eases: tuple[Severity, Callable[[Any], bool]] | None = None
    warns: Callable[[Any], str] | None = None

    @property
    def guidance(self) -> str:
        """The rule in plain words."""
        from inspect import cleandoc

        return cleandoc(self.decide.__doc__ or "")

    def in_force(self, on: date) -> bool:
        """Whether the rule is in force on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    @property
    def binds(self) -> str:
        """How much it binds, in words: "must", or "must or should" where it depends on the case."""
        return f"{self.severity} or {self.eases[0]}" if self.eases else str(self.severity)

    def weighs(self, case: AnyCase) -> Severity:
        """How much it binds in a case: some rules bind a maintained school by law, and others as guidance."""
        return self.eases[0] if self.eases and self.eases[1](case) else self.severity

    def today(self, case: AnyCase) -> date:
        """The day on which a case is judged: what comes after a placement is asked of today, the rest as it was."""
        return case.now if self.stage is AFTER else case.on

    def applicable(self, case: AnyCase) -> bool | Unknown:
        """Whether the rule applies to a case; the fact that is missing where that cannot be told."""
        try:
            return self.applies is None or bool(self.applies(case))
        except CannotTell as gap:
            return gap.unknown

    def answer(self, case: AnyCase, applicable: bool | Unknown | None = None) -> tuple[Answer, Unknown | None]:
        """The answer, and the fact that was missing; `applicable` is given where it was asked already."""
        applies = self.applicable(case) if applicable is None else applicable
        if isinstance(applies, Unknown):
            return CANNOT_TELL, applies
        if not applies:
            return NOT_APPLICABLE, None
        try:
            says = self.decide(case)
            if says is None:
                return NOT_APPLICABLE, None
            if says:
                return MET, None
            if self.due is not None and ((day := self.due(case)) is None or self.today(case) <= day):
                return NOT_YET, None
        except CannotTell as missing:
            return CANNOT_TELL, missing.unknown
        return BREACHED, None

    def explain(self, case: AnyCase) -> tuple[Note, ...]:
        """What the rule looks at, in order: the same function, on a watched case."""
        notes: list[Note] = []
        self.answer(cast(AnyCase, Watched(case, notes)))
        return tuple(dict.fromkeys(notes))


def rule(
    id: str,
    title: str,
    severity: Severity,
    *,
    cites: Sequence[str],
    breach: Callable[[Any], str],
    remedy: Callable[[Any], str],
    about: type[Record] = Case,
    stage: Stage = DURING,
    status: Status | None = None,
    due: Callable[[Any], date | None] | None = None,
    applies: Callable[[Any], Fact[bool]] | None = None,
    group: str = "",
    ahead: bool = False,
    since: date | None = None,
    until: date | None = None,
    eases: tuple[Severity, Callable[[Any], bool]] | None = None,
    warns: Callable[[Any], str] | None = None,
) -> Callable[[Callable[[Any], Says]], Rule]:
    """Makes a rule of the function that decides it.

    With `due` it is a rule about the record: outstanding until that day. With `ahead` it is also asked on each day to
    come on which a planned placement starts. `group` names the rules that a list tells together. `eases` is a lower
    severity, and in which cases it holds; `warns` says of what is met where it is met only just.
    """
    rest = status or STATUSES[severity]

    def make(decide: Callable[[Any], Says]) -> Rule:
        return Rule(
            id, title, severity, rest, stage, about, tuple(cites), decide, breach, remedy, due, applies, group, ahead, since, until, eases, warns
        )

    return make


class Waived(TypedDict):
    """The waiver that covers a finding: by whom, why, since when and until when."""

    by: str | None
    reason: str
    day: date
    until: date | None


class Finding(Struct, frozen=True):
    """One rule's answer about one subject."""

    rule: str
    answer: Answer
    severity: Severity
    subject: str
    message: str
    due: date | None
    cites: tuple[str, ...]
    remedy: str
    waived: Waived | None
    why: tuple[Note, ...] | None = None


def check(case: AnyCase, rules: Sequence[Rule], why: bool = False) -> Iterator[Finding]:
    """Every answer about one case; a condition that rules share is asked once."""
    conditions: dict[Any, bool | Unknown] = {}
    for each in rules:
        if not isinstance(case, each.about) or not each.in_force(case.on):
            continue
        if each.applies not in conditions:
            conditions[each.applies] = each.applicable(case)
        yield finding(each, case, *each.answer(case, conditions[each.applies]), why)


def finding(each: Rule, case: AnyCase, answer: Answer, missing: Unknown | None, why: bool = False) -> Finding:
    """An answer with its message, its remedy and the waiver that covers it."""
    open_ = answer in OPEN
    due = each.due(case) if each.due is not None and answer in (BREACHED, NOT_YET) else None
    if missing is not None:
        message, remedy = told_gap(missing), remedy_for(missing, case)
    else:
        warning = each.warns(case) if each.warns and answer is MET else ""
        message, remedy = (each.breach(case), each.remedy(case)) if open_ else (each.title + (f"; {warning}" if warning else ""), "")
    severity = each.weighs(case) if open_ else each.severity
    waived = waiver(each, case) if open_ and severity is not MUST else None
    return Finding(each.id, answer, severity, case.ref, message, due, each.cites, remedy, waived, each.explain(case) if why else None)


def waiver(each: Rule, case: AnyCase) -> Waived | None:
    """The waiver that covers a rule on the day of a case, or None; one of AP503 counts as a review, and covers nothing."""
    if each.id == REVIEW_RULE:
        return None
    for one in reversed(case.entries.all(Waiver)):
        if one.rule == each.id and (not recorded(one.until) or each.today(case) <= one.until):
            return {
                "by": one.by if recorded(one.by) else None,
                "reason": one.reason,
                "day": one.day,
                "until": one.until if recorded(one.until) else None,
            }
    return None


WORST = (BREACHED, CANNOT_TELL, NOT_YET, MET, NOT_APPLICABLE)


def worst(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding a rule, where a subject was asked on several days: the worst, and of those the earliest; what is waived last."""

    def badness(each: Finding) -> tuple[bool, int]:
        return each.waived is not None, WORST.index(each.answer)

    found: dict[str, Finding] = {}
    for each in findings:
        if each.rule not in found or badness(each) < badness(found[each.rule]):
            found[each.rule] = each
    yield from found.values()
