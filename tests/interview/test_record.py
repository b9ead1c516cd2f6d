"""What happened, recorded, corrected and ended in a real terminal of 80 columns, with mistakes on the way."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ap_cli.store.connection import connect

from ..conftest import COMPLETE, Program, extending
from .terminal import Terminal


def test_a_concern_is_asked_for_what_its_answers_make_needed(placed: Program) -> None:
    terminal = Terminal(placed, "record", "concern", "PL-0001")
    terminal.answers("What day was it?")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("Which earlier concern does this follow?", "E-9")
    terminal.answers("What is the concern?", "a bruise")
    terminal.answers("Is it a serious incident?", "maybe")
    terminal.sees("Answer yes or no")
    terminal.types("no")
    terminal.answers("When was your designated safeguarding lead told?", "today")
    terminal.answers("Is it about an adult who works with children?", "no")
    terminal.answers("Is a child at risk of harm?", "no")
    terminal.answers("If one of them was not told in time, why not?")
    terminal.answers("What did you decide to do?", "2")
    terminal.answers("Why does the placement go on?", "from a fall at home")
    terminal.answers("What is monitored, and by whom?", "a daily call, A. Tester")
    terminal.answers("Until what day?", "+1w")
    terminal.answers("Is it closed?")
    terminal.answers("Is there anything else to note?")
    terminal.sees("To save, change 3: E-0009 is not a concern of PL-0001")
    terminal.answers("A number to change that answer", "3")
    terminal.answers("Which earlier concern does this follow?", "-")
    terminal.answers("A number to change that answer")
    terminal.sees("a review was due by Friday 13 February 2026")
    assert terminal.ends() == 0
    row = placed.json("timeline", "PL-0001")[-1]
    assert (row["what"], row["decision"], row["monitoring_until"]) == (
        "a bruise",
        "keep-with-monitoring",
        "2026-03-09",
    )


def test_the_end_goes_on_with_the_final_report_and_the_discussion(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "end", "PL-0001", rows=60)
    terminal.answers("Did it ever start?", "yes")
    terminal.answers("What was the last day?", "2026-02-27")
    terminal.answers("Why did it end?", "objectives met")
    terminal.answers("Where does the pupil go next?", "home")
    terminal.answers("Has the provider's final report come?", "n")
    terminal.answers("Was the end discussed?", "maybe")
    terminal.sees("yes or no")
    terminal.types("y")
    terminal.answers("What day was it?")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("Who took part?", "school, prov, child, 2")
    terminal.answers("What was achieved?", "two units")
    terminal.answers("What does the pupil think of the placement?", "proud")
    terminal.answers("What support follows", "a key adult")
    terminal.answers("Is there anything else to note?")
    terminal.sees("the provider has not sent its final report")
    assert terminal.ends() == 0
    row = placed.json("timeline", "PL-0001")[-1]
    assert (
        row["took_part"] == ["school", "provider", "child", "parent"]
        and row["child_view"] == "proud"
    )
    assert placed.json("placement", "show", "PL-0001")[0]["destination"] == "home-school"


def test_what_was_recorded_is_corrected_on_the_review_screen(placed: Program) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--by", "A. Tester")
    terminal = Terminal(placed, "record", "edit", "E-0001")
    terminal.sees("6 Is it safe? → yes")
    terminal.answers("A number to change that answer", "6")
    terminal.answers("Is it safe?", "no")
    terminal.answers("Has the pupil stopped going there?", "yes")
    terminal.answers("What keeps the pupil safe if they still go there?")
    terminal.sees("6 Is it safe? → no")
    terminal.answers("A number to change that answer")
    terminal.answers("Why is it corrected?")
    terminal.sees("You need to answer this one")
    terminal.types("typed in the wrong line")
    terminal.sees("safe no")
    assert terminal.ends() == 0
    assert (
        placed.json("timeline", "PL-0001")[-1]["safe"] is False
        and placed.json("log", "PL-0001")[-1]["reason"] == "typed in the wrong line"
    )


def test_undo_says_whose_change_it_is_and_asks(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--hours", "15", AP_USER="another")
    terminal = Terminal(placed, "undo", AP_USER="tester")
    terminal.sees("another made this change, not you.")
    terminal.answers("Undo it?", "y")
    terminal.sees("undone: edit placement")
    assert terminal.ends() == 0


def test_undo_and_joining_ask_first(placed: Program) -> None:
    placed.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27", "--another")
    terminal = Terminal(placed, "undo")
    terminal.answers("Undo it?", "n")
    terminal.sees("nothing was undone")
    assert terminal.ends() == 0
    terminal = Terminal(placed, "pupil", "merge", "P-0002", "--into", "P-0001")
    terminal.sees("0 placements")
    terminal.answers("Join them", "n")
    terminal.sees("nothing was changed")
    assert terminal.ends() == 0 and len(placed.json("pupil", "list")) == 2


def test_ctrl_c_at_any_of_them_keeps_nothing(placed: Program) -> None:
    before = placed.store.read_bytes()
    prompts = {
        ("record", "concern", "PL-0001"): "What day was it?", ("placement", "end", "PL-0001"): "Did it ever start?", ("undo",): "Undo it?",
    }  # fmt: skip
    for args, prompt in prompts.items():
        terminal = Terminal(placed, *args)
        terminal.sees(prompt)
        terminal.child.send("\x03")
        assert terminal.ends() == 130
    assert placed.store.read_bytes() == before


def test_going_back_offers_the_answer_that_was_given(placed: Program) -> None:
    terminal = Terminal(placed, "record", "contact", "PL-0001")
    terminal.answers("What day was it?")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("Who with?", "a parent")
    terminal.answers("What was said?", "<")
    terminal.answers("Who with?")
    terminal.answers("What was said?", "all well")
    terminal.answers("Is there anything else to note?")
    assert terminal.ends() == 0
    row = placed.json("timeline", "PL-0001")[-1]
    assert (row["whom"], row["said"], row["by"]) == ("a parent", "all well", "A. Tester")


def test_a_correction_that_is_refused_is_changed_and_not_lost(placed: Program) -> None:
    placed.ok(
        *extending("2027-01-08"),
    )
    terminal = Terminal(placed, "record", "edit", "E-0001", rows=60)
    terminal.answers("A number to change that answer", "9")
    terminal.answers("What did you decide?", "continue")
    terminal.answers("Until what day does it go on?")
    terminal.answers("A number to change that answer")
    terminal.answers("Why is it corrected?", "a slip")
    terminal.sees("To save, change 11: answer 9 with extend")
    terminal.answers("A number to change that answer", "9")
    terminal.answers("What did you decide?", "extend")
    terminal.answers("A number to change that answer", "2")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("A number to change that answer")
    assert terminal.ends() == 0
    row = placed.json("timeline", "PL-0001")[-1]
    assert (row["decided"], row["by"]) == ("extend", "A. Tester")


def test_a_damaged_entry_opens_as_a_form_that_names_what_is_impossible(placed: Program) -> None:
    placed.ok("record", "visit", "PL-0001", "--day", "2026-01-12", "--by", "A. Tester")
    connect(placed.store).execute("UPDATE entry SET day = '2026-02-31'")
    terminal = Terminal(placed, "record", "edit", "E-0001", rows=60)
    terminal.sees("E-0001 cannot be read: the answer to “What day was it?” is not a day")
    terminal.answers("A number to change that answer", "1")
    terminal.answers("What day was it?", "2026-01-12")
    terminal.answers("A number to change that answer")
    assert terminal.ends() == 0
    assert placed.json("log", "E-0001")[-1]["reason"] == "what could not be was corrected"
    assert placed.json("timeline", "PL-0001")[-1]["day"] == "2026-01-12"
