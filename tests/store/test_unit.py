"""A unit of work: what it writes, what it audits, and that it is whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from ap_cli.errors import ApError, StoreProblem
from ap_cli.store import declared, tables
from ap_cli.store.author import Author
from ap_cli.store.opening import Store
from ap_cli.store.queries.rows import columns
from ap_cli.store.writing import change

from ..conftest import Program

ME = Author("A. Tester", date(2026, 3, 2))


@pytest.fixture
def store(placed: Program) -> Iterator[Store]:
    with placed.opened() as opened:
        yield opened


def audited(store: Store) -> list[tuple[Any, ...]]:
    """Subject, place, row, old and new of the newest unit."""
    rows = store.rows(
        "SELECT subject, place, row, old, new FROM audit"
        " WHERE unit = (SELECT max(unit) FROM audit) ORDER BY id"
    )
    return [(*known, json.loads(old), json.loads(new)) for *known, old, new in rows]


@pytest.mark.parametrize("table", tables.SQLModel.metadata.tables.values(), ids=str)
def test_what_is_written_has_the_columns_of_the_declared_tables(table: Any) -> None:
    kinds = {str: "TEXT", int: "INTEGER", bool: "BOOLEAN", date: "DATE", bytes: "BLOB"}
    written = {
        column.name: (kinds[column.type], not column.required)
        for column in declared.TABLES[str(table)]
    }
    assert written == {
        column.name: (str(column.type), column.nullable)
        for column in table.columns
        if column.name != "id"
    }
    follows = {column.name for column in declared.TABLES[str(table)] if column.follows}
    assert columns(str(table)) == tuple(
        column.name for column in table.columns if column.name not in follows
    )


def test_every_table_that_is_written_is_declared() -> None:
    assert set(declared.TABLES) == set(tables.SQLModel.metadata.tables)


def test_an_update_audits_only_what_differs(store: Store) -> None:
    with change(store, ME, "try") as unit:
        unit.update("pupil", 1, {"name": "Test Other", "born": date(2010, 6, 27)})
    assert audited(store) == [
        ("P-0001", "pupil", 1, {"name": "Test Pupil"}, {"name": "Test Other"})
    ]


def test_an_update_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    before = audited(store)
    with change(store, ME, "try") as unit:
        unit.update("pupil", 1, {"name": "Test Pupil"})
    assert audited(store) == before


def test_yes_and_no_are_audited_as_such_and_stored_as_numbers(store: Store) -> None:
    with change(store, ME, "try") as unit:
        unit.update("pupil", 1, {"on_roll_of_a_pru": True})
        unit.update("pupil", 1, {"on_roll_of_a_pru": True})
        unit.update("pupil", 1, {"on_roll_of_a_pru": False})
    assert [(old, new) for *_, old, new in audited(store)] == [
        ({"on_roll_of_a_pru": None}, {"on_roll_of_a_pru": True}),
        ({"on_roll_of_a_pru": True}, {"on_roll_of_a_pru": False}),
    ]
    assert store.row("SELECT on_roll_of_a_pru FROM pupil WHERE id = 1") == (0,)


def test_a_row_is_audited_whole_when_it_comes_and_when_it_goes(store: Store) -> None:
    with change(store, ME, "try") as unit:
        id = unit.insert("closure", {"calendar": "Elm", "name": "INSET", "day": date(2026, 3, 2)})
        unit.delete("closure", id)
    row = {"id": id, "calendar": "Elm", "name": "INSET", "day": "2026-03-02"}
    assert audited(store) == [
        ("closure", "closure", id, dict.fromkeys(row), row),
        ("closure", "closure", id, row, {}),
    ]


def test_a_number_is_not_used_again(store: Store) -> None:
    values = {"calendar": "Elm", "name": "INSET", "day": date(2026, 3, 2)}
    with change(store, ME, "try") as unit:
        first = unit.insert("closure", values)
        unit.delete("closure", first)
    with change(store, ME, "try again") as unit:
        assert unit.insert("closure", values) == first + 1


def test_a_column_that_a_table_lacks_is_refused(store: Store) -> None:
    with pytest.raises(KeyError, match="colour"), change(store, ME, "try") as unit:
        unit.update("pupil", 1, {"colour": "blue"})


def test_a_row_that_is_not_there_can_be_neither_read_nor_written(store: Store) -> None:
    with change(store, ME, "try") as unit:
        for write in (unit.get, unit.delete):
            with pytest.raises(LookupError, match="there is no pupil 99"):
                write("pupil", 99)
        with pytest.raises(LookupError):
            unit.update("pupil", 99, {"name": "Test Other"})


def test_what_the_database_refuses_undoes_the_whole_unit(store: Store) -> None:
    before = audited(store)
    with pytest.raises(StoreProblem), change(store, ME, "try") as unit:
        unit.update("pupil", 1, {"name": "Test Other"})
        unit.update("pupil", 1, {"name": ""})
    assert audited(store) == before and not store.connection.in_transaction
    assert store.row("SELECT name FROM pupil WHERE id = 1") == ("Test Pupil",)


def test_what_the_block_raises_undoes_the_whole_unit_and_another_can_follow(store: Store) -> None:
    with pytest.raises(ApError), change(store, ME, "try") as unit:
        unit.update("pupil", 1, {"name": "Test Other"})
        raise ApError("refused")
    with change(store, ME, "try again") as unit:
        assert unit.get("pupil", 1)["name"] == "Test Pupil"


def test_a_unit_is_numbered_and_signed(store: Store) -> None:
    with change(store, ME, "try", "because", undoes=1) as unit:
        unit.update("pupil", 1, {"name": "Test Other"})
    found = store.row("SELECT unit, who, asof, what, reason, undoes FROM audit ORDER BY id DESC")
    who = store.user or "A. Tester"  # a server signs with who is logged in
    assert found == (unit.number, who, "2026-03-02", "try", "because", 1)
