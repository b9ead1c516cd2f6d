"""What an import remembers of its rows, in little memory."""

from __future__ import annotations

import tracemalloc
from datetime import date

import pytest

from ap_cli.domain.placement import Placement
from ap_cli.domain.pupil import Pupil
from ap_cli.forms.facts import Asked, Unknown
from ap_cli.services.import_told import PAGE, Told
from ap_cli.services.import_values import NEW, Earlier
from ap_cli.services.importing import Change, RowReport
from ap_cli.services.packed import AT_ONCE, Packed

MOST_BYTES_A_ROW = 60


def test_a_record_of_which_no_row_told_has_nothing_before_it() -> None:
    told = Told()
    told.remember(Pupil, 7, 2, {"name": "Test Pupil"})
    assert told.earlier(Pupil, 7) == Earlier(2, frozenset({"name"}))
    for noun, id in ((Pupil, 6), (Pupil, 8), (Placement, 7), (Pupil, 7 + PAGE)):
        assert told.earlier(noun, id) is None and not told.has(noun, id)


def test_the_last_row_counts_and_what_all_rows_answered() -> None:
    told = Told()
    told.remember(Pupil, PAGE, 2, {"name": "Test Pupil", "born": "2011-03-05"})
    told.remember(Pupil, PAGE, 5, {"name": "Test Pupil", "sen_support": "yes"})
    assert told.earlier(Pupil, PAGE) == Earlier(5, frozenset({"name", "born", "sen_support"}))
    assert told.first_row(Pupil, PAGE) == 2 and told.first_row(Pupil, PAGE + 1) is None


def test_a_row_without_answers_has_told_of_its_record() -> None:
    told = Told()
    told.remember(Pupil, 1, 2, {})
    assert told.earlier(Pupil, 1) == Earlier(2, frozenset())


@pytest.mark.parametrize("many", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE])
def test_packed_values_come_back_in_order_and_more_than_once(many: int) -> None:
    packed = Packed[int]()
    for value in range(many):
        packed.append(value)
    assert len(packed) == many
    assert list(packed) == list(packed) == list(range(many))


def test_a_row_that_changes_facts_comes_back_as_it_was() -> None:
    gap = Unknown("pupil.upn", Asked("tester", date(2026, 3, 2)))
    change = Change(Pupil, "P-0001", "changed", "Test Pupil", (("born", gap, date(2011, 3, 5)),))
    report = RowReport("", 2, "changed", ("P-0001",), (), (change,))
    packed = Packed[RowReport]()
    for _ in range(AT_ONCE):
        packed.append(report)
    assert next(iter(packed)) == report


def test_the_report_of_a_long_import_takes_little_memory() -> None:
    rows = 20 * AT_ONCE
    packed = Packed[RowReport]()
    tracemalloc.start()
    for number in range(rows):
        packed.append(RowReport("", number, NEW, (), (f"P-{number:04d}",)))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken / rows < MOST_BYTES_A_ROW
