"""Each battery kills one command again and again, and counts what was lost or half-written."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from ap_cli.store.address import Address
from ap_cli.store.advice import is_good, list_backups
from ap_cli.store.connection import HEAD, connect

from ..conftest import Program
from .at_once import use_first_at_once, write_at_once
from .erasing import kill_decrypts, kill_erasures
from .killing import names_of_files, run, run_and_kill, usual_duration
from .locking import kill_encrypts, kill_rekeys
from .migrating import fail_migrations
from .parsing import feed_parsers
from .prompting import MOST_PROMPTS, stop_forms
from .serving import kill_copies, write_there_at_once
from .stopping import stop_commands
from .tally import Tally, refs_of, unsound, without_log

OLDER = Path(__file__).parents[1] / "data" / "store-0004.sql"
ADD = ("pupil", "add", "L. Sample", "--born", "2010-06-27", "--another")


def placed(folder: Path) -> Program:
    """A new store with a provider and a pupil."""
    ap = Program(folder)
    run(ap, "provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered")
    run(ap, *ADD)
    return ap


def kill_writes(folder: Path, rounds: int) -> Tally:
    """A new pupil each time: those that were acknowledged are there, each with its log."""
    ap, tally = placed(folder), Tally()
    usual, acknowledged = usual_duration(ap, *ADD), set()
    for _ in range(rounds):
        code, printed = run_and_kill(ap, usual, *ADD)
        tally.rounds += 1
        tally.stopped += code < 0
        if printed:
            acknowledged.add(printed)
    tally.acknowledged = len(acknowledged)
    tally.lost = len(acknowledged - refs_of(ap, "pupil", "P"))
    tally.half_written = without_log(ap, "pupil")
    tally.unsound = unsound(ap)
    run(ap, *ADD)
    return tally


def kill_evidence(folder: Path, rounds: int) -> Tally:
    """A new file of evidence each time: no acknowledged one is missing, altered or without a log."""
    ap, tally = placed(folder), Tally()
    file = folder / "seen.txt"
    record = ("record", "evidence", "PR-0001", "--item", "insurance", "--file", file.name)
    file.write_text("seen first")
    usual, acknowledged = usual_duration(ap, *record), set()
    for number in range(rounds):
        file.write_text(f"seen {number // 2}")  # every other one is the same file again
        code, printed = run_and_kill(ap, usual, *record)
        tally.rounds += 1
        tally.stopped += code < 0
        if printed:
            acknowledged.add(printed)
    tally.acknowledged = len(acknowledged)
    tally.lost = len(acknowledged - refs_of(ap, "entry", "E"))
    tally.half_written = without_log(ap, "entry")
    tally.unsound = unsound(ap)
    run(ap, *record)
    return tally


def kill_upgrades(folder: Path, rounds: int) -> Tally:
    """An upgrade each time: the store is at one schema or the other, and each backup is whole."""
    ap, tally = Program(folder), Tally()
    older = folder / "older.db"
    with closing(sqlite3.connect(older)) as store:
        store.executescript(OLDER.read_text("utf-8"))
    shutil.copy(older, ap.store)
    usual = usual_duration(ap, "db", "upgrade")
    for _ in range(rounds):
        shutil.copy(older, ap.store)
        code, printed = run_and_kill(ap, usual, "db", "upgrade")
        tally.rounds += 1
        tally.stopped += code < 0
        tally.acknowledged += bool(printed)
        version = version_of(ap.store)
        tally.lost += bool(printed) and version != HEAD
        backups = list_backups(Address(ap.store))
        tally.half_written += sum(not is_good(backup.file) for backup in backups)
        tally.half_written += version != "0004" and not backups
        run(ap, "db", "upgrade")
        tally.unsound += unsound(ap)
        shutil.rmtree(Address(ap.store).backups)
    return tally


def version_of(path: Path) -> str:
    with closing(connect(path)) as store:
        return str(store.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def kill_restores(folder: Path, rounds: int) -> Tally:
    """A restore each time: the store is the one before or the backup, and what it replaced is kept."""
    ap, tally = placed(folder), Tally()
    run(ap, "db", "backup", "one.zip")
    for _ in range(5):
        run(ap, *ADD)
    run(ap, "db", "backup", "six.zip")
    wanted = {"one.zip": 1, "six.zip": 6}
    usual = usual_duration(ap, "db", "restore", "one.zip", "--yes")
    before = 1
    for number in range(rounds):
        file = ("six.zip", "one.zip")[number % 2]
        code, printed = run_and_kill(ap, usual, "db", "restore", file, "--yes")
        tally.rounds += 1
        tally.stopped += code < 0
        tally.acknowledged += bool(printed)
        there = len(refs_of(ap, "pupil", "P"))
        tally.lost += bool(printed) and there != wanted[file]
        tally.half_written += there not in (before, wanted[file])
        backups = list_backups(Address(ap.store))
        tally.half_written += sum(not is_good(backup.file) for backup in backups)
        tally.unsound += unsound(ap)
        before = there
        shutil.rmtree(Address(ap.store).backups, ignore_errors=True)
    tally.half_written += len(leftovers(folder))
    return tally


def leftovers(folder: Path) -> list[str]:
    """Files that are neither the store, nor beside it on purpose, nor an unfinished copy."""
    return [name for name in names_of_files(folder) if name.endswith((".db-wal", ".db-shm"))]


BATTERIES: dict[str, tuple[Callable[[Path, int], Tally], int]] = {
    "write": (kill_writes, 1000),
    "evidence": (kill_evidence, 200),
    "upgrade": (kill_upgrades, 200),
    "restore": (kill_restores, 200),
    "encrypt": (kill_encrypts, 200),
    "rekey": (kill_rekeys, 200),
    "decrypt": (kill_decrypts, 200),
    "erase": (kill_erasures, 200),
    "at-once": (write_at_once, 100),
    "first-use": (use_first_at_once, 20),
    "server": (write_there_at_once, 20),
    "copy": (kill_copies, 200),
    "parse": (feed_parsers, 100_000),
    "prompt": (stop_forms, MOST_PROMPTS),
    "stop": (stop_commands, 1800),
    "migration": (fail_migrations, 10_000),
}
"""Each battery, and how many rounds the long run has."""
