"""The chain of the log: what is altered, removed, swapped or added shows, with its change."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ap_cli.store import chain, verifying, writing
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.connection import connect
from ap_cli.store.opening import Store, open_store
from ap_cli.store.queries import chain as stored
from ap_cli.store.queries.chain import GUARDED, guard, unguard
from ap_cli.store.seals import Seal, read_seal
from ap_cli.store.verifying import Report, verify

from ..conftest import AP, Program
from .edited import copied_for_an_editor

AUTHOR = Author("tester", date(2026, 3, 2))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with changes of every sort: added, edited, recorded, imported, amended, undone."""
    ap = Program(tmp_path_factory.mktemp("chained"))
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered",
          "--address", "1 Example Lane, Testford")  # fmt: skip
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27")
    ap.ok("placement", "new", "--pupil", "P-0001", "--provider", "PR-0001", "--route",
          "off-site-direction", "--starts", "2026-01-06", "--ends", "2026-12-18", "--hours", "19",
          "--nature", "animal care")  # fmt: skip
    ap.ok("record", "contact", "PL-0001", "--by", "T. Sample", "--note", "They called")
    ap.ok("record", "withdraw", "E-0001", "--reason", "It was another day")
    ap.ok("pupil", "edit", "P-0001", "--looked-after", "2026-01-12")
    ap.ok("undo")
    ap.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    ap.ok("attendance", "record", "PL-0001", "2026-02-24", "pm", "B")
    ap.ok("attendance", "amend", "PL-0001", "2026-02-24", "pm", "I", "--reason", "They went home")
    ap.ok("pupil", "edit", "P-0001", "--home-school", "Elm Academy")
    return ap.store


@pytest.fixture
def store(kept: Path) -> Iterator[Store]:
    """A copy of that store in memory, to do with what an editor of its file could do."""
    with copied_for_an_editor(kept) as copy:
        yield copy


def after(store: Store, statement: str, *values: Any, seal: Seal | None = None) -> Report:
    """What verifying finds after a statement, which is then taken back."""
    store.connection.execute("BEGIN")
    try:
        store.connection.execute(statement, values)
        return verify(store, seal)
    finally:
        store.connection.execute("ROLLBACK")


def cells(store: Store, table: str) -> Iterator[tuple[int, str, Any]]:
    """Every value of a table: the number of its row, its column, and what it is."""
    rows = store.connection.execute(f"SELECT * FROM {table} ORDER BY id")
    names = [column[0] for column in rows.description]
    for row in rows.fetchall():
        for name, value in zip(names, row, strict=True):
            yield row[0], name, value


def units(store: Store) -> dict[int, int]:
    """The change of each entry of the log."""
    return dict(store.rows("SELECT id, unit FROM audit ORDER BY id"))


def test_what_was_written_verifies(store: Store) -> None:
    found = verify(store)
    assert found.problem is None and found.bad is None
    assert found.changes == found.last.unit == len(set(units(store).values())) == 11


def another(value: Any) -> Any:
    """A value that is not this one and looks much like it."""
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    if isinstance(value, int):
        return value + 1000
    return "x" if value is None else value[:-1] + ("y" if value.endswith("x") else "x")


def test_each_value_of_the_log_that_was_altered_is_found_in_its_change(store: Store) -> None:
    of = units(store)
    for number, column, value in list(cells(store, "audit")):
        for new in (another(value), None, b"x", "", 0.5):
            if new is None and value is None:
                continue
            try:
                found = after(store, f"UPDATE audit SET {column} = ? WHERE id = ?", new, number)
            except sqlite3.IntegrityError:
                continue  # the table itself refuses it
            if column == "unit" and found.problem and found.bad != of[number]:
                assert found.bad == 0 and "belongs to no change" in found.problem
                continue
            assert found.bad == of[number], (number, column, value, new, found)
            assert found.problem and found.problem.startswith(f"Change {of[number]} ")


def test_a_value_that_was_altered_is_named_with_its_record(store: Store) -> None:
    found = after(store, "UPDATE audit SET new = replace(new, 'Elm', 'Oak') WHERE unit = 11")
    assert found.problem == (
        "Change 11 is not as it was written: its values or reason for P-0001 were altered."
    )
    found = after(store, "UPDATE audit SET who = 'another' WHERE unit = 4")
    assert found.problem == (
        "Change 4 is not as it was written: who, when or what was altered, "
        "or an entry was added or removed."
    )


def test_each_entry_that_was_removed_is_found_in_its_change(store: Store) -> None:
    for number, unit in units(store).items():
        found = after(store, "DELETE FROM audit WHERE id = ?", number)
        assert found.bad == unit and found.problem, found


@pytest.mark.parametrize("unit", [1, 5, 10])
def test_a_change_that_was_removed_with_its_link_is_named(store: Store, unit: int) -> None:
    store.connection.executescript(
        f"DELETE FROM proof WHERE id IN (SELECT id FROM audit WHERE unit = {unit});"
        f"DELETE FROM audit WHERE unit = {unit}; DELETE FROM chain WHERE id = {unit}"
    )
    assert verify(store).problem == f"Change {unit} was removed from the log."
    assert verify(store).bad == unit


def test_each_entry_that_was_swapped_with_the_next_is_found(store: Store) -> None:
    of = units(store)
    numbers = sorted(of)
    for one, other in pairwise(numbers):
        store.connection.execute("BEGIN")
        store.connection.execute("UPDATE audit SET id = -1 WHERE id = ?", (one,))
        store.connection.execute("UPDATE audit SET id = ? WHERE id = ?", (one, other))
        found = after_swap(store, other)
        store.connection.execute("ROLLBACK")
        assert found.bad == min(of[one], of[other]), found


def after_swap(store: Store, number: int) -> Report:
    store.connection.execute("UPDATE audit SET id = ? WHERE id = -1", (number,))
    return verify(store)


def test_the_values_of_two_entries_that_were_exchanged_are_found(store: Store) -> None:
    of = units(store)
    numbers = sorted(of)
    exchange = (
        "UPDATE audit SET new = (SELECT b.new FROM audit b"
        " WHERE b.id = CASE audit.id WHEN {0} THEN {1} ELSE {0} END) WHERE id IN ({0}, {1})"
    )
    new = dict(store.rows("SELECT id, new FROM audit"))
    for one, other in pairwise(numbers):
        found = after(store, exchange.format(one, other))
        expected = None if new[one] == new[other] else min(of[one], of[other])
        assert found.bad == expected, found


@pytest.mark.parametrize("unit", ["3", "11", "12", "NULL", "-5", "0", "5.5", "'later'"])
def test_an_entry_that_ap_did_not_write_is_found(store: Store, unit: str) -> None:
    found = after(
        store,
        "INSERT INTO audit (at, who, what, subject, unit, place, row, old, new)"
        f" SELECT at, who, what, subject, {unit}, place, row, old, new FROM audit WHERE id = 3",
    )
    expected = int(unit) if unit.lstrip("-").isdecimal() else 0
    assert found.problem and found.bad == expected, found


def test_each_value_of_the_chain_that_was_altered_is_found(store: Store) -> None:
    of = units(store)
    for table in ("chain", "proof"):
        for number, column, value in list(cells(store, table)):
            unit = number if table == "chain" else of[number]
            for new in (another(value), None, b"x", "", 0.5):
                if value is None and new is None:
                    continue
                try:
                    found = after(
                        store, f"UPDATE {table} SET {column} = ? WHERE id = ?", new, number
                    )
                except sqlite3.IntegrityError:
                    continue
                assert found.bad == unit, (table, number, column, value, new, found)


def test_each_link_and_proof_that_was_removed_is_found(store: Store) -> None:
    for number, unit in units(store).items():
        assert after(store, "DELETE FROM proof WHERE id = ?", number).bad == unit
        assert after(store, "DELETE FROM chain WHERE id = ?", unit).bad == unit


def test_a_link_and_a_proof_of_nothing_are_found(store: Store) -> None:
    found = after(store, "INSERT INTO chain (id, marks, head) VALUES (12, 3, 'x')")
    assert found.problem == "Change 12 was removed from the log."
    found = after(store, "INSERT INTO proof (id, digest) VALUES (77, x'00')")
    assert found.problem == "The chain was added to, but not by ap."


def test_each_mark_that_was_altered_removed_or_added_is_found(store: Store) -> None:
    brought = {1: 8, 2: 9, 3: 10}
    for number, column, value in list(cells(store, "mark")):
        if column in ("pupil", "current"):  # a merge and an amendment change those, with an entry
            continue
        found = after(store, f"UPDATE mark SET {column} = ? WHERE id = ?", another(value), number)
        assert found.bad == brought[number], (number, column, found)
    for number, unit in brought.items():
        assert after(store, "DELETE FROM mark WHERE id = ?", number).problem == (
            f"Marks of attendance that change {unit} brought were altered, added or "
            "removed, but not by ap."
        )
    found = after(
        store,
        "INSERT INTO mark (placement, pupil, day, half, code, who, at, current, unit)"
        " VALUES (1, 1, '2026-02-25', 0, 'B', 'x', 'x', TRUE, 11)",
    )
    assert found.problem == (
        "Marks of attendance were added that no change of the log brought: ap did not write them."
    )


@given(st.data())
def test_any_value_but_the_one_that_was_written_is_found(kept: Path, data: st.DataObject) -> None:
    with open_store(Address(kept)) as opened, opened.suppose() as copy:
        unguard(copy.connection)
        number, column, value = data.draw(st.sampled_from(list(cells(copy, "audit"))))
        new = data.draw(
            st.none()
            | st.integers(-(2**63), 2**63 - 1)
            | st.floats(allow_nan=False)
            | st.binary()
            | st.text(st.characters(exclude_categories=["Cs"]))
        )
        unit = units(copy)[number]
        try:
            copy.connection.execute(f"UPDATE audit SET {column} = ? WHERE id = ?", (new, number))
        except sqlite3.IntegrityError:
            return
        key = new if column == "id" else number
        (now,) = copy.row(f"SELECT {column} FROM audit WHERE id = :id", id=key)
        found = verify(copy).bad
        if type(now) is type(value) and now == value:
            assert found is None
        elif column == "unit":
            assert found is not None and found <= unit
        else:
            assert found == unit


def test_text_that_is_no_text_is_found_and_not_a_traceback(store: Store) -> None:
    found = after(store, "UPDATE audit SET who = CAST(x'ff' AS TEXT) WHERE unit = 6")
    assert found.bad == 6


def cut(store: Store, last: int) -> None:
    """Cut the log off after a change, as somebody who knows the tables would."""
    (marks,) = store.row("SELECT marks FROM chain WHERE id = :last", last=last)
    store.connection.executescript(
        f"DELETE FROM mark WHERE id > {marks};"
        f"DELETE FROM proof WHERE id IN (SELECT id FROM audit WHERE unit > {last});"
        f"DELETE FROM audit WHERE unit > {last}; DELETE FROM chain WHERE id > {last}"
    )


@pytest.mark.parametrize("last", [0, 1, 7, 9, 10])
def test_a_tail_that_was_cut_off_shows_only_against_a_seal(store: Store, last: int) -> None:
    seal = verify(store).seal
    assert seal and seal.unit == 11 and verify(store, seal).sealed
    cut(store, last) if last else store.connection.executescript(
        "DELETE FROM mark; DELETE FROM proof; DELETE FROM audit; DELETE FROM chain"
    )
    assert verify(store).problem is None
    found = verify(store, seal)
    assert found.bad == last + 1 and found.problem and "was cut off" in found.problem


def test_a_seal_fits_the_store_after_more_was_written(store: Store) -> None:
    seal = verify(store).seal
    cut(store, 10)
    earlier = verify(store).seal
    assert earlier and earlier != seal
    written = Store(store.connection, store.address)
    with writing.change(written, AUTHOR, "edit pupil") as unit:
        unit.note("P-0001", "pupil", 1, {}, {"name": "Another Pupil"})
    assert verify(store, earlier).sealed and verify(store, earlier).changes == 11
    found = verify(store, seal)
    assert found.bad == 11 and found.problem and found.problem.startswith("The seal does not fit:")


@pytest.mark.parametrize(
    "typed",
    [
        "{}",
        "  {}\n",
        "Monday 2 March 2026, ap until change 11: {}",
    ],
)
def test_a_seal_is_read_however_it_was_pasted(store: Store, typed: str) -> None:
    seal = verify(store).seal
    assert read_seal(typed.format(seal)) == seal
    assert read_seal(typed.format(str(seal).upper())) == seal
    assert read_seal(typed.format(str(seal).replace("-", " "))) == seal
    assert read_seal(typed.format(str(seal).replace("-", ""))) == seal
    assert read_seal(typed.format(str(seal).replace("0", "O").replace("1", "l"))) == seal


@given(st.integers(0, 10**9), st.text("0123456789abcdef", min_size=16, max_size=16), st.data())
def test_a_seal_with_one_wrong_digit_is_mistyped(unit: int, digits: str, data: Any) -> None:
    text = str(Seal(unit, digits))
    assert read_seal(text) == Seal(unit, digits)
    place = data.draw(st.sampled_from([at for at, char in enumerate(text) if char != "-"]))
    right = int(text[place], 16)
    wrong = f"{(right + data.draw(st.integers(1, 15))) % 16:x}"
    with pytest.raises(Exception, match="--seal: that"):
        read_seal(text[:place] + wrong + text[place + 1 :])


def test_values_can_be_erased_and_the_chain_stays_whole(store: Store) -> None:
    """An erasure is a change of its own, whose entries name those that they erased."""
    written = Store(store.connection, store.address)
    with writing.change(written, AUTHOR, "erase P-0001") as unit:
        unit.note("P-0001", "audit", 5, {}, {})
    erase = "UPDATE audit SET old = '{}', new = '{}', reason = NULL WHERE id = 5"
    assert after(store, erase).bad == units(store)[5], "the salt is still there"
    store.connection.execute("UPDATE proof SET salt = NULL WHERE id = 5")
    assert verify(store).bad == units(store)[5], "the values are still there"
    store.connection.execute(erase)
    assert verify(store).problem is None and verify(store).erased == 1
    store.connection.executescript(
        "UPDATE audit SET old = '{}', new = '{}', reason = NULL WHERE id = 3;"
        "UPDATE proof SET salt = NULL WHERE id = 3"
    )
    assert verify(store).bad == units(store)[3], "no change says that this one was erased"


def test_the_log_refuses_to_be_changed_by_accident(placed: Program) -> None:
    store = connect(placed.store)
    store.execute("INSERT INTO seen (at, who, what, subject) VALUES ('x', 'x', 'x', 'x')")
    for table in GUARDED:
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="the log of a store is never changed"):
                store.execute(statement)
    unguard(store)
    store.execute("UPDATE audit SET id = id")
    guard(store)
    with pytest.raises(sqlite3.IntegrityError):
        store.execute("UPDATE audit SET id = id")


def test_a_change_that_writes_nothing_has_no_link(placed: Program) -> None:
    with placed.opened() as store:
        before = chain.last_link(store.connection)
        with writing.change(store, AUTHOR, "nothing"):
            pass
        assert chain.last_link(store.connection) == before


def test_a_copy_is_not_chained(placed: Program) -> None:
    with placed.opened() as store, store.suppose() as copy:
        with writing.change(copy, AUTHOR, "suppose") as unit:
            unit.note("P-0001", "pupil", 1, {}, {"name": "X"})
        assert verify(store).problem is None
        assert chain.last_link(copy.connection) == chain.last_link(store.connection)


def test_processes_that_write_at_once_keep_one_chain(placed: Program) -> None:
    processes = [
        subprocess.Popen(
            [*AP, "record", "contact", "PL-0001", "--said", f"They called, {number}"],
            env=placed.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for number in range(3)
    ]
    kept = sum(process.wait(60) == 0 for process in processes)
    assert kept >= 2
    with placed.opened() as store:
        found = verify(store)
        assert found.problem is None and found.changes == 3 + kept


@pytest.mark.plain_store("begins with a store of an earlier ap")
def test_an_earlier_store_is_chained_when_it_is_upgraded(ap: Program) -> None:
    data = Path(__file__).parents[1] / "data" / "store-0004.sql"
    sqlite3.connect(ap.store).executescript(data.read_text("utf-8"))
    ap.ok("db", "upgrade")
    with ap.opened() as store:
        (last,) = store.row("SELECT max(unit) FROM audit")
        found = verify(store)
        assert found.problem is None and found.upgraded_until == found.last.unit == last
        assert store.row("SELECT count(*) FROM mark")[0] == found.last.marks > 0
    ap.ok("record", "contact", "PL-0001", "--said", "They called")
    with ap.opened() as store:
        assert verify(store).changes == found.changes + 1
        assert verify(store).upgraded_until == last
        unguard(store.connection)
        assert after(store, "UPDATE mark SET code = 'I' WHERE id = 1").problem


@pytest.mark.plain_store("begins with a store of an earlier ap")
def test_the_changes_before_they_were_numbered_are_chained_together(ap: Program) -> None:
    data = Path(__file__).parents[1] / "data" / "store-0001.sql"
    sqlite3.connect(ap.store).executescript(data.read_text("utf-8"))
    ap.ok("db", "upgrade")
    with ap.opened() as store:
        found = verify(store)
        assert (found.problem, found.changes, found.upgraded_until) == (None, 1, 0)
        unguard(store.connection)
        found = after(store, "UPDATE audit SET unit = 0 WHERE id = 3")
        assert found.bad == 0 and found.problem


@pytest.mark.plain_store("begins with a store of an earlier ap")
def test_damage_from_before_the_upgrade_is_chained_as_it_is(ap: Program) -> None:
    data = Path(__file__).parents[1] / "data" / "store-0004.sql"
    before = sqlite3.connect(ap.store)
    before.executescript(data.read_text("utf-8"))
    before.executescript(
        "UPDATE audit SET who = CAST(x'ff' AS TEXT) WHERE id = 1;"
        "UPDATE audit SET subject = x'00ff' WHERE id = 2; UPDATE audit SET unit = 0.5 WHERE id = 3"
    )
    before.close()
    ap.ok("db", "upgrade")
    with ap.opened() as store:
        found = verify(store)
        assert found.problem == "Entry 3 of the log belongs to no change: ap did not write it."


def test_two_stores_do_not_share_a_seal(kept: Path, placed: Program, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(kept, other)
    with open_store(Address(other)) as store, placed.opened() as mine:
        seal = verify(mine).seal
        assert seal and seal.unit == 3
        found = verify(store, seal)
        assert found.bad == 3 and found.problem and "of another store" in found.problem


def test_others_can_write_while_the_log_is_verified(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "copy.db"
    shutil.copy(kept, path)
    links_after, written = stored.links_after, []

    def write_first(connection: sqlite3.Connection, unit: int, most: int) -> Any:
        if len(written) < 5:
            with (
                open_store(Address(path)) as other,
                writing.change(other, AUTHOR, "edit pupil") as change,
            ):
                change.note("P-0001", "pupil", 1, {}, {"name": "Another Pupil"})
            written.append(unit)
        return links_after(connection, unit, most)

    monkeypatch.setattr(verifying, "LINKS_AT_ONCE", 3)
    monkeypatch.setattr(stored, "links_after", write_first)
    with open_store(Address(path)) as store:
        found = verify(store)
    assert found.problem is None and found.changes == 16 and len(written) == 5


def test_a_write_that_fails_leaves_no_link(placed: Program) -> None:
    with placed.opened() as store:
        before = chain.last_link(store.connection)
        with pytest.raises(ValueError, match="stop"), writing.change(store, AUTHOR, "x") as unit:
            unit.note("P-0001", "pupil", 1, {}, {"name": "Another Pupil"})
            raise ValueError("stop")
        assert chain.last_link(store.connection) == before
        assert verify(store).problem is None


@pytest.mark.parametrize("number", [999, 1000, 1001])
def test_marks_imported_at_once_have_one_digest_whose_pieces_all_count(
    store: Store, number: int
) -> None:
    written = Store(store.connection, store.address)
    with writing.change(written, AUTHOR, "import attendance") as unit:
        unit.note("PL-0001", "mark", None, {}, {"marks": number})
        store.connection.executemany(
            "INSERT INTO mark (placement, pupil, day, half, code, who, at, current, unit)"
            " VALUES (1, 1, ?, 0, 'B', 'tester', 'now', TRUE, 12)",
            [(f"{2000 + each // 300}-{each % 300}",) for each in range(number)],
        )
    assert verify(store).problem is None and verify(store).last.marks == 3 + number
    for each in {1, 997, 998, 999, 1000, 1001} & set(range(1, number + 1)):
        found = after(store, "UPDATE mark SET code = 'I' WHERE id = ?", 3 + each)
        assert found.bad == 12 and found.problem and "Marks of attendance" in found.problem
