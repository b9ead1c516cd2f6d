"""What was kept is never said to be refused, and what cannot be answered is not begun."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from ..conftest import AP, POSIX, Program, Ran
from ..interview.terminal import Terminal

FULL = Path("/dev/full")
pytestmark = [
    POSIX,
    pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full"),
]
WRITES = (
    ("pupil add 'Test Pupil' --born 2011-01-01", "P-0002 was kept"),
    ("provider add 'Elm Barn' --kind online --json", "PR-0002 was kept"),
    ("record contact PL-0001 --note well", "E-0001 was kept"),
    ("placement edit PL-0001 --owner 'A. Tester' --csv", "PL-0001 was kept"),
    ("attendance record PL-0001 2026-02-26 am B", "kept"),
    ("init --commissioner 'Test Academy' --kind academy", "kept"),
    ("undo", "this was kept"),
    ("config set names never", "the setting was kept"),
    ("completion bash --install", "the script was kept"),
    ("demo --folder sample", "the sample store was kept"),
    pytest.param(
        "db backup made.zip",
        "the backup was kept",
        marks=pytest.mark.on_files("a server has backups of its own"),
    ),
)


def lost(placed: Program, command: str, stdout: int) -> Ran:
    """How a command ended whose standard output cannot be written."""
    buffered = {n: v for n, v in placed.environment.items() if n != "PYTHONUNBUFFERED"}
    found = subprocess.run(
        ["bash", "-c", f'exec "$@" {command}', "bash", *AP, "--on", placed.on],
        env=buffered,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        cwd=placed.folder,
    )
    return Ran(found.returncode, "", found.stderr)


def newest(placed: Program) -> int:
    with placed.opened() as store:
        return int(store.row("SELECT coalesce(max(unit), 0) FROM audit")[0])


@pytest.mark.parametrize(("command", "said"), WRITES)
def test_a_full_disk_under_the_answer_says_what_was_kept(
    placed: Program, command: str, said: str
) -> None:
    with FULL.open("w") as full:
        found = lost(placed, command, full.fileno())
    assert found.code == 7, found
    assert found.err.splitlines()[-1].endswith(
        "kept, but the answer could not be written: No space left on device"
    )
    assert said in found.err


@pytest.mark.parametrize("ending", ["", ".csv"])
@pytest.mark.parametrize(("command", "said"), WRITES[:3])
def test_a_reader_that_left_and_a_closed_output_say_what_was_kept_too(
    placed: Program, command: str, said: str, ending: str
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    gone = lost(placed, command, writing)
    os.close(writing)
    assert gone.code == 7 and "whoever read the output has left" in gone.err
    placed.ok("undo")
    closed = lost(placed, f"{command} >&-", subprocess.DEVNULL)
    assert closed.code == 7 and "standard output is closed" in closed.err
    assert said in gone.err
    placed.ok("undo")
    out = ("--out", f"made{ending}")
    assert lost(placed, f"{command} {' '.join(out)} >&-", subprocess.DEVNULL).code == 0


def test_a_command_that_reads_ends_as_before_if_its_reader_left(placed: Program) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    gone = lost(placed, "pupil list", writing)
    os.close(writing)
    assert gone.code == 0 and "kept" not in gone.err
    assert lost(placed, "pupil list >&-", subprocess.DEVNULL).code == 0
    checked = placed("check").code
    assert checked == 1 and lost(placed, "check >&-", subprocess.DEVNULL).code == checked
    with FULL.open("w") as full:
        refused = lost(placed, "pupil list", full.fileno())
    assert refused.code == 2 and refused.err.startswith("the answer cannot be written: No space")


def test_an_output_on_a_full_disk_keeps_the_record_and_says_so(placed: Program) -> None:
    before = newest(placed)
    found = placed("pupil", "add", "Test Pupil", "--born", "2011-01-01", "--out", str(FULL))
    assert found.code == 7 and found.out == "" and newest(placed) == before + 1
    assert found.err == (
        "P-0002 was kept, but the answer could not be written: No space left on device\n"
    )
    read = placed("pupil", "list", "--out", str(FULL))
    assert read.code == 2 and "cannot be written: No space left on device" in read.err


def test_an_output_that_cannot_be_opened_refuses_before_anything_is_kept(placed: Program) -> None:
    before = newest(placed)
    for place in ("/proc/made.json", "/sys/made.json", "/no/such/folder/made.json"):
        typed = ("pupil", "add", "Test Pupil", "--born", "2011-01-01", "--out", place)
        found = placed(*typed)
        assert found.code == 2 and "--out" in found.err and "kept" not in found.err, found
    assert newest(placed) == before and len(placed.json("pupil", "list")) == 1


def test_an_answer_that_cannot_be_read_back_says_that_the_record_was_kept(placed: Program) -> None:
    (placed.folder / "sitecustomize.py").write_text(
        "import ap_cli.cli.nouns as nouns, ap_cli.errors as errors\n"
        "def fail(*_): raise errors.StoreProblem('PR-0001 cannot be read')\n"
        "nouns.show_written = fail\n"
    )
    path = os.pathsep.join([str(placed.folder), os.environ.get("PYTHONPATH", "")])
    before = newest(placed)
    typed = ("pupil", "add", "Test Pupil", "--born", "2011-01-01")
    found = placed(*typed, PYTHONPATH=path)
    assert found.code == 7 and newest(placed) == before + 1
    assert found.err == (
        "this was kept, but the answer could not be written: PR-0001 cannot be read\n"
    )
    refused = placed(*typed[:3], "--born", "tomorrow", PYTHONPATH=path)
    assert refused.code == 2 and newest(placed) == before + 1


def test_a_full_error_stream_changes_no_exit_code(placed: Program) -> None:
    found = lost(placed, "pupil add 'Test Pupil' --born 2011-01-01 2>/dev/full", subprocess.DEVNULL)
    assert found.code == 0 and len(placed.json("pupil", "list")) == 2


def test_a_form_says_what_was_kept_as_well(placed: Program) -> None:
    terminal = Terminal(placed, "pupil", "add", "--out", str(FULL))
    terminal.answers("What is the pupil's name?", "Sample Pupil")
    terminal.answers("When was the pupil born?", "2011-06-30")
    terminal.answers("Which school is the pupil on roll at?", "later")
    terminal.answers("Add this pupil?", "")
    terminal.sees("P-0002 was kept, but the answer could not be written: No space left")
    assert terminal.ends() == 7 and len(placed.json("pupil", "list")) == 2


@pytest.mark.on_files("lists the folder that the store is in")
def test_a_file_that_is_not_whole_leaves_the_one_before_as_it_was(placed: Program) -> None:
    out = placed.folder / "found.json"
    out.write_text("before")
    assert placed("pupil", "show", "P-0009", "--out", str(out)).code == 2
    assert out.read_text() == "before"
    assert sorted(each.name for each in placed.folder.iterdir()) == ["ap.db", "found.json"]
    placed.ok("pupil", "show", "P-0001", "--out", str(out))
    assert json.loads(out.read_text())["kind"] == "pupil"


@pytest.mark.parametrize("format", ["html", "pdf", "docx"])
def test_a_document_that_cannot_be_written_is_not_recorded_as_made(
    placed: Program, format: str
) -> None:
    before = newest(placed)
    found = placed("make", "sheet", "PL-0001", "--format", format, "--out", str(FULL))
    assert found.code == 2 and "No space left on device" in found.err, found
    assert newest(placed) == before
    placed.ok("make", "sheet", "PL-0001", "--format", format)
    assert newest(placed) == before + 1


def test_a_document_that_cannot_be_recorded_leaves_no_new_file(placed: Program) -> None:
    (placed.folder / "sitecustomize.py").write_text(
        "import ap_cli.cli.making as making, ap_cli.errors as errors\n"
        "def fail(*_): raise errors.ApError('no')\n"
        "making.keep_paper = fail\n"
    )
    path = os.pathsep.join([str(placed.folder), os.environ.get("PYTHONPATH", "")])
    there = placed.folder / "there.html"
    there.write_text("as it was")
    for file in ("new.html", there.name):
        found = placed("make", "sheet", "PL-0001", "--out", file, PYTHONPATH=path)
        assert found.code == 2 and found.err == "no\n"
    assert not (placed.folder / "new.html").exists() and there.read_text() == "as it was"
    assert not [each.name for each in placed.folder.iterdir() if "part" in each.suffix]


def test_a_document_that_is_recorded_and_cannot_take_its_place_says_so(placed: Program) -> None:
    (placed.folder / "sitecustomize.py").write_text(
        "import pathlib, ap_cli.cli.making as making\n"
        "keep = making.keep_paper\n"
        "def meanwhile(*given):\n"
        "    pathlib.Path('sheet.html').mkdir()  # as another program may\n"
        "    return keep(*given)\n"
        "making.keep_paper = meanwhile\n"
    )
    path = os.pathsep.join([str(placed.folder), os.environ.get("PYTHONPATH", "")])
    before = newest(placed)
    found = placed("make", "sheet", "PL-0001", "--out", "sheet.html", PYTHONPATH=path)
    assert found.code == 7 and found.err.startswith("this was kept, but")
    assert newest(placed) == before + 1


@pytest.mark.parametrize("typed", ["", " ", "."])
def test_an_empty_name_of_a_store_is_asked_for_in_a_sentence(placed: Program, typed: str) -> None:
    found = placed("--db", typed, "pupil", "list")
    assert found.code == 2
    assert found.err == "--db: type the path of a file, such as ~/ap.db\n"
