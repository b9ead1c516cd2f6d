"""The facts of one provider on one day: all that a rule about it may look at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from ...domain.calendar import Calendar
from ...domain.commissioner import COMMISSIONER, Commissioner
from ...domain.concerns import Thread, threads
from ...domain.days import words
from ...domain.entries.before import Declaration, Evidence, Report
from ...domain.entries.during import Concern
from ...domain.entries.history import History
from ...domain.evidence import Item
from ...domain.options import IN_SCHOOL, PREMISES, Place
from ...domain.places import place_by_kind
from ...domain.provider import CLOSED, Provider
from ...forms.explaining import FieldLabel, explained_fields
from ...forms.facts import Doubted, Fact, Unknown, any_of, recorded
from ...forms.text import hours
from ...policy.figures import Figures
from ..kinds import DAY, INDEPENDENT, NON_SCHOOLS, ONLINE, SCHOOLS, registered_on
from .answers import said_last
from .base import Case, Member, derived


@explained_fields(
    minutes="the time there each week",
    apart="the time each week in the school, at home or online",
    ehcp=FieldLabel("whether the pupil has an EHC plan then", fact="pupil.ehcp"),
    looked_after=FieldLabel("whether the pupil is looked after then", fact="pupil.looked_after"),
    sen="whether the pupil has special educational needs then",
)
class Taught(Member, frozen=True):
    """A pupil of compulsory school age at a provider, with the time over all placements there.

    `apart` is the time in the school, at home or online: a school is a place at which is taught.
    """

    NAMED_BY: ClassVar[str] = "pupil"

    pupil: str
    placement: str
    minutes: int
    ehcp: Fact[bool]
    looked_after: Fact[bool]
    sen: Fact[bool]
    apart: int = 0

    @property
    def with_plan(self) -> Fact[bool]:
        """Whether the pupil has an EHC plan or is looked after."""
        return any_of(self.ehcp, self.looked_after)

    def __str__(self) -> str:
        return f"{self.pupil} for {hours(self.minutes)} hours a week{self.not_counted}"

    @property
    def not_counted(self) -> str:
        """How a sentence adds the time that does not count; empty if there is none."""
        if not self.apart:
            return ""
        return f" (and {hours(self.apart)} in the school, at home or online, which do not count)"


@explained_fields(
    on="the day that is judged",
    taught="the pupils of compulsory school age placed there",
    first_start="the first start of a placement outside the school there",
    first_of_all="the first start of any placement there",
    places="where its pupils are taught",
    twice="records that look the same",
    with_placements="the serious incidents recorded with placements there",
    commissioner="who arranges all placements, if that is one school or council",
)
class ProviderCase(Case, frozen=True):
    """One provider on one day, with the pupils it teaches and what was recorded of it.

    `today` is the day of the check; `on` can be a later day.
    """

    on: date
    provider: Provider
    taught: tuple[Taught, ...]
    first_start: date | None
    first_of_all: date | None
    places: tuple[Place, ...]
    entries: History
    figures: Figures
    calendar: Calendar
    twice: tuple[str, ...] = ()
    today: date | None = None
    with_placements: tuple[Thread, ...] = ()
    commissioner: Fact[Commissioner] = Unknown(COMMISSIONER)

    def said(self, name: str) -> Any:
        """The newest answer to a question, "risk.statement", about the provider."""
        return said_last(name, *self.histories_of(name))

    def histories_of(self, name: str) -> tuple[History, ...]:
        """List the histories in which a question is looked for."""
        return (self.entries,)

    @property
    def teaches(self) -> str:
        """How a sentence says when it teaches: now, or from a day that is still to come."""
        return (
            "teaches"
            if self.today is None or self.today >= self.on
            else f"will teach, from {words(self.on)} on,"
        )

    @property
    def ref(self) -> str:
        """The reference of the provider."""
        return self.provider.ref

    @property
    def now(self) -> date:
        """The day asked."""
        return self.on

    @derived
    def declarations(self) -> tuple[Declaration, ...]:
        """The provider's declarations made since the term before the current one began.

        If term dates are unknown they count for as long as they can: they make breaches, and mend
        nothing.
        """
        since = self.calendar.earliest_term_before(self.on)
        return tuple(each for each in self.entries.all(Declaration) if each.day >= since)

    @derived
    def declared(self) -> Declaration | None:
        """The last of those declarations that says how many pupils it teaches full time."""
        counted = (each for each in reversed(self.declarations) if recorded(each.full_time))
        return next(counted, None)

    @property
    def reported(self) -> Report | None:
        """The last report that it seems to operate unlawfully."""
        return self.entries.latest(Report)

    @derived
    def incidents(self) -> tuple[Thread, ...]:
        """The concerns raised at the provider, whatever the placement."""
        return threads(self.entries.all(Concern))

    @derived
    def only_in_school(self) -> bool:
        """Whether all of its placements are in the school itself, and none is to leave it."""
        is_to_leave = self.first_start is not None and self.first_start > self.on
        return not is_to_leave and all(place in IN_SCHOOL for place in self.where)

    @derived
    def where(self) -> tuple[Place, ...]:
        """Where it teaches, as recorded or else by its kind."""
        return self.places or (place_by_kind(self.provider.kind),)

    @derived
    def teaches_online_only(self) -> bool:
        """Whether all of its pupils learn online."""
        return all(place is Place.ONLINE for place in self.where)

    @derived
    def has_a_place_of_its_own(self) -> bool:
        """Whether it teaches at a place that could be a school, as known here or as it declares."""
        if any(place in PREMISES for place in self.where):
            return True
        declared = self.declared.full_time if self.declared else None
        return self.provider.kind in NON_SCHOOLS and declared is not None and recorded(declared)

    @derived
    def registered(self) -> bool:
        """Whether it is a registered school on the day, by what it is or by what was recorded."""
        return registered_on(self.provider, self.on)

    @derived
    def is_registered_for_certain(self) -> Fact[bool]:
        """Whether it is a registered school, if the public register does not say otherwise."""
        status = self.provider.register_says
        if not self.registered or self.provider.kind in SCHOOLS or not recorded(status):
            return self.registered
        if status not in CLOSED:
            return True
        says = status.replace("-", " ")
        why = f"you have it as registered, and the public register says {says}"
        return Doubted("provider.registered", why)

    @derived
    def may_have_to_register(self) -> bool:
        """Whether it teaches pupils and is not registered as a school.

        It is of a kind that can teach without being a school.
        """
        may_teach_unregistered = self.provider.kind in (*NON_SCHOOLS, ONLINE, INDEPENDENT)
        if not self.has_a_place_of_its_own or not may_teach_unregistered:
            return False
        return not self.is_registered_for_certain

    @derived
    def needs_every_check(self) -> bool:
        """Whether pupils go there, and the county's terms do not ask for fewer checks."""
        terms = self.figures.county.terms_of(self.provider)
        fewer = terms is not None and terms.fewer_checks
        return not self.only_in_school and not fewer

    @derived
    def full_time(self) -> tuple[Taught, ...]:
        """The pupils taught for more than the full-time line."""
        line = self.figures["full_time.line"]
        return tuple(child for child in self.taught if child.minutes > line)

    @property
    def day_judged(self) -> date:
        """The day asked, or the first start of a pupil there that is still to come."""
        return max(self.on, self.first_start) if self.first_start else self.on

    @property
    def before_the_first_start(self) -> date | None:
        """The day before the first pupil goes there; None if nobody is placed there."""
        return self.first_start - DAY if self.first_start else None

    @property
    def before_anybody_starts(self) -> date | None:
        """The day before the first placement with it starts, one in the school itself included."""
        return self.first_of_all - DAY if self.first_of_all else None

    @derived
    def items_named(self) -> tuple[Item, ...]:
        """The items of due diligence that somebody named has seen, expired or not."""
        return tuple(
            dict.fromkeys(each.item for each in self.entries.all(Evidence) if recorded(each.by))
        )

    @derived
    def items_seen(self) -> tuple[Item, ...]:
        """The items of due diligence that somebody named has seen, and that still count.

        They count until they expire, or for a year if they name no day.
        """
        seen = (each for each in self.entries.all(Evidence) if recorded(each.by))
        return tuple(
            dict.fromkeys(each.item for each in seen if last_day_of(self, each) >= self.on)
        )


def last_day_of(case: ProviderCase, seen: Evidence) -> date:
    """Return the last day on which an item that was seen counts."""
    if recorded(seen.expires):
        return seen.expires
    return seen.day + timedelta(days=case.figures["check.days"])
