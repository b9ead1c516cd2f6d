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
