"""Backups that nobody asked for, and a damaged store that nobody can write to."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ap_cli.store.address import Address
from ap_cli.store.advice import STAMP, is_good, list_backups
from ap_cli.store.connection import connect
from ap_cli.store.soundness import is_as_left

from ..conftest import AP, POSIX, Program

MARKS = "pupil,date,am,pm\nP-0001,2026-02-25,B,B\n"
TERMS = "calendar,name,first,last\nExampleshire,autumn 1,2026-09-01,2026-10-16\n"


def made_for(ap: Program) -> list[str]:
    """For what the backups of a store were made, the newest first."""
    return [backup.why for backup in list_backups(Address(ap.store))]


def last_changed(ap: Program, days: int) -> None:
    """Let the newest change of a store be so many days old."""
    moment = (datetime.now().astimezone() - timedelta(days=days)).isoformat(timespec="seconds")
    with closing(connect(ap.store)) as store:
        triggers = store.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        ).fetchall()
        for name, _ in triggers:  # they let nobody change the log
            store.execute(f"DROP TRIGGER {name}")
        store.execute("UPDATE audit SET at = ?", (moment,))
        for _, statement in triggers:
            store.execute(statement)


def add_pupil(ap: Program, **options: str) -> None:
    ap.ok("pupil", "add", "L. Sample", "--born", "2010-06-27", "--another", **options)


def test_the_first_change_of_a_day_is_backed_up_before_and_the_next_is_not(
    placed: Program,
) -> None:
    last_changed(placed, days=2)
    add_pupil(placed)
    add_pupil(placed)
    [backup] = list_backups(Address(placed.store))
    assert backup.why == "daily" and is_good(backup.file)
    with closing(connect(backup.file)) as copy:
        assert copy.execute("SELECT count(*) FROM pupil").fetchone() == (1,)


def test_a_store_made_today_is_not_backed_up_today(placed: Program) -> None:
    add_pupil(placed)
    assert made_for(placed) == []


def test_reading_makes_no_backup(placed: Program) -> None:
    last_changed(placed, days=2)
    placed.ok("pupil", "list")
    placed.ok("status")
    placed("check")
    assert made_for(placed) == []


@pytest.mark.plain_store(
    "looks into files of evidence, which are sealed otherwise: test_encrypting does"
)
def test_a_days_backup_takes_files_of_evidence_along_once(placed: Program) -> None:
    (placed.folder / "one.txt").write_text("insured")
    placed.ok("record", "evidence", "PR-0001", "--item", "insurance", "--file", "one.txt")
    folder = Address(placed.store).backups / "attachments"
    last_changed(placed, days=2)
    add_pupil(placed)
    [file] = folder.iterdir()
    assert file.read_text() == "insured" and file.stat().st_mode & 0o777 == 0o600
    before = file.stat().st_mtime_ns
    placed.ok("db", "backup")
    assert file.stat().st_mtime_ns == before


def test_the_first_change_of_a_day_sweeps_what_nothing_uses(placed: Program) -> None:
    folder = Address(placed.store).attachments
    folder.mkdir()
    orphan = folder / f"{'a' * 64}.pdf"
    orphan.write_text("of nobody")
    os.utime(orphan, (0, 0))
    last_changed(placed, days=2)
    add_pupil(placed)
    assert not orphan.exists()


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("attendance", "import", "marks.csv"), "import"),
        (("terms", "import", "terms.csv"), "import"),
        (("county", "set", "county.toml"), "county"),
        (("pupil", "merge", "P-0002", "--into", "P-0001", "--yes"), "merge"),
    ],
)
def test_what_changes_much_is_backed_up_before(
    placed: Program, args: tuple[str, ...], why: str
) -> None:
    (placed.folder / "marks.csv").write_text(MARKS)
    (placed.folder / "terms.csv").write_text(TERMS)
    (placed.folder / "county.toml").write_text('name = "Testshire"\n')
    placed.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27", "--another")
    before = placed.store.read_bytes()
    placed.ok(*args)
    [backup] = list_backups(Address(placed.store))
    assert backup.why == why and is_good(backup.file)
    assert placed.store.read_bytes() != before
    [row] = placed.json("db", "restore", str(backup.file), "--dry-run")
    assert row["records"], "the backup is of the store as it was before"


def test_an_import_tried_again_on_the_same_store_is_not_backed_up_again(placed: Program) -> None:
    (placed.folder / "marks.csv").write_text(MARKS.replace("P-0001", "P-0009"))
    time.sleep(1.1)  # a backup has a name to the second
    for _ in range(3):
        assert placed("attendance", "import", "marks.csv").code == 2
    assert made_for(placed) == ["import"]


def test_a_dry_run_of_an_import_makes_no_backup(placed: Program) -> None:
    (placed.folder / "marks.csv").write_text(MARKS)
    placed.ok("attendance", "import", "marks.csv", "--dry-run")
    assert made_for(placed) == []


def test_never_means_never_but_before_an_upgrade_and_a_restore(placed: Program) -> None:
    (placed.folder / "county.toml").write_text('name = "Testshire"\n')
    placed.ok("config", "set", "backups", "never")
    last_changed(placed, days=2)
    add_pupil(placed)
    placed.ok("county", "set", "county.toml")
    assert made_for(placed) == []
    placed.ok("db", "backup", "friday.zip")
    placed.ok("db", "restore", "friday.zip", "--yes")
    assert made_for(placed) == ["restore"]


def test_backups_are_thinned_as_the_setting_says(placed: Program) -> None:
    placed.ok("db", "backup")
    [first] = list_backups(Address(placed.store))
    for days in (2, 20, 21, 400):
        name = f"{datetime.now() - timedelta(days=days):{STAMP}}-daily.backup"
        first.file.with_name(name).write_bytes(first.file.read_bytes())
    first.file.unlink()
    last_changed(placed, days=2)
    add_pupil(placed, AP_BACKUPS="3d 0w 0m")
    ages = [(datetime.now() - backup.made).days for backup in list_backups(Address(placed.store))]
    assert ages[:2] == [0, 2] and 400 not in ages and 21 not in ages


@pytest.mark.parametrize("value", ["7", "often", "8w 7d 1m"])
def test_a_setting_that_says_no_time_is_refused(placed: Program, value: str) -> None:
    refused = placed("config", "set", "backups", value)
    assert refused.code == 2 and "7d 8w 12m" in refused.err
    last_changed(placed, days=2)
    refused = placed(
        "pupil", "add", "L. Sample", "--born", "2010-06-27", "--another", AP_BACKUPS=value
    )
    assert refused.code == 2 and "backups: " in refused.err


@POSIX
def test_a_days_backup_that_cannot_be_written_does_not_stop_the_work(placed: Program) -> None:
    Address(placed.store).backups.write_text("in its place")
    last_changed(placed, days=2)
    done = placed.ok("pupil", "add", "L. Sample", "--born", "2010-06-27", "--another")
    assert "there is no backup of today" in done.err and done.out == "P-0002\n"


@POSIX
def test_an_import_that_cannot_be_backed_up_is_refused_with_the_way_on(placed: Program) -> None:
    (placed.folder / "marks.csv").write_text(MARKS)
    Address(placed.store).backups.write_text("in its place")
    refused = placed("attendance", "import", "marks.csv")
    assert refused.code == 5 and "ap config set backups never" in refused.err
    placed.ok("config", "set", "backups", "never")
    placed.ok("attendance", "import", "marks.csv")


# --- a damaged store ---------------------------------------------------------------------------


@pytest.mark.plain_store("writes over a page whose number it reads in the file")
def test_a_read_of_a_damaged_store_names_the_backup_to_restore(placed: Program) -> None:
    placed.ok("db", "backup")
    [backup] = list_backups(Address(placed.store))
    spoil(placed.store, root_of(placed.store, "pupil"))
    refused = placed("pupil", "list")
    assert refused.code == 5 and f"`ap db restore {backup.file}`" in refused.err


def root_of(store: Path, name: str) -> int:
    """The first page of a table."""
    with closing(sqlite3.connect(store)) as connection:
        found = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))
        return int(found.fetchone()[0])


def spoil(store: Path, page: int) -> None:
    """Write over a page of a store."""
    with closing(sqlite3.connect(store)) as connection:
        page_size = connection.execute("PRAGMA page_size").fetchone()[0]
    with store.open("r+b") as file:
        file.seek((page - 1) * page_size)
        file.write(b"\x00" * page_size)


def damage_index(store: Path) -> None:
    """Spoil a page that an everyday change does not read: one of an index."""
    with closing(sqlite3.connect(store)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'mark'"
        ).fetchone()
    spoil(store, page)


ADD = ("pupil", "add", "L. Sample", "--born", "2010-06-27", "--another")


@pytest.mark.plain_store("writes over a page whose number it reads in the file")
def test_nothing_is_written_to_a_store_that_is_damaged(placed: Program) -> None:
    placed.ok("db", "backup")
    [backup] = list_backups(Address(placed.store))
    damage_index(placed.store)
    before = placed.store.read_bytes()
    for args in (ADD, ("record", "contact", "PL-0001", "--said", "all well"), ("undo",)):
        refused = placed(*args)
        assert refused.code == 5 and f"ap db restore {backup.file}" in refused.err
        assert len(refused.err.splitlines()) == 1
    assert placed.store.read_bytes() == before
    placed.ok("db", "restore", str(backup.file), "--yes")
    placed.ok(*ADD)


def test_a_value_that_cannot_be_is_no_damage_and_is_backed_up_with_the_rest(
    placed: Program,
) -> None:
    with closing(connect(placed.store)) as store:
        store.execute("PRAGMA ignore_check_constraints = 1")
        store.execute("UPDATE placement SET starts = 'never'")
        store.execute("PRAGMA ignore_check_constraints = 0")
        found = store.execute("PRAGMA quick_check").fetchall()
    assert found[0][0].startswith("CHECK constraint failed")
    placed.ok(*ADD)
    placed.ok("db", "backup")
    [backup] = list_backups(Address(placed.store))
    assert is_good(backup.file)


@pytest.mark.plain_store("writes over a page whose number it reads in the file")
def test_a_damaged_store_still_shows_what_can_be_read(placed: Program) -> None:
    spoil(placed.store, root_of(placed.store, "draft"))
    before = placed.store.read_bytes()
    shown = placed.ok("pupil", "show", "P-0001", "--names")
    assert "Test Pupil" in shown.out and placed.store.read_bytes() == before


def test_a_look_at_a_record_leaves_a_store_as_ap_left_it(placed: Program) -> None:
    placed.ok(*ADD)
    before = placed.store.read_bytes()
    placed.ok("pupil", "show", "P-0001", "--names")
    assert placed.store.read_bytes() != before and is_as_left(Address(placed.store))


def test_a_store_is_as_ap_left_it_after_each_change(placed: Program) -> None:
    address = Address(placed.store)
    assert not is_as_left(address), "it was copied here"
    placed.ok(*ADD)
    assert is_as_left(address)
    placed.ok("pupil", "list")
    assert is_as_left(address)
    with closing(connect(placed.store)) as other:
        other.execute("UPDATE pupil SET name = 'Other Sample'")
    assert not is_as_left(address), "another program has written to it"


def test_a_refused_change_leaves_it_as_it_was(placed: Program) -> None:
    placed.ok(*ADD)
    assert placed("pupil", "edit", "P-0001", "--born", "1900-01-01").code == 2
    assert is_as_left(Address(placed.store))


def test_what_is_supposed_writes_nothing_beside_the_store(placed: Program) -> None:
    placed.ok(*ADD)
    before = sorted(placed.folder.rglob("*"))
    placed("what-if", "PL-0001", "--hours", "12")
    placed("check", "PL-0001", "--as-known", "2026-03-01")
    assert sorted(placed.folder.rglob("*")) == before


@POSIX
def test_a_change_cut_short_is_seen_and_the_next_one_kept(placed: Program) -> None:
    placed.ok(*ADD)
    for wait in (0.3, 0.5, 0.7):
        running = subprocess.Popen(
            [*AP, *ADD], env=placed.environment, stdout=subprocess.PIPE, text=True
        )
        time.sleep(wait)
        running.send_signal(signal.SIGKILL)
        acknowledged = running.communicate()[0].strip()
        refs = [row["ref"] for row in placed.json("pupil", "list")]
        assert not acknowledged or acknowledged in refs
    assert placed.ok(*ADD).out.startswith("P-")
    assert is_as_left(Address(placed.store))
