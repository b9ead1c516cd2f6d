"""`ap pupil erase`, `hold` and `release`: what is asked, refused and said."""

from __future__ import annotations

import pytest

from ..conftest import Program
from ..interview.terminal import Terminal

ENDED = ("placement", "end", "PL-0001", "--day", "2026-02-27", "--reason", "moved",
         "--destination", "home-school")  # fmt: skip
ERASE = ("pupil", "erase", "P-0001")


@pytest.fixture
def ended(placed: Program) -> Program:
    placed.ok(*ENDED)
    return placed


def test_without_yes_it_says_what_would_go_and_changes_nothing(ended: Program) -> None:
    before = ended.store.read_bytes()
    found = ended.ok(*ERASE)
    assert "P-0001 goes for good, with 1 placement" in found.out
    assert "Nothing was erased: give --yes, with --reason" in found.err
    assert ended.store.read_bytes() == before
    assert ended.json(*ERASE)[0]["erased"] is False


def test_a_script_has_to_say_why(ended: Program) -> None:
    found = ended(*ERASE, "--yes")
    assert found.code == 4 and "--reason" in found.err
    assert ended(*ERASE, "--reason", " ", "--yes").code == 2
    assert ended.ok(*ERASE, "--reason", "past the period", "--yes").out == "P-0001\n"


def test_a_placement_that_has_not_ended_is_ended_first(placed: Program) -> None:
    found = placed(*ERASE, "--reason", "x", "--yes")
    assert found.code == 2 and found.err.strip().endswith("ap placement end PL-0001`")
    assert placed(*ERASE).code == 2


def test_a_hold_refuses_until_it_is_released(ended: Program) -> None:
    made = ended.ok("pupil", "hold", "P-0001", "--reason", "an inquiry")
    assert made.out == "P-0001\n" and "on legal hold since 2 March 2026, by tester" in made.err
    found = ended(*ERASE, "--reason", "x", "--yes")
    assert found.code == 2 and "ap pupil release P-0001" in found.err
    assert "inquiry" not in found.err + made.err, "a reason may name somebody"
    shown = ended.ok("pupil", "show", "P-0001").out
    assert "on legal hold since 2 March 2026, by tester: an inquiry" in shown
    assert ended.json("pupil", "show", "P-0001")[0]["holds"][0]["reason"] == "an inquiry"
    (held,) = [each for each in ended.json("doctor") if each["check"] == "legal holds"]
    assert held["ok"] and held["details"]["pupils"] == ["P-0001"]
    ended.ok("pupil", "release", "P-0001")
    assert ended("pupil", "release", "P-0001").code == 2
    ended.ok("db", "verify")
    ended.ok(*ERASE, "--reason", "x", "--yes")
    ended.ok("db", "verify")


def test_a_hold_ends_after_its_last_day(ended: Program) -> None:
    assert ended("pupil", "hold", "P-0001", "--reason", "x", "--until", "2026-03-01").code == 2
    ended.ok("pupil", "hold", "P-0001", "--reason", "x", "--until", "2026-03-04")
    assert ended(*ERASE, on="2026-03-04").code == 2
    assert ended(*ERASE, on="2026-03-05").code == 0


def test_a_hold_needs_a_reason_and_can_be_undone(ended: Program) -> None:
    assert ended("pupil", "hold", "P-0001").code == 4
    ended.ok("pupil", "hold", "P-0001", "--reason", "x")
    ended.ok("undo")
    assert ended("pupil", "release", "P-0001").code == 2


def test_a_hold_goes_with_the_child_who_is_joined_into_another(ended: Program) -> None:
    ended.ok("pupil", "add", "Test Other", "--born", "2010-06-28")
    ended.ok("pupil", "hold", "P-0002", "--reason", "x")
    ended.ok("pupil", "merge", "P-0002", "--into", "P-0001", "--yes")
    assert ended(*ERASE).code == 2


def test_a_terminal_asks_for_the_reference_and_then_why(ended: Program) -> None:
    screen = Terminal(ended, *ERASE)
    screen.sees("P-0001 goes for good")
    screen.sees("Type P-0001 to erase it for good:")
    screen.types("yes")
    screen.sees("or press Enter to leave everything as it is")
    screen.types("P-0002")
    screen.sees("or press Enter to leave everything as it is")
    screen.types("p1")
    screen.sees("Why is it erased?")
    screen.types("")
    screen.sees("You need to answer this one.")
    screen.types("past the period")
    screen.sees("P-0001 was erased.")
    screen.ends()
    assert ended("pupil", "show", "P-0001").code == 2


def test_enter_on_a_terminal_leaves_everything_as_it_is(ended: Program) -> None:
    screen = Terminal(ended, *ERASE)
    screen.sees("Type P-0001 to erase it for good:")
    screen.types("")
    screen.sees("Nothing was erased")
    screen.ends()
    ended.ok("pupil", "show", "P-0001")


@pytest.fixture
def told(ended: Program) -> Program:
    """A child of whom another is told in a note."""
    ended.ok("pupil", "add", "Other Sample", "--born", "2010-06-28")
    ended.ok("record", "contact", "PL-0001", "--whom", "staff", "--said", "sat by other sample")
    ended.ok("record", "waiver", "PL-0001", "--rule", "AP704", "--reason", "agreed by staff")
    return ended


def test_an_export_has_everything_of_the_child_and_no_other_childs_name(told: Program) -> None:
    (row,) = told.json("pupil", "export", "P-0001")
    assert row["pupil"]["name"] == "Test Pupil" and row["placements"][0]["ref"] == "PL-0001"
    assert {each["kind"] for each in row["happened"]} == {"contact", "waiver"}
    assert any(change["what"] == "end placement" for change in row["changes"])
    assert "other sample" not in str(row).lower() and "sat by P-0002" in str(row)
    looks = told.json("log", "P-0001", "--seen")
    assert [look["what"] for look in looks] == ["pupil export"]


def test_what_goes_to_a_school_leaves_out_what_is_internal_and_is_recorded(told: Program) -> None:
    (row,) = told.json("pupil", "export", "P-0001", "--for-school", "Elm Academy")
    assert row["for_school"] == "Elm Academy" and {"contact"} == {
        each["kind"] for each in row["happened"]
    }
    assert row["changes"] == row["looks"] == row["holds"] == []
    last = told.json("log", "P-0001")[-1]
    assert last["what"] == "send the record of P-0001 to a school"
    assert last["new"]["school"] == "Elm Academy"
    assert told("pupil", "export", "P-0001", "--for-school", " ").code == 2
    told.ok("db", "verify")


@pytest.mark.parametrize("ending", ["html", "docx", "pdf"])
def test_an_export_is_a_document_to_read(told: Program, ending: str) -> None:
    told.ok("pupil", "export", "P-0001", "--out", f"record.{ending}")
    content = (told.folder / f"record.{ending}").read_bytes()
    assert len(content) > 2000
    if ending == "html":
        assert b"Record of Test Pupil" in content and b"sat by P-0002" in content


def test_a_child_of_the_same_name_does_not_take_the_name_away(told: Program) -> None:
    told.ok("pupil", "add", "Test Pupil", "--born", "2012-01-01")
    (row,) = told.json("pupil", "export", "P-0001")
    assert row["pupil"]["name"] == "Test Pupil"
