"""What an unexpected error leaves, and what a program that is killed leaves outside its store."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from ap_cli.cli.failure import KEPT, remove_old

from ..conftest import AP, POSIX, Program, Ran

FAULT = """
import ap_cli.services.status as status

def divide(*_):
    try:
        return 1 / len(str("Test Pupil")[:0])
    except ZeroDivisionError:
        raise KeyError("Test Pupil") from None

status.status = divide
"""


def before(folder: Path) -> str:
    """The path of Python with a folder before all others."""
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH", "")]))


@pytest.fixture
def failed(placed: Program, tmp_path: Path) -> Ran:
    """A command with an error in it that nobody expects, and a name in the error."""
    fault = tmp_path / "Test Pupil"
    fault.mkdir()
    (fault / "sitecustomize.py").write_text(FAULT)
    return placed("status", PYTHONPATH=before(fault))


def reports(ap: Program) -> list[Path]:
    return sorted((ap.folder / "data" / "ap" / "reports").glob("*"))


def test_an_unexpected_error_says_where_it_was_and_not_what(failed: Ran) -> None:
    assert failed.code == 70 and failed.out == ""
    assert failed.err.startswith("an unexpected error, KeyError at sitecustomize.py:8: ")
    assert "changed nothing" in failed.err


def test_its_report_has_places_and_versions_and_nothing_of_the_store(
    placed: Program, failed: Ran
) -> None:
    [report] = reports(placed)
    assert str(report) in failed.err.replace("\n", "")
    text = report.read_text("utf-8")
    assert "KeyError" in text and "ZeroDivisionError" in text and "cli/status.py:" in text
    assert "msgspec" in text and "pytest" not in text
    assert "Test Pupil" not in text and str(placed.folder) not in text


@POSIX
def test_its_report_is_for_its_owner_alone(placed: Program, failed: Ran) -> None:
    [report] = reports(placed)
    assert report.stat().st_mode & 0o777 == 0o600
    assert report.parent.stat().st_mode & 0o777 == 0o700


def test_without_a_place_for_a_report_the_sentence_is_all(placed: Program, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(FAULT)
    blocked = tmp_path / "blocked"
    blocked.write_text("no folder")
    found = placed("status", PYTHONPATH=before(tmp_path), XDG_DATA_HOME=str(blocked))
    assert found.code == 70 and found.err.rstrip().endswith("please report it")


def test_the_newest_twenty_reports_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 2):
        (tmp_path / f"2026-03-{number + 1:02}.txt").write_text("")
    remove_old(tmp_path)
    kept = sorted(report.name for report in tmp_path.iterdir())
    assert len(kept) == KEPT and kept[0] == "2026-03-03.txt"


WRITING = (
    ("export", "placements", "--format", "xlsx"),
    ("make", "sheet", "PL-0001", "--format", "docx", "--out", "sheet.docx"),
    ("make", "sheet", "PL-0001", "--format", "pdf", "--out", "sheet.pdf"),
    ("check", "--all", "--json"),
    ("what-if", "PL-0001", "--hours", "15"),
    pytest.param(
        ("db", "backup", "copy.zip"), marks=pytest.mark.on_files("a server has backups of its own")
    ),
)
"""Commands that make large answers, files or copies of the store."""


@POSIX
@pytest.mark.parametrize("words", WRITING)
def test_a_command_that_is_killed_leaves_nothing_in_the_temporary_folder(
    placed: Program, words: tuple[str, ...]
) -> None:
    temporary = placed.folder / "temporary"
    temporary.mkdir()
    environment = placed.environment | {"TMPDIR": str(temporary)}
    command = [*AP, "--on", placed.on, *words]
    whole = time_of(command, environment, placed.folder)
    for part in (0.5, 0.7, 0.85, 0.95):
        process = start(command, environment, placed.folder)
        time.sleep(whole * part)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not list(temporary.rglob("*"))


def start(command: list[str], environment: dict[str, str], folder: Path) -> subprocess.Popen[bytes]:
    null = subprocess.DEVNULL
    return subprocess.Popen(
        command, env=environment, cwd=folder, stdin=null, stdout=null, stderr=null
    )


def time_of(command: list[str], environment: dict[str, str], folder: Path) -> float:
    """The seconds that a command takes."""
    began = time.monotonic()
    assert start(command, environment, folder).wait() in (0, 1)
    return time.monotonic() - began
