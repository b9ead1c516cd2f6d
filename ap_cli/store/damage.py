"""What cannot be read: what reading it raises, and how it is named (AP906)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import DecodeError, Struct, ValidationError

from ..errors import StoreProblem
from ..forms.form import Noun
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


class Unreadable(Struct, frozen=True):
    """A record that cannot be read: why, and whose it is and where, as far as its row says."""

    noun: type[Noun]
    id: int
    problem: StoreProblem
    pupil: int | None = None
    provider: int | None = None


def text_or_bytes(raw: bytes) -> str | bytes:
    """Text as a column keeps it; as bytes, which no record takes, where it is not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def is_no_text(problem: BaseException) -> bool:
    """Whether the database could not hand out a text because it is not UTF-8."""
    return "decode to UTF-8" in str(problem)


@contextmanager
def naming(ref: str) -> Iterator[None]:
    """Raise StoreProblem that names a record if what is read within the block is impossible."""
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
