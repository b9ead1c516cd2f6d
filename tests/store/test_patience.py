"""Many who write at once: all is kept, nobody waits for ever, and waiting is said."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import pytest

from ap_cli.store import patience
from ap_cli.store.connection import connect

from ..conftest import AP, POSIX, Program

MANY = 16
WRITES = 20
WRITE = """
import sys
from datetime import date
from pathlib import Path
from ap_cli.domain.pupil import Pupil
from ap_cli.services import records
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.opening import open_store

file, number, times, *_ = sys.argv[1:]
sys.stdin.readline()
for turn in range(int(times)):
    with open_store(Address(Path(file))) as store:
        pupil = Pupil(name=f"Test Pupil {number} {turn}", born=date(2011, 1, 1))
        print(records.add(store, pupil, Author("tester"), date(2026, 3, 2)).ref)
"""
NO_LINKS = (
    "import os\ndef link(*_): raise PermissionError('no links on this share')\nos.link = link\n"
)
SAYS = "waiting for another user of the store"


def start(store: Path, number: int, times: int, before: str = "") -> subprocess.Popen[str]:
    """A process that waits for a line, and then adds some pupils."""
    return subprocess.Popen(
        [sys.executable, "-c", before + WRITE, str(store), str(number), str(times)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def references(store: Path, times: int, before: str = "") -> list[str]:
    """The references of what many processes added that were let loose at one moment."""
    processes = [start(store, number, times, before) for number in range(MANY)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    found: list[str] = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert set(err.splitlines()) <= {SAYS}
        found += out.split()
    return found


@pytest.mark.plain_store("its processes are told of no key")
def test_sixteen_who_write_at_once_lose_nothing(placed: Program) -> None:
    found = references(placed.store, WRITES)
    assert len(found) == len(set(found)) == MANY * WRITES
    kept = {row["ref"] for row in placed.json("pupil", "list")}
    assert kept == {*found, "P-0001"}
    assert placed.ok("db", "verify")
    with placed.opened() as store:
        units = [unit for (unit,) in store.rows("SELECT DISTINCT unit FROM audit ORDER BY unit")]
    assert units[-MANY * WRITES :] == list(range(units[-1] - MANY * WRITES + 1, units[-1] + 1))


@pytest.mark.plain_store("begins without a store")
@pytest.mark.parametrize("before", ["", NO_LINKS], ids=["links", "no links"])
def test_sixteen_first_uses_at_once_share_one_store(ap: Program, before: str) -> None:
    found = references(ap.store, 1, before)
    assert sorted(found) == [f"P-{number:04d}" for number in range(1, MANY + 1)]
    assert len(ap.json("pupil", "list")) == MANY
    assert not [each for each in ap.folder.iterdir() if each.name.startswith(".")]


@pytest.mark.plain_store("begins without a store")
def test_a_turn_that_was_never_given_back_holds_nobody_for_ever(
    ap: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ap_cli.store import opening

    (ap.folder / ".ap.db.making").mkdir()
    monkeypatch.setattr(opening, "PATIENCE", 0.2)
    beside = ap.folder / "beside"
    beside.write_text("new")
    opening._put_alone(beside, ap.store)
    assert ap.store.read_text() == "new" and not (ap.folder / ".ap.db.making").exists()


@POSIX
def test_who_waits_is_told_once_and_then_writes(placed: Program) -> None:
    with closing(connect(placed.store)) as other:
        other.execute("BEGIN EXCLUSIVE")
        waiting = subprocess.Popen(
            [*AP, "pupil", "add", "Test Pupil", "--born", "2011-01-01"],
            env=placed.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert waiting.stderr is not None
        assert waiting.stderr.readline() == f"{SAYS}\n"
        sleep(0.5)
        other.execute("ROLLBACK")
    out, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, out) == (0, "P-0002\n") and SAYS not in err


def test_a_store_that_stays_in_use_ends_with_its_own_code(placed: Program) -> None:
    (placed.folder / "sitecustomize.py").write_text(
        "import ap_cli.store.patience as patience\npatience.PATIENCE = 1.5\n"
    )
    path = os.pathsep.join([str(placed.folder), os.environ.get("PYTHONPATH", "")])
    for how, command in (
        ("EXCLUSIVE", ("pupil", "list")),
        ("IMMEDIATE", ("pupil", "add", "Test Pupil", "--born", "2010-06-27", "--another")),
    ):
        with closing(connect(placed.store)) as other:
            other.execute(f"BEGIN {how}")
            refused = placed(*command, PYTHONPATH=path)
            assert refused.code == 8 and refused.out == "", refused
            said, last = refused.err.splitlines()
            assert said == SAYS
            assert last.endswith("in use by another program: try again in a moment")
            other.execute("ROLLBACK")
    assert len(placed.json("pupil", "list")) == 1


def test_a_short_wait_is_not_told(placed: Program, capsys: pytest.CaptureFixture[str]) -> None:
    held, file = threading.Event(), placed.store  # there is none on a server: skip it here

    def hold() -> None:
        with closing(connect(file)) as other:
            other.execute("BEGIN IMMEDIATE")
            held.set()
            sleep(0.3)
            other.execute("ROLLBACK")

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    began = monotonic()
    with closing(connect(placed.store)) as mine:
        patience.begin(mine)
        mine.execute("ROLLBACK")
    holder.join()
    assert monotonic() - began > 0.1 and capsys.readouterr().err == ""


def test_only_a_store_in_use_is_waited_for(placed: Program) -> None:
    began = monotonic()
    with closing(connect(placed.store)) as mine, pytest.raises(sqlite3.OperationalError):
        patience.wait_for_others(mine, partial(mine.execute, "SELECT * FROM nothing"))
    assert monotonic() - began < 1
