"""The doctor: what is wrong, with the command that mends it, whatever state the store is in."""

from __future__ import annotations

import ctypes
import json
import os
import re
import shlex
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ap_cli.cli.versions import fits, list_unfit
from ap_cli.store.connection import HEAD, connect

from ..conftest import AP, POSIX, Program, Ran
from .test_config import on_a_terminal, write

CHECKS = [
    "store", "encryption", "integrity", "schema", "records", "legal holds", "clock", "evidence", "term dates", "county", "versions", "terminal", "completion", "config",
]  # fmt: skip


def examined(ap: Program, *args: str, **options: Any) -> dict[str, dict[str, Any]]:
    """What the doctor finds, by the name of each check; its exit code has to agree."""
    found = ap("doctor", "--json", *args, **options)
    rows = {row["check"]: row for row in found.data}
    on_server = "://" in ap.there and "--db" not in args
    assert list(rows) == [name for name in CHECKS if not (on_server and name == "encryption")]
    assert found.code == int(any(row["ok"] is False for row in rows.values())), found
    assert found.err == ""
    return rows


def wrong(rows: dict[str, dict[str, Any]]) -> list[str]:
    return [name for name, row in rows.items() if row["ok"] is False]


def mended(ap: Program, row: dict[str, Any]) -> Ran:
    """What the command of a check prints, once it is run."""
    command, *args = shlex.split(row["mend"])
    assert command == "ap"
    return ap.ok(*args)


def test_all_is_well_with_a_store_in_order(placed: Program) -> None:
    rows = examined(placed)
    assert wrong(rows) == []
    assert rows["store"]["details"]["bytes"] == placed.store.stat().st_size
    schema = rows["schema"]["details"]
    assert (schema["version"], schema["needed"]) == (HEAD, HEAD)
    assert re.fullmatch("[0-9a-f]{32}", schema["id"])
    assert rows["term dates"]["says"] == "known until Friday 10 July 2026"
    assert rows["county"]["details"] == {"name": "Leicestershire", "own": False}
    assert rows["versions"]["details"]["sqlite"] == sqlite3.sqlite_version
    assert rows["versions"]["details"]["libraries"]["typer"]
    assert placed.ok("doctor").out.splitlines()[-1] == "All is well."


@pytest.mark.plain_store("begins without a store")
def test_a_missing_store_is_not_made(ap: Program) -> None:
    rows = examined(ap)
    assert wrong(rows) == ["store"] and rows["integrity"]["ok"] is None
    assert not ap.store.exists()
    mended(ap, rows["store"])
    assert wrong(examined(ap)) == []


@pytest.mark.plain_store("begins without a store")
def test_what_mends_a_store_that_the_call_names_names_it_too(ap: Program) -> None:
    other = ap.folder / "my other.db"
    rows = examined(ap, "--db", str(other))
    assert rows["store"]["details"]["from"] == "flag"
    mended(ap, rows["store"])
    assert other.exists() and not ap.store.exists()


@pytest.mark.plain_store("begins without a store")
def test_a_screen_reader_hears_sentences_without_columns(ap: Program) -> None:
    lines = ap("doctor", ACCESSIBLE="1").out.splitlines()
    assert lines[0].startswith("Wrong: store: there is none yet at ")
    assert lines[1] == "To put it right: ap init"
    assert lines[-1] == "1 thing to put right"
    assert not [line for line in lines if "  " in line]
    settings = ap.ok("config", "list", ACCESSIBLE="1").out.splitlines()
    assert (
        settings[0] == "names: short, from default: how lists on the screen show children's names"
    )


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-05-28", "known until Friday 10 July 2026"),
        ("2026-05-29", "they end on Friday 10 July 2026"),
        ("2026-07-10", "they end on Friday 10 July 2026"),
        ("2026-07-11", "they ended on Friday 10 July 2026"),
    ],
)
def test_term_dates_are_asked_for_six_weeks_before_they_end(
    placed: Program, on: str, told: str
) -> None:
    row = examined(placed, on=on)["term dates"]
    assert row["says"] == told and row["ok"] is (on == "2026-05-28")
    assert row["mend"] == (None if row["ok"] else "ap terms import FILE")


@pytest.mark.plain_store("begins with a store of an earlier ap")
def test_an_older_store_is_upgraded_by_the_command_that_it_names(ap: Program) -> None:
    left_by_it = Path(__file__).parents[1] / "data" / "store-0004.sql"
    with closing(sqlite3.connect(ap.store)) as connection:
        connection.executescript(left_by_it.read_text("utf-8"))
    ap.store.chmod(0o600)
    rows = examined(ap)
    assert wrong(rows) == ["schema"] and rows["county"]["ok"] is None
    before = ap.store.read_bytes()
    assert examined(ap)["schema"]["mend"] == "ap db upgrade" and ap.store.read_bytes() == before
    mended(ap, rows["schema"])
    assert wrong(examined(ap)) == []


def test_a_newer_store_says_that_ap_has_to_be_newer(placed: Program) -> None:
    connect(placed.store).execute("UPDATE alembic_version SET version_num = '9999'")
    rows = examined(placed)
    assert wrong(rows) == ["schema"] and "install the newer version" in rows["schema"]["says"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no database at all " * 200, "not an ap file"),
        (b"", "the file is empty"),
        (b"\x00" * 5000, "not an ap file"),
    ],
)
def test_a_file_that_is_no_store_is_told_so(ap: Program, content: bytes, says: str) -> None:
    ap.store.write_bytes(content)
    ap.store.chmod(0o600)
    rows = examined(ap)
    assert wrong(rows) == ["integrity"] and says in rows["integrity"]["says"]
    assert ap.store.read_bytes() == content


def test_a_damaged_store_names_its_newest_good_backup(placed: Program) -> None:
    good = placed.store.read_bytes()
    for when in ("20260101-120000", "20260201-120000"):
        placed.store.with_name(f"ap.db.{when}.backup").write_bytes(good)
    placed.store.with_name("ap.db.20260301-120000.backup").touch()  # it was cut short
    content = bytearray(good)
    content[8192:40960] = os.urandom(32768)
    placed.store.write_bytes(content)
    rows = examined(placed)
    assert "integrity" in wrong(rows)
    newest = placed.store.with_name("ap.db.20260201-120000.backup")
    assert rows["integrity"]["mend"] == f"ap db restore {newest}"


def test_a_record_that_names_one_that_is_not_there_is_damage(placed: Program) -> None:
    connection = connect(placed.store, foreign_keys=False)
    connection.execute("DELETE FROM provider")
    connection.close()
    row = examined(placed)["integrity"]
    assert row["ok"] is False and "placement names a record that is not there" in row["says"]


def test_a_store_that_another_program_holds_is_told_so(placed: Program) -> None:
    other = connect(placed.store)
    other.execute("BEGIN EXCLUSIVE")
    row = examined(placed)["integrity"]
    assert row["ok"] is False and "in use by another program" in row["says"]
    other.rollback()
    assert wrong(examined(placed)) == []


@pytest.mark.plain_store("begins without a store")
def test_a_folder_in_the_stores_place_is_told_so(ap: Program) -> None:
    ap.store.mkdir()
    rows = examined(ap)
    assert wrong(rows) == ["store"] and "cannot be read" in rows["store"]["says"]


@POSIX
def test_a_store_that_everybody_can_read_is_told_so(placed: Program) -> None:
    placed.store.chmod(0o644)
    row = examined(placed)["store"]
    assert row["ok"] is False and row["mend"] == f"chmod 600 {placed.store}"
    placed.store.chmod(0o640)
    assert examined(placed)["store"]["ok"] is True, "those who share the work may"


def test_an_overlay_that_cannot_be_read_is_told_so(placed: Program) -> None:
    (placed.folder / "county.toml").write_text('name = "Testshire"', "utf-8")
    placed.ok("county", "set", "county.toml")
    assert examined(placed)["county"]["details"] == {"name": "Testshire", "own": True}
    connect(placed.store).execute("UPDATE overlay SET made = '{'")
    row = examined(placed)["county"]
    assert row["ok"] is False and row["mend"] == "ap county set FILE"


@pytest.mark.parametrize("made", [b"\xff", "no day"])
def test_term_dates_that_cannot_be_read_are_told_so(placed: Program, made: object) -> None:
    connect(placed.store).execute(
        "INSERT INTO term (calendar, name, first, last) VALUES (?, ?, ?, ?)",
        ("Leicestershire", "autumn", made, made),
    )
    row = examined(placed)["term dates"]
    assert row["ok"] is False and row["mend"] == "ap terms import FILE"


def test_a_damaged_config_file_stops_nothing_else(placed: Program) -> None:
    write(placed, "names = \n")
    rows = examined(placed)
    assert wrong(rows) == ["config"] and "line 1 of" in rows["config"]["says"]
    assert rows["store"]["ok"] is True


def test_a_wrong_setting_is_taken_out_by_the_command_that_it_names(placed: Program) -> None:
    write(placed, 'names = "sometimes"\ncolor = "never"\nzoo = 1\n')
    row = examined(placed)["config"]
    assert row["mend"] == "ap config unset names" and "there is no setting …" in row["says"]
    mended(placed, row)
    mended(placed, examined(placed)["config"])
    assert wrong(examined(placed)) == []
    write(placed, "[names]\nx = 1\n")
    assert examined(placed)["config"]["mend"] is None, "no command takes a whole table out"


@POSIX
def test_a_terminal_has_its_size_colour_and_letters(placed: Program) -> None:
    write(placed, "names = ")
    shown = on_a_terminal(placed, "doctor", "--on", placed.on, size=(20, 60))
    assert "60 x 20, colour, utf-8" in shown and "\x1b[32mOK" in shown
    lines = re.sub(r"\x1b\[\d+m", "", shown).splitlines()
    assert max(len(line) for line in lines if "/" not in line) <= 60
    narrow = on_a_terminal(placed, "doctor", size=(20, 59))
    assert "make the window 80 columns wide" in narrow
    ascii_only = on_a_terminal(placed, "doctor", PYTHONIOENCODING="ascii")
    assert "set the variable PYTHONUTF8 to 1" in ascii_only


@POSIX
def test_the_completion_of_an_older_ap_is_told_and_none_is_no_mistake(placed: Program) -> None:
    shell = {"SHELL": "/bin/bash"}
    rows = examined(placed, **shell)
    assert wrong(rows) == [] and "ap completion bash --install" in rows["completion"]["says"]
    placed.ok("completion", "bash", "--install", **shell)
    rows = examined(placed, **shell)
    assert rows["completion"]["says"] == "installed for bash"
    with Path(rows["completion"]["details"]["file"]).open("a") as script:
        script.write("# as it was before\n")
    row = examined(placed, **shell)["completion"]
    assert row["ok"] is False
    mended(placed, row)
    assert examined(placed, **shell)["completion"]["ok"] is True
    assert examined(placed, SHELL="/bin/tcsh")["completion"]["ok"] is True


@pytest.mark.parametrize(
    ("version", "versions", "right"),
    [("0.28.0", "<0.29,>=0.28", True), ("0.28.9", "<0.29,>=0.28", True), ("0.29.0", "<0.29,>=0.28", False),
     ("0.27.9", "<0.29,>=0.28", False), ("13.0", ">=13", True), ("2.9.0.post0", ">=2.9", True), ("1.0", "", True), (None, ">=1", False)],
)  # fmt: skip
def test_a_library_fits_from_its_first_version_to_before_its_last(
    version: str | None, versions: str, right: bool
) -> None:
    assert fits(version, versions) is right


def test_the_libraries_that_run_these_tests_fit() -> None:
    assert list_unfit() == []


def test_files_of_evidence_are_counted(placed: Program) -> None:
    (placed.folder / "policy.txt").write_text("as seen", "utf-8")
    placed.ok(
        "record",
        "evidence",
        "PR-0001",
        "--item",
        "own-checks",
        "--file",
        "policy.txt",
        "--by",
        "A. Tester",
    )
    assert examined(placed)["store"]["details"]["evidence"] == 1
    assert "1 file of evidence" in placed.ok("doctor").out


def as_who_may_not_change_everything() -> None:
    """Before a program begins: takes from the superuser what passes over a file's permissions."""
    drop_from_bounding_set, dac_override = 24, 1
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(drop_from_bounding_set, dac_override, 0, 0, 0)


@POSIX
def test_a_store_that_cannot_be_changed_is_told_so(placed: Program) -> None:
    placed.store.chmod(0o400)
    found = subprocess.run(
        [*AP, "doctor", "--json"],
        env=placed.environment,
        cwd=placed.folder,
        capture_output=True,
        preexec_fn=as_who_may_not_change_everything,
    )
    rows = {row["check"]: row for row in json.loads(found.stdout)["data"]}
    assert "not changed" in rows["store"]["says"]
