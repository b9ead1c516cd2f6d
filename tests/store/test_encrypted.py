"""Encrypted stores: read and written like any other with their key, and by nobody without."""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ap_cli.errors import ApError, StoreInUse
from ap_cli.store import bech32, driver, key_file, keys, patience
from ap_cli.store.address import Address
from ap_cli.store.advice import is_good, list_backups
from ap_cli.store.connection import connect
from ap_cli.store.encrypted import opens
from ap_cli.store.key import Key, draw_key
from ap_cli.store.key_file import add_to_file, read_key_file, spell_line
from ap_cli.store.keys import KEPT_OPEN, KeyMissing, find_key, look_in, name_in, note_use

from ..conftest import POSIX, Program

sqlcipher = pytest.importorskip("sqlcipher3.dbapi2")
pytestmark = pytest.mark.plain_store("encrypts a plain store itself")
NAME = b"Test Pupil"
"""A child's name in the store that tests begin with."""


def write_key_file(file: Path, *kept: Key) -> None:
    """Write keys to a file of one's own."""
    file.touch(0o600)
    file.write_text("# a key of ap\n" + "".join(map(spell_line, kept)), "utf-8")


@pytest.fixture
def locked(placed: Program) -> Program:
    """A store with a pupil, a provider and a placement, encrypted, with its key in a file."""
    placed.ok("config", "set", "key-file", "key")
    placed.ok("db", "encrypt", "--recovery-to", "recovery")
    return placed


@pytest.mark.parametrize(
    "args",
    [
        ("pupil", "list", "--names"),
        ("check", "PL-0001"),
        ("check", "PL-0001", "--as-known", "2026-03-02"),
        ("what-if", "PL-0001", "--ends", "2026-07-10"),
    ],
)
def test_a_read_answers_as_of_a_plain_store(locked: Program, args: tuple[str, ...]) -> None:
    plain = locked.folder / "plain.db"
    assert name_in(locked.store) is not None
    find_only_key(locked)
    with closing(driver.connect(locked.store)) as store:
        store.execute("ATTACH DATABASE ? AS other KEY ''", (str(plain),))
        store.execute("SELECT sqlcipher_export('other')")
    of_plain = locked(*args, AP_DB=str(plain))
    assert locked(*args) == of_plain and of_plain.out


def find_only_key(ap: Program) -> Key:
    """The key in the key file of a store; tests of this process find it from now on."""

    def named() -> Path:
        return ap.folder / "key"

    look_in(named)
    found = find_key(ap.store)
    assert found is not None
    return found


def test_what_is_written_is_encrypted_and_so_are_backups(locked: Program) -> None:
    locked.ok("record", "contact", "PL-0001", "--note", "a planted note")
    assert "a planted note" in locked.ok("timeline", "PL-0001").out
    find_only_key(locked)
    locked.ok("db", "backup")
    [backup] = list_backups(Address(locked.store))
    assert is_good(backup.file) and name_in(backup.file) == name_in(locked.store)
    for file in (file for file in locked.folder.rglob("*") if file.is_file()):
        content = file.read_bytes()
        assert NAME not in content and b"a planted note" not in content, file


def test_without_its_key_a_store_is_not_called_damaged(locked: Program) -> None:
    (locked.folder / "config" / "ap" / "config.toml").unlink()
    found = locked("pupil", "list")
    assert found.code == 5 and not found.out
    assert found.err == (
        f"{locked.store} is encrypted, and its key is not in your key ring: put it back from the"
        " recovery key with `ap db unlock`, or name the file with its key by --key-file\n"
    )
    assert locked("pupil", "list", "--key-file", str(locked.folder / "key")).code == 0
    assert locked("pupil", "list", AP_KEY_FILE=str(locked.folder / "key")).code == 0


def test_the_key_of_another_store_is_not_called_damage(locked: Program) -> None:
    other = locked.folder / "other"
    write_key_file(other, draw_key())
    found = locked("pupil", "list", "--key-file", str(other))
    assert found.code == 5
    assert found.err == (
        f"{locked.store} is encrypted with another key than {other} has: name its own with"
        " --key-file\n"
    )


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_file_that_others_can_use_is_refused(locked: Program, mode: int) -> None:
    key = locked.folder / "key"
    key.chmod(mode)
    found = locked("pupil", "list")
    assert found.code == 2
    assert found.err == (
        f"others can read {key}, which has a key: make it yours alone with `chmod 600 {key}`\n"
    )
    key.chmod(0o400)
    assert locked("pupil", "list").code == 0


def test_a_key_file_that_cannot_be_read_is_named(locked: Program) -> None:
    missing = locked.folder / "missing"
    found = locked("pupil", "list", "--key-file", str(missing))
    assert (found.code, found.err) == (
        2,
        f"there is no key file {missing}: `ap db unlock` puts the key back from its recovery key\n",
    )
    for content in ("not a key\n", "61 62\n", "\x00"):
        (locked.folder / "key").write_text(content)
        found = locked("pupil", "list")
        assert found.code == 2 and "is not a key file as ap writes it" in found.err


def test_a_key_file_may_have_several_keys(locked: Program) -> None:
    key = find_only_key(locked)
    write_key_file(locked.folder / "key", draw_key(), key, draw_key())
    assert locked.ok("pupil", "list")


def test_a_file_that_begins_otherwise_is_still_called_damaged(locked: Program) -> None:
    content = locked.store.read_bytes()
    locked.store.write_bytes(b"nothing " + content[8:])
    found = locked("pupil", "list")
    assert found.code == 5 and "is not an ap file, or is damaged" in found.err


def test_damage_in_an_encrypted_store_is_told_as_damage(locked: Program) -> None:
    content = bytearray(locked.store.read_bytes())
    content[8192:40960] = os.urandom(32768)
    locked.store.write_bytes(content)
    found = locked("record", "contact", "PL-0001", "--note", "all is well")
    assert found.code == 5 and "damaged" in found.err and "key" not in found.err


def test_where_the_driver_is_not_installed_its_command_is_named(locked: Program) -> None:
    (locked.folder / "sqlcipher3.py").write_text("raise ModuleNotFoundError('sqlcipher3')")
    found = locked("pupil", "list", PYTHONPATH=f"{locked.folder}{os.pathsep}{Path.cwd()}")
    assert found.code == 2 and not found.out
    assert found.err == (
        "This needs the part of ap for encrypted stores: pip install 'ap-cli[encrypted]', then"
        " try again.\n"
    )


def test_errors_of_both_drivers_are_of_the_same_classes(locked: Program) -> None:
    find_only_key(locked)
    with closing(driver.connect(locked.store)) as store:
        with pytest.raises(driver.OperationalError):
            store.execute("SELECT nothing FROM nowhere")
        with pytest.raises(driver.IntegrityError):
            store.execute("INSERT INTO pupil (id) VALUES (1)")
        with pytest.raises(driver.DATABASE_ERRORS):
            store.execute("SELECT ?", ("one", "too many"))
    assert issubclass(sqlcipher.DatabaseError, sqlite3.DatabaseError)


def test_a_key_shows_its_name_and_never_itself() -> None:
    key = draw_key()
    assert repr(key) == f"Key({key.name.hex()})" and key.secret.hex() not in f"{key!r} {key}"


def test_a_key_that_is_not_to_be_found_is_a_problem_of_the_store(locked: Program) -> None:
    look_in(keys.nowhere)
    keys.PLACES.used.clear()
    with pytest.raises(KeyMissing) as missing:
        find_key(locked.store)
    assert isinstance(missing.value, ApError) and missing.value.exit_code == 5


def test_bech32_is_as_its_standard_says() -> None:
    assert bech32.decode("a", "A12UEL5L") == b""
    assert bech32.encode("a", b"") == "a12uel5l"
    for bad in ("A1G7SGD8", "a12uel5m", "b12uel5l", "a1", "a12uel5é"):
        with pytest.raises(ValueError):
            bech32.decode("a", bad)


def test_bech32_finds_each_mistyped_letter() -> None:
    content = secrets.token_bytes(32)
    written = bech32.encode("ap", content)
    assert bech32.decode("ap", written.upper()) == content
    for place in range(3, len(written)):
        other = "q" if written[place] != "q" else "p"
        with pytest.raises(ValueError):
            bech32.decode("ap", written[:place] + other + written[place + 1 :])


@POSIX
def test_to_look_whether_a_store_is_encrypted_gives_up_no_lock_on_it(placed: Program) -> None:
    writer = connect(placed.store)
    writer.execute("BEGIN IMMEDIATE")
    assert not Address(placed.store).is_encrypted
    other = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
    )
    tried = [sys.executable, "-c", other, str(placed.store)]
    assert b"is locked" in subprocess.run(tried, capture_output=True).stderr
    writer.execute("ROLLBACK")
    assert subprocess.run(tried, capture_output=True).returncode == 0


def test_the_beginning_that_is_read_is_that_of_the_file_that_is_there_now(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    for beginning in (b"ap1k", b"SQLite", b"ap1k"):
        (tmp_path / "new").write_bytes(beginning + bytes(60))
        (tmp_path / "new").replace(file)
        note_use(file)
        assert (name_in(file) is not None) == (beginning == b"ap1k")


@POSIX
def test_files_looked_at_do_not_use_up_what_a_process_may_open(tmp_path: Path) -> None:
    names = [tmp_path / f"{number}.db" for number in range(KEPT_OPEN + 5)]
    for name in names:
        name.write_bytes(b"ap1k" + bytes(60))
        note_use(name)
    before = len(list(Path("/dev/fd").iterdir()))
    assert all(name_in(name) for name in names)
    assert len(list(Path("/dev/fd").iterdir())) <= before + KEPT_OPEN


@pytest.mark.parametrize("is_right", [True, False])
def test_no_key_is_right_or_wrong_while_another_program_keeps_the_store(
    locked: Program, monkeypatch: pytest.MonkeyPatch, is_right: bool
) -> None:
    key = find_only_key(locked)
    tried = key if is_right else Key(key.name, draw_key().secret)
    monkeypatch.setattr(patience, "PATIENCE", 0.1)
    with closing(driver.connect(locked.store, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreInUse, match="is in use by another program"):
            opens(locked.store, tried)
        other.execute("ROLLBACK")
    assert opens(locked.store, tried) is is_right


ADDING = """
import sys
from pathlib import Path
from ap_cli.store.key import draw_key
from ap_cli.store.key_file import add_to_file
for _ in range(3):
    key = draw_key()
    add_to_file(Path(sys.argv[1]), key)
    print(key.name.hex())
"""


def test_two_programs_that_add_keys_at_once_both_keep_theirs(tmp_path: Path) -> None:
    file = tmp_path / "key"
    args = [sys.executable, "-c", ADDING, str(file)]
    programs = [subprocess.Popen(args, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [name for each in programs for name in each.communicate(timeout=60)[0].split()]
    assert [each.returncode for each in programs] == [0, 0, 0]
    assert {each.name.hex() for each in read_key_file(file)} == set(said) and len(said) == 9


def test_a_key_that_is_written_over_is_added_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, mine, other = tmp_path / "key", draw_key(), draw_key()
    late = [other]

    def write_late(_: float) -> None:
        if late:
            write_key_file(file, late.pop())

    monkeypatch.setattr(key_file, "sleep", write_late)
    add_to_file(file, mine)
    assert {key.name for key in read_key_file(file)} == {mine.name, other.name}
