"""Encrypting a store and giving it another key, killed half-way again and again."""

from __future__ import annotations

import shutil
from pathlib import Path

from ap_cli.store.address import Address
from ap_cli.store.advice import list_backups
from ap_cli.store.attachments import list_in
from ap_cli.store.beside import place_beside
from ap_cli.store.key_file import read_key_file
from ap_cli.store.keys import look_in, name_in
from ap_cli.store.protection import list_plain, list_with_other_key

from ..conftest import Program
from .killing import run, run_and_kill, usual_duration
from .tally import Tally, refs_of, unsound

PUPILS = {"P-0001", "P-0002"}
PLANTED = (b"L. Sample", b"insured until")
"""What is in the store, and in its file of evidence."""


def furnished(folder: Path) -> Program:
    """A plain store with two pupils, a file of evidence and a backup; its key is to be in a file."""
    ap = Program(folder)
    run(ap, "provider", "add", "Hollow Oak Farm", "--kind", "non-school")
    for _ in PUPILS:
        run(ap, "pupil", "add", "L. Sample", "--born", "2010-06-27", "--another")
    (folder / "given.txt").write_text("insured until July")
    evidence = ("--item", "insurance", "--file", "given.txt")
    run(ap, "record", "evidence", "PR-0001", *evidence)
    (folder / "given.txt").unlink()
    run(ap, "db", "backup")
    name_key_file(ap)
    return ap


def name_key_file(ap: Program) -> None:
    """Name a file for the key of a store to the program, and to this process."""
    key_file = ap.folder / "ap.key"
    run(ap, "config", "set", "key-file", str(key_file))

    def named() -> Path | None:
        return key_file if key_file.exists() else None

    look_in(named)


def kill_encrypts(folder: Path, rounds: int) -> Tally:
    """An encryption each time: the store is plain or encrypted, and all of it is there."""
    (folder / "work").mkdir()
    ap, tally = furnished(folder / "work"), Tally()
    shutil.copytree(ap.folder, folder / "before")
    args = ("db", "encrypt", "--recovery-to", "recovery.txt")
    usual = usual_duration(ap, *args)
    for _ in range(rounds):
        shutil.rmtree(ap.folder)
        shutil.copytree(folder / "before", ap.folder)
        code, printed = run_and_kill(ap, usual, *args)
        count_killed(ap, tally, code, printed)
        tally.lost += bool(printed) and name_in(ap.store) is None
        was_encrypted = name_in(ap.store) is not None
        finish = args[:2] if was_encrypted else (*args[:3], "another.txt")
        (ap.folder / "recovery.txt").unlink(missing_ok=True)
        run(ap, *finish)
        count_finished(ap, tally)
    return tally


def kill_rekeys(folder: Path, rounds: int) -> Tally:
    """A new key each time: the store has the one before or the new one, and all of it is there."""
    ap, tally = furnished(folder), Tally()
    args = ("db", "rekey", "--recovery-to", "recovery.txt")
    run(ap, "db", "encrypt", *args[2:])
    (folder / "recovery.txt").unlink()
    usual = usual_duration(ap, *args)
    for _ in range(rounds):
        (folder / "recovery.txt").unlink(missing_ok=True)
        before = name_in(ap.store)
        code, printed = run_and_kill(ap, usual, *args)
        count_killed(ap, tally, code, printed)
        tally.lost += name_in(ap.store) is None
        tally.lost += bool(printed) and name_in(ap.store) == before
        run(ap, "db", "encrypt")
        count_finished(ap, tally)
    return tally


def count_killed(ap: Program, tally: Tally, code: int, printed: str) -> None:
    """Count what a command that may have been killed has left: one good store, with all in it."""
    tally.rounds += 1
    tally.stopped += code < 0
    tally.acknowledged += bool(printed)
    tally.unsound += unsound(ap)
    tally.lost += refs_of(ap, "pupil", "P") != PUPILS
    tally.lost += len(list_backups(Address(ap.store))) != 1
    tally.lost += len(list_in(Address(ap.store).attachments)) != 1


def count_finished(ap: Program, tally: Tally) -> None:
    """Count what is left half-way after the command was given again: nothing."""
    address = Address(ap.store)
    key = name_in(ap.store)
    tally.unsound += unsound(ap)
    tally.half_written += key is None or place_beside(ap.store).exists()
    tally.half_written += len(list_plain(address))
    tally.half_written += key is not None and len(list_with_other_key(address, key))
    tally.half_written += key not in {kept.name for kept in read_key_file(ap.folder / "ap.key")}
    tally.half_written += sum(
        any(word in file.read_bytes() for word in PLANTED)
        for file in ap.folder.rglob("*")
        if file.is_file() and ".part" not in file.name
    )
