"""The review screen in a real terminal: its numbers stay, dates follow each other, and “<” goes back."""

from __future__ import annotations

import re
import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ..conftest import Program
from .terminal import Terminal, plain
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
    terminal.answers("Save this placement?", "y")
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
    terminal.answers("Save this placement?", "y")
    terminal.sees("PL-0002")
    assert terminal.ends() == 0


def test_the_pages_of_the_answers_are_turned_back_and_left(placed: Program) -> None:
    terminal = on_review(placed, rows=24)
    terminal.sees("page 1 of")
    terminal.answers("see the next page", "<")
    terminal.answers("This is the first page.", "")
    terminal.sees("page 2 of")
    terminal.sees("(< goes back a page)")
    terminal.answers("A number to change", "<")
    terminal.sees("page 1 of")
    terminal.answers("A number to change", "q")
    terminal.sees("your answers are saved")
    assert terminal.ends() == 130


def test_enter_saves_nothing_that_is_against_the_law(placed: Program) -> None:
    terminal = on_review(placed, rows=90)
    terminal.answers("Enter to go on", "")
    terminal.answers("AGAINST THE LAW", "")
    terminal.sees("back to your answers [y/N]")
    terminal.sees("Your answers")
    terminal.answers("A number to change", "q")
    assert terminal.ends() == 130
    assert len(placed.json("placement", "list")) == 1


def test_no_name_is_parted_between_two_lines_of_what_is_open(placed: Program) -> None:
    terminal = on_review(placed, rows=24, columns=60)
    terminal.sees("page 1 of")
    terminal.sees("A number to change")
    shown = terminal.transcript.getvalue()
    names = ("how it fits with lessons", "what the pupil wants", "where they go next")
    assert [name for name in names if not re.search(rf"\d+ {name}", shown)] == []
    terminal.child.send("\x03")
    assert terminal.ends() == 130


def test_the_check_before_saving_counts_as_the_check_does_afterwards(placed: Program) -> None:
    terminal = on_review(placed, "--ends", "2026-07-10", rows=90)
    terminal.answers("Enter to go on", "")
    terminal.sees("The check")
    terminal.sees("Late: ")
    terminal.answers("Save this placement?", "y")
    terminal.sees("PL-0002")
    assert terminal.ends() == 0
    told = " ".join(plain(terminal.transcript.getvalue()).split("The check")[1].split())
    after = Terminal(placed, "check", "PL-0002")
    after.ends()
    shown = " ".join(plain(after.transcript.getvalue()).split())
    counted = re.compile(r"([A-Z ]+: \d+ thing.*? now)|(Later: \d+)|(Advice: \d+)")
    before_saving = ["".join(found).strip() for found in counted.findall(told)]
    assert len(before_saving) > 1
    assert before_saving == ["".join(found).strip() for found in counted.findall(shown)]
    late = re.search(r"Late: ([A-Z][a-z' ]+)", told)
    assert late is not None and late[1].strip() in shown


def test_a_placement_like_one_that_was_not_safe_asks_where_the_child_goes(
    placed: Program,
) -> None:
    answers = ("--no-safe", "--objectives-met", "--attending", "--needs-met", "--decided", "end")
    again = ("placement", "new", "--from", "PL-0001", "--starts", "2026-04-20")
    assert placed("placement", "new", "--from", "PL-0001", "--starts", "2026-05-11").code == 0
    placed.ok("record", "review", "PL-0001", *answers)
    end = ("--day", "2026-03-02", "--reason", "not safe", "--destination", "other-placement")
    placed.ok("placement", "end", "PL-0001", *end)
    refused = placed(*again)
    assert refused.code == 4
    assert "--provider, which --from leaves out, as the review of 2 March 2026" in refused.err
    kept = placed.ok(*again, "--provider", "PR-0001")
    assert "in PL-0001 found that the pupil was not safe." in kept.err

    terminal = Terminal(placed, "placement", "new", "--from", "PL-0001")
    terminal.sees("in PL-0001 found that the pupil was not safe.")
    terminal.sees("So Hollow Oak Farm is not taken over from PL-0001: say where they go.")
    terminal.answers("Where will they go?", "hollow")
    terminal.sees("! The review of 2 March 2026")
    terminal.child.send("\x03")
    assert terminal.ends() == 130


def test_a_placement_like_one_that_was_safe_says_where_it_is(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", "--from", "PL-0001")
    terminal.sees("Like PL-0001: at Hollow Oak Farm again.")
    terminal.sees("[3/20]")
    terminal.child.send("\x03")
    assert terminal.ends() == 130


def test_what_was_never_answered_is_filled_in_without_a_reason(placed: Program) -> None:
    placed.ok("record", "concern", "PL-0001", "--what", "a bruise", "--not-known", "serious")
    placed.ok("record", "edit", "E-0001", "--no-serious")
    assert placed("record", "edit", "E-0001", "--serious").code == 4, "this one was answered"
    both = placed("record", "edit", "E-0001", "--serious", "--note", "as told")
    assert both.code == 4 and "--reason" in both.err, "one of the two was answered"
    assert "what was still open was answered" in placed.ok("log", "E-0001").out

    terminal = Terminal(placed, "record", "edit", "E-0001", rows=60)
    terminal.sees_one_of(r"(\d+) Is there anything else to note", told="the note")
    terminal.answers("A number to change that answer", terminal.child.match[1])
    terminal.answers("Is there anything else to note?", "seen by the nurse")
    terminal.answers("A number to change that answer", "")
    terminal.sees("E-0001: note changed")
    assert terminal.ends() == 0


def test_a_name_with_a_slip_offers_the_pupil_and_enter_makes_no_new_one(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new")
    terminal.answers("Who is the pupil?", "Pupl")
    terminal.sees("Nearly the same: P-0001 Test P.")
    terminal.answers("Is “Pupl” a new pupil? [y/N]", "")
    terminal.types("L. Pupil")
    terminal.answers("Is “L. Pupil” a new pupil? [Y/n]", "n")
    terminal.types("Zebedee")
    terminal.answers("Is “Zebedee” a new pupil? [Y/n]", "<")
    terminal.types("pupil")
    terminal.sees("P-0001 Test P.")
    terminal.sees("Where will they go?")
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
    terminal.answers("Add this provider?", "y")
    terminal.sees("PR-0002")
    assert terminal.ends() == 0
    provider = placed.json("provider", "show", "PR-0002")[0]
    assert provider["registered"] == [] and not provider.get("sites")
