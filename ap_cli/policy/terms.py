"""Term dates that ship with the program, and which calendar a placement follows.

They stand in `terms.csv`, in the form that `ap terms import` reads, with a source for each. Later years could not be
confirmed, and are left to be imported.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

from ..domain.calendar import Calendar, HalfTerm

COUNTY = "Leicestershire"
"""The calendar that is followed where nothing else is said."""


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


class Calendars:
    """Every calendar known: imported half terms, over those that ship with the program."""

    def __init__(self, imported: Iterable[HalfTerm]) -> None:
        blocks = sorted(imported, key=lambda block: (block.calendar.casefold(), block.first))
        self._imported = {name: tuple(found) for name, found in groupby(blocks, key=lambda block: block.calendar.casefold())}
        self._made: dict[tuple[str, ...], Calendar] = {}

    def named(self, name: str) -> tuple[HalfTerm, ...]:
        """The half terms of a calendar: an imported one replaces what ships for days of its own."""
        own = self._imported.get(name.casefold(), ())
        if name.casefold() != COUNTY.casefold():
            return own
        kept = [block for block in shipped() if not any(overlap(block, mine) for mine in own)]
        return tuple(sorted((*own, *kept), key=lambda block: block.first))

    def following(self, *known: object) -> Calendar:
        """The calendar of a school over its commissioner's over the county's.

        A name that no calendar has, or that is not recorded, is passed over.
        """
        names = tuple([name for name in known if isinstance(name, str)])
        if names not in self._made:
            blocks: tuple[HalfTerm, ...] = ()
            for name in (*names, COUNTY):
                blocks = over(blocks, self.named(name))
            self._made[names] = Calendar(next((name for name in names if self.named(name)), COUNTY), blocks)
        return self._made[names]


def overlap(one: HalfTerm, other: HalfTerm) -> bool:
    """Whether two half terms have a day in common."""
    return one.first <= other.last and other.first <= one.last


def over(first: tuple[HalfTerm, ...], second: tuple[HalfTerm, ...]) -> tuple[HalfTerm, ...]:
    """Half terms of one calendar, with those of another for the school years that the first says nothing of."""
    years = {school_year(block) for block in first}
    kept = (block for block in second if school_year(block) not in years)
    return tuple(sorted((*first, *kept), key=lambda block: block.first))


def school_year(block: HalfTerm) -> int:
    """The year in which a half term's school year begins, in August."""
    return block.first.year if block.first.month >= 8 else block.first.year - 1
