"""Text from people, made safe to show: it can hold anything."""

from __future__ import annotations

from collections.abc import Sequence

BIDI_CONTROLS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
"""Characters that turn the direction of the text after them."""


def printable(text: str) -> str:
    """Text for one line of a terminal: what would move the cursor or turn the line is replaced."""
    if text.isprintable() and BIDI_CONTROLS.isdisjoint(text):
        return text
    return "".join(
        " " if c in "\n\t" else c if c.isprintable() and c not in BIDI_CONTROLS else "�"
        for c in text
    )


def shortened(given: object, most: int = 40) -> str:
    """What was given, short enough and safe to quote in a sentence."""
    try:
        text = printable(str(given))
    except ValueError:  # a number too long to be written out
        text = "…"
    return text if len(text) <= most else text[: most - 1] + "…"


def hours(minutes: int) -> str:
    """Minutes as hours: "18", "18.25", "18:10"."""
    whole, rest = divmod(minutes, 60)
    if rest % 15 == 0:
        return f"{whole + rest / 60:g}"
    return f"{whole}:{rest:02d}"


def first_of(told: Sequence[str], most: int = 4) -> str:
    """What is told in a row, "a, b, c, d and 3 more": of much the first alone."""
    return ", ".join(told[:most]) + (f" and {len(told) - most} more" if len(told) > most else "")


MOST_TOLD = 30
"""Mistakes, or what was passed over, that are told of a file."""


def list_few(told: Sequence[str]) -> list[str]:
    """What is told of a file, and of much the first, with how many more there are."""
    return [*told[:MOST_TOLD], *count_untold(len(told))]


def count_untold(number: int) -> list[str]:
    """How many of so many are not told, in a line; none where all are."""
    return [f"… and {number - MOST_TOLD:,} more"] if number > MOST_TOLD else []


def in_unit(value: int, unit: str) -> str:
    """A figure in its unit: time in hours, and one of a thing in the singular."""
    if unit.startswith("minutes"):
        return f"{hours(value)} hours{unit.removeprefix('minutes')}"
    return (
        f"{value} {'child' if unit == 'children' else unit.removesuffix('s')}"
        if value == 1
        else f"{value} {unit}"
    )


def pounds(pence: int) -> str:
    """Pence as pounds: "£85", "£85.50"."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}" + (f".{rest:02d}" if rest else "")


def label(name: str) -> str:
    """A fact's name for people: `weekly_minutes` is told in hours."""
    return (
        name.replace("weekly_minutes", "hours_a_week")
        .replace("weekly_pence", "cost_a_week")
        .replace("_minutes", "_hours")
        .replace("_", " ")
    )
