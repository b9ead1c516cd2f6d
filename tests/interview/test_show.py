"""`ap show` and `ap placement show` in a terminal: one screen."""

from __future__ import annotations

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ap_cli.store.connection import connect

from ..cli.test_show import attended
from ..conftest import Program
from .terminal import Terminal, plain

__all__ = ["attended"]


def screen(
    ap: Program, *args: str, rows: int = 24, columns: int = 80, **variables: str
) -> list[str]:
    """The lines that a command writes to a terminal of this size."""
    terminal = Terminal(ap, *args, rows=rows, columns=columns, **variables)
    assert terminal.ends() == 0
    return plain(terminal.transcript.getvalue()).splitlines()


@pytest.mark.parametrize("reference", ["PL-0001", "P-0001", "PR-0001"])
@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (20, 60), (40, 120)])
def test_it_fits_one_screen(attended: Program, reference: str, rows: int, columns: int) -> None:
    lines = screen(attended, "show", reference, rows=rows, columns=columns)
    assert len(lines) < min(rows, 24) and max(map(len, lines)) <= columns


def test_a_placement_shows_one_screen_with_the_full_name_and_all_answers_with_full(
    attended: Program,
) -> None:
    lines = screen(attended, "placement", "show", "PL-0001")
    assert lines[0] == "Test Pupil (P-0001) at Hollow Oak Farm (PR-0001), PL-0001, live"
    assert len(lines) < 24 and lines[-1] == "all answers: ap placement show PL-0001 --full"
    whole = screen(attended, "placement", "show", "PL-0001", "--full", rows=60)
    assert "  route: off-site-direction" in whole


@pytest.mark.parametrize("reference", ["PL-0001", "P-0001", "PR-0001"])
def test_a_child_whose_name_is_all_blanks_is_called_by_the_reference(
    attended: Program, reference: str
) -> None:
    connect(attended.store).execute("UPDATE pupil SET name = '   '")
    for command in ("show", "check"):
        terminal = Terminal(attended, command, reference)
        terminal.ends()
        lines = plain(terminal.transcript.getvalue()).splitlines()
        assert not any(line.strip().startswith(("(P-0001)", "at ")) for line in lines)
        assert not any("    (P-0001)" in line for line in lines)
        assert any("P-0001" in line for line in lines) or reference == "PR-0001"


def test_a_damaged_provider_does_not_hide_whose_placement_it_is(attended: Program) -> None:
    connect(attended.store).execute("UPDATE provider SET checked = 'soon'")
    terminal = Terminal(attended, "check", "PL-0001")
    terminal.ends()
    lines = plain(terminal.transcript.getvalue()).splitlines()
    assert lines[0].startswith("Test Pupil (P-0001) at Hollow Oak Farm (PL-0001)"), lines


def test_a_providers_children_are_named_short(attended: Program) -> None:
    assert any("Test P. (P-0001)" in line for line in screen(attended, "show", "PR-0001"))


def test_a_task_is_legible_in_the_overview_of_a_small_terminal(attended: Program) -> None:
    terminal = Terminal(attended, "check", rows=20, columns=60)
    assert terminal.ends() in (0, 1)
    lines = plain(terminal.transcript.getvalue()).splitlines()
    row = next(line for line in lines if line.startswith("  PL-0001"))
    assert len(row) <= 60 and len(row.rpartition("  ")[2]) >= 16
