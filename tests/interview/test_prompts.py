"""What can be typed at a prompt: an answer, a choice by any word of it, or a sign in its place."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="the terminal of these tests is one of Unix")
if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ap_cli.domain.options import Route, Tier
from ap_cli.domain.provider import ProviderKind
from ap_cli.forms.choice import Choice
from ap_cli.interview.steps import choice_lines
from ap_cli.interview.typed import fitting_options

from ..conftest import Program
from .terminal import Terminal, plain

KINDS = [str(kind) for kind in ProviderKind]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("college", ["fe-college"]),
        ("FE college", ["fe-college"]),
        ("farm", []),
        ("non", ["non-school"]),
        ("academy", ["academy"]),
        ("school", ["maintained-school", "non-school"]),
        ("9", ["non-school"]),
        ("14", []),
        ("to one", ["one-to-one"]),
        ("", []),
        ("sch", ["maintained-school", "non-school"]),
        ("sc", []),
        ("aca", ["academy"]),
        ("ac", []),
        ("n", []),
        ("no", []),
    ],
)
def test_a_choice_is_found_by_its_number_its_beginning_or_a_word_of_it(
    typed: str, found: list[str]
) -> None:
    assert fitting_options(typed, KINDS) == found


def test_a_tier_is_found_by_its_name_and_not_by_a_number() -> None:
    tiers = [str(tier) for tier in Tier]
    assert (fitting_options("2", tiers), fitting_options("1", tiers)) == (["2"], ["1a", "1b"])


@pytest.mark.parametrize("kind", Choice.__subclasses__())
def test_choices_with_what_they_mean_fit_a_line_of_80_columns(kind: type[Choice]) -> None:
    members = [member for member in kind if member.means]
    lines = choice_lines([str(one) for one in members], [one.means for one in members])
    assert max(map(len, lines)) + 2 <= 80


def test_a_choice_is_its_value_alone_wherever_it_is_kept() -> None:
    assert (str(Route.SUSPENSION), Route("suspension")) == ("suspension", Route.SUSPENSION)


def test_one_goes_back_twice_keeps_one_answer_and_replaces_another(placed: Program) -> None:
    terminal = Terminal(placed, "record", "contact", "PL-0001")
    terminal.answers("What day was it?")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("Who with?", "a parent")
    terminal.answers("What was said?", "<")
    terminal.sees("Who with?")
    terminal.answers("[a parent]", "<")
    terminal.sees("Who by?")
    terminal.answers("[A. Tester]", "B. Tester")
    terminal.answers("What was said?", "all well")
    terminal.answers("Is there anything else to note?")
    assert terminal.ends() == 0
    row = placed.json("timeline", "PL-0001")[-1]
    assert (row["by"], row["whom"], row["said"]) == ("B. Tester", "a parent", "all well")


def test_an_answer_is_taken_away_and_the_rest_is_left_for_later(placed: Program) -> None:
    terminal = Terminal(placed, "record", "contact", "PL-0001")
    terminal.answers("What day was it?", "<")
    terminal.sees("This is the first question")
    terminal.types("1 March 2026")
    terminal.answers("Who by?", "A. Tester")
    terminal.answers("Who with?", "<")
    terminal.answers("[A. Tester]", "-")
    terminal.answers("Who with?", "a parent")
    terminal.answers("What was said?", "later")
    assert terminal.ends() == 0
    row = placed.json("timeline", "PL-0001")[-1]
    assert (row["by"], row["whom"], row["said"]) == (None, "a parent", None)
    assert row["day"] == "2026-03-01"


def test_a_required_answer_that_is_left_for_later_stops_saving_with_its_number(
    placed: Program,
) -> None:
    terminal = Terminal(placed, "record", "evidence", "PR-0001")
    terminal.answers("What day was it?", "later")
    terminal.sees("To save, answer 3: Which item did you see?")
    terminal.answers("A number to change that answer", "3")
    terminal.answers("Which item did you see?", "insurance")
    terminal.answers("A number to change that answer")
    assert terminal.ends() == 0
    assert placed.json("timeline", "PR-0001")[-1]["item"] == "insurance"


def test_a_screen_reader_gets_plain_lines_and_nothing_is_drawn_again(placed: Program) -> None:
    terminal = Terminal(placed, "provider", "add", "Test Barn", ACCESSIBLE="1")
    terminal.sees("What kind of provider is it?")
    terminal.answers("a further education college", "school")
    terminal.sees("fits 2 of them: maintained-school, non-school")
    terminal.types("non-school")
    terminal.answers("Is it a registered school? Since when?", "later")
    terminal.answers("Add this provider?", "perhaps")
    terminal.answers("Type yes to add it, no to change an answer, or < to go back.", "y")
    terminal.sees("PR-0002")
    assert terminal.ends() == 0
    written = terminal.transcript.getvalue()
    assert "\x1b" not in written and plain(written).count("What kind of provider is it?\n") == 1


def test_more_about_a_new_pupil_can_be_answered_on_the_review_screen(placed: Program) -> None:
    placed.ok("pupil", "edit", "P-0001", "--upn", "J823432106012")
    terminal = Terminal(placed, "pupil", "add", "--upn", "J823432106012", rows=60)
    terminal.answers("What is the pupil's name?", "Sample Pupil")
    terminal.answers("When was the pupil born?", "30 June 2011")
    terminal.answers("Which school is the pupil on roll at?", "later")
    terminal.answers("Add this pupil?", "y")
    terminal.sees_one_of(r"(\d+) What is the pupil's UPN\?", told="the UPN")
    upn = terminal.child.match[1]
    terminal.sees_one_of(r"(\d+) More about the pupil", told="More about the pupil")
    more = terminal.child.match[1]
    terminal.sees(f"To save, change {upn}: P-0001 has that UPN")
    terminal.types(more)
    terminal.answers("Is that school a pupil referral unit?", "no")
    terminal.answers("Is that school an independent school?", "later")
    terminal.sees_one_of(r"(\d+) What is the pupil's UPN\?", told="the UPN")
    terminal.answers("A number to change that answer", terminal.child.match[1])
    terminal.answers("[J823432106012]", "-")
    terminal.leaves_the_review()
    terminal.sees("P-0002")
    assert terminal.ends() == 0
    added = placed.json("pupil", "show", "P-0002")[0]
    assert (added["upn"], added["on_roll_of_a_pru"]) == (None, False)
