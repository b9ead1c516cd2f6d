"""No file that the program writes has a child's name in plain, once the store is encrypted."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from ap_cli.store.keys import look_in, name_in

from ..conftest import POSIX, Program
from ..faults.erasing import CHILD, ERASE, with_two_children
from ..faults.killing import run_and_kill, usual_duration
from ..generated import ROOT
from ..interview.terminal import KEYS, Terminal
from .pages import texts_in
from .traced import files_written_with, run_traced

pytest.importorskip("sqlcipher3.dbapi2")
pytestmark = [POSIX, pytest.mark.plain_store("encrypts a plain store itself")]
BY_STRACE = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace to see each write")
MINE = {"ap.key", "recovery.txt", "plain.zip", "pupils.csv", "marks.csv"}
"""What a person gave, or carries away."""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two children, a letter and backups, plain; and a backup to carry away."""
    ap = with_two_children(tmp_path_factory.mktemp("planted"))
    ap.ok("db", "backup", "plain.zip")
    (ap.folder / "pupils.csv").write_text("name,born\nTest Pupil Second,2011-01-01\n")
    (ap.folder / "marks.csv").write_text(
        "name,born,date,session,code\nTest Pupil,2010-06-27,2026-02-24,AM,B\n"
    )
    return ap.folder


@pytest.fixture
def locked(furnished: Path, tmp_path: Path) -> Program:
    """The same, encrypted with a key in a file; nothing plain is in its folder but what is given."""
    ap = Program(tmp_path / "work")
    shutil.copytree(furnished, ap.folder)
    key_file = tmp_path / "ap.key"
    ap.ok("config", "set", "key-file", str(key_file))
    ap.ok("db", "encrypt", "--recovery-to", "recovery.txt")

    def named() -> Path:
        return key_file

    look_in(named)
    return ap


def all_files(ap: Program) -> list[Path]:
    return [each for each in ap.folder.rglob("*") if each.is_file() and each.name not in MINE]


def readable(ap: Program) -> set[str]:
    """The files in which something of the child can be read by whoever has no key."""
    words = [word.encode(coding) for word in CHILD for coding in ("utf-8", "utf-16-le")]
    return {
        file.name
        for file in all_files(ap)
        if any(word in file.read_bytes().lower() for word in words)
    }


WORK = {
    "backup": [("db", "backup"), ("db", "backup", "friday.zip")],
    "what-if": [("what-if", "PL-0002", "--ends", "2026-07-10")],
    "as-known": [("check", "--as-known", "2026-03-02")],
    "import": [("import", "pupils.csv", "pupils", "--dry-run"), ("import", "pupils.csv", "pupils"),
               ("attendance", "import", "marks.csv")],
    "change": [("record", "contact", "PL-0002", "--whom", "x", "--said", "zebraword"), ("undo",),
               ("pupil", "edit", "P-0002", "--name", "Test Pupil Third")],
    "look": [("pupil", "list", "--names"), ("pupil", "show", "P-0001", "--names"),
             ("pupil", "export", "P-0001"), ("log",), ("doctor",), ("db", "check"),
             ("db", "verify"), ("retention", "report"), ("digest",)],
    "restore": [("db", "restore", "plain.zip", "--dry-run"),
                ("db", "restore", "plain.zip", "--yes"), ("db", "restore", "plain.zip", "--yes")],
    "key": [("db", "rekey", "--recovery-to", "second.txt")],
    "erase": [ERASE],
}  # fmt: skip


@BY_STRACE
@pytest.mark.parametrize("kind", WORK)
def test_nothing_plain_is_written_not_even_to_a_file_that_goes_again(
    locked: Program, kind: str
) -> None:
    (locked.folder.parent / "tmp").mkdir()
    for args in WORK[kind]:
        found, written = run_traced(locked, *args, TMPDIR=str(locked.folder.parent / "tmp"))
        assert found.code in (0, 1), found
        assert files_written_with(written, *CHILD) == set(), args
        assert not list((locked.folder.parent / "tmp").iterdir())
    assert readable(locked) == set()


@BY_STRACE
def test_a_write_in_plain_would_be_seen(furnished: Path, tmp_path: Path) -> None:
    ap = Program(tmp_path / "work")
    shutil.copytree(furnished, ap.folder)
    found, written = run_traced(ap, "db", "backup")
    assert found.code == 0 and files_written_with(written, "Test Pupil")


@BY_STRACE
def test_encrypting_itself_writes_nothing_plain(furnished: Path, tmp_path: Path) -> None:
    ap = Program(tmp_path / "work")
    shutil.copytree(furnished, ap.folder)
    args = ("db", "encrypt", "--key-file", "ap.key", "--recovery-to", "recovery.txt")
    found, written = run_traced(ap, *args)
    assert found.code == 0 and files_written_with(written, *CHILD) == set()
    assert readable(ap) == set()


def test_the_program_knows_no_temporary_folder() -> None:
    code = [file.read_text("utf-8") for file in (ROOT / "ap_cli").rglob("*.py")]
    assert code and not any("tempfile" in text or "gettempdir" in text for text in code)


def test_the_backup_that_came_back_is_the_one_that_was_made(locked: Program) -> None:
    """It goes through memory, table by table, and every row and every change in the log is there."""
    before = locked.ok("log", "--json").data
    locked.ok("pupil", "add", "Third Sample", "--born", "2011-01-01")
    locked.ok("db", "restore", "plain.zip", "--yes")
    assert locked.ok("log", "--json").data[: len(before)] == before
    assert [row["ref"] for row in locked.json("pupil", "list")] == ["P-0001", "P-0002"]
    assert name_in(locked.store) is not None
    locked.ok("db", "verify")
    locked.ok("db", "check")
    assert locked.ok("pupil", "add", "Third Sample", "--born", "2011-01-01").out == "P-0003\n"


def test_a_form_that_is_left_half_way_leaves_its_draft_encrypted(locked: Program) -> None:
    screen = Terminal(locked, "record", "contact", "PL-0001")
    screen.answers("What day was it?")
    screen.answers("Who by?", "L. Sample")
    screen.answers("Who with?", "the mother of Test Pupil")
    screen.sees("What was said?")
    screen.presses(KEYS["ctrl-c"])
    screen.ends()
    assert locked.json("draft", "list"), "it is kept"
    assert readable(locked) == set()


@pytest.mark.parametrize(
    "args",
    [
        ("db", "backup", "friday.zip"),
        ("db", "restore", "plain.zip", "--yes"),
        ("import", "pupils.csv", "pupils"),
        ("what-if", "PL-0002", "--ends", "2026-07-10"),
        ERASE,
    ],
)
def test_a_command_that_is_killed_leaves_nothing_plain(
    locked: Program, tmp_path: Path, args: tuple[str, ...]
) -> None:
    before, random = tmp_path / "before", Random(0)
    shutil.copytree(locked.folder, before)
    usual, stopped = usual_duration(locked, *args), 0
    for _ in range(8):
        shutil.rmtree(locked.folder)
        shutil.copytree(before, locked.folder)
        code, _ = run_and_kill(locked, usual * random.uniform(0.3, 1), *args)
        stopped += code < 0
        assert readable(locked) == set()
    assert stopped
    locked.ok("db", "verify")


def test_an_erased_child_is_in_no_page_of_an_encrypted_store(locked: Program) -> None:
    """The pages are decrypted one by one, free ones as well, and the letter is unsealed."""
    (locked.folder / "friday.zip").unlink(missing_ok=True)
    assert {word for _, word in texts_in(all_files(locked), *CHILD)} == set(CHILD)
    locked.ok(*ERASE, "--backups-too")
    assert texts_in(all_files(locked), *CHILD) == set()
    locked.ok("db", "verify")
    locked.ok("db", "check")


def test_an_erased_child_is_in_no_file_of_a_plain_store(furnished: Path, tmp_path: Path) -> None:
    ap = Program(tmp_path / "work")
    shutil.copytree(furnished, ap.folder)
    ap.ok("what-if", "PL-0002", "--ends", "2026-07-10")
    ap("check", "--as-known", "2026-03-02")
    ap.ok("attendance", "import", "marks.csv")
    ap.ok(*ERASE, "--backups-too")
    assert texts_in(all_files(ap), *CHILD) == set()
    ap.ok("db", "verify")
    ap.ok("db", "check")


def test_a_plain_backup_with_any_value_comes_back_as_it_was(locked: Program) -> None:
    """Text that is not UTF-8, bytes and numbers where text belongs are copied as they are."""
    plain = locked.folder / "odd.db"
    with zipfile.ZipFile(locked.folder / "plain.zip") as archive:
        plain.write_bytes(archive.read("ap.db"))
    odd = {"name": b"\xff\xfe no text", "home_school": b"bytes", "upn": 12}
    with closing(sqlite3.connect(plain)) as store:
        store.execute("PRAGMA ignore_check_constraints = 1")
        store.execute("UPDATE pupil SET name = CAST(:name AS TEXT), home_school = :home_school,"
                      " upn = :upn WHERE id = 2", odd)  # fmt: skip
        store.commit()
    with zipfile.ZipFile(locked.folder / "odd.zip", "w") as archive:
        archive.write(plain, "ap.db")
    locked.ok("db", "restore", "odd.zip", "--yes")
    columns = ("CAST(name AS BLOB)", "typeof(name)", "home_school", "CAST(upn AS BLOB)")
    with closing(sqlite3.connect(plain)) as store, locked.opened() as restored:
        for column in columns:
            query = f"SELECT {column} FROM pupil ORDER BY id"
            assert list(restored.rows(query)) == store.execute(query).fetchall()


@pytest.mark.parametrize(
    "content", [b"", b"nothing of a database", b"SQLite format 3\x00" + bytes(5000)]
)
@pytest.mark.parametrize("name", ["odd.zip", "odd.backup"])
def test_what_is_no_backup_is_refused_and_the_store_is_as_it_was(
    locked: Program, name: str, content: bytes
) -> None:
    given, before = locked.folder / name, locked.store.read_bytes()
    given.write_bytes(content)
    if name == "odd.zip":
        with zipfile.ZipFile(given, "w") as archive:
            archive.writestr("ap.db", content)
    found = locked("db", "restore", name, "--yes")
    assert found.code == 5 and found.err.count("\n") == 1, found
    assert str(given) in found.err or name in found.err
    assert locked.store.read_bytes() == before
    assert not list(locked.folder.glob(".*"))
