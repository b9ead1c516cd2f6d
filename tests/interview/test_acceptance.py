"""The main job from end to end, in a real terminal, on 2 March 2026."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ap_cli.domain.placement import Placement
from ap_cli.forms.form import questions

from ..conftest import COMPLETE, Program
from .terminal import Terminal

ANSWERS = {
    "Who is the pupil?": "test pup",
    "When did you talk to the pupil?": "Fri 2nd Jan 2026",
    "When did you talk to the parents?": "2026-01-02",
    "When did you talk to the teacher?": "?",
    "Who did you talk to, and what did they say?": "the tutor of year 11",
    "What have you tried so far?": "",
    "Why is the pupil referred?": "early-help, 5",
    "Why can you place this pupil?": "off",
    "Where should the placement lead?": "post-16",
    "What will the pupil do there?": "animal care and English",
    "What are the objectives?": "attend four days a week",
    "What is the timeline?": "two terms",
    "What does the pupil want or need from it?": "work outdoors",
    "What will success look like?": "a college place",
    "What do you hope for in attendance?": "90 %",
    "What do you hope for in attitude?": "",
    "What do you hope for in attainment?": "",
    "What do you hope for in behaviour?": "",
    "Where do you hope the pupil goes next?": "",
    "Is there a plan for after year 11?": "no",
    "Which provider?": "hollow",
    "Where is the pupil taught?": "",
    "Which tier is it?": "2",
    "How many hours a week at the provider": "19",
    "How many hours a week at school?": "6",
    "How many hours a week somewhere else?": "none",
    "How long is your school week, in hours?": "",
    "Which sessions are at the provider?": "mondays to thursdays",
    "Which sessions are at school?": "fri",
    "Which sessions are somewhere else?": "0",
    "Which sessions are at home?": "",
    "Is the pupil's week full time or part time?": "part",
    "Is there a reason for less than a day": "",
    "When will they be back full time?": "",
    "Why is the week part time?": "",
    "When will you review the part-time week": "",
    "How does it fit with the mainstream curriculum?": "",
    "When does it start?": "6 Jan 2026",
    "When should it end?": "18/12/2026",
    "When will you review it?": "",
    "How does the pupil get there": "taxi",
    "When did you discuss the location with the council?": "2025-12-15",
    "Is the journey safe and agreed?": "yes",
    "What else should be considered?": "",
    "Does top-up funding help pay for the place?": "",
    "Is what section F of the EHC plan asks for given there?": "",
    "How is it given, and by whom?": "",
    "What does it cost a week, in pounds?": "85.50",
    "When did you last check the cost": "",
    "What information will you share": "",
    "What is the exit strategy?": "college in September",
    "When was the pupil taken off": "",
    "Which attendance code will the school's register show?": "b",
    "Is it a place where the pupil is not registered?": "yes",
    "Is it education, not arranged by the council and not a school trip?": "yes",
    "Has someone with authority approved it?": "yes",
    "Is a suitably skilled adult supervising?": "yes",
    "When did you visit the provider": "2025-12-15",
    "Who made the visit?": "A. Tester",
    "Who leads on this placement?": "A. Tester",
    "Who is filling in this form?": "A. Tester",
    "How can they be reached?": "tester@school.test",
}


NOT_ASKED = ("commissioner",)
"""Asked only where there are several."""


def test_every_question_that_is_always_asked_has_its_answer_here() -> None:
    lacking = [
        f"placement.{question.name}: “{question.text}”"
        for question in questions(Placement)
        if not (question.when or question.name in NOT_ASKED)
        and not question.text.startswith(tuple(ANSWERS))
    ]
    assert not lacking, f"give each an answer in ANSWERS, where it is asked: {lacking}"


def finding(ap: Program, rule: str) -> dict[str, object] | None:
    return next((row for row in ap.json("check", "--rule", rule, "--show", "all")), None)


def test_the_main_job_from_end_to_end(ap: Program) -> None:
    ap.ok(
        "provider",
        "add",
        "Hollow Oak Farm",
        "--kind",
        "non-school",
        "--not-registered",
        "--address",
        "1 Example Lane, Testford",
    )
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27", "--ehcp", "2024-09-01")
    terminal = Terminal(ap, "placement", "new")
    for question, answer in ANSWERS.items():
        terminal.answers(question, answer)
    terminal.leaves_the_review()
    terminal.sees("26 June 2026")
    terminal.answers("Save this placement?")
    terminal.sees("PL-0001")
    assert terminal.ends() == 0

    after_school_age = finding(ap, "AP102")
    assert (
        after_school_age
        and after_school_age["answer"] == "breached"
        and "26 June 2026" in str(after_school_age["message"])
    )
    registration = finding(ap, "AP202")
    assert (
        registration
        and registration["answer"] == "breached"
        and "19 hours" in str(registration["message"])
        and "Education Effectiveness" in str(registration["message"])
    )
    assert ap.json("reviews", "due") == [
        {
            "placement": "PL-0001",
            "pupil": "P-0001",
            "name": None,
            "due": "2026-02-13",
            "overdue": True,
            "days": -17,
            "why": "the last school day of spring 1 2026",
            "unsafe": None,
        }
    ]
    assert ap("check", "--json").code == 1

    ap.ok("record", "review", "PL-0001", *COMPLETE)
    assert [row["due"] for row in ap.json("reviews", "due")] == ["2026-05-22"]
    missed = finding(ap, "AP511")
    assert missed and missed["answer"] == "breached" and "spring 1 2026" in str(missed["message"])

    for hours, answer in (("15", "met"), ("18", "met"), ("18:15", "breached")):
        ap.ok("placement", "edit", "PL-0001", "--hours", hours)
        told = finding(ap, "AP202")
        assert told and told["answer"] == answer


def test_of_a_provider_added_on_the_way_it_is_asked_whether_it_is_registered(
    placed: Program,
) -> None:
    terminal = Terminal(placed, "placement", "new", "--pupil", "P-0001")
    questions = list(ANSWERS)
    for question in questions[
        questions.index("When did you talk to the pupil?") : questions.index("Which provider?")
    ]:
        terminal.answers(question, ANSWERS[question])
    terminal.answers("Which provider?", "new")
    terminal.answers("What is the provider called?", "Test Barn")
    terminal.answers("What kind of provider is it?", "non-school")
    terminal.answers("Is it a registered school? Since when?", "maybe")
    terminal.sees("is not a day")
    terminal.types("no")
    terminal.sees("PR-0002 is added")
    terminal.sees("Where is the pupil taught?")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
    assert placed.json("provider", "show", "PR-0002")[0]["registered"] == []
