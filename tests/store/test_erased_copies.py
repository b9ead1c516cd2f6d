"""The copies of a child who is erased: files of evidence and backups, also when an erasure is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from ap_cli.store import wiping
from ap_cli.store.address import Address
from ap_cli.store.advice import list_backups

from ..conftest import Program

ERASE = ("pupil", "erase", "P-0001", "--reason", "past the period", "--yes")


@pytest.fixture
def ended(placed: Program) -> Program:
    """A store whose only placement has ended."""
    placed.ok("placement", "end", "PL-0001", "--day", "2026-02-27", "--reason", "moved",
              "--destination", "home-school")  # fmt: skip
    return placed


def test_an_erasure_with_the_backups_that_is_stopped_deletes_them_when_it_is_finished(
    ended: Program,
) -> None:
    name = "0" * 64
    ended.ok("record", "contact", "PL-0001", "--whom", "a parent", "--said", f"sent {name}")
    backup = Path(ended.ok("db", "backup").out.strip())
    with ended.opened() as store:
        blocking = store.address.attachments / name
    blocking.mkdir(parents=True)  # is not deleted as a file: the erasure goes no further
    found = ended.ok(*ERASE, "--backups-too", "--json")
    assert found.data[0]["backups"] == [str(backup)] and backup.exists()
    assert "when the store is next opened" in found.err
    blocking.rmdir()
    ended.ok("provider", "list")
    assert not backup.exists() and not wiping.place_of(ended.store).exists()


def test_a_backup_that_is_made_after_the_child_went_is_left(ended: Program) -> None:
    ended.ok(*ERASE, "--backups-too")
    kept = Path(ended.ok("db", "backup").out.strip())
    ended.ok("provider", "list")
    assert [each.file for each in list_backups(Address(ended.store))] == [kept]


@pytest.mark.parametrize("name", ["../outside.backup", "ap.db", "notes.txt"])
def test_a_list_of_what_goes_names_nothing_but_backups(ended: Program, name: str) -> None:
    kept = (ended.folder / name).resolve()
    if not kept.exists():
        kept.write_text("kept")
    try:
        wiping.delete_backups(Address(ended.store), [name])
        assert kept.exists()
    finally:
        if kept.parent != ended.folder:
            kept.unlink()
