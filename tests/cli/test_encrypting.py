"""ap db encrypt, decrypt, rekey and unlock: with all that belongs to a store, and back again."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ap_cli.errors import StoreInUse
from ap_cli.store import writing
from ap_cli.store.address import Address
from ap_cli.store.advice import list_backups
from ap_cli.store.author import Author
from ap_cli.store.beside import place_beside
from ap_cli.store.keys import name_in
from ap_cli.store.sealing import SEALED, key_name_of

from ..conftest import POSIX, Program
from ..interview.terminal import Terminal

pytest.importorskip("sqlcipher3.dbapi2")
pytestmark = pytest.mark.plain_store("encrypts a plain store, and decrypts it")
PLANTED = (b"Test Pupil", b"Hollow Oak Farm", b"insured until")
"""What is in the store and in a file of evidence."""

BY_FILE = ("--key-file", "ap.key")
RING = {"PYTHON_KEYRING_BACKEND": "tests.rings.FileRing", "PYTHONPATH": str(Path.cwd())}


@pytest.fixture
def plain(placed: Program) -> Program:
    """A store with a file of evidence and a backup."""
    (placed.folder / "given").mkdir()
    (placed.folder / "given" / "one.txt").write_text("insured until July")
    evidence = ("--item", "insurance", "--file", "given/one.txt")
    placed.ok("record", "evidence", "PR-0001", *evidence)
    placed.ok("db", "backup")
    shutil.rmtree(placed.folder / "given")
    return placed


@pytest.fixture
def locked(plain: Program) -> Program:
    """The same, encrypted, with its key in a file that the settings name."""
    plain.ok("config", "set", "key-file", "ap.key")
    plain.ok("db", "encrypt", "--recovery-to", "recovery.txt")
    return plain


def names_of_keys(ap: Program) -> set[bytes | None]:
    """How each file of a store names its key: the store, its backups and its files of evidence."""
    address = Address(ap.store)
    folders = (address.attachments, address.backups / "attachments")
    evidence = [file for folder in folders for file in folder.iterdir()]
    backups = [backup.file for backup in list_backups(address)]
    return {name_in(ap.store), *map(name_in, backups), *map(key_name_of, evidence)}


def readable(ap: Program) -> list[Path]:
    """The files in which something of the store can be read."""
    files = [file for file in ap.folder.rglob("*") if file.is_file()]
    return [file for file in files if any(word in file.read_bytes() for word in PLANTED)]


def ringed(ap: Program) -> dict[str, str]:
    """The variables by which a program has a key ring."""
    return RING | {"AP_TEST_RING": str(ap.folder / "ring")}


def assert_well(ap: Program, **environment: str) -> None:
    """All of a store can be read, and is as it was recorded."""
    found = ap("db", "check", "--json", **environment)
    assert found.code == 0, found
    assert ap.json("provider", "list", **environment)[0]["name"] == "Hollow Oak Farm"


def test_nothing_can_be_read_of_what_was_encrypted(plain: Program) -> None:
    assert len(readable(plain)) == 4
    found = plain.ok("db", "encrypt", *BY_FILE, "--recovery-to", "recovery.txt", "--json")
    [row] = found.data
    assert (row["evidence"], row["backups"], row["left"]) == (2, 1, [])
    assert row["key"] == str(plain.folder / "ap.key") and row["done"]
    assert not readable(plain)
    [name] = names_of_keys(plain)
    assert name is not None
    assert_well(plain, AP_KEY_FILE="ap.key")


def test_what_is_added_later_is_encrypted_as_well(locked: Program) -> None:
    (locked.folder / "two.txt").write_text("insured until August")
    locked.ok("record", "evidence", "PR-0001", "--item", "insurance", "--file", "two.txt")
    (locked.folder / "two.txt").unlink()
    locked.ok("what-if", "PL-0001", "--ends", "2026-07-10")
    assert locked("check", "--as-known", "2026-03-02").code == 1
    locked.ok("db", "backup")
    locked.ok("db", "backup", "friday.zip")
    assert not readable(locked) and len(names_of_keys(locked)) == 1
    assert_well(locked)


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(locked: Program) -> None:
    before = {file: file.read_bytes() for file in locked.folder.rglob("*") if file.is_file()}
    for what in ("encrypt", "rekey", "decrypt"):
        found = locked.ok("db", what, "--dry-run", "--json")
        [row] = found.data
        assert not row["done"] and "Nothing was changed" in found.err
        assert (row["evidence"], row["backups"]) == ((0, 0) if what == "encrypt" else (2, 1))
    assert before == {file: file.read_bytes() for file in before}


def test_decrypting_leaves_what_was_there_before(locked: Program) -> None:
    refused = locked("db", "decrypt")
    assert refused.code == 4 and "--yes" in refused.err
    [row] = locked.json("db", "decrypt", "--yes")
    assert (row["evidence"], row["backups"], row["key"]) == (2, 1, None)
    assert names_of_keys(locked) == {None} and len(readable(locked)) == 4
    (locked.folder / "ap.key").unlink()
    locked.ok("config", "unset", "key-file")
    assert_well(locked)
    assert locked("db", "decrypt", "--yes").code == 2


def test_a_new_key_opens_all_and_the_old_one_nothing(locked: Program) -> None:
    old = (locked.folder / "ap.key").read_text()
    [before] = names_of_keys(locked)
    [row] = locked.json("db", "rekey", "--recovery-to", "new.txt")
    assert (row["evidence"], row["backups"], row["left"]) == (2, 1, [])
    [after] = names_of_keys(locked)
    assert before and after and before != after
    assert row["key_before"] == row["key"] == str(locked.folder / "ap.key")
    assert_well(locked)
    (locked.folder / "old.key").touch(0o600)
    (locked.folder / "old.key").write_text(old)
    assert locked("pupil", "list", "--key-file", "old.key").code == 5
    assert locked("db", "unlock", "--recovery-from", "recovery.txt").code == 5
    assert locked("db", "unlock", "--recovery-from", "new.txt").code == 0


@pytest.mark.parametrize("args", [("decrypt", "--yes"), ("rekey", "--recovery-to", "copy.txt")])
def test_the_store_keeps_its_key_whatever_is_done_to_a_copy(
    locked: Program, args: tuple[str, ...]
) -> None:
    shutil.copy(locked.store, locked.folder / "copy.db")
    done = locked.ok("--db", "copy.db", "db", *args)
    said = f"The key before is still in {locked.folder / 'ap.key'}, as copies and backups"
    assert said in done.err
    assert_well(locked)
    locked.ok("--db", "copy.db", "pupil", "list")


def test_encrypting_for_the_first_time_names_no_key_before(plain: Program) -> None:
    found = plain.ok("db", "encrypt", *BY_FILE, "--recovery-to", "recovery.txt", "--json")
    assert found.data[0]["key_before"] is None and "The key before" not in found.err


def test_the_recovery_key_puts_a_lost_key_back(locked: Program) -> None:
    (locked.folder / "ap.key").unlink()
    lost = locked("pupil", "list")
    assert lost.code == 2 and "`ap db unlock` puts the key back" in lost.err
    recovery = locked.folder / "recovery.txt"
    assert recovery.stat().st_mode & 0o777 == 0o600
    found = locked.ok("db", "unlock", "--recovery-from", "recovery.txt")
    assert f"Its key is kept in {locked.folder / 'ap.key'}" in found.err
    assert_well(locked)
    typed = recovery.read_text()
    other = "q" if typed[0] != "Q" else "p"
    recovery.write_text(other + typed[1:])
    refused = locked("db", "unlock", "--recovery-from", "recovery.txt")
    assert (refused.code, refused.err) == (
        2,
        "this is not a recovery key: a letter is mistyped, or missing\n",
    )


def test_the_key_is_in_the_key_ring_where_there_is_one(plain: Program) -> None:
    ring = ringed(plain)
    found = plain.ok("db", "encrypt", "--recovery-to", "recovery.txt", **ring)
    assert "The key is in your key ring" in found.err
    kept = json.loads((plain.folder / "ring").read_text())
    [name] = names_of_keys(plain)
    assert name and list(kept) == [f"ap {name.hex()}"]
    assert_well(plain, **ring)
    plain.ok("db", "rekey", "--recovery-to", "new.txt", **ring)
    [after] = names_of_keys(plain)
    assert name and after
    both = {f"ap {name.hex()}", f"ap {after.hex()}"}
    assert set(json.loads((plain.folder / "ring").read_text())) == both
    without = plain(
        "pupil", "list", **ring | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    )
    assert without.code == 5 and "is not in your key ring" in without.err
    closed = plain("pupil", "list", **ring | {"PYTHON_KEYRING_BACKEND": "tests.rings.LockedRing"})
    assert closed.code == 5
    assert closed.err == (
        "the key ring cannot be opened (the collection is locked): unlock it, or name a key file"
        " with --key-file\n"
    )


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 4, "name a file for it with --recovery-to"),
        (("--recovery-to", "r.txt"), 2, "there is no key ring here"),
        (("--passphrase",), 4, "only a terminal can ask for a passphrase"),
        (("--recovery-to", "there.txt", *BY_FILE), 2, "is there already: name another file"),
        (("--recovery-to", "no/where.txt", *BY_FILE), 2, "cannot be written"),
        (("--recovery-to", "r.txt", "--key-file", "no/ap.key"), 2, "cannot be written"),
    ],
)
def test_without_a_place_for_the_keys_nothing_is_changed(
    plain: Program, args: tuple[str, ...], code: int, said: str
) -> None:
    (plain.folder / "there.txt").touch()
    found = plain("db", "encrypt", *args)
    assert found.code == code and said in found.err and len(found.err.splitlines()) == 1
    assert names_of_keys(plain) == {None} and not (plain.folder / "r.txt").exists()
    assert_well(plain)


def test_encrypting_again_finishes_what_was_stopped(locked: Program) -> None:
    address = Address(locked.store)
    [evidence] = address.attachments.iterdir()
    evidence.write_text("insured until July")
    doctor = {row["check"]: row for row in locked.json("doctor")}["encryption"]
    assert doctor["ok"] is False and doctor["mend"] == "ap db encrypt"
    assert doctor["details"]["left"] == [str(evidence)]
    found = locked.ok("db", "encrypt")
    assert "encrypted already. Written anew with it: 1 file of evidence" in found.err
    assert evidence.read_bytes().startswith(SEALED) and not readable(locked)
    assert {row["check"]: row for row in locked.json("doctor")}["encryption"]["ok"]


def test_plain_backups_may_stay_and_are_named(plain: Program) -> None:
    [backup] = list_backups(Address(plain.store))
    args = (*BY_FILE, "--recovery-to", "recovery.txt", "--keep-plain-backups")
    found = plain.ok("db", "encrypt", *args)
    assert f"can be read without the new key: {backup.file}" in found.err
    assert readable(plain) == [backup.file]


def test_a_damaged_backup_stays_and_is_named(plain: Program) -> None:
    [backup] = list_backups(Address(plain.store))
    content = bytearray(backup.file.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    backup.file.write_bytes(content)
    [row] = plain.json("db", "encrypt", *BY_FILE, "--recovery-to", "recovery.txt")
    assert row["left"] == [str(backup.file)] and row["backups"] == 0
    assert_well_but_backups(plain)


def assert_well_but_backups(ap: Program) -> None:
    rows = ap.json("db", "check", AP_KEY_FILE="ap.key")
    assert [row["check"] for row in rows if row["ok"] is False] == ["backups"]


def test_altered_evidence_of_an_encrypted_store_is_named(locked: Program) -> None:
    [evidence] = Address(locked.store).attachments.iterdir()
    content = bytearray(evidence.read_bytes())
    content[-1] ^= 1
    evidence.write_bytes(content)
    [found] = [row for row in locked.json("db", "check") if row["check"] == "evidence"]
    assert found["ok"] is False and "altered: E-0001" in found["says"]
    locked.ok("db", "check", "--mend")
    assert_well(locked)


@pytest.mark.parametrize(
    ("args", "at"),
    [
        (("rekey", "--recovery-to", "new.txt"), -1),
        (("rekey", "--recovery-to", "new.txt"), len(SEALED)),
        (("decrypt", "--yes"), -1),
    ],
)
def test_altered_evidence_stays_and_is_named_and_all_else_is_written_anew(
    locked: Program, args: tuple[str, ...], at: int
) -> None:
    (locked.folder / "two.txt").write_text("a second one")
    locked.ok("record", "evidence", "PR-0001", "--item", "insurance", "--file", "two.txt")
    evidence, other = sorted(Address(locked.store).attachments.iterdir())
    content = bytearray(evidence.read_bytes())
    content[at] ^= 1
    evidence.write_bytes(content)
    before = name_in(locked.store)
    done = locked.ok("db", *args, "--json")
    assert done.data[0]["left"] == [str(evidence)]
    assert f"altered or without its key: {evidence}; `ap db check` names" in done.err
    assert evidence.read_bytes() == content
    assert key_name_of(other) == name_in(locked.store) != before
    locked.ok("provider", "list")


HOURS = 7200
"""Seconds after which an unfinished copy is long abandoned."""


@pytest.mark.parametrize("name", [".ap.db.1.ab.part", "..ap.db.1.ab.part.recoding"])
def test_a_plain_copy_that_a_stopped_restore_left_is_told_and_swept(
    locked: Program, name: str
) -> None:
    copy, others = locked.folder / name, locked.folder / ".other.db.1.ab.part"
    locked.ok("db", "backup", "friday.zip")
    for sweeping in (
        ("db", "encrypt"),
        ("db", "restore", "friday.zip", "--yes"),
        ("db", "backup"),
        ("db", "backup", "saturday.zip"),
    ):
        for file in (copy, others):
            file.write_bytes(b"SQLite format 3\x00 Test Pupil")
        found = {row["check"]: row for row in locked.json("doctor")}["encryption"]
        assert found["ok"] is False and found["details"]["left"] == [str(copy)]
        locked.ok("db", "encrypt")
        assert copy.exists()  # somebody may be writing it
        for file in (copy, others):
            os.utime(file, (file.stat().st_mtime - HOURS,) * 2)
        locked.ok(*sweeping)
        assert not copy.exists() and others.exists()


def test_an_encrypted_store_is_exported_plain_which_is_said(locked: Program) -> None:
    found = locked.ok("export", "all", "all.zip")
    assert "The file is not encrypted as the store is" in found.err
    with zipfile.ZipFile(locked.folder / "all.zip") as archive:
        [name] = [each for each in archive.namelist() if each.startswith("attachments/")]
        assert archive.read(name) == b"insured until July"
    locked.ok("--db", "new.db", "import", "all.zip", "all")
    assert "not encrypted" not in locked.ok("--db", "new.db", "export", "all", "new.zip").err


def test_what_is_imported_whole_into_an_encrypted_store_is_encrypted(locked: Program) -> None:
    locked.ok("export", "all", "all.zip")
    locked.ok("--db", "new.db", "init")
    locked.ok("--db", "new.db", "db", "encrypt", "--recovery-to", "new.txt")
    locked.ok("--db", "new.db", "import", "all.zip", "all")
    assert locked.ok("--db", "new.db", "provider", "list").out.startswith("PR-0001")
    (locked.folder / "all.zip").unlink()
    assert name_in(locked.folder / "new.db") and not readable(locked)


def restored(ap: Program, *args: str, **environment: str) -> Any:
    [row] = ap.json(*args, "--yes", **environment)
    return row["restored"]


def test_a_plain_backup_comes_back_encrypted_into_an_encrypted_store(plain: Program) -> None:
    plain.ok("db", "backup", "friday.zip")
    plain.ok("config", "set", "key-file", "ap.key")
    plain.ok("db", "encrypt", "--recovery-to", "recovery.txt")
    for file in Address(plain.store).attachments.iterdir():
        file.unlink()
    assert restored(plain, "db", "restore", "friday.zip")
    [name] = names_of_keys(plain)
    assert name is not None
    (plain.folder / "friday.zip").unlink()
    assert not readable(plain)
    assert_well(plain)


def test_an_encrypted_backup_stays_encrypted_where_there_is_no_store(locked: Program) -> None:
    locked.ok("db", "backup", "friday.zip")
    assert restored(locked, "--db", "new.db", "db", "restore", "friday.zip")
    assert name_in(locked.folder / "new.db") == name_in(locked.store)
    (locked.folder / "ap.key").unlink()
    refused = locked("--db", "third.db", "db", "restore", "friday.zip", "--yes")
    assert refused.code == 2 and "unlock" in refused.err
    locked.ok("--db", "third.db", "db", "unlock", "friday.zip", "--recovery-from", "recovery.txt")
    assert restored(locked, "--db", "third.db", "db", "restore", "friday.zip")


@pytest.mark.parametrize("spoilt", [b"", b"nothing", os.urandom(50_000)])
def test_an_encrypted_backup_of_a_damaged_store_stays_encrypted(
    locked: Program, spoilt: bytes
) -> None:
    locked.ok("db", "backup", "friday.zip")
    locked.store.write_bytes(spoilt)
    assert restored(locked, "db", "restore", "friday.zip")
    assert name_in(locked.store) is not None
    assert_well(locked)


def test_what_was_left_when_it_was_stopped_goes_and_no_key_does(locked: Program) -> None:
    left = place_beside(locked.store)
    left.write_bytes(b"SQLite format 3\x00 Test Pupil")
    locked.ok("pupil", "list")
    assert not left.exists()
    unused = b"ap1k" + bytes(12)
    keys = (locked.folder / "ap.key").read_text()
    keys += f"{unused.hex()} {keys.split()[-1]}\n"
    (locked.folder / "ap.key").write_text(keys)
    left.write_bytes(unused + os.urandom(5000))
    locked.ok("pupil", "list")
    assert not left.exists() and (locked.folder / "ap.key").read_text() == keys


@POSIX
def test_who_has_the_store_open_meanwhile_loses_nothing_and_is_told(plain: Program) -> None:
    with plain.opened() as store:
        plain.ok("db", "encrypt", *BY_FILE, "--recovery-to", "recovery.txt")
        with (
            pytest.raises(StoreInUse, match="was encrypted, decrypted or replaced"),
            writing.change(store, Author("tester"), "change a pupil") as unit,
        ):
            unit.update("pupil", 1, {"name": "Test Other"})
    assert_well(plain, AP_KEY_FILE="ap.key")


@POSIX
def test_a_passphrase_is_asked_on_a_terminal_and_nowhere_else(placed: Program) -> None:
    words = "four plain words here"
    screen = Terminal(placed, "db", "encrypt", "--passphrase")
    screen.answers("New passphrase:", "short")
    screen.sees("fewer than 12 letters")
    screen.answers("New passphrase:", words)
    screen.answers("The same again:", words)
    screen.answers("Type “kept” when you have it", "kept")
    screen.sees("The store is encrypted.")
    assert screen.ends() == 0 and name_in(placed.store)
    refused = placed("pupil", "list")
    assert refused.code == 4 and "which only a terminal can ask for" in refused.err
    screen = Terminal(placed, "pupil", "list")
    screen.answers("Passphrase of", "not these words at all")
    screen.answers("Passphrase of", words)
    screen.sees("P-0001")
    assert screen.ends() == 0
    assert words not in screen.transcript.getvalue()
    screen = Terminal(placed, "db", "unlock", "--key-file", "ap.key")
    screen.answers("Recovery key or passphrase:", words)
    screen.sees("Its key is kept in")
    assert screen.ends() == 0
    assert placed("pupil", "list", "--key-file", "ap.key").code == 0


@POSIX
def test_who_does_not_keep_the_recovery_key_changes_nothing(placed: Program) -> None:
    screen = Terminal(placed, "db", "encrypt", *BY_FILE)
    screen.answers("Type “kept” when you have it", "stop")
    screen.sees("nothing was changed")
    assert screen.ends() == 130
    assert name_in(placed.store) is None and not (placed.folder / "ap.key").exists()


INIT = ("init", "--commissioner", "Example Academy", "--kind", "academy")


@POSIX
def test_a_new_store_asks_once_whether_to_be_encrypted(ap: Program) -> None:
    ring = ringed(ap)
    ap.ok("config", "set", "names", "short")
    screen = Terminal(ap, *INIT, **ring)
    screen.answers("Encrypt the store?", "")
    screen.answers("Type “kept” when you have it", "kept")
    screen.sees("The key is in your key ring")
    assert screen.ends() == 0 and name_in(ap.store)
    assert ap.ok("status", **ring).code == 0
    again = Terminal(ap, *INIT[:2], "Second Academy", *INIT[3:], **ring)
    assert again.ends() == 0 and "Encrypt" not in again.transcript.getvalue()


@POSIX
@pytest.mark.parametrize(("answer", "more"), [("n", ""), ("y", "stop")])
def test_who_does_not_want_it_has_a_plain_store(ap: Program, answer: str, more: str) -> None:
    ap.ok("config", "set", "names", "short")
    screen = Terminal(ap, *INIT, **ringed(ap))
    screen.answers("Encrypt the store?", answer)
    if more:
        screen.answers("Type “kept” when you have it", more)
        screen.sees("The store is not encrypted")
    assert screen.ends() == 0
    assert ap.store.exists() and name_in(ap.store) is None


@POSIX
@pytest.mark.parametrize("told", [("--no-encrypt",), ()])
def test_it_is_not_asked_where_it_was_told_or_there_is_no_key_ring(
    ap: Program, told: tuple[str, ...]
) -> None:
    ap.ok("config", "set", "names", "short")
    screen = Terminal(ap, *INIT, *told, **(ringed(ap) if told else {}))
    assert screen.ends() == 0 and "Encrypt" not in screen.transcript.getvalue()
    assert name_in(ap.store) is None


def test_a_script_makes_an_encrypted_store(ap: Program) -> None:
    refused = ap("init", "--encrypt", *BY_FILE)
    assert refused.code == 4 and not ap.store.exists()
    ap.ok(*INIT, "--encrypt", *BY_FILE, "--recovery-to", "recovery.txt")
    assert name_in(ap.store) and not [
        file for file in ap.folder.rglob("*") if file.is_file() and b"Academy" in file.read_bytes()
    ]
    assert ap.ok("status", *BY_FILE).code == 0


def test_the_doctor_of_a_damaged_encrypted_store_names_the_backup(locked: Program) -> None:
    content = bytearray(locked.store.read_bytes())
    content[8192:40960] = os.urandom(32768)
    locked.store.write_bytes(content)
    [found] = [row for row in locked.json("doctor") if row["check"] == "integrity"]
    assert found["ok"] is False and found["mend"].startswith("ap db restore ")
    assert restored(locked, "db", "restore", found["mend"].split()[-1])
    assert_well(locked)
