"""A backup to carry away has the name of what it is, and is told from a store."""

from __future__ import annotations

import os
import zipfile

import pytest

from ..conftest import Program


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("friday.zip", "friday.zip"),
        ("friday.ZIP", "friday.ZIP"),
        ("friday", "friday.zip"),
        ("friday.db", "friday.db.zip"),
        ("2026.02.27", "2026.02.27.zip"),
    ],
)
def test_a_backup_ends_as_a_zip_file_does_and_a_name_that_became_another_is_said(
    placed: Program, asked: str, written: str
) -> None:
    dry = placed.ok("db", "backup", asked, "--dry-run")
    made = placed.ok("db", "backup", asked)
    file = placed.folder / written
    assert made.out == dry.out == f"{file}\n" and zipfile.is_zipfile(file)
    assert ("so .zip stands at the end of its name" in made.err) == (asked != written)
    assert asked == written or not (placed.folder / asked).exists()
    refused = placed("db", "backup", asked)
    assert refused.code == 2 and f"{written} is there already" in refused.err


def test_a_backup_that_is_opened_as_a_store_is_said_to_be_one_and_is_left_as_it_is(
    placed: Program,
) -> None:
    placed.ok("db", "backup", "friday.zip")
    file = placed.folder / "friday.zip"
    before = file.read_bytes()
    told = (
        f"{file} is a backup, not a store: name your own store with --db, and "
        f"`ap db restore {file} --dry-run` shows what is in the backup; "
        "without --dry-run it is restored"
    )
    for command in (["db", "verify"], ["pupil", "list"], ["db", "backup"], ["undo"]):
        found = placed(*command, AP_DB=os.fspath(file))
        assert (found.code, found.out) == (5, "") and told in found.err, command
    for command in (["doctor"], ["db", "check"]):
        said = placed(*command, AP_DB=os.fspath(file)).out
        assert "is a backup, not a store" in " ".join(said.split()), command
    assert file.read_bytes() == before
    placed.ok("db", "restore", os.fspath(file), "--dry-run")


def test_a_zip_file_that_is_no_backup_is_not_said_to_be_one(placed: Program) -> None:
    other = placed.folder / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("notes.txt", "something else")
    found = placed("pupil", "list", AP_DB=os.fspath(other))
    assert found.code == 5 and "is not an ap file, or is damaged" in found.err


def test_a_backup_in_a_file_elsewhere_is_not_denied(placed: Program) -> None:
    placed.ok("db", "backup", "friday.zip")
    assert "one in a file elsewhere is not looked for" in placed.ok("db", "check").out.replace(
        "\n" + " " * 20, " "
    )
    said = placed.ok("db", "backups")
    assert "Those written to a file elsewhere are not listed here." in said.out + said.err
