"""What the page on other programs shows is tried, as far as the programs are installed."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ap_cli.services.pages import FOLDER
from ap_cli.store.connection import connect
from ap_cli.store.views import view_statements

from ..conftest import COMPLETE, POSIX, Program

PAGE = (FOLDER / "other-programs.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
pytestmark = pytest.mark.plain_store("other programs open the file")
OTHERS = ("datasette", "sqlite-utils", "jq")
REVIEW = (
    "record",
    "review",
    "PL-0001",
    *COMPLETE[:4],
    "--decided",
    "continue",
    "--until",
    "2026-07-10",
)


def blocks(language: str) -> list[str]:
    return [text.strip() for name, text in BLOCKS if name == language]


@pytest.fixture
def ready(placed: Program, tmp_path: Path) -> Program:
    """A store with a review and a mark, and `ap` as a command of the shell."""
    placed.ok(*REVIEW, "--day", "2026-02-12")
    placed.ok("attendance", "record", "PL-0001", "2026-02-25", "am", "B")
    folder = tmp_path / "bin"
    folder.mkdir()
    shim = folder / "ap"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ap_cli "$@"\n')
    shim.chmod(0o755)
    return placed


def test_the_page_has_an_example_for_each_program() -> None:
    shell = "\n".join(blocks("sh"))
    assert all(name in shell for name in OTHERS) and len(blocks("sql")) == 2
    assert len(blocks("python")) == len(blocks("cron")) == len(blocks("bat")) == 1


@POSIX
@pytest.mark.parametrize("script", blocks("sh"))
def test_each_command_on_the_page_works(ready: Program, script: str) -> None:
    missing = [name for name in OTHERS if name in script and not shutil.which(name)]
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")
    path = os.pathsep.join([str(ready.folder / "bin"), os.environ["PATH"]])
    found = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        env=ready.environment | {"PATH": path},
        cwd=ready.folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    breached = 1 if "ap check" in script else 0
    assert found.returncode == breached and "Traceback" not in found.stderr, found
    written = re.findall(r"(\S+\.(?:xlsx|ics|zip))", script)
    assert found.stdout.strip() or all((ready.folder / name).stat().st_size for name in written)


@pytest.mark.parametrize("script", blocks("sql"))
def test_each_query_on_the_page_finds_something(ready: Program, script: str) -> None:
    store = sqlite3.connect(f"{ready.store.as_uri()}?mode=ro", uri=True)
    assert store.execute(script).fetchall()


def test_the_python_on_the_page_runs_and_cannot_write(ready: Program) -> None:
    (script,) = blocks("python")
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ready.folder, capture_output=True, text=True
    )
    assert found.stdout == "PL-0001 was last reviewed on 2026-02-12\n", found
    store = sqlite3.connect(f"{ready.store.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.execute("DELETE FROM pupil")


@pytest.mark.parametrize("language", ["cron", "bat"])
def test_the_command_that_runs_each_night_works(ready: Program, language: str) -> None:
    (text,) = blocks(language)
    words = re.search(r"(export .*?) --out \S*placements\.xlsx", text)
    assert words
    ready.ok(*words[1].split(), "--out", "placements.xlsx")
    assert (ready.folder / "placements.xlsx").stat().st_size


def test_what_may_be_read_is_there(ready: Program) -> None:
    there = {name for (name,) in connect(ready.store).execute("SELECT name FROM sqlite_master")}
    table = PAGE.split("| --- | --- |\n")[1].split("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", " ".join(line.split("|")[1] for line in table.splitlines())))
    assert named <= there and named & set(view_statements())


def test_the_fields_of_the_mail_merge_are_columns(ready: Program) -> None:
    headings = ready.ok("export", "placements").out.splitlines()[0].split(",")
    fields = re.findall(r"«(\w+)»", PAGE)
    assert fields and {field.replace("_", " ") for field in fields} <= set(headings)
