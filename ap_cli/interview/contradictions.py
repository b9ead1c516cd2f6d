"""What in the answers about a placement cannot be: refused at once, and last on the review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ..domain.placement import Placement
from ..domain.plausible import contradictions
from ..domain.pupil import Pupil
from ..domain.readers import answers_of, fill
from ..errors import ApError
from ..policy.figures import in_force
from ..services import records, refusals
from ..store.author import Author
from ..store.opening import Store
from .review import Stop, list_missing, read_problem
from .run import Interview
from .steps import Answers
from .written import without_entries

STAND_INS = {"provider": "PR-0001", "route": "school-arranged", "hours": "1"}
"""Answers that stand in for what is not answered yet, and that contradict nothing."""

DAYS = ("ends", "review_date", "visited", "full_time_from", "home_until")
"""The answers that cannot be out of order before the first day is known."""

ABOUT = {
    "planned to end": "ends",
    "review is agreed": "review_dates",
    "visit before": "visited",
    "back full time": "full_time_from",
    "time at home is to end": "home_until",
    "do not fit into": "weekly_minutes",
    "cannot be at school": "at_school",
    "at school and": "at_school",
    "at the provider and": "at_provider",
    "it starts on": "starts",
}
"""The question to change, by words of what is wrong; the first that fits counts."""


class Contradictions:
    """Finds what contradicts itself among the answers of an interview.

    `typed` are those that a person gave: what is worked out of them follows a new one.
    """

    def __init__(
        self,
        store: Store,
        asking: Interview,
        author: Author,
        today: date,
        typed: Callable[[], Answers],
    ) -> None:
        self.store, self.asking, self.author, self.today = store, asking, author, today
        self._typed = typed

    def caused_by(self, read: Answers) -> str:
        """What contradicts the other answers once these are added; empty if nothing does."""
        before = self._find(self._typed())
        after = self._find({**self._typed(), **read})
        fresh = [problem for problem in after if problem not in before]
        return f"{fresh[0][:1].upper()}{fresh[0][1:]}." if fresh else ""

    def _find(self, answers: Mapping[str, Any]) -> tuple[str, ...]:
        """The contradictions among answers, whatever is still missing."""
        left = {
            question: value
            for question, value in without_entries(answers).items()
            if question not in ("skipped", "not_known")
        }
        if self.asking.base:
            left = answers_of(self.asking.base) | left
        if not left.get("pupil"):
            return ()
        if not left.get("starts"):
            left = {key: value for key, value in left.items() if key not in DAYS}
        stand_ins = {**STAND_INS, "starts": self.today.isoformat()}
        try:
            placement = fill(Placement, {**stand_ins, **left}, self.today)
            pupil = records.get(self.store, Pupil, placement.pupil, self.today)
        except ApError:
            return ()
        return contradictions(
            placement.with_visit_booked(self.today),
            pupil,
            in_force(self.today)["session.longest"],
        )

    def stops(self, asking: Interview) -> list[Stop]:
        """What stops saving: what is missing, else what contradicts itself."""
        if missing := list_missing(asking):
            return missing
        try:
            given = without_entries(asking.given())
            base = asking.base if isinstance(asking.base, Placement) else None
            placement = fill(Placement, given, self.today, self.author.who, base)
        except ApError as problem:
            return [read_problem(asking, str(problem))]
        ready = placement.with_visit_booked(self.today)
        problems = refusals.problems(self.store, ready, self.today)
        return [self._locate(asking, problem) for problem in problems]

    def _locate(self, asking: Interview, problem: str) -> Stop:
        """The step that a problem is about, if its flag or its words say so."""
        step, why = read_problem(asking, problem)
        if step is not None:
            return step, why
        names = (name for sign, name in ABOUT.items() if sign in problem)
        return asking.step(next(names, "")), problem
