"""A school term: two half terms of a calendar, one after the other, by the season's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Final

from ..forms.form import Record
from .half_terms import HalfTerm, term_of

SEASONS: Final = ("spring", "summer", "autumn")
"""The terms of a calendar year, in order."""


class Term(Record, frozen=True):
    """A term from its first to its last school day, both counted: that of a season in a year."""

    season: str
    year: int
    first: date
    last: date

    @property
    def name(self) -> str:
        """Its name: "autumn 2025"."""
        return f"{self.season} {self.year}"


def list_terms(half_terms: Iterable[HalfTerm]) -> tuple[Term, ...]:
    """List the terms of half terms that are in order."""
    terms = []
    for (year, season), blocks in groupby(half_terms, key=_term):
        days = list(blocks)
        terms.append(Term(SEASONS[season], year, days[0].first, max(block.last for block in days)))
    return tuple(terms)


def _term(block: HalfTerm) -> tuple[int, int]:
    """Return the year and term of a half term, to group by."""
    return term_of(block.first)


def find_term(terms: Iterable[Term], name: str) -> Term | None:
    """Return the term of a name, "autumn 2025" or "Autumn term 2025"; None if none has it."""
    wanted = set(name.casefold().split()) - {"term"}
    return next((term for term in terms if set(term.name.split()) == wanted), None)


def term_on_or_before(terms: Iterable[Term], day: date) -> Term | None:
    """Return the last term that has begun by a day; None if none has."""
    begun = [term for term in terms if term.first <= day]
    return begun[-1] if begun else None
