"""Text that came in from elsewhere moves no terminal, whatever shows it, and files are private."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest

from ap_cli.forms.text import harmless, printable
from ap_cli.render.output import escape_controls, printable_line
from ap_cli.render.written import encode_row
from ap_cli.store.connection import connect
from ap_cli.store.queries.chain import unguard

from ..conftest import POSIX, Program

HOSTILE = (
    "Farm\x1b[2J\x1b]0;x\x07\x9b31m\x85\x7f\x00\r\u202eeman\u2066\u2069\u200e\u200f\u061c\u2028"
)
MOVES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
COMMANDS = (
    "provider list",
    "provider show PR-0001",
    "placement list --columns ref,provider_name,aim,owner,school",
    "placement show PL-0001",
    "pupil show P-0001",
    "show PR-0001",
    "show PL-0001",
    "check PL-0001 -v",
    "check",
    "todo",
    "status",
    "digest",
    "where P-0001",
    "timeline PL-0001",
    "log",
    "reviews due --within 52w",
    "eligible P-0001 --at PR-0001 --hours 12",
)


@pytest.fixture
def hostile(placed: Program) -> Program:
    """A store in which another program wrote what a terminal obeys into every free text."""
    placed.ok("record", "contact", "PL-0001", "--note", "all is well")
    with connect(placed.store) as store:
        unguard(store)
        for table in ("provider", "pupil", "placement", "entry", "audit"):
            for _, column, *_ in store.execute(f"PRAGMA table_info({table})").fetchall():
                if column in (
                    "name",
                    "address",
                    "owner",
                    "home_school",
                    "who",
                    "what",
                    "by",
                    "note",
                ):
                    store.execute(f"UPDATE {table} SET {column} = ?", (HOSTILE,))
    return placed


def test_what_verifying_says_of_it_moves_no_terminal(hostile: Program) -> None:
    connect(hostile.store).execute("UPDATE audit SET subject = ?, old = 'x'", (HOSTILE,))
    for shown in ("plain", "json"):
        found = hostile("db", "verify", "--format", shown)
        assert found.code == 6 and not MOVES.search(found.out + found.err), found


@pytest.mark.parametrize("shown", ["plain", "table", "csv", "md", "json", "jsonl"])
def test_no_output_moves_a_terminal(hostile: Program, shown: str) -> None:
    for command in COMMANDS:
        found = hostile(*command.split(), "--names", "--format", shown)
        assert found.code in (0, 1), (command, found)
        raw = found.out + found.err
        assert not (bad := MOVES.search(raw)), (command, bad, raw)
        if shown == "plain" and command == "provider list":
            assert "Farm�[2J" in found.out
        hostile(*command.split(), "--names", "--format", shown, "--out", "made")
        written = (hostile.folder / "made").read_bytes().decode("utf-8-sig")
        assert not MOVES.search(written.replace("\r\n", "\n")), (command, written)


def test_json_has_the_same_value_when_it_is_parsed(hostile: Program) -> None:
    assert hostile.json("provider", "list")[0]["name"] == HOSTILE
    row = json.loads(hostile.ok("provider", "list", "--format", "jsonl").out)
    assert row["name"] == HOSTILE


def test_a_byte_that_is_no_character_is_an_escape_in_json() -> None:
    assert encode_row({"a": "x\udcffé"}) == b'{"a":"x\\udcff\\u00e9"}'
    assert encode_row({"a": "é"}) == '{"a":"é"}'.encode()


def test_controls_that_json_may_hold_become_escapes_and_all_else_stays() -> None:
    text = '{"a":"£ é \u0080 \u009b31m \u009f \u007f \u202e \u2069 \u061c \u2028 ¡ – “x” 😀"}'
    shown = escape_controls(text.encode()).decode()
    assert "\\u009b31m" in shown and "\\u007f" in shown and "\\u202e" in shown
    assert not MOVES.search(shown) and "¡ – “x” 😀" in shown and "£ é" in shown
    assert json.loads(shown) == json.loads(text)


@pytest.mark.parametrize("first", list("=+-@\t\r"))
def test_a_cell_of_a_csv_is_never_a_formula(placed: Program, first: str) -> None:
    with connect(placed.store) as store:
        store.execute("UPDATE provider SET name = ?", (f"{first}1+1",))
    (row,) = csv.DictReader(io.StringIO(placed.ok("provider", "list", "--csv").out))
    assert row["name"][0] in "'�"


def test_a_text_keeps_its_line_breaks_in_a_csv_and_its_letters_everywhere() -> None:
    assert harmless("a\nb\tc\x1b\u202e") == "a\nb\tc��"
    assert harmless("\ufffd\ufffe\uffff\U00010000") == "\ufffd��\U00010000"
    joined = "می\u200cخواهم 👩\u200d🏫"
    assert harmless(joined) == joined == printable(joined)
    assert printable("A\u00a0B\nC\tD\x1bE\u202eF\r") == "A B C D�E�F�"


def test_a_line_keeps_its_tabs_and_only_the_colours_that_it_may_have() -> None:
    painted = "\x1b[31mlate\x1b[0m\tx\x1b[2J\x9b"
    assert printable_line(painted, color=True) == "\x1b[31mlate\x1b[0m\tx�[2J�"
    assert printable_line(painted) == "�[31mlate�[0m\tx�[2J�"


@POSIX
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_what_is_written_is_for_its_owner_alone_whatever_the_umask(ap: Program, umask: int) -> None:
    (ap.folder / "old.csv").write_text("before")
    (ap.folder / "old.csv").chmod(0o644)
    (ap.folder / "config" / "ap").mkdir(parents=True)
    before = os.umask(umask)
    try:
        ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "online", PYTHONUNBUFFERED="1")
        for file in ("new.json", "old.csv"):
            ap.ok("provider", "list", "--out", file, PYTHONUNBUFFERED="1")
        ap.ok("config", "set", "names", "never", PYTHONUNBUFFERED="1")
    finally:
        os.umask(before)
    private = [ap.store, ap.folder / "new.json", ap.folder / "old.csv"]
    private += (ap.folder / "config").rglob("*.toml")
    assert len(private) == 4
    assert [file.stat().st_mode & 0o777 for file in private] == [0o600] * 4


@pytest.mark.on_files("lists the folder that the store is in")
def test_nothing_of_an_unfinished_output_is_left(placed: Program) -> None:
    assert placed("check", "PL-9999", "--out", "found.csv").code == 2
    assert sorted(each.name for each in Path(placed.folder).iterdir()) == ["ap.db"]
