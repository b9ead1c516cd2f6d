"""The review screen in a real terminal: its numbers stay, dates follow each other, and “<” goes back."""

from __future__ import annotations

import re
import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ..conftest import Program
from .terminal import Terminal
from .test_wizard import GIVEN


def on_review(placed: Program, *given: str, **size: int) -> Terminal:
    """The wizard at its review screen, with what is given."""
    terminal = Terminal(placed, "placement", "new", *GIVEN, *given, **size)
    terminal.answers("Which days or half days are they there?", "later")
    return terminal


def number_of(terminal: Terminal, name: str) -> str:
    """The number that an item of the page to come has."""
    terminal.sees_one_of(rf"(\d+) {name}", told=name)
    return str(terminal.child.match[1])


def test_a_number_stays_that_of_its_question_when_an_answer_opens_others(placed: Program) -> None:
    terminal = on_review(placed, rows=90)
    lessons, money = number_of(terminal, "how it fits with lessons"), number_of(terminal, "Money")
    terminal.answers("A number to change", "3")
    terminal.answers("Which days or half days are they there?", "mon-fri")
    terminal.answers("Is there a reason for less than a day", "none")
    reason = number_of(terminal, "why less than a day")
    assert number_of(terminal, "how it fits with lessons") == lessons
    assert number_of(terminal, "Money") == money
    terminal.answers("Enter to go on", "3")
    terminal.answers("[mon-fri]", "mon tue")
    terminal.answers("Are they in school for the rest of the week?", "")
    assert number_of(terminal, "how it fits with lessons") == lessons
    terminal.answers("Enter to go on", reason)
    terminal.sees(f"{reason} is not asked any more: choose a number that is shown.")
    terminal.types("999")
    terminal.sees_one_of(r"Choose a number from 1 to \d+", told="the numbers that there are")
    terminal.child.send("\x03")
    assert terminal.ends() == 130


def test_a_number_stays_on_the_review_after_the_check(placed: Program) -> None:
    terminal = on_review(placed, "--ends", "2026-07-10", rows=90)
    reviews = number_of(terminal, "When will you review it")
    terminal.answers("Enter to go on", number_of(terminal, "What you have tried"))
    terminal.answers("What did you try, or who did you ask?", "inclusion")
    terminal.answers("What came of it, or what did they say?", "")
    terminal.answers("Enter to go on", "")
    terminal.answers("Save this placement?", "n")
    assert number_of(terminal, "When will you review it") == reviews
    terminal.child.send("\x03")
    assert terminal.ends() == 130


def test_review_days_that_were_worked_out_follow_a_new_last_day(placed: Program) -> None:
    terminal = on_review(placed, rows=90)
    terminal.sees("When will you review it? → Fri 27 Mar, Fri 22 May")
    terminal.answers("Enter to go on", "7")
    terminal.answers("What is their last day?", "2026-05-01")
    terminal.sees("When will you review it? → Fri 27 Mar, Fri 1 May")
    terminal.answers("Enter to go on", "7")
    terminal.answers("[Fri 1 May]", "2026-03-20")
    terminal.sees("When will you review it? → Fri 20 Mar")
    terminal.answers("Enter to go on", "")
    terminal.answers("Save this placement?", "")
    terminal.sees("PL-0002")
    assert terminal.ends() == 0
    assert placed.json("placement", "show", "PL-0002")[0]["review_dates"] == ["2026-03-20"]


def test_a_review_day_that_a_person_agreed_still_refuses_an_earlier_last_day(
    placed: Program,
) -> None:
    terminal = on_review(placed, "--review-date", "2026-05-20", rows=90)
    terminal.answers("Enter to go on", "7")
    terminal.answers("What is their last day?", "2026-05-19")
    terminal.sees("A review is agreed for 20 May 2026, outside the placement.")
    terminal.types("2026-05-20")
    terminal.sees("What is their last day? → Wed 20 May")
    terminal.child.send("\x03")
    assert terminal.ends() == 130


@pytest.mark.parametrize("back", ["<", "n"])
def test_back_from_the_last_question_is_the_last_page_of_the_answers(
    placed: Program, back: str
) -> None:
    terminal = on_review(placed, "--code", "B", rows=24)
    terminal.leaves_the_review()
    terminal.answers("Has someone with authority approved", "<")
    terminal.sees_one_of(r"page (\d) of \1", told="the last page")
    terminal.answers("Enter to go on", "")
    terminal.answers("Has someone with authority approved", "not yet")
    terminal.answers("Save this placement? n or <: back to your answers", "perhaps")
    terminal.sees("Type yes or no, or < to go back.")
    terminal.types(back)
    terminal.sees_one_of(r"page (\d) of \1", told="the last page")
    terminal.answers("Enter to go on", "")
    terminal.answers("Has someone with authority approved", "")
    terminal.answers("Save this placement?", "")
    terminal.sees("PL-0002")
    assert terminal.ends() == 0


def test_no_name_is_parted_between_two_lines_of_what_is_open(placed: Program) -> None:
    terminal = on_review(placed, rows=24, columns=60)
    terminal.sees("page 1 of")
    terminal.sees("A number to change")
    shown = terminal.transcript.getvalue()
    names = ("how it fits with lessons", "what the pupil wants", "where they go next")
    assert [name for name in names if not re.search(rf"\d+ {name}", shown)] == []
    terminal.child.send("\x03")
    assert terminal.ends() == 130


def test_a_question_for_a_day_takes_no_as_nothing_done_yet(placed: Program) -> None:
    terminal = Terminal(placed, "record", "concern", "PL-0001")
    terminal.answers("What day was it?", "no")
    terminal.sees("“no” is not a day: try")
    terminal.types("")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("Which earlier concern does this follow?", "none")
    terminal.answers("What is the concern?", "a worker shouted")
    terminal.answers("Is it a serious incident?", "No.")
    terminal.answers("When was your designated safeguarding lead told?", "not yet")
    terminal.answers("Is it about an adult who works with children?", "yes")
    terminal.answers("When was the council's designated officer told?", "no")
    terminal.answers("Is a child at risk of harm?", "later")
    terminal.sees("PL-0001")
    assert terminal.ends() == 0
    concern = placed.json("timeline", "PL-0001")[-1]
    assert concern["about_adult"] is True and concern["serious"] is False
    assert concern.get("officer_informed") is None and concern.get("lead_informed") is None


def test_a_question_for_a_circumstance_takes_every_word_for_no(placed: Program) -> None:
    terminal = Terminal(placed, "provider", "add")
    terminal.answers("What is the provider called?", "Test Trust")
    terminal.answers("What kind of provider is it?", "non-school")
    terminal.answers("Is it a registered school? Since when?", "perhaps")
    terminal.sees("is not a day")
    terminal.sees("or type yes or no")
    terminal.types("n")
    terminal.answers("address", "none")
    terminal.sees("PR-0002")
    assert terminal.ends() == 0
    provider = placed.json("provider", "show", "PR-0002")[0]
    assert provider["registered"] == [] and not provider.get("sites")
