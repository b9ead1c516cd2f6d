"""Rules: what one is, how it answers, and how an answer is explained."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict, cast

from msgspec import Struct

from ..domain.calendar import REVIEW_RULE
from ..domain.entries.during import Waiver
from ..forms.facts import CannotTell, Fact, Unknown, recorded
from ..forms.form import Record
from .cases.placement import Case
from .cases.subjects import AnyCase
from .remedies import remedy_for, told_gap
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

    __hash__ = str.__hash__  # an enumeration's own is slow, and answers are counted

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
MET, BREACHED, NOT_YET, CANNOT_TELL, NOT_APPLICABLE = ANSWERS = tuple(Answer)
OPEN = (BREACHED, NOT_YET, CANNOT_TELL)
"""The answers that ask for something to be done."""

BEFORE, DURING, AFTER = Stage
ORDER = (MUST, SHOULD, LOCAL, ADVISE)
STATUSES = {
    MUST: Status.STATUTE,
    SHOULD: Status.STATUTORY_GUIDANCE,
    LOCAL: Status.LOCAL,
    ADVISE: Status.NON_STATUTORY,
}


Answered = tuple[Answer, Unknown | None, date | None]
"""An answer, the fact that was missing where it cannot be told, and the day by which what is asked for is due."""


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
        """The rule in plain words: a line for each paragraph, with an empty one between."""
        return "\n\n".join(
            " ".join(paragraph.split()) for paragraph in (self.decide.__doc__ or "").split("\n\n")
        )

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

    def answer(self, case: AnyCase, applicable: bool | Unknown | None = None) -> Answered:
        """The answer, with the fact that was missing and the day by which it is due; `applicable` is given where it was asked already."""
        applies = self.applicable(case) if applicable is None else applicable
        if applies is not True:
            return (
                (CANNOT_TELL, applies, None)
                if isinstance(applies, Unknown)
                else (NOT_APPLICABLE, None, None)
            )
        try:
            says = self.decide(case)
            if says is None:
                return NOT_APPLICABLE, None, None
            if says:
                return MET, None, None
            if self.due is None:
                return BREACHED, None, None
            day = self.due(case)
            return NOT_YET if day is None or case.now <= day else BREACHED, None, day
        except CannotTell as missing:
            return CANNOT_TELL, missing.unknown, None

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
            id,
            title,
            severity,
            rest,
            stage,
            about,
            tuple(cites),
            decide,
            breach,
            remedy,
            due,
            applies,
            group,
            ahead,
            since,
            until,
            eases,
            warns,
        )

    return make


class Waived(TypedDict):
    """The waiver that covers a finding: by whom, why, since when and until when."""

    by: str | None
    reason: str
    day: date
    until: date | None


class Finding(Struct, frozen=True, omit_defaults=True):
    """One rule's answer about one subject; its explanation only where it was asked for."""

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


class Wanted(Struct, frozen=True):
    """What is asked of a check.

    `every` asks all of what is over as well, `why` explains. Only the answers `told` become findings; the rest are counted.
    Findings of other `severities` are left out; `whole` asks all of a placement that is over where it is asked about by itself.
    """

    rules: tuple[Rule, ...]
    every: bool = False
    why: bool = False
    told: Container[Answer] = ANSWERS
    rest: dict[Answer, int] = {}
    severities: Container[Severity] = ORDER
    whole: bool = True

    def left_out(self, answer: Answer) -> None:
        """Counts an answer that is not told."""
        self.rest[answer] = self.rest.get(answer, 0) + 1


def check(case: AnyCase, rules: Sequence[Rule], wanted: Wanted) -> Iterator[Finding]:
    """The answers of these rules, which are about its kind, about one case; a condition that rules share is asked once."""
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


def finding(each: Rule, case: AnyCase, answered: Answered, why: bool = False) -> Finding:
    """An answer with its message, its remedy and the waiver that covers it."""
    answer, missing, due = answered
    open_ = answer in OPEN
    if missing is not None:
        message, remedy = told_gap(missing), remedy_for(missing, case)
    elif open_:
        message, remedy = each.breach(case), each.remedy(case)
    else:
        warning = each.warns(case) if each.warns and answer is MET else ""
        message, remedy = (
            (
                why_not(each, case)
                if answer is NOT_APPLICABLE
                else each.title + (f"; {warning}" if warning else "")
            ),
            "",
        )
    severity = each.weighs(case) if open_ and each.eases else each.severity
    waived = (
        waiver(each, case) if open_ and severity is not MUST and case.entries.has(Waiver) else None
    )
    return Finding(
        each.id,
        answer,
        severity,
        case.ref,
        message,
        due,
        each.cites,
        remedy,
        waived,
        each.explain(case) if why else None,
    )


def why_not(each: Rule, case: AnyCase) -> str:
    """Why a rule does not apply to a case: its condition, where it has one that does not hold; else that there is nothing to ask of it."""
    from .watched import summary

    if each.applies and each.applicable(case) is False:
        asked = summary(each.applies).removeprefix("whether ")
        return (
            f"not asked, as it is not so that {asked}" if asked else f"not asked here: {each.title}"
        )
    return f"nothing here to ask it of: {each.title}"


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
