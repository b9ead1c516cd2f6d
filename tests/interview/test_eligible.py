"""`ap eligible` on a terminal: one screen, and the way on into the wizard."""

from __future__ import annotations

import re
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ap_cli.services import drafts

from ..cli.test_eligible import HERE, school
from ..conftest import Program
from .terminal import PROMPT_BEGINS, Terminal, plain

__all__ = ["school"]

NOTICE = (*HERE, "--hours", "12", "--route", "off-site-direction")


def screen(school: Program, rows: int, columns: int) -> list[str]:
    """The lines that the answer takes in a terminal of this size, its last one the question."""
    terminal = Terminal(school, *NOTICE, rows=rows, columns=columns)
    terminal.answers("Plan it now?")
    assert terminal.ends() == 0
    text = plain(terminal.transcript.getvalue())
    return [line for line in text[: text.index("Plan it now?")].splitlines() if line.strip()]


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (20, 60), (40, 120)])
def test_the_answer_and_its_question_fit_one_screen(
    school: Program, rows: int, columns: int
) -> None:
    lines = screen(school, rows, columns)
    assert len(lines) + 2 <= min(rows, 24), "the empty line and the question are the others"
    assert max(map(len, lines)) <= columns


def test_the_rules_stand_on_the_line_of_their_task(school: Program) -> None:
    lines = [line for line in screen(school, 24, 80) if line.endswith(" more")]
    assert lines and all(len(line) <= 80 for line in lines)
    assert all(re.search(r"[a-z] +AP\d+ and \d+ more$", line) for line in lines)


def test_the_child_who_was_asked_for_is_named_on_a_terminal(school: Program) -> None:
    assert screen(school, 24, 80)[0].startswith("Sample Pupil (P-0002) at Hollow Oak Farm")


def test_data_on_a_terminal_have_the_childs_reference_and_not_the_name(school: Program) -> None:
    at = ("--at", "PR-0001", "--hours", "18:01", "--json")
    terminal = Terminal(school, "eligible", "P-0001", *at, columns=200)
    assert terminal.ends() in (0, 1, 3)
    text = plain(terminal.transcript.getvalue())
    assert "P-0001" in text and "Test Pupil" not in text


def test_a_yes_goes_on_into_the_wizard_with_what_was_said(school: Program) -> None:
    terminal = Terminal(school, *NOTICE)
    terminal.answers("Plan it now?", "y")
    terminal.child.expect_exact(PROMPT_BEGINS)
    terminal.child.sendintr()
    assert terminal.ends() == 130
    with school.opened() as store:
        answers = drafts.get(store, None).answers
    assert {"pupil": "P-0002", "provider": "PR-0001", "hours": "12"}.items() <= answers.items()


def test_a_no_does_not_offer_the_wizard(school: Program) -> None:
    terminal = Terminal(school, "eligible", "P-0001", "--at", "PR-0001", "--hours", "19")
    terminal.sees("NO:")
    assert terminal.ends() == 1
    assert "Plan it now?" not in terminal.transcript.getvalue()
