"""Exclusions of a pupil: suspensions that follow on each other are one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ..domain.calendar import Calendar
from ..domain.entries.before import Exclusion
from ..domain.half_terms import LONGEST_SUMMER
from ..forms.facts import Unknown, recorded
from ..forms.form import Record
from .kinds import DAY

LAST_DAY = Unknown("exclusion.until")
"""The gap for a suspension that nobody recorded, or whose last day nobody did."""


class Run(Record, frozen=True):
    """An exclusion: a permanent one, or suspensions that follow on each other.

    `first` is its first day, `exclusions` what was recorded, in order, and `until` the last day of
    them all; None if it is permanent, or nobody recorded it.
    """

    first: date
    exclusions: tuple[Exclusion, ...]
    until: date | None

    @property
    def last(self) -> Exclusion:
        """The newest of the suspensions, or the permanent exclusion."""
        return self.exclusions[-1]

    @property
    def name(self) -> str:
        """What it is called."""
        return "the permanent exclusion" if self.last.permanent else "the suspension"

    @property
    def has_no_last_day(self) -> bool:
        """Whether it is a suspension whose last day nobody recorded."""
        return self.until is None and not self.last.permanent

    def is_back_on_roll(self, day: date) -> bool:
        """Tell whether the pupil is on a school's roll again on a day, after a permanent one."""
        since = self.last.on_roll_since
        return recorded(since) and since <= day

    def said(self, name: str) -> Any:
        """Return the newest answer to a question of any of its exclusions; a gap if none has it."""
        answers = [getattr(each, name) for each in self.exclusions]
        return next(filter(recorded, reversed(answers)), answers[-1])


def join_suspensions(exclusions: Sequence[Exclusion], calendar: Calendar) -> tuple[Run, ...]:
    """Join the suspensions that follow on each other, of exclusions in order."""
    runs: list[Run] = []
    for exclusion in exclusions:
        until = last_day_of(exclusion)
        before = runs[-1] if runs else None
        if before and goes_on_with(calendar, before, exclusion):
            last = max(before.until, until) if before.until and until else None
            runs[-1] = Run(before.first, (*before.exclusions, exclusion), last)
        else:
            runs.append(Run(exclusion.day, (exclusion,), until))
    return tuple(runs)


def goes_on_with(calendar: Calendar, run: Run, exclusion: Exclusion) -> bool:
    """Tell whether suspensions go on with an exclusion: it is a suspension that follows on."""
    if exclusion.permanent or run.until is None:
        return False
    return follows_on(calendar, run.until, exclusion.day)


def last_day_of(exclusion: Exclusion) -> date | None:
    """Return the last day of a suspension; None if it is not known, or the exclusion permanent."""
    return exclusion.until if recorded(exclusion.until) and not exclusion.permanent else None


def follows_on(calendar: Calendar, until: date, first: date) -> bool:
    """Tell whether a suspension begins by the school day after the last day of another.

    Raise CannotTell if term dates are unknown and it may.
    """
    if first > until + LONGEST_SUMMER:
        return False
    return not calendar.has_gone_by(until, 1, first)


def count_from(run: Run) -> date:
    """Return the day after which the school days of an exclusion are counted."""
    return run.first if run.last.permanent else run.first - DAY
