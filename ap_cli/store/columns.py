"""Read values from columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import lru_cache, partial
from typing import Any, get_origin

from msgspec.json import decode

from ..domain.entries.entry import EntryRef
from ..domain.periods import Period, Periods
from ..domain.references import REFERENCES
from ..domain.sessions import Sessions, read_sessions
from ..forms.form import TIMES, Count, Pence, Percent, check_year


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


WHOLE = (int, *TIMES, Pence, Percent, Count, EntryRef, *REFERENCES)


def from_column(known: Any) -> Callable[[Any], Any] | None:
    """Make a function from a column's value to a field's; None if they are the same."""
    if known is date:
        return day_of_record
    if known is bool:
        return {0: False, 1: True}.__getitem__
    if known in WHOLE:
        return whole
    if known is Sessions:
        return read_sessions
    if known is Periods:
        return _read_periods
    if isinstance(known, type) and issubclass(known, Enum):
        return {member.value: member for member in known}.__getitem__
    if get_origin(known) is tuple:
        return partial(decode, type=known)
    return None


@lru_cache(maxsize=4096)
def _read_periods(text: str) -> Periods:
    return Periods(decode(text, type=tuple[Period, ...]))
