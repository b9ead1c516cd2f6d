"""Ending a placement on a terminal: what is open is asked about first."""

from __future__ import annotations

from ..conftest import Program
from .terminal import Terminal


def test_ending_asks_about_an_open_concern(placed: Program) -> None:
    placed.ok("record", "concern", "PL-0001", "--what", "a bruise")
    terminal = Terminal(placed, "placement", "end", "PL-0001", rows=60)
    terminal.answers("What was the last day?")
    terminal.answers("Why did it end?", "objectives met")
    terminal.answers("Where does the pupil go next?", "further")
    terminal.answers("Did it never start?")
    terminal.sees("The concern of 2 March 2026 (E-0001) is open")
    terminal.answers("Record now what you decided?", "n")
    terminal.answers("Was the end discussed?", "n")
    terminal.sees("PL-0001")
    assert terminal.ends() == 0
