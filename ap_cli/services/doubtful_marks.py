"""What in marks of attendance cannot be right, although they can be recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..domain.attendance import Mark
from ..domain.days import words
from ..domain.placement import Placement
from ..domain.sessions import HALVES
from ..forms.facts import recorded
from ..forms.text import first_of
from ..rules.rule import BREACHED
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import records as reading
from . import attendance, checks
from .checks import CheckRequest

OF_CODES = ("AP601", "AP606", "AP608")
"""The rules on the codes that marks may have."""


def list_doubts(
    store: Store, id: int, marks: Sequence[Mark], author: Author, today: date
) -> list[str]:
    """Say what in marks of a placement cannot be right: no such session, or a code against the law.

    Raise BadAnswers for marks that cannot be recorded.
    """
    return [
        *object_to_sessions(store, id, marks),
        *object_to_codes(store, id, marks, author, today),
    ]


def object_to_sessions(store: Store, id: int, marks: Sequence[Mark]) -> Iterator[str]:
    """Say which marks are of sessions that the pupil does not have at the provider."""
    unplanned = []
    for mark in marks:
        placement = reading.one(store, Placement, id, mark.day)  # the week in force on that day
        sessions = placement.at_provider
        if recorded(sessions) and mark.slot not in sessions.slots:
            unplanned.append((mark, placement.ref, str(sessions)))
    if unplanned:
        named = first_of([describe(mark) for mark, _, _ in unplanned])
        _, ref, planned = unplanned[0]
        yield f"{ref} is on {planned}, and has no session on {named}"


def describe(mark: Mark) -> str:
    """A session with its weekday: "Friday 4 December 2026 am"."""
    return f"{words(mark.day, weekday=True)} {HALVES[mark.half]}"


def object_to_codes(
    store: Store, id: int, marks: Sequence[Mark], author: Author, today: date
) -> Iterator[str]:
    """Say what the law has against the codes of marks, supposing that they are recorded."""
    planned = str(reading.one(store, Placement, id, today).code)
    is_as_planned = any(mark.code == planned for mark in marks)
    with store.suppose() as supposed:
        before = dict(find_broken(supposed, id, today))
        attendance.record(supposed, id, marks, author, today)
        after = dict(find_broken(supposed, id, today))
    for rule, message in after.items():
        is_new = before.get(rule) != message
        if is_new or (rule == "AP601" and is_as_planned):
            yield message


def find_broken(store: Store, id: int, today: date) -> Iterator[tuple[str, str]]:
    """Find the rules on codes that a placement breaks, each with what is wrong."""
    request = CheckRequest(
        today,
        subjects=[(Placement, id)],
        rules=checks.rules_like(OF_CODES),
        answers=(BREACHED,),
    )
    for finding in checks.list_findings(store, request):
        if finding.waived is None:
            yield finding.rule, finding.message
