"""Numbers are counted: none is given twice, and none is skipped."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.opening import open_store
from ap_cli.store.queries.chain import unguard
from ap_cli.store.queries.numbers import last_number
from ap_cli.store.schema import upgrade
from ap_cli.store.verifying import verify
from ap_cli.store.writing import change

from ..conftest import Program

ME = Author("A. Tester", date(2026, 3, 2))
SECOND = ("pupil", "add", "Second Pupil", "--born", "2010-06-27")
CLOSURE = {"calendar": "Elm", "name": "INSET", "day": date(2026, 3, 2)}


def test_a_number_stays_given_when_neither_row_nor_log_has_it_any_longer(placed: Program) -> None:
    assert placed.ok(*SECOND).out.startswith("P-0002")
    placed.ok("undo", "--yes")
    with placed.opened() as store:
        unguard(store.connection)
        store.rows("DELETE FROM audit WHERE subject = 'P-0002'")
    assert placed.ok(*SECOND).out.startswith("P-0003")


def test_a_change_that_is_not_kept_gives_no_number(placed: Program) -> None:
    with placed.opened() as store:
        before = last_number(store, "closure"), last_number(store, "unit")
        with pytest.raises(ZeroDivisionError), change(store, ME, "try") as unit:
            unit.insert("closure", CLOSURE)
            raise ZeroDivisionError
        assert (last_number(store, "closure"), last_number(store, "unit")) == before


def test_a_row_that_another_program_added_keeps_its_number(placed: Program) -> None:
    with closing(sqlite3.connect(placed.store)) as store, store:
        store.execute("INSERT INTO pupil (id, name, born) VALUES (7, 'Adam Example', '2010-06-27')")
    assert placed.ok(*SECOND).out.startswith("P-0008")


def test_marks_are_numbered_one_after_another(placed: Program) -> None:
    for day in ("2026-01-06", "2026-01-07"):
        for half in ("am", "pm"):
            placed.ok("attendance", "record", "PL-0001", day, half, "B")
    with placed.opened() as store:
        assert list(store.rows("SELECT id FROM mark ORDER BY id")) == [(1,), (2,), (3,), (4,)]
        assert last_number(store, "mark") == 4
        assert verify(store).problem is None


def test_an_upgrade_counts_what_was_given_before(tmp_path: Path) -> None:
    path = tmp_path / "ap.db"
    upgrade(path, "0016")
    born = "INSERT INTO pupil (id, name, born) VALUES (4, 'Adam Example', '2010-06-27')"
    removed = (
        "INSERT INTO audit (id, at, who, what, subject, old, new, place, row, unit) VALUES"
        " (9, '2026-01-05T09:00:00+00:00', 'A. Tester', 'delete', 'PR-0006', '{}', '{}',"
        " 'provider', 6, 5)"
    )
    dropped = (
        "INSERT INTO draft (id, form, answers, who, at) VALUES"
        " (3, 'pupil add', '{}', 'A. Tester', '2026-01-05T09:00:00+00:00')"
    )
    with closing(sqlite3.connect(path)) as store, store:
        for statement in (born, removed, dropped, "DELETE FROM draft"):
            store.execute(statement)
    upgrade(path)
    with open_store(Address(path)) as store:
        kinds = ("pupil", "provider", "unit", "audit", "draft", "placement")
        assert [last_number(store, kind) for kind in kinds] == [4, 6, 5, 9, 3, 0]
