"""What a battery counts, and when a store is sound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ap_cli.services.storecheck import check_store, exit_code
from ap_cli.store.address import read_address

from ..conftest import Program


@dataclass
class Tally:
    """What a battery counted: every number but the first three has to be 0."""

    rounds: int = 0
    stopped: int = 0
    acknowledged: int = 0
    lost: int = 0
    half_written: int = 0
    unsound: int = 0

    @property
    def bad(self) -> int:
        return self.lost + self.half_written + self.unsound


def refs_of(ap: Program, table: str, prefix: str) -> set[str]:
    """The references of the records in a table."""
    with ap.opened() as store:
        return {f"{prefix}-{id:04d}" for (id,) in store.rows(f"SELECT id FROM {table}")}


def without_log(ap: Program, table: str) -> int:
    """How many rows of a table no entry of the log tells of."""
    query = (
        f"SELECT count(*) FROM {table} t WHERE NOT EXISTS"
        ' (SELECT 1 FROM audit WHERE place = :place AND "row" = t.id)'
    )
    with ap.opened() as store:
        return int(store.row(query, place=table)[0])


def unsound(ap: Program) -> int:
    """1 if `ap db check` finds anything to put right in a store, else 0."""
    return int(exit_code(check_store(read_address(ap.there), date.today())) != 0)
