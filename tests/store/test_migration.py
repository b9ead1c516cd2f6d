"""A new column of a noun: one line in its form, and a migration that is drafted."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Column, Text

from ap_cli.store.connection import HEAD

from ..generated import ROOT
from ..migration import words_of

NEXT = f"{int(HEAD) + 1:04d}"
QUESTION = '    first_language: Fact[str] = ask("What is the pupil\'s first language?")\n'
REQUIRED = '    first_language: str = require("What is the pupil\'s first language?")\n'
BORN = "    born: date = require("


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the program, its migrations and what drafts them."""
    unneeded = shutil.ignore_patterns("__pycache__", "golden", "data")
    for name in ("ap_cli", "migrations", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=unneeded)
    return tmp_path


def run(tree: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """A module of the copy, run there."""
    environment = os.environ | {"PYTHONPATH": str(tree), "AP_DB": str(tree / "ap.db")}
    return subprocess.run(
        [sys.executable, "-m", *args], cwd=tree, env=environment, capture_output=True, text=True
    )


def add_to_pupil(tree: Path, line: str) -> None:
    """Adds a line to the form of a pupil."""
    form = tree / "ap_cli" / "domain" / "pupil.py"
    text = form.read_text("utf-8")
    assert BORN in text, f"{form.name} has no {BORN!r}"
    form.write_text(text.replace(BORN, line + BORN), "utf-8")


def test_a_new_column_is_a_line_and_a_drafted_migration(tree: Path) -> None:
    pupil = ("ap_cli", "pupil", "add", "Test Pupil", "--born", "2010-06-27")
    assert run(tree, *pupil).returncode == 0, "a store of the version before"
    add_to_pupil(tree, QUESTION)
    drafted = run(tree, "tests.migration", "a pupil's first language.")
    assert drafted.returncode == 0, drafted.stderr
    file = Path(drafted.stdout.strip())
    assert file == tree / "migrations" / "versions" / f"{NEXT}_a_pupil_s_first_language.py"
    assert 'op.add_column("pupil", sa.Column("first_language", sa.Text()))' in file.read_text(
        "utf-8"
    )

    assert run(tree, *pupil).returncode == 5, "the store is older now"
    assert run(tree, "ap_cli", "db", "upgrade").returncode == 0
    added = run(tree, *pupil, "--another", "--first-language", "Polish")
    assert added.returncode == 0, added.stderr
    store = sqlite3.connect(tree / "ap.db")
    assert store.execute("SELECT first_language FROM pupil ORDER BY id").fetchall() == [
        (None,),
        ("Polish",),
    ]
    again = run(tree, "tests.migration", "more")
    assert again.returncode == 1 and "nothing to draft" in again.stderr


def test_a_column_without_a_migration_is_named_with_what_to_do() -> None:
    missing = words_of(("add_column", None, "pupil", Column("first_language", Text())))
    assert missing.startswith("the form of a pupil has first_language, and no migration adds")
    assert "poe migration" in missing
    assert "by hand" in words_of(("remove_column", None, "pupil", Column("born", Text())))


def test_a_required_column_is_left_to_a_person(tree: Path) -> None:
    add_to_pupil(tree, REQUIRED)
    refused = run(tree, "tests.migration", "a first language")
    assert refused.returncode == 1 and "pupil.first_language is required" in refused.stderr
    assert not list((tree / "migrations" / "versions").glob(f"{NEXT}_*"))


def test_a_migration_needs_words() -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "tests.migration"], cwd=ROOT, capture_output=True, text=True
    )
    assert refused.returncode == 1 and "say what the migration does" in refused.stderr
