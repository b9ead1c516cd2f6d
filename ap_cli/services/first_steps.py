"""What a new store lacks, and the commands that add it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ..domain.placement import Placement
from ..forms.form import reference
from ..store.opening import Store
from ..store.queries.numbers import has_rows
from ..store.queries.placements import without_commissioner


class FirstStep(Struct, frozen=True):
    """A table that has to have a row, what to do, and the command for a person and in a script."""

    table: str
    words: str
    command: str
    in_a_script: str


FIRST_STEPS = (
    FirstStep(
        "commissioner",
        "Say who commissions",
        "ap init",
        "ap init --commissioner NAME --kind KIND",
    ),
    FirstStep("provider", "Add a provider", "ap provider add", "ap provider add"),
    FirstStep("pupil", "Add a pupil", "ap pupil add", "ap pupil add"),
    FirstStep("placement", "Plan a placement", "ap placement new", "ap placement new"),
)


def list_uncommissioned(store: Store, on: date) -> list[str]:
    """List the references of placements not ended on a day of which nobody said who arranges them.

    None are listed while nobody is recorded who could: that is a first step.
    """
    if not has_rows(store, "commissioner"):
        return []
    return [reference(Placement.PREFIX, id) for id in without_commissioner(store, on)]


def list_first_steps(store: Store) -> list[FirstStep]:
    """List the first steps that nobody has taken yet, in order."""
    return [step for step in FIRST_STEPS if not has_rows(store, step.table)]
