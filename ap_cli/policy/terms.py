"""Term dates and bank holidays that ship with the program, and which calendar a placement follows.

Term dates stand in `terms.csv`, in the form that `ap terms import` reads, with a source for each. Later years could not be
confirmed, and are left to be imported. Bank holidays stand in `bank_holidays.csv`, as the library `holidays` has them: to
load it takes longer than a command may.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from ..domain.calendar import Calendar, Closed, HalfTerm

COUNTY = "Leicestershire"
"""The calendar that is followed where nothing else is said."""

ENGLAND = "England"
"""Whose bank holidays ship with the program."""

BANK_HOLIDAYS = Path(__file__).with_name("bank_holidays.csv")


class Shipped(HalfTerm, frozen=True):
    """A half term that ships with the program, with where it is from."""

    source: str


@cache
def shipped() -> tuple[Shipped, ...]:
    """The half terms that ship with the program, in order, each with its source."""
    import csv

    with Path(__file__).with_name("terms.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return tuple(
        Shipped(row["calendar"], row["name"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), row["source"]) for row in found
    )


@cache
def bank_holidays() -> tuple[Closed, ...]:
    """The bank holidays of England that fall on a weekday, in order."""
    rows = (line.split(",", 1) for line in BANK_HOLIDAYS.read_text("utf-8").splitlines()[1:])
    return tuple(Closed(ENGLAND, name, date.fromisoformat(day)) for day, name in rows)


class Calendars:
    """Every calendar known: imported half terms and INSET days, over what ships with the program."""

    def __init__(self, imported: Iterable[HalfTerm], closed: Iterable[Closed] = ()) -> None:
        blocks = sorted(imported, key=lambda block: (block.calendar.casefold(), block.first))
        self._imported = {name: tuple(found) for name, found in groupby(blocks, key=lambda block: block.calendar.casefold())}
        days = sorted(closed, key=lambda each: (each.calendar.casefold(), each.day))
        self._closed = {name: tuple(found) for name, found in groupby(days, key=lambda each: each.calendar.casefold())}
        self._made: dict[tuple[str, ...], Calendar] = {}

    def named(self, name: str) -> tuple[HalfTerm, ...]:
        """The half terms of a calendar: an imported one replaces what ships for days of its own."""
        own = self._imported.get(name.casefold(), ())
        if name.casefold() != COUNTY.casefold():
            return own
        kept = [block for block in shipped() if not any(overlap(block, mine) for mine in own)]
        return tuple(sorted((*own, *kept), key=lambda block: block.first))

    def following(self, *known: object) -> Calendar:
        """The calendar of a school over its commissioner's over the county's, each school year of the first that has it.

        A name that no calendar has, or that is not recorded, is passed over. Bank holidays are everybody's.
        """
        names = tuple([name for name in known if isinstance(name, str)])
        if names not in self._made:
            blocks: tuple[HalfTerm, ...] = ()
            closed: tuple[Closed, ...] = ()
            for name in (*names, COUNTY):
                blocks = over(blocks, self.named(name))
                closed = over(closed, self.closed(name))
            self._made[names] = Calendar(
                next((name for name in names if self.named(name) or self.closed(name)), COUNTY), blocks, (*closed, *bank_holidays())
            )
        return self._made[names]

    def closed(self, name: str) -> tuple[Closed, ...]:
        """The INSET days of a calendar, in order."""
        return self._closed.get(name.casefold(), ())


def overlap(one: HalfTerm, other: HalfTerm) -> bool:
    """Whether two half terms have a day in common."""
    return one.first <= other.last and other.first <= one.last


Dated = TypeVar("Dated", HalfTerm, Closed)


def over(first: tuple[Dated, ...], second: tuple[Dated, ...]) -> tuple[Dated, ...]:
    """What one calendar has, with what another has for the school years that the first says nothing of."""
    years = {school_year(each.first) for each in first}
    kept = tuple(each for each in second if school_year(each.first) not in years)
    return tuple(sorted(first + kept, key=lambda each: each.first))


def school_year(day: date) -> int:
    """The year in which the school year of a day begins, in August."""
    return day.year if day.month >= 8 else day.year - 1
