"""The short run of the fault battery: nothing acknowledged is lost, whenever a command is killed or fails."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ap_cli.store.connection import connect

from ..conftest import POSIX, Program
from ..generated import ROOT
from .batteries import BATTERIES
from .tally import unsound

FEW = 8


def battery(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults", *args],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": ""},
        capture_output=True,
        text=True,
        timeout=300,
    )


@POSIX
@pytest.mark.parametrize("name", BATTERIES)
def test_nothing_is_lost_or_half_written_when_it_is_killed(name: str) -> None:
    found = battery(name, "--rounds", str(FEW))
    assert found.returncode == 0, found.stdout + found.stderr
    header, line = found.stdout.splitlines()
    numbers = dict(zip(header.split()[1:], map(int, line.split()[1:]), strict=True))
    assert numbers["rounds"] == FEW
    assert (numbers["lost"], numbers["half_written"], numbers["unsound"]) == (0, 0, 0)
    assert numbers["stopped"] or name != "migration"


@POSIX
def test_a_battery_that_does_not_exist_is_refused() -> None:
    assert battery("zoo").returncode == 2


def test_what_a_battery_calls_unsound_is_found(placed: Program) -> None:
    assert unsound(placed) == 0
    connection = connect(placed.store, foreign_keys=False)
    connection.execute("DELETE FROM provider")
    connection.close()
    assert unsound(placed) == 1
