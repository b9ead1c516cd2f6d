"""The register of schools on a terminal: a new name is shown and asked about."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ..cli.test_gias import add, extract, facts, school
from ..conftest import Program
from .terminal import Terminal


@pytest.mark.parametrize(("answer", "name"), [("y", "New Name"), ("", "Old Name")])
def test_a_terminal_asks_before_a_name_is_taken_over(ap: Program, answer: str, name: str) -> None:
    add(ap, "Old Name", "--urn", "100077")
    terminal = Terminal(ap, "import", extract(ap, school(100077, "New Name")), "gias")
    terminal.sees("PR-0001  Old Name: renamed: the register calls it New Name")
    terminal.answers("Take over these names and statuses from the register?", answer)
    assert terminal.ends() == 0
    assert facts(ap, "name", "ukprn") == [name, "10000077"]


def test_a_terminal_asks_for_the_urn_and_for_the_kind_that_the_register_does_not_tell(
    ap: Program,
) -> None:
    told = {"TypeOfEstablishment (code)": "01", "TypeOfEstablishment (name)": "Community school"}
    file = extract(ap, school(100077, "Example School", **told))
    terminal = Terminal(ap, "provider", "add", "--from-gias", file)
    terminal.answers("What is its URN? Six digits:", "1000777")
    terminal.answers("a URN is six digits", "100077")
    terminal.sees("Example School is of the type “Community school” in the register.")
    terminal.answers("What kind of provider is it?", "maintained-school")
    terminal.sees("1 Example Lane, Testford, LE1 1AA")
    terminal.answers("Add this provider?", "y")
    assert terminal.ends() == 0, terminal.lines(40)
    assert facts(ap, "name", "kind", "urn") == ["Example School", "maintained-school", "100077"]


def test_a_terminal_asks_nothing_that_the_register_tells(ap: Program) -> None:
    file = extract(ap, school(100077, "Example School"))
    terminal = Terminal(ap, "provider", "add", "--from-gias", file, "--urn", "100077")
    terminal.sees("the register of 2 February 2026 has it as Example School")
    assert terminal.ends() == 0, terminal.lines(40)
    assert "?" not in terminal.lines(40)
    assert facts(ap, "kind") == ["independent"]
