"""Scopes of placements: conditions in SQL that select some of them, with their parameters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from ...domain.ages import born_between
from ...domain.options import Destination
from ...forms.form import Noun


class Scope(Struct, frozen=True):
    """Some of the placements: a condition on a placement `pl`, and its named parameters.

    `streams` tells whether there may be so many that their entries are best read as one stream.
    """

    condition: str = "TRUE"
    named: dict[str, Any] = {}
    streams: bool = True

    @property
    def numbers(self) -> str:
        """A query for the numbers of the placements."""
        return f"SELECT pl.id FROM placement pl WHERE {self.condition}"

    @property
    def pupils(self) -> str:
        """A query for the numbers of their pupils."""
        return f"SELECT pl.pupil FROM placement pl WHERE {self.condition}"


EVERY = Scope()
"""All placements."""

COLUMNS = {"placement": "id", "pupil": "pupil", "provider": "provider"}


def of_subject(subject: type[Noun], id: int) -> Scope:
    """Return the scope of a placement by itself, or of those of a pupil or a provider."""
    column = COLUMNS[subject.NOUN]
    return Scope(f"pl.{column} = :subject", {"subject": id}, streams=False)


def numbers_of(placements: Sequence[int]) -> str:
    """Return numbers for a list in SQL, which cannot be empty."""
    return ", ".join(map(str, placements)) or "NULL"


def of_placements(numbers: Sequence[int]) -> Scope:
    """Return the scope of the placements with these numbers."""
    return Scope(f"pl.id IN ({numbers_of(numbers)})")


LEADS_NOWHERE = (Destination.NONE, Destination.OTHER_PLACEMENT)
"""The destinations that leave open where the pupil learns, unless another placement follows."""

CONCERNS = (
    "SELECT own.placement, coalesce(own.provider, there.provider) AS provider, own.day"
    " FROM entry own LEFT JOIN placement there ON there.id = own.placement"
    " WHERE own.kind = 'concern' AND own.withdrawn IS NULL"
)
HAD_A_CONCERN = (
    f"pl.id IN (SELECT placement FROM ({CONCERNS}) raised"
    f" UNION SELECT near.id FROM ({CONCERNS}) heard JOIN placement near"
    " ON near.provider = heard.provider AND heard.day BETWEEN near.starts AND near.ended)"
)
"""Whether a concern was raised about a placement, or about its provider while it ran."""

MAY_LACK_A_PLACE = (
    f"(pl.destination IN {tuple(map(str, LEADS_NOWHERE))}"
    " AND EXISTS (SELECT 1 FROM pupil child WHERE child.id = pl.pupil"
    " AND child.born BETWEEN :born_first AND :born_last)"
    " AND NOT EXISTS (SELECT 1 FROM placement after WHERE after.pupil = pl.pupil"
    " AND after.id <> pl.id AND after.never_started IS NOT TRUE AND after.starts <= :today"
    " AND (after.ended IS NULL OR after.ended > pl.ended)))"
)
"""Whether a pupil who may be of school age may have no place after a placement that ended."""

A_YEAR = timedelta(days=366)


def may_ask_for_something(on: date, history: int) -> Scope:
    """Return the scope of the placements of which something may be to do on a day.

    It holds more than those: all that have not ended or ended at most `history` days ago, and of
    the others those with a concern, or after which a pupil may have no place. What else is missing
    of them is history. A pupil may leave school a year later than others, as is confirmed of some.
    """
    first, last = born_between(on)
    return Scope(
        "pl.never_started IS NOT TRUE AND (pl.ended IS NULL OR pl.ended >= :ended_since"
        f" OR {HAD_A_CONCERN} OR {MAY_LACK_A_PLACE})",
        {
            "today": on,
            "ended_since": on - timedelta(days=history),
            "born_first": first - A_YEAR,
            "born_last": last,
        },
    )


def running_between(first: date, last: date) -> Scope:
    """Return the scope of the placements that ran on any day from one day to another."""
    return Scope(
        "pl.never_started IS NOT TRUE AND pl.starts <= :last_day"
        " AND (pl.ended IS NULL OR pl.ended >= :first_day)",
        {"first_day": first, "last_day": last},
    )
