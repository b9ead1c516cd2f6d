"""AP5: whether someone sees the pupil, looks at safety and is in touch."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.before import Visit
from ..domain.entries.during import Contact, Review
from ..domain.half_terms import HalfTerm
from ..forms.facts import is_yes, need, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import has_started_outside, runs_and_has_started
from .rule import ADVISE, LOCAL, PlacementRule, Says, condition
from .task import Remedy, Weight, Who, Write, about


@once
def list_days_seen(case: PlacementCase) -> tuple[date, ...]:
    """List the days on which someone from the school saw the pupil at the provider."""
    visits = [visit for visit in case.entries.all(Visit) if visit.day >= case.placement.starts]
    return tuple(visit.day for visit in visits if is_yes(visit.child_seen))


class SchoolSeesThePupil(PlacementRule):
    """Someone from the school sees the pupil there each half term.

    The pupil belongs to the school. Someone from it sees the pupil at the provider at least once,
    and better once each half term.
    """

    id, severity, sources = "AP509", LOCAL, ("HB 2.2",)
    done_by = (Who.SCHOOL,)
    task, key, label = "Visit the pupil at the provider", "seen", "Pupils not seen there"
    weight = Weight.CHILD
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
def find_half_terms_of_first_term(case: PlacementCase) -> tuple[HalfTerm, HalfTerm]:
    """Return the half term of the start and the next one: the first term of the placement.

    Raise CannotTell if no term dates cover them.
    """
    first = need(case.calendar.half_term_from(case.placement.starts))
    return first, need(case.calendar.half_term_after(first))


@condition("the placement is no longer than a term", within=has_started_outside)
def lasts_over_a_term(case: PlacementCase) -> bool:
    """Whether a placement outside the school goes on after its first two half terms."""
    _, second = find_half_terms_of_first_term(case)
    last = case.last_known_day
    return last is None or last > case.calendar.last_school_day(second)


@once
def list_days_safety_seen(case: PlacementCase) -> tuple[date, ...]:
    """List the days since the start on which a competent person said whether it is safe there."""
    visits = (*case.entries.all(Visit), *case.at_the_provider.all(Visit))
    days = [visit.day for visit in visits if says_whether_safe(visit)]
    return tuple(sorted(day for day in days if case.placement.starts <= day <= case.on))


def says_whether_safe(visit: Visit) -> bool:
    """Tell whether a visit answers if it is safe, and names the competent person who looked."""
    return recorded(visit.safe) and recorded(visit.competent_person)


@once
def find_safety_day(case: PlacementCase) -> date | None:
    """Return the day by which safety is looked at next; None if nothing is asked for now.

    It is the end of the first two half terms, then of the next two after each visit. Those are
    asked for once the second of them has begun.
    """
    days, calendar = list_days_safety_seen(case), case.calendar
    if not days:
        _, second = find_half_terms_of_first_term(case)
        return calendar.last_school_day(second)
    seen, now = need(calendar.half_term(days[-1])), calendar.half_term(case.on)
    if now is seen:
        return None
    first = need(calendar.half_term_after(seen))
    if now is first:
        return None
    day, last = calendar.last_school_day(need(calendar.half_term_after(first))), case.last_known_day
    return None if last is not None and last < day else day


class SafetyIsSeenAgain(PlacementRule):
    """A competent person looks at safety again each term.

    What was safe before the start can change. If a placement lasts longer than a term, a competent
    person visits in each term and says whether it is safe. A term is two half terms, one after the
    other, beginning with that of the start.
    """

    id, severity, sources = "AP517", LOCAL, ("HB App 3",)
    task, key, label = (
        "Have a competent person look at safety again",
        "safety-visit",
        "Safety not looked at again",
    )
    weight = Weight.CHILD
    applies = lasts_over_a_term

    def due(self, case: PlacementCase) -> date | None:
        return find_safety_day(case)

    def holds(self, case: PlacementCase) -> Says:
        return find_safety_day(case) is None

    def problem(self, case: PlacementCase) -> str:
        days = list_days_safety_seen(case)
        since = f"since {words(days[-1])}" if days else "since the placement started"
        return f"no competent person has looked at safety there {since}"

    def remedy(self, case: PlacementCase) -> Remedy:
        known = (("purpose", "quality-assurance"),)
        ask = ("safe", "competent_person")
        return Write(about(case.placement), Visit.KIND, ask, known=known)


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
