"""The wizard in a real terminal: drafts, the review screen, mistakes, and what it never asks twice."""

from __future__ import annotations

import os
import re
import signal
import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ap_cli.services import drafts
from ap_cli.store.connection import connect

from ..conftest import Program
from .terminal import Terminal

GIVEN = [
    "--pupil",
    "P-0001",
    "--provider",
    "PR-0001",
    "--route",
    "suspension",
    "--starts",
    "2026-03-09",
    "--hours",
    "12",
]


def skipped(terminal: Terminal, until: str) -> None:
    """Presses Enter at every question until one is seen; a prompt that is only drawn again is not answered twice."""
    last = 0
    while terminal.sees_one_of(r"\[(\d+)/\d+\]", terminal.wrapped(until), told=until) == 0:
        number = int(terminal.child.match[1])
        if number > last:
            last = number
            terminal.types("")


def test_ctrl_c_keeps_a_draft_and_resume_goes_on_from_the_next_question(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN)
    terminal.answers("When did you talk to the pupil?", "last friday")
    terminal.sees("When did you talk to the parents?")
    terminal.child.send("\x03")
    terminal.sees("ap placement new --resume D-0001")
    assert terminal.ends() == 130

    kept = drafts.listed(placed.opened())[0]
    assert kept.answers["pupil_consulted"] == "2026-02-27" and kept.answers["hours"] == "12"
    assert "D-0001" in placed.ok("status").out and placed.json("placement", "list")[1:] == [], (
        "it feeds no rule"
    )

    again = Terminal(placed, "placement", "new", "--resume")
    again.answers("When did you talk to the parents?", "")
    skipped(again, "A number to change that answer")
    again.types("")
    again.leaves_the_review()
    again.answers("Save this placement?", "y")
    again.sees("PL-0002")
    assert again.ends() == 0
    told = placed.json("placement", "show", "PL-0002")[0]
    assert told["pupil_consulted"] == "2026-02-27" and told["weekly_minutes"] == 720
    assert drafts.listed(placed.opened()) == [], "what is kept is no draft any more"


def test_a_closed_window_keeps_what_was_answered(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN)
    terminal.answers("When did you talk to the pupil?", "2026-02-27")
    terminal.sees("When did you talk to the parents?")
    os.kill(terminal.child.pid, signal.SIGHUP)
    terminal.ends()
    assert drafts.listed(placed.opened())[0].answers["pupil_consulted"] == "2026-02-27"
    placed.ok("placement", "drop", "d-1")
    assert drafts.listed(placed.opened()) == [] and placed("placement", "drop", "D-0001").code == 2


def test_a_wrong_answer_is_said_and_asked_again(placed: Program) -> None:
    terminal = Terminal(
        placed,
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--starts",
        "2026-03-09",
        "--hours",
        "12",
    )
    terminal.answers("When did you talk to the pupil?", "27/02/26")
    terminal.sees("four digits")
    terminal.types("27/02/2026")
    skipped(terminal, "Why can you place this pupil?")
    terminal.types("home-education")
    terminal.sees("home-education")
    terminal.types("3")
    terminal.sees("Where should the placement lead?")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
    assert drafts.listed(placed.opened())[0].answers["route"] == "suspension"


def test_the_review_screen_changes_any_answer_and_what_contradicts_itself_is_not_lost(
    placed: Program,
) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN, "--ends", "2026-03-08", rows=80)
    skipped(terminal, "A number to change that answer")
    terminal.types("")
    terminal.leaves_the_review()
    terminal.leaves_the_review()
    terminal.sees("To save,")
    terminal.sees("before it starts")
    numbers = re.findall(r"(\d+) When should it end\?", terminal.transcript.getvalue())
    terminal.answers("A number to change that answer", numbers[-1])
    terminal.answers("[Sun 8 Mar]", "2026-07-10")
    terminal.leaves_the_review()
    terminal.answers("Save this placement?", "")
    terminal.sees("PL-0002")
    assert (
        terminal.ends() == 0
        and placed.json("placement", "show", "PL-0002")[0]["ends"] == "2026-07-10"
    )


def test_a_pupil_can_be_added_on_the_way_and_one_that_is_alike_is_offered(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new")
    terminal.answers("Who is the pupil?", "new")
    terminal.answers("What is the pupil's name?", "Test Pupil")
    terminal.answers("When was the pupil born?", "27 June 2010")
    terminal.answers("Is there an EHC plan?", "no")
    terminal.answers("Is the pupil looked after?", "")
    terminal.answers("Is it this one?", "P-0001")
    terminal.sees("When did you talk to the pupil?")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
    assert (
        drafts.listed(placed.opened())[0].answers["pupil"] == "P-0001"
        and len(placed.json("pupil", "list")) == 1
    )


def test_adding_asks_only_what_is_required_and_missing(ap: Program) -> None:
    terminal = Terminal(ap, "provider", "add", "Hollow Oak Farm")
    terminal.answers("What kind of provider is it?", "non")
    terminal.sees("PR-0001")
    assert terminal.ends() == 0 and ap.json("provider", "list")[0]["kind"] == "non-school"


def test_recording_asks_everything_and_enter_skips(placed: Program) -> None:
    terminal = Terminal(placed, "record", "review", "PL-0001")
    terminal.answers("What day was it?", "")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("Who took part?", "the tutor")
    terminal.answers("Is it meeting its objectives?", "y")
    terminal.answers("Is the pupil attending?", "?")
    terminal.answers("Is it safe?", "yes")
    terminal.answers("Does it meet the pupil's needs?", "")
    terminal.sees("Answer this one, or type ? if you do not know yet.")
    terminal.types("y")
    terminal.answers("What does the pupil think of it?", "")
    terminal.answers("What did you decide?", "extend")
    terminal.answers("What is the new last day?", "26/03/2027")
    terminal.answers("When is the next review?", "1 March 2026")
    terminal.answers("Is there anything else to note?", "")
    terminal.sees_one_of(r"(\d+) When is the next review\?", told="When is the next review?")
    number = terminal.child.match[1]
    terminal.sees("the next review cannot be on or before the day of this one")
    terminal.answers("A number to change that answer", number)
    terminal.answers("When is the next review?", "20 May 2026")
    terminal.answers("A number to change that answer", "")
    terminal.sees("E-0001")
    assert terminal.ends() == 0
    entry = placed.json("timeline", "PL-0001")[-1]
    assert (entry["safe"], entry["attending"], entry["extend_to"]) == (
        True,
        None,
        "2027-03-26",
    ) and "attending" in entry["not_known"]


def test_editing_with_ask_asks_only_what_is_missing(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--nature", "x")
    terminal = Terminal(placed, "placement", "edit", "PL-0001", "--ask")
    terminal.answers("When did you talk to the pupil?", "2026-01-02")
    skipped(terminal, "PL-0001:")
    assert terminal.ends() == 0
    told = placed.json("placement", "show", "PL-0001")[0]
    assert told["pupil_consulted"] == "2026-01-02" and told["nature"] == "x"


def test_a_reference_left_out_is_chosen_from_a_list(placed: Program) -> None:
    terminal = Terminal(placed, "pupil", "show")
    terminal.answers("Which pupil?", "test")
    terminal.sees("27 June 2010")
    assert terminal.ends() == 0


def test_a_dry_run_in_the_wizard_saves_nothing(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", "--dry-run", *GIVEN)
    skipped(terminal, "A number to change that answer")
    terminal.types("")
    terminal.leaves_the_review()
    terminal.sees("nothing was saved")
    assert terminal.ends() == 0 and len(placed.json("placement", "list")) == 1
    assert connect(placed.store).execute("SELECT count(*) FROM draft").fetchone() == (0,)


def test_names_with_markup_and_emoji_are_safe_in_the_wizard(ap: Program) -> None:
    ap.ok("pupil", "add", "[red]Zoë 😀", "--born", "2010-06-27")
    terminal = Terminal(ap, "pupil", "show")
    terminal.answers("Which pupil?", "P-0001")
    terminal.sees("[red]Zoë")
    assert terminal.ends() == 0


def test_a_question_that_a_script_leaves_out_is_named_within_seconds(placed: Program) -> None:
    terminal = Terminal(placed, "record", "review", "PL-0001")
    terminal.answers("What day was it?")
    with pytest.raises(pytest.fail.Exception, match=r"(?s)waits for an answer:\n.*Who by\?"):
        terminal.answers("Who took part?", "the tutor")
    terminal.child.send("\x03")
    assert terminal.ends() == 130


@pytest.mark.parametrize(
    ("kind", "route", "code"),
    [("online", "section-19", "absence"), ("non-school", "section-19", "K")],
)
def test_the_code_that_fits_the_answers_is_proposed(
    placed: Program, kind: str, route: str, code: str
) -> None:
    placed.ok("provider", "add", "Test Lessons", "--kind", kind)
    given = ["--pupil", "P-0001", "--provider", "PR-0002", "--route", route]
    terminal = Terminal(
        placed, "placement", "new", *given, "--starts", "2026-03-09", "--hours", "5"
    )
    skipped(terminal, f"{code} fits your answers")
    terminal.types("")
    skipped(terminal, "A number to change that answer")
    terminal.types("")
    terminal.answers("Save this placement?", "y")
    terminal.sees("PL-0002")
    assert terminal.ends() == 0
    assert placed.json("placement", "show", "PL-0002")[0]["code"] == code


def test_no_code_is_proposed_where_nobody_said_who_arranges_the_placement(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN)
    skipped(terminal, "A number to change that answer")
    assert "fits your answers" not in terminal.transcript.getvalue()


def test_the_tier_objects_where_it_contradicts_the_place(placed: Program) -> None:
    given = ("--place", "online", "--pupil", "P-0001", "--provider", "PR-0001")
    terminal = Terminal(placed, "placement", "new", *given, rows=80)
    skipped(terminal, "Why can you place this pupil?")
    terminal.types("off-site-direction")
    skipped(terminal, "How many hours a week at the provider")
    terminal.types("<")
    terminal.answers("Which tier is it?", "1b")
    terminal.sees("tier 1b stays in the school, and the pupil learns online: choose another")
    terminal.types("3")
    terminal.sees("How many hours a week at the provider")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
