"""Files of evidence: no acknowledged one is ever lost, and what nothing uses goes after a day."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from ap_cli.store import attachments, evidence
from ap_cli.store.address import Address

from ..conftest import AP, POSIX, Program

RECORD = ("record", "evidence", "PR-0001", "--item", "insurance", "--file", "one.txt")
DAY = 86_400.0


@pytest.fixture
def one(placed: Program) -> Program:
    """A store, and a file of evidence to record in it."""
    (placed.folder / "one.txt").write_text("insured")
    return placed


def kept(ap: Program) -> list[Path]:
    """The files among the attachments, finished or not."""
    return sorted(Address(ap.store).attachments.iterdir())


def doctor(ap: Program) -> dict[str, Any]:
    """What the doctor says of the files of evidence."""
    [row] = [row for row in ap.json("doctor") if row["check"] == "evidence"]
    return row


@pytest.mark.plain_store(
    "looks into files of evidence, which are sealed otherwise: test_encrypting does"
)
def test_a_copy_that_is_not_kept_leaves_the_same_file_of_another_record(one: Program) -> None:
    with (
        pytest.raises(TimeoutError),
        attachments.copied(Address(one.store), str(one.folder / "one.txt")),
    ):
        one.ok(*RECORD)
        raise TimeoutError
    assert [file.read_text() for file in kept(one)] == ["insured"]


@pytest.mark.plain_store(
    "looks into files of evidence, which are sealed otherwise: test_encrypting does"
)
@POSIX
def test_a_copy_cut_short_leaves_the_same_file_of_another_record(one: Program) -> None:
    waits = one.opened()
    with waits.locked():
        first = subprocess.Popen([*AP, *RECORD], env=one.environment, cwd=one.folder)
        wait_for_copies(one, 1)
        second = subprocess.Popen([*AP, *RECORD], env=one.environment, cwd=one.folder)
        wait_for_copies(one, 2)
        first.send_signal(signal.SIGKILL)
        assert first.wait() == -signal.SIGKILL
    assert second.wait(60) == 0
    finished = [file for file in kept(one) if not file.name.startswith(".")]
    assert [file.read_text() for file in finished] == ["insured"]
    assert doctor(one)["ok"] is True


def wait_for_copies(ap: Program, wanted: int) -> None:
    """Wait until so many processes have copied the file and wait for the lock."""
    folder = Address(ap.store).attachments
    for _ in range(600):
        if len(list(folder.glob(f".*{attachments.PART}"))) == wanted:
            return
        time.sleep(0.05)
    pytest.fail(f"{wanted} copies never came")


@pytest.mark.plain_store(
    "looks into files of evidence, which are sealed otherwise: test_encrypting does"
)
def test_a_correction_copies_its_file_before_the_store_is_locked(one: Program) -> None:
    one.ok(*RECORD[:-2])
    with one.opened().locked():
        edit = ("record", "edit", "E-0001", "--file", "one.txt", "--reason", "it came late")
        waits = subprocess.Popen([*AP, *edit], env=one.environment, cwd=one.folder)
        wait_for_copies_of(one)
    assert waits.wait(60) == 0
    assert [file.read_text() for file in kept(one)] == ["insured"]
    assert one.json("timeline", "PR-0001")[-1]["file"] == kept(one)[0].name


def wait_for_copies_of(ap: Program) -> None:
    """Wait until the folder of the attachments is made, and a copy is in it."""
    for _ in range(600):
        if Address(ap.store).attachments.exists():
            break
        time.sleep(0.05)
    wait_for_copies(ap, 1)


@pytest.mark.parametrize(("age", "left"), [(DAY - 60, 1), (DAY + 60, 0)])
def test_what_nothing_names_is_swept_once_it_is_older_than_a_day(
    one: Program, age: float, left: int
) -> None:
    folder = Address(one.store).attachments
    folder.mkdir()
    orphan = folder / f"{'a' * 64}.pdf"
    orphan.write_text("of nobody")
    os.utime(orphan, (time.time() - age,) * 2)
    swept = evidence.sweep(one.opened())
    assert len(kept(one)) == left and len(swept) == 1 - left


def test_what_a_withdrawn_record_names_is_not_swept(one: Program) -> None:
    one.ok(*RECORD)
    one.ok("record", "withdraw", "E-0001", "--reason", "the wrong farm")
    os.utime(kept(one)[0], (0, 0))
    assert evidence.sweep(one.opened()) == () and len(kept(one)) == 1


def test_what_is_no_attachment_is_not_swept(one: Program) -> None:
    one.ok(*RECORD)
    stranger = Address(one.store).attachments / "notes.txt"
    stranger.write_text("put here by hand")
    os.utime(stranger, (0, 0))
    assert evidence.sweep(one.opened()) == () and stranger.exists()


def test_the_doctor_names_what_is_missing_altered_and_used_by_nothing(one: Program) -> None:
    one.ok(*RECORD)
    assert doctor(one)["says"] == "1 file of evidence, as recorded"
    [file] = kept(one)
    orphan = file.with_name("b" * 64)
    orphan.write_text("of nobody")
    row = doctor(one)
    assert row["ok"] is True and row["details"]["orphaned"] == [orphan.name]
    file.write_text("altered")
    row = doctor(one)
    assert row["ok"] is False and row["says"] == "files altered: E-0001"
    file.unlink()
    row = doctor(one)
    assert row["ok"] is False and row["says"] == "files missing: E-0001"
    assert row["details"]["missing"] == [file.name] and row["details"]["altered"] == []
    assert row["mend"].startswith("ap record edit E-0001 --file FILE")


def test_recording_an_altered_file_again_mends_it(one: Program) -> None:
    one.ok(*RECORD)
    kept(one)[0].write_text("altered")
    one.ok(*RECORD)
    assert doctor(one)["ok"] is True


def test_a_file_of_evidence_is_written_as_it_was_given(placed: Program) -> None:
    (placed.folder / "one.PDF").write_bytes(b"insured\x00until July")
    placed.ok("record", "evidence", "PR-0001", "--item", "insurance", "--file", "one.PDF")
    written = placed.folder / "E-0001.pdf"
    assert placed.ok("export", "evidence", "e-1", ".").out == f"{written}\n"
    assert written.read_bytes() == b"insured\x00until July"
    assert os.name != "posix" or written.stat().st_mode & 0o777 == 0o600
    again = placed("export", "evidence", "E-0001", ".")
    assert again.code == 2 and "is there already: name another file" in again.err
    placed.ok("config", "set", "key-file", "ap.key")
    placed.ok("db", "encrypt", "--recovery-to", "recovery.txt")
    placed.ok("export", "evidence", "E-0001", "two.pdf")
    assert (placed.folder / "two.pdf").read_bytes() == b"insured\x00until July"


def test_a_file_of_evidence_that_is_not_there_is_not_written(placed: Program) -> None:
    (placed.folder / "one.txt").write_text("insured")
    placed.ok("record", "contact", "PL-0001", "--note", "all is well")
    placed.ok("record", "evidence", "PR-0001", "--item", "insurance", "--file", "one.txt")
    none = placed("export", "evidence", "E-0001", "two.txt")
    assert (none.code, none.err) == (2, "there is no file of E-0001 in the store\n")
    [kept] = Address(placed.store).attachments.iterdir()
    kept.write_text("altered")
    altered = placed("export", "evidence", "E-0002", "two.txt")
    assert altered.code == 2 and "missing or altered" in altered.err
    assert not (placed.folder / "two.txt").exists()
