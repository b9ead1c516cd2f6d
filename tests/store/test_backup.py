"""Backups: whole or not there, restored after a look at what changes, and nothing replaced is lost."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import time
import zipfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ap_cli.errors import StoreProblem
from ap_cli.store import schema
from ap_cli.store.address import Address
from ap_cli.store.advice import STAMP, find_newest_good, is_good, list_backups
from ap_cli.store.backup import back_up, copy_store, thin
from ap_cli.store.connection import HEAD, connect
from ap_cli.store.retention import Retention, read_retention

from ..conftest import AP, POSIX, Program
from ..interview.terminal import Terminal

EVIDENCE = ("record", "evidence", "PR-0001", "--item", "insurance", "--file", "one.txt")
NOW = datetime(2026, 11, 29, 12)


@pytest.fixture
def evidenced(placed: Program) -> Program:
    """A store with a file of evidence."""
    (placed.folder / "one.txt").write_text("insured")
    placed.ok(*EVIDENCE)
    return placed


def pupils(ap: Program) -> list[str]:
    return [row["ref"] for row in ap.json("pupil", "list")]


def add_pupil(ap: Program) -> None:
    ap.ok("pupil", "add", "L. Sample", "--born", "2010-06-27")


def attachments(ap: Program) -> list[Path]:
    return sorted(Address(ap.store).attachments.iterdir())


def damage(ap: Program) -> None:
    """Write over pages in the middle of the store."""
    content = bytearray(ap.store.read_bytes())
    content[8192:40960] = os.urandom(32768)
    ap.store.write_bytes(content)


@pytest.mark.plain_store(
    "looks into files of evidence, which are sealed otherwise: test_encrypting does"
)
def test_a_backup_in_one_file_brings_back_records_and_evidence(evidenced: Program) -> None:
    made = evidenced.ok("db", "backup", "friday.zip")
    file = evidenced.folder / "friday.zip"
    assert made.out == f"{file}\n" and "1 file of evidence" in made.err
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist()[:2] == ["READ ME.txt", "ap.db"]
    add_pupil(evidenced)
    shutil.rmtree(Address(evidenced.store).attachments)
    [row] = evidenced.json("db", "restore", "friday.zip", "--yes")
    assert row["restored"] and row["evidence"] == 1 and row["without"] == []
    assert row["records"] == {"pupil": {"added": 0, "changed": 0, "lost": 1}}
    assert pupils(evidenced) == ["P-0001"]
    assert [file.read_text() for file in attachments(evidenced)] == ["insured"]


def test_what_a_restore_replaces_can_be_restored_in_turn(placed: Program) -> None:
    placed.ok("db", "backup", "friday.zip")
    add_pupil(placed)
    [row] = placed.json("db", "restore", "friday.zip", "--yes")
    assert pupils(placed) == ["P-0001"]
    placed.ok("db", "restore", row["kept"], "--yes")
    assert pupils(placed) == ["P-0001", "P-0002"]


def test_a_dry_run_shows_what_would_change_and_changes_nothing(evidenced: Program) -> None:
    evidenced.ok("db", "backup", "friday.zip")
    add_pupil(evidenced)
    evidenced.ok("placement", "edit", "PL-0001", "--hours", "12")
    evidenced.ok("record", "withdraw", "E-0001", "--reason", "the wrong farm")
    before = evidenced.store.read_bytes()
    shown = evidenced.ok("db", "restore", "friday.zip", "--dry-run").out
    assert "Is lost: 1 pupil" in shown and "Changes back: 1 entry, 1 other detail" in shown
    assert "newest change: record evidence, by tester on" in shown
    assert "newest change: withdraw E-0001, by tester on" in shown
    [row] = evidenced.json("db", "restore", "friday.zip", "--dry-run")
    assert row["records"]["week"] == {"added": 0, "changed": 1, "lost": 0}
    assert not row["restored"] and row["kept"] is None
    assert evidenced.store.read_bytes() == before
    assert not Address(evidenced.store).backups.exists()


def test_what_was_lost_since_comes_back(placed: Program) -> None:
    add_pupil(placed)
    placed.ok("db", "backup", "friday.zip")
    placed.ok("undo")
    shown = placed.ok("db", "restore", "friday.zip", "--dry-run").out
    assert "Comes back: 1 pupil" in shown and "Is lost" not in shown


def test_a_script_says_yes_or_nothing_is_restored(placed: Program) -> None:
    placed.ok("db", "backup", "friday.zip")
    add_pupil(placed)
    before = placed.store.read_bytes()
    refused = placed("db", "restore", "friday.zip")
    assert refused.code == 4 and "--yes" in refused.err and refused.out == ""
    assert placed.store.read_bytes() == before


@POSIX
@pytest.mark.parametrize(("answer", "left"), [("n", 2), ("y", 1)])
def test_a_terminal_shows_what_changes_and_asks(placed: Program, answer: str, left: int) -> None:
    placed.ok("db", "backup", "friday.zip")
    add_pupil(placed)
    terminal = Terminal(placed, "db", "restore", "friday.zip")
    terminal.sees("Is lost: 1 pupil")
    terminal.sees("Restore this backup?")
    terminal.child.sendline(answer)
    terminal.sees("Nothing was restored" if answer == "n" else "is kept as")
    assert len(pupils(placed)) == left


def test_a_missing_store_is_restored(evidenced: Program) -> None:
    evidenced.ok("db", "backup", "friday.zip")
    evidenced.store.unlink()
    [row] = evidenced.json("db", "restore", "friday.zip", "--yes")
    assert row["present"] == "missing" and row["records"] is None and row["kept"] is None
    assert pupils(evidenced) == ["P-0001"]
    if os.name == "posix":
        assert stat.S_IMODE(evidenced.store.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [None, b"no database " * 500, b"", b"\x00" * 5000])
def test_a_damaged_store_is_restored_and_kept_as_it_is(
    placed: Program, content: bytes | None
) -> None:
    placed.ok("db", "backup")
    damage(placed) if content is None else placed.store.write_bytes(content)
    damaged = placed.store.read_bytes()
    advice = next(row for row in placed.json("doctor") if row["check"] == "integrity")["mend"]
    assert advice and advice.startswith("ap db restore ")
    [row] = placed.json("db", "restore", advice.split()[-1], "--yes")
    assert row["present"] == "damaged" and pupils(placed) == ["P-0001"]
    assert content == b"" or Path(row["kept"]).read_bytes() == damaged
    assert find_newest_good(Address(placed.store)) != Path(row["kept"])


@pytest.mark.parametrize("content", [b"", b"no database " * 500])
def test_whoever_opens_a_damaged_store_is_told_the_command_that_restores_it(
    placed: Program, content: bytes
) -> None:
    placed.ok("db", "backup")
    [good] = list_backups(Address(placed.store))
    placed.store.write_bytes(content)
    refused = placed("pupil", "list")
    assert refused.code == 5 and f"`ap db restore {good.file}`" in refused.err
    good.file.unlink()
    assert "a backup of your own with `ap db restore FILE`" in placed("pupil", "list").err


def test_the_journal_of_a_damaged_store_does_not_spoil_the_restored_one(placed: Program) -> None:
    placed.ok("db", "backup", "friday.zip")
    placed.store.write_bytes(b"no database " * 500)
    journal = placed.store.with_name(f"{placed.store.name}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x00" * 2000)
    placed.ok("db", "restore", "friday.zip", "--yes")
    assert not journal.exists() and pupils(placed) == ["P-0001"]


@pytest.mark.plain_store(
    "says what is wrong with a plain file: test_planted does for an encrypted store"
)
@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no backup", "no backup of ap"), (b"", "no backup of ap"), (b"PK\x05\x06" + b"\0" * 18, "ap.db")],
)  # fmt: skip
def test_what_is_no_backup_is_refused_and_nothing_changes(
    placed: Program, content: bytes, words: str
) -> None:
    (placed.folder / "x.zip").write_bytes(content)
    before = placed.store.read_bytes()
    refused = placed("db", "restore", "x.zip", "--yes")
    assert refused.code == 5 and words in refused.err and len(refused.err.splitlines()) == 1
    assert placed.store.read_bytes() == before
    assert placed("db", "restore", "gone.zip", "--yes").code == 2


def test_a_damaged_backup_is_refused_whatever_its_form(evidenced: Program) -> None:
    evidenced.ok("db", "backup", "friday.zip")
    evidenced.ok("db", "backup")
    [kept] = list_backups(Address(evidenced.store))
    before = evidenced.store.read_bytes()
    for file in (evidenced.folder / "friday.zip", kept.file):
        content = bytearray(file.read_bytes())
        content[4096:12288] = os.urandom(8192)
        file.write_bytes(content)
        refused = evidenced("db", "restore", str(file), "--yes")
        assert refused.code == 5 and len(refused.err.splitlines()) == 1, refused
    assert evidenced.store.read_bytes() == before
    assert [row["good"] for row in evidenced.json("db", "backups")] == [False]


def test_another_database_is_neither_restored_nor_replaced(placed: Program) -> None:
    placed.ok("db", "backup", "friday.zip")
    other = placed.folder / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE birds (id INTEGER)")
    assert "another database" in placed("db", "restore", "other.db", "--yes").err
    refused = placed("--db", str(other), "db", "restore", "friday.zip", "--yes")
    assert refused.code == 2 and "another database" in refused.err
    assert "another database" in placed("--db", str(other), "db", "backup").err


def test_a_backup_of_a_newer_ap_is_refused(placed: Program) -> None:
    placed.ok("db", "backup")
    [kept] = list_backups(Address(placed.store))
    with closing(connect(kept.file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    refused = placed("db", "restore", str(kept.file), "--yes")
    assert refused.code == 5 and "newer ap" in refused.err


def test_a_backup_of_an_older_ap_is_upgraded_as_it_is_restored(placed: Program) -> None:
    old = placed.folder / "old.backup"
    left_by_it = Path(__file__).parents[1] / "data" / "store-0004.sql"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(left_by_it.read_text("utf-8"))
    before = old.read_bytes()
    placed.ok("db", "restore", "old.backup", "--yes")
    assert len(placed.json("placement", "list")) == 20 and old.read_bytes() == before


@pytest.mark.plain_store("a server has backups of its own")
def test_the_backup_of_another_store_is_not_restored_into_this_one_by_mistake(
    placed: Program,
) -> None:
    other = placed.folder / "other.db"
    placed.ok("--db", str(other), "pupil", "add", "Test Pupil", "--born", "2010-06-27")
    placed.ok("--db", str(other), "db", "backup")
    [kept] = list_backups(Address(other))
    refused = placed("db", "restore", str(kept.file), "--yes")
    assert refused.code == 2 and f"ap --db {other} db restore {kept.file}" in refused.err
    placed.ok("--db", str(other), "db", "restore", str(kept.file), "--yes")


def test_a_backup_of_another_store_is_told_before_it_takes_the_place_of_this_one(
    placed: Program,
) -> None:
    placed.ok("db", "backup", "own.zip")
    other = placed.folder / "other.db"
    placed.ok("--db", str(other), "pupil", "add", "Test Pupil", "--born", "2010-06-27")
    placed.ok("--db", str(other), "db", "backup", "other.zip")
    [row] = placed.json("db", "restore", "own.zip", "--dry-run")
    assert row["same_store"] is True
    [row] = placed.json("db", "restore", "other.zip", "--dry-run")
    assert row["same_store"] is False
    shown = placed.ok("db", "restore", "other.zip", "--dry-run").out
    assert "This is a backup of another store" in shown
    other.unlink()
    [row] = placed.json("--db", str(other), "db", "restore", "own.zip", "--dry-run")
    assert row["same_store"] is None


@pytest.mark.plain_store(
    "looks into files of evidence, which are sealed otherwise: test_encrypting does"
)
def test_an_altered_file_of_evidence_is_mended_by_a_restore_and_kept_aside(
    evidenced: Program,
) -> None:
    evidenced.ok("db", "backup", "friday.zip")
    attachments(evidenced)[0].write_text("altered")
    evidenced.ok("db", "restore", "friday.zip", "--yes")
    assert attachments(evidenced)[0].read_text() == "insured"
    aside = list(Address(evidenced.store).backups.glob("*-altered-*"))
    assert [file.read_text() for file in aside] == ["altered"]


def test_a_backup_leaves_out_a_file_that_is_missing_or_altered_and_says_whose(
    evidenced: Program,
) -> None:
    attachments(evidenced)[0].write_text("altered")
    made = evidenced.ok("db", "backup", "friday.zip")
    assert "Left out" in made.err and "E-0001" in made.err
    with zipfile.ZipFile(evidenced.folder / "friday.zip") as archive:
        assert len(archive.namelist()) == 2
    [row] = evidenced.json("db", "restore", "friday.zip", "--dry-run")
    assert row["without"] == ["E-0001"]


@POSIX
def test_only_its_owner_can_read_a_backup(evidenced: Program) -> None:
    evidenced.ok("db", "backup", "friday.zip")
    evidenced.ok("db", "backup")
    folder = Address(evidenced.store).backups
    files = [
        evidenced.folder / "friday.zip",
        *(each for each in folder.rglob("*") if each.is_file()),
    ]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600} and len(files) == 3
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.plain_store("a server has backups of its own")
def test_a_file_that_is_there_is_not_written_over(placed: Program) -> None:
    (placed.folder / "friday.zip").write_text("something else")
    refused = placed("db", "backup", "friday.zip")
    assert refused.code == 2 and "is there already" in refused.err
    assert (placed.folder / "friday.zip").read_text() == "something else"
    assert "no folder" in placed("db", "backup", "nowhere/friday.zip").err


def test_a_folder_gets_a_file_with_a_name_of_its_own(placed: Program) -> None:
    stick = placed.folder / "stick"
    stick.mkdir()
    placed.ok("db", "backup", "stick")
    [file] = stick.iterdir()
    assert file.suffix == ".zip" and zipfile.is_zipfile(file)


@pytest.mark.plain_store("a server has backups of its own")
def test_a_dry_run_of_a_backup_writes_nothing(evidenced: Program) -> None:
    before = sorted(evidenced.folder.rglob("*"))
    [row] = evidenced.json("db", "backup", "friday.zip", "--dry-run")
    assert (row["made"], row["bytes"], row["evidence"]) == (False, None, 1)
    assert sorted(evidenced.folder.rglob("*")) == before


def test_a_damaged_store_is_not_backed_up_and_its_newest_good_backup_is_named(
    placed: Program,
) -> None:
    placed.ok("db", "backup")
    [good] = list_backups(Address(placed.store))
    damage(placed)
    refused = placed("db", "backup", "friday.zip")
    assert refused.code == 5 and f"ap db restore {good.file}" in refused.err
    assert [file.name for file in placed.folder.glob("*.zip")] == []


def test_a_backup_that_is_damaged_is_never_the_one_advised(placed: Program) -> None:
    folder = Address(placed.store).backups
    placed.ok("db", "backup")
    [good] = list_backups(Address(placed.store))
    later = folder / f"{datetime.now() + timedelta(hours=1):{STAMP}}-daily.backup"
    later.write_bytes(good.file.read_bytes()[:20000])
    assert find_newest_good(Address(placed.store)) == good.file


def test_a_backup_is_made_while_another_program_reads_and_writes(placed: Program) -> None:
    with closing(connect(placed.store)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE pupil SET name = 'Not Kept'")
        placed.ok("db", "backup")
        other.execute("ROLLBACK")
    [kept] = list_backups(Address(placed.store))
    with closing(connect(kept.file)) as copy:
        assert copy.execute("SELECT name FROM pupil").fetchall() == [("Test Pupil",)]


def test_two_backups_in_one_second_have_names_of_their_own(placed: Program) -> None:
    address = Address(placed.store)
    with closing(connect(placed.store)) as source:
        files = [back_up(source, address, "import") for _ in range(5)]
    assert len(set(files)) == 5 and all(is_good(file) for file in files)
    assert {backup.file for backup in list_backups(address)} == set(files)
    assert {backup.why for backup in list_backups(address)} == {"import"}


# --- the backup before an upgrade ------------------------------------------------------------


@pytest.fixture
def older(ap: Program) -> Program:
    """A store as an earlier ap left it."""
    left_by_it = Path(__file__).parents[1] / "data" / "store-0004.sql"
    with closing(sqlite3.connect(ap.store)) as connection:
        connection.executescript(left_by_it.read_text("utf-8"))
    return ap


@pytest.mark.plain_store("begins with a store of an earlier ap")
def test_an_upgrade_keeps_the_store_as_it_was(older: Program) -> None:
    [row] = older.json("db", "upgrade")
    [backup] = list_backups(Address(older.store))
    assert row["backup"] == str(backup.file) and backup.why == "upgrade"
    with closing(connect(backup.file)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0004",)
    assert row["now"] == HEAD


@pytest.mark.plain_store("begins with a store of an earlier ap")
def test_an_upgrade_that_failed_is_run_again_in_the_same_second(
    older: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(schema, "upgrade", fail)
        for _ in range(3):
            with pytest.raises(StoreProblem, match="the power went"):
                schema.upgrade_with_backup(older.store)
    schema.upgrade_with_backup(older.store)
    assert len(list_backups(Address(older.store))) == 4


def fail(*_: object) -> None:
    raise OSError("the power went")


@pytest.mark.plain_store("begins with a store of an earlier ap")
@POSIX
def test_an_upgrade_killed_at_any_moment_leaves_no_backup_that_is_not_whole(
    older: Program,
) -> None:
    start = older.store.read_bytes()
    for wait in (0.25, 0.3, 0.35, 0.4, 0.5):
        older.store.write_bytes(start)
        running = subprocess.Popen([*AP, "db", "upgrade"], env=older.environment)
        time.sleep(wait)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert all(is_good(backup.file) for backup in list_backups(Address(older.store)))


# --- how long they are kept ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [("7d 8w 12m", Retention(7, 8, 12)), ("  0D 0w  0m", Retention(0, 0, 0)), ("never", None)],
)
def test_how_long_backups_are_kept_is_read(text: str, meant: Retention | None) -> None:
    assert read_retention(text) == meant


@pytest.mark.parametrize("text", ["", "7", "7d", "8w 7d 12m", "-1d 8w 12m", "7d 8w 12m 1y"])
def test_what_says_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="7d 8w 12m"):
        read_retention(text)


def test_a_week_of_all_then_one_a_week_then_one_a_month() -> None:
    made = [NOW - timedelta(days=days, hours=hours) for days in range(800) for hours in (0, 5)]
    kept = Retention(7, 8, 12).choose(made, NOW)
    assert all((NOW - timedelta(days=days)) in kept for days in range(8))
    older = sorted(NOW - moment for moment in kept if NOW - moment > timedelta(days=7))
    within = [age for age in older if age <= timedelta(weeks=8)]
    assert len(within) == 8, "one a week, the newest of it; two months begin in a week as well"
    assert max(older) < timedelta(days=400)
    assert len({(NOW - age).strftime("%Y-%m") for age in older}) == 13


@pytest.mark.parametrize(("hours", "left"), [(7 * 24, True), (7 * 24 + 1, False)])
def test_all_of_seven_days_are_kept_and_not_of_eight(hours: int, left: bool) -> None:
    wanted = NOW - timedelta(hours=hours)
    newer_in_its_week = wanted + timedelta(minutes=1)
    kept = Retention(7, 8, 12).choose([NOW, newer_in_its_week, wanted], NOW)
    assert (wanted in kept) is left


def test_the_newest_backup_is_kept_however_old() -> None:
    old = [NOW - timedelta(days=4000), NOW - timedelta(days=4001)]
    assert Retention(0, 0, 0).choose(old, NOW) == {old[0]}


def test_thinning_deletes_only_backups_that_ap_made_there(placed: Program) -> None:
    address = Address(placed.store)
    placed.ok("db", "backup")
    [backup] = list_backups(address)
    for days in (400, 401):
        copy = f"{datetime.now() - timedelta(days=days):{STAMP}}-daily.backup"
        shutil.copy(backup.file, address.backups / copy)
    mine = address.backups / "my notes.txt"
    mine.write_text("kept")
    legacy = placed.store.with_name(f"{placed.store.name}.20200101-120000.backup")
    shutil.copy(backup.file, legacy)
    assert len(thin(address, Retention(7, 8, 12), datetime.now())) == 2
    assert backup.file.exists() and mine.exists() and legacy.exists()


def test_a_copy_that_cannot_be_written_leaves_nothing(placed: Program) -> None:
    target = placed.folder / "nowhere" / "x.backup"
    with closing(connect(placed.store)) as source, pytest.raises(Exception, match="cannot be used"):
        copy_store(source, Address(placed.store), target)
    assert not target.parent.exists()


def test_the_restored_store_says_who_restored_it_from_which_file_and_its_log_goes_on(
    placed: Program,
) -> None:
    folder = placed.folder / "carried away"
    folder.mkdir()
    placed.ok("db", "backup", str(folder / "friday.zip"))
    with closing(connect(placed.store)) as store:
        head = store.execute("SELECT head FROM chain ORDER BY id DESC LIMIT 1").fetchone()[0]
    seal = placed.ok("db", "seal").out.split()[0]
    add_pupil(placed)
    restored = ("db", "restore", str(folder / "friday.zip"), "--yes")
    placed.ok(*restored, on="2026-03-03", AP_USER="B. Officer")
    last = placed.json("log")[-1]
    assert (last["who"], last["what"], last["subject"]) == (
        "B. Officer",
        "restore a backup",
        "store",
    )
    assert last["new"] == {"backup": "friday.zip", "head": head} and last["old"] == {}
    placed.ok("db", "verify")
    placed.ok("db", "verify", "--seal", seal)
    add_pupil(placed)
    placed.ok("db", "verify")
    assert placed("check", "--changed-since", "2026-01-01").code in (0, 1)
    assert placed("check", "--as-known", "2026-03-02", on="2026-03-03").code in (0, 1)


def test_a_restore_is_not_undone_but_names_where_the_store_before_is(placed: Program) -> None:
    placed.ok("db", "backup", "friday.zip")
    placed.ok("db", "restore", "friday.zip", "--yes")
    before = placed.store.read_bytes()
    refused = placed("undo", "--yes")
    assert refused.code == 2 and "`ap db backups` lists it" in refused.err
    assert placed.store.read_bytes() == before
    add_pupil(placed)
    placed.ok("undo", "--yes")
    assert pupils(placed) == ["P-0001"]
