"""What a command costs on a store on a server, over the same on a file."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from ..server.cluster import find_programs, start_cluster

MOST_TIMES = 2.5
"""Of the 2.0 that were measured for the shortest commands, most is to import psycopg."""

RUNS = 5
COMMANDS = (
    ("pupil", "list", "--json"),
    ("reviews", "due", "--json"),
    ("check", "PL-0001", "--json"),
    ("todo",),
    ("record", "contact", "PL-0001", "--day", "2026-03-02", "--whom", "a parent"),
)
Seconds = Callable[[tuple[str, ...], object], float]
"""A function that runs a command on a store, and returns its processor time."""


def times(seconds: Seconds, ap: tuple[str, ...], store: Path) -> Iterator[tuple[str, float]]:
    """Each command, and how many times its processor time on a file it costs on a server.

    What the server itself does is not counted: it is another computer's. Nothing without a server.
    """
    if find_programs() is None:
        print("there is no PostgreSQL here: what a server costs is not measured", file=sys.stderr)
        return
    cluster = start_cluster()
    try:
        there = cluster.create("large")
        seconds((*ap, "db", "copy", str(store), there), None)
        for command in COMMANDS:
            here = _median(seconds, (*ap, *command), store)
            yield " ".join(command[:2]), _median(seconds, (*ap, *command), there) / here
    finally:
        cluster.remove()


def _median(seconds: Seconds, command: tuple[str, ...], store: object) -> float:
    return statistics.median(seconds(command, store) for _ in range(RUNS))
