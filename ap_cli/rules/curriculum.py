"""AP3: what was seen of the curriculum."""

from __future__ import annotations

from datetime import date

from ..domain.entries.before import Visit
from ..forms.facts import recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import needs_every_check
from .rule import BEFORE, SHOULD, PlacementRule, Says
from .safety import CHECK_THE_PROVIDER, CHECKS
from .task import Remedy, Write, about
from .valid import RENEW, counts_until, describe_outdated

CURRICULUM = {
    "english_and_mathematics": "English and mathematics",
    "breadth": "breadth",
    "qualifications": "qualifications",
}
"""What a visit looks at of the curriculum, by its question."""


@once
def curriculum_gaps(case: PlacementCase) -> tuple[str, ...]:
    """List what of the curriculum nobody looked at; if all was, what nobody has within a year."""
    unseen = tuple(title for name, title in CURRICULUM.items() if not last_looked_at(case, name))
    return unseen or tuple(title for _, title in curriculum_outdated(case))


def last_looked_at(case: PlacementCase, name: str) -> date | None:
    """Return the day of the last visit that answers a question of the curriculum, if any.

    It is a visit by somebody named, for this placement or to the provider.
    """
    visits = (*case.at_the_provider.all(Visit), *case.entries.all(Visit))
    looked = (one for one in visits if recorded(one.by) and recorded(getattr(one, name)))
    return max((visit.day for visit in looked), default=None)


@once
def curriculum_outdated(case: PlacementCase) -> tuple[tuple[date, str], ...]:
    """List what of the curriculum was last looked at too long ago to count, with the day."""
    looked_at = ((last_looked_at(case, name), title) for name, title in CURRICULUM.items())
    return tuple(
        (day, title)
        for day, title in looked_at
        if day is not None and counts_until(case, day) < case.day_judged
    )


def is_to_be_renewed(case: PlacementCase) -> bool:
    """Tell whether all of the curriculum was looked at, and only too long ago."""
    return all(last_looked_at(case, name) for name in CURRICULUM)


class CurriculumIsChecked(PlacementRule):
    """The curriculum is checked.

    Before the pupil goes there, look at English and mathematics, how broad the curriculum is, and
    which qualifications it leads to. Record what you found, yes or no. It counts for a year; then
    look again.
    """

    id, severity, sources = "AP309", SHOULD, ("AP guide", "HB 2.4")
    task, key, label = CHECK_THE_PROVIDER, "curriculum", "Curricula not checked"
    stage, group = BEFORE, CHECKS
    applies = needs_every_check

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        return not curriculum_gaps(case)

    def problem(self, case: PlacementCase) -> str:
        gaps, name = ", ".join(curriculum_gaps(case)), case.provider.name
        if is_to_be_renewed(case):
            day = min(curriculum_outdated(case))[0]
            return describe_outdated(case, f"you last looked at {gaps} at {name}", day)
        return f"nobody who visited {name} looked at {gaps}"

    def task_for(self, case: PlacementCase) -> str:
        return RENEW if is_to_be_renewed(case) else self.task

    def remedy(self, case: PlacementCase) -> Remedy:
        return Write(about(case.provider), "visit", (*CURRICULUM, "by"))
