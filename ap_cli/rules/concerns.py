"""AP5: concerns, and what follows them at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..domain.calendar import Calendar
from ..domain.concerns import Thread
from ..domain.days import words
from ..domain.entries.during import Concern, OurDecision, Review
from ..domain.placement import Placement
from ..forms.facts import Fact, Unknown, is_yes, recorded
from ..forms.form import Record
from ..policy.figures import Figures
from .cases.base import once
from .cases.placement import PlacementCase
from .rule import SAFETY, SHOULD, PlacementRule, Says
from .task import About, Choice, Known, Remedy, Weight, Write, about

WITHDRAW = OurDecision.WITHDRAW


def withdraws(concern: Thread) -> bool:
    """Tell whether it was decided to withdraw the pupil."""
    return recorded(concern.decision) and concern.decision is WITHDRAW


def is_decided(concern: Thread) -> bool:
    """Tell whether it was decided to withdraw the pupil, or why the placement goes on."""
    return withdraws(concern) or recorded(concern.why_not_stopped)


def stops_or_says_why_not(case: PlacementCase, concern: Thread) -> bool:
    """Tell whether the placement stopped after a concern, or why it did not is recorded.

    A decision to withdraw the pupil stops nothing until the pupil no longer goes there.
    """
    if withdraws(concern):
        return case.has_ended or has_stopped_since(case, concern)
    return recorded(concern.why_not_stopped)


def has_stopped_since(case: PlacementCase, concern: Thread) -> bool:
    """Tell whether a review since a concern says that the pupil has stopped going there."""
    reviews = [one for one in case.entries.all(Review) if one.day >= concern.raised]
    return any(is_yes(one.stopped) for one in reviews)


def has_review_since(case: PlacementCase, concern: Thread) -> bool:
    """Tell whether a review was held since a concern was raised."""
    return any(day >= concern.raised for day in case.held_reviews)


@once
def list_concerns(case: PlacementCase) -> tuple[Thread, ...]:
    """List the concerns of a placement, and the serious incidents at its provider while it ran.

    Those recorded with another placement there count as well.
    """
    serious = (*(one for one in case.incidents if one.serious), *case.with_others)
    return (*case.concerns, *(one for one in serious if is_during(case, one)))


@once
def list_to_tell(case: PlacementCase) -> tuple[Thread, ...]:
    """List the concerns of a placement, and those about its provider while it ran, serious or not.

    Of a concern recorded with another placement people are told there.
    """
    return (*case.concerns, *(one for one in case.incidents if is_during(case, one)))


@once
def list_unsorted(case: PlacementCase) -> tuple[Thread, ...]:
    """List the unsettled concerns about the provider that may be serious: nobody recorded that."""
    return tuple(
        one
        for one in case.incidents
        if not one.is_sorted and is_during(case, one) and not is_settled(case, one)
    )


def is_during(case: PlacementCase, incident: Thread) -> bool:
    """Tell whether an incident at the provider happened while the placement ran."""
    return case.placement.starts <= incident.raised and (case.runs or incident.raised <= case.on)


def is_settled(case: PlacementCase, concern: Thread) -> bool:
    """Tell whether a concern is settled.

    While the placement runs, a review followed the concern and it is decided whether the placement
    stops. Once it has ended nothing is left to review or to stop: the concern is decided, whatever
    that is, or closed.
    """
    if case.runs:
        return has_review_since(case, concern) and stops_or_says_why_not(case, concern)
    return recorded(concern.decision) or recorded(concern.why_not_stopped) or concern.closed


@once
def list_open_concerns(case: PlacementCase) -> tuple[Thread, ...]:
    """List the concerns that are not settled, in the order in which they were raised."""
    unsettled = [one for one in list_concerns(case) if not is_settled(case, one)]
    return tuple(sorted(unsettled, key=raised_on))


def raised_on(concern: Thread) -> date:
    """Return the day on which a concern was raised, to sort by."""
    return concern.raised


def name_concern(concern: Thread) -> str:
    """Name a concern by its day and reference: "the concern of 26 February 2026 (E-0101)"."""
    return f"the concern of {words(concern.raised)} ({concern.ref})"


def describe_open(case: PlacementCase, concern: Thread) -> str:
    """Say what is open about a concern."""
    named = name_concern(concern)
    if not case.runs:
        return f"the placement has ended, and you have not decided on {named}"
    if has_review_since(case, concern):
        if withdraws(concern):
            return f"after {named} you decided to withdraw the pupil, who still goes there"
        return f"you have not decided whether the placement stops after {named}"
    return f"you have held no review since {named}{describe_undecided(case, concern)}"


def describe_undecided(case: PlacementCase, concern: Thread) -> str:
    """Say what is undecided beside a review that was not held; empty if nothing is."""
    if stops_or_says_why_not(case, concern):
        return ""
    if withdraws(concern):
        return ", and decided to withdraw the pupil, who still goes there"
    return ", and have not decided whether the placement stops"


def ask_whether_serious(concern: Thread) -> Unknown:
    """Return the gap of a concern of which nobody recorded whether it is serious."""
    return Unknown(f"concern.serious of {concern.ref}")


def record_with(case: PlacementCase, concern: Thread) -> About:
    """Name the record that a concern was raised about: a placement, or the provider."""
    if concern.placement:
        return About(Placement.NOUN, concern.placement)
    mine = any(one.ref == concern.ref for one in case.concerns)
    return about(case.placement if mine else case.provider)


class ConcernIsDecidedAtOnce(PlacementRule):
    """A safeguarding concern is reviewed and decided at once.

    Review the placement on the day of the concern or the next working day; school holidays count,
    weekends and bank holidays do not. One working day is our own figure. Stop the placement until
    the concern is answered, or say why you do not. If you decide to withdraw the pupil, end the
    placement, or record at a review that the pupil has stopped going there. A serious incident at
    the provider is a concern for every pupil there, also if it was recorded with another placement.

    A concern stays on view until you decide on it, also after the placement has ended.
    """

    id, severity, sources = "AP506", SHOULD, ("KCSIE", "HB 2.3", "HB App 3")
    task, key, label = "Decide on the concern", "concern", "Concerns without a decision"
    weight = Weight.CHILD
    urgency = SAFETY
    afterwards = True
    silent = "nobody has raised a concern about the pupil, or a serious incident at the provider"

    def due(self, case: PlacementCase) -> date | None:
        days = case.figures["concern.working_days"]
        return min(
            (case.calendar.working_day(one.raised, days) for one in list_open_concerns(case)),
            default=None,
        )

    def holds(self, case: PlacementCase) -> Says:
        if list_open_concerns(case):
            return False
        if unsorted := list_unsorted(case):
            return ask_whether_serious(unsorted[0])
        settled = list_concerns(case) or any(not one.is_sorted for one in list_to_tell(case))
        return True if settled else None

    def problem(self, case: PlacementCase) -> str:
        return "; ".join(describe_open(case, one) for one in list_open_concerns(case))

    def remedy(self, case: PlacementCase) -> Remedy:
        concern = list_open_concerns(case)[0]
        record = about(case.placement)
        if case.runs and withdraws(concern) and not stops_or_says_why_not(case, concern):
            stop = Write(record, Review.KIND, ("stopped",), known=(("safe", "no"),))
            return Choice(record, (Write(record, "ending"), stop))
        if case.runs and not has_review_since(case, concern):
            return Write(record, Review.KIND)
        known, where = (("about", concern.ref),), record_with(case, concern)
        if case.runs:
            return Write(where, Concern.KIND, ("decision", "why_not_stopped"), known=known)
        decide = Write(where, Concern.KIND, ("decision",), known=known)
        close = Write(where, Concern.KIND, ("outcome",), known=(*known, ("closed", "yes")))
        return Choice(where, (decide, close))


class Untold(Record, frozen=True):
    """Who still has to be told of a concern, or what decides that, and by when."""

    concern: str
    fact: str
    who: str
    by: date


def list_untold(concern: Thread, calendar: Calendar, figures: Figures) -> list[Untold]:
    """List who has to be told of a concern and was not told in time; nobody if it says why not."""
    if recorded(concern.why_not_informed):
        return []
    raised = concern.raised
    officer_by = calendar.working_day(raised, figures["officer.working_days"])
    untold = []

    def want(fact: str, who: str, by: date) -> None:
        untold.append(Untold(concern.ref, fact, who, by))

    if not is_told(concern.lead_informed, raised):
        want("lead_informed", "tell your designated safeguarding lead", raised)
    if not recorded(concern.at_risk):
        want("at_risk", "say whether a child is at risk of harm", raised)
    elif concern.at_risk and not is_told(concern.social_care_informed, raised):
        want("social_care_informed", "tell children's social care", raised)
    if not recorded(concern.about_adult):
        want("about_adult", "say whether it is about an adult who works with children", officer_by)
    elif concern.about_adult and not is_told(concern.officer_informed, officer_by):
        want("officer_informed", "tell the council's designated officer", officer_by)
    return untold


def is_told(day: Fact[date], by: date) -> bool:
    """Tell whether somebody was told by a day."""
    return recorded(day) and day <= by


@once
def list_untold_of(case: PlacementCase) -> tuple[Untold, ...]:
    """List who has to be told of the concerns, closed or not, also once the placement has ended."""
    concerns = list_to_tell(case)
    return tuple(
        untold for one in concerns for untold in list_untold(one, case.calendar, case.figures)
    )


class ConcernSaysWhoIsTold(PlacementRule):
    """The right people are told of a concern.

    Tell the school's designated safeguarding lead the same day. If a child is at risk of harm, tell
    children's social care at once. If an adult who works with children is concerned, tell the
    council's designated officer within one working day. Record whom you told and when, or say why
    not.
    """

    id, severity, sources = "AP516", SHOULD, ("KCSIE", "HB App 3")
    task, key, label = "Say who you told of the concern", "informed", "Concerns with nobody told"
    weight = Weight.CHILD
    urgency = SAFETY
    afterwards = True
    silent = "nobody has raised a concern"

    def due(self, case: PlacementCase) -> date | None:
        return min((untold.by for untold in list_untold_of(case)), default=None)

    def holds(self, case: PlacementCase) -> Says:
        return not list_untold_of(case) if list_to_tell(case) else None

    def problem(self, case: PlacementCase) -> str:
        untold = list_untold_of(case)
        parts = []
        for concern in list_to_tell(case):
            mine = [f"{one.who} by {words(one.by)}" for one in untold if one.concern == concern.ref]
            if mine:
                parts.append(f"{name_concern(concern)}: {', '.join(mine)}")
        return "; ".join(parts)

    def remedy(self, case: PlacementCase) -> Remedy:
        first, *_ = untold = list_untold_of(case)
        concern = next(one for one in list_to_tell(case) if one.ref == first.concern)
        fields = [one.fact for one in untold if one.concern == first.concern]
        late = any(recorded(getattr(concern, name)) for name in fields)
        ask = (*fields, *(("why_not_informed",) if late else ()))
        known = (("about", concern.ref), *known_of_telling(fields))
        return Write(record_with(case, concern), Concern.KIND, ask, known=known)


def known_of_telling(fields: Sequence[str]) -> Known:
    """Return why those are told whose days these fields hold: their questions are asked then."""
    why = {"officer_informed": "about_adult", "social_care_informed": "at_risk"}
    return tuple((why[field], "yes") for field in fields if field in why)
