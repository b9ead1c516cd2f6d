"""What the form of a task asks before it saves: nothing loud is decided by a slip, and nothing empty is kept."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from ap_cli.domain.entries.during import Review
from ap_cli.forms.days import as_past_day
from ap_cli.forms.form import question
from ap_cli.interview.sensible import object_to_sense

from ..conftest import Program
from .terminal import Terminal

SAVED = "This is what will be saved:"


@pytest.fixture
def unsafe(placed: Program) -> Program:
    """A serious incident at the provider, of which nobody has decided what follows."""
    placed.ok(
        "record", "concern", "PR-0001", "--serious", "--what", "a fall", "--day", "2026-03-02"
    )
    return placed


def concerns(ap: Program) -> list[dict[str, Any]]:
    """The concerns of the provider, the first included."""
    return [row for row in ap.json("timeline", "PR-0001") if row["kind"] == "concern"]


def decision(ap: Program) -> Terminal:
    """The form that decides whether pupils stay, at its question."""
    screen = Terminal(ap, "do", "PR-0001", "incident")
    screen.sees("Decide whether pupils stay at the provider")
    screen.sees("What did you decide to do?")
    return screen


def test_n_alone_chooses_no_decision_about_safety(unsafe: Program) -> None:
    screen = decision(unsafe)
    screen.types("n")
    screen.answers("“n” may mean not-affected, or yes or no: type more of the word.", "no")
    screen.answers("“no” may mean not-affected", "not")
    screen.answers("What day was it?", "")
    screen.sees(SAVED)
    screen.sees("What did you decide to do? not-affected")
    screen.types("")
    screen.answers("Type yes to save it, or no to change it.", "yes")
    screen.sees("E-0002: concern of PR-0001")
    assert screen.ends() == 0, screen.lines(40)
    assert len(concerns(unsafe)) == 2


def test_no_leads_to_the_answers_and_what_was_changed_is_asked_again(unsafe: Program) -> None:
    screen = decision(unsafe)
    screen.types("3")
    screen.answers("What day was it?", "")
    screen.answers("Save it? [y/n]", "no")
    screen.sees("Your answers")
    assert len(concerns(unsafe)) == 1
    screen.sees("A number to change that answer")
    (number,) = re.findall(r"^ *(\d+) What did you decide", screen.lines(40), re.MULTILINE)
    screen.types(number)
    screen.answers("What did you decide to do?", "withdraw")
    screen.answers("A number to change that answer", "")
    screen.answers("What did you decide to do? withdraw", "y")
    assert screen.ends() == 0, screen.lines(40)
    assert [row["ref"] for row in concerns(unsafe)] == ["E-0001", "E-0002"]


QUESTIONS_OF_NOTICE = (
    "What day was it?",
    "Does it give the address?",
    "Does it say who to report to first?",
    "Does it give the number of days?",
    "Does it give the reasons and objectives?",
    "Does it give the session times?",
    "When did you decide on the direction?",
)


def test_a_form_in_which_nothing_was_answered_is_not_kept(placed: Program) -> None:
    screen = Terminal(placed, "do", "PL-0001", "notice")
    screen.answers("Which one?", "1")
    for asked in QUESTIONS_OF_NOTICE:
        screen.answers(asked, "")
    screen.sees("Nothing was answered, so nothing is saved.")
    screen.sees("The task stays on the list, because:")
    assert screen.ends() == 0, screen.lines(40)
    assert not [row for row in placed.json("timeline", "PL-0001") if row["kind"] == "notice"]
    assert placed.json("draft", "list") == []


def test_a_form_with_one_answer_is_kept_and_what_is_still_open_is_said(placed: Program) -> None:
    screen = Terminal(placed, "do", "PL-0001", "notice")
    screen.answers("Which one?", "1")
    for asked in QUESTIONS_OF_NOTICE:
        screen.answers(asked, "no" if "address" in asked else "")
    screen.sees("E-0001: notice of PL-0001")
    screen.sees("The task stays on the list, because:")
    assert screen.ends() == 0, screen.lines(40)


def test_what_is_filled_in_without_being_asked_is_shown_first(unsafe: Program) -> None:
    screen = Terminal(unsafe, "do", "PR-0001", "informed")
    screen.sees("Filled in:")
    screen.sees("Which earlier concern does this follow? E-0001")
    screen.sees("When was your designated safeguarding lead told?")
    screen.child.close()


def test_who_was_told_is_asked_for_all_who_are_told_of_it(placed: Program) -> None:
    about = ("--about-adult", "--at-risk", "--what", "a fall", "--day", "2026-03-02")
    placed.ok("record", "concern", "PL-0001", *about)
    screen = Terminal(placed, "do", "PL-0001", "informed")
    screen.sees("Filled in:")
    screen.sees("Is it about an adult who works with children? yes")
    for whom in ("designated safeguarding lead", "council's designated officer"):
        screen.answers(f"When was the {whom}" if "officer" in whom else whom, "today")
    screen.answers("When was children's social care told?", "today")
    screen.answers("Save it? [y/n]", "y")
    assert screen.ends() == 0, screen.lines(40)
    (_, told) = [one for one in placed.json("timeline", "PL-0001") if one["kind"] == "concern"]
    assert {told[key] for key in ("lead_informed", "officer_informed", "social_care_informed")} == {
        "2026-03-02"
    }
    assert told["day"] == "2026-03-02"


def test_a_day_to_come_is_refused_where_something_was_done(unsafe: Program) -> None:
    screen = Terminal(unsafe, "do", "PR-0001", "informed")
    screen.answers("When was your designated safeguarding lead told?", "tomorrow")
    screen.answers("That day is still to come: give the day on which it was done.", "3 Mar 2026")
    screen.answers("That day is still to come", "2 Mar 2026")
    screen.sees("?")
    screen.child.close()


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("27 Feb 2026", "That is a day: type who it is, a name, or what they do."),
        ("y", "Type who it is: a name, or what they do."),
        ("No", "Type who it is: a name, or what they do."),
        ("T. Sample", ""),
        ("head of year 9", ""),
        ("May Example", ""),
    ],
)
def test_a_day_or_a_bare_yes_names_nobody(typed: str, refused: str) -> None:
    by = question(Review, "by")
    assert by is not None
    assert object_to_sense(Review, by, typed, date(2026, 3, 2)) == refused


def test_a_task_that_is_done_is_said_to_be_done(placed: Program) -> None:
    placed.ok(
        *("placement", "edit", "PL-0001", "--pupil-consulted", "2026-01-05"),
        *("--parents-consulted", "2026-01-05", "--teacher-consulted", "2026-01-05"),
        *("--consulted", "all three agreed"),
    )
    done = placed("do", "PL-0001", "consult")
    assert done.code == 2
    assert "“consult” is done for PL-0001: ap do PL-0001 lists what is still to do" in done.err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wednesday", "last wednesday"),
        ("Tue", "last Tue"),
        ("monday", "monday"),
        ("last friday", "last friday"),
        ("27 Feb 2026", "27 Feb 2026"),
    ],
)
def test_a_weekday_of_what_was_done_is_the_last_one(typed: str, meant: str) -> None:
    assert as_past_day(typed, date(2026, 3, 2)) == meant


def test_a_concern_of_wednesday_is_of_the_last_one(placed: Program) -> None:
    screen = Terminal(placed, "record", "concern", "PL-0001", "--what", "a fall")
    screen.answers("What day was it?", "wednesday")
    screen.answers("Who by?", "later")
    assert screen.ends() == 0, screen.lines(40)
    assert placed.json("timeline", "PL-0001")[-1]["day"] == "2026-02-25"


def test_who_has_stopped_going_is_not_asked_what_keeps_them_safe_there(placed: Program) -> None:
    screen = Terminal(placed, "record", "review", "PL-0001")
    for asked in ("What day was it?", "Who by?", "Who took part?"):
        screen.answers(asked, "")
    for asked in ("Is it meeting its objectives?", "Is the pupil attending?"):
        screen.answers(asked, "y")
    screen.answers("Is it safe?", "no")
    screen.answers("Has the pupil stopped going there?", "yes")
    screen.answers("Does it meet the pupil's needs?", "later")
    assert "What keeps the pupil safe" not in screen.transcript.getvalue()
    screen.child.close()
