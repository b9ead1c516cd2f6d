"""Ending a placement on a terminal: did it start, how did it end, and what is still open."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ..conftest import COMPLETE, Program
from .terminal import PROMPT_BEGINS, Terminal

ENDED = ("--reason", "moved", "--destination", "further-education")


def test_ending_says_what_it_asks_and_asks_about_an_open_concern(placed: Program) -> None:
    placed.ok("record", "concern", "PL-0001", "--what", "a bruise")
    terminal = Terminal(placed, "placement", "end", "PL-0001", rows=60)
    terminal.sees("Ending PL-0001: Test Pupil at Hollow Oak Farm, from 6 January 2026.")
    terminal.sees("did it start, last day")
    terminal.sees("the concern of 2 March 2026")
    terminal.answers("Did it ever start?")
    terminal.answers("What was the last day?")
    terminal.answers("Why did it end?", "objectives met")
    terminal.answers("Where does the pupil go next?", "further")
    terminal.sees("The concern of 2 March 2026 (E-0001) is open")
    terminal.answers("Record now what you decided?", "n")
    terminal.answers("Was the end discussed?", "n")
    terminal.sees("PL-0001")
    assert terminal.ends() == 0
    assert placed.json("placement", "show", "PL-0001")[0]["never_started"] is None
    assert placed.json("draft", "list") == []


def test_a_mistake_in_every_third_answer_is_said_at_once_without_flags(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "end", "PL-0001", rows=60)
    terminal.answers("Did it ever start?", "perhaps")
    terminal.sees("yes or no")
    terminal.types("no")
    terminal.answers("Why did it not start?", "<")
    terminal.answers("Did it ever start?", "yes")
    terminal.answers("What was the last day?", "2025-12-01")
    terminal.sees("PL-0001 started on 6 January 2026")
    terminal.types("3 April 2026")
    terminal.sees("3 April 2026 is still to come")
    terminal.types("27 Feb 2026")
    terminal.answers("Why did it end?", "")
    terminal.sees("You need to answer this one")
    terminal.types("objectives met")
    terminal.answers("Where does the pupil go next?", "nowhere at all")
    terminal.sees("Choose a number")
    terminal.types("further")
    terminal.answers("Was the end discussed?", "n")
    assert terminal.ends() == 0
    assert "--" not in terminal.transcript.getvalue().split("still to do")[0]
    row = placed.json("placement", "show", "PL-0001")[0]
    assert (row["ended"], row["destination"]) == ("2026-02-27", "further-education")


def test_a_placement_that_never_started_is_asked_for_no_last_day(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "end", "PL-0001", rows=60)
    terminal.answers("Did it ever start?", "no")
    terminal.answers("Why did it not start?", "the family moved")
    terminal.answers("Where does the pupil go next?", "other-school")
    terminal.sees("PL-0001")
    assert terminal.ends() == 0
    row = placed.json("placement", "show", "PL-0001")[0]
    assert (row["never_started"], row["ended"]) == (True, "2026-01-06")


def test_a_placement_with_a_review_did_start(placed: Program) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--day", "2026-02-12")
    terminal = Terminal(placed, "placement", "end", "PL-0001", rows=60)
    terminal.answers("Did it ever start?", "no")
    terminal.sees("It did start: PL-0001 has an entry (review) on 12 February 2026")
    terminal.child.send("\x03")
    assert terminal.ends() == 130


@pytest.fixture
def reviewed(placed: Program) -> Program:
    """A store with a placement that has a review of 2 March, E-0001."""
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--by", "A. Tester",
              "--took-part", "parent", "--took-part", "Ms Sample", "--child-view", "proud",
              "--note", "a good end")  # fmt: skip
    return placed


def end_on_friday(ap: Program) -> Terminal:
    terminal = Terminal(ap, "placement", "end", "PL-0001", rows=60)
    terminal.answers("Did it ever start?")
    terminal.answers("What was the last day?", "27 Feb 2026")
    terminal.answers("Why did it end?", "objectives met")
    terminal.answers("Where does the pupil go next?", "further")
    terminal.sees("The review of 2 March 2026 (E-0001) is after the last day. What was it?")
    return terminal


def test_a_review_after_the_last_day_becomes_the_discussion(reviewed: Program) -> None:
    terminal = end_on_friday(reviewed)
    terminal.types("4")
    terminal.sees("Choose a number from 1 to 3")
    terminal.types("1")
    terminal.sees("PL-0001")
    assert terminal.ends() == 0, "that it was discussed is not asked again"
    (row,) = [row for row in reviewed.json("timeline", "PL-0001") if row["ref"] == "E-0002"]
    assert (row["kind"], row["day"], row["by"]) == ("discussion", "2026-03-02", "A. Tester")
    assert row["took_part"] == ["parent"] and row["child_view"] == "proud"
    assert "a good end" in row["note"] and "Ms Sample" in row["note"] and "safe: yes" in row["note"]
    assert reviewed("record", "edit", "E-0001", "--reason", "x", "--no-safe").code == 2
    reviewed.ok("undo")
    assert reviewed.json("placement", "show", "PL-0001")[0]["ended"] is None
    assert reviewed.json("timeline", "PL-0001")[-1]["kind"] == "review"


def test_a_review_after_the_last_day_moves_to_its_day(reviewed: Program) -> None:
    terminal = end_on_friday(reviewed)
    terminal.types("2")
    terminal.answers("When was the review?", "1 March 2026")
    terminal.sees("Give a day from 6 January 2026 to 27 February 2026")
    terminal.types("26 Feb 2026")
    terminal.answers("Was the end discussed?", "n")
    assert terminal.ends() == 0
    (row,) = [row for row in reviewed.json("timeline", "PL-0001") if row["ref"] == "E-0001"]
    assert (row["kind"], row["day"]) == ("review", "2026-02-26")


def test_a_last_day_before_a_review_can_be_corrected(reviewed: Program) -> None:
    terminal = end_on_friday(reviewed)
    terminal.types("3")
    terminal.sees("To save, change 2")
    terminal.answers("A number to change that answer", "2")
    terminal.answers("What was the last day?", "2 March 2026")
    terminal.answers("A number to change that answer")
    terminal.answers("Was the end discussed?", "n")
    assert terminal.ends() == 0
    assert reviewed.json("placement", "show", "PL-0001")[0]["ended"] == "2026-03-02"


def test_a_review_of_a_placement_that_has_ended_is_offered_as_the_discussion(
    placed: Program,
) -> None:
    placed.ok("placement", "end", "PL-0001", "--day", "2026-02-27", *ENDED)
    late = placed("record", "review", "PL-0001", *COMPLETE)
    assert late.code == 2 and "ap record discussion PL-0001" in late.err
    terminal = Terminal(placed, "record", "review", "PL-0001", rows=60)
    terminal.sees("PL-0001 ended on 27 February 2026. What do you want to record?")
    terminal.types("1")
    terminal.answers("What day was it?")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("Who took part?", "school")
    terminal.answers("What was achieved?", "two units")
    for question in ("What does the pupil think", "What support follows", "Is there anything else"):
        terminal.answers(question)
    terminal.sees("discussion of PL-0001")
    assert terminal.ends() == 0


def test_how_it_ended_is_corrected_on_the_review_screen(placed: Program) -> None:
    placed.ok("placement", "end", "PL-0001", "--day", "2026-02-27", *ENDED)
    terminal = Terminal(placed, "placement", "end", "PL-0001", rows=60)
    terminal.answers("Correct how it ended?", "y")
    terminal.sees("1 Did it ever start? → yes")
    terminal.sees("3 Why did it end? → moved")
    terminal.answers("A number to change that answer", "3")
    terminal.answers("Why did it end?", "objectives met")
    terminal.answers("A number to change that answer")
    terminal.sees("PL-0001")
    assert terminal.ends() == 0
    assert placed.json("placement", "show", "PL-0001")[0]["end_reason"] == "objectives met"


def test_stopped_on_the_way_it_has_ended_and_the_rest_is_a_draft(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "end", "PL-0001", rows=60)
    terminal.answers("Did it ever start?")
    terminal.answers("What was the last day?")
    terminal.answers("Why did it end?", "objectives met")
    terminal.answers("Where does the pupil go next?", "further")
    terminal.answers("Was the end discussed?", "y")
    terminal.answers("What day was it?")
    terminal.answers("Who by?", "A. Tester")
    terminal.sees("Who took part?")
    terminal.child.send("\x03")
    terminal.sees("ap draft resume D-0002")
    terminal.sees("Saved: PL-0001 has ended. The rest is on your list: ap do PL-0001")
    assert terminal.ends() == 0
    (row,) = placed.json("draft", "list")
    assert row["what"] == "discussion of PL-0001 (P-0001)"


def test_a_draft_of_one_that_never_started_is_saved_without_a_terminal(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "end", "PL-0001", rows=60)
    terminal.answers("Did it ever start?", "no")
    terminal.answers("Why did it not start?", "the family moved")
    terminal.sees("Where does the pupil go next?")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
    assert placed("draft", "resume", "D-0001").code == 4
    again = Terminal(placed, "draft", "resume", "D-0001", rows=60)
    again.answers("Where does the pupil go next?", "home-school")
    again.sees("Why did it not start? → the family moved")
    again.answers("A number to change that answer")
    assert again.ends() == 0
    assert placed.json("placement", "show", "PL-0001")[0]["never_started"] is True


def end_today(ap: Program) -> Terminal:
    """The form of an ending, answered."""
    terminal = Terminal(ap, "placement", "end", "PL-0001", rows=60)
    terminal.answers("Did it ever start?")
    terminal.answers("What was the last day?")
    terminal.answers("Why did it end?", "objectives met")
    terminal.answers("Where does the pupil go next?", "further")
    return terminal


OF_THE_DISCUSSION = (
    *("What day was it?", "Who by?", "Who took part?", "What was achieved?"),
    *("What does the pupil think", "What support follows", "Is there anything else"),
)


def test_a_discussion_with_only_its_day_is_not_kept_and_can_wait(placed: Program) -> None:
    terminal = end_today(placed)
    terminal.answers("Was the end discussed?", "y")
    for asked in OF_THE_DISCUSSION:
        terminal.answers(asked)
    terminal.sees("Nothing was answered, so nothing is saved. It can wait.")
    terminal.sees("PL-0001")
    assert terminal.ends() == 0, terminal.lines(40)
    assert not [one for one in placed.json("timeline", "PL-0001") if one["kind"] == "discussion"]


def test_stopped_with_nothing_typed_it_only_says_what_is_saved(placed: Program) -> None:
    terminal = end_today(placed)
    terminal.answers("Was the end discussed?", "y")
    terminal.sees("What day was it?")
    terminal.child.expect_exact(PROMPT_BEGINS)
    terminal.child.send("\x03")
    terminal.sees("Saved: PL-0001 has ended. The rest is on your list: ap do PL-0001")
    assert terminal.ends() == 0, terminal.lines(40)
    assert "nothing was saved" not in terminal.lines(40)


def test_a_concern_that_is_open_at_the_end_is_asked_for_its_decision_at_once(
    placed: Program,
) -> None:
    placed.ok("record", "concern", "PL-0001", "--what", "a fall", "--day", "2026-02-27")
    terminal = end_today(placed)
    terminal.answers("Record now what you decided?", "y")
    terminal.answers("What did you decide to do?", "withdraw")
    terminal.answers("What day was it?")
    terminal.answers("Save it? [y/n]", "y")
    terminal.answers("Was the end discussed?", "n")
    assert terminal.ends() == 0, terminal.lines(40)
    asked = terminal.transcript.getvalue()
    assert "Is it a serious incident?" not in asked and "Who by?" not in asked
    concerns = [one for one in placed.json("timeline", "PL-0001") if one["kind"] == "concern"]
    assert [one["decision"] for one in concerns] == [None, "withdraw"]
