"""Tasks done from the list, in a real terminal."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ap_cli.cli.doing import describe_ways, find_pair, read_choice
from ap_cli.domain.entries.during import Extension
from ap_cli.domain.placement import Placement
from ap_cli.errors import BadAnswers
from ap_cli.services.entries import record_for_each
from ap_cli.services.standing import list_open_tasks
from ap_cli.store.author import Author

from ..conftest import Program
from .terminal import KEYS, PROMPT_BEGINS, Terminal

PROMPT = "Number, reference or command; Enter to leave:"
PARTS = (r"of \d+  Staff checks", r"of \d+  (?!Staff)")
DAYS = ("pupil", "parents", "teacher")


def open_rules(ap: Program, subject: str) -> set[str]:
    """The rules that ask for something of a record."""
    return {row["rule"] for row in ap.json("todo") if row["subject"] == subject}


def test_a_task_is_done_by_its_word_and_its_line_goes(placed: Program) -> None:
    assert "AP401" in open_rules(placed, "PL-0001")
    screen = Terminal(placed, "do", "PL-0001", "consult")
    screen.sees("Talk to the pupil, the parents and the teacher: Test Pupil")
    for whom in DAYS:
        screen.answers(f"When did you talk to the {whom}?", "2026-01-05")
    screen.answers("Who did you talk to, and what did they say?", "all three agreed")
    code = screen.ends()
    assert code == 0, screen.lines(40)
    assert "AP401" not in open_rules(placed, "PL-0001")


def test_a_list_that_is_shorter_says_that_its_numbers_are_new(placed: Program) -> None:
    screen = Terminal(placed, "do", "PL-0001", rows=60)
    screen.sees("Number, more, or Enter to go back:")
    while not (found := re.findall(r" +(\d+)  Talk to the pupil", screen.lines(400))):
        screen.types("more")
        screen.sees("Number, ")
    assert "its numbers are new" not in screen.lines(400)
    screen.types(found[0])
    for whom in DAYS:
        screen.answers(f"When did you talk to the {whom}?", "2026-01-05")
    screen.answers("Who did you talk to, and what did they say?", "all three agreed")
    screen.sees("To do for PL-0001. The list has changed: its numbers are new.")
    screen.answers("Enter to go back:", "")
    assert screen.ends() == 0, screen.lines(40)


def test_the_first_screen_takes_a_number_a_reference_and_a_command(placed: Program) -> None:
    screen = Terminal(placed)
    screen.answers(PROMPT, "nonsense")
    screen.answers("Type a number from 1 to", "PL-0001")
    screen.answers("To do for PL-0001", "")
    screen.answers(PROMPT, "ap age 2010-11-28")
    screen.answers("Enter to go back to the list", "")
    screen.answers(PROMPT, "")
    code = screen.ends()
    assert code == 0, screen.lines(40)


def test_the_first_screen_finds_a_child_and_a_provider_by_part_of_a_name(placed: Program) -> None:
    placed.ok("pupil", "add", "Second Sample", "--born", "2011-05-05")
    placed.ok("pupil", "add", "Third Sample", "--born", "2011-06-05")
    screen = Terminal(placed)
    screen.answers(PROMPT, "sample")
    screen.sees("2  P-0003   Third S.")
    screen.answers("Number, or more of the name; Enter to leave:", "2")
    screen.sees("Nothing to do for P-0003.")
    screen.answers(PROMPT, "tset pupil")
    screen.sees("1  P-0001   Test P.")
    screen.answers("Number, or more of the name; Enter to leave:", "")
    screen.answers(PROMPT, "zzz")
    screen.answers("part of a name, or a command such as todo.", "chek PL-1")
    screen.answers("There is no command chek PL-1: did you mean check PL-1?", "test pup")
    screen.answers("To do for P-0001", "")
    screen.answers(PROMPT, "hollow")
    screen.answers("To do for PR-0001", "")
    screen.answers(PROMPT, "")
    assert screen.ends() == 0, screen.lines(40)


def test_who_wants_no_names_gets_references_for_a_name(placed: Program) -> None:
    placed.ok("config", "set", "names", "never")
    screen = Terminal(placed)
    screen.answers(PROMPT, "tset pupil")
    screen.sees("1  P-0001")
    screen.answers("Number, or more of the name; Enter to leave:", "")
    screen.answers(PROMPT, "")
    assert screen.ends() == 0, screen.lines(40)


def test_a_form_that_is_stopped_leads_back_to_the_list(placed: Program) -> None:
    screen = Terminal(placed, "do", "PL-0001")
    screen.answers("Number, more, or Enter to go back:", "2")
    screen.sees("Test Pupil at")
    screen.child.expect_exact(PROMPT_BEGINS)
    screen.child.send(KEYS["ctrl-c"])
    screen.sees("Number, more, or Enter to go back:")
    screen.child.send(KEYS["ctrl-c"])
    code = screen.ends()
    assert code == 0, screen.lines(40)


def test_the_checklist_of_a_provider_keeps_what_is_done(placed: Program) -> None:
    before = open_rules(placed, "PR-0001")
    assert "AP302" in before
    screen = Terminal(placed, "do", "PR-0001", "checks")
    screen.sees("Check the provider: ")
    while screen.sees_one_of(*PARTS, told="a part of the list"):
        screen.types("")
    screen.types("tomorrow")
    screen.answers("That day is still to come", "2026-02-24")
    screen.answers("Who checked it?", "A. Tester")
    screen.answers("of", "q")
    screen.sees("1 of")
    screen.sees("The task stays on the list, because:")
    screen.sees("you have still to do")
    code = screen.ends()
    assert code == 0, screen.lines(40)
    assert before - open_rules(placed, "PR-0001") == {"AP302"}


def test_the_reasons_of_a_direction_are_asked_once_with_all_that_stands(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--route", "off-site-direction")
    placed.ok("placement", "edit", "PL-0001", "--reason", "early-help", "--reason", "online")
    screen = Terminal(placed, "do", "PL-0001", "direction")
    screen.answers("Which one?", "1")
    screen.answers("[early-help, online, behaviour]", "")
    assert screen.ends() == 0, screen.lines(40)
    assert screen.transcript.getvalue().count("Why is the pupil referred?\r\n") == 1
    (row,) = placed.json("placement", "show", "PL-0001")
    assert row["reasons"] == ["early-help", "online", "behaviour"]


def test_a_visit_that_was_too_late_says_so_at_once_and_what_is_left(placed: Program) -> None:
    late = ("--purpose", "pre-placement", "--by", "A. Tester", "--day", "2026-02-24")
    made = placed.ok("record", "visit", "PL-0001", *late)
    assert "still open: no named member of staff has visited" in made.err
    assert "the visit of Tuesday 24 February 2026 was too late" in made.err
    screen = Terminal(placed, "do", "PL-0001", "visit")
    screen.sees("If somebody went before the start: record a visit")
    screen.answers("Which one?", "1")
    screen.answers("What day was it?", "2026-02-25")
    screen.answers("Who by?", "A. Tester")
    screen.sees("The task stays on the list, because:")
    screen.sees("What you can do now: if somebody went before the start: record a visit")
    screen.sees("or waive it, with a reason.")
    assert screen.ends() == 0, screen.lines(40)


def test_what_is_answered_in_a_task_is_kept_and_gone_on_with(placed: Program) -> None:
    screen = Terminal(placed, "do", "PR-0001", "lead")
    parts = (r"of \d+  Answer", r"of \d+  (?!Answer)")
    while screen.sees_one_of(*parts, told="the part that asks about the lead"):
        screen.types("")
    screen.types("y")
    screen.answers("Who is the designated safeguarding lead?", "T. Sample")
    screen.sees("trained?")
    screen.child.expect_exact(PROMPT_BEGINS)
    screen.child.send(KEYS["ctrl-c"])
    screen.sees("saved as D-0001, changes to PR-0001")
    screen.types("q")
    screen.ends()
    again = Terminal(placed, "draft", "resume", "D-0001")
    again.leaves_the_review()
    assert again.ends() == 0
    assert placed.json("provider", "list")[0]["lead"] == "T. Sample"
    assert placed.json("draft", "list") == []


@pytest.fixture
def two_to_notify(placed: Program) -> Program:
    """Two placements at one provider, of which the parents have no notice yet."""
    placed.ok("pupil", "add", "Second Sample", "--born", "2012-01-05")
    placed.ok(
        *("placement", "new", "--no-input", "--pupil", "P-0002", "--provider", "PR-0001"),
        *("--route", "off-site-direction", "--starts", "2026-04-20", "--hours", "10"),
    )
    return placed


def notices(ap: Program, ref: str) -> list[str]:
    """The notices that are recorded of a placement."""
    return [row["ref"] for row in ap.json("timeline", ref) if row["kind"] == "notice"]


def choose_both_notices(ap: Program) -> Terminal:
    """The list of what to do, in which both notices were chosen by their numbers."""
    screen = Terminal(ap, "do", "PR-0001", rows=60)
    screen.sees("Number, more, or Enter to go back:")
    number = r"^ +(\d+)  Send the parent written notice"
    while len(found := re.findall(number, screen.lines(400), re.MULTILINE)) < 2:
        screen.types("more")
        screen.sees("Number, ")
    screen.types(" ".join(dict.fromkeys(found)))
    screen.sees("One notice for Test P. (PL-0001) and Second S. (PL-0002)")
    screen.answers("What day was it?", "2026-03-02")
    screen.answers("Does it give the address?", "yes")
    return screen


REST_OF_NOTICE = (
    "Does it say who to report to first?",
    "Does it give the number of days?",
    "Does it give the reasons and objectives?",
    "Does it give the session times?",
    "When did you decide on the direction?",
)


def test_one_notice_is_recorded_for_two_children_and_undone_as_one(two_to_notify: Program) -> None:
    screen = choose_both_notices(two_to_notify)
    for question in REST_OF_NOTICE:
        screen.answers(question, "")
    screen.sees("E-0001: notice of PL-0001, day Monday 2 March 2026")
    screen.sees("E-0002: notice of PL-0002, day Monday 2 March 2026")
    screen.answers("Enter to go back:", "")
    assert screen.ends() == 0, screen.lines(40)
    assert notices(two_to_notify, "PL-0001") == ["E-0001"]
    assert notices(two_to_notify, "PL-0002") == ["E-0002"]
    two_to_notify.ok("undo")
    assert not notices(two_to_notify, "PL-0001") and not notices(two_to_notify, "PL-0002")


def test_the_draft_of_one_notice_names_both_children_and_goes_on_for_both(
    two_to_notify: Program,
) -> None:
    screen = choose_both_notices(two_to_notify)
    screen.sees(REST_OF_NOTICE[0])
    screen.child.expect_exact(PROMPT_BEGINS)
    screen.child.send(KEYS["ctrl-c"])
    screen.sees("saved as D-0001, notice of PL-0001, PL-0002: ap draft resume D-0001")
    screen.answers("Enter to go back:", "")
    assert screen.ends() == 0, screen.lines(40)
    assert not notices(two_to_notify, "PL-0001")
    two_to_notify.ok("draft", "resume", "D-0001")
    assert notices(two_to_notify, "PL-0001") == ["E-0001"]
    assert notices(two_to_notify, "PL-0002") == ["E-0002"]
    assert two_to_notify.json("draft", "list") == []


def test_what_one_of_several_refuses_is_recorded_for_none_and_names_it(
    two_to_notify: Program,
) -> None:
    on, until = date(2026, 3, 3), date(2027, 1, 29)
    longer = Extension(day=on, by="T. Sample", last=until, reason="the objectives are near")
    both = [(Placement, 1), (Placement, 2)]
    store = two_to_notify.opened()
    with pytest.raises(BadAnswers) as refused:
        record_for_each(store, longer, both, Author("tester"), on)
    assert "is before PL-0002 starts" in str(refused.value)
    assert two_to_notify.json("placement", "show", "PL-0001")[0]["ends"] == "2026-12-18"
    record_for_each(store, longer, both[:1], Author("tester"), on)
    assert two_to_notify.json("placement", "show", "PL-0001")[0]["ends"] == "2027-01-29"


def test_without_a_terminal_the_command_is_named(placed: Program) -> None:
    found = placed("do", "PL-0001", "consult")
    assert found.code == 4
    assert "in a script: ap placement edit PL-0001 --pupil-consulted" in found.err
    assert placed("do").code == 4


def test_a_task_that_there_is_not_is_refused_with_those_that_there_are(placed: Program) -> None:
    found = placed("do", "PL-0001", "nonsense")
    assert found.code == 2 and "choose from" in found.err
    named = found.err.split("choose from ")[1].split(", or see ap do PL-0001")[0]
    assert named.count(", ") == 7 and " more" in named, "the loudest few of many"


def test_the_prompt_of_a_list_takes_a_command_a_reference_and_a_name(placed: Program) -> None:
    screen = Terminal(placed, "do", "PL-0001")
    screen.answers("Enter to go back:", "99")
    screen.answers("Choose a number from 1 to", "nonsense")
    screen.answers("a reference such as PL-0001, part of a name", "age 2010-11-28")
    screen.answers("Enter to go back to the list, q to leave:", "what")
    screen.answers("Press Enter, type q to leave, or a reference", "ap age 2010-11-28")
    screen.answers("Enter to go back to the list, q to leave:", "")
    screen.answers("Enter to go back:", "hollow")
    screen.answers("To do for PR-0001", "")
    screen.answers("To do for PL-0001", "")
    assert screen.ends() == 0, screen.lines(40)


def test_that_several_are_recorded_as_one_is_offered_only_where_it_works(
    two_to_notify: Program,
) -> None:
    store, on = two_to_notify.opened(), date(2026, 3, 2)
    tasks = list_open_tasks(store, (Placement, 1), on)
    assert find_pair(tasks) is None and "for several" not in describe_ways(tasks)
    both = [
        task
        for number in (1, 2)
        for task in list_open_tasks(store, (Placement, number), on)
        if task.task.words == "Send the parent written notice"
    ]
    assert find_pair(both) == (1, 2)
    assert "Type 1 2, a span or all to record the same for several." in describe_ways(both)
    read = [read_choice(text, both, on) for text in ("1-2", "all", "2", "3")]
    assert [len(chosen.tasks) if chosen else 0 for chosen in read] == [2, 2, 1, 0]


def test_who_asked_on_an_earlier_day_is_told_when_the_task_comes_back(placed: Program) -> None:
    screen = Terminal(placed, "do", "PL-0001", rows=60)
    screen.sees("Number, more, or Enter to go back:")
    (number,) = re.findall(r"Type w (\d+), or w \d+ DAY", screen.lines(60))
    screen.types(f"w {number} 27 Feb 2026")
    screen.sees("It comes back on Friday 6 March 2026.")
    screen.answers("to go back:", "")
    assert screen.ends() == 0, screen.lines(40)
