"""AP5: what a provider reports to have changed, and whether it was answered."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.during import Change
from ..forms.facts import Fact, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .cases.provider import ProviderCase
from .cases.pupil import PupilCase
from .rule import SHOULD, AnyRule, Says, condition
from .school_days import has_passed, prove_passed
from .task import About, Edit, Remedy, Weight

Changing = PlacementCase | ProviderCase | PupilCase
"""What a rule about every record looks at; no change is ever recorded about a pupil."""


@condition("pupils see this provider only in the school")
def is_outside(case: Changing) -> bool:
    """Whether a placement is outside the school, or pupils are placed with a provider there."""
    if isinstance(case, PlacementCase):
        return case.external
    return isinstance(case, PupilCase) or not case.only_in_school


@once
def list_unanswered_changes(case: Changing) -> tuple[Change, ...]:
    """List the reported changes after which no checks were redone and nobody said why not."""
    return tuple(one for one in case.entries.all(Change) if not is_answered(one, case.now))


def is_answered(change: Change, now: date) -> bool:
    """Tell whether the checks were redone by a day, or it is recorded why they were not."""
    redone = recorded(change.checked_again) and change.checked_again <= now
    return redone or recorded(change.why_not)


class ReportedChangeIsAnswered(AnyRule):
    """A change that the provider reports is answered.

    The provider promised to report changes that may put a child at risk, such as of staff or site.
    Redo the checks that the change is about, or say why you do not. Ten school days are our own
    figure.
    """

    id, severity, sources = "AP518", SHOULD, ("KCSIE", "HB App 3")
    task, key, label = (
        "Redo the checks after the change",
        "change",
        "Reported changes not answered",
    )
    weight = Weight.CHILD
    applies = is_outside
    silent = "nobody has reported a change"

    def due(self, case: Changing) -> date | None:
        first, days = list_unanswered_changes(case)[0], case.figures["change.school_days"]
        return case.calendar.estimated_school_day(first.day, days)

    def is_late(self, case: Changing, day: date) -> Fact[bool]:
        first, days = list_unanswered_changes(case)[0], case.figures["change.school_days"]
        return has_passed(case.calendar, first.day, days, case.now)

    def proof(self, case: Changing) -> str:
        first, days = list_unanswered_changes(case)[0], case.figures["change.school_days"]
        return prove_passed(case.calendar, first.day, days)

    def holds(self, case: Changing) -> Says:
        return not list_unanswered_changes(case) if case.entries.latest(Change) else None

    def problem(self, case: Changing) -> str:
        return "; ".join(map(describe_change, list_unanswered_changes(case)))

    def remedy(self, case: Changing) -> Remedy:
        first = list_unanswered_changes(case)[0]
        return Edit(About(Change.KIND, first.ref), ("checked_again", "why_not"))


def describe_change(change: Change) -> str:
    """Say which change nobody answered, and when it was reported."""
    reported = f"the change of {words(change.day)} ({change.ref})"
    return f"nobody has redone the checks after {reported}: {change.what}"
