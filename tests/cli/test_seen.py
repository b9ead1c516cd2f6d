"""Looks at a child's whole record are logged where they show the name, and change nothing else."""

from __future__ import annotations

import sys
import time

import pytest

from ap_cli.store.author import Author
from ap_cli.store.connection import connect
from ap_cli.store.looking import log_look

from ..conftest import Program, Ran

WHOLE = [
    (("pupil", "show", "P-0001"), "pupil show"),
    (("show", "P-0001"), "show"),
    (("show", "PL-0001"), "show PL-0001"),
    (("placement", "show", "PL-0001"), "placement show PL-0001"),
    (("placement", "sheet", "PL-0001"), "placement sheet PL-0001"),
    (("log", "P-0001"), "log"),
    (("log", "PL-0001"), "log PL-0001"),
]


def seen(ap: Program) -> list[tuple[str, str, str]]:
    """Who looked, with what command, at whose record."""
    found = connect(ap.store).execute("SELECT who, what, subject FROM seen ORDER BY id")
    return found.fetchall()


@pytest.mark.parametrize(("command", "what"), WHOLE, ids=str)
@pytest.mark.parametrize("format", ["plain", "json", "csv"])
def test_a_whole_record_with_names_is_logged(
    placed: Program, command: tuple[str, ...], what: str, format: str
) -> None:
    placed.ok(*command, "--names", "--format", format)
    assert seen(placed) == [("tester", what, "P-0001")]
    assert placed.ok("db", "verify").code == 0


@pytest.mark.parametrize(("command", "what"), WHOLE, ids=str)
def test_a_record_without_names_is_not_logged(
    placed: Program, command: tuple[str, ...], what: str
) -> None:
    placed.ok(*command)
    placed.ok(*command, "--json")
    assert seen(placed) == []


@pytest.mark.parametrize(
    "command",
    [
        ("check", "PL-0001"),
        ("check",),
        ("todo",),
        ("reviews", "due"),
        ("pupil", "list"),
        ("placement", "list"),
        ("where", "--all"),
        ("log",),
        ("status",),
        ("show", "PR-0001"),
        ("provider", "show", "PR-0001"),
    ],
    ids=" ".join,
)
def test_checks_tasks_lists_and_providers_log_nothing(
    placed: Program, command: tuple[str, ...]
) -> None:
    assert placed(*command, "--names").code in (0, 1)
    assert seen(placed) == []


def test_an_export_to_a_file_says_so(placed: Program) -> None:
    placed.ok("pupil", "show", "P-0001", "--names", "--out", "child.json")
    assert seen(placed) == [("tester", "pupil show --out", "P-0001")]


def test_the_log_shows_who_looked_at_one_child_or_at_all(placed: Program) -> None:
    placed.ok("pupil", "add", "Second Sample", "--born", "2011-01-01")
    assert placed.ok("log", "--seen").out == "nobody has looked at a whole record yet\n"
    placed.ok("show", "PL-0001", "--names", AP_USER="another")
    placed.ok("pupil", "show", "P-0002", "--names")
    assert [row["subject"] for row in placed.json("log", "--seen")] == ["P-0001", "P-0002"]
    for reference in ("P-0001", "PL-0001"):
        [row] = placed.json("log", reference, "--seen")
        assert (row["who"], row["what"], row["asof"]) == ("another", "show PL-0001", "2026-03-02")
        assert row["at"] >= "2026-11"
    assert placed.ok("log", "--seen", "--from", "2").out.count("P-000") == 2, "a pipe has all"
    line = placed.ok("log", "P-0002", "--seen").out
    assert line.endswith(" tester  pupil show  P-0002\n") and "Sample" not in line
    assert placed("log", "PR-0001", "--seen").code == 2


def answered(ap: Program) -> Ran:
    return ap("pupil", "show", "P-0001", "--names")


def test_a_store_that_somebody_writes_to_gives_the_same_answer_at_once(placed: Program) -> None:
    expected = answered(placed)
    writer = connect(placed.store)
    writer.execute("BEGIN IMMEDIATE")
    with placed.opened() as store:
        begun = time.monotonic()
        log_look(store, Author("tester"), "show", "P-0001")
        assert time.monotonic() - begun < 2
        assert not store.connection.in_transaction
    assert answered(placed) == expected
    writer.execute("ROLLBACK")
    assert len(seen(placed)) == 1
    assert answered(placed) == expected and len(seen(placed)) == 2


def test_a_log_that_cannot_be_kept_gives_the_same_answer(placed: Program) -> None:
    expected = answered(placed)
    connect(placed.store).execute(
        "CREATE TRIGGER full BEFORE INSERT ON seen BEGIN SELECT RAISE(ABORT, 'no room'); END"
    )
    assert answered(placed) == expected and expected.code == 0
    assert len(seen(placed)) == 1


def test_a_copy_of_a_store_logs_nothing(placed: Program) -> None:
    with placed.opened() as store, store.suppose() as copy:
        log_look(copy, Author("tester"), "show", "P-0001")
        assert copy.row("SELECT count(*) FROM seen") == (0,)


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")
@pytest.mark.parametrize(
    ("arguments", "style", "logged"),
    [((), "full", True), ((), "short", True), ((), "never", False), (("--json",), "full", False)],
)
def test_a_name_on_a_screen_is_logged(
    placed: Program, arguments: tuple[str, ...], style: str, logged: bool
) -> None:
    from ..interview.terminal import Terminal

    placed.ok("config", "set", "names", style)
    terminal = Terminal(placed, "pupil", "show", "P-0001", *arguments)
    assert terminal.ends() == 0
    assert ("Test Pupil" in terminal.transcript.getvalue()) == logged
    assert seen(placed) == ([("tester", "pupil show", "P-0001")] if logged else [])
