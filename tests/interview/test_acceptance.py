"""The main job from end to end, in a real terminal, on 2 March 2026."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ap_cli.domain.placement import Placement
from ap_cli.forms.form import questions
from ap_cli.interview.first_pass import first_pass, later_steps, worked_out_steps
from ap_cli.interview.worked_out import may_be_code_b

from ..conftest import COMPLETE, Program
from .terminal import Terminal

FARM: list[tuple[str, str]] = [
    ("Who is the pupil?", "test pup"),
    ("Where will they go?", "hollow"),
    ("Which days or half days are they there?", "mondays to thursdays"),
    ("How many hours a week is that", "19"),
    ("Are they in school for the rest of the week?", ""),
    ("What is their first day?", "6 Jan 2026"),
    ("What is their last day?", "18/12/2026"),
    ("Why can you place this pupil?", "off"),
    ("Is a suitably skilled adult with them there?", "yes"),
    ("What is the main reason?", "early-help, 5"),
    ("When did you speak to pupil, parents and teacher?", "2026-01-02, teacher no"),
    ("What did they say", "the tutor of year 11 agrees"),
    ("What will they do there?", "animal care and English"),
    ("What should change in attendance", "60 to 90 %"),
    ("And in attitude?", ""),
    ("And in attainment?", ""),
    ("And in behaviour?", ""),
    ("And in where they go next?", "college"),
    ("What does the pupil want or need from it?", "work outdoors"),
    ("How does it fit with their lessons?", ""),
    ("How will you know it worked?", "a college place"),
    ("Where should it lead?", "post-16"),
    ("What is the plan for ending it", "college in September"),
    ("How do they get there?", "taxi"),
    ("Is the journey safe and agreed?", "yes"),
    ("When did you discuss the location with the council?", "?"),
    ("What else matters?", ""),
    ("Who visited, and when?", "A. Tester 15 Dec 2025"),
    ("Who leads on this?", "A. Tester"),
    ("How can they be reached?", "tester@school.test"),
]
"""What the wizard asks about a pupil with an EHC plan who goes to a farm, and the answers."""

NOT_ASKED = ("visit_booked",)
"""Answered by another question."""


def test_every_question_is_in_the_first_pass_or_worked_out_or_in_a_section() -> None:
    steps = [*first_pass(may_be_code_b, True), *worked_out_steps(), *later_steps()]
    covered = {name for step in steps for name in (step.name, *step.keys)} | set(NOT_ASKED)
    lacking = [each.name for each in questions(Placement) if each.name not in covered]
    assert not lacking, f"give each a row or a section in interview/first_pass.py: {lacking}"


def test_the_first_pass_has_twenty_rows_of_at_most_five_prompts() -> None:
    rows = [step.row for step in first_pass(may_be_code_b, True)]
    assert rows == sorted(rows) and set(rows) == set(range(1, 21))
    assert max(map(rows.count, rows)) <= 5


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
    terminal = Terminal(ap, "placement", "new", rows=90)
    for question, answer in FARM:
        terminal.answers(question, answer)
        if answer == "19":
            terminal.sees("19 hours with an EHC plan: Hollow Oak Farm would have to be")
    terminal.sees("Worked out: please read")
    terminal.leaves_the_review()
    terminal.sees("26 June 2026")
    terminal.answers("Save this placement?", "y")
    terminal.sees("PL-0001 Test Pupil at Hollow Oak Farm from Tue 6 Jan, 19 hours a week")
    assert terminal.ends() == 0

    worked_out = ap.json("placement", "show", "PL-0001")[0]
    assert worked_out["objectives"] == "attendance 60 to 90 %; destination college"
    assert (worked_out["tier"], worked_out["extent"]) == ("3", "full-time")
    assert (worked_out["pupil_consulted"], worked_out["teacher_consulted"]) == ("2026-01-02", None)
    assert (worked_out["visited"], worked_out["visited_by"]) == ("2025-12-15", "A. Tester")

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
    (due,) = ap.json("reviews", "due")
    assert (due["placement"], due["name"], due["due"]) == ("PL-0001", None, "2026-02-13")
    assert (due["overdue"], due["days"]) == (True, -17)
    assert due["why"] == "the last school day of spring 1 2026"
    assert ap("check", "--json").code == 1

    ap.ok("record", "review", "PL-0001", *COMPLETE)
    assert [row["due"] for row in ap.json("reviews", "due")] == ["2026-05-22"]
    missed = finding(ap, "AP511")
    assert missed and missed["answer"] == "breached" and "spring 1 2026" in str(missed["message"])

    for hours, answer in (("15", "met"), ("18", "met"), ("18:15", "breached")):
        ap.ok("placement", "edit", "PL-0001", "--hours", hours)
        told = finding(ap, "AP202")
        assert told and told["answer"] == answer


def test_a_provider_and_a_pupil_whose_names_are_not_found_are_added_at_once(
    ap: Program,
) -> None:
    terminal = Terminal(ap, "placement", "new")
    terminal.answers("Who is the pupil?", "L. Sample")
    terminal.answers("Is “L. Sample” a new pupil?", "")
    terminal.answers("When was the pupil born?", "27 June 2010")
    terminal.answers("Which school is the pupil on roll at?", "Elm School")
    terminal.answers("Is there an EHC plan? Since when?", "yes")
    terminal.answers("Is the pupil looked after? Since when?", "no")
    terminal.sees("The new pupil:")
    terminal.answers("Add this pupil? [Y/n], or < to go back", "<")
    terminal.answers("Is the pupil looked after? Since when?", "<")
    terminal.answers("[yes]", "")
    terminal.answers("Add this pupil?", "")
    terminal.sees("P-0001 is added")
    terminal.answers("Where will they go?", "Test Barn")
    terminal.answers("Is “Test Barn” a new provider?", "")
    terminal.answers("What kind of provider is it?", "non-school")
    terminal.answers("Is it a registered school? Since when?", "maybe")
    terminal.sees("is not a day")
    terminal.types("no")
    terminal.answers("What is the address that pupils attend?", "1 Example Lane")
    terminal.answers("Add this provider?", "")
    terminal.sees("PR-0001 is added")
    terminal.answers("Which days or half days are they there?", "later")
    terminal.sees("To save, answer 4: How many hours a week is that")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
    assert ap.json("provider", "show", "PR-0001")[0]["registered"] == []
    assert ap.json("pupil", "show", "P-0001", "--names")[0]["home_school"] == "Elm School"
