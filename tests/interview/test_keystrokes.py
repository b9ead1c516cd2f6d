"""How many questions and keystrokes three placements take with the wizard: at most half of before."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ..conftest import Program
from .terminal import Terminal

Answers = list[tuple[str, str]]

FARM: Answers = [
    ("Who is the pupil?", "L. Sample"),
    ("Is “L. Sample” a new pupil?", ""),
    ("When was the pupil born?", "14/03/2012"),
    ("Which school is the pupil on roll at?", ""),
    ("Is there an EHC plan? Since when?", "yes"),
    ("Is the pupil looked after? Since when?", "no"),
    ("Add this pupil?", ""),
    ("Where will they go?", "hol"),
    ("Which days or half days are they there?", "mon tue"),
    ("How many hours a week is that", "10"),
    ("Are they in school for the rest of the week?", ""),
    ("What is their first day?", "13/04/2026"),
    ("What is their last day?", "10/07/2026"),
    ("Why can you place this pupil?", "4"),
    ("Is a suitably skilled adult with them there?", "y"),
    ("What is the main reason?", "6"),
    ("When did you speak to pupil, parents and teacher?", "yesterday"),
    ("What did they say", "all agree, L. likes animals"),
    ("What will they do there?", "animal care, English, maths"),
    ("What should change in attendance", "60 to 85 %"),
    ("And in attitude?", ""),
    ("And in attainment?", ""),
    ("And in behaviour?", "no more fights"),
    ("And in where they go next?", ""),
    ("What does the pupil want or need from it?", "to work outdoors"),
    ("How does it fit with their lessons?", "school sends English and maths"),
    ("How will you know it worked?", "85 % and calm at lunch"),
    ("Where should it lead?", "1"),
    ("What is the plan for ending it", "two days in school from June"),
    ("How do they get there?", "taxi"),
    ("Is the journey safe and agreed?", "y"),
    ("When did you discuss the location with the council?", "yesterday"),
    ("What else matters?", "hay fever"),
    ("Who visited, and when?", "A. Tester yesterday"),
    ("Who leads on this?", ""),
    ("How can they be reached?", ""),
]
"""A farm two days a week, for a new pupil with an EHC plan."""

VOCATIONAL: Answers = [
    ("Who is the pupil?", "test"),
    ("Where will they go?", "coll"),
    ("Which days or half days are they there?", "mon-fri"),
    ("How many hours a week is that", "25"),
    ("Is there a reason for less than a day", "2"),
    ("What is their first day?", "13/04/2026"),
    ("What is their last day?", "26/06/2026"),
    ("Why can you place this pupil?", "5"),
    ("Is a suitably skilled adult with them there?", "y"),
    ("What is the main reason?", "2"),
    ("When did you speak to pupil, parents and teacher?", "yesterday"),
    ("What did they say", "all agree"),
    ("What will they do there?", "motor vehicles, English, maths"),
    ("What should change in attendance", "70 to 90 %"),
    ("And in attitude?", ""),
    ("And in attainment?", "level 1 in motor vehicles"),
    ("And in behaviour?", ""),
    ("And in where they go next?", "apprenticeship"),
    ("What does the pupil want or need from it?", "to become a mechanic"),
    ("How does it fit with their lessons?", "college teaches both"),
    ("How will you know it worked?", "level 1 and a place"),
    ("Where should it lead?", "2"),
    ("What is the plan for ending it", "the college keeps the place"),
    ("How do they get there?", "bus"),
    ("Is the journey safe and agreed?", "y"),
    ("When did you discuss the location with the council?", ""),
    ("What else matters?", ""),
    ("Who visited, and when?", "A. Tester yesterday"),
    ("Who leads on this?", ""),
    ("How can they be reached?", ""),
]
"""A full-time course at a college in year 11."""

ONLINE: Answers = [
    ("Who is the pupil?", "young"),
    ("Where will they go?", "onl"),
    ("Where is the pupil taught?", "4"),
    ("Which days or half days are they there?", "mon-fri am"),
    ("How many hours a week is that", "12.5"),
    ("Are they in school for the rest of the week?", "no"),
    ("Where are they on mon-fri pm?", "1"),
    ("Is there a reason for less than a day", "3"),
    ("What is their first day?", "13/04/2026"),
    ("What is their last day?", "22/05/2026"),
    ("Why can you place this pupil?", "5"),
    ("What is the main reason?", "5"),
    ("When did you speak to pupil, parents and teacher?", "yesterday"),
    ("What did they say", "all agree"),
    ("What will they do there?", "English, maths, science"),
    ("What should change in attendance", "0 to 50 %"),
    ("And in attitude?", ""),
    ("And in attainment?", ""),
    ("And in behaviour?", ""),
    ("And in where they go next?", ""),
    ("What does the pupil want or need from it?", "a quiet start"),
    ("How does it fit with their lessons?", "the same topics"),
    ("How will you know it worked?", "a morning in school"),
    ("Where should it lead?", "1"),
    ("What is the plan for ending it", "mornings in school from June"),
    ("What else matters?", "a call each day"),
    ("Who visited, and when?", "no"),
    ("Who leads on this?", ""),
    ("How can they be reached?", ""),
]
"""Mornings online in year 8, for a pupil who avoids school for emotional reasons."""


@pytest.fixture
def school(ap: Program) -> Program:
    """A school that has placed pupils before, with the providers and two of the pupils on record."""
    ap.ok("init", "--no-input", "--commissioner", "Elm School", "--kind", "academy")
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered")
    ap.ok("provider", "add", "Test College", "--kind", "fe-college")
    ap.ok("provider", "add", "Online Lessons", "--kind", "online")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27", "--ehcp", "no")
    ap.ok("pupil", "add", "Young Sample", "--born", "2013-06-27", "--ebsa", "2025-09-01")
    planned = ("--route", "suspension", "--starts", "2026-02-02", "--hours", "6")
    led = ("--owner", "A. Tester", "--completed-contact", "tester@school.test")
    ap.ok("placement", "new", "--pupil", "P-0002", "--provider", "PR-0001", *planned, *led)
    return ap


@pytest.mark.parametrize(
    ("answers", "before"),
    [(FARM, 1_000), (VOCATIONAL, 800), (ONLINE, 640)],
    ids=["farm", "vocational", "online"],
)
def test_a_placement_takes_at_most_half_the_keystrokes_of_before(
    school: Program, answers: Answers, before: int
) -> None:
    terminal = Terminal(school, "placement", "new", rows=90)
    for question, answer in answers:
        terminal.answers(question, answer)
    terminal.leaves_the_review()
    after = ["y"]
    if terminal.sees_one_of("approved code B", r"Save this", told="saving") == 0:
        terminal.types("y")
        after.append("y")
        terminal.sees("Save this")
    terminal.types("y")
    terminal.sees("PL-0002")
    assert terminal.ends() == 0
    keystrokes = sum(len(answer) + 1 for _, answer in answers) + sum(
        len(each) + 1 for each in after
    )
    print(len(answers), "questions,", keystrokes, "keystrokes")
    assert keystrokes <= before / 2
