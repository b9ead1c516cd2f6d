"""Term dates on a terminal: shown as they were understood, and asked about before they are kept."""

from __future__ import annotations

import shutil
import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ..cli.test_published_terms import AUTUMN, DATA, half_terms
from ..conftest import Program
from .terminal import Terminal


@pytest.mark.parametrize(("answer", "kept"), [("n", 0), ("y", 6)])
def test_a_terminal_shows_the_half_terms_and_asks(ap: Program, answer: str, kept: int) -> None:
    shutil.copy(DATA / "terms-and-half-terms.csv", ap.folder / "t.csv")
    terminal = Terminal(ap, "terms", "import", "t.csv", "--calendar", "Testshire")
    terminal.sees("autumn 1 2026: Tuesday 1 September 2026")
    terminal.answers("Are these the term dates?", answer)
    assert terminal.ends() == 0
    assert len(half_terms(ap)) == kept and half_terms(ap)[:2] == AUTUMN[: kept and 2]


def test_a_file_that_does_not_say_whose_dates_it_has_is_asked_about(ap: Program) -> None:
    shutil.copy(DATA / "terms-and-half-terms.csv", ap.folder / "t.csv")
    terminal = Terminal(ap, "terms", "import", "t.csv")
    terminal.answers("Whose term dates are these? The name of a school or council:", "")
    terminal.answers("You need to answer this one.", "Testshire")
    terminal.answers("Are these the term dates?", "y")
    assert terminal.ends() == 0
    assert len(half_terms(ap)) == 6
