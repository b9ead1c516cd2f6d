"""AP5: whether someone sees the pupil and is in touch."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.before import Visit
from ..domain.entries.during import Contact, Review
from ..forms.facts import recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import has_started_outside, runs_and_has_started
from .rule import ADVISE, LOCAL, PlacementRule, Says
from .task import Remedy, Write, about


@once
def list_days_seen(case: PlacementCase) -> tuple[date, ...]:
    """List the days on which someone from the school saw the pupil at the provider."""
    visits = [visit for visit in case.entries.all(Visit) if visit.day >= case.placement.starts]
    return tuple(visit.day for visit in visits if recorded(visit.child_seen) and visit.child_seen)


class SchoolSeesThePupil(PlacementRule):
    """Someone from the school sees the pupil there each half term.

    The pupil belongs to the school. Someone from it sees the pupil at the provider at least once,
    and better once each half term.
    """

    id, severity, sources = "AP509", LOCAL, ("HB 2.2",)
    task, key, label = "Visit the pupil at the provider", "seen", "Pupils not seen there"
    applies = has_started_outside
    lighter = ADVISE

    def binds_less(self, case: PlacementCase) -> bool:
        return bool(list_days_seen(case))

    def due(self, case: PlacementCase) -> date | None:
        return case.outstanding(list_days_seen(case))

    def holds(self, case: PlacementCase) -> Says:
        return self.due(case) is None

    def problem(self, case: PlacementCase) -> str:
        days = list_days_seen(case)
        since = f"since {words(days[-1])}" if days else "yet"
        return f"nobody from the school has seen the pupil there {since}"

    def remedy(self, case: PlacementCase) -> Remedy:
        known = (("purpose", "quality-assurance"), ("child_seen", "yes"))
        return Write(about(case.placement), Visit.KIND, ("by",), known=known)


@once
def find_last_contact(case: PlacementCase) -> date:
    """Return the last day of contact, of a visit or of a review; the start where there is none."""
    days = [
        entry.day
        for kind in (Review, Visit, Contact)
        for entry in case.entries.all(kind)
        if entry.says_something
    ]
    return max([*days, case.placement.starts])


class ContactIsKept(PlacementRule):
    """You keep in touch with the provider and the pupil.

    Keep in touch between reviews. A review or a visit counts. Fifteen school days are our own
    figure.
    """

    id, severity, sources = "AP512", ADVISE, ("AP guide", "HB 2.5")
    task, key, label = (
        "Contact the provider and the pupil",
        "contact",
        "Pupils without recent contact",
    )
    applies = runs_and_has_started

    def holds(self, case: PlacementCase) -> Says:
        days = case.figures["contact.school_days"]
        return not case.calendar.has_gone_by(find_last_contact(case), days, case.on)

    def problem(self, case: PlacementCase) -> str:
        day = words(find_last_contact(case))
        return (
            f"nobody has contacted the provider or the pupil, visited or held a review since {day}"
        )

    def remedy(self, case: PlacementCase) -> Remedy:
        return Write(about(case.placement), Contact.KIND, ("whom", "said"))
