"""The facts of one pupil on one day: all that a rule about it may look at."""

from __future__ import annotations

from datetime import date

from ..domain.ages import ends_on
from ..domain.calendar import Calendar
from ..domain.entries.history import History
from ..domain.pupil import Pupil
from ..policy.figures import Figures
from .judged import Judged, derived


class PupilCase(Judged, frozen=True):
    """One pupil on one day, with the first and the last day of each of its placements."""

    on: date
    pupil: Pupil
    entries: History
    placed: tuple[tuple[date, date | None], ...]
    calendar: Calendar
    figures: Figures
    twice: tuple[str, ...] = ()

    @derived
    def last_day_of_school_age(self) -> date:
        """The last day of the child's compulsory school age."""
        return ends_on(self.pupil.born)

    @property
    def now(self) -> date:
        """The day asked."""
        return self.on

    @property
    def ref(self) -> str:
        """Whom a finding is about."""
        return self.pupil.ref
