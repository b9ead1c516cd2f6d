"""AP7: where the pupil learns after a placement has ended."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.ages import begins_on
from ..domain.days import words
from ..domain.half_terms import TERMS_UNKNOWN
from ..domain.options import Destination
from ..domain.planned import ARRANGED_BY_THE_COUNCIL
from ..forms.facts import Fact, is_yes, recorded
from .cases.placement import PlacementCase
from .cases.subjects import AnyCase
from .conditions import has_ended_outside, is_of_school_age
from .kinds import DAY
from .rule import ADVISE, AFTER, MUST, SAFETY, SHOULD, PlacementRule, Says, Severity, condition
from .task import Choice, Remedy, Urgency, Weight, Who, Write, about

CORRECTED_ENDING, PLACEMENT = "corrected-ending", "placement"
"""What is recorded by a command of its own."""

NOWHERE = Destination.NONE
ON_RECORD = Destination.OTHER_PLACEMENT
"""A destination that is a placement, so that the record has to show it."""

NEXT_PLACE = "AP706"
"""The rule that no pupil is left without education: its findings stand first, every day."""


def why_of_no_school_age(case: PlacementCase) -> str:
    """Say on which side of compulsory school age the pupil is."""
    if case.now < begins_on(case.pupil.born):
        return "the pupil is below compulsory school age"
    return "the pupil is over compulsory school age"


@condition(why_of_no_school_age, within=has_ended_outside)
def is_left_after_it(case: PlacementCase) -> bool:
    """Whether the placement is over and the pupil of compulsory school age."""
    return is_of_school_age(case, case.now)


LAST_WEEKS = timedelta(days=42)
"""The last weeks of school age, in which nothing is owed once exams are over.

Source: EA 1996 s.19(1A).
"""


def leaves_soon_without_exams(case: PlacementCase) -> bool:
    """Tell whether the pupil leaves school age within six weeks, with all entered exams over."""
    last_exam = case.pupil.last_exam
    if case.last_day_of_school_age - case.now > LAST_WEEKS:
        return False
    return recorded(last_exam) and last_exam <= case.now


def is_the_councils(case: PlacementCase) -> bool:
    """Tell whether the council answers for the pupil's education: it arranged it, or has to."""
    acted_for = case.placement.for_authority
    if case.placement.route in ARRANGED_BY_THE_COUNCIL or is_yes(acted_for):
        return True
    return recorded(case.commissioner) and case.by_an_authority


def next_place_follows(case: PlacementCase) -> Fact[bool]:
    """Tell whether another placement has begun, or begins by the school day after the last day.

    Without term dates nobody knows that day, unless the next place begins on the day after.
    """
    begins, ended = case.next_begins, case.placement.ended
    if not case.next_place:
        return False
    if begins is None or ended is None or begins <= max(case.now, ended + DAY):
        return True
    if begins > case.calendar.latest_school_day(ended, 1):
        return False
    following = case.calendar.school_day(ended, 1)
    if not recorded(following):
        return TERMS_UNKNOWN
    return begins <= following


class PlacementLeadsSomewhere(PlacementRule):
    """The pupil has somewhere to learn after the placement.

    A pupil of compulsory school age whose placement is over has somewhere to learn on the next
    school day; a place that begins later leaves a gap until then. Home education is somewhere, and
    another placement is once it is on record. This is law for the council, if it has to arrange the
    education, and guidance for a school. In the last six weeks of school age it is advice, once all
    exams are over.
    """

    id, severity, sources = NEXT_PLACE, MUST, ("EA 1996 s.19", "AP guide", "HB 2.8")
    task, key, label = "Find the next place", "next-place", "Ended placements without a next place"
    weight = Weight.NO_PLACE
    urgency = SAFETY
    stage = AFTER
    done_by = (Who.COUNCIL, Who.COMMISSIONER)
    applies = is_left_after_it
    lighter = SHOULD

    def due(self, case: PlacementCase) -> date | None:
        return case.placement.ended

    def weighs(self, case: AnyCase) -> Severity:
        assert isinstance(case, PlacementCase), "the rule is about placements"
        if leaves_soon_without_exams(case):
            return ADVISE
        nowhere = case.placement.destination is NOWHERE
        return MUST if nowhere and is_the_councils(case) else SHOULD

    def urgency_for(self, case: PlacementCase) -> Urgency | None:
        if case.placement.destination is ON_RECORD and not case.next_place:
            return None  # it is known where the pupil goes, if not from when
        return SAFETY if case.over and not leaves_soon_without_exams(case) else None

    def who_for(self, case: PlacementCase) -> Who:
        return Who.COUNCIL if is_the_councils(case) else Who.COMMISSIONER

    def task_for(self, case: PlacementCase) -> str:
        is_decided = case.placement.destination is ON_RECORD and not case.next_place
        return "Record the next placement" if is_decided else self.task

    def holds(self, case: PlacementCase) -> Says:
        leads_on = case.placement.destination not in (None, NOWHERE, ON_RECORD)
        return leads_on or next_place_follows(case)

    def problem(self, case: PlacementCase) -> str:
        ended = f"this one {'ended' if case.over else 'ends'} on {words(case.on)}"
        if case.next_place and case.next_begins:
            begins = f"{case.next_place} begins only on {words(case.next_begins, weekday=True)}"
            return f"{ended}, and {begins}; the pupil has no place until then"
        if case.placement.destination is ON_RECORD:
            return f"{ended}, and the placement that the pupil goes on to is not on record"
        if case.placement.destination is NOWHERE and not case.over:
            return f"{ended}, and the pupil has no place after it"
        if case.placement.destination is NOWHERE:
            return f"the pupil has had no place since {ended}"
        if not case.over:
            return f"{ended}, and you have not said where the pupil goes"
        return f"you have not said where the pupil has gone since {ended}"

    def remedy(self, case: PlacementCase) -> Remedy:
        record = about(case.placement)
        correct = Write(record, CORRECTED_ENDING, ("destination",))
        return Choice(record, (Write(record, PLACEMENT), correct))
