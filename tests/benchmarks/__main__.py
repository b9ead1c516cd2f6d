"""What commands cost in processor time, as multiples of something bare in the same run, and the bound of each.

python -m tests.benchmarks [--large] prints a table and exits 1 if a command is above its bound.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from . import floor, importing, servers, whereabouts
from .large import ON, make

BARE = (sys.executable, "-c", "import sqlite3")
AP = (sys.executable, "-m", "ap_cli")
RUNS = 9
BREACHED = 1
"""How a check ends that finds a breach."""
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}


@dataclass(frozen=True)
class Bound:
    """A command on a store, and how many times what it is compared with it may cost.

    `store` names a store of this run: its placements, and those that are past. `{run}` in an
    argument is the number of the run. `over` names another store on which the same command is what
    it is compared with; without one it is a bare start of Python with sqlite3.
    """

    what: str
    most: float
    arguments: tuple[str, ...]
    store: tuple[int, int] = (1_000, 0)
    over: tuple[int, int] | None = None
    large: bool = False


HALF, PAST = (500, 0), (500, 9_500)
HUGE, HUGE_PAST = (5_000, 0), (5_000, 995_000)
CONTACT = ("record", "contact", "PL-0001", "--day", "2026-03-02", "--whom", "a parent")
BOUNDS = (
    Bound("--version", 1.2, ("--version",)),
    # to import Typer and to end as Python does is 4.0; the command ends sooner
    Bound("--help", 4, ("--help",)),
    Bound("record contact", 9, CONTACT),
    # to import Typer is up to 4.0, and the rules, for what is due next, 3.9 more
    Bound("pupil add", 10, ("pupil", "add", "Test Pupil {run}", "--born", "2011-06-27")),
    Bound("first use: pupil add", 11, ("pupil", "add", "Test Pupil", "--born", "2011-06-27"), (0, 0)),
    # to import Typer and the rules is 8; 750 rows and the cases of 200 with a concern are the rest
    Bound("reviews due --json, 1,000", 15, ("reviews", "due", "--json")),
    # to import Typer and the rules is 8 of it
    Bound("check PL-0001 --json", 9, ("check", "PL-0001", "--json")),
    # the 1,648 cases are 12; 54,636 answers are most of the rest
    Bound("ap, 1,000 live", 80, ()),
    # of it answers are 45 %, findings and their words 20 %, cases 12 %, lines or JSON 15 %
    Bound("todo, 1,000 live", 90, ("todo",)),
    # 950 of the past ended within the year and are asked what comes after: 1,450 cases over 500
    Bound("ap, 500 live and 9,500 past, over 500", 2, (), PAST, HALF),
    Bound("todo, the same", 2, ("todo",), PAST, HALF),
    Bound("check --json, the same", 2, ("check", "--json"), PAST, HALF),
    # the bare query is 25, the cases of the 20,000 with a concern 250, 75,000 rows the rest
    Bound("reviews due --json, 100,000", 600, ("reviews", "due", "--json"), (100_000, 0), large=True),
    Bound("check --json, 5,000 live and 995,000 past, over 5,000", 2, ("check", "--json"),
          HUGE_PAST, HUGE, large=True),
)  # fmt: skip
"""Each bound is some 15 % above what was measured on two cores of an AMD EPYC."""


@dataclass
class Stores:
    """The stores of a run, each made when it is first asked for."""

    folder: Path
    made: dict[tuple[int, int], Path] = field(default_factory=dict)

    def path(self, size: tuple[int, int]) -> Path:
        """The path of a store of so many placements and so many past ones; (0, 0) is always new."""
        if size == (0, 0):
            return Path(tempfile.mkdtemp(dir=self.folder)) / "ap.db"
        if size not in self.made:
            self.made[size] = self.folder / f"{size[0]}-{size[1]}.db"
            make(self.made[size], *size)
        return self.made[size]


def processor_seconds(command: tuple[str, ...], store: object = None) -> float:
    """The processor time of a command and of what it starts; raise SystemExit if it is refused."""
    environment = ENVIRONMENT | ({"AP_DB": str(store)} if store else {})
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode not in (0, BREACHED):
        raise SystemExit(f"ended with {ended.returncode}, so it cannot be measured: {command}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(bound: Bound, stores: Stores) -> float:
    """The median of pairs: the command over what it is compared with; the first pair warms up."""
    runs = 3 if bound.large else RUNS

    def command(run: int) -> tuple[str, ...]:
        arguments = tuple(argument.format(run=run) for argument in bound.arguments)
        return (*AP, *(() if bound.what == "--version" else ("--on", str(ON))), *arguments)

    def compared() -> float:
        if bound.over is None:
            return processor_seconds(BARE)
        return processor_seconds(command(0), stores.path(bound.over))

    pairs = [
        (processor_seconds(command(run), stores.path(bound.store)), compared())
        for run in range(runs + 1)
    ]
    return statistics.median(ours / theirs for ours, theirs in pairs[1:])


def measured(stores: Stores, large: bool) -> Iterator[tuple[str, float, float]]:
    """Each bound that is asked for, with what was measured."""
    for bound in BOUNDS:
        if large or not bound.large:
            yield bound.what, measure(bound, stores), bound.most
    yield "check --all --json over its bare rows", floor.times(5_000), floor.MOST_TIMES
    if large:
        store = stores.path((100_000, 0))
        command = (*AP, "--on", str(ON), "where", "--all", "--json")
        ours = partial(processor_seconds, command, store)
        what = "where --all --json, 100,000, over its bare rows"
        yield what, whereabouts.times(ours, store), whereabouts.MOST_TIMES
    at_work = (*AP, "--on", str(ON))
    for what, over in servers.times(processor_seconds, at_work, stores.path((1_000, 0))):
        yield f"{what}, 1,000, on a server over a file", over, servers.MOST_TIMES
    # 4.8 are the checks of each row, 0.5 that every layout of an export is known by its columns
    yield "attendance import of 188,000 marks over bare executemany", importing.times(500), 6
    yield "the same: MiB at the peak", importing.mebibytes(500), 80
    # what 1,000 take is 35
    pupils = 100_000 if large else 10_000
    what = f"import of {pupils:,} pupils from a CSV: MiB at the peak"
    yield what, importing.mebibytes_of_pupils(pupils), 50
    _, peak = importing.run_once(stores.path((10_000, 0)), "placement", "list", "--json")
    # it is held until it is whole: up to 4 as it is, the rest packed
    yield "placement list --json, 10,000: MiB at the peak", peak, 60


def main() -> None:
    """Print the table; exit 1 if something is above its bound."""
    above = []
    with tempfile.TemporaryDirectory() as folder:
        print("| what | × | bound |\n| --- | --- | --- |")
        for what, times, most in measured(Stores(Path(folder)), "--large" in sys.argv):
            print(f"| {what} | {times:.1f} | {most:g} |", flush=True)
            if times > most:
                above.append(what)
    if above:
        raise SystemExit(f"above the bound: {'; '.join(above)}")


if __name__ == "__main__":
    main()
