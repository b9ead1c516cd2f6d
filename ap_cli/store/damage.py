"""Name what cannot be read, and the errors that reading it raises (AP906)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import DecodeError, Struct, ValidationError

from ..errors import StoreProblem
from ..forms.form import Noun
from ..forms.text import echo, hide_quoted, shortened
from . import driver

UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    DecodeError,
    ValidationError,
)
"""The errors raised by reading a row with impossible values."""


class Unreadable(Struct, frozen=True):
    """A record that cannot be read: why, and whose it is and where, as far as its row shows."""

    noun: type[Noun]
    id: int
    problem: StoreProblem
    pupil: int | None = None
    provider: int | None = None


def text_or_bytes(raw: bytes) -> str | bytes:
    """Return a column's text; if it is not UTF-8, return bytes, which no record accepts."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def readable_text(value: Any) -> Any:
    """Return a column's value; of text that is not UTF-8, as much as can be read."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def is_no_text(problem: BaseException) -> bool:
    """Return whether the database failed to read a text because it is not UTF-8."""
    return "decode to UTF-8" in str(problem)


@contextmanager
def naming(ref: str) -> Iterator[None]:
    """Raise StoreProblem with this reference if the block reads something impossible."""
    try:
        yield
    except (driver.OperationalError, *UNREADABLE) as problem:
        if isinstance(problem, driver.OperationalError) and not is_no_text(problem):
            raise
        raise unreadable(ref, problem) from None


def unreadable(ref: str, problem: Exception) -> StoreProblem:
    """Return the error for a row with impossible values."""
    if is_no_text(problem):  # its own message would quote the text
        problem = ValueError("text that is not UTF-8")
    said = (
        f"{echo(problem.args[0], 30)} is not a value it can have"
        if isinstance(problem, KeyError) and problem.args
        else shortened(hide_quoted(str(problem)), 80)
    )
    return StoreProblem(
        f"{ref} cannot be read: the store holds something impossible there ({said})"
    )
