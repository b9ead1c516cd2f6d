"""How the screen shows children's names, asked when a store is made, and only the first time."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ..conftest import Program
from .terminal import Terminal

INIT = ("init", "--commissioner", "Example Academy", "--kind", "academy")


def begin(ap: Program, number: int = 1) -> Terminal:
    """A terminal in which the first store is made; all but the names is answered."""
    name = f"{INIT[2]} {number}"
    return Terminal(ap, *INIT[:2], name, *INIT[3:])


def setting(ap: Program) -> tuple[str, str]:
    (row,) = ap.json("config", "get", "names")
    return row["value"], row["from"]


@pytest.mark.parametrize(
    ("answer", "style"), [("", "short"), ("2", "full"), ("nev", "never"), ("short", "short")]
)
def test_a_new_store_asks_how_names_are_shown(ap: Program, answer: str, style: str) -> None:
    terminal = begin(ap)
    terminal.sees("children's names?")
    terminal.answers("[short]", answer)
    assert terminal.ends() == 0
    assert setting(ap) == (style, "config file")


def test_an_answer_that_is_none_of_them_is_refused_at_once(ap: Program) -> None:
    terminal = begin(ap)
    terminal.answers("[short]", "some")
    terminal.sees("Choose a number, 1 to 3.")
    terminal.answers("[short]", "3")
    assert terminal.ends() == 0 and setting(ap)[0] == "never"


def test_it_is_asked_once(ap: Program) -> None:
    terminal = begin(ap)
    terminal.answers("[short]")
    assert terminal.ends() == 0
    again = begin(ap, 2)
    assert again.ends() == 0
    assert "children's names" not in again.transcript.getvalue()


def test_leaving_the_question_keeps_the_commissioner(ap: Program) -> None:
    terminal = begin(ap)
    terminal.sees("[short]")
    terminal.child.send("\x03")
    assert terminal.ends() == 0
    assert setting(ap) == ("short", "default")
    assert "nothing was saved" not in terminal.transcript.getvalue()


def test_a_pipe_is_not_asked(ap: Program) -> None:
    ap.ok(*INIT)
    assert not (ap.folder / "config").exists()


def test_who_wants_no_names_sees_none_where_a_record_is_chosen_and_planned(placed: Program) -> None:
    placed.ok("config", "set", "names", "never")
    picker = Terminal(placed, "placement", "show")
    picker.answers("Which placement?", "test pupil")
    assert picker.ends() == 0
    told = picker.transcript.getvalue().replace("test pupil", "")
    assert "PL-0001 P-0001 at Hollow Oak Farm" in told and "Test Pupil" not in told
    wizard = Terminal(
        *(placed, "placement", "new", "--pupil", "P-0001", "--provider", "PR-0001"),
        *("--route", "suspension", "--starts", "2026-03-09", "--hours", "19"),
    )
    wizard.answers("Which days or half days are they there?", "later")
    wizard.leaves_the_review()
    wizard.answers("Save this placement?", "n")
    wizard.sees("A number to change")
    assert "P-0001" in wizard.transcript.getvalue()
    assert "Test Pupil" not in wizard.transcript.getvalue()


@pytest.fixture
def junipers(ap: Program) -> Program:
    """A store with 15 pupils whose names have a word in common, and one other."""
    for number in range(1, 16):
        ap.ok("pupil", "add", f"Juniper Sample {number}", "--born", "2011-05-05")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-05-05")
    return ap


@pytest.mark.parametrize("command", ["show", "check", "do"])
def test_a_name_of_several_lists_them_with_numbers(junipers: Program, command: str) -> None:
    screen = Terminal(junipers, command, "juniper", rows=24)
    screen.sees("2  P-0002   Juniper 2.")
    screen.answers("Number, or more of the name", "16")
    screen.sees("Choose a number from 1 to 15.")
    screen.answers("Number, or more of the name", "2")
    screen.sees("P-0002" if command != "show" else "Juniper Sample 2 (P-0002)")


def test_more_than_a_screen_of_a_name_says_how_many_more(junipers: Program) -> None:
    screen = Terminal(junipers, "show", "juniper", rows=9)
    screen.sees("11 more: type “more” to see them")
    screen.answers("Number, or more of the name", "more")
    screen.sees("5  P-0005")
    screen.answers("Number, or more of the name", "zz")
    screen.sees("No name has that in it.")
    screen.answers("Number, or more of the name", "juniper 12")
    screen.sees("Juniper Sample 12 (P-0012)")
    assert screen.ends() == 0


def test_a_name_of_one_is_taken_and_one_with_a_slip_is_asked_about(junipers: Program) -> None:
    for typed in ("juniper 2", "Juniper Sample 2", "test"):
        whole = Terminal(junipers, "show", typed)
        assert whole.ends() == 0, typed
        assert "Number, or more" not in whole.transcript.getvalue()
    slip = Terminal(junipers, "show", "tset pupil")
    slip.sees("1  P-0016   Test P.")
    slip.answers("Number, or more of the name", "")
    slip.sees("nothing was chosen")
    assert slip.ends() == 2


def test_who_wants_no_names_chooses_by_references(junipers: Program) -> None:
    junipers.ok("config", "set", "names", "never")
    screen = Terminal(junipers, "show", "juniper")
    screen.answers("Number, or more of the name", "3")
    assert screen.ends() == 0
    assert "Sample" not in screen.transcript.getvalue()
    assert "Juniper" not in screen.transcript.getvalue()


def test_a_question_who_it_is_offers_numbers_for_its_own_list(junipers: Program) -> None:
    screen = Terminal(junipers, "pupil", "show", rows=24)
    screen.answers("Which pupil?", "juniper")
    screen.sees("15 match. Type a number, or more of the name:")
    screen.answers("Which pupil?", "16")
    screen.sees("Choose a number from 1 to 15")
    screen.answers("Which pupil?", "3")
    screen.sees("P-0003")
    assert screen.ends() == 0
    assert "P-0013" not in screen.transcript.getvalue().split("Choose a number")[1]
