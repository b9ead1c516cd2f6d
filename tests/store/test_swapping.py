"""Where no open file is replaced, as on Windows, no change is lost and the store stays whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest

from ap_cli.errors import StoreInUse
from ap_cli.store import disk, driver, patience
from ap_cli.store.address import Address
from ap_cli.store.beside import place_beside
from ap_cli.store.key import Key, draw_key
from ap_cli.store.keys import name_in, remember
from ap_cli.store.recoding import recode_file, recode_store
from ap_cli.store.restoring import replace_store

from ..conftest import Program
from ..generated import ROOT
from .windows import open_files_refused

pytest.importorskip("sqlcipher3.dbapi2")
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which files are open"),
    pytest.mark.plain_store("encrypts a plain store"),
]

WRITER = """
import sys
from pathlib import Path
from ap_cli.store import writing
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.opening import open_store
with open_store(Address(Path(sys.argv[1]))) as store:
    print("open", flush=True)
    sys.stdin.readline()
    if sys.argv[2] == "changes":
        with writing.change(store, Author("another"), "change a pupil") as unit:
            unit.update("pupil", 1, {"name": "Test Other"})
        print("kept", flush=True)
        store.close()
        sys.stdin.readline()
"""


class Another:
    """Another program that has the store open, and changes it or not when it is told to go on."""

    def __init__(self, ap: Program, what: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(ap.store), what],
            env=ap.environment | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.says() == "open"

    @property
    def _in(self) -> IO[str]:
        assert self._process.stdin
        return self._process.stdin

    def says(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def goes_on(self) -> None:
        self._in.write("\n")
        self._in.flush()

    def ends(self) -> None:
        self._process.communicate("\n", timeout=60)


def new_key() -> Key:
    key = draw_key()
    remember(key)
    return key


def nothing() -> None:
    """Do nothing before the new file takes the store's place."""


def name_of_pupil(ap: Program) -> str:
    return str(ap.json("pupil", "list", "--names")[0]["name"])


def assert_as_it_was(ap: Program, name: str = "Test Pupil") -> None:
    """The store is plain, whole, and has what was kept; nothing is left beside it."""
    assert name_in(ap.store) is None and not place_beside(ap.store).exists()
    assert name_of_pupil(ap) == name
    ap.ok("db", "verify")
    ap.ok("db", "check")


def test_a_store_that_nobody_has_open_is_encrypted(placed: Program) -> None:
    key = new_key()
    with open_files_refused() as refused:
        recode_store(Address(placed.store), key, nothing)
    assert name_in(placed.store) == key.name and placed.store not in refused
    assert not place_beside(placed.store).exists()


def test_a_change_that_waits_for_the_lock_is_kept_and_the_encryption_refused(
    placed: Program,
) -> None:
    """The other program commits and closes the store after the lock ends, before the swap."""
    another, waits = Another(placed, "changes"), [True]

    def let_it_change(target: Path) -> None:
        if target == placed.store and waits.pop():
            assert another.says() == "kept"
            waits.append(False)

    with (
        open_files_refused(let_it_change),
        pytest.raises(StoreInUse, match="was changed by another program meanwhile"),
    ):
        recode_store(Address(placed.store), new_key(), another.goes_on)
    another.ends()
    assert_as_it_was(placed, "Test Other")


class Tries:
    """Counts how often the store's place is tried, and does something at the third try."""

    def __init__(self, store: Path, at_third: Callable[[], None]) -> None:
        self.number, self._store, self._at_third = 0, store, at_third

    def __call__(self, target: Path) -> None:
        self.number += target == self._store
        if self.number == 3:
            self._at_third()


def test_a_store_that_stays_open_is_refused_in_one_sentence_and_as_it_was(
    placed: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = Another(placed, "reads")

    def lose_patience() -> None:
        monkeypatch.setattr(patience, "PATIENCE", 0)

    tries = Tries(placed.store, lose_patience)
    with (
        open_files_refused(tries),
        pytest.raises(StoreInUse, match="is in use by another program: try again in a moment"),
    ):
        recode_store(Address(placed.store), new_key(), nothing)
    assert tries.number >= 3
    another.ends()
    assert_as_it_was(placed)


def test_a_store_that_is_closed_in_time_is_encrypted(placed: Program) -> None:
    another, key = Another(placed, "reads"), new_key()
    with open_files_refused(Tries(placed.store, another.ends)) as refused:
        recode_store(Address(placed.store), key, nothing)
    assert refused.count(placed.store) == 2 and name_in(placed.store) == key.name


def test_a_change_waits_while_the_new_file_is_written_to_the_disk(
    placed: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = place_beside(placed.store)
    beside.write_text("written to the disk at this moment")
    monkeypatch.setattr(patience, "PATIENCE", 0.2)
    with open_files_refused(), closing(driver.connect(placed.store, isolation_level=None)) as store:
        with beside.open("rb"), pytest.raises(driver.OperationalError, match="locked"):
            patience.begin(store)
        assert beside.exists() and not store.in_transaction
        patience.begin(store)
        assert not beside.exists() and store.in_transaction


@pytest.mark.parametrize("is_open", [True, False])
def test_where_open_files_are_replaced_nobody_waits_for_a_folder_that_is_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_open: bool
) -> None:
    """A refusal that is none of Windows is told at once, as it always was."""
    monkeypatch.setattr(disk, "REPLACES_OPEN", is_open)
    (tmp_path / "new").touch()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        disk.put_whole(tmp_path / "new", tmp_path / "nobody has this one")


def test_a_damaged_store_is_replaced_by_a_backup_though_the_program_looked_into_it(
    placed: Program,
) -> None:
    copy, key = placed.folder / "copy.db", new_key()
    copy.write_bytes(placed.store.read_bytes())
    assert recode_file(copy, key)
    placed.store.write_bytes(os.urandom(50_000))
    with open_files_refused():
        kept = replace_store(copy, Address(placed.store))
    assert kept is not None and kept.exists() and name_in(placed.store) == key.name
