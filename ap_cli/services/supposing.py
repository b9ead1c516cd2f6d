"""What would be found if something else were so: asked of a store that is only supposed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from ..domain.days import words
from ..domain.placement import Placement
from ..errors import ApError
from ..forms.form import reference
from ..store.author import Author
from ..store.opening import Store
from . import records
from .checks import CheckReport, CheckRequest, check

NOT_SAVED = 0
"""The number of a placement that is only supposed."""

UNSAVED = reference(Placement.PREFIX, NOT_SAVED)
"""Its reference."""


def check_unsaved(store: Store, placement: Placement, author: Author, today: date) -> CheckReport:
    """What `ap check` would show of a placement if it were saved; BadAnswers if it cannot be."""
    with store.suppose() as supposed:
        records.add(supposed, placement, author, today, number=NOT_SAVED)
        request = CheckRequest(today, subjects=((Placement, NOT_SAVED),))
        return check(supposed, request).read()


@contextmanager
def as_known(store: Store, day: date) -> Iterator[Store]:
    """A supposed store as it was known at the end of a day: the audit reverses what came later.

    The day of a change is the one that was taken for today then. ApError if nothing was recorded by
    then, or if what came later cannot be reversed.
    """
    from ..store import writing
    from ..store.undoing import later_than, reverse

    # without foreign keys, as changes were not always written in the order of their days
    with store.suppose(foreign_keys=False) as supposed:
        later, earlier = later_than(supposed, day)
        if not earlier:
            raise ApError(f"nothing had been recorded by {words(day)}")
        if None in later:
            raise ApError(
                f"what was known on {words(day)} cannot be told: an earlier version of ap wrote"
                " changes after it that cannot be reversed"
            )
        with writing.change(supposed, Author("as known"), f"as known on {day}") as unit:
            for number in later:
                reverse(unit, number)
                supposed.rows("DELETE FROM mark WHERE unit = :unit", unit=number)
        yield supposed
