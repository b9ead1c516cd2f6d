"""The facts of one placement on one day: all that a rule about it may look at.

What several rules share is worked out once a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ...domain.calendar import REVIEW_RULE, Calendar, Called, Due, last_known_day, six_weeks_on
from ...domain.commissioner import BOUND, COMMISSIONER, Commissioner, CommissionerKind
from ...domain.concerns import Thread, called, calling_for_a_review, threads
from ...domain.entries import KINDS
from ...domain.entries.after import Discussion
from ...domain.entries.before import Purpose, Visit
from ...domain.entries.during import Concern, Extension, Review, ReviewRequest, Waiver
from ...domain.entries.history import History
from ...domain.options import IN_SCHOOL, Place
from ...domain.placement import Placement
from ...domain.places import taught_at
from ...domain.provider import Provider
from ...domain.pupil import Pupil
from ...domain.sessions import Sessions
from ...forms.explaining import FieldLabel, explained, explained_fields
from ...forms.facts import CannotTell, Fact, Unknown, recorded
from ...policy.county import ProviderTerms
from ...policy.figures import Figures, patience
from ..kinds import DAY
from .answers import answered_last, said_last
from .base import Case, derived
from .other import Other
from .questions_in_words import day_of_answer, sessions_in_week, whether_on_record
from .register import Register, WeekFrom


def is_of_quality(visit: Visit) -> bool:
    """Return whether a visit was to see how a placement goes, not to see a place before one."""
    return recorded(visit.purpose) and visit.purpose is Purpose.QUALITY


OF_THIS_CHILD = frozenset(
    f"risk.{name}"
    for name in ("this_child", "discussed", "must_register", "parents_told", "pupil_knows")
) | {"reporting.contact_there", "reporting.contact_here"}
"""The questions that are about one child's placement, and not about its provider."""


@explained_fields(
    on="the day that is judged",
    now="the day asked",
    at_the_provider=FieldLabel(owner="of the provider"),
    exclusions=FieldLabel(owner="of the pupil"),
    next_place="where the pupil has a place after it",
    next_begins="when that place begins",
    over="whether the placement ended before the day asked",
    others="the pupil's other placements on that day",
    with_others="the serious incidents recorded with other placements at the provider",
    twice="records that look the same",
)
class PlacementCase(Case, frozen=True):
    """One placement on one day, with its pupil, its provider and what happened.

    `on` is the day asked, which is `now`, and for a placement that is `over` by then its last day:
    it is judged as it was. `at_the_provider` is what was recorded of the provider, whatever the
    placement; `next_place` the placement that the pupil has after one that is over, and
    `next_begins` its first day.
    """

    on: date
    placement: Placement
    pupil: Pupil
    provider: Provider
    commissioner: Fact[Commissioner]
    entries: History
    figures: Figures
    calendar: Calendar
    now: date
    at_the_provider: History = History()
    register: Register = Register()
    next_place: str = ""
    over: bool = False
    others: tuple[Other, ...] = ()
    twice: tuple[str, ...] = ()
    exclusions: History = History()
    next_begins: date | None = None
    with_others: tuple[Thread, ...] = ()

    @property
    def day_judged(self) -> date:
        """The day asked, or the first day of a placement that is still to come."""
        return max(self.on, self.placement.starts)

    @derived
    def ref(self) -> str:
        """The reference of the placement."""
        return self.placement.ref

    def said(self, name: str) -> Any:
        """The newest answer to a question, "risk.statement", about the placement or its provider.

        What is asked of this placement is not answered by what was recorded of the provider.
        """
        known = self.__dict__  # several rules ask the same
        if name not in known:
            known[name] = said_last(name, *self.histories_of(name))
        return known[name]

    @explained(day_of_answer)
    def said_on(self, name: str) -> date | None:
        """The day of the newest answer to a question; None if nobody answered it."""
        entry = answered_last(name, *self.histories_of(name))
        return entry.day if entry else None

    def histories_of(self, name: str) -> tuple[History, ...]:
        """List the histories in which a question is looked for."""
        return (self.entries,) if name in OF_THIS_CHILD else (self.entries, self.at_the_provider)

    @explained(whether_on_record)
    def held(self, kind: str) -> bool:
        """Whether anything of a kind was recorded of the placement or of its provider.

        An entry that says nothing is nothing.
        """
        form = KINDS[kind]
        entries = (*self.entries.all(form), *self.at_the_provider.all(form))
        return any(entry.says_something for entry in entries)

    @explained(sessions_in_week)
    def sessions_on(self, name: str, day: date) -> Fact[Sessions]:
        """The sessions "at_provider", "at_home" or "at_school" of the week that held on a day."""
        found: Fact[Sessions] = getattr(self._week_on(day), name)
        return found

    def _week_on(self, day: date) -> WeekFrom | Placement:
        weeks = self.register.weeks
        holding = [week for week in weeks if week.since <= day] or weeks[:1]
        return holding[-1] if holding else self.placement

    @explained("the place where the pupil was taught on {day}")
    def place_on(self, day: date) -> Place:
        """The place on a day, as recorded for its week, or else by the provider's kind."""
        return taught_at(self._week_on(day).place, self.provider)

    @derived
    def terms(self) -> ProviderTerms | None:
        """The terms that the provider has of its own in the county's overlay."""
        return self.figures.county.terms_of(self.provider)

    @derived
    def concerns(self) -> tuple[Thread, ...]:
        """The concerns raised in this placement."""
        return threads(self.entries.all(Concern))

    @derived
    def incidents(self) -> tuple[Thread, ...]:
        """The concerns raised at the provider, whatever the placement."""
        return threads(self.at_the_provider.all(Concern))

    @derived
    def called(self) -> tuple[Called, ...]:
        """The days by which a concern, an incident or a request calls for a review not held yet."""
        if (
            not self.entries.latest(Concern)
            and not self.entries.latest(ReviewRequest)
            and not self.at_the_provider.latest(Concern)
        ):
            return ()
        figures = patience(self.figures)
        requests = calling_for_a_review(self.entries.all(ReviewRequest), self.placement, self.pupil)
        return called(
            self.calendar,
            self.concerns,
            self.incidents,
            requests,
            self.reviewed,
            self.held_reviews,
            figures,
            self.placement.starts,
        )

    @derived
    def binds_by_law(self) -> bool:
        """Whether the regulations bind the commissioner.

        They bind maintained schools, special ones among them, and councils. An academy follows them
        as guidance.
        """
        return recorded(self.commissioner) and self.commissioner.kind in BOUND

    @property
    def is_an_authoritys(self) -> Fact[bool]:
        """Whether a local authority commissions the placement.

        It is unknown if nobody recorded who does.
        """
        return (
            self.commissioner.kind is CommissionerKind.LOCAL_AUTHORITY
            if recorded(self.commissioner)
            else Unknown(COMMISSIONER)
        )

    @derived
    def by_an_authority(self) -> bool:
        """Whether a local authority commissions the placement."""
        return self.commissioner.kind is CommissionerKind.LOCAL_AUTHORITY

    @derived
    def visits_before(self) -> tuple[Visit, ...]:
        """The visits by somebody named before the placement started.

        They are those to see this placement or the provider.
        """
        visits = (*self.at_the_provider.all(Visit), *self.entries.all(Visit))
        return tuple(
            visit
            for visit in visits
            if visit.day < self.placement.starts and recorded(visit.by) and not is_of_quality(visit)
        )

    @derived
    def visits_for_the_pupil(self) -> tuple[Visit, ...]:
        """The visits by somebody named before the placement started, recorded with it."""
        own = self.entries.all(Visit)
        return tuple(visit for visit in self.visits_before if visit in own)

    @derived
    def visitor(self) -> Fact[str]:
        """Who visited before the placement started.

        It is as recorded with a visit, or as an answer of the plan.
        """
        asked = [visit for visit in self.visits_before if recorded(visit.purpose)]
        visits = asked or list(self.visits_before)
        if visits:
            return visits[-1].by
        only_booked = recorded(self.placement.visit_booked) and not recorded(self.placement.visited)
        return Unknown("placement.visited_by") if only_booked else self.placement.visited_by

    @derived
    def place(self) -> Place:
        """Where the pupil is taught, as recorded, or else by the provider's kind."""
        return taught_at(self.placement.place, self.provider)

    @derived
    def external(self) -> bool:
        """Whether it is outside the school: the place decides, and never the tier."""
        return self.place not in IN_SCHOOL

    @derived
    def before_the_start(self) -> date:
        """The day before the placement starts."""
        return self.placement.starts - DAY

    @derived
    def last_day_of_school_age(self) -> date:
        """The last day of the pupil's compulsory school age."""
        return self.pupil.last_day_of_school_age

    @property
    def runs(self) -> bool:
        """Whether the placement has not ended."""
        return not self.over

    @property
    def has_ended(self) -> bool:
        """Whether its last day has come, today included."""
        return self.placement.ended is not None and self.placement.ended <= self.now

    @derived
    def last_known_day(self) -> date | None:
        """The last day, or the planned one that is still to come.

        It is None if the placement runs on without one.
        """
        ends = self.placement.ends
        return last_known_day(self.placement.ended, ends if recorded(ends) else None, self.on)

    @derived
    def reviewed(self) -> tuple[date, ...]:
        """The days of reviews held, or waived.

        The discussion at the end counts as one.
        """
        waived = [waiver.day for waiver in self.entries.all(Waiver) if waiver.rule == REVIEW_RULE]
        return tuple(sorted([*self.held_reviews, *waived])) if waived else self.held_reviews

    @property
    def last_day(self) -> date | None:
        """The last day of the placement, or else the planned one; None if there is neither."""
        ends = self.placement.ends
        return self.placement.ended or (ends if recorded(ends) else None)

    @derived
    def held_reviews(self) -> tuple[date, ...]:
        """The days of complete reviews held, and of a discussion held on the last day."""
        said = (one.day for one in self.entries.all(Discussion) if one.says_something)
        at_the_end = (day for day in said if day == self.last_day)
        return tuple(sorted([*(one.day for one in self.reviews_that_count), *at_the_end]))

    @derived
    def reviews_that_count(self) -> tuple[Review, ...]:
        """The reviews that are complete, or that were recorded before they had to be."""
        return tuple(review for review in self.entries.all(Review) if review.counts)

    @derived
    def agreed(self) -> tuple[date, ...]:
        """The review dates agreed, at the outset and at each review."""
        dates = self.placement.review_dates
        reviews = self.entries.all(Review)
        at_reviews = [one.next_review for one in reviews if recorded(one.next_review)]
        return tuple(sorted([*(dates if recorded(dates) else ()), *at_reviews]))

    @property
    def agreed_at_the_last(self) -> date | None:
        """The date agreed at the last review; None if there was no such date."""
        counted = self.reviews_that_count
        following = counted[-1].next_review if counted else None
        return following if following is not None and recorded(following) else None

    @derived
    def next_review(self) -> Due | None:
        """When the next review is due; None if none is."""
        if not self.runs:
            return None
        return self.calendar.next_review(
            self.placement.starts,
            self.last_known_day,
            self.reviewed,
            self.agreed,
            self.agreed_at_the_last,
            self.called,
        )

    def outstanding(self, done: Sequence[date]) -> date | None:
        """The day by which what each half term needs is due.

        It is a day in this half term or before; None if it is done for now.
        """
        last = self.last_known_day
        day = self.calendar.each_half_term(self.placement.starts, last, done)
        if isinstance(day, Unknown):
            return self._outstanding_by_weeks(done, day)
        if not done:  # what was never done is outstanding, in whatever half term it is due
            return day or last
        block = self.calendar.half_term_from(self.on)
        return None if day is None or (recorded(block) and day > block.last) else day

    def _outstanding_by_weeks(self, done: Sequence[date], gap: Unknown) -> date:
        """Return the day by which what is due each half term is due, six weeks on.

        Raise CannotTell if the placement ends before it.
        """
        last = self.last_known_day
        day = six_weeks_on(self.placement.starts, max(done, default=None))
        if last is None or day <= last:
            return day
        if done:
            raise CannotTell(gap)
        return last

    @property
    def extension(self) -> Extension | None:
        """The last extension recorded by itself."""
        return self.entries.latest(Extension)

    @derived
    def next_agreed(self) -> Fact[date | None]:
        """The first review date agreed that no review has spent; None if there is none."""
        return self.calendar.first_unspent(
            self.placement.starts, self.reviewed, self.agreed, self.agreed_at_the_last
        )

    @property
    def ends_next(self) -> bool:
        """Whether the next review is the discussion on the last day.

        That is a date agreed at the outset.
        """
        due = self.next_review
        return due is not None and due.day == self.last_known_day
