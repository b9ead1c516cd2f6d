"""python -m tests.faults [--rounds N] [NAME …]: kill commands half-way, and count what is lost.

It prints a line for each battery and exits with 1 if anything was lost, half-written or unsound.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from .batteries import BATTERIES
from .killing import load
from .tally import Tally

COLUMNS = tuple(asdict(Tally()))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BATTERIES)}")
    parser.add_argument("--rounds", type=int, help="instead of the long run's")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(BATTERIES)
    if unknown:
        parser.error(f"there is no battery {', '.join(sorted(unknown))}")
    load()
    print("battery   ", *COLUMNS, flush=True)
    bad = 0
    for name in asked.names or BATTERIES:
        battery, rounds = BATTERIES[name]
        with tempfile.TemporaryDirectory() as folder:
            tally = battery(Path(folder), asked.rounds or rounds)
        numbers = asdict(tally)
        print(f"{name:<11}", *(f"{numbers[each]:>{len(each)}}" for each in COLUMNS), flush=True)
        bad += tally.bad
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
