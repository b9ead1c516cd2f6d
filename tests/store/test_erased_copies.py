"""The copies of a child who is erased: files of evidence and backups, also when an erasure is stopped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ap_cli.services.drafts import OpenForm, keep, listed
from ap_cli.store import owner, wiping
from ap_cli.store.address import Address
from ap_cli.store.advice import list_backups
from ap_cli.store.author import Author

from ..conftest import Program
from .pages import texts_in

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


def begin_form(ap: Program, about: str, **answers: str) -> None:
    """Leave a form half-way that is about a record, or several."""
    with ap.opened() as store:
        keep(store, answers, Author("tester"), None, OpenForm("record visit", about))


@pytest.mark.parametrize("is_held", [True, False])
def test_a_form_for_several_children_stays_with_those_who_are_left(
    ended: Program, is_held: bool
) -> None:
    ended.ok("pupil", "add", "Other Sample", "--born", "2010-06-28")
    ended.ok("placement", "new", "--pupil", "P-0002", "--provider", "PR-0001", "--route",
             "off-site-direction", "--starts", "2026-01-06", "--ends", "2026-12-18",
             "--hours", "19")  # fmt: skip
    if is_held:
        ended.ok("pupil", "hold", "P-0002", "--reason", "an inquiry")
    begin_form(ended, "PL-0001, PL-0002", purpose="pre-placement", note="with Test Pupil")
    begin_form(ended, "PL-0001", note="with nobody else")
    found = ended.ok(*ERASE, "--json").data[0]
    assert found["drafts"] == 1 and found["named_in"] == ["D-0001"]
    [left] = ended.json("draft", "list")
    assert (left["ref"], left["about"]) == ("D-0001", "PL-0002")
    assert not texts_in([ended.store], "Test Pupil")
    with ended.opened() as store:
        [draft] = listed(store)
    assert draft.answers == {"purpose": "pre-placement", "note": "with P-0001"}


def test_where_the_record_of_another_was_sent_is_still_known(ended: Program) -> None:
    ended.ok("pupil", "add", "Other Sample", "--born", "2010-06-28")
    for school in ("Elm Academy", "Test Pupil Academy"):
        out = ("--out", f"{school[:3]}.html")
        ended.ok("pupil", "export", "P-0002", "--for-school", school, *out)
    ended.ok(*ERASE)
    sent = [row["new"].get("school") for row in ended.ok("log", "P-0002", "--json").data
            if row["what"].startswith("send the record")]  # fmt: skip
    assert sent == ["Elm Academy", None]
    log = ended.ok("log", "--json").data
    kept = [row["new"] for row in log if row["new"] and "school" in row["new"]]
    assert {"school": "P-0001 Academy", "day": "2026-03-02"} in kept
    ended.ok("db", "verify")
    ended.ok("db", "check")


def test_what_is_said_of_backups_can_be_done(ended: Program) -> None:
    backup = ended.ok("db", "backup").out.strip()
    assert "--backups-too deletes them" in ended.ok("pupil", "erase", "P-0001").out
    done = ended.ok(*ERASE).err
    assert backup in done and "delete the files to be rid of them now" in done
    assert "--backups-too" not in done, "the child is erased, so no command takes it any longer"


@pytest.mark.parametrize("content", [b"", b'{"pupils":[1],"fil', b"[]"])
def test_a_list_of_what_goes_that_was_cut_short_deletes_nothing_and_goes(
    ended: Program, content: bytes
) -> None:
    backup = Path(ended.ok("db", "backup").out.strip())
    wiping.place_of(ended.store).write_bytes(content)
    ended.ok("pupil", "show", "P-0001")
    assert not wiping.place_of(ended.store).exists() and backup.exists()
    ended.ok("db", "verify")


def test_what_a_killed_backup_left_among_the_backups_goes_with_the_child(ended: Program) -> None:
    ended.ok("db", "backup")
    address = Address(ended.store)
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    left = []
    for folder in (address.backups, address.attachments, address.backups / "attachments"):
        folder.mkdir(exist_ok=True)
        left.append(folder / f".copy.{owner.computer()}-{process.pid}.0123abcd.part")
        left[-1].write_text("Test Pupil")
    ended.ok(*ERASE, "--backups-too")
    assert not any(file.exists() for file in left)
    assert not texts_in([file for file in ended.folder.rglob("*") if file.is_file()], "Test Pupil")
