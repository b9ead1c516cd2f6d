"""Check a copy of the store in which something else is true."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.days import words
from ..domain.placement import Placement
from ..errors import ApError
from ..forms.form import reference
from ..rules.rule import OPEN
from ..store.author import Author
from ..store.opening import Store
from . import records
from .checks import CheckReport, CheckRequest, check, own_rules, rules_like

if TYPE_CHECKING:
    from .standing import Judged

NOT_SAVED = 0
"""The number of a placement that has not been saved."""

UNSAVED = reference(Placement.PREFIX, NOT_SAVED)
"""The reference of a placement that has not been saved."""


def check_unsaved(store: Store, placement: Placement, author: Author, today: date) -> CheckReport:
    """Check a placement as if it were saved; raise BadAnswers if it cannot be saved."""
    with store.suppose() as supposed:
        records.add(supposed, placement, author, today, number=NOT_SAVED)
        request = CheckRequest(today, subjects=[(Placement, NOT_SAVED)], answers=OPEN)
        return check(supposed, request).read()


def judge_unsaved(
    store: Store, placement: Placement, author: Author, today: date
) -> tuple[CheckReport, Judged]:
    """Check a placement as if it were saved, and say how it would stand, as `ap check` would.

    Raise BadAnswers if it cannot be saved.
    """
    from .standing import judge_request

    with store.suppose() as supposed:
        records.add(supposed, placement, author, today, number=NOT_SAVED)
        request = CheckRequest(
            today, [(Placement, NOT_SAVED)], rules_like((), own=own_rules(supposed))
        )
        report = check(supposed, replace(request, answers=OPEN)).read()
        return report, judge_request(supposed, request)


@contextmanager
def as_known(store: Store, day: date) -> Iterator[Store]:
    """Return a store as it was known at the end of a day, by undoing the later changes in a copy.

    The day of a change is the one that was taken for today then. A change and its undoing are
    nothing together, whatever their days. Raise ApError if nothing had been recorded by then, or if
    a later change cannot be undone.
    """
    from ..store import writing
    from ..store.queries.attendance import delete_of_unit, revive_of_unit
    from ..store.undoing import later_than, reverse

    # without foreign keys, as changes were not always written in the order of their days
    with store.suppose(foreign_keys=False) as supposed:
        later = later_than(supposed, day)
        if not later.known:
            raise ApError(f"nothing had been recorded by {words(day)}: choose a later day")
        if later.unnumbered:
            raise ApError(
                f"choose a later day: an earlier version of ap wrote changes after {words(day)} "
                "that cannot be reversed"
            )
        with writing.change(supposed, Author("as known"), f"as known on {day}") as unit:
            for number in later.reverse:
                reverse(unit, number, later.in_order)
                delete_of_unit(supposed, number)
                if number in later.undone:
                    revive_of_unit(supposed, later.undone[number])
            for number in later.taken_back:
                delete_of_unit(supposed, number)
        yield supposed
