"""`ap undo` without a terminal: another person's change is not taken back unasked."""

from __future__ import annotations

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
