"""Read what the events of a calendar are made of: reviews by their numbers, and newest changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...domain.calendar import REVIEW_RULE
from ...forms.form import Record, reference
from ..columns import day_of_record
from ..damage import UNREADABLE, unreadable
from ..dialect import answer
from ..opening import Store


class Slot(Record, frozen=True):
    """A review that was recorded, or a waiver of one; `ordinal` is that of a review."""

    placement: int
    day: date
    ordinal: int | None
    withdrawn: bool


SLOTS = (
    "SELECT e.placement, e.day, CASE WHEN e.kind = 'review' THEN e.ordinal END,"
    " e.withdrawn IS NOT NULL FROM entry e WHERE e.placement IS NOT NULL AND e.day <= :on"
    f" AND (e.kind = 'review' OR (e.kind = 'waiver' AND {answer('rule')} = '{REVIEW_RULE}'))"
    " ORDER BY e.placement, e.id"
)
"""Reviews and waivers of them, withdrawn ones too, in the order in which they were recorded."""


def slots(store: Store, on: date) -> Iterator[Slot]:
    """List each review and each waiver of one up to a day, by placement, as they were recorded.

    The store names the placements of which one cannot be read.
    """
    for placement, day, ordinal, withdrawn in store.rows(SLOTS, on=on):
        try:
            yield Slot(placement, day_of_record(day), ordinal, bool(withdrawn))
        except UNREADABLE as problem:
            store.leave_out(unreadable(f"a review of {reference('PL', placement)}", problem))


OF_ALL = ("term", "closure", "overlay", "commissioner")
"""The tables whose changes can move the reviews of every placement."""


def newest_changes(store: Store) -> tuple[dict[str, int], int]:
    """Map each subject to its newest change but for marks; with it comes the newest that is of all.

    Changes have their numbers in the log, which only rise.
    """
    rows = store.rows(
        "SELECT subject, max(id) FROM audit WHERE place IS NULL OR place <> 'mark' GROUP BY subject"
    )
    by_subject = {str(subject): int(newest) for subject, newest in rows}
    places = ", ".join(f"'{place}'" for place in OF_ALL)
    row = store.row(f"SELECT coalesce(max(id), 0) FROM audit WHERE place IN ({places})")
    return by_subject, int(row[0])
