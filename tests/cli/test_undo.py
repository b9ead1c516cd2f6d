"""`ap undo` without a terminal: another person's change is not taken back unasked."""

from __future__ import annotations

from datetime import UTC, datetime
from sqlite3 import connect

import pytest

from ap_cli.domain.days import words

from ..conftest import Program


def test_a_script_does_not_undo_the_change_of_another_person_without_yes(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--hours", "15", AP_USER="another")
    found = placed("undo", AP_USER="night")
    assert found.code == 2 and not found.out
    assert found.err.startswith("the last change is not yours: edit placement, PL-0001, by another")
    assert found.err.endswith("to undo it all the same, give --yes\n")
    assert placed.json("placement", "list")[0]["weekly_minutes"] == 15 * 60
    assert placed("undo", "--yes", "--json", AP_USER="night").data[0]["undone"]
    assert placed.json("placement", "list")[0]["weekly_minutes"] != 15 * 60


def test_a_script_undoes_its_own_change_and_looks_at_one_of_another(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--hours", "15", AP_USER="another")
    found = placed.ok("undo", "--dry-run", AP_USER="night")
    assert "would be undone" in found.out
    assert placed("undo", "--json", AP_USER="another").data[0]["undone"]


def test_it_says_what_is_taken_back_and_both_days_if_they_differ(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--hours", "15", AP_USER="another")
    today = words(datetime.now(UTC).date())
    said = placed.ok("undo", "--dry-run").out
    assert said == (
        f"would be undone: edit placement, PL-0001, by another on {today} (as on 2 March 2026): "
        "hours a week 19 → 15\n"
    )


def test_it_says_the_session_of_a_mark_and_no_inner_number(placed: Program) -> None:
    placed.ok("attendance", "record", "PL-0001", "2026-02-25", "pm", "B")
    placed.ok("attendance", "amend", "PL-0001", "2026-02-25", "pm", "M", "--reason", "the dentist")
    said = placed.ok("undo").out
    assert "half – → pm" in said and "placement – → PL-0001" in said and "code – → M" in said
    assert "unit" not in said and "current" not in said


def test_it_names_no_child_off_a_terminal(placed: Program) -> None:
    placed.ok("pupil", "edit", "P-0001", "--name", "Another Pupil")
    found = placed.ok("undo")
    assert "name (a name) → (a name)" in found.out and "Another Pupil" not in found.out + found.err
    assert "Test Pupil" not in found.out + found.err


@pytest.mark.parametrize("column", ("at", "asof"))
@pytest.mark.parametrize("value", ("'nonsense'", "'2026-02-30T09:00:00+00:00'", "X'ff'", "7"))
def test_a_change_whose_day_is_none_is_named_and_not_undone(
    placed: Program, column: str, value: str
) -> None:
    before = placed.ok("pupil", "show", "P-0001", "--json").out
    placed.ok("pupil", "edit", "P-0001", "--ebsa")
    after = placed.ok("pupil", "show", "P-0001", "--json").out
    assert before != after
    with connect(placed.store) as store:
        store.execute("DROP TRIGGER no_update_of_audit")
        store.execute(
            f"UPDATE audit SET {column} = {value} WHERE unit = (SELECT max(unit) FROM audit)"
        )
    for command in (("undo", "--dry-run"), ("undo", "--yes")):
        found = placed(*command)
        assert (found.code, found.out, found.err.count("\n")) == (5, "", 1), found
        assert "of the log cannot be read" in found.err
    assert placed.ok("pupil", "show", "P-0001", "--json").out == after


SHEET = "Name,Date of birth,Provider,Route,Start date,Hours a week\n"


def test_a_change_of_many_records_is_said_in_numbers(placed: Program) -> None:
    rows = [
        f"New Pupil {n},27/06/2011,Elm Works,off-site direction,02/03/2026,6\n" for n in range(3)
    ]
    known = "Test Pupil,27/06/2010,Hollow Oak Farm,off-site direction,06/01/2026,12\n"
    (placed.folder / "rows.csv").write_text(SHEET + known + "".join(rows), encoding="utf-8")
    placed.ok("provider", "add", "Elm Works", "--kind", "non-school")
    placed.ok("import", "rows.csv")
    said = placed.ok("undo", "--dry-run").out
    assert said.rstrip().endswith(": 3 pupils and 3 placements added; 1 placement changed")
    assert "New Pupil" not in said and "→" not in said and "P-0002" not in said
    placed.ok("undo", "--yes")
    assert len(placed.json("pupil", "list")) == 1


@pytest.mark.parametrize(("pupils", "is_counted"), [(2, False), (3, True)])
def test_a_change_of_five_records_is_said_record_by_record(
    placed: Program, pupils: int, is_counted: bool
) -> None:
    rows = [
        f"New Pupil {n},27/06/2011,Hollow Oak Farm,off-site direction,02/03/2026,6\n"
        for n in range(pupils)
    ]
    (placed.folder / "rows.csv").write_text(SHEET + "".join(rows), encoding="utf-8")
    placed.ok("import", "rows.csv")
    said = placed.ok("undo", "--dry-run").out
    assert (f"{pupils} pupils and {pupils} placements added" in said) is is_counted
