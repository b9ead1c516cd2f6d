"""What a new store lacks, and the commands that add it."""

from __future__ import annotations

from msgspec import Struct

from ..store.opening import Store
from ..store.queries.numbers import has_rows


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


def list_first_steps(store: Store) -> list[FirstStep]:
    """List the first steps that nobody has taken yet, in order."""
    return [step for step in FIRST_STEPS if not has_rows(store, step.table)]
