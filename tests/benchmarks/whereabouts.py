"""What `ap where --all --json` costs, over reading the same rows as bare driver tuples."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from ap_cli.domain.placement import Placement
from ap_cli.domain.pupil import Pupil
from ap_cli.store.address import Address
from ap_cli.store.opening import open_store
from ap_cli.store.queries.conditions import LIVE, WEEK_IN_FORCE
from ap_cli.store.queries.records import columns

from .large import ON

RUNS = 3
MOST_TIMES = 11
"""The floor is the records: a placement and a pupil of 60 fields are built for each child, and
looked up by index are the mark of the session and, where the provider has no contact, an entry."""
QUERY = (
    f"SELECT {columns(Placement, 'pl')}, {columns(Pupil, 'pu')}, pr.* FROM placement pl"
    f" {WEEK_IN_FORCE} JOIN pupil pu ON pu.id = pl.pupil JOIN provider pr ON pr.id = pl.provider"
    f" WHERE {LIVE} ORDER BY pl.pupil, pl.id"
)


def bare_seconds(store: Path) -> float:
    """Processor seconds to read each live placement with its week, its pupil and its provider."""
    with open_store(Address(store)) as opened:
        began = time.process_time()
        rows = sum(1 for _ in opened.connection.execute(QUERY, {"on": ON.isoformat()}))
        assert rows
        return time.process_time() - began


def times(command_seconds: Callable[[], float], store: Path) -> float:
    """How many times as long the command takes as reading its rows, the median of pairs."""
    return statistics.median(command_seconds() / bare_seconds(store) for _ in range(RUNS))
