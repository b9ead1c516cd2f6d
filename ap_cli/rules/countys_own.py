"""The rules that a county's overlay writes, and which rules hold in a county."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from ..domain.entries import KINDS
from ..errors import ApError
from ..forms.facts import Unknown, recorded
from ..forms.form import TIMES, Pence
from ..forms.text import hours, pounds
from ..policy.county import County, CountyRule
from .cases.placement import PlacementCase
from .cases.provider import ProviderCase
from .conditions import at_the_first_review, outside_the_school
from .gaps import as_asked, question_of, remedy_for
from .rule import BEFORE, LOCAL, STATUSES, BaseRule, Rule, Says, Severity
from .task import Remedy

CASES: dict[str, type[PlacementCase] | type[ProviderCase]] = {
    "placement": PlacementCase,
    "provider": ProviderCase,
}


@cache
def rules_of(county: County) -> tuple[Rule, ...]:
    """Return the rules that a county's overlay writes, in order of their ids."""
    own = {rule.id: rule for rule in county.rules}
    return tuple(CountysRule(own[id]) for id in sorted(own))


def holds_in(rule: Rule, county: County) -> bool:
    """Tell whether a rule holds in a county.

    A local rule holds unless the overlay leaves it out (`without_rules`), or names others only
    (`local_rules`). A rule that a county writes holds in that county.
    """
    if isinstance(rule, CountysRule):
        return any(rule.id == own.id for own in county.rules)
    if rule.severity is not LOCAL:
        return True
    if rule.id in county.without_rules:
        return False
    return county.local_rules is None or rule.id in county.local_rules


class CountysRule(BaseRule[Any]):
    """A rule of a county's own, made from what its overlay says."""

    stage = BEFORE

    def __init__(self, own: CountyRule) -> None:
        self.own = own
        self.id, self.title, self.guidance = own.id, own.title, own.guidance
        self.severity = Severity(own.severity)
        self.status = STATUSES[self.severity]
        self.sources = tuple(own.cites)
        self.about = CASES[own.about]
        self.key, self.label, self.task = own.id.lower(), own.title, own.title
        self.has_due = bool(own.answered or own.yes)
        if own.about == "placement" and own.outside_only:
            self.applies = outside_the_school

    def due(self, case: Any) -> date | None:
        if self.own.by == "first-review":
            return at_the_first_review(case)
        day: date | None = (
            case.before_the_first_start if self.own.about == "provider" else case.before_the_start
        )
        return day

    def holds(self, case: Any) -> Says:
        return not open_questions(case, self.own) and not over_the_line(case, self.own)

    def problem(self, case: Any) -> str:
        names = open_questions(case, self.own)
        if not names:
            return "; ".join(off(case, name, self.own) for name in over_the_line(case, self.own))
        return f"not answered: {', '.join(ask_for(case, name) for name in names)}"

    def remedy(self, case: Any) -> Remedy:
        names = [*open_questions(case, self.own), *over_the_line(case, self.own)]
        return remedy_for(Unknown(next(iter(names), "")), case)


def fact(case: Any, name: str) -> Any:
    """Return a fact by its name, "placement.aim" or "risk.statement"; the gap if not recorded."""
    form, _, field = name.partition(".")
    return case.said(name) if form in KINDS else getattr(getattr(case, form), field)


def open_questions(case: Any, own: CountyRule) -> Sequence[str]:
    """Name the questions of a county's rule that are open, or answered no where yes is wanted."""
    names = [name for name in own.answered if not recorded(fact(case, name))]
    for name in own.yes:
        answer = fact(case, name)
        if not recorded(answer) or answer is False:
            names.append(name)
    return names


def over_the_line(case: Any, own: CountyRule) -> Sequence[str]:
    """Name the facts that are more, or less, than their figure; raise CannotTell for a gap."""
    over = [
        name for name, figure in own.at_most.items() if fact(case, name) > limit(case, own, figure)
    ]
    under = [
        name for name, figure in own.at_least.items() if fact(case, name) < limit(case, own, figure)
    ]
    return over + under


def limit(case: Any, own: CountyRule, figure: str) -> int:
    """Return the figure that a county's rule compares with; raise ApError if there is none.

    An overlay is refused with such a rule: this one was put in force with an earlier version.
    """
    try:
        value: int = case.figures[figure]
    except LookupError:
        mend = "name one of `ap rules figures` in the overlay, and put it in force again"
        raise ApError(
            f"{own.id} asks for the figure {figure}, which is not there: {mend}"
        ) from None
    return value


def ask_for(case: Any, name: str) -> str:
    """Quote an open question; say so where the answer is no."""
    answered_no = " (recorded: no)" if recorded(fact(case, name)) else ""
    return as_asked(name) + answered_no


def in_units(name: str, value: int) -> str:
    """Say a number in the units of its question: hours, pounds, or as it is."""
    asked = question_of(name)
    kind = asked.type if asked else None
    if kind in TIMES:
        return f"{hours(value)} hours"
    return pounds(value) if kind is Pence else str(value)


def off(case: Any, name: str, own: CountyRule) -> str:
    """Say how far a fact is from its figure."""
    at_most = name in own.at_most
    figure = own.at_most[name] if at_most else own.at_least[name]
    bound = f"{'at most' if at_most else 'at least'} {in_units(name, limit(case, own, figure))}"
    return f"{as_asked(name)}: {in_units(name, fact(case, name))}, where {bound} is right"
