"""How long commands take, as multiples of a bare Python start on the same machine in the same run.

python -m tests.benchmarks [PLACEMENTS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .large import make

COMMANDS = {
    "ap --version": 4.5, "ap --help": 4.5, "ap reviews due --json": 6, "ap check PL-0001 --json": 6, "ap status": None, "ap check --all --json": None,
    "ap pupil list": None, "ap age 2010-06-27": None,
}  # fmt: skip
RUNS = 15


def seconds(command: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    placements = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    ap = Path(sys.executable).with_name("ap")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "ap.db"
        make(store, placements)
        environment = {
            name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
        } | {"AP_DB": str(store)}
        bare = [sys.executable, "-c", "import sqlite3"]
        for told, most in COMMANDS.items():
            command = (
                [str(ap), "--on", "2026-03-02", *told.split()[1:]]
                if "--version" not in told
                else [str(ap), "--version"]
            )
            pairs = [
                (seconds(command, environment), seconds(bare, environment)) for _ in range(RUNS)
            ][1:]
            ratio = statistics.median(ours / theirs for ours, theirs in pairs)
            print(f"{told:26} {ratio:6.1f} × a bare start{f', at most {most}' if most else ''}")


if __name__ == "__main__":
    main()
