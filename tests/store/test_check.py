"""`ap db check`: each thing that can be wrong with a store is named, with its exit code."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ap_cli.store.address import Address
from ap_cli.store.advice import list_backups
from ap_cli.store.connection import connect

from ..conftest import COMPLETE, Program
from .test_automatic import damage_index

CHECKS = [
    "integrity",
    "references",
    "schema",
    "records",
    "log",
    "evidence",
    "drafts",
    "views",
    "backups",
]


@pytest.fixture
def evidenced(placed: Program) -> Program:
    """A store with a file of evidence."""
    (placed.folder / "one.txt").write_text("insured")
    placed.ok("record", "evidence", "PR-0001", "--item", "insurance", "--file", "one.txt")
    return placed


def checked(ap: Program, code: int, *args: str) -> dict[str, dict[str, Any]]:
    """What the check finds, by name; it has to end with this code."""
    found = ap("db", "check", "--json", *args)
    assert found.code == code, found
    rows = {row["check"]: row for row in found.data}
    assert list(rows) == CHECKS
    return rows


def wrong(rows: dict[str, dict[str, Any]]) -> list[str]:
    return [name for name, row in rows.items() if row["ok"] is False]


def attachment(ap: Program) -> Path:
    [file] = Address(ap.store).attachments.iterdir()
    return file


def test_all_is_well_with_a_store_in_order_and_nothing_is_changed(evidenced: Program) -> None:
    before = sorted((file, file.stat().st_mtime_ns) for file in evidenced.folder.rglob("*"))
    assert wrong(checked(evidenced, 0)) == []
    assert sorted((file, file.stat().st_mtime_ns) for file in evidenced.folder.rglob("*")) == before
    assert evidenced.ok("db", "check").out.splitlines()[-1] == "All is well."


@pytest.mark.plain_store("writes over a page whose number it reads in the file")
def test_damage_ends_with_5_and_names_the_backup_to_restore(placed: Program) -> None:
    placed.ok("db", "backup")
    [backup] = list_backups(Address(placed.store))
    damage_index(placed.store)
    row = checked(placed, 5)["integrity"]
    assert row["ok"] is False and row["mend"] == f"ap db restore {backup.file}"
    placed.ok("db", "restore", str(backup.file), "--yes")
    assert wrong(checked(placed, 0)) == []


def test_a_record_that_is_named_and_not_there_is_damage(placed: Program) -> None:
    with closing(connect(placed.store, foreign_keys=False)) as store:
        store.execute("DELETE FROM provider")
    row = checked(placed, 5)["references"]
    assert row["ok"] is False and row["details"]["tables"] == ["placement", "site"]


def test_an_altered_log_ends_with_6(placed: Program) -> None:
    with closing(connect(placed.store)) as store:
        for (name,) in store.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            store.execute(f"DROP TRIGGER {name}")
        store.execute("UPDATE audit SET who = 'somebody else' WHERE id = 1")
    rows = checked(placed, 6)
    assert wrong(rows) == ["log"] and rows["log"]["details"]["first_bad"] == 1


@pytest.mark.plain_store(
    "looks into files of evidence, which are sealed otherwise: test_encrypting does"
)
def test_a_missing_file_of_evidence_ends_with_1_and_comes_back_from_the_backups(
    evidenced: Program,
) -> None:
    evidenced.ok("db", "backup")
    file = attachment(evidenced)
    file.unlink()
    row = checked(evidenced, 1)["evidence"]
    assert row["says"] == "files missing: E-0001" and row["mend"] == "ap db check --mend"
    mended = evidenced.ok("db", "check", "--mend")
    assert "1 file of evidence came back" in mended.err and file.read_text() == "insured"
    assert wrong(checked(evidenced, 0)) == []


@pytest.mark.plain_store(
    "looks into files of evidence, which are sealed otherwise: test_encrypting does"
)
def test_an_altered_file_of_evidence_comes_back_and_is_kept_aside(evidenced: Program) -> None:
    evidenced.ok("db", "backup")
    file = attachment(evidenced)
    file.write_text("altered")
    assert checked(evidenced, 1)["evidence"]["details"]["altered"] == [file.name]
    evidenced.ok("db", "check", "--mend")
    assert file.read_text() == "insured"
    [aside] = Address(evidenced.store).backups.glob("*-altered-*")
    assert aside.read_text() == "altered"


def test_without_a_backup_a_missing_file_is_to_be_recorded_again(evidenced: Program) -> None:
    attachment(evidenced).unlink()
    row = checked(evidenced, 1, "--mend")["evidence"]
    assert row["mend"].startswith("ap record edit E-0001 --file FILE")


def test_a_file_that_nothing_uses_is_told_and_goes_after_a_day(evidenced: Program) -> None:
    orphan = attachment(evidenced).with_name("b" * 64)
    orphan.write_text("of nobody")
    rows = checked(evidenced, 0, "--mend")
    assert rows["evidence"]["details"]["orphaned"] == [orphan.name]
    os.utime(orphan, (0, 0))
    assert checked(evidenced, 0, "--mend")["evidence"]["details"]["orphaned"] == []
    assert not orphan.exists()


def test_a_draft_that_cannot_be_read_ends_with_1(placed: Program) -> None:
    with closing(connect(placed.store)) as store:
        store.execute(
            "INSERT INTO draft (form, about, answers, who, at) VALUES ('placement new', NULL, '[]', 'x', 'y')"
        )
    rows = checked(placed, 1)
    assert wrong(rows) == ["drafts"] and "ap draft drop D-0001" in rows["drafts"]["says"]


def test_views_of_another_program_end_with_1_and_are_made_again(placed: Program) -> None:
    with closing(connect(placed.store)) as store:
        store.execute("DROP VIEW v_review")
    rows = checked(placed, 1)
    assert wrong(rows) == ["views"] and rows["views"]["details"]["stale"] == ["v_review"]
    placed.ok("db", "check", "--mend")
    assert wrong(checked(placed, 0)) == []


def test_a_store_that_cannot_be_read_ends_with_5(placed: Program) -> None:
    placed.store.write_bytes(b"no database " * 500)
    rows = checked(placed, 5)
    assert wrong(rows) == ["integrity"] and rows["log"]["ok"] is None


def test_an_older_store_is_to_be_upgraded(placed: Program) -> None:
    with closing(connect(placed.store)) as store:
        store.execute("UPDATE alembic_version SET version_num = '0012'")
    rows = checked(placed, 1)
    assert wrong(rows) == ["schema"] and rows["schema"]["mend"] == "ap db upgrade"


@pytest.mark.plain_store("begins without a store")
def test_without_a_store_and_with_another_database_it_is_refused(ap: Program) -> None:
    assert ap("db", "check").code == 2 and not ap.store.exists()
    with closing(connect(ap.store)) as store:
        store.execute("CREATE TABLE birds (id INTEGER)")
    refused = ap("db", "check")
    assert refused.code == 2 and "another database" in refused.err


def test_backups_none_of_which_is_whole_are_told(placed: Program) -> None:
    placed.ok("db", "backup")
    [backup] = list_backups(Address(placed.store))
    backup.file.write_bytes(b"")
    rows = checked(placed, 1)
    assert wrong(rows) == ["backups"] and rows["backups"]["mend"] == "ap db backup"


def test_the_log_of_a_backup_that_was_altered_is_told_before_it_is_restored(
    placed: Program,
) -> None:
    placed.ok("db", "backup")
    [backup] = list_backups(Address(placed.store))
    [row] = placed.json("db", "restore", str(backup.file), "--dry-run")
    assert row["altered"] is None
    with closing(connect(backup.file)) as store:
        for (name,) in store.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            store.execute(f"DROP TRIGGER {name}")
        store.execute("UPDATE audit SET who = 'somebody else' WHERE id = 1")
    shown = placed.ok("db", "restore", str(backup.file), "--dry-run").out
    assert "The log of the backup was altered" in shown


@pytest.mark.parametrize(
    ("statement", "named", "mend"),
    [
        ("UPDATE placement SET route_safe = 7", "PL-0001", "placement edit PL-0001 --route-safe"),
        ("UPDATE pupil SET born = '2010-02-31'", "P-0001", "pupil edit P-0001 --born 2010-06-27"),
        ("UPDATE entry SET details = '{\"safe\": 3}'", "E-0001", ""),
    ],
)
def test_what_edit_mends_is_no_damage_but_a_record_that_cannot_be_read(
    placed: Program, statement: str, named: str, mend: str
) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE)
    with closing(connect(placed.store)) as store:
        store.execute("PRAGMA ignore_check_constraints = 1")
        store.execute(statement)
    # something else than ap wrote it, which `db check` tells as well, with 6; `doctor` does not compare
    for command, code in (("db check", 6), ("doctor", 1)):
        rows = {row["check"]: row for row in placed.json(*command.split())}
        assert rows["integrity"]["ok"] and rows["integrity"]["details"]["damage"] == []
        assert (
            rows["records"]["ok"] is False and f"{named} cannot be read" in rows["records"]["says"]
        )
        assert placed(*command.split()).code == code
    if mend:
        assert f"ap {mend}".rpartition(" --")[0] in rows["records"]["says"]
        placed.ok(*mend.split())
        assert placed.json("db", "check")[3]["ok"] is True
