"""What urgencies are called on screens and in mails, and their colours."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ..rules.task import Urgency
from .result import BOLD, RED, YELLOW


class Called(Struct, frozen=True):
    """What an urgency is called: above its tasks, after a number, and above a column of numbers."""

    heading: str
    counted: str
    column: str
    color: str = ""


URGENCIES = {
    Urgency.SAFETY: Called("A child may be unsafe", "safety", "safety", RED),
    Urgency.LAW: Called("Against the law", "against the law", "law", RED),
    Urgency.LATE: Called("Late", "late", "late", YELLOW),
    Urgency.SOON: Called("This fortnight", "this fortnight", "soon", YELLOW),
    Urgency.GAP: Called("Find out", "to find out", "find out"),
    Urgency.LATER: Called("Later", "later", "later"),
    Urgency.ADVICE: Called("Advice", "suggestions", "advice"),
}


def heading_color(urgency: Urgency) -> str:
    """The colour of what stands above the tasks of an urgency."""
    return URGENCIES[urgency].color or BOLD


def count_words(counts: Iterable[tuple[Urgency, int]]) -> str:
    """How many there are of each urgency, in a row: "2 against the law, 1 late"."""
    return ", ".join(f"{number:,} {URGENCIES[one].counted}" for one, number in counts if number)
