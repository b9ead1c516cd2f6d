"""The register of one placement: its marks, and the weeks in which they were planned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property

from ...domain.attendance import Mark
from ...domain.options import Place
from ...domain.sessions import Sessions
from ...forms.explaining import explained
from ...forms.facts import Fact, Unknown
from ...forms.form import Record


class WeekFrom(Record, frozen=True):
    """The sessions of a week that holds from a day on."""

    since: date
    at_provider: Fact[Sessions]
    at_home: Fact[Sessions]
    at_school: Fact[Sessions] = Unknown("placement.at_school")
    place: Fact[Place] = Unknown("placement.place")


def whether_any_has(codes: str) -> str:
    """Name the question whether any session has one of these codes."""
    if codes == "any":
        return "whether any session has a mark"
    return f"whether any session is marked {in_a_row(codes)}"


def sessions_marked(codes: str) -> str:
    """Name the sessions with one of these codes."""
    return f"the sessions marked {in_a_row(codes)}"


def in_a_row(codes: str) -> str:
    """Return codes in words: "B or K"."""
    return " or ".join(codes.split())


class Register:
    """The marks of one placement, in order of time; read when they are first needed."""

    def __init__(
        self,
        read: Callable[[], tuple[Mark, ...]] = tuple,
        weeks: Callable[[], tuple[WeekFrom, ...]] = tuple,
    ) -> None:
        self._read, self._weeks = read, weeks

    @cached_property
    def weeks(self) -> tuple[WeekFrom, ...]:
        """The weeks of the placement with the days from which they hold, in order."""
        return self._weeks()

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark that stands."""
        return self._read()

    @explained(whether_any_has)
    def has_any(self, codes: str) -> bool:
        """Whether there is a mark of these codes; "any" stands for every code."""
        return any(codes == "any" or mark.code in codes.split() for mark in self.marks)

    @explained("the marks of {day}")
    def on(self, day: date) -> tuple[Mark, ...]:
        """The marks of a day."""
        return tuple(mark for mark in self.marks if mark.day == day)

    @explained(sessions_marked)
    def coded(self, codes: str) -> tuple[Mark, ...]:
        """The marks of these codes."""
        return tuple(mark for mark in self.marks if mark.code in codes.split())
