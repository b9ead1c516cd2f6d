"""How long a child's record is kept: the periods, who says so, and until when by them."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

YEARS, DAYS = "years", "days"
NEVER = "never"
"""The setting of a period that never ends."""


class Period(Struct, frozen=True):
    """A period of keeping: its setting, what it is about, its length in years or days, its source.

    It is at `least` as long. `confirm` is whether it is advice, which the school's or the council's
    own schedule has to confirm; else it is law.
    """

    setting: str
    title: str
    usual: int
    unit: str
    source: str
    least: int = 1
    confirm: bool = True

    def read(self, text: str) -> int | None:
        """Read its length, "25" or "25 years"; None for never. Raise ValueError for all else."""
        plain = text.strip().lower().removesuffix(self.unit).removesuffix(self.unit[:-1]).strip()
        if plain == NEVER:
            return None
        if not plain.isdecimal() or not self.least <= int(plain) <= MOST[self.unit]:
            raise ValueError(
                f"type a number of {self.unit} from {self.least} to {MOST[self.unit]}, or {NEVER}"
            )
        return int(plain)


MOST = {YEARS: 100, DAYS: 3650}

PUPIL = Period(
    "retention-pupil",
    "a pupil's whole record, with placements, concerns and its part of the log, from birth",
    25,
    YEARS,
    "common practice, and the DfE's data protection toolkit for schools",
)
SEN = Period(
    "retention-sen",
    "the same where an EHC plan or SEN support is recorded, from birth",
    31,
    YEARS,
    "common practice for special educational needs",
)
REGISTER = Period(
    "retention-register",
    "entries of the attendance register, from their day: a record stays at least as long",
    6,
    YEARS,
    "SI 2024/208 reg 7",
    least=6,
    confirm=False,
)
DRAFTS = Period(
    "retention-drafts",
    "a form that was begun and never finished, from when it was last saved",
    90,
    DAYS,
    "this program's own judgement",
)
PERIODS = {period.setting: period for period in (PUPIL, SEN, REGISTER, DRAFTS)}
"""Every period by the name of its setting."""

Lengths = dict[str, int | None]
"""How long each period is by the name of its setting, None for never ending."""


class Kept(Struct, frozen=True):
    """Until when a record is kept, and which period says so: the last one that ends."""

    until: date
    period: Period


def keep_until(born: date, has_sen: bool, last_mark: date | None, lengths: Lengths) -> Kept | None:
    """Return the first day on which a pupil's record need not be kept; None if it always is."""
    own = SEN if has_sen else PUPIL
    begins = [(own, born), *([(REGISTER, last_mark)] if last_mark else [])]
    found = []
    for period, begin in begins:
        years = lengths[period.setting]
        if years is None:
            return None
        found.append(Kept(add_years(begin, years), period))
    return max(found, key=_end)


def _end(kept: Kept) -> date:
    return kept.until


def draft_until(saved: date, lengths: Lengths) -> Kept | None:
    """Return the first day on which a draft need not be kept; None if it always is."""
    days = lengths[DRAFTS.setting]
    return None if days is None else Kept(saved + timedelta(days=days), DRAFTS)


def add_years(day: date, years: int) -> date:
    """Return the same day so many years later; 1 March where there is no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
