"""Values as columns keep them, and the error where one cannot be."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from msgspec import DecodeError, ValidationError

from ..domain.forms import of_a_record
from ..domain.text import shortened
from ..errors import StoreProblem

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, DecodeError, ValidationError)
"""What reading a row raises where it holds what no record can."""


@lru_cache(maxsize=8192)
def day_of_record(text: str) -> date:
    """A day as a column keeps it; ValueError where it is none, or in a year in which no record is."""
    return of_a_record(date.fromisoformat(text))


def whole(number: int) -> int:
    """A whole number as a column keeps it; ValueError where the column holds something else."""
    if type(number) is not int:
        raise ValueError("not a whole number")
    return number


def unreadable(ref: str, problem: Exception) -> StoreProblem:
    """The error for a row that holds what no record can."""
    said = f"{shortened(problem.args[0], 30)} is none of its values" if isinstance(problem, KeyError) and problem.args else shortened(problem, 80)
    return StoreProblem(f"{ref} cannot be read: the store holds something impossible there ({said})")
