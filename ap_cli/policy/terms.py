"""Bank holidays, and which calendar a placement follows.

The term dates that ship are in the county's overlay. Bank holidays are in `bank_holidays.csv`, as
the library `holidays` has them: to load it takes longer than a command may.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from ..domain.calendar import Calendar
from ..domain.half_terms import MOST_REMEMBERED, HalfTerm
from ..domain.school_days import ENGLAND, Closed
from ..domain.usual_calendar import school_year
from .county import County, CountyHalfTerm, default

BANK_HOLIDAYS = Path(__file__).with_name("bank_holidays.csv")
INSET = "INSET day"
"""The name of a day on which a school is closed to pupils for the training of its staff."""


class OfCounty(HalfTerm, frozen=True):
    """A half term of a county's overlay, with its source."""

    source: str


class ClosedInCounty(Closed, frozen=True):
    """An INSET day of a county's overlay."""


def of_county(county: County) -> tuple[OfCounty, ...]:
    """List the half terms of the county's overlay, in order, with their sources."""
    return tuple(
        OfCounty(county.follows, block.name, block.first, block.last, block.source)
        for block in county.half_terms
    )


@cache
def bank_holidays() -> tuple[Closed, ...]:
    """List the bank holidays of England that fall on a weekday, in order."""
    rows = (line.split(",", 1) for line in BANK_HOLIDAYS.read_text("utf-8").splitlines()[1:])
    return tuple(Closed(ENGLAND, name, date.fromisoformat(day)) for day, name in rows)


class Calendars:
    """Every calendar known: imported half terms and INSET days, over those of the county."""

    def __init__(
        self,
        imported: Iterable[HalfTerm] = (),
        closed: Iterable[Closed] = (),
        county: County | None = None,
    ) -> None:
        self.county = county or default()
        blocks = sorted(imported, key=lambda block: (block.calendar.casefold(), block.first))
        self._imported = {
            name: tuple(named_alike)
            for name, named_alike in groupby(blocks, key=lambda block: block.calendar.casefold())
        }
        days = sorted(closed, key=lambda each: (each.calendar.casefold(), each.day))
        self._closed = {
            name: tuple(named_alike)
            for name, named_alike in groupby(days, key=lambda each: each.calendar.casefold())
        }
        self._made: dict[tuple[str, ...], Calendar] = {}
        self._told: dict[tuple[str, ...], Calendar] = {}

    def named(self, name: str) -> tuple[HalfTerm, ...]:
        """Return the half terms of a calendar, imported ones over the county's on their days."""
        own = self._imported.get(name.casefold(), ())
        if name.casefold() != self.county.follows.casefold():
            return own
        apart = [
            block
            for block in of_county(self.county)
            if not any(overlap(block, own_block) for own_block in own)
        ]
        return tuple(sorted((*own, *apart), key=lambda block: block.first))

    def following(self, *known: object) -> Calendar:
        """Return the calendar of a school over its commissioner's over the county's.

        A school year comes from the first that has it. A name that no calendar has, or that is not
        recorded, is passed over. Bank holidays are everybody's.
        """
        recorded_names = tuple([name for name in known if isinstance(name, str)])
        if recorded_names in self._told:
            return self._told[recorded_names]
        names = tuple([name for name in recorded_names if self.named(name) or self.closed(name)])
        if names not in self._made:
            blocks: tuple[HalfTerm, ...] = ()
            closed: tuple[Closed, ...] = ()
            for name in (*names, self.county.follows):
                blocks = over(blocks, self.named(name))
                closed = over(closed, self.closed(name))
            self._made[names] = Calendar(
                next(iter(names), self.county.follows), blocks, (*closed, *bank_holidays())
            )
        if len(self._told) < MOST_REMEMBERED:
            self._told[recorded_names] = self._made[names]
        return self._made[names]

    def closed(self, name: str) -> tuple[Closed, ...]:
        """List the INSET days of a calendar, in order: those imported, and the county's."""
        own = self._closed.get(name.casefold(), ())
        if name.casefold() != self.county.follows.casefold():
            return own
        days = {closed_day.day for closed_day in own}
        theirs = (
            ClosedInCounty(self.county.follows, INSET, day)
            for day in self.county.inset_days
            if day not in days
        )
        return tuple(sorted((*own, *theirs), key=lambda closed_day: closed_day.day))


SHORTEST = 11
"""Days from the first to the last of the shortest half term.

That is from a Monday to the Friday of the week after.
"""

MOST_INSET = 10
LONGEST = 70
"""Days that a half term can have, its holidays left out."""


def refuse_reversed(name: str, first: date, last: date) -> None:
    """Raise ValueError if something ends before it begins."""
    if last < first:
        raise ValueError(f"{name} ends on {last}, before it begins on {first}: correct one of them")


def plausible(name: str, first: date, last: date) -> None:
    """Raise ValueError if a half term ends before it begins, or is too long or too short."""
    refuse_reversed(name, first, last)
    if (last - first).days > LONGEST:
        raise ValueError(
            f"{name} runs from {first} to {last}: check the days, ten weeks is the most"
        )
    if (last - first).days < SHORTEST:
        raise ValueError(
            f"{name} runs from {first} to {last}: check the days, two weeks is the least"
        )


def too_many(inset: Iterable[date]) -> list[str]:
    """Describe the school years with more INSET days than a school can have.

    The law counts school days.
    """
    years = Counter(map(school_year, sorted(set(inset))))
    return [
        f"{number} in the school year {year}/{(year + 1) % 100:02d}: leave some out, "
        f"a school has five, and {MOST_INSET} is the most"
        for year, number in years.items()
        if number > MOST_INSET
    ]


def overlap(block: HalfTerm | CountyHalfTerm, other: HalfTerm | CountyHalfTerm) -> bool:
    """Return whether two half terms have a day in common."""
    return block.first <= other.last and other.first <= block.last


Dated = TypeVar("Dated", HalfTerm, Closed)


def over(first: tuple[Dated, ...], second: tuple[Dated, ...]) -> tuple[Dated, ...]:
    """Return what one calendar has, with what another has for the school years that it lacks."""
    years = {school_year(dated.first) for dated in first}
    added = tuple(dated for dated in second if school_year(dated.first) not in years)
    return tuple(sorted(first + added, key=lambda dated: dated.first))
