"""What a rule is: what is right, how much it binds, by when, whether it holds, what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from ..forms.facts import CannotTell, Fact, Unknown
from ..forms.form import Record
from .cases.base import Case
from .cases.placement import PlacementCase
from .cases.provider import ProviderCase
from .cases.pupil import PupilCase
from .cases.subjects import AnyCase
from .task import Remedy, Urgency, Weight, Who
from .watched import Note, Watched

C = TypeVar("C")

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
    RECORD = "record"


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

SAFETY = Urgency.SAFETY

Answered = tuple[Answer, Unknown | None, date | None]
"""An answer, the gap where it cannot be told, and the day by which what is asked for is due."""


DOES_NOT_APPLY: Answered = (NOT_APPLICABLE, None, None)


class Condition:
    """When rules apply: a test that they share, asked once a case, and the reason where it fails.

    `within` is a condition that has to hold first: where that fails, its reason is the true one.
    """

    __slots__ = ("otherwise", "test", "within")

    def __init__(
        self,
        test: Callable[[Any], Any],
        otherwise: str | Callable[[Any], str],
        within: Condition | None = None,
    ) -> None:
        self.test, self.otherwise, self.within = test, otherwise, within

    def __call__(self, case: Any) -> Any:
        """Ask the test, and first what has to hold before it; a gap in either raises CannotTell."""
        if self.within is not None and not self.within(case):
            return False
        return self.test(case)

    def reason(self, case: Any) -> str:
        """Say why rules do not apply to a case for which the condition fails."""
        if self.within is not None and not self.within(case):
            return self.within.reason(case)
        return self.otherwise if isinstance(self.otherwise, str) else self.otherwise(case)


def condition(
    otherwise: str | Callable[[Any], str], within: Condition | None = None
) -> Callable[[Callable[[Any], Any]], Condition]:
    """Make a condition of its test; `otherwise` completes "Does not apply: …"."""

    def make(test: Callable[[Any], Any]) -> Condition:
        return Condition(test, otherwise, within)

    return make


class BaseRule(Generic[C]):
    """What is right, who says so, by when, whether it holds, what is wrong and what to do.

    The first line of the docstring is the title, the rest is the guidance.

    `task` is what a person does about it, `key` names it in one word, `label` in a count.
    `lighter` is a lower severity, for cases in which `binds_less` is true.
    `weight` says what comes first of what is as urgent.
    `done_by` names who does it: the first, unless `who_for` says that another does in a case.
    `silent` completes "Does not apply: …" where `holds` returns None.
    A rule with `afterwards` is asked of an ended placement as well, as it is now.
    A rule with `ahead` is also asked on each day to come on which a planned placement starts.
    `group` names the rules that a list shows as one line where they are all missing.
    `since` and `until` are the days between which it is in force.
    """

    id: str
    severity: Severity
    sources: tuple[str, ...]
    title: str
    guidance: str
    status: Status
    about: type[Record]
    task: str = ""
    key: str = ""
    label: str = ""
    urgency: Urgency | None = None
    weight: Weight = Weight.PAPERS
    done_by: tuple[Who, ...] = (Who.COMMISSIONER,)
    stage: Stage = DURING
    applies: Condition | None = None
    silent: str = ""
    lighter: Severity | None = None
    afterwards: bool = False
    ahead: bool = False
    group: str = ""
    since: date | None = None
    until: date | None = None
    has_due: bool = False
    has_warning: bool = False

    def __init_subclass__(cls) -> None:
        written = vars(cls)
        if "severity" in written and "status" not in written:
            cls.status = STATUSES[cls.severity]
        if "id" in written and cls.__doc__:
            cls.title, cls.guidance = read_docstring(cls.__doc__)
        cls.has_due = cls.due is not BaseRule.due
        cls.has_warning = cls.warning is not BaseRule.warning

    def holds(self, case: C) -> Says:
        """Return True for met, False for breached, None for does not apply, or the gap."""
        raise NotImplementedError

    def due(self, case: C) -> date | None:
        """Return the day by which it must be on record; a rule without one is broken at once."""
        return None

    def has_time(self, case: C) -> bool:
        """Tell whether what is wrong may be put right until the due day; else it is broken now."""
        return True

    def is_late(self, case: C, day: date) -> Fact[bool]:
        """Tell whether the day by which it is due has gone by; the gap if nobody can tell."""
        return cast(AnyCase, case).now > day

    def problem(self, case: C) -> str:
        """Say what is wrong, in a sentence about a person or a place."""
        raise NotImplementedError

    def proof(self, case: C) -> str:
        """Say why a breach is certain in spite of a gap; empty if nothing is missing."""
        return ""

    def remedy(self, case: C) -> Remedy:
        """Return what mends it."""
        raise NotImplementedError

    def warning(self, case: C) -> str:
        """Say what is close where it is met only just; empty otherwise."""
        return ""

    def binds_less(self, case: C) -> bool:
        """Tell whether the rule binds only as much as `lighter` in a case."""
        return False

    def task_for(self, case: C) -> str:
        """Return what a person does about it in this case."""
        return self.task

    def urgency_for(self, case: C) -> Urgency | None:
        """Return how soon an open finding of a case is dealt with; None leaves it to the answer."""
        return self.urgency

    def who_for(self, case: C) -> Who:
        """Return who does what an open finding of a case asks for."""
        return self.done_by[0]

    @property
    def binds(self) -> str:
        """How much it binds, in words: "must", or "must or should" where the case decides."""
        return f"{self.severity} or {self.lighter}" if self.lighter else str(self.severity)

    def in_force(self, on: date) -> bool:
        """Tell whether the rule is in force on a day."""
        began = self.since is None or self.since <= on
        return began and (self.until is None or on <= self.until)

    def weighs(self, case: AnyCase) -> Severity:
        """Return how much it binds in a case: law for some commissioners, guidance for others."""
        if self.lighter and self.binds_less(cast(C, case)):
            return self.lighter
        return self.severity

    @property
    def keeps_safe(self) -> bool:
        """Whether a breach of it can be one of safety: then it is never waived."""
        return self.urgency is SAFETY

    @property
    def goes_on(self) -> bool:
        """Whether it is asked after the end of a placement, as things are then."""
        return self.stage is AFTER or self.afterwards

    def judged_on(self, case: AnyCase) -> date:
        """Return today for rules about afterwards, otherwise the case's day."""
        return case.now if self.goes_on else case.on

    def applicable(self, case: AnyCase) -> bool | Unknown:
        """Tell whether the rule applies to a case, or return the gap where that is not known."""
        try:
            return self.applies is None or bool(self.applies(case))
        except CannotTell as gap:
            return gap.unknown

    def answer(self, case: AnyCase, applicable: bool | Unknown | None = None) -> Answered:
        """Answer for a case; `applicable` is given where it was asked already."""
        applies = self.applicable(case) if applicable is None else applicable
        if applies is False:
            return DOES_NOT_APPLY
        if isinstance(applies, Unknown):
            return CANNOT_TELL, applies, None
        try:
            return self._decide(cast(C, case))
        except CannotTell as gap:
            return CANNOT_TELL, gap.unknown, None

    def _decide(self, case: C) -> Answered:
        says = self.holds(case)
        if says is None:
            return DOES_NOT_APPLY
        if says:
            return MET, None, None
        if not self.has_due or not self.has_time(case):
            return BREACHED, None, None
        day = self.due(case)
        late: Fact[bool] = day is not None and self.is_late(case, day)
        if isinstance(late, Unknown):
            return CANNOT_TELL, late, day
        return BREACHED if late else NOT_YET, None, day

    def explain(self, case: AnyCase) -> tuple[Note, ...]:
        """List what the rule looks at, in order: the same rule, on a watched case."""
        notes: list[Note] = []
        self.answer(cast(AnyCase, Watched(case, notes)))
        return tuple(dict.fromkeys(notes))

    def why_not(self, case: AnyCase) -> str:
        """Complete "Does not apply: …" with the true reason."""
        if self.applies is not None and self.applicable(case) is False:
            return self.applies.reason(case)
        return self.silent


Rule = BaseRule[Any]
"""Any rule, whatever it is about."""


def read_docstring(text: str) -> tuple[str, str]:
    """Read a rule's title and guidance from its docstring; each paragraph becomes one line."""
    title, _, rest = text.strip().partition("\n")
    paragraphs = (" ".join(part.split()) for part in rest.strip().split("\n\n"))
    return title.strip().rstrip("."), "\n\n".join(paragraphs)


class PlacementRule(BaseRule[PlacementCase]):
    """A rule about a placement."""

    about = PlacementCase


class ProviderRule(BaseRule[ProviderCase]):
    """A rule about a provider."""

    about = ProviderCase


class PupilRule(BaseRule[PupilCase]):
    """A rule about a pupil."""

    about = PupilCase


class AnyRule(BaseRule[Any]):
    """A rule about a placement, a provider or a pupil."""

    about = Case
