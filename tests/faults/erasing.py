"""Erasing a child and decrypting a store, killed half-way again and again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from ap_cli.store.address import Address
from ap_cli.store.advice import list_backups
from ap_cli.store.beside import place_beside
from ap_cli.store.keys import name_in
from ap_cli.store.wiping import place_of

from ..conftest import Program
from ..store.pages import texts_in
from .killing import run, run_and_kill, usual_duration
from .locking import PLANTED, count_killed, furnished, name_key_file
from .tally import Tally, refs_of, unsound

CHILD = ("test pupil", "b801200005001", "zebraword", "giraffeword", "okapiword")
"""What is written of the child who is erased: the name, the UPN, free text, and a letter."""

ERASE = ("pupil", "erase", "P-0001", "--reason", "past the period", "--yes")
MARKS = "placement,date,session,code\nPL-0001,2026-02-23,AM,B\nPL-0002,2026-02-23,AM,B\n"


def with_two_children(folder: Path) -> Program:
    """A store with two children, a letter about the first, and backups made before and after."""
    ap = Program(folder)
    run(ap, "provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered",
        "--address", "1 Example Lane, Testford")  # fmt: skip
    run(ap, "pupil", "add", "Test Pupil", "--born", "2010-06-27", "--upn", "B801200005001")
    run(ap, "pupil", "add", "Other Sample", "--born", "2010-06-28")
    for pupil in ("P-0001", "P-0002"):
        run(ap, "placement", "new", "--pupil", pupil, "--provider", "PR-0001", "--route",
            "off-site-direction", "--starts", "2026-01-06", "--ends", "2026-12-18", "--hours", "19",
            "--nature", "animal care")  # fmt: skip
    (folder / "marks.csv").write_text(MARKS)
    run(ap, "attendance", "import", "marks.csv")
    letter = keep_letter(ap)
    said = f"zebraword, in {letter}"
    run(ap, "record", "contact", "PL-0001", "--whom", "a parent", "--said", said)
    run(ap, "record", "contact", "PL-0002", "--whom", "staff", "--said", "worked with Test Pupil")
    run(ap, "db", "backup")
    run(ap, "pupil", "edit", "P-0001", "--home-school", "okapiword")
    run(ap, "placement", "end", "PL-0001", "--day", "2026-02-27", "--reason", "moved",
        "--destination", "home-school")  # fmt: skip
    (folder / "marks.csv").unlink()
    return ap


def keep_letter(ap: Program) -> str:
    """Put a letter among the files of evidence; return the name that it has there."""
    content = b"giraffeword"
    name = f"{sha256(content).hexdigest()}.txt"
    folder = Address(ap.store).attachments
    folder.mkdir()
    (folder / name).write_bytes(content)
    return name


def kill_erasures(folder: Path, rounds: int) -> Tally:
    """An erasure each time, every other one with the backups: the child is there whole or not at all.

    Every other two are in an encrypted store, of which the pages are searched.
    """
    (folder / "work").mkdir()
    ap, tally = with_two_children(folder / "work"), Tally()
    shutil.copytree(ap.folder, folder / "plain")
    name_key_file(ap)
    run(ap, "db", "encrypt", "--recovery-to", "recovery.txt")
    shutil.copytree(ap.folder, folder / "encrypted")
    usual = usual_duration(ap, *ERASE)
    for number in range(rounds):
        shutil.rmtree(ap.folder)
        shutil.copytree(folder / ("plain", "encrypted")[number // 2 % 2], ap.folder)
        args = (*ERASE, *(("--backups-too",) if number % 2 else ()))
        code, printed = run_and_kill(ap, usual, *args)
        tally.rounds += 1
        tally.stopped += code < 0
        tally.acknowledged += bool(printed)
        count_erased(ap, tally, bool(printed), bool(number % 2))
    return tally


def count_erased(ap: Program, tally: Tally, was_kept: bool, backups_too: bool) -> None:
    """Count what an erasure that may have been killed has left, once the store is opened again."""
    there = refs_of(ap, "pupil", "P")
    is_erased = there == {"P-0002"}
    tally.lost += there not in ({"P-0001", "P-0002"}, {"P-0002"})
    tally.lost += was_kept and not is_erased
    tally.unsound += unsound(ap)
    backups = Address(ap.store).backups
    kept = [file for file in files_in(ap.folder) if backups not in file.parents]
    tally.half_written += place_of(ap.store).exists()
    if is_erased:
        tally.half_written += len(texts_in(kept, *CHILD))
        tally.half_written += backups_too and len(list_backups(Address(ap.store)))
    else:
        tally.lost += set(CHILD) != {word for _, word in texts_in(kept, *CHILD)}
        tally.lost += len(list_backups(Address(ap.store))) != 2


def files_in(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())


def kill_decrypts(folder: Path, rounds: int) -> Tally:
    """A decryption each time: the store is encrypted or plain, and all of it is there."""
    (folder / "work").mkdir()
    ap, tally = furnished(folder / "work"), Tally()
    run(ap, "db", "encrypt", "--recovery-to", "recovery.txt")
    shutil.copytree(ap.folder, folder / "before")
    args = ("db", "decrypt", "--yes")
    usual = usual_duration(ap, *args)
    for _ in range(rounds):
        shutil.rmtree(ap.folder)
        shutil.copytree(folder / "before", ap.folder)
        code, printed = run_and_kill(ap, usual, *args)
        count_killed(ap, tally, code, printed)
        tally.lost += bool(printed) and name_in(ap.store) is not None
        if name_in(ap.store) is not None:
            run(ap, *args)
        tally.unsound += unsound(ap)
        tally.half_written += place_beside(ap.store).exists()
        tally.half_written += len(list(ap.folder.rglob("*.part*")))
        plain = {word for word in PLANTED for file in files_in(ap.folder)
                 if word in file.read_bytes()}  # fmt: skip
        tally.half_written += plain != set(PLANTED)
    return tally
