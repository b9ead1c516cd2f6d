"""Stores, disks and streams that are not as they should be: what each command says, and how it ends.

Each case stands in one table with its outcome: nothing is changed but by the write that succeeds.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ..conftest import AP, POSIX, Program

pytestmark = pytest.mark.uncovered

COMMANDS = {
    "read": ("pupil", "list"),
    "write": ("pupil", "add", "L. Sample", "--born", "2010-06-27", "--another"),
    "form": ("record", "contact", "PL-0001", "--note", "all is well"),
    "judge": ("check", "PL-0001"),
    "check": ("db", "check"),
    "backup": ("db", "backup", "made.zip"),
    "upgrade": ("db", "upgrade"),
}


def cut_short(store: Path) -> None:
    content = store.read_bytes()
    store.write_bytes(content[: len(content) // 2])


def emptied(store: Path) -> None:
    store.write_bytes(b"")


def of_words(store: Path) -> None:
    store.write_bytes(b"These are words, and no database.\n" * 100)


def of_another_program(store: Path) -> None:
    store.unlink()
    with closing(sqlite3.connect(store)) as other:
        other.execute("CREATE TABLE recipe (id INTEGER)")


def at(version: str) -> Callable[[Path], None]:
    """Make a store say that it is at a schema that its tables are not of."""

    def change(store: Path) -> None:
        with closing(sqlite3.connect(store)) as opened, opened:
            opened.execute("UPDATE alembic_version SET version_num = ?", (version,))

    return change


def with_bad_pages(store: Path) -> None:
    content = bytearray(store.read_bytes())
    for start in range(4096 * 3, len(content), 4096 * 2):
        content[start : start + 200] = bytes(range(200))
    store.write_bytes(content)


def with_a_wal(store: Path) -> None:
    """What is left of a program that wrote with a write-ahead log and was killed."""
    copied = [store.with_name(store.name + ending) for ending in ("", "-wal", "-shm")]
    with closing(sqlite3.connect(store)) as opened:
        opened.execute("PRAGMA journal_mode = WAL")
        with opened:
            opened.execute("UPDATE pupil SET name = name")
        for file in copied:
            shutil.copy(file, f"{file}.left")
    for file in copied:
        Path(f"{file}.left").replace(file)


def with_a_journal(store: Path) -> None:
    """What is left of a change that was cut short: the pages before it, and some of those after."""
    with closing(sqlite3.connect(store, isolation_level=None)) as opened:
        opened.execute("PRAGMA cache_size = 1")
        opened.execute("BEGIN")
        opened.execute("UPDATE pupil SET name = 'Nobody'")
        opened.execute("CREATE TABLE half AS SELECT zeroblob(9000)")
        opened.execute("UPDATE half SET rowid = 7")
        for file in (store, store.with_name(f"{store.name}-journal")):
            shutil.copy(file, f"{file}.left")
        opened.execute("ROLLBACK")
    for file in (store, store.with_name(f"{store.name}-journal")):
        Path(f"{file}.left").replace(file)


DAMAGED = (5, "is not an ap file, or is damaged: restore a backup of your own with `ap db restore")
EMPTY = (5, "is empty: restore a backup of your own with `ap db restore FILE`, or delete it")
ANOTHER = (5, "is not an ap file but another database: name yours with --db")
ANOTHER_SEEN = (2, "is not an ap file but another database")
NEWER = (5, "was made by a newer ap (schema 9999")
OLDER = (5, "is at an older schema (0014")
DONE = (0, "")
BREACH = (1, "")

OUTCOMES: dict[Callable[[Path], None], dict[str, tuple[int, str]]] = {
    cut_short: dict.fromkeys(COMMANDS, DAMAGED),
    emptied: dict.fromkeys(COMMANDS, EMPTY),
    of_words: dict.fromkeys(COMMANDS, DAMAGED),
    with_bad_pages: dict.fromkeys(COMMANDS, DAMAGED),
    of_another_program: dict.fromkeys(COMMANDS, ANOTHER)
    | {"check": ANOTHER_SEEN, "backup": ANOTHER_SEEN},
    at("9999"): dict.fromkeys(COMMANDS, NEWER) | {"check": (1, NEWER[1]), "backup": DONE},
    at("0014"): dict.fromkeys(COMMANDS, OLDER)
    | {
        "check": (1, "0014, and this ap needs"),
        "backup": DONE,
        "upgrade": (5, "is as it was: its tables are not those of its schema"),
    },
    with_a_wal: dict.fromkeys(COMMANDS, DONE) | {"judge": BREACH},
    with_a_journal: dict.fromkeys(COMMANDS, DONE) | {"judge": BREACH},
}
"""For each state of a store how each command ends, and what it says: one sentence."""

STATES = {change.__name__ + str(number): change for number, change in enumerate(OUTCOMES)}


@POSIX
@pytest.mark.parametrize("state", STATES)
def test_a_store_that_is_not_as_it_should_be_is_told_and_left_alone(
    placed: Program, state: str
) -> None:
    spoil = STATES[state]
    whole = placed.store.read_bytes()
    for name, args in COMMANDS.items():
        for left in placed.folder.glob("ap.db*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        (placed.folder / "made.zip").unlink(missing_ok=True)
        placed.store.write_bytes(whole)
        spoil(placed.store)
        spoilt = placed.store.read_bytes()
        found = placed(*args)
        code, words = OUTCOMES[spoil][name]
        assert found.code == code, (name, found)
        assert words in found.err + found.out, (name, found)
        assert code != 5 or name == "check" or len(found.err.splitlines()) == 1, (name, found)
        if code == 5:
            assert placed.store.read_bytes() == spoilt, name
        else:
            assert placed("db", "check").code in (0, 1, 2)


LIMITS = {
    "a full disk": ("ulimit -f 0;", {"write": 5, "form": 5, "backup": 5, "read": 0, "judge": 1}),
    "five file handles": ("ulimit -n 5;", {"read": 0, "judge": 1, "check": 0, "backup": 5}),
    "seven file handles": ("ulimit -n 7;", {"write": 0, "form": 0, "check": 0, "backup": 0}),
    "closed streams": ("", {"read": 0, "judge": 1, "check": 0, "write": 7, "form": 7, "backup": 7}),
}
"""What a shell sets before it runs a command, and how each ends with it."""


@POSIX
@pytest.mark.on_files("what a machine lacks is asked of the file of a store")
@pytest.mark.parametrize(
    ("limit", "name"), [(limit, name) for limit, (_, codes) in LIMITS.items() for name in codes]
)
def test_what_a_machine_lacks_is_told_and_the_store_is_sound(
    placed: Program, limit: str, name: str
) -> None:
    before, codes = LIMITS[limit]
    closed = " <&- >&- 2>&-" if limit == "closed streams" else ""
    words = " ".join(f"'{word}'" for word in (*AP, "--on", placed.on, *COMMANDS[name]))
    found = subprocess.run(
        ["bash", "-c", f"{before} {words}{closed}"],
        env=placed.environment | {"PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=placed.folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert "Traceback" not in found.stderr, found
    assert found.returncode == codes[name], found
    assert placed.ok("db", "check")
    assert not list(placed.folder.glob(".*")), "what was not finished is gone"
