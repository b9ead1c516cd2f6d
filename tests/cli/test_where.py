"""`ap where --all`: read as a stream, each child as if asked about alone."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import attrgetter

import pytest

from ap_cli.demo.making import make
from ap_cli.services import where
from ap_cli.store.address import Address
from ap_cli.store.connection import connect
from ap_cli.store.opening import Store, open_store

from ..conftest import Program

ON = date(2026, 3, 2)


@pytest.fixture
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    opened = open_store(Address(tmp_path_factory.mktemp("sample") / "ap.db"))
    make(opened, ON)
    return opened


def ask_each(store: Store, day: date, half: int) -> list[list[where.Whereabouts]]:
    """Where all children are, and the same asked about each of them alone."""
    found = where.of_all(store, day, half)
    grouped = [(ref, list(those)) for ref, those in groupby(found, key=attrgetter("pupil"))]
    assert grouped
    for ref, those in grouped:
        assert where.of_pupil(store, int(ref[2:]), day, half) == those
    return [those for _, those in grouped]


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("day", [date(2026, 2, 26), date(2026, 2, 28), ON, date(2026, 3, 3)])
def test_each_child_is_where_a_question_about_that_child_alone_says(
    sample: Store, day: date, half: int
) -> None:
    ask_each(sample, day, half)


def test_a_child_with_two_places_and_marks_is_the_same_in_both(sample: Store) -> None:
    marked_there, text = sample.row("SELECT placement, max(day) FROM mark WHERE half = 0")
    for table, column in (("placement", "id"), ("mark", "placement")):
        query = f"UPDATE {table} SET pupil = 1 WHERE {column} = ?"
        sample.connection.execute(query, (marked_there,))
    day = date.fromisoformat(text)
    marked = [
        one.told for those in ask_each(sample, day, 0) for one in those if "marked" in one.told
    ]
    assert marked


def test_a_child_whose_record_cannot_be_read_is_named_and_the_others_are_found(
    sample: Store,
) -> None:
    before = [those[0].pupil for those in ask_each(sample, ON, 0)]
    sample.connection.execute("PRAGMA ignore_check_constraints = ON")
    sample.connection.execute("UPDATE pupil SET born = 'never' WHERE id = 2")
    found = [one.pupil for one in where.of_all(sample, ON, 0)]
    assert "P-0002" in before
    assert list(dict.fromkeys(found)) == [ref for ref in before if ref != "P-0002"]
    assert any("P-0002" in str(problem) for problem in sample.left_out)


def test_nobody_who_can_be_told_is_not_nobody(placed: Program) -> None:
    on = "2025-12-01 10:00"
    assert "no child has a placement on that day" in placed.ok("where", "--all", "--at", on).out
    connection = connect(placed.store)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE site SET kind = 'x'")
    found = placed("where", "--all", "--at", "2026-01-06 10:00")
    assert "PR-0001 cannot be read" in found.err
    assert "nobody that can be told: some records cannot be read" in found.out
    assert "no child has" not in found.out
