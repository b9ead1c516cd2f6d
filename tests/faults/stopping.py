"""Commands stopped by Ctrl-C and SIGTERM at a random moment: what they say of it is so."""

from __future__ import annotations

import random
import shutil
import signal
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ap_cli.store.connection import connect

from ..conftest import Program
from .killing import MARGIN, Victim, names_of_files, run
from .migrating import LEFT_BY_EARLIER, make_store
from .tally import Tally, unsound

CODES = {
    signal.SIGINT: 130,
    signal.SIGTERM: 143,
}
DONE = (0, 1, 7)
"""How a command ends that did what it was asked: the last one says that its answer was lost."""

UNFINISHED = (".part", "-journal", "-wal", "-shm")
"""How the names of files end that a command makes on its way, beside those that begin with a dot."""


@dataclass(frozen=True)
class Stopped:
    """A command that is stopped: what it changes is counted before and after, None if nothing is."""

    args: tuple[str, ...]
    count: str | None = None
    is_told: bool = True
    """Whether the exit code says if it was done: an upgrade and a restore name `ap db check`."""


COMMANDS = {
    "write": Stopped(("pupil", "add", "L. Sample", "--born", "2010-06-27", "--another"), "pupil"),
    "import": Stopped(("attendance", "import", "marks.csv"), "mark"),
    "terms": Stopped(("terms", "import", "terms.csv", "--calendar", "Elm", "--yes"), "term"),
    "check": Stopped(("check", "--all")),
    "backup": Stopped(("db", "backup", "made.zip")),
    "verify": Stopped(("db", "verify")),
    "soundness": Stopped(("db", "check")),
    "restore": Stopped(("db", "restore", "one.zip", "--yes"), is_told=False),
    "upgrade": Stopped(("db", "upgrade"), is_told=False),
}
"""Every kind of command that may take long, and a short write."""


def prepare(folder: Path) -> Program:
    """A folder with a store, an older one, a backup, and files to import."""
    ap = Program(folder)
    run(ap, "provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered")
    run(ap, "pupil", "add", "Test Pupil", "--born", "2010-06-27")
    placed = ("--pupil", "P-0001", "--provider", "PR-0001", "--route", "off-site-direction")
    days = ("--starts", "2025-09-02", "--ends", "2026-12-18")
    week = ("--hours", "25", "--at-provider", "mon-fri", "--nature", "animal care")
    run(ap, "placement", "new", *placed, *days, *week)
    run(ap, "db", "backup", "one.zip")
    (folder / "marks.csv").write_text("pupil,date,session,code\n" + "".join(marks_of_a_term()))
    (folder / "terms.csv").write_text("name,starts,ends\nAutumn 1,2027-09-02,2027-10-22\n")
    shutil.copy(ap.store, folder / "now.db")
    make_store(LEFT_BY_EARLIER[-1], folder / "older.db")
    return ap


def marks_of_a_term() -> list[str]:
    days = [date(2025, 9, 8) + timedelta(days=number) for number in range(33)]
    days += [date(2026, 1, 6) + timedelta(days=number) for number in range(39)]
    halves = [(day, half) for day in days if day.weekday() < 5 for half in ("am", "pm")]
    return [f"P-0001,{day},{half},B\n" for day, half in halves]


def reset(ap: Program, stopped: Stopped) -> int:
    """Put the store back as it was; return how many rows it has of what is counted."""
    for name in (*unfinished(ap.folder), "made.zip"):
        (ap.folder / name).unlink(missing_ok=True)
    older = stopped.args == ("db", "upgrade")
    shutil.copy(ap.folder / ("older.db" if older else "now.db"), ap.store)
    return count(ap, stopped)


def count(ap: Program, stopped: Stopped) -> int:
    if stopped.count is None:
        return 0
    with closing(connect(ap.store)) as store:
        return int(store.execute(f"SELECT count(*) FROM {stopped.count}").fetchone()[0])


def unfinished(folder: Path) -> list[str]:
    """The files that a command left although it came to an end of its own."""
    return [name for name in names_of_files(folder) if name[0] == "." or name.endswith(UNFINISHED)]


def stop_commands(folder: Path, rounds: int) -> Tally:
    """A command is stopped each time: it says what it kept, leaves nothing, and the store is sound."""
    ap, tally = prepare(folder), Tally()
    for stopped in COMMANDS.values():
        reset(ap, stopped)
        usual = duration(ap, *stopped.args)
        for number in range(max(1, rounds // len(COMMANDS))):
            with_signal = (signal.SIGINT, signal.SIGTERM)[number % 2]
            stop_one(ap, stopped, with_signal, usual, tally)
    return tally


def duration(ap: Program, *args: str) -> float:
    """Return how many seconds a command takes that does what it is asked."""
    begun = time.perf_counter()
    code, _ = Victim(ap, *args).end()
    assert code in DONE, (args, code)
    return time.perf_counter() - begun


def stop_one(
    ap: Program, stopped: Stopped, number: signal.Signals, usual: float, tally: Tally
) -> None:
    before = reset(ap, stopped)
    victim = Victim(ap, *stopped.args)
    time.sleep(0.001 + random.uniform(0, usual * MARGIN))
    victim.kill(number)
    code, _ = victim.end()
    tally.rounds += 1
    tally.stopped += code not in DONE
    tally.acknowledged += code in DONE
    was_kept = count(ap, stopped) != before
    tally.lost += stopped.count is not None and was_kept != (code in DONE)
    odd = "Traceback" in victim.told or unfinished(ap.folder)
    odd = odd or (code not in DONE and (code != CODES[number] or "stopped" not in victim.told))
    if odd:
        print(stopped.args, number.name, code, victim.told[-700:], unfinished(ap.folder))
    tally.half_written += bool(odd)
    if stopped.args == ("db", "upgrade"):
        run(ap, "db", "upgrade")
    tally.unsound += unsound(ap)
