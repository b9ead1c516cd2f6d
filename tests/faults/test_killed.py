"""The short run of the fault battery: nothing acknowledged is lost, whenever a command is killed or fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from ap_cli.store.connection import connect

from ..conftest import POSIX, Program
from ..generated import ROOT
from .batteries import BATTERIES
from .tally import unsound

FEW = 8
FEWER = {"at-once": 4, "first-use": 2}
"""Rounds of the batteries of which each round runs sixteen commands."""

OF_THEIR_OWN = {"parse", "prompt"}
"""Batteries whose short runs are tests of their own."""


def battery(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults", *args],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "", "AP_TEST_STORE": ""},
        capture_output=True,
        text=True,
        timeout=300,
    )


@POSIX
@pytest.mark.parametrize("name", sorted(BATTERIES.keys() - OF_THEIR_OWN))
def test_nothing_is_lost_or_half_written_when_it_is_killed(name: str) -> None:
    few = FEWER.get(name, FEW)
    found = battery(name, "--rounds", str(few))
    assert found.returncode == 0, found.stdout + found.stderr
    header, line = found.stdout.splitlines()
    numbers = dict(zip(header.split()[1:], map(int, line.split()[1:]), strict=True))
    assert numbers["rounds"] >= few  # a battery of commands stops each at least once
    assert (numbers["lost"], numbers["half_written"], numbers["unsound"]) == (0, 0, 0)
    assert numbers["stopped"] or name != "migration"


LOADING = "import sys; from ap_cli.__main__ import main; print('begun', flush=True); main()"


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_command_stopped_while_it_loads_ends_in_order(
    placed: Program, number: signal.Signals, code: int
) -> None:
    for wait in (0.002, 0.01, 0.03, 0.06):
        running = subprocess.Popen(
            [sys.executable, "-c", LOADING, "db", "verify"],
            env=placed.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=hear_of_ctrl_c,
        )
        assert running.stdout and running.stdout.readline() == "begun\n"
        time.sleep(wait)
        running.send_signal(number)
        out, err = running.communicate(timeout=60)
        assert "Traceback" not in err
        assert (running.returncode, err) in [
            (code, "stopped: nothing was saved\n"),
            (-signal.SIGTERM, ""),  # before the program listens: it has touched nothing
            (0, ""),
        ]
        assert bool(out) == (running.returncode == 0)


def hear_of_ctrl_c() -> None:
    """Let Ctrl-C reach a program even if whoever runs the tests does not want to hear of it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@POSIX
@pytest.mark.parametrize("after", [False, True])
def test_ctrl_c_as_the_database_keeps_a_change_tells_the_truth(
    placed: Program, after: bool
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", AT_COMMIT, "after" if after else "before"],
        env={**placed.environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    kept = len(placed.json("pupil", "list")) == 2
    assert "Traceback" not in told.stderr
    assert (told.returncode == 7) == kept == after, told
    assert ("was kept" if after else "nothing was saved") in told.stderr


AT_COMMIT = """
import os, signal, sys
from ap_cli.__main__ import main
from ap_cli.store import soundness, writing
when, sys.argv = sys.argv[1], ["ap", "pupil", "add", "L. Sample", "--born", "2010-06-27", "--another"]
signal.signal(signal.SIGINT, signal.default_int_handler)
noted, linked = writing.note, writing.link
def press(*args):
    os.kill(os.getpid(), signal.SIGINT)
def note(store):
    press() if when == "after" else noted(store)
def link(*args):
    linked(*args)
    if when == "before":
        press()
writing.note, writing.link = note, link
main()
"""


@POSIX
def test_a_battery_that_does_not_exist_is_refused() -> None:
    assert battery("zoo").returncode == 2


def test_what_a_battery_calls_unsound_is_found(placed: Program) -> None:
    assert unsound(placed) == 0
    connection = connect(placed.store, foreign_keys=False)
    connection.execute("DELETE FROM provider")
    connection.close()
    assert unsound(placed) == 1
