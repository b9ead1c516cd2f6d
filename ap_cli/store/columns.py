"""Values as columns keep them, and the error where one cannot be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec import DecodeError, ValidationError

from ..errors import StoreProblem
from ..forms.form import check_year
from ..forms.text import shortened

UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    DecodeError,
    ValidationError,
)
"""What reading a row raises where it holds what no record can."""


@lru_cache(maxsize=8192)
def day_of_record(text: str) -> date:
    """A day as a column keeps it; ValueError where it is none, or in a year in which no record is."""
    return check_year(date.fromisoformat(text))


def whole(number: int) -> int:
    """A whole number as a column keeps it; ValueError where the column holds something else."""
    if type(number) is not int:
        raise ValueError("not a whole number")
    return number


def text_or_bytes(raw: bytes) -> str | bytes:
    """Text as a column keeps it; as bytes, which no record takes, where it is not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def is_no_text(problem: BaseException) -> bool:
    """Whether the database could not hand out a text because it is not UTF-8."""
    return "decode to UTF-8" in str(problem)


def of_type(known: type) -> Callable[[Any], Any]:
    """Takes a value of a type as it is; ValueError for another, whatever it could be made to mean."""

    def take(value: Any) -> Any:
        if type(value) is not known:
            raise ValueError(f"{NEEDED[known]} is needed")
        return value

    return take


NEEDED = {bool: "yes or no", str: "text", list: "a list"}
"""What a value of a type is called."""


@contextmanager
def naming(ref: str) -> Iterator[None]:
    """Names what is read within, where the database or a row holds what no record can: StoreProblem."""
    try:
        yield
    except (sqlite3.OperationalError, *UNREADABLE) as problem:
        if isinstance(problem, sqlite3.OperationalError) and not is_no_text(problem):
            raise
        raise unreadable(ref, problem) from None


def unreadable(ref: str, problem: Exception) -> StoreProblem:
    """The error for a row that holds what no record can."""
    if is_no_text(problem):  # whose own words quote the text
        problem = ValueError("text that is not UTF-8")
    said = (
        f"{shortened(problem.args[0], 30)} is none of its values"
        if isinstance(problem, KeyError) and problem.args
        else shortened(problem, 80)
    )
    return StoreProblem(
        f"{ref} cannot be read: the store holds something impossible there ({said})"
    )
