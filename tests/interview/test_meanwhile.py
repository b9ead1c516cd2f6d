"""What somebody else writes while a form is filled in is shown and asked about, never replaced unseen."""

from __future__ import annotations

import sys
from typing import NamedTuple

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ap_cli.services import drafts
from ap_cli.services.drafts import OpenForm
from ap_cli.store.author import Author

from ..conftest import COMPLETE, Program
from .terminal import Terminal

OTHER = {"AP_USER": "A. Officer"}


class Edited(NamedTuple):
    """A form that corrects a record: how it is opened, what is typed, and what another writes."""

    args: tuple[str, ...]
    typed: tuple[tuple[str, str], ...]
    last: tuple[tuple[str, str], ...]
    other: tuple[str, ...]
    asked: str
    keeps: str
    writes: str
    key: str
    theirs: object
    own: object
    show: tuple[str, ...] = ("placement", "show", "PL-0001")


ASK = Edited(
    ("placement", "edit", "PL-0001", "--ask"),
    (("Where is the pupil taught?", "provider"),),
    (("Which sessions are at the provider?", "later"),),
    ("placement", "edit", "PL-0001", "--place", "home"),
    "Place: you read no answer; meanwhile A. Officer wrote home on",
    "1 keep home",
    "2 write provider",
    "place",
    "home",
    "provider",
)
ENTRY = Edited(
    ("record", "edit", "E-0001"),
    (("A number to change that answer", "2"), ("Who by?", "L. Sample")),
    (("A number to change that answer", ""), ("Why is it corrected?", "somebody else held it")),
    ("record", "edit", "E-0001", "--by", "B. Sample", "--reason", "it was me"),
    "By: you read A. Tester; meanwhile A. Officer wrote B. Sample on",
    "1 keep B. Sample",
    "2 write L. Sample",
    "by",
    "B. Sample",
    "L. Sample",
    ("timeline", "PL-0001"),
)
ENDING = Edited(
    ("placement", "end", "PL-0001"),
    (("Did it ever start?", ""), ("What was the last day?", "yesterday")),
    (("Why did it end?", "moved away"), ("Where does the pupil go next?", "home-school")),
    (
        *("placement", "end", "PL-0001", "--day", "2026-02-27"),
        *("--reason", "moved away", "--destination", "home-school"),
    ),
    "Ended: you read no answer; meanwhile A. Officer wrote 27 February 2026 on",
    "1 keep 27 February 2026",
    "2 write 1 March 2026",
    "ended",
    "2026-02-27",
    "2026-03-01",
)
FORMS = pytest.mark.parametrize(
    "form", [ASK, ENTRY, ENDING], ids=("placement edit --ask", "record edit", "placement end")
)


@pytest.fixture
def reviewed(placed: Program) -> Program:
    """A placement with a review, E-0001."""
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--by", "A. Tester", "--day", "2026-02-20")
    return placed


def begin(ap: Program, form: Edited) -> Terminal:
    terminal = Terminal(ap, *form.args)
    for question, answer in form.typed:
        terminal.answers(question, answer)
    terminal.sees(form.last[0][0])
    return terminal


def finish(terminal: Terminal, form: Edited) -> None:
    (_, answer), *rest = form.last
    terminal.types(answer)
    for question, answer in rest:
        terminal.answers(question, answer)


@FORMS
@pytest.mark.parametrize(
    "own", [False, True], ids=("Enter keeps the other's", "2 writes one's own")
)
def test_what_another_wrote_meanwhile_is_asked_about(
    reviewed: Program, form: Edited, own: bool
) -> None:
    terminal = begin(reviewed, form)
    reviewed.ok(*form.other, **OTHER)
    finish(terminal, form)
    terminal.sees(form.asked)
    terminal.sees(form.keeps)
    terminal.sees(form.writes)
    terminal.answers("Which one?", "2" if own else "")
    if form is ENDING:
        terminal.answers("Record it now?", "n")
        terminal.answers("Record it now?", "n")
    assert terminal.ends() == 0
    assert reviewed.json(*form.show)[-1][form.key] == (form.own if own else form.theirs)
    assert reviewed.json("draft", "list") == []


@FORMS
def test_a_draft_remembers_what_it_had_read_when_it_is_resumed(
    reviewed: Program, form: Edited
) -> None:
    terminal = begin(reviewed, form)
    terminal.child.send("\x03")
    terminal.sees("ap draft resume D-0001")
    assert terminal.ends() == 130
    reviewed.ok(*form.other, **OTHER)
    again = Terminal(reviewed, "draft", "resume", "D-0001", rows=80)
    if form is ENTRY:
        again.leaves_the_review()
        again.answers("Why is it corrected?", "somebody else held it")
    else:
        again.answers(*form.last[0])
        for question, answer in form.last[1:]:
            again.answers(question, answer)
    if form is ENDING:
        again.leaves_the_review()
    again.sees(form.asked)
    again.answers("Which one?")
    if form is ENDING:
        again.answers("Record it now?", "n")
        again.answers("Record it now?", "n")
    assert again.ends() == 0
    assert reviewed.json(*form.show)[-1][form.key] == form.theirs


def test_a_draft_without_a_terminal_is_refused_and_stays(placed: Program) -> None:
    open_form, read = OpenForm("pupil edit", "P-0001"), {"home_school": None}
    drafts.keep(
        placed.opened(), {"home_school": "Oak School"}, Author("a"), open=open_form, read=read
    )
    placed.ok("pupil", "edit", "P-0001", "--home-school", "Elm Academy", **OTHER)
    refused = placed("draft", "resume", "D-0001", "--no-input")
    assert refused.code == 2
    assert "somebody else has changed P-0001 since this was read: home school" in refused.err
    assert "Elm" not in refused.err and "Oak" not in refused.err
    assert placed.json("pupil", "show", "P-0001")[0]["home_school"] == "Elm Academy"
    assert len(placed.json("draft", "list")) == 1
    placed.ok("pupil", "edit", "P-0001", "--not-known", "home-school", **OTHER)
    placed.ok("draft", "resume", "D-0001", "--no-input")
    assert placed.json("pupil", "show", "P-0001")[0]["home_school"] == "Oak School"


def test_what_the_form_does_not_change_is_left_as_the_other_wrote_it(reviewed: Program) -> None:
    terminal = begin(reviewed, ASK)
    reviewed.ok("placement", "edit", "PL-0001", "--hours", "15", "--owner", "B. Sample", **OTHER)
    finish(terminal, ASK)
    terminal.sees("place provider")
    assert terminal.ends() == 0
    (row,) = reviewed.json("placement", "show", "PL-0001")
    assert (row["place"], row["weekly_minutes"], row["owner"]) == ("provider", 900, "B. Sample")


def test_what_both_wrote_alike_is_not_asked_about(reviewed: Program) -> None:
    terminal = begin(reviewed, ASK)
    reviewed.ok("placement", "edit", "PL-0001", "--place", "provider", **OTHER)
    finish(terminal, ASK)
    terminal.sees("No change")
    assert terminal.ends() == 0
    assert reviewed.json("draft", "list") == []


def test_a_third_who_writes_while_it_is_asked_is_asked_about_as_well(reviewed: Program) -> None:
    terminal = begin(reviewed, ASK)
    reviewed.ok("placement", "edit", "PL-0001", "--place", "home", **OTHER)
    finish(terminal, ASK)
    terminal.sees("1 keep home")
    reviewed.ok("placement", "edit", "PL-0001", "--place", "school", AP_USER="C. Sample")
    terminal.answers("Which one?", "2")
    terminal.sees("Place: you read home; meanwhile C. Sample wrote school on")
    terminal.answers("Which one?", "2")
    assert terminal.ends() == 0
    assert reviewed.json("placement", "show", "PL-0001")[0]["place"] == "provider"


def test_two_forms_at_once_lose_nothing(reviewed: Program) -> None:
    first, second = (
        begin(reviewed, ASK),
        begin(reviewed, ASK._replace(typed=(("Where is the pupil taught?", "home"),))),
    )
    finish(first, ASK)
    assert first.ends() == 0
    finish(second, ASK)
    second.sees("you read no answer; meanwhile tester wrote provider on")
    second.answers("Which one?")
    assert second.ends() == 0
    assert reviewed.json("placement", "show", "PL-0001")[0]["place"] == "provider"
