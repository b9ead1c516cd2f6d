"""A store is copied from a file to a server and back: whole, compared, or not at all."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from ap_cli.store.copying import in_order
from ap_cli.store.declared import TABLES
from ap_cli.store.queries.whole import VERSION

from ..cli.test_examples import EXAMPLES
from ..conftest import AP, Program, place
from .cluster import Cluster, ServerProgram

SECOND = ("pupil", "add", "Second Pupil", "--born", "2010-06-27")


@pytest.fixture
def here(tmp_path: Path) -> Program:
    """A store in a file with a bit of everything, evidence and a draft included."""
    ap = Program(tmp_path / "here")
    ap.folder.mkdir()
    place(ap)
    letter = ap.folder / "letter.pdf"
    letter.write_bytes(b"%PDF" * 400_000)
    seen = ("record", "evidence", "PR-0001", "--item", "insurance", "--file", str(letter))
    ap.ok(*seen, "--by", "A. Tester", "--day", "2026-02-27")
    ap.ok("attendance", "record", "PL-0001", "2026-01-06", "am", "B")
    ap.ok("pupil", "edit", "P-0001", "--name", "Test Öther 100 %: 'x'")
    return ap


def rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a store in a file, by table."""
    with closing(sqlite3.connect(file)) as store:
        names = (*TABLES, VERSION)
        return {
            name: store.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names
        }


def test_each_table_is_copied_after_those_that_its_rows_name() -> None:
    assert set(in_order()) == set(TABLES)
    for place_of, table in enumerate(in_order()):
        named = {column.refers.split(".")[0] for column in TABLES[table] if column.refers}
        assert named <= {table, *in_order()[:place_of]}


def test_there_and_back_every_row_and_file_is_the_same(here: Program, cluster: Cluster) -> None:
    server = cluster.create("copied")
    there = here.json("db", "copy", str(here.store), server)[0]
    assert there["verified"] and there["evidence"] == 1 and not there["left_out"]
    back = here.folder / "back.db"
    here.ok("db", "copy", server, str(back))
    assert rows(back) == rows(here.store)
    folders = (here.folder / "ap.db.attachments", here.folder / "back.db.attachments")
    names, again = ({file.name: file.read_bytes() for file in each.iterdir()} for each in folders)
    assert names == again and len(names) == 1
    assert back.stat().st_mode & 0o777 == 0o600


def test_what_follows_on_the_server_goes_on_where_the_file_ended(
    here: Program, cluster: Cluster
) -> None:
    here.ok(*SECOND)
    here.ok("undo", "--yes")
    server = cluster.create("copied")
    here.ok("db", "copy", str(here.store), server)
    there = ServerProgram(here.folder, server=server)
    assert there.ok(*SECOND).out == here.ok(*SECOND).out == "P-0003\n"
    assert there.ok("db", "verify").out == here.ok("db", "verify").out
    assert there("log", "--json").data[-1]["subject"] == "P-0003"


@pytest.mark.parametrize("what", ("records", "something else"))
def test_a_server_that_holds_anything_is_refused(
    here: Program, cluster: Cluster, what: str
) -> None:
    server = cluster.create("holding")
    if what == "records":
        ServerProgram(here.folder, server=server).ok(*SECOND)
    else:
        cluster.sql("CREATE TABLE payroll (id INTEGER)", "holding")
    before = cluster.sql("SELECT relname FROM pg_class ORDER BY 1", "holding")
    found = here("db", "copy", str(here.store), server)
    assert found.code in (2, 5) and (
        "records already" in found.err or "something else" in found.err
    )
    assert cluster.sql("SELECT relname FROM pg_class ORDER BY 1", "holding") == before


def test_an_empty_store_on_a_server_is_filled(here: Program, cluster: Cluster) -> None:
    server = cluster.create("begun")
    ServerProgram(here.folder, server=server).ok("pupil", "list")
    here.ok("db", "copy", str(here.store), server)
    assert cluster.sql("SELECT count(*) FROM pupil", "begun") == [(1,)]


def test_a_file_that_is_there_is_left_alone(here: Program, cluster: Cluster) -> None:
    server = cluster.create("copied")
    here.ok("db", "copy", str(here.store), server)
    before = here.store.read_bytes()
    found = here("db", "copy", server, str(here.store))
    assert found.code == 2 and "is there already" in found.err
    assert here.store.read_bytes() == before
    assert "there is no store" in here("db", "copy", "nowhere.db", server).err


def test_two_files_are_not_copied_this_way(here: Program) -> None:
    found = here("db", "copy", str(here.store), str(here.folder / "other.db"))
    assert found.code == 2 and "ap db backup FILE" in found.err


def test_a_row_that_a_server_cannot_keep_is_named_and_nothing_is_kept(
    here: Program, cluster: Cluster
) -> None:
    with closing(sqlite3.connect(here.store)) as store, store:
        store.execute("PRAGMA ignore_check_constraints = 1")
        store.execute("UPDATE week SET weekly_minutes = 'many'")
    server = cluster.create("copied")
    found = here("db", "copy", str(here.store), server)
    assert found.code == 5 and "number 1 of week" in found.err and "many" not in found.err
    assert cluster.sql("SELECT count(*) FROM pupil", "copied") == [(0,)]


@pytest.mark.parametrize("damage", ("'x'", "'2026-02-30'", "CAST(x'ff' AS TEXT)", "'a' || char(0)"))
def test_a_damaged_value_is_not_copied_as_another(
    here: Program, cluster: Cluster, damage: str
) -> None:
    column = "name" if "(" in damage else "born"
    with closing(sqlite3.connect(here.store)) as store, store:
        store.execute(f"UPDATE pupil SET {column} = {damage}")
    found = here("db", "copy", str(here.store), cluster.create("copied"))
    assert found.code == 5 and "pupil holds a value that a server cannot keep" in found.err
    assert cluster.sql("SELECT count(*) FROM pupil", "copied") == [(0,)]


@pytest.mark.parametrize("after", (0.3, 0.5, 0.8))
def test_who_is_killed_while_copying_leaves_one_good_store(
    here: Program, cluster: Cluster, after: float
) -> None:
    server = cluster.create("copied")
    before = rows(here.store)
    command = [*AP, "db", "copy", str(here.store), server]
    copying = subprocess.Popen(command, env=here.environment, stderr=subprocess.DEVNULL)
    time.sleep(after)
    copying.send_signal(signal.SIGKILL)
    copying.wait()
    assert rows(here.store) == before
    there = ServerProgram(here.folder, server=server)
    if there.json("pupil", "list"):
        assert there("db", "verify").out == here("db", "verify").out
    else:
        here.ok("db", "copy", str(here.store), server)


@pytest.mark.parametrize("example", EXAMPLES["db copy"])
def test_an_example_works_with_a_server_that_is_there(
    here: Program, cluster: Cluster, example: str
) -> None:
    server = cluster.create("copied")
    if example.split()[3].startswith("postgresql:"):
        here.ok("db", "copy", str(here.store), server)
    words = [re.sub("postgresql://db.example.org/ap", server, word) for word in example.split()[1:]]
    assert here.ok(*words).out
