"""Unfinished copies go as soon as the program that wrote them has ended, and no earlier."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from ap_cli.store import archive, owner
from ap_cli.store.disk import PART, remove_abandoned, remove_orphans, unique_beside
from ap_cli.store.owner import is_orphan, is_running

from ..conftest import AP, POSIX, Program
from ..generated import ROOT
from .pages import texts_in


@pytest.fixture
def ended() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def of(process: int, name: str = "ap.db", computer: str | None = None) -> str:
    """How an unfinished copy is called that a process writes."""
    return f".{name}.{computer or owner.computer()}-{process}.0123abcd{PART}"


def test_who_runs_is_known_from_who_has_ended(ended: int) -> None:
    assert is_running(os.getpid()) and is_running(os.getppid()) and not is_running(ended)
    assert is_running(1), "somebody else's may be there as well"


def test_a_copy_is_an_orphan_if_its_process_ended_here(ended: int) -> None:
    assert is_orphan(of(ended)) and is_orphan(f"{of(ended)}-journal") and is_orphan(f".{of(ended)}")
    assert not is_orphan(of(os.getpid()))
    other = f"{int(owner.computer(), 16) ^ 1:08x}"
    assert not is_orphan(of(ended, computer=other)), "it may run on the other computer"
    for name in (f".ap.db.{ended}.0123abcd.part", ".download.part", "ap.db"):
        assert not is_orphan(name)
    assert not is_orphan(unique_beside(Path("ap.db"), PART).name)


def test_a_folder_of_anybody_loses_only_what_is_known_to_be_left(
    tmp_path: Path, ended: int
) -> None:
    left, mine, others = tmp_path / of(ended), tmp_path / of(os.getpid()), tmp_path / ".film.part"
    for file in (left, mine, others):
        file.write_text("x")
        os.utime(file, (0, 0))
    remove_orphans(tmp_path)
    assert not left.exists() and mine.exists() and others.exists()
    remove_abandoned(tmp_path)
    assert not mine.exists(), "an hour is enough in a folder of the store's own"


@pytest.mark.plain_store("looks at what was left beside a file")
@pytest.mark.parametrize("command", [("pupil", "list"), ("db", "backup"), ("db", "verify")])
def test_whoever_opens_the_store_next_takes_away_what_was_left(
    placed: Program, ended: int, command: tuple[str, ...]
) -> None:
    left, mine = (placed.folder / of(process) for process in (ended, os.getpid()))
    for file in (left, placed.folder / f"{left.name}-journal", mine):
        file.write_text("Test Pupil")
    placed.ok(*command)
    assert not list(placed.folder.glob(f"{left.name}*")) and mine.exists()


KILLED = """
import sys
from ap_cli.store import archive
def stay(*_):
    print("written", flush=True)
    sys.stdin.read()
archive._put_new = stay
from ap_cli.__main__ import main
main()
"""


@pytest.mark.plain_store("looks at what was left beside a file")
@POSIX
@pytest.mark.parametrize(
    "command", [("db", "backup", "away/friday.zip"), ("export", "all", "away/all.zip")]
)
def test_a_zip_file_that_was_killed_goes_with_the_next_one_in_its_folder(
    placed: Program, command: tuple[str, ...]
) -> None:
    assert callable(archive._put_new)
    away = placed.folder / "away"
    away.mkdir()
    running = subprocess.Popen(
        [sys.executable, "-c", KILLED, *command],
        env=placed.environment | {"PYTHONPATH": str(ROOT)},
        cwd=placed.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert running.stdout and running.stdout.readline() == b"written\n"
    os.kill(running.pid, signal.SIGKILL)
    running.communicate()
    assert texts_in(away.iterdir(), "Test Pupil")
    placed.ok("db", "backup", "away/saturday.zip")
    assert [file.name for file in away.iterdir()] == ["saturday.zip"]


@POSIX
def test_an_answer_to_a_file_that_was_killed_goes_with_the_next_one(placed: Program) -> None:
    away = placed.folder / "away"
    away.mkdir()
    fifo = placed.folder / "answers"
    os.mkfifo(fifo)
    running = subprocess.Popen(
        [*AP, "--out", "away/one.txt", "import", str(fifo), "pupils"],
        env=placed.environment, cwd=placed.folder, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while running.poll() is None and not list(away.iterdir()):
        sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert list(away.iterdir()), "it waits for the file with the answers"
    placed.ok("--out", "away/two.txt", "pupil", "list")
    assert [file.name for file in away.iterdir()] == ["two.txt"]
