"""`ap db verify` and `ap db seal`: whether the log is as it was written."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from pathlib import Path

import pytest

from ap_cli.store.connection import connect
from ap_cli.store.queries.chain import unguard

from ..conftest import POSIX, Program


def alter(ap: Program, *statements: str) -> None:
    """Changes the store as an editor of its file could."""
    store = connect(ap.store, foreign_keys=False)
    unguard(store)
    for statement in statements:
        store.execute(statement)
    store.close()


def test_a_log_as_it_was_written_verifies(placed: Program) -> None:
    found = placed.ok("db", "verify")
    assert found.out == (
        "The log is as it was written: 3 changes.\n"
        "Each record says what the log says.\n"
        "Whether changes at its end are missing shows only against a seal: --seal SEAL.\n"
    )
    [row] = placed.json("db", "verify")
    assert (row["ok"], row["changes"], row["first_bad"], row["problem"]) == (True, 3, None, None)


def test_the_first_change_that_was_altered_is_named_and_the_exit_code_is_6(
    placed: Program,
) -> None:
    placed.ok("undo")
    alter(placed, "UPDATE audit SET who = 'another' WHERE unit IN (2, 3)")
    found = placed("db", "verify")
    assert found.code == 6 and found.out == (
        "Change 2 is not as it was written: who, when or what was altered, "
        "or an entry was added or removed.\n"
    )
    assert found.err == (
        "Keep this file as it is, and compare it with a backup (`ap db backups` lists them): "
        "ap db verify --db BACKUP\n"
    )
    found = placed("db", "verify", "--json")
    [row] = json.loads(found.out)["data"]
    assert found.code == 6 and (row["ok"], row["first_bad"]) == (False, 2)
    assert "Test Pupil" not in found.out + found.err
    found = placed("db", "seal")
    assert (found.code, found.out) == (6, "") and "Change 2 is not" in found.err


def test_a_seal_is_one_line_in_a_pipe_and_fits_until_something_is_cut_off(placed: Program) -> None:
    seal = placed.ok("db", "seal").out.strip()
    assert re.fullmatch(r"3(-[0-9a-f]{4}){5}", seal)
    assert "The seal fits" in placed.ok("db", "verify", "--seal", seal).out
    placed.ok("record", "contact", "PL-0001", "--note", "They called")
    assert "The seal fits" in placed.ok("db", "verify", "--seal", seal).out
    later = placed.ok("db", "seal").out.strip()
    alter(
        placed,
        "DELETE FROM proof WHERE id IN (SELECT id FROM audit WHERE unit = 4)",
        "DELETE FROM audit WHERE unit = 4",
        "DELETE FROM chain WHERE id = 4",
    )
    found = placed("db", "verify")
    assert (found.code, found.out) == (
        6,
        "E-0001 is not as the log says: it was added, but not by ap.\n",
    )
    alter(placed, "DELETE FROM entry")
    placed.ok("db", "verify")
    placed.ok("db", "verify", "--seal", seal)
    found = placed("db", "verify", "--seal", later)
    assert found.code == 6 and found.out == (
        "The seal is of change 4, but the log ends with change 3: what came after was cut off.\n"
    )


def test_a_mistyped_seal_is_told_from_one_that_does_not_fit(placed: Program) -> None:
    seal = placed.ok("db", "seal").out.strip()
    wrong = seal[:-1] + ("0" if seal[-1] != "0" else "1")
    found = placed("db", "verify", "--seal", wrong)
    assert (found.code, found.out) == (2, "") and "mistyped" in found.err
    found = placed("db", "verify", "--seal", "the last one")
    assert (found.code, found.out) == (2, "") and "that is no seal" in found.err
    other = Program(placed.folder / "other")
    other.folder.mkdir()
    other.ok("pupil", "add", "Another Sample", "--born", "2010-06-27")
    found = placed("db", "verify", "--seal", other.ok("db", "seal").out.strip())
    assert found.code == 6 and found.out.startswith("The seal does not fit: change 1 is not")


@pytest.mark.plain_store("begins without a store")
def test_an_empty_store_has_nothing_to_verify_or_to_seal(ap: Program) -> None:
    for command in (("db", "verify"), ("db", "seal")):
        found = ap(*command)
        assert found.code == 2 and "there is no store at" in found.err and not ap.store.exists()
    ap.ok("pupil", "list")
    assert ap.ok("db", "verify").out == "Nothing was changed in this store yet.\n"
    assert ap("db", "seal").code == 2


@pytest.mark.plain_store("begins with a store of an earlier ap")
def test_verify_says_from_when_an_upgraded_store_is_chained(ap: Program) -> None:
    data = Path(__file__).parents[1] / "data" / "store-0004.sql"
    connect(ap.store, foreign_keys=False).executescript(data.read_text("utf-8"))
    ap.ok("db", "upgrade")
    told = ap.ok("db", "verify").out
    assert re.search(
        r"What came until change \d+ was chained when the store was upgraded on \d+ \w+ \d{4}: "
        r"what was altered before does not show\.",
        told,
    )
    [row] = ap.json("db", "verify")
    assert row["upgraded"] and row["upgraded_until"] == row["changes"]


@POSIX
def test_a_store_that_cannot_be_written_is_verified_all_the_same(placed: Program) -> None:
    placed.store.chmod(stat.S_IRUSR)
    placed.ok("db", "verify")
    copy = placed.folder / "copy.db"
    shutil.copy(placed.store, copy)
    assert placed.ok("db", "verify", AP_DB=os.fspath(copy)).out == placed.ok("db", "verify").out
