"""The facts of one pupil on one day: all that a rule about it may look at."""

from __future__ import annotations

from datetime import date

from ...domain.calendar import Calendar
from ...domain.commissioner import COMMISSIONER, Commissioner
from ...domain.days import words
from ...domain.entries.history import History
from ...domain.options import Extent
from ...domain.pupil import Pupil
from ...domain.sessions import Sessions
from ...forms.explaining import explained_fields
from ...forms.facts import Fact, Unknown, recorded
from ...forms.form import Record
from ...forms.text import hours
from ...policy.figures import Figures
from .base import Case, derived
from .register import Register


class Placed(Record, frozen=True):
    """A placement of a pupil, as long as one week of it holds.

    It has the first day and the last, as it ended or is planned to, and the time and sessions at
    the provider and elsewhere. `began` is the first day of the placement itself. `at_own_site` says
    whether it is on the site of the pupil's own school, `taught_alone` whether a tutor comes.
    """

    first: date
    ended: date | None
    weekly_minutes: Fact[int]
    extent: Fact[Extent] = Unknown("placement.extent")
    sessions: Fact[Sessions] = Unknown("placement.at_provider")
    school_week: Fact[int] = Unknown("placement.school_week_minutes")
    at_own_site: bool = False
    taught_alone: bool = False
    began: date | None = None
    ref: str = ""

    @property
    def starts(self) -> date:
        """The first day of the placement itself."""
        return self.began or self.first

    def is_there(self, day: date) -> bool:
        """Whether the placement runs on a day."""
        return self.first <= day and (self.ended is None or day <= self.ended)

    def __str__(self) -> str:
        until = f" to {words(self.ended)}" if self.ended else ""
        extent = f", {self.extent.value.replace('-', ' ')}" if recorded(self.extent) else ""
        time = (
            f", {hours(self.weekly_minutes)} hours a week" if recorded(self.weekly_minutes) else ""
        )
        return f"from {words(self.first)}{until}{time}{extent}"


@explained_fields(
    on="the day that is judged",
    placed="the pupil's placements",
    twice="records that look the same",
    same_upn="other pupils with the same UPN",
    register="the pupil's register",
    commissioner="who arranges the pupil's last placement",
)
class PupilCase(Case, frozen=True):
    """One pupil on one day, with its placements."""

    on: date
    pupil: Pupil
    entries: History
    placed: tuple[Placed, ...]
    calendar: Calendar
    figures: Figures
    twice: tuple[str, ...] = ()
    same_upn: tuple[str, ...] = ()
    register: Register = Register()
    commissioner: Fact[Commissioner] = Unknown(COMMISSIONER)

    @derived
    def last_day_of_school_age(self) -> date:
        """The last day of the pupil's compulsory school age."""
        return self.pupil.last_day_of_school_age

    @property
    def now(self) -> date:
        """The day asked."""
        return self.on

    @property
    def ref(self) -> str:
        """The reference of the pupil."""
        return self.pupil.ref
