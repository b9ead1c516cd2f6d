"""Finding out why a pupil was absent: the code is asked and shown before anything is amended."""

from __future__ import annotations

import pytest

from ap_cli.interview.marks import read_meant
from ap_cli.interview.typed import read_numbers

from ..conftest import Program
from .terminal import KEYS, Terminal


@pytest.fixture
def absent(placed: Program) -> Program:
    """A pupil of whom nobody knows why they were absent on two mornings and an afternoon."""
    for day, half in (("2026-02-02", "am"), ("2026-02-02", "pm"), ("2026-02-04", "am")):
        placed.ok("attendance", "record", "PL-0001", day, half, "N")
    return placed


def codes(ap: Program) -> list[str]:
    """The current codes of the placement, in order."""
    (shown,) = ap.json("attendance", "show", "PL-0001")
    return [mark["code"] for mark in shown["marks"]]


def test_several_sessions_of_one_child_are_amended_in_one_go(absent: Program) -> None:
    screen = Terminal(absent, "do", "PL-0001", "absence")
    screen.sees("1 Monday 2 February 2026 am, marked N")
    screen.answers("Which sessions have the same reason?", "4")
    screen.answers("Type numbers such as 1 2 or 1-3, all, or < to go back.", "1-2")
    screen.sees("I ill (authorised)")
    screen.answers("A code, or a word of it;", "authorised")
    screen.answers("may mean C, C1,", "ill")
    screen.answers("Why is it amended?", "?")
    screen.answers("Type a few words, such as: the parent rang, a cold.", "the parent rang")
    screen.sees("Monday 2 February 2026 pm: N → I, ill")
    screen.sees("Reason: the parent rang")
    assert codes(absent) == ["N", "N", "N"]
    screen.answers("Save it? [y/n]", "y")
    screen.sees("2 sessions from Monday 2 February 2026, N became I")
    assert screen.ends() == 0, screen.lines(40)
    assert codes(absent) == ["I", "I", "N"]
    absent.ok("undo")
    assert codes(absent) == ["N", "N", "N"]


def test_back_goes_back_a_question_and_out_of_the_form(absent: Program) -> None:
    screen = Terminal(absent, "do", "PL-0001", "absence")
    screen.answers("Which sessions have the same reason?", "all")
    screen.answers("A code, or a word of it;", "M")
    screen.answers("Why is it amended?", "<")
    screen.answers("A code, or a word of it;", "N")
    screen.answers("It is marked N already: choose another code.", "<")
    screen.answers("Which sessions have the same reason?", "<")
    screen.sees("Nothing was amended.")
    assert screen.ends() == 0, screen.lines(40)
    assert codes(absent) == ["N", "N", "N"]


def test_an_interruption_goes_back_to_the_list_and_amends_nothing(absent: Program) -> None:
    screen = Terminal(absent)
    screen.answers("Number, reference or command; Enter to leave:", "1")
    screen.sees("Which sessions have the same reason?")
    screen.types("2")
    screen.answers("A code, or a word of it;", "O")
    screen.sees("Why is it amended?")
    screen.child.send(KEYS["ctrl-c"])
    screen.sees("Stopped: this task is not done yet.")
    screen.answers("Enter to go back to the list", "q")
    assert screen.ends() == 0, screen.lines(40)
    assert codes(absent) == ["N", "N", "N"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("all", [1, 2, 3]),
        ("2", [2]),
        ("1 3", [1, 3]),
        ("1-3", [1, 2, 3]),
        ("3,1-2", [3, 1, 2]),
        ("0", []),
        ("4", []),
        ("2-4", []),
        ("3-1", []),
        ("one", []),
        ("", []),
    ],
)
def test_numbers_are_read_alone_in_a_row_as_a_span_or_all(typed: str, found: list[int]) -> None:
    assert read_numbers(typed, 3) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("i", ["I"]),
        ("ill", ["I"]),
        ("il", []),
        ("dent", ["M"]),
        ("unauthorised", ["G", "N", "O", "U"]),
        ("zzz", []),
    ],
)
def test_a_code_is_found_by_itself_what_it_counts_as_or_a_word_of_it(
    typed: str, found: list[str]
) -> None:
    assert read_meant(typed) == found


@pytest.mark.parametrize(("answer", "kept"), [("", 0), ("y", 1)])
def test_a_mark_that_cannot_be_right_is_recorded_only_if_that_is_confirmed(
    placed: Program, answer: str, kept: int
) -> None:
    placed.ok("placement", "edit", "PL-0001", "--at-provider", "mon-thu")
    screen = Terminal(placed, "attendance", "record", "PL-0001", "2026-02-27", "am", "I")
    screen.sees("! PL-0001 is on mon-thu, and has no session on Friday 27 February 2026 am.")
    screen.answers("Record the marks all the same? [y/N]", answer)
    assert screen.ends() == (0 if kept else 130)
    months = placed.json("attendance", "show", "PL-0001")
    assert sum(len(month["marks"]) for month in months) == kept


def test_a_mark_recorded_for_a_task_is_doubted_as_any_other(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--at-provider", "mon-thu")
    placed.ok("attendance", "record", "PL-0001", "2026-02-02", "am", "I")
    screen = Terminal(placed, "do", "PL-0001", "marks")
    for answer in ("", "y"):
        screen.answers("Which day?", "friday")
        screen.answers("am or pm?", "am")
        screen.answers("A code, or a word of it;", "I")
        screen.sees("! PL-0001 is on mon-thu, and has no session on Friday 27 February 2026 am.")
        screen.answers("Record the marks all the same? [y/N]", answer)
    screen.sees("27 February 2026 am is marked I.")
    assert screen.ends() == 0, screen.lines(40)
    assert codes(placed) == ["I", "I"]
