"""Documents made in a real terminal: what only a document needs is asked, and kept."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ..conftest import Program
from ..documents.papers import read_html
from .terminal import Terminal

OUT = ("--out", "a.html")


def test_a_notice_asks_for_the_person_and_the_times_and_keeps_them(placed: Program) -> None:
    terminal = Terminal(placed, "make", "notice", "PL-0001", *OUT)
    terminal.answers("Who does the pupil report to on the first day?", "C. Sample")
    terminal.answers("What time does the day start there?", "9.15")
    terminal.answers("What time does the break between morning and afternoon start?", "12")
    terminal.answers("What time does that break end?", "12:45pm")
    terminal.answers("What time does the day end there?", "2:45")
    terminal.sees("add am or pm")
    terminal.types("2:45pm")
    terminal.sees("Notice of off-site direction of PL-0001, version 1")
    assert terminal.ends() == 0
    text = read_html((placed.folder / "a.html").read_bytes()).text
    assert "C. Sample" in text and "12 noon to 12:45pm" in text and "2:45pm" in text


def test_what_is_known_is_not_asked_again(placed: Program) -> None:
    placed.ok("record", "times", "PL-0001", "--report-to", "C. Sample", "--starts-at", "9")
    placed.ok("record", "times", "PL-0001", "--break-from", "12", "--break-to", "12:45pm")
    terminal = Terminal(placed, "make", "notice", "PL-0001", *OUT)
    terminal.answers("What time does the day end there?", "3pm")
    terminal.sees("version 1")
    assert terminal.ends() == 0


def test_questions_may_stay_open_and_the_document_has_its_gaps(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--review-date", "2026-03-13")
    terminal = Terminal(placed, "make", "review-invitation", "PL-0001", *OUT)
    terminal.answers("What time is it?")
    terminal.answers("Where is it, or how do people join?")
    terminal.sees("Invitation to a review of PL-0001, version 1")
    assert terminal.ends() == 0
    assert "Not recorded yet" in read_html((placed.folder / "a.html").read_bytes()).text
    kinds = [row["kind"] for row in placed.json("timeline", "PL-0001")]
    assert "document" in kinds and "meeting" not in kinds


def test_what_is_refused_is_refused_before_anything_is_asked(placed: Program) -> None:
    terminal = Terminal(placed, "make", "notice", "PL-0001", "--out", "nowhere/a.html")
    terminal.sees("cannot be written")
    assert terminal.ends() == 2


def test_the_answers_are_no_draft_any_more_and_one_undo_takes_all_back(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--review-date", "2026-03-13")
    terminal = Terminal(placed, "make", "review-invitation", "PL-0001", *OUT)
    terminal.answers("What time is it?", "2pm")
    terminal.answers("Where is it, or how do people join?", "the office")
    terminal.sees("Invitation to a review of PL-0001, version 1")
    assert terminal.ends() == 0
    assert placed.json("draft", "list") == []
    kinds = {row["kind"] for row in placed.json("timeline", "PL-0001")}
    assert {"document", "meeting"} <= kinds
    placed.ok("undo")
    kinds = {row["kind"] for row in placed.json("timeline", "PL-0001")}
    assert not {"document", "meeting"} & kinds


def test_without_a_placement_a_terminal_offers_a_list(placed: Program) -> None:
    terminal = Terminal(placed, "make")
    terminal.answers("Which placement", "1")
    terminal.sees("ap make sheet PL-0001")
    assert terminal.ends() == 0


@pytest.mark.parametrize(("start", "printed"), [("none", "No break"), ("", "Not recorded yet")])
def test_a_day_without_a_break_is_an_answer_and_its_end_is_not_asked(
    placed: Program, start: str, printed: str
) -> None:
    terminal = Terminal(placed, "make", "notice", "PL-0001", *OUT)
    terminal.answers("Who does the pupil report to on the first day?", "C. Sample")
    terminal.answers("What time does the day start there?", "9")
    terminal.answers("What time does the break between morning and afternoon start?", start)
    terminal.answers("What time does the day end there?", "12")
    terminal.sees("Notice of off-site direction of PL-0001, version 1")
    assert terminal.ends() == 0
    assert "What time does that break end?" not in terminal.transcript.getvalue()
    fields = read_html((placed.folder / "a.html").read_bytes()).text
    assert f"Break{printed}" in " ".join(fields.split())


def test_the_end_of_a_break_alone_is_asked_for_where_its_start_is_on_record(
    placed: Program,
) -> None:
    placed.ok("record", "times", "PL-0001", "--report-to", "C. Sample", "--starts-at", "9")
    placed.ok("record", "times", "PL-0001", "--break-from", "12", "--ends-at", "3pm")
    terminal = Terminal(placed, "make", "notice", "PL-0001", *OUT)
    terminal.answers("What time does that break end?", "11:45")
    terminal.sees("To save, change 6: 11:45am is not after 12 noon, when the break starts")


@pytest.mark.parametrize(("answer", "is_sent"), [("yes", True), ("", False)])
def test_a_notice_that_lacks_what_the_law_asks_is_sent_only_if_somebody_says_so(
    placed: Program, answer: str, is_sent: bool
) -> None:
    times = ("--report-to", "C. Sample", "--starts-at", "9", "--break-from", "none")
    placed.ok("record", "times", "PL-0001", *times, "--ends-at", "12", "--days", "40")
    terminal = Terminal(placed, "make", "notice", "PL-0001", *OUT, "--sent", "today")
    terminal.answers("Record it as sent all the same?", answer)
    terminal.sees("Notice of off-site direction of PL-0001, version 1")
    assert terminal.ends() == 0
    seen = " ".join(terminal.transcript.getvalue().split())
    assert "things are missing: " in seen and "arranged by" in seen
    assert ("It is made, but not recorded as sent." in seen) is not is_sent
    kinds = {row["kind"] for row in placed.json("timeline", "PL-0001")}
    assert ("notice" in kinds) is is_sent and "document" in kinds
