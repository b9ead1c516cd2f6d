"""Rules that questions are answered by a day: of a kind of entry, or of the placement itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..domain.placement import Placement
from ..forms.facts import recorded
from .cases.base import once_a_case
from .cases.placement import PlacementCase
from .gaps import as_asked
from .rule import BEFORE, PlacementRule, Says
from .task import About, Edit, Remedy, Write, about


def missing(case: PlacementCase, names: Sequence[str], yes: Sequence[str]) -> tuple[str, ...]:
    """Name the questions, "risk.statement", that are open, and those of `yes` not answered yes."""
    wanted = (*names, *yes)
    if wanted and not case.held(wanted[0].partition(".")[0]):
        return wanted
    gaps = [name for name in names if not recorded(case.said(name))]
    for name in yes:
        answer = case.said(name)
        if not recorded(answer) or answer is False:
            gaps.append(name)
    return tuple(gaps)


class QuestionsAnswered(PlacementRule):
    """Questions are answered by the day before the start, and some of them with yes.

    `answers` and `yes` name the questions; `lead` begins what is wrong where some are open.
    """

    answers: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    lead: str = "you have not answered"
    stage = BEFORE

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        return not self.gaps(case)

    def gaps(self, case: PlacementCase) -> tuple[str, ...]:
        """Name the questions that are not answered as the rule wants."""
        raise NotImplementedError


class OnRecord(QuestionsAnswered):
    """Questions of a kind of entry, "risk.statement", are answered by a day.

    `nothing` says what is wrong where nothing of the kind is on record.
    """

    nothing: str = ""

    @property
    def kind(self) -> str:
        """The kind of entry that the questions are of."""
        return (*self.answers, *self.yes)[0].partition(".")[0]

    @once_a_case
    def gaps(self, case: PlacementCase) -> tuple[str, ...]:
        return missing(case, self.answers, self.yes)

    def problem(self, case: PlacementCase) -> str:
        gaps = self.gaps(case) or (*self.answers, *self.yes)
        return describe_missing(case, self.nothing, self.lead, gaps)

    def remedy(self, case: PlacementCase) -> Remedy:
        return write_answers(self.record(case), self.kind, self.gaps(case), self.answers)

    def record(self, case: PlacementCase) -> About:
        """Name the record that the entry is about."""
        return about(case.placement)


def describe_missing(case: PlacementCase, nothing: str, lead: str, gaps: Sequence[str]) -> str:
    """Say what is missing of a kind of entry: all of it, or which questions."""
    kind = gaps[0].partition(".")[0]
    if not case.held(kind):
        return nothing
    noes = [as_asked(name) for name in gaps if recorded(case.said(name))]
    open_questions = [as_asked(name) for name in gaps if not recorded(case.said(name))]
    return join_parts(lead, open_questions, noes)


def join_parts(lead: str, open_questions: Sequence[str], noes: Sequence[str]) -> str:
    """Join what is not answered and what is answered with no into a sentence."""
    parts = [f"{lead} {', '.join(open_questions)}"] if open_questions else []
    if noes:
        parts.append(f"the answer is no to {', '.join(noes)}")
    return "; ".join(parts)


def write_answers(
    record: About, kind: str, gaps: Sequence[str], either: Sequence[str] = ()
) -> Write:
    """Return the remedy that answers questions of an entry; `either` may be answered no."""
    ask = tuple(field_of(name) for name in gaps)
    yes = tuple(field_of(name) for name in gaps if name not in either)
    return Write(record, kind, ask, yes)


def field_of(name: str) -> str:
    """Name the field of a question: "statement" of "risk.statement"."""
    return name.rpartition(".")[2]


class InThePlan(QuestionsAnswered):
    """Questions of the placement itself are answered before it starts."""

    @once_a_case
    def gaps(self, case: PlacementCase) -> tuple[str, ...]:
        return unanswered(case.placement, self.answers, self.yes)

    def problem(self, case: PlacementCase) -> str:
        gaps = self.gaps(case)
        noes = [as_asked(f"placement.{name}") for name in gaps if is_answered(case, name)]
        open_questions = [ask_again(case, name) for name in gaps if not is_answered(case, name)]
        return join_parts(self.lead, open_questions, noes)

    def remedy(self, case: PlacementCase) -> Remedy:
        gaps = self.gaps(case)
        return Edit(about(case.placement), gaps, yes=gaps)


def unanswered(placement: Placement, names: Sequence[str], yes: Sequence[str]) -> tuple[str, ...]:
    """Name the questions of a plan that nobody answered, and those of `yes` answered with no."""
    gaps = [name for name in names if not recorded(getattr(placement, name))]
    for name in yes:
        fact = getattr(placement, name)
        if not recorded(fact) or fact is False:
            gaps.append(name)
    return tuple(gaps)


def is_answered(case: PlacementCase, name: str) -> bool:
    """Tell whether a question of the plan is answered."""
    return recorded(getattr(case.placement, name))


def ask_again(case: PlacementCase, name: str) -> str:
    """Quote a question of the plan, and say so if it was asked and the answer is not known yet."""
    asked = as_asked(f"placement.{name}")
    was_asked = getattr(case.placement, name).asked
    return f"{asked} (asked, not known yet)" if was_asked else asked
