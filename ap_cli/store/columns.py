"""Read values from columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from ..forms.form import check_year


@lru_cache(maxsize=8192)
def day_of_record(text: str) -> date:
    """Parse a day; raise ValueError if it is invalid or its year is out of range."""
    return check_year(date.fromisoformat(text))


def whole(number: int) -> int:
    """Return a whole number; raise ValueError if the column holds something else."""
    if type(number) is not int:
        raise ValueError("not a whole number")
    return number


def of_type(known: type) -> Callable[[Any], Any]:
    """Make a function that returns values of one type, and raises ValueError for any other."""

    def take(value: Any) -> Any:
        if type(value) is not known:
            raise ValueError(f"{NEEDED[known]} is needed")
        return value

    return take


NEEDED = {bool: "yes or no", str: "text", list: "a list"}
"""How an error names the value that is needed, by type."""
