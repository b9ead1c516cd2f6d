"""Choices of a question that say what they mean."""

from enum import Enum, StrEnum
from typing import Self


class Choice(StrEnum):
    """A list of choices, each with half a line of what it means: `PRU = "pru", "a …"`."""

    _value_: str
    means: str

    def __new__(cls, value: str, means: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.means = means
        return member


def meaning_of(member: Enum) -> str:
    """Return what a choice means; empty if it does not say."""
    return member.means if isinstance(member, Choice) else ""
