"""A plain store and an encrypted copy of it answer the same, byte for byte; and nothing of it is left in plain."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from ap_cli.store.keys import name_in

from ..conftest import POSIX, Program
from ..faults.killing import load, run_and_kill

pytest.importorskip("sqlcipher3.dbapi2")
pytestmark = pytest.mark.plain_store("encrypts a plain store itself")

READS = """
status
todo
todo --json
check
check --all --json
check PL-0001 --why
check --as-known 2026-03-02
check --strict --csv
what-if PL-0001 --hours 15
what-if PL-0001 --ends 2026-07-10 --json
reviews due
reviews due --json
reviews ics
pupil list --names
pupil list --json
pupil show P-0001 --names
pupil list --format md
provider list
provider list --csv
provider show PR-0001
placement list
placement list --format jsonl
placement show PL-0001
placement sheet PL-0001
show PL-0001
show P-0001
show PR-0001
timeline PL-0001
timeline P-0001 --json
log
log --json
log --seen
draft list
terms list
attendance show PL-0001
waiver list
export pupils
export providers --format json
export placements
export entries
export findings
export census --from 2026-01-05 --to 2026-03-27
report inspection
report governors
digest
eligible P-0001
where hollow
make
db verify
db seal
""".strip().splitlines()
"""Commands that read; some are refused, which has to be in the same words."""

WRITES = """
pupil add "L. Sample" --born 2011-03-05
record contact PL-0001 --note "all is well"
record visit PL-0001 --by "A. Tester" --day 2026-02-27 --note ok
placement edit PL-0001 --hours 15
provider suspend PR-0001 --reason accident
undo --yes
record edit E-0001 --note "spoke again" --reason mistyped
""".strip().splitlines()
"""Commands that write to both."""


def encrypted_copy(plain: Program) -> Program:
    """A copy of a store in another folder, which is encrypted."""
    other = Program(plain.folder.with_name(plain.folder.name + "-encrypted"))
    shutil.copytree(plain.folder, other.folder)
    other.ok("config", "set", "key-file", "ap.key")
    other.ok("db", "encrypt", "--recovery-to", "recovery.txt")
    return other


def answer(ap: Program, line: str) -> tuple[int, str, str]:
    """How a command ends and what it says, with its folder and the moment under one name."""
    found = ap(*shlex.split(line))
    said = [text.replace(str(ap.folder), "FOLDER") for text in (found.out, found.err)]
    return found.code, *(re.sub(r"DTSTAMP:\S+", "DTSTAMP", text) for text in said)


def test_both_answer_the_same_byte_for_byte(placed: Program) -> None:
    for line in WRITES:
        placed(*shlex.split(line))
    encrypted = encrypted_copy(placed)
    assert name_in(placed.store) is None and name_in(encrypted.store)
    answered = 0
    for line in READS:
        found = answer(placed, line)
        assert found == answer(encrypted, line), line
        answered += found[0] in (0, 1, 3) and bool(found[1])
    assert answered >= 40
    for line in WRITES:
        (code, _, said), (other_code, _, other_said) = answer(placed, line), answer(encrypted, line)
        assert (code, said) == (other_code, other_said), line


PLANTED = b"Zebedee"
"""A name that is nowhere else."""


def in_plain(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and PLANTED in file.read_bytes()]


@POSIX
def test_no_file_has_a_planted_name_after_any_command_or_crash(
    placed: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"{PLANTED.decode()} Sample"
    temporary = placed.folder / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    placed.ok("config", "set", "key-file", str(placed.folder / "ap.key"))
    placed.ok("pupil", "add", name, "--born", "2011-03-05")
    assert in_plain(placed.folder)
    placed.ok("db", "backup")
    placed.ok("db", "encrypt", "--recovery-to", "recovery.txt")
    assert not in_plain(placed.folder)
    given = placed.folder.with_name(placed.folder.name + "-given")
    given.mkdir()
    (given / "list.csv").write_text(f"Name,DOB\n{PLANTED.decode()} Other,06/03/2011\n")
    (given / "report.txt").write_text(name)
    for args in (
        ("db", "backup"),
        ("db", "backup", "friday.zip"),
        ("what-if", "PL-0001", "--hours", "15"),
        ("check", "P-0002", "--as-known", "2026-03-02"),
        ("import", str(given / "list.csv"), "pupils"),
        (
            "record",
            "evidence",
            "PR-0001",
            "--item",
            "insurance",
            "--file",
            str(given / "report.txt"),
        ),
        ("db", "restore", "friday.zip", "--yes"),
        ("db", "rekey", "--recovery-to", "new.txt"),
    ):
        found = placed(*args)
        assert found.code in (0, 1), found
        assert not in_plain(placed.folder), args
    load()
    for number in range(6):
        run_and_kill(placed, 0.5, "pupil", "add", f"{name} {number}", "--born", "2011-03-07")
        assert not in_plain(placed.folder)
