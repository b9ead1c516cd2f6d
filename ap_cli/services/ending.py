"""What stands against a last day of a placement, and what becomes of the reviews after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..domain.days import words
from ..domain.entries.after import Discussion
from ..domain.entries.during import Review
from ..domain.entries.entry import Entry, Party
from ..domain.placement import Placement
from ..domain.readers import answers_of
from ..forms.facts import recorded
from ..forms.form import questions
from ..store.opening import Store
from ..store.queries import entries as entry_queries
from ..store.queries.placements import happened_within
from .correcting import refuse_referred
from .refusals import way_out

BECAUSE = "it was the discussion of the end"
"""Why a review after the last day is withdrawn."""


class LateReview(Struct, frozen=True):
    """A review after the last day: it becomes the discussion of the end, or moves to its day."""

    review: Review
    moved_to: date | None = None


def list_late_reviews(store: Store, placement: Placement, day: date) -> list[Review]:
    """List the reviews of a placement after a day that is to be its last, in order."""
    entries = entry_queries.entries_of(store, placement, date.max)
    return [entry for entry in entries if isinstance(entry, Review) and entry.day > day]


def list_kinds(store: Store, placement: Placement) -> set[type[Entry]]:
    """List the kinds of entry that a placement has."""
    return {type(entry) for entry in entry_queries.entries_of(store, placement, date.max)}


def object_to_last_day(store: Store, placement: Placement, day: date, today: date) -> str:
    """Say why a day cannot be the last one, and which can; empty if it can.

    A review after it does not count: it is asked what becomes of that.
    """
    if day < placement.starts:
        starts = words(placement.starts)
        return f"{placement.ref} started on {starts}: give that day, or a later one."
    if day > today:
        return (
            f"{words(day)} is still to come: give today or an earlier day. Until then it goes on, "
            "and you can change its planned end."
        )
    for what, _, last in happened_within(store, placement.id):
        if last > day and not what.endswith(f"({Review.KIND})"):
            day_of_it = f"{placement.ref} has {what} on {words(last)}"
            way = way_out(placement.ref, what, last)
            return f"{day_of_it}: give that day, or a later one. Or first {way}"
    return ""


def object_to_never_started(store: Store, placement: Placement) -> str:
    """Say what shows that a placement did start; empty if nothing does."""
    for what, first, _ in happened_within(store, placement.id):
        return f"It did start: {placement.ref} has {what} on {words(first)}. Answer yes."
    return ""


def discussion_of(review: Review) -> Discussion:
    """Return the discussion of the end that was recorded as a review, with all that it says."""
    named = review.took_part if recorded(review.took_part) else ()
    parties = tuple(Party(name) for name in named if name in tuple(Party))
    carried = {"day", "by", "note", "took_part", "child_view"}
    answers = answers_of(review)
    texts = [review.note] if recorded(review.note) else []
    others = [name for name in named if name not in tuple(Party)]
    texts += [f"Took part: {', '.join(others)}."] if others else []
    rest = [
        f"{question.label}: {in_words(answers[question.key])}"
        for question in questions(Review)
        if question.name not in carried and question.key in answers
    ]
    texts += [f"Recorded as a review ({'; '.join(rest)})."] if rest else []
    filled: dict[str, Any] = {"day": review.day, "by": review.by, "child_view": review.child_view}
    if parties:
        filled["took_part"] = parties
    if texts:
        filled["note"] = " ".join(texts)
    return Discussion(**{name: fact for name, fact in filled.items() if recorded(fact)})


def in_words(answer: Any) -> str:
    """Return an answer as it is read: yes or no, several with commas between them."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return ", ".join(map(str, answer)) if isinstance(answer, list | tuple) else str(answer)


def settle_late_reviews(
    unit: Any, store: Store, placement: Placement, late: Iterable[LateReview]
) -> None:
    """Make the reviews after a last day its discussion, or move them, in a unit of work.

    Raise ApError if another entry refers to one that would go.
    """
    from ..store import writing

    for one in late:
        if one.moved_to is not None:
            writing.correct_entry(unit, replace(one.review, day=one.moved_to))
            continue
        refuse_referred(store, one.review, (Placement, placement.id))
        writing.withdraw_entry(unit, one.review.id, BECAUSE)
        writing.add_entry(unit, discussion_of(one.review), placement)
