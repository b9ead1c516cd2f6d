"""Records compared with the log: what another program wrote to them is named, and ap is never accused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ap_cli.store.address import Address
from ap_cli.store.comparing import compare_records, list_differences
from ap_cli.store.connection import connect
from ap_cli.store.declared import TABLES
from ap_cli.store.opening import Store, open_store
from ap_cli.store.verifying import Report, verify

from ..conftest import COMPLETE, Program
from .edited import copied_for_an_editor

TERMS = "calendar,name,first,last\nTestshire,autumn 1 2026,2026-09-01,2026-10-20\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with changes of every sort, undone, merged and imported in bulk among them."""
    ap = Program(tmp_path_factory.mktemp("compared"))
    ap.ok("init", "--commissioner", "Testshire", "--kind", "local-authority")
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered",
          "--address", "1 Example Lane, Testford")  # fmt: skip
    ap.ok("provider", "add", "Hollow Oak", "--kind", "non-school", "--address", "2 Example Lane")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27")
    ap.ok("placement", "new", "--pupil", "P-0001", "--provider", "PR-0002", "--route",
          "off-site-direction", "--starts", "2026-01-06", "--ends", "2026-12-18", "--hours", "19",
          "--nature", "animal care")  # fmt: skip
    ap.ok("record", "review", "PL-0001", *COMPLETE)
    ap.ok("record", "contact", "PL-0001", "--by", "T. Sample", "--note", "They called")
    ap.ok("record", "withdraw", "E-0002", "--reason", "It was another day")
    ap.ok("provider", "merge", "PR-0002", "--into", "PR-0001", "--yes")
    ap.ok("pupil", "edit", "P-0001", "--looked-after", "2026-01-12")
    ap.ok("undo")
    (ap.folder / "marks.csv").write_text(
        "placement,date,session,code\nPL-0001,2026-02-23,AM,B\nPL-0001,2026-02-23,PM,B\n"
    )
    ap.ok("attendance", "import", "marks.csv")
    ap.ok("attendance", "amend", "PL-0001", "2026-02-23", "pm", "I", "--reason", "They went home")
    ap.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    ap.ok("undo")
    (ap.folder / "terms.csv").write_text(TERMS)
    ap.ok("terms", "import", "terms.csv")
    return ap.store


@pytest.fixture
def store(kept: Path) -> Iterator[Store]:
    """A copy of that store in memory, to do with what an editor of its file could do."""
    with copied_for_an_editor(kept) as copy:
        yield copy


def after(store: Store, statement: str, *values: Any) -> list[tuple[str, str]]:
    """What is found after a statement, which is then taken back."""
    store.connection.execute("BEGIN")
    try:
        store.connection.execute(statement, values)
        return [(one.called, one.what) for one in list_differences(store, None)]
    finally:
        store.connection.execute("ROLLBACK")


def test_what_ap_wrote_is_as_the_log_says(store: Store) -> None:
    found = compare_records(store, verify(store))
    assert (found.problem, found.differing) == (None, 0)


def test_what_the_demo_wrote_is_as_the_log_says(ap: Program) -> None:
    ap.ok("demo", "--db", "demo.db")
    with open_store(Address(ap.folder / "demo.db")) as store:
        assert list(list_differences(store, None)) == []


CALLED = {
    "commissioner": "C-0001",
    "pupil": "P-0001",
    "provider": "PR-0001",
    "placement": "PL-0001",
    "entry": "E-0001",
    "site": "a site of PR-0001",
    "week": "a week of PL-0001",
    "term": "a half term",
}


@pytest.mark.parametrize("table", CALLED)
def test_each_value_of_a_record_that_another_program_changed_is_found(
    store: Store, table: str
) -> None:
    (id,) = store.row(f"SELECT min(id) FROM {table}")
    for column in TABLES[table]:
        if column.follows:  # kept up to date from other rows, and no part of the log
            continue
        found = after(store, f'UPDATE {table} SET "{column.name}" = 77 WHERE id = ?', id)
        ((_, what),) = found
        assert what.startswith("something else than ap changed its "), (column.name, found)


@pytest.mark.parametrize(("table", "called"), CALLED.items())
def test_a_record_that_was_altered_removed_or_added_is_named(
    store: Store, table: str, called: str
) -> None:
    (id,) = store.row(f"SELECT min(id) FROM {table}")
    (first,) = [column.name for column in TABLES[table] if column.type is str and column.required][
        :1
    ] or [None]
    if first:
        assert after(store, f"UPDATE {table} SET {first} = 'x' WHERE id = ?", id)[0][0] == called
    assert after(store, f"DELETE FROM {table} WHERE id = ?", id) == [
        (called, "it was removed, but not by ap")
    ]
    names = ", ".join(f'"{column.name}"' for column in TABLES[table])
    others = (
        names.replace('"since"', "'2026-02-24'")
        .replace('"number"', "9")
        .replace('"first"', "'2026-09-02'")
    )
    copied = f"INSERT INTO {table} (id, {names}) SELECT 99, {others} FROM {table} WHERE id = ?"
    (added,) = after(store, copied, id)
    assert added[1] == "it was added, but not by ap"


def test_a_record_that_ap_removed_and_something_added_again_is_found(store: Store) -> None:
    again = "INSERT INTO provider (id, name, kind) VALUES (2, 'Hollow Oak', 'non-school')"
    assert after(store, again) == [("PR-0002", "it was added again, but not by ap")]


def test_a_mark_that_amends_another_is_compared_as_well(store: Store) -> None:
    (id,) = store.row("SELECT id FROM mark WHERE replaces IS NOT NULL")
    # a mark that was imported is in the log with all others of its change: the chain has them
    found = after(store, "UPDATE mark SET code = 'X' WHERE id = ?", id)
    assert found == [("a mark of PL-0001", "something else than ap changed its code")]
    assert after(store, "UPDATE mark SET current = NOT current WHERE id = ?", id) == []


def test_values_that_were_erased_from_the_log_accuse_nobody(store: Store) -> None:
    store.connection.execute("UPDATE pupil SET name = 'x'")
    assert len(list(list_differences(store, None))) == 1
    store.connection.execute("UPDATE audit SET old = '{}', new = '{}' WHERE place = 'pupil'")
    store.connection.execute(
        "UPDATE proof SET salt = NULL WHERE id IN (SELECT id FROM audit WHERE place = 'pupil')"
    )
    assert list(list_differences(store, None)) == []


def test_what_was_written_before_a_store_had_a_chain_is_not_compared(store: Store) -> None:
    (last,) = store.row("SELECT max(unit) FROM audit WHERE place = 'pupil'")
    store.connection.execute("UPDATE pupil SET name = 'Another Pupil'")
    store.connection.execute(
        "INSERT INTO pupil (id, name, born) VALUES (50, 'Of An Older Ap', '2010-01-01')"
    )
    assert len(list(list_differences(store, None))) == 2
    assert list(list_differences(store, last)) == []
    (added,) = store.row("SELECT min(unit) FROM audit WHERE place = 'pupil'")
    assert len(list(list_differences(store, added - 1))) == 1


def test_nothing_is_compared_with_a_log_that_was_altered(store: Store) -> None:
    store.connection.execute("UPDATE pupil SET name = 'Another Pupil'")
    altered = Report(bad=3, problem="Change 3 is not as it was written.")
    assert compare_records(store, altered) == altered


def test_verify_and_check_name_the_first_count_the_others_and_end_with_6(placed: Program) -> None:
    assert placed("db", "verify").code == 0
    with closing(connect(placed.store)) as store:
        store.execute("UPDATE pupil SET name = 'Another Pupil'")
        store.execute("UPDATE placement SET starts = '2026-01-07', nature = 'x'")
        store.execute("UPDATE provider SET name = 'x'")
    found = placed("db", "verify", "--json")
    assert found.code == 6 and found.data[0]["differing"] == 3 and found.data[0]["ok"] is False
    assert found.data[0]["problem"] == (
        "P-0001 is not as the log says, nor are 2 other records: "
        "something else than ap changed its name."
    )
    assert "Another" not in found.out + found.err and "ap log REFERENCE" in found.err
    checked = placed("db", "check", "--json")
    assert checked.code == 6 and "P-0001 is not as the log says" in checked.out
    assert placed("db", "seal").code == 0, "a seal is of the log, which is as it was written"
    placed.ok("pupil", "edit", "P-0001", "--name", "Test Pupil")
    placed.ok("placement", "edit", "PL-0001", "--starts", "2026-01-06", "--nature", "animal care")
    placed.ok("provider", "edit", "PR-0001", "--name", "Hollow Oak Farm")
    assert placed("db", "verify").code == 0, "what ap puts right the log has"


def test_a_text_that_is_not_utf_8_is_compared_and_no_traceback(placed: Program) -> None:
    with closing(connect(placed.store)) as store:
        store.execute("UPDATE pupil SET name = CAST(x'54ff' AS TEXT)")
    found = placed("db", "verify")
    assert found.code == 6 and found.out.startswith("P-0001 is not as the log says: ")
    placed.ok("pupil", "edit", "P-0001", "--name", "Test Pupil")
    assert placed("db", "verify").code == 0


def test_term_dates_that_cannot_be_read_leave_by_the_log(placed: Program) -> None:
    (placed.folder / "terms.csv").write_text(TERMS)
    placed.ok("terms", "import", "terms.csv")
    with closing(connect(placed.store)) as store:
        store.execute("UPDATE term SET first = '2026-02-31'")
    assert placed("db", "verify").code == 6
    placed.ok("terms", "import", "terms.csv")
    assert placed("db", "verify").code == 0
