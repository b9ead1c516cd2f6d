"""Attendance of a file on a terminal: asked of which placement it is, if no plan tells."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ..cli.test_attendance_files import WEEK, codes, place, school, written
from ..conftest import Program
from .terminal import Terminal

__all__ = ["school"]


@pytest.mark.parametrize(("answer", "ends", "marks"), [("2", 0, "B B B B / \\ / \\"), ("", 2, "")])
def test_a_terminal_asks_at_which_placement_a_child_was(
    school: Program, answer: str, ends: int, marks: str
) -> None:
    place(school, "P-0001", "PR-0002", None)
    terminal = Terminal(school, "attendance", "import", written(school, *WEEK))
    terminal.sees("P-0001 (Adam E.) has several placements. At which was the child")
    terminal.sees("2  Elm Workshop (PL-0003)")
    terminal.answers("Number; Enter to keep nothing:", answer)
    assert terminal.ends() == ends
    assert codes(school, "PL-0003") == marks


@pytest.mark.parametrize(("answer", "marks"), [("y", "I"), ("n", ""), ("", "")])
def test_a_terminal_asks_whether_a_child_is_the_pupil_of_that_name(
    school: Program, answer: str, marks: str
) -> None:
    lines = ("Name,UPN,Date,AM", "Bea Sample,A801200005002,2026-02-24,I",
             "Adam Example,,2026-02-24,B")  # fmt: skip
    terminal = Terminal(school, "attendance", "import", written(school, *lines))
    terminal.sees("Line 2 (Bea S.): P-0002 has this name, and this UPN is nobody's.")
    terminal.answers("Is it P-0002? If not, the marks are passed over.", answer)
    assert terminal.ends() == 0
    assert (codes(school, "PL-0002"), codes(school, "PL-0001")) == (marks, "B")


def test_a_terminal_asks_whether_a_file_is_of_attendance(school: Program) -> None:
    terminal = Terminal(school, "import", written(school, *WEEK))
    terminal.answers("looks like marks of attendance. Import it as that?", "")
    assert terminal.ends() == 0 and codes(school, "PL-0001").startswith("B B B B")


def test_a_file_like_attendance_is_read_as_a_list_if_somebody_says_no(school: Program) -> None:
    terminal = Terminal(school, "import", written(school, *WEEK))
    terminal.answers("looks like marks of attendance. Import it as that?", "n")
    terminal.sees("What the columns hold:")
    terminal.child.sendintr()
    assert terminal.ends() == 130 and codes(school, "PL-0001") == ""


def test_a_question_about_attendance_is_gone_back_to(school: Program) -> None:
    for pupil in ("P-0001", "P-0002"):
        place(school, pupil, "PR-0002", None)
    terminal = Terminal(school, "attendance", "import", written(school, *WEEK))
    terminal.sees("P-0001 (Adam E.) has several placements.")
    terminal.answers("Number; Enter to keep nothing:", "<")
    terminal.answers("This is the first question.", "1")
    terminal.sees("P-0002 (Bea S.) has several placements.")
    terminal.answers("Number; Enter to keep nothing:", "<")
    terminal.sees("P-0001 (Adam E.) has several placements.")
    terminal.sees("You answered: 1")
    terminal.answers("Number; Enter to keep nothing:", "2")
    terminal.sees("P-0002 (Bea S.) has several placements.")
    terminal.answers("Number; Enter to keep nothing:", "1")
    assert terminal.ends() == 0
    assert codes(school, "PL-0001") == codes(school, "PL-0004") == ""
    assert codes(school, "PL-0003") == "B B B B / \\ / \\"
