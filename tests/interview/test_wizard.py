"""The wizard in a real terminal: drafts, the review screen, mistakes, and what it never asks twice."""

from __future__ import annotations

import os
import signal
import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ap_cli.services import drafts
from ap_cli.store.connection import connect

from ..conftest import Program
from .terminal import Terminal, plain

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


def test_ctrl_c_keeps_a_draft_and_resume_goes_on_from_the_next_question(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN)
    terminal.answers("Which days or half days are they there?", "mon tue")
    terminal.sees("Are they in school for the rest of the week?")
    terminal.child.send("\x03")
    terminal.sees("ap draft resume D-0001")
    assert terminal.ends() == 130

    kept = drafts.listed(placed.opened())[0]
    assert kept.answers["at_provider"] == "mon tue" and kept.answers["hours"] == "12"
    assert "D-0001" in placed.ok("status").out and placed.json("placement", "list")[1:] == [], (
        "it feeds no rule"
    )

    again = Terminal(placed, "placement", "new", "--resume")
    again.answers("Are they in school for the rest of the week?", "<")
    again.answers("[12]", "<")
    again.answers("[mon tue]", "mon-wed")
    again.sees("Are they in school for the rest of the week?")
    again.answers("[thu-fri]", "")
    again.answers("What is their last day?", "later")
    again.leaves_the_review()
    again.answers("Save this placement?", "y")
    again.sees("PL-0002")
    assert again.ends() == 0
    told = placed.json("placement", "show", "PL-0002")[0]
    assert (told["at_provider"], told["at_school"]) == ("mon-wed", "thu-fri")
    assert told["weekly_minutes"] == 720
    assert drafts.listed(placed.opened()) == [], "what is kept is no draft any more"


def test_a_closed_window_keeps_what_was_answered(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN)
    terminal.answers("Which days or half days are they there?", "mon tue")
    terminal.sees("Are they in school for the rest of the week?")
    os.kill(terminal.child.pid, signal.SIGHUP)
    terminal.ends()
    assert drafts.listed(placed.opened())[0].answers["at_provider"] == "mon tue"
    placed.ok("placement", "drop", "d-1")
    assert drafts.listed(placed.opened()) == [] and placed("placement", "drop", "D-0001").code == 2


def test_a_wrong_answer_is_refused_under_its_question(placed: Program) -> None:
    given = ["--pupil", "P-0001", "--provider", "PR-0001"]
    terminal = Terminal(placed, "placement", "new", *given)
    terminal.answers("Which days or half days are they there?", "mon")
    terminal.answers("How many hours a week is that", "9")
    terminal.sees("9 hours a week at the provider do not fit into 2 sessions")
    terminal.types("6")
    terminal.answers("Are they in school for the rest of the week?", "tue-fri")
    terminal.answers("What is their first day?", "09/03/26")
    terminal.sees("four digits")
    terminal.types("09/03/2026")
    terminal.answers("What is their last day?", "8 March 2026")
    terminal.sees("before it starts on 9 March 2026")
    terminal.types("10 July 2026")
    terminal.answers("Why can you place this pupil?", "home-education")
    terminal.sees("not alternative provision")
    terminal.types("3")
    terminal.answers("Is a suitably skilled adult with them there?", "yes")
    terminal.sees("What is the main reason?")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
    answers = drafts.listed(placed.opened())[0].answers
    assert (answers["route"], answers["ends"]) == ("suspension", "2026-07-10")


def test_what_contradicts_itself_is_the_last_line_of_the_review_with_its_number(
    placed: Program,
) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN, "--ends", "2026-03-08", rows=24)
    terminal.answers("Which days or half days are they there?", "later")
    terminal.sees("To save, change 7: it is planned to end on 8 March 2026, before it starts")
    terminal.answers("A number to change that answer", "7")
    terminal.answers("[Sun 8 Mar]", "2026-07-10")
    terminal.leaves_the_review()
    terminal.answers("Save this placement?", "y")
    terminal.sees("PL-0002")
    assert terminal.ends() == 0
    assert placed.json("placement", "show", "PL-0002")[0]["ends"] == "2026-07-10"


def test_each_page_of_the_review_fits_the_terminal(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN, rows=20)
    terminal.answers("Which days or half days are they there?", "later")
    terminal.sees("page 1 of")
    terminal.leaves_the_review()
    terminal.sees("The check")
    pages = terminal.transcript.getvalue().split("Your answers, page")[1:]
    assert len(pages) > 1
    for page in pages:
        shown = plain(page.split("A number to change")[0])
        assert len(shown.splitlines()) < 20, shown
    terminal.child.send("\x03")
    assert terminal.ends() == 130


def test_what_was_tried_is_asked_once_and_written_as_an_entry(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN, rows=90)
    terminal.answers("Which days or half days are they there?", "later")
    terminal.sees_one_of(r"(\d+) What you have tried", told="What you have tried")
    terminal.answers("A number to change that answer", terminal.child.match[1])
    terminal.answers("What did you try, or who did you ask?", "inclusion")
    terminal.answers("What came of it, or what did they say?", "a phased timetable")
    terminal.leaves_the_review()
    terminal.answers("Save this placement?", "y")
    terminal.sees("PL-0002")
    assert terminal.ends() == 0
    (entry,) = [row for row in placed.json("timeline", "PL-0002") if row["kind"] == "advice"]
    assert (entry["approach"], entry["tried"]) == ("inclusion-service", True)
    assert entry["said"] == "a phased timetable"
    placed.ok("undo")
    assert len(placed.json("placement", "list")) == 1, "the entry is of the same change"


def test_the_rest_of_the_week_is_said_and_not_supposed(placed: Program) -> None:
    given = ["--pupil", "P-0001", "--provider", "PR-0001", "--hours", "6"]
    terminal = Terminal(placed, "placement", "new", *given)
    terminal.answers("Which days or half days are they there?", "mon")
    terminal.answers("Are they in school for the rest of the week?", "tue-wed")
    terminal.answers("Where are they on thu-fri?", "nowhere")
    terminal.sees("Choose a number from 1 to 2")
    terminal.types("home")
    terminal.sees("What is their first day?")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
    answers = drafts.listed(placed.opened())[0].answers
    assert (answers["at_school"], answers["at_home"]) == ("tue-wed", "thu-fri")


def test_a_pupil_can_be_added_on_the_way_and_one_that_is_alike_is_offered(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new")
    terminal.answers("Who is the pupil?", "new")
    terminal.answers("What is the pupil's name?", "Test Pupil")
    terminal.answers("When was the pupil born?", "27 June 2010")
    terminal.answers("Which school is the pupil on roll at?", "")
    terminal.answers("Is there an EHC plan?", "no")
    terminal.answers("Is the pupil looked after?", "")
    terminal.answers("Add this pupil?", "")
    terminal.answers("Is it this one?", "P-0001")
    terminal.sees("Where will they go?")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
    assert (
        drafts.listed(placed.opened())[0].answers["pupil"] == "P-0001"
        and len(placed.json("pupil", "list")) == 1
    )


def test_back_at_the_first_question_of_a_new_pupil_chooses_again(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new")
    terminal.answers("Who is the pupil?", "new")
    terminal.answers("What is the pupil's name?", "<")
    terminal.answers("Part of a name, or a reference", "P-0001")
    terminal.sees("P-0001 Test")
    terminal.sees("Where will they go?")  # by then the answer is kept
    terminal.child.sendintr()
    terminal.sees("ap draft resume D-")
    assert terminal.ends() == 130
    (kept,) = drafts.listed(placed.opened())
    assert kept.open.form == "placement new" and kept.answers["pupil"] == "P-0001"


def test_adding_asks_what_is_missing_of_what_is_required_or_decides_something(
    ap: Program,
) -> None:
    terminal = Terminal(ap, "provider", "add", "Hollow Oak Farm")
    terminal.answers("What kind of provider is it?", "non")
    terminal.answers("Is it a registered school? Since when?", "no")
    terminal.answers("What is the address that pupils attend?", "")
    terminal.sees("What kind of provider is it? non-school")
    terminal.answers("Add this provider?", "y")
    terminal.sees("PR-0001")
    assert terminal.ends() == 0 and ap.json("provider", "list")[0]["kind"] == "non-school"


def test_a_new_pupil_is_offered_the_school_of_the_others_and_no_leads_to_the_answers(
    placed: Program,
) -> None:
    placed.ok("pupil", "edit", "P-0001", "--home-school", "Elm School")
    terminal = Terminal(placed, "pupil", "add", "Second Sample")
    terminal.answers("When was the pupil born?", "27 June 2011")
    terminal.sees("Such as Elm School; none if on no school's roll.")
    terminal.answers("[Elm School]", "")
    terminal.answers("Is there an EHC plan? Since when?", "no")
    terminal.answers("Is the pupil looked after? Since when?", "yes")
    terminal.answers("Add this pupil?", "no")
    terminal.sees_one_of(r"(\d+) Is the pupil looked after\?", told="the answers")
    terminal.answers("A number to change that answer", terminal.child.match[1])
    terminal.answers("[yes]", "no")
    terminal.answers("A number to change that answer", "")
    terminal.sees("P-0002")
    assert terminal.ends() == 0
    (added,) = placed.json("pupil", "show", "P-0002", "--names")
    assert (added["home_school"], added["looked_after"]) == ("Elm School", [])


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
    terminal.answers("Where is the pupil taught?", "")
    terminal.answers("Which sessions are at the provider?", "<")
    terminal.sees("Where is the pupil taught?")
    terminal.types("")
    terminal.answers("Which sessions are at the provider?", "mon-thu")
    terminal.answers("Which sessions are at school?", "later")
    terminal.sees("PL-0001:")
    assert terminal.ends() == 0
    told = placed.json("placement", "show", "PL-0001")[0]
    assert told["at_provider"] == "mon-thu" and told["nature"] == "x"


def test_a_reference_left_out_is_chosen_from_a_list(placed: Program) -> None:
    terminal = Terminal(placed, "pupil", "show")
    terminal.answers("Which pupil?", "test")
    terminal.sees("27 June 2010")
    assert terminal.ends() == 0


def test_a_dry_run_in_the_wizard_saves_nothing(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", "--dry-run", *GIVEN)
    terminal.answers("Which days or half days are they there?", "later")
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
def test_the_code_that_fits_the_answers_is_worked_out(
    placed: Program, kind: str, route: str, code: str
) -> None:
    placed.ok("provider", "add", "Test Lessons", "--kind", kind)
    given = ["--pupil", "P-0001", "--provider", "PR-0002", "--route", route]
    terminal = Terminal(
        placed, "placement", "new", *given, "--starts", "2026-03-09", "--hours", "5", rows=90
    )
    terminal.sees("[")
    terminal.types("later")
    terminal.sees(f"Which attendance code will the school's register show? → {code}")
    terminal.leaves_the_review()
    terminal.answers("Save this placement?", "y")
    terminal.sees("PL-0002")
    assert terminal.ends() == 0
    assert placed.json("placement", "show", "PL-0002")[0]["code"] == code


def test_no_code_is_worked_out_where_nobody_said_who_arranges_the_placement(
    placed: Program,
) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN)
    terminal.answers("Which days or half days are they there?", "later")
    terminal.leaves_the_review()
    terminal.answers("Save this placement?", "y")
    assert terminal.ends() == 0
    assert placed.json("placement", "show", "PL-0002")[0]["code"] is None


def test_what_is_worked_out_can_be_changed_and_objects_where_it_contradicts_the_place(
    placed: Program,
) -> None:
    given = ("--aim", "return-to-school", "--place", "online", *GIVEN)
    terminal = Terminal(placed, "placement", "new", *given, rows=90)
    terminal.answers("Which days or half days are they there?", "later")
    terminal.sees_one_of(r"(\d+) Which tier is it\? → 2", told="Which tier is it?")
    terminal.answers("A number to change that answer", terminal.child.match[1])
    terminal.answers("Which tier is it?", "1b")
    terminal.sees("tier 1b stays in the school, and the pupil learns online: choose another")
    terminal.types("3")
    terminal.sees("Which tier is it? → 3")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
    kept = drafts.listed(placed.opened())[0].answers
    assert kept["tier"] == "3" and "timeline" not in kept, "what is worked out is no answer"


def test_the_wizard_works_in_plain_lines_for_a_screen_reader(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", *GIVEN[2:], ACCESSIBLE="1", rows=90)
    terminal.answers("Who is the pupil?", "test")
    terminal.answers("Which days or half days are they there?", "mon-wed")
    terminal.answers("[thu-fri]", "<")
    terminal.answers("[12]", "13")
    terminal.answers("[thu-fri]", "")
    terminal.answers("What is their last day?", "later")
    terminal.sees("4 How many hours a week is that, breaks included? → 13")
    terminal.types("")
    terminal.answers("Save this placement?", "y")
    terminal.sees("PL-0002")
    assert terminal.ends() == 0
    assert "\x1b" not in terminal.transcript.getvalue()


def test_what_cannot_be_meant_in_the_wizard_is_said_at_once(placed: Program) -> None:
    placed.ok("provider", "add", "Online Lessons", "--kind", "online")
    given = ("--pupil", "P-0001", "--provider", "PR-0002")
    terminal = Terminal(placed, "placement", "new", *given, rows=60)
    terminal.answers("[2b/20] Where is the pupil taught?", "no")
    terminal.sees("Left open: none of these is chosen.")
    terminal.answers("Which days or half days are they there?", "<")
    terminal.answers("Where is the pupil taught?", "onlin")
    terminal.answers("Which days or half days are they there?", "mon tue")
    terminal.answers("How many hours a week is that", "6 hours")
    terminal.answers("Are they in school for the rest of the week?", "")
    terminal.answers("What is their first day?", "7 March 2026")
    terminal.sees("Saturday 7 March 2026 is not a school day. Type < to change it.")
    terminal.answers("What is their last day?", "")
    terminal.answers("Why can you place this pupil?", "suspenion")
    terminal.answers("Did you mean suspension? Choose a number from 1 to 5.", "suspension")
    terminal.sees("?")
    terminal.child.close()
