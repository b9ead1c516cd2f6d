"""What something else did to the log stays found, whatever ap writes afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ap_cli.domain.attendance import Mark
from ap_cli.errors import StoreProblem
from ap_cli.store import writing
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.opening import Store, open_store
from ap_cli.store.queries import attendance
from ap_cli.store.queries.chain import last_mark, unguard
from ap_cli.store.queries.numbers import LARGEST
from ap_cli.store.verifying import verify

from ..benchmarks import large
from ..conftest import Program

AUTHOR = Author("tester", date(2026, 3, 2))
WITHOUT_MARKS, ONE_MARK, MANY_MARKS = "without marks", "one mark", "many marks"
CHANGES = st.lists(st.sampled_from([WITHOUT_MARKS, ONE_MARK, MANY_MARKS]), min_size=1, max_size=4)
NUMBERS = st.sampled_from([-LARGEST, -1, 0, 1, 3, 4, 5, 6, 7, 40, LARGEST - 1, LARGEST])
"""Numbers of rows and changes: of past ones, the newest, the next, later ones, and none."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, _placed_once: Callable[[], Path]) -> Path:
    """A store of five changes, of which the last two brought marks."""
    ap = Program(tmp_path_factory.mktemp("later"))
    ap.store.write_bytes(_placed_once().read_bytes())
    ap.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    ap.ok("attendance", "record", "PL-0001", "2026-02-24", "pm", "B")
    return ap.store


def write(store: Store, changes: list[str]) -> None:
    """Make ordinary changes, one after the other."""
    for number, sort in enumerate(changes):
        day = date(2026, 4, 1 + number)
        with writing.change(store, AUTHOR, "edit pupil") as unit:
            if sort == ONE_MARK:
                writing.add_mark(unit, 1, 1, Mark(day, 0, "B"))
            elif sort == MANY_MARKS:
                marks = ((1, 1, Mark(day, half, "B")) for half in (0, 1))
                attendance.insert(
                    store, marks, unit.next_ids("mark"), unit.who, unit.at, unit.number
                )
            unit.note("P-0001", "pupil", 1, {}, {"name": f"Another Pupil {number}"})


INSERTED = {
    "audit": (
        "INSERT INTO audit (id, unit, at, who, what, subject, place, row, old, new)"
        " SELECT :id, :unit, at, who, what, subject, place, row, old, new FROM audit WHERE id = 2"
    ),
    "mark": (
        "INSERT INTO mark (id, unit, placement, pupil, day, half, code, who, at, current)"
        " VALUES (:id, :unit, 1, 1, '2026-02-27', 0, 'B', 'x', 'x', TRUE)"
    ),
    "chain": "INSERT INTO chain (id, marks, head) SELECT :unit, :id, head FROM chain WHERE id = 5",
    "proof": "INSERT INTO proof (id, digest, salt) SELECT :id, digest, salt FROM proof WHERE id = 2",
}
"""How rows come into the tables without ap."""

ALTERED = (
    "UPDATE audit SET who = 'another' WHERE unit = 2",
    "UPDATE audit SET new = '{}' WHERE unit = 5",
    "UPDATE mark SET code = 'I' WHERE id = 2",
    "UPDATE chain SET head = 'x' WHERE id = 5",
    "DELETE FROM mark WHERE id = 1",
    "DELETE FROM mark WHERE id = 2",
    "DELETE FROM mark",
    "DELETE FROM audit WHERE unit = 5",
    "DELETE FROM audit WHERE unit = 1",
    "DELETE FROM chain WHERE id = 5",
    "DELETE FROM proof WHERE id = 1",
)


def tamper_and_write(
    kept: Path, statement: str, values: dict[str, Any], changes: list[str]
) -> None:
    """Do something to a copy of the store, then make changes: it is found, before and after."""
    with open_store(Address(kept)) as opened, opened.suppose(foreign_keys=False) as copy:
        store = Store(copy.connection, copy.address)
        seal = verify(store).seal
        assert seal and verify(store, seal).sealed
        unguard(store.connection)
        try:
            store.connection.execute(statement, values)
        except sqlite3.IntegrityError:
            return  # a row has that number already
        assert verify(store).problem
        try:
            write(store, changes)
        except StoreProblem as refused:
            assert {LARGEST - 1, LARGEST} & {*values.values()} and "impossible number" in str(
                refused
            )
        found = verify(store)
        assert found.problem and found.bad is not None, (statement, values, changes)
        sealed = verify(store, seal)
        assert sealed.problem and not sealed.sealed


@given(st.sampled_from(sorted(INSERTED)), NUMBERS, NUMBERS | st.none(), CHANGES)
def test_a_row_that_was_inserted_without_ap_stays_found_and_no_seal_fits(
    kept: Path, table: str, id: int, unit: int | None, changes: list[str]
) -> None:
    if unit is None and table in ("mark", "chain"):
        unit = 0
    tamper_and_write(kept, INSERTED[table], {"id": id, "unit": unit}, changes)


@given(st.sampled_from(ALTERED), CHANGES)
def test_what_was_altered_or_removed_stays_found_and_no_seal_fits(
    kept: Path, statement: str, changes: list[str]
) -> None:
    tamper_and_write(kept, statement, {}, changes)


@given(CHANGES, CHANGES)
def test_what_ap_alone_wrote_verifies_and_the_seal_fits(
    kept: Path, changes: list[str], more: list[str]
) -> None:
    with open_store(Address(kept)) as opened, opened.suppose() as copy:
        store = Store(copy.connection, copy.address)
        write(store, changes)
        seal = verify(store).seal
        write(store, [WITHOUT_MARKS])
        found = verify(store, seal)
        assert (found.problem, found.sealed, found.changes) == (None, True, 6 + len(changes))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            [WITHOUT_MARKS],
            "Marks of attendance were added that no change of the log brought: "
            "ap did not write them.",
        ),
        ([ONE_MARK], "Marks of attendance were added before change 6, but not by ap."),
        ([WITHOUT_MARKS, MANY_MARKS, ONE_MARK],
         "Marks of attendance were added before change 7, but not by ap."),
    ],
)  # fmt: skip
def test_it_is_said_where_a_mark_was_added(kept: Path, changes: list[str], problem: str) -> None:
    with open_store(Address(kept)) as opened, opened.suppose() as copy:
        store = Store(copy.connection, copy.address)
        store.connection.execute(INSERTED["mark"], {"id": 3, "unit": 5})
        write(store, changes)
        assert verify(store).problem == problem
        store.connection.execute("DELETE FROM mark WHERE id = 3")
        assert verify(store).problem is None, "it is as it was written"


@pytest.mark.parametrize("unit", ["later", 5.5, b"x"])
def test_a_number_of_a_change_that_is_none_stops_no_writing(kept: Path, unit: object) -> None:
    with open_store(Address(kept)) as opened, opened.suppose() as copy:
        store = Store(copy.connection, copy.address)
        store.connection.execute(INSERTED["audit"], {"id": 99, "unit": unit})
        write(store, [ONE_MARK])
        assert verify(store).problem == (
            "Entry 99 of the log belongs to no change: ap did not write it."
        )


def test_a_mark_that_was_inserted_stays_found_by_the_commands(placed: Program) -> None:
    seal = placed.ok("db", "seal").out.strip()
    with closing(sqlite3.connect(placed.store)) as editor, editor:
        editor.execute(INSERTED["mark"], {"id": 1, "unit": 3})
    assert placed("db", "verify").code == 6
    placed.ok("pupil", "edit", "P-0001", "--home-school", "Elm")
    placed.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    found = placed("db", "verify")
    assert found.code == 6 and "were added before change 5, but not by ap" in found.out
    assert placed("db", "verify", "--seal", seal).code == 6


def test_the_large_store_of_the_benchmarks_is_sound(tmp_path: Path) -> None:
    large.make(tmp_path / "large.db", 60, past=5)
    store = open_store(Address(tmp_path / "large.db"))
    report = verify(store)
    assert report.problem is None and report.last.marks == last_mark(store.connection)
