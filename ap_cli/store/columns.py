"""Values as columns keep them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from ..forms.form import check_year


@lru_cache(maxsize=8192)
def day_of_record(text: str) -> date:
    """A day as a column keeps it; ValueError where it is none, or in a year in which no record is."""
    return check_year(date.fromisoformat(text))


def whole(number: int) -> int:
    """A whole number as a column keeps it; ValueError where the column holds something else."""
    if type(number) is not int:
        raise ValueError("not a whole number")
    return number


def of_type(known: type) -> Callable[[Any], Any]:
    """Takes a value of a type as it is; ValueError for another, whatever it could be made to mean."""

    def take(value: Any) -> Any:
        if type(value) is not known:
            raise ValueError(f"{NEEDED[known]} is needed")
        return value

    return take


NEEDED = {bool: "yes or no", str: "text", list: "a list"}
"""What a value of a type is called."""
