"""News of the check: what an answer has caused, said as soon as it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..domain.readers import fill
from ..errors import ApError
from ..forms.facts import recorded
from ..forms.text import hours
from ..rules.engine import Finding
from ..rules.rule import BREACHED
from ..rules.task import Urgency
from ..services import checks, records
from ..services.checks import CheckRequest
from ..services.supposing import NOT_SAVED, UNSAVED
from ..store.author import Author
from ..store.opening import Store
from .steps import Asking

CAUSES = (
    "pupil",
    "provider",
    "place",
    "at_provider",
    "weekly_minutes",
    "starts",
    "ends",
    "route",
    "dual_registered",
)
"""The questions whose answers can cause news."""

FIRST = ("pupil", "provider", "weekly_minutes")
"""What has to be answered before there can be any."""

LOUD = (Urgency.SAFETY, Urgency.LAW)
MOST = 3
"""The most news of one answer."""

SCHOOL_AGE = "AP10"
"""The rules on school age and what comes after it: news, though they are not all law."""

OF_THE_PROVIDER = "AP2"
"""The rules on whether a provider has to be a registered school: they need no route and no day."""

IN_A_WHILE = timedelta(days=28)
"""How far ahead a placement is supposed to start until that is answered."""


class News:
    """What the rules make of the answers so far, each said once."""

    def __init__(self, store: Store, author: Author, today: date, names: str = "full") -> None:
        self.store, self.author, self.today = store, author, today
        self.names = names
        self._said: set[str] = set()

    def fresh(self, asking: Asking, given: Mapping[str, Any]) -> list[str]:
        """The news that was not there before; none if the answers do not suffice yet."""
        if any(asking.value(name) is None for name in FIRST):
            return []
        found = list(self._find(given))
        fresh = [(rule, line) for rule, line in found if rule not in self._said][:MOST]
        self._said = {rule for rule, _ in found if rule in self._said} | {rule for rule, _ in fresh}
        return [line for _, line in fresh]

    def _find(self, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Each broken rule, with a sentence."""
        complete = all(given.get(key) for key in ("starts", "route"))
        soon = (self.today + IN_A_WHILE).isoformat()
        supposed = {"starts": soon, "route": "school-arranged", **given}
        try:
            placement = fill(Placement, supposed, self.today)
            findings = self._check(placement, complete)
        except ApError:  # what contradicts itself is said where it is changed
            return
        for finding in findings:
            yield finding.rule, self._in_words(finding, placement)

    def _check(self, placement: Placement, complete: bool) -> list[Finding]:
        rules = checks.IN_FORCE if complete else checks.rules_like([OF_THE_PROVIDER])
        with self.store.suppose() as supposed:
            records.add(supposed, placement, self.author, self.today, number=NOT_SAVED)
            request = CheckRequest(
                self.today, subjects=[(Placement, NOT_SAVED)], rules=rules, answers=(BREACHED,)
            )
            return list(loud(checks.list_findings(supposed, request)))

    def _in_words(self, finding: Finding, placement: Placement) -> str:
        names = records.named_in_style(self.store, placement, self.today, self.names)
        if finding.rule == "AP202":
            week = f"{hours(placement.weekly_minutes)} hours {self._plan_of(placement)}"
            return f"{week}: {names['provider']} would have to be a registered school."
        if finding.rule == "AP201":
            return (
                f"With {names['pupil']}, {names['provider']} teaches at least five pupils full"
                " time: it would have to be a registered school."
            )
        return plain_sentence(finding.message, placement, names)

    def _plan_of(self, placement: Placement) -> str:
        """Why more than 18 hours make a school: the child's plan, or else that it is in care."""
        pupil = records.get(self.store, Pupil, placement.pupil, self.today)
        has_plan = recorded(pupil.ehcp) and pupil.ehcp.on(placement.starts)
        return "with an EHC plan" if has_plan else "in care"


def loud(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings about a child's safety, a broken law, or school age."""
    for each in findings:
        decides = each.answer is BREACHED and each.rule.startswith(SCHOOL_AGE)
        if each.waived is None and (decides or each.urgency in LOUD):
            yield each


def plain_sentence(message: str, placement: Placement, names: Mapping[str, str]) -> str:
    """What is wrong, up to its first semicolon, with names in place of references."""
    first = message.split("; ")[0].replace(UNSAVED, "this placement")
    pupil = f"P-{placement.pupil:04d}"
    first = first.replace(pupil, names["pupil"])
    return first[:1].upper() + first[1:] + "."
