"""AP5: concerns and what follows them, and whether someone sees the pupil and is in touch."""

from __future__ import annotations

from datetime import date

from ..domain.concerns import Thread
from ..domain.days import words
from ..domain.entries.before import Visit
from ..domain.entries.during import Concern, Contact, OurDecision, Review
from ..forms.facts import recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import has_started_outside, runs_and_has_started
from .rule import ADVISE, LOCAL, SAFETY, SHOULD, PlacementRule, Says
from .task import Remedy, Write, about

WITHDRAW = OurDecision.WITHDRAW


def stops_or_says_why_not(case: PlacementCase, concern: Thread) -> bool:
    """Tell whether a concern stopped the placement, or why it did not is recorded."""
    if recorded(concern.decision) and concern.decision is WITHDRAW:
        return True
    return recorded(concern.why_not_stopped) or has_ended_since(case, concern)


def has_ended_since(case: PlacementCase, concern: Thread) -> bool:
    """Tell whether the placement ended on the day of a concern or after it."""
    return not case.runs and case.on >= concern.raised


def has_review_since(case: PlacementCase, concern: Thread) -> bool:
    """Tell whether a review was held since a concern was raised."""
    return any(day >= concern.raised for day in case.held_reviews)


@once
def list_concerns(case: PlacementCase) -> tuple[Thread, ...]:
    """List the concerns of a placement, and its provider's serious incidents since it started."""
    concerns, incidents = case.concerns, case.incidents
    serious = (one for one in incidents if one.serious and one.raised >= case.placement.starts)
    return (*concerns, *serious)


def is_settled(case: PlacementCase, concern: Thread) -> bool:
    """Tell whether a review followed a concern, and decided whether the placement stops."""
    return has_review_since(case, concern) and stops_or_says_why_not(case, concern)


@once
def find_open_concern(case: PlacementCase) -> Thread | None:
    """Return the first concern that is not settled; None where all are."""
    unsettled = (one for one in list_concerns(case) if not is_settled(case, one))
    return next(unsettled, None)


def need_open_concern(case: PlacementCase) -> Thread:
    """Return the first concern that is not settled, where the rule is broken."""
    concern = find_open_concern(case)
    assert concern is not None, "without one the rule is met"
    return concern


class ConcernIsDecidedAtOnce(PlacementRule):
    """A safeguarding concern is reviewed and decided at once.

    Review the placement on the day of the concern or the next school day. Stop the placement until
    the concern is answered, or say why you do not. A serious incident at the provider is a concern
    for every pupil there.
    """

    id, severity, sources = "AP506", SHOULD, ("HB 2.3", "HB App 3")
    task, key, label = "Decide on the concern", "concern", "Concerns without a decision"
    urgency = SAFETY
    silent = "nobody has raised a concern"

    def due(self, case: PlacementCase) -> date | None:
        concern = find_open_concern(case)
        return case.calendar.estimated_school_day(concern.raised, 1) if concern else None

    def holds(self, case: PlacementCase) -> Says:
        return find_open_concern(case) is None if list_concerns(case) else None

    def problem(self, case: PlacementCase) -> str:
        concern = need_open_concern(case)
        day = f"the concern of {words(concern.raised)} ({concern.ref})"
        if has_review_since(case, concern):
            return f"you have not decided whether the placement stops after {day}"
        undecided = not stops_or_says_why_not(case, concern)
        more = ", and have not decided whether the placement stops" if undecided else ""
        return f"you have held no review since {day}{more}"

    def remedy(self, case: PlacementCase) -> Remedy:
        concern = need_open_concern(case)
        if not has_review_since(case, concern):
            return Write(about(case.placement), "review")
        record = about(case.placement if concern in case.concerns else case.provider)
        ask = ("decision", "why_not_stopped")
        return Write(record, Concern.KIND, ask, known=(("about", concern.ref),))


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
    latest = [case.entries.latest(kind) for kind in (Review, Visit, Contact)]
    return max([*(entry.day for entry in latest if entry), case.placement.starts])


class ContactIsKept(PlacementRule):
    """You keep in touch with the provider and the pupil.

    Keep in touch between reviews. A review or a visit counts. Fifteen school days are our own
    figure.
    """

    id, severity, sources = "AP512", ADVISE, ("HB 2.5",)
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
