"""What importing a year's marks of five hundred pupils costs, over inserting the same rows by a bare executemany."""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from shutil import copyfile

from tests.cli.test_attendance import lines_of_year, many

ON = "2026-07-17"
RUNS = 5
COLUMNS = "placement, pupil, day, half, code, nature, who, at, current, unit"


def bare_seconds(made: Path, imported: Path) -> float:
    """Processor seconds to insert the rows of a store into another, in one transaction."""
    rows = sqlite3.connect(imported).execute(f"SELECT {COLUMNS} FROM mark ORDER BY id").fetchall()
    bare = made.with_name("bare.db")
    copyfile(made, bare)
    store = sqlite3.connect(bare, isolation_level=None)
    began = time.process_time()
    store.execute("BEGIN IMMEDIATE")
    store.executemany(f"INSERT INTO mark ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    store.execute("COMMIT")
    return time.process_time() - began


MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""A process starts with the memory of the one that starts it, so a small one does."""


def run_once(store: Path, *arguments: str) -> tuple[float, float]:
    """Processor seconds of a command on a store, and its peak in MiB."""
    command = [sys.executable, "-m", "ap_cli", "--db", str(store), "--on", ON, *arguments]
    measured = [sys.executable, "-c", MEASURE, *command]
    printed = subprocess.run(measured, capture_output=True, text=True, check=True).stdout
    seconds, peak = map(float, printed.split())
    return seconds, peak


def mebibytes_of_pupils(rows: int) -> float:
    """How much memory an import of so many pupils from a CSV takes at its peak."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pupils.csv"
        born = date(2009, 9, 1)
        with file.open("w", encoding="utf-8") as out:
            out.write("Name,Date of birth,EHCP,Home school\n")
            for number in range(rows):
                day = born + timedelta(days=number % 2000)
                out.write(f"Test Pupil{number},{day:%d/%m/%Y},N,Testshire School\n")
        return run_once(Path(folder) / "ap.db", "import", str(file), "pupils")[1]


@cache
def times_and_mebibytes(pupils: int) -> tuple[float, float]:
    """How many times as long an import takes as the bare rows, the median of pairs; its most MiB."""
    with tempfile.TemporaryDirectory() as folder:
        made, file = Path(folder) / "made.db", Path(folder) / "year.csv"
        many(made, pupils)
        file.write_text("\n".join(lines_of_year(pupils)))
        pairs, peaks = [], []
        for run in range(RUNS):
            store = Path(folder) / f"{run}.db"
            copyfile(made, store)
            seconds, peak = run_once(store, "attendance", "import", str(file))
            pairs.append(seconds / bare_seconds(made, store))
            peaks.append(peak)
    return statistics.median(pairs), max(peaks)


def times(pupils: int) -> float:
    """How many times as long an import takes as inserting its bare rows."""
    return times_and_mebibytes(pupils)[0]


def mebibytes(pupils: int) -> float:
    """How much memory an import takes at its peak."""
    return times_and_mebibytes(pupils)[1]
