"""What holds for some days and not for others, such as a provider's registration."""

from __future__ import annotations

from datetime import date

from ..forms.facts import Fact, Unknown
from ..forms.form import Record


class Period(Record, frozen=True):
    """One stretch of days, both ends counted; None is as far as anyone asks."""

    began: date | None = None
    ended: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day is one of them."""
        return (self.began is None or self.began <= day) and (
            self.ended is None or day <= self.ended
        )


class Periods(Record, frozen=True):
    """The days on which something holds; none at all is a recorded "no"."""

    spells: tuple[Period, ...] = ()

    def on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return any(spell.covers(day) for spell in self.spells)

    def __str__(self) -> str:
        from .days import words

        def told(spell: Period) -> str:
            since = f"since {words(spell.began)}" if spell.began else "yes"
            return since + (f" until {words(spell.ended)}" if spell.ended else "")

        return "; ".join(map(told, self.spells)) or "no"


def holds(fact: Fact[Periods], day: date) -> Fact[bool]:
    """Return whether a fact holds on a day; unknown if nobody recorded it.

    The answer is to be combined with what is known.
    """
    return fact if isinstance(fact, Unknown) else fact.on(day)
