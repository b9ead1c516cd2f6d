"""A child who is erased leaves a reference and numbers, and nothing else in any file of the store."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep

import pytest

from ap_cli.store.erasing import find_child, names_in_text
from ap_cli.store.queries.chain import unguard
from ap_cli.store.retention import Retention
from ap_cli.store.tombstones import list_erased
from ap_cli.store.wiping import GONE, drop_from_backups

from ..conftest import AP, POSIX, Program

pytestmark = pytest.mark.plain_store(
    "looks for the child in the bytes of files: test_planted decrypts their pages"
)
UPN = "B801200005001"
PLANTED = ("test pupil", "pupil, test", UPN.lower(), "zebraword", "giraffeword", "okapiword")
"""What is written of the child who is erased: the name, the UPN, and free text."""

MARKS = """placement,date,session,code
PL-0001,2026-02-23,AM,B
PL-0002,2026-02-23,AM,B
PL-0001,2026-02-23,PM,B
PL-0002,2026-02-24,PM,B
PL-0001,2026-02-24,PM,B
"""
NOW = datetime(2026, 3, 2, 12)
ERASE = ("pupil", "erase", "P-0001", "--reason", "past the period", "--yes")


def place(ap: Program, pupil: str) -> None:
    ap.ok("placement", "new", "--pupil", pupil, "--provider", "PR-0001", "--route",
          "off-site-direction", "--starts", "2026-01-06", "--ends", "2026-12-18", "--hours", "19",
          "--nature", "animal care")  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two children, the first of whom is written of in many places."""
    ap = Program(tmp_path_factory.mktemp("erasing"))
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered",
          "--address", "1 Example Lane, Testford")  # fmt: skip
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27", "--upn", UPN)
    ap.ok("pupil", "add", "Other Sample", "--born", "2010-06-28")
    place(ap, "P-0001")
    place(ap, "P-0002")
    (ap.folder / "marks.csv").write_text(MARKS)
    ap.ok("attendance", "import", "marks.csv")
    ap.ok("attendance", "amend", "PL-0001", "2026-02-24", "pm", "I", "--reason", "okapiword")
    ap.ok("record", "contact", "PL-0001", "--whom", "a parent", "--said", "zebraword")
    ap.ok("record", "withdraw", "E-0001", "--reason", "giraffeword")
    ap.ok("record", "contact", "PL-0002", "--whom", "staff", "--said", "worked with test  PUPIL")
    ap.ok("record", "evidence", "PR-0001", "--item", "insurance", "--note", "seen by Pupil, Test")
    ap.ok("pupil", "show", "P-0001", "--names")
    ap.ok("placement", "end", "PL-0001", "--day", "2026-02-27", "--reason", "moved",
          "--destination", "home-school")  # fmt: skip
    return ap.store


@pytest.fixture
def ended(kept: Path, ap: Program) -> Program:
    shutil.copy(kept, ap.store)
    return ap


def files_with(folder: Path, *words: str) -> set[tuple[str, str]]:
    """Each file in a folder whose bytes have one of these words, in either case."""
    return {
        (file.name, word)
        for file in folder.rglob("*")
        if file.is_file()
        for word in words
        if word.encode() in file.read_bytes().lower()
    }


def test_no_byte_of_the_child_is_left_and_the_chain_still_verifies(ended: Program) -> None:
    assert {word for _, word in files_with(ended.folder, *PLANTED)} == {*PLANTED}
    found = ended.ok(*ERASE, "--json").data[0]
    assert files_with(ended.folder, *PLANTED) == set()
    assert (found["placements"], found["entries"], found["marks"]) == (["PL-0001"], 1, 4)
    assert found["erased"] and set(found["named_in"]) == {"E-0002", "E-0003"}
    said = ended.ok("db", "verify").out
    assert "as it was written" in said and "were erased" in said
    assert ended.ok("db", "check").code == 0
    assert ended.json("attendance", "show", "PL-0002"), "the other child's marks are there"


def test_what_was_deleted_earlier_is_not_left_in_free_pages_either(ended: Program) -> None:
    ended.ok("pupil", "edit", "P-0001", "--home-school", "quaggaword " * 400)
    ended.ok("pupil", "edit", "P-0001", "--home-school", "Elm Academy")
    ended.ok(*ERASE)
    assert files_with(ended.folder, "quaggaword") == set()


def test_the_reference_says_that_it_was_erased_and_nobody_gets_it_again(ended: Program) -> None:
    ended.ok(*ERASE)
    for command in (("pupil", "show", "P-0001"), ("show", "PL-0001"), ERASE):
        found = ended(*command)
        assert found.code == 2 and "it was erased on 2 March 2026" in found.err
    assert ended.ok("pupil", "add", "Third Sample", "--born", "2011-01-01").out == "P-0003\n"
    assert ended.ok("undo").code == 0
    refused = ended("undo")
    assert refused.code == 2 and "cannot be undone: an erasure is for good" in refused.err


def test_what_was_known_before_does_not_bring_the_child_back(kept: Path, ap: Program) -> None:
    shutil.copy(kept, ap.store)
    ap.ok(*ERASE, on="2026-03-05")
    assert ap("check", "PL-0002", "--as-known", "2026-03-03", on="2026-03-06").code == 1
    found = ap("check", "PL-0001", "--as-known", "2026-03-03", on="2026-03-06")
    assert found.code == 2 and "it was erased on 5 March 2026" in found.err


def test_marks_of_others_are_still_proved_after_one_child_and_after_the_next(
    ended: Program,
) -> None:
    ended.ok(*ERASE)
    ended.ok("attendance", "record", "PL-0002", "2026-02-25", "am", "B")
    ended.ok("db", "verify")
    with ended.opened() as store:
        unguard(store.connection)
        store.rows("UPDATE mark SET code = 'I' WHERE day = '2026-02-23'")
    found = ended("db", "verify")
    assert found.code == 6 and "Marks of attendance" in found.out + found.err
    ended.ok("placement", "end", "PL-0002", "--day", "2026-02-27", "--reason", "moved",
             "--destination", "home-school")  # fmt: skip
    second = ended("pupil", "erase", "P-0002", "--reason", "x", "--yes")
    assert second.code == 6 and "Nothing was erased" in second.err
    with ended.opened() as store:
        store.rows("UPDATE mark SET code = 'B' WHERE day = '2026-02-23'")
    ended.ok("pupil", "erase", "P-0002", "--reason", "x", "--yes")
    ended.ok("db", "verify")


def test_a_later_mark_never_has_the_number_of_one_that_was_erased(ended: Program) -> None:
    ended.ok("attendance", "record", "PL-0001", "2026-02-25", "am", "B")
    ended.ok(*ERASE)
    (ended.folder / "more.csv").write_text("placement,date,session,code\nPL-0002,2026-02-26,AM,B\n")
    ended.ok("attendance", "import", "more.csv")
    ended.ok("attendance", "record", "PL-0002", "2026-02-26", "pm", "B")
    ended.ok("db", "verify")


def test_a_name_that_another_child_has_is_left_where_others_wrote_it(ended: Program) -> None:
    ended.ok("pupil", "add", "Pupil, Test", "--born", "2012-01-01")
    found = ended.ok(*ERASE, "--json").data[0]
    assert found["namesake"] and found["named_in"] == []
    assert ended.json("pupil", "show", "P-0003", "--names")[0]["name"] == "Pupil, Test"
    assert files_with(ended.folder, UPN.lower(), "zebraword") == set()


def test_who_was_joined_into_the_child_goes_as_well(ended: Program) -> None:
    ended.ok("pupil", "add", "Tess Pupilla", "--born", "2010-06-27")
    ended.ok("pupil", "merge", "P-0003", "--into", "P-0001", "--yes")
    ended.ok(*ERASE, "--backups-too")
    assert files_with(ended.folder, "tess pupilla", *PLANTED) == set()


def test_drafts_about_the_child_go(ended: Program) -> None:
    from ap_cli.services.drafts import NEW_PLACEMENT, OpenForm, keep
    from ap_cli.store.author import Author

    with ended.opened() as store:
        keep(store, {"pupil": "P-0001"}, Author("tester"), None, NEW_PLACEMENT)
        keep(store, {"whom": "x"}, Author("tester"), None, OpenForm("record contact", "PL-0001"))
        keep(store, {"said": "Test Pupil"}, Author("tester"), None,
             OpenForm("record contact", "PL-0002"))  # fmt: skip
    assert ended.ok(*ERASE, "--json").data[0]["drafts"] == 2
    (left,) = ended.json("draft", "list")
    assert left["about"] == "PL-0002" and files_with(ended.folder, *PLANTED) == set()


def test_a_reason_that_names_the_child_is_refused(ended: Program) -> None:
    found = ended("pupil", "erase", "P-0001", "--reason", "Test Pupil is 25", "--yes")
    assert found.code == 2 and "leave the name out" in found.err and "Test Pupil" not in found.err
    ended.ok("pupil", "show", "P-0001")


def test_a_backup_that_is_restored_does_not_bring_the_child_back(ended: Program) -> None:
    ended.ok("db", "backup", "friday.zip")
    ended.ok(*ERASE, "--backups-too")
    shown = ended.ok("db", "restore", "friday.zip", "--dry-run")
    assert "Erased since this backup, and erased again: P-0001" in shown.out
    assert ended.ok("db", "restore", "friday.zip", "--yes", "--json").data[0]["erased_again"] == [
        "P-0001"
    ]
    (ended.folder / "friday.zip").unlink()
    assert files_with(ended.folder, *PLANTED) == set()
    assert "it was erased on 2 March 2026" in ended("pupil", "show", "P-0001").err
    ended.ok("db", "verify")
    ended.ok("pupil", "show", "P-0002")


def test_a_backup_from_before_a_child_came_does_not_give_the_reference_away(ended: Program) -> None:
    ended.ok("db", "backup", "friday.zip")
    ended.ok("pupil", "add", "Third Sample", "--born", "2011-01-01")
    ended.ok("pupil", "erase", "P-0003", "--reason", "a mistake", "--yes")
    ended.ok("db", "restore", "friday.zip", "--yes")
    assert "it was erased on" in ended("pupil", "show", "P-0003").err
    assert ended.ok("pupil", "add", "Fourth Sample", "--born", "2011-01-01").out == "P-0004\n"
    ended.ok("db", "verify")


def test_backups_that_hold_the_child_are_named_and_deleted_if_wanted(ended: Program) -> None:
    before = Path(ended.ok("db", "backup").out.strip())
    found = ended.ok(*ERASE, "--json").data[0]
    assert found["backups"] == [str(before)] and found["backups_until"]
    assert files_with(before.parent, *PLANTED)


def test_backups_are_deleted_if_wanted(ended: Program) -> None:
    before = Path(ended.ok("db", "backup").out.strip())
    found = ended.ok(*ERASE, "--backups-too", "--json").data[0]
    assert found["backups_deleted"] == [str(before)] and found["backups"] == []
    assert files_with(ended.folder, *PLANTED) == set()


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Test Pupil", True),
        ("saw test\npupil today", True),
        ("Pupil, Test", True),
        ("Test Pupils", False),
        ("contest pupil", False),
        ("a test", False),
    ],
)
def test_a_name_is_found_as_whole_words(text: str, is_named: bool) -> None:
    found = names_in_text({"Test Pupil"}, set())
    assert found is not None and bool(found.search(text)) is is_named


def test_a_name_of_one_word_is_not_looked_for() -> None:
    assert names_in_text({"Will"}, set()) is None


def test_a_merge_that_was_undone_leaves_the_other_child_alone(ended: Program) -> None:
    ended.ok("pupil", "add", "Third Sample", "--born", "2010-06-27")
    ended.ok("pupil", "merge", "P-0003", "--into", "P-0001", "--yes")
    ended.ok("undo")
    with ended.opened() as store:
        assert find_child(store, 1).refs == ("P-0001", "PL-0001")
    ended.ok(*ERASE)
    assert ended.json("pupil", "show", "P-0003", "--names")[0]["name"] == "Third Sample"
    ended.ok("db", "verify")


def test_the_last_day_of_a_backup_is_the_one_on_which_thinning_deletes_it() -> None:
    retention = Retention(7, 0, 0)
    made = NOW - timedelta(days=3)
    assert retention.last_day([made], NOW) == (NOW + timedelta(days=5)).date()
    there = {made, NOW + timedelta(days=4)}
    assert made in retention.choose(there, NOW + timedelta(days=4))
    assert made not in retention.choose(there, NOW + timedelta(days=5))
    assert retention.last_day([], NOW) is None


def test_evidence_goes_from_the_backups_with_the_last_one_that_needs_it(tmp_path: Path) -> None:
    name = "0" * 64
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments" / name).write_text("evidence")
    (tmp_path / f"20260302-120000{GONE}").write_text(f"{name}\n")
    drop_from_backups(tmp_path, [NOW, NOW + timedelta(days=1)])
    assert (tmp_path / "attachments" / name).exists(), "a backup made before has it"
    drop_from_backups(tmp_path, [NOW + timedelta(seconds=1)])
    assert not (tmp_path / "attachments" / name).exists()
    assert not list(tmp_path.glob(f"*{GONE}"))


@POSIX
def test_an_erasure_that_is_killed_is_whole_or_not_at_all(kept: Path, ap: Program) -> None:
    """Twenty times, from the moment at which it begins to write on, a little later each time."""
    outcomes = set()
    for cycle in range(20):
        shutil.copy(kept, ap.store)
        running = subprocess.Popen(
            [*AP, "--on", ap.on, *ERASE],
            env=ap.environment,
            cwd=ap.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        is_written = ap.folder / "ap.db-journal"
        while running.poll() is None and not is_written.exists():
            sleep(0.0005)
        if cycle < 19:  # the last one is left to finish
            sleep(cycle * 0.03)
            os.kill(running.pid, signal.SIGKILL)
        running.wait()
        is_there = ap("pupil", "show", "P-0001").code == 0
        found = {word for _, word in files_with(ap.folder, *PLANTED)}
        assert found == ({*PLANTED} if is_there else set())
        assert not list(ap.folder.glob("*.erasing"))
        ap.ok("db", "verify")
        outcomes.add(is_there)
    assert outcomes == {True, False}


def test_the_reason_of_an_earlier_erasure_loses_the_name_of_who_is_erased_later(
    ended: Program,
) -> None:
    ended.ok("pupil", "add", "Third Sample", "--born", "2011-01-01")
    ended.ok("pupil", "erase", "P-0003", "--reason", "the same as Test Pupil", "--yes")
    assert ended.ok(*ERASE, "--json").data[0]["erased"]
    assert files_with(ended.folder, *PLANTED) == set()
    with ended.opened() as store:
        reasons = [each.reason for each in list_erased(store)]
    assert reasons == ["the same as P-0001", "past the period"]
    ended.ok("db", "verify")
    ended.ok("db", "check")


UNKNOWN = "Who was erased since this backup was made cannot be known: erase them again"


@pytest.mark.parametrize("content", [None, b"no database " * 500, b""])
def test_a_restore_over_a_store_that_cannot_be_read_says_to_erase_again(
    ended: Program, content: bytes | None
) -> None:
    ended.ok("db", "backup", "friday.zip")
    ended.ok(*ERASE)
    ended.store.unlink()
    if content is not None:
        ended.store.write_bytes(content)
    assert UNKNOWN in ended.ok("db", "restore", "friday.zip", "--dry-run").out
    restored = ended.ok("db", "restore", "friday.zip", "--yes")
    assert UNKNOWN in restored.err and UNKNOWN not in restored.out
    ended.ok("pupil", "show", "P-0001")
    again = ended.ok("db", "restore", "friday.zip", "--yes")
    assert UNKNOWN not in again.err, "the store that is there now can be read"


def test_a_file_that_is_not_deleted_yet_is_said_and_goes_when_the_store_is_next_opened(
    ended: Program,
) -> None:
    name = "0" * 64
    ended.ok("record", "contact", "PL-0001", "--whom", "a parent", "--said", f"sent {name}")
    with ended.opened() as store:
        file = store.address.attachments / name
    file.mkdir(parents=True)  # is not deleted as a file, like one that is open on Windows
    found = ended.ok(*ERASE)
    assert "goes when the store is next opened" in found.err
    file.rmdir()
    file.write_text("a letter")
    ended.ok("pupil", "show", "P-0002")
    assert not file.exists() and not list(ended.folder.glob("*.erasing"))


def test_whose_log_loses_values_is_said_before_and_after(ended: Program) -> None:
    planned = ended.ok("pupil", "erase", "P-0001")
    assert "The log of PL-0002, PR-0001 names P-0001: those entries lose" in planned.out
    done = ended.ok(*ERASE)
    assert "The log of PL-0002, PR-0001 names P-0001: those entries lost" in done.err


def test_a_child_whom_the_log_of_one_on_hold_names_is_not_erased_until_the_hold_ends(
    ended: Program,
) -> None:
    ended.ok("pupil", "hold", "P-0002", "--reason", "an inquiry", "--until", "2026-03-10")
    before = ended.ok("log", "PL-0002", "--json").data
    for command in (ERASE, ("pupil", "erase", "P-0001")):
        found = ended(*command)
        assert found.code == 2 and "P-0002 is on legal hold" in found.err
        assert "the log of PL-0002 names the child" in found.err
    assert ended.ok("log", "PL-0002", "--json").data == before
    assert ended("pupil", "erase", "P-0001", on="2026-03-10").code == 2
    ended.ok(*ERASE, on="2026-03-11")
    ended.ok("db", "verify")


def test_a_hold_on_one_whose_log_does_not_name_the_child_stops_nothing(ended: Program) -> None:
    ended.ok("pupil", "add", "Third Sample", "--born", "2011-01-01")
    ended.ok("pupil", "hold", "P-0003", "--reason", "an inquiry")
    ended.ok(*ERASE)
