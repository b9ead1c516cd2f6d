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
