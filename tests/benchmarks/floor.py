"""How long `ap check --all --json` takes in one process, as a multiple of reading the same rows as bare driver tuples.

python -m tests.benchmarks.floor [PLACEMENTS]
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from pathlib import Path

from .large import ON, make

MOST_TIMES = 90
"""Of it answers are 45 %, findings and their words 20 %, JSON 15 % and building the cases 12 %."""

MOST_MEBIBYTES = 150


def rows_of(store: Path) -> Iterator[object]:
    """The rows that a check needs, each once and in the order in which it needs them, as the driver has them."""
    from ap_cli.domain.placement import Placement
    from ap_cli.domain.provider import Provider
    from ap_cli.domain.pupil import Pupil
    from ap_cli.store.address import Address
    from ap_cli.store.opening import open_store
    from ap_cli.store.queries.conditions import WEEK_IN_FORCE
    from ap_cli.store.queries.entries import entries_by_subject
    from ap_cli.store.queries.records import columns

    opened = open_store(Address(store))
    connection = opened.connection
    on = {"on": ON.isoformat()}
    yield from connection.execute(
        f"SELECT {columns(Placement, 'pl')} FROM placement pl {WEEK_IN_FORCE} ORDER BY pl.id", on
    )
    for subject in ("placement", "pupil", "provider"):
        yield from entries_by_subject(opened, subject, ON)
    for noun in (Pupil, Provider):
        yield from connection.execute(f"SELECT {columns(noun, 't')} FROM {noun.NOUN} t ORDER BY id")
    for table in ("site", "commissioner", "mark"):
        yield from connection.execute(f"SELECT * FROM {table}")


def floor(store: Path) -> tuple[float, int]:
    """Seconds to read the rows, and how many there are."""
    began = time.process_time()
    rows = sum(1 for _ in rows_of(store))
    return time.process_time() - began, rows


def check(store: Path) -> float:
    """Seconds that a check takes that writes its JSON to a file."""
    from ap_cli.cli.app import run_command

    sys.argv = ["ap", "--db", str(store), "--on", ON.isoformat(), "check", "--all", "--json"]
    with tempfile.TemporaryFile("w", encoding="utf-8") as file, redirect_stdout(file):
        began = time.process_time()
        with suppress(SystemExit):
            run_command()
        return time.process_time() - began


def run_once(placements: int) -> tuple[float, float, int, float]:
    """Seconds to read the rows and to check them, how many rows there are, and the peak in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "ap.db"
        if not os.fork():  # what making it needs counts for nobody's memory
            make(store, placements)
            os._exit(0)
        os.wait()
        (least, rows), took = floor(store), check(store)
    return least, took, rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def times(placements: int) -> float:
    """How many times as long a check takes as reading its rows, in a process of its own."""
    command = [sys.executable, "-m", __spec__.name, str(placements)]
    printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return float(printed.split(": ")[1].split()[0])


def main() -> None:
    placements = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    least, took, rows, peak = run_once(placements)
    print(
        f"check --all --json: {took / least:.1f} × reading its {rows:,} rows, at most {MOST_TIMES};"
        f" {peak:.0f} MiB, at most {MOST_MEBIBYTES}"
    )
    print(
        f"for each placement: {least / placements * 1e6:.1f} µs to read,"
        f" {took / placements * 1e6:.1f} µs to check"
    )


if __name__ == "__main__":
    main()
