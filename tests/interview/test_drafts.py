"""Every form keeps what was typed: stopped, hung up or refused by the store, and gone on with."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ap_cli.services import drafts
from ap_cli.services.drafts import OpenForm
from ap_cli.store.author import Author
from ap_cli.store.connection import connect

from ..conftest import COMPLETE, Program
from .terminal import Terminal


class Filled(NamedTuple):
    """A form, the answers that are typed before it is stopped, and what becomes of it."""

    args: tuple[str, ...]
    typed: tuple[tuple[str, str], ...]
    next: str
    form: str
    what: str
    kept: dict[str, object]


FORMS = (
    Filled(
        ("placement", "new", "--pupil", "P-0001"),
        (("Where will they go?", "PR-0001"),),
        "Which days or half days are they there?",
        "placement new",
        "new placement for P-0001",
        {"pupil": "P-0001", "provider": "PR-0001"},
    ),
    Filled(
        ("placement", "edit", "PL-0001", "--ask"),
        (("Where is the pupil taught?", "provider"),),
        "Which sessions are at the provider?",
        "placement edit",
        "missing answers for PL-0001 (P-0001)",
        {"place": "provider"},
    ),
    Filled(
        ("placement", "end", "PL-0001"),
        (("Did it ever start?", ""), ("What was the last day?", "yesterday")),
        "Why did it end?",
        "placement end",
        "end of PL-0001 (P-0001)",
        {"day": "2026-03-01"},
    ),
    Filled(
        ("record", "concern", "PL-0001"),
        (("What day was it?", ""), ("Who by?", "A. Tester")),
        "Which earlier concern does this follow?",
        "record concern",
        "concern of PL-0001 (P-0001)",
        {"day": "2026-03-02", "by": "A. Tester"},
    ),
    Filled(
        ("record", "visit", "PR-0001"),
        (("What day was it?", ""), ("Who by?", "?")),
        "What was the visit for?",
        "record visit",
        "visit of PR-0001",
        {"day": "2026-03-02", "not_known": ["by"]},
    ),
    Filled(
        ("record", "edit", "E-0001"),
        (("A number to change that answer", "6"), ("Is it safe?", "no")),
        "Has the pupil stopped going there?",
        "record edit",
        "correction of E-0001 (P-0001)",
        {"safe": "no"},
    ),
    Filled(
        ("pupil", "add"),
        (("What is the pupil's name?", "Sample Pupil"),),
        "When was the pupil born?",
        "pupil add",
        "new pupil",
        {"name": "Sample Pupil"},
    ),
    Filled(
        ("provider", "add"),
        (("What is the provider called?", "Test Barn"),),
        "What kind of provider is it?",
        "provider add",
        "new provider (Test Barn)",
        {"name": "Test Barn"},
    ),
)


def ctrl_c(terminal: Terminal) -> None:
    terminal.presses("\x03")


def ctrl_d(terminal: Terminal) -> None:
    terminal.presses("\x04")


def hang_up(terminal: Terminal) -> None:
    os.kill(terminal.child.pid, signal.SIGHUP)


def close_window(terminal: Terminal) -> None:
    terminal.child.close(force=False)


@pytest.fixture
def reviewed(placed: Program) -> Program:
    """A store with a placement that has a review, E-0001."""
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--by", "A. Tester")
    return placed


def fill(ap: Program, form: Filled) -> Terminal:
    terminal = Terminal(ap, *form.args)
    for question, answer in form.typed:
        terminal.answers(question, answer)
    terminal.sees(form.next)
    return terminal


STOPS = [
    *((form, stop) for form in FORMS for stop in (ctrl_c, hang_up)),
    *((form, stop) for form in FORMS[2:4] for stop in (ctrl_d, close_window)),
]


@pytest.mark.parametrize(
    ("form", "stop"), STOPS, ids=[f"{form.form}-{stop.__name__}" for form, stop in STOPS]
)
def test_what_was_typed_is_kept_however_the_form_is_stopped(
    reviewed: Program, form: Filled, stop: Callable[[Terminal], None]
) -> None:
    terminal = fill(reviewed, form)
    stop(terminal)
    if stop in (ctrl_c, ctrl_d):
        terminal.sees("D-0001")
        assert terminal.ends() == 130
    (row,) = reviewed.json("draft", "list")
    assert (row["ref"], row["form"], row["what"]) == ("D-0001", form.form, form.what)
    (draft,) = drafts.listed(reviewed.opened())
    assert {key: draft.answers.get(key) for key in form.kept} == form.kept
    assert form.what in reviewed.ok("status").out
    reviewed.ok("draft", "drop", "D-0001")
    assert reviewed.json("draft", "list") == []
    assert "D-0001" not in reviewed.ok("status").out


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form)
def test_a_draft_goes_on_from_the_next_question(reviewed: Program, form: Filled) -> None:
    terminal = fill(reviewed, form)
    ctrl_c(terminal)
    terminal.ends()
    again = Terminal(reviewed, "draft", "resume", "D-0001")
    again.sees("D-0001")
    if form.form != "record edit":
        again.sees(form.next)
    ctrl_c(again)
    again.sees("D-0001")
    assert again.ends() == 130 and len(reviewed.json("draft", "list")) == 1


@pytest.mark.parametrize("form", FORMS[1:], ids=lambda form: form.form)
def test_a_form_in_which_nothing_was_typed_is_not_kept(reviewed: Program, form: Filled) -> None:
    before = reviewed.store.read_bytes()
    terminal = Terminal(reviewed, *form.args)
    terminal.sees(form.typed[0][0])
    ctrl_c(terminal)
    terminal.sees("nothing was saved")
    assert terminal.ends() == 130
    assert reviewed.store.read_bytes() == before


def test_a_proposal_that_was_accepted_and_skipped_questions_are_no_draft(placed: Program) -> None:
    terminal = Terminal(placed, "record", "contact", "PL-0001")
    terminal.answers("What day was it?")
    terminal.answers("Who by?")
    terminal.sees("Who with?")
    ctrl_c(terminal)
    terminal.sees("nothing was saved")
    assert terminal.ends() == 130 and placed.json("draft", "list") == []


def test_an_answer_that_is_taken_back_takes_its_draft_away(placed: Program) -> None:
    terminal = Terminal(placed, "record", "contact", "PL-0001")
    terminal.answers("What day was it?")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("Who with?", "<")
    terminal.answers("Who by?", "-")
    terminal.sees("Who with?")
    assert placed.json("draft", "list") == []
    ctrl_c(terminal)
    assert terminal.ends() == 130


@pytest.mark.parametrize("form", (FORMS[0], FORMS[2]), ids=lambda form: form.form)
def test_a_draft_that_the_store_cannot_take_is_said_and_the_form_goes_on(
    reviewed: Program, form: Filled
) -> None:
    no_room = "CREATE TRIGGER no_room BEFORE INSERT ON draft BEGIN SELECT RAISE(ABORT, 'full'); END"
    connect(reviewed.store).execute(no_room)
    terminal = Terminal(reviewed, *form.args)
    for question, typed in form.typed:
        terminal.answers(question, typed)
    terminal.sees("the draft could not be saved (full); the next answer tries again")
    terminal.sees(form.next)
    ctrl_c(terminal)
    assert terminal.ends() == 130 and reviewed.json("draft", "list") == []


def test_an_entry_that_the_store_refuses_is_kept_and_recorded_later(placed: Program) -> None:
    refusing = (
        "CREATE TRIGGER refusing BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    connect(placed.store).execute(refusing)
    terminal = Terminal(placed, "record", "contact", "PL-0001")
    terminal.answers("What day was it?", "tomorow")
    terminal.sees("is not a day")
    terminal.types("yesterday")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("Who with?", "a parent")
    terminal.answers("What was said?", "all well")
    terminal.answers("Is there anything else to note?")
    terminal.sees("ap draft resume D-0001")
    assert terminal.ends() == 5
    connect(placed.store).execute("DROP TRIGGER refusing")
    again = Terminal(placed, "draft", "resume")
    again.sees("Going on with D-0001, contact of PL-0001")
    again.sees("a parent")
    again.answers("A number to change that answer")
    again.sees("contact of PL-0001, day Sunday 1 March 2026")
    assert again.ends() == 0
    row = placed.json("timeline", "PL-0001")[-1]
    assert (row["day"], row["whom"], row["said"]) == ("2026-03-01", "a parent", "all well")
    assert placed.json("draft", "list") == []


def test_a_correction_that_the_store_refuses_is_kept_with_its_reason(reviewed: Program) -> None:
    refusing = (
        "CREATE TRIGGER refusing BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    connect(reviewed.store).execute(refusing)
    terminal = Terminal(reviewed, "record", "edit", "E-0001")
    terminal.answers("A number to change that answer", "2")
    terminal.answers("Who by?", "L. Sample")
    terminal.answers("A number to change that answer")
    terminal.answers("Why is it corrected?", "somebody else held it")
    terminal.sees("ap draft resume D-0001")
    assert terminal.ends() == 5
    connect(reviewed.store).execute("DROP TRIGGER refusing")
    assert reviewed("draft", "resume", "D-0001", "--no-input").code == 0
    assert reviewed.json("timeline", "PL-0001")[-1]["by"] == "L. Sample"
    assert reviewed.json("log", "PL-0001")[-1]["reason"] == "somebody else held it"
    assert reviewed.json("draft", "list") == []


def test_a_new_pupil_that_is_refused_is_changed_and_not_lost(placed: Program) -> None:
    placed.ok("pupil", "edit", "P-0001", "--upn", "J823432106012")
    terminal = Terminal(placed, "pupil", "add", "--upn", "J823432106012")
    terminal.answers("What is the pupil's name?", "Sample Pupil")
    terminal.answers("When was the pupil born?", "31 June 2011")
    terminal.sees("is not a day")
    terminal.types("30 June 2011")
    terminal.answers("Which school is the pupil on roll at?", "later")
    terminal.answers("Add this pupil?", "y")
    terminal.sees("P-0001 has that UPN")
    terminal.sees("A number to change that answer")
    ctrl_c(terminal)
    assert terminal.ends() == 130
    (row,) = placed.json("draft", "list")
    assert (row["what"], row["name"]) == ("new pupil", None)
    (named,) = placed.json("draft", "list", "--names")
    assert (named["what"], named["name"]) == ("new pupil (Sample Pupil)", "Sample Pupil")


def test_an_answer_that_is_no_longer_asked_is_shown_and_the_rest_gone_on_with(
    placed: Program,
) -> None:
    answers = {"pupil": "P-0001", "moon_phase": "waning", "tier": "nine", "hours": "3"}
    drafts.keep(placed.opened(), answers, Author("a"))
    drafts.keep(
        placed.opened(),
        {"whom": "a parent", "moon_phase": "waning"},
        Author("a"),
        open=OpenForm("record contact", "PL-0001"),
    )
    for ref, tier in (("D-0001", True), ("D-0002", False)):
        terminal = Terminal(placed, "draft", "resume", ref)
        terminal.sees(f"left out of {ref}: moon phase: waning")
        if tier:
            terminal.sees(f"left out of {ref}: tier: nine")
        terminal.sees("Ctrl-C stops.")
        ctrl_c(terminal)
        assert terminal.ends() == 130
    assert len(placed.json("draft", "list")) == 2


def test_a_terminal_lists_drafts_with_short_names(placed: Program) -> None:
    drafts.keep(placed.opened(), {"pupil": "P-0001", "hours": "3"}, Author("tester"))
    terminal = Terminal(placed, "draft", "list")
    terminal.sees("D-0001")
    terminal.sees("new placement for P-0001 Test P., 2 answers, tester,")
    terminal.sees("Go on: ap draft resume D-0001")
    assert terminal.ends() == 0


@pytest.mark.parametrize("another", [True, False])
def test_a_draft_that_is_resumed_as_another_is_not_asked_whether_it_is_the_same(
    placed: Program, another: bool
) -> None:
    twin = {"name": "Test Pupil", "born": "2010-06-27"}
    drafts.keep(placed.opened(), twin, Author("a"), open=drafts.ADDING["pupil"])
    told = ["--another"] if another else []
    terminal = Terminal(placed, "draft", "resume", "D-0001", *told, rows=60)
    terminal.answers("Which school is the pupil on roll at?", "later")
    terminal.answers("A number to change that answer")
    if not another:
        terminal.answers("Is it this one? Its reference, or Enter to add another", "P-0001")
        terminal.sees("nothing was added")
    assert terminal.ends() == 0, terminal.lines(40)
    assert ("Is it this one?" in terminal.lines(60)) is not another
    assert len(placed.json("pupil", "list")) == (2 if another else 1)
    assert placed.json("draft", "list") == []


def test_what_was_typed_of_a_new_pupil_in_the_wizard_is_a_draft_of_its_own(placed: Program) -> None:
    terminal = Terminal(placed, "placement", "new", rows=60)
    terminal.answers("Who is the pupil?", "Sample Pupil")
    terminal.answers("Is “Sample Pupil” a new pupil?")
    terminal.answers("When was the pupil born?", "30 June 2011")
    terminal.sees("Which school is the pupil on roll at?")
    ctrl_c(terminal)
    terminal.sees("saved as D-0001, new pupil: ap draft resume D-0001")
    assert terminal.ends() == 130
    assert [row["what"] for row in placed.json("draft", "list")] == ["new pupil"]
