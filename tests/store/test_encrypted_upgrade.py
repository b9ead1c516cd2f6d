"""An encrypted store that an earlier ap made is upgraded as a plain one is, and never in plain."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ap_cli.store.address import Address
from ap_cli.store.advice import is_good, list_backups
from ap_cli.store.connection import HEAD, begin_with_key, connect, stored_version
from ap_cli.store.key import Key, draw_key
from ap_cli.store.key_file import add_to_file
from ap_cli.store.keys import look_in, name_in
from ap_cli.store.recoding import recode_file
from ap_cli.store.schema import upgrade

from ..conftest import Program
from ..generated import ROOT
from .traced import files_written_with, run_traced

pytest.importorskip("sqlcipher3.dbapi2")
pytestmark = pytest.mark.plain_store("has a key of its own")
DATA = ROOT / "tests" / "data"
NAMES = ("Test Pupil", "L. Sample", "Hollow Oak Farm")


@pytest.fixture
def key(tmp_path: Path) -> Key:
    """A key in a file that this process and the program are told of."""
    made, file = draw_key(), tmp_path / "ap.key"
    add_to_file(file, made)

    def named() -> Path:
        return file

    look_in(named)
    return made


def version_of(file: Path) -> str | None:
    with closing(connect(file)) as store:
        return stored_version(store)


def upgrade_traced(ap: Program, tmp_path: Path) -> set[str]:
    """Upgrade a store; return the files to which a name was written in plain."""
    key_file = str(tmp_path / "ap.key")
    if not shutil.which("strace"):
        ap.ok("db", "upgrade", AP_KEY_FILE=key_file)
        return set()
    found, written = run_traced(ap, "db", "upgrade", AP_KEY_FILE=key_file)
    assert found.code == 0, found
    return files_written_with(written, *NAMES)


@pytest.mark.parametrize("version", ["0001", "0002", "0003", "0004"])
def test_a_store_of_an_early_ap_is_upgraded_encrypted(
    tmp_path: Path, key: Key, version: str
) -> None:
    ap = Program(tmp_path / "work")
    ap.folder.mkdir()
    with closing(sqlite3.connect(ap.store)) as store:
        store.executescript((DATA / f"store-{version}.sql").read_text("utf-8"))
    before = ap.store.read_bytes()
    assert recode_file(ap.store, key) and version_of(ap.store) == version
    assert any(name.encode() in before for name in NAMES), "there is something to be seen"
    assert upgrade_traced(ap, tmp_path) == set()
    assert name_in(ap.store) == key.name and version_of(ap.store) == HEAD
    [backup] = list_backups(Address(ap.store))
    assert name_in(backup.file) == key.name and is_good(backup.file)
    assert version_of(backup.file) == version
    ap.ok("db", "verify", AP_KEY_FILE=str(tmp_path / "ap.key"))
    for file in (each for each in ap.folder.rglob("*") if each.is_file()):
        assert not any(name.encode() in file.read_bytes() for name in NAMES), file


@pytest.mark.parametrize("version", ["0008", f"{int(HEAD) - 1:04d}"])
def test_a_store_that_was_encrypted_by_an_earlier_ap_is_upgraded(
    tmp_path: Path, key: Key, version: str
) -> None:
    ap, key_file = Program(tmp_path / "work"), str(tmp_path / "ap.key")
    ap.folder.mkdir()
    begin_with_key(ap.store, key)
    upgrade(ap.store, version)
    assert version_of(ap.store) == version
    refused = ap("pupil", "list", AP_KEY_FILE=key_file)
    assert refused.code == 5 and "run `ap db upgrade`, which backs it up first" in refused.err
    assert upgrade_traced(ap, tmp_path) == set()
    assert name_in(ap.store) == key.name and version_of(ap.store) == HEAD
    added = ("pupil", "add", "Test Pupil", "--born", "2010-06-27")
    assert ap.ok(*added, AP_KEY_FILE=key_file).out == "P-0001\n"
    ap.ok("db", "verify", AP_KEY_FILE=key_file)
    ap.ok("db", "check", AP_KEY_FILE=key_file)
