"""`ap todo --who`: what somebody has to do, and this week apart from what is late."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta

import pytest

from ap_cli.render.result import View
from ap_cli.render.rows import Page, count_rows
from ap_cli.render.todo import Asked, todo_lines
from ap_cli.rules.task import About, Task, Urgency, Who
from ap_cli.services.tasks import OpenTask
from ap_cli.store.queries.people import Whom

from ..conftest import Program

ON = date(2026, 11, 30)
WEEK = ON + timedelta(days=7)
VIEW = View(80, color=False, height=24, names="short")
COUNCIL = ("init", "--commissioner", "Testshire Council", "--kind", "local-authority")


SCHOOL = ("init", "--commissioner", "Test Academy", "--kind", "academy")


@pytest.fixture
def arranged(placed: Program) -> Program:
    """A store whose only placement is arranged by its only commissioner, an academy."""
    placed.ok(*SCHOOL)
    placed.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    return placed


def open_task(words: str, by: date | None, who: Who = Who.COUNCIL) -> OpenTask:
    task = Task(words, About("placement", "PL-0001"), Urgency.LATE, by, "AP503", ("AP503",),
                ("PL-0001",), (), (who,))  # fmt: skip
    return OpenTask(task, Whom("PL-0001"), "review", ("review",), "Reviews")


def show(tasks: list[OpenTask], asked: Asked, *, whole: bool = False) -> list[str]:
    return list(todo_lines(tasks, ON, Page(all=whole), asked)((), VIEW))


TASKS = [
    open_task("Late by a day", ON - timedelta(days=1)),
    open_task("Due today", ON),
    open_task("Due on the last day", WEEK),
    open_task("Without a day", None),
]


def test_the_week_lists_what_falls_in_it_and_counts_what_is_late_and_what_has_no_day() -> None:
    shown = "\n".join(show(TASKS, Asked(WEEK, ("me",), (Who.COUNCIL,), Who.COUNCIL)))
    assert shown.startswith("Mon 30 Nov 2026: 4 tasks for you\nDue by Mon 7 Dec: 2 tasks")
    assert "Due today" in shown and "Due on the last day" in shown
    assert "Late by a day" not in shown
    assert "Their day is past: 1 task. Without a day: 1 task." in shown
    assert shown.endswith("One urgency: ap todo --who me --urgency late")


def test_the_whole_list_of_a_week_has_what_is_late_under_a_heading_of_its_own() -> None:
    text = "\n".join(show(TASKS, Asked(WEEK), whole=True))
    order = ["Due by Mon 7 Dec", "Due today", "Due on the last day", "Their day is past",
             "Late by a day", "Without a day"]  # fmt: skip
    assert sorted(order, key=text.index) == order


@pytest.mark.parametrize(
    "asked",
    [Asked(), Asked(mine=Who.SCHOOL), Asked(typed=("provider",), whose=(Who.PROVIDER,))],
)
def test_a_list_that_is_counted_says_in_one_row_how_to_ask_for_more(asked: Asked) -> None:
    tasks = [open_task(f"Task {number}", None) for number in range(100)]
    last = show(tasks, asked)[-1]
    assert count_rows([last], 80) == 1 and last.startswith("Every task: --list")
    wanted = "--owner" if asked.typed else "--who me --within 1w" if asked.mine else "--who council"
    assert wanted in last


def test_the_title_says_how_many_are_yours_those_of_an_unknown_commissioner_among_them() -> None:
    whose = (Who.SCHOOL, Who.COUNCIL, Who.PROVIDER, Who.COMMISSIONER)
    tasks = [open_task(who, ON, who) for who in whose]
    assert show(tasks, Asked(mine=Who.COUNCIL))[0] == "Mon 30 Nov 2026: 4 tasks, 2 yours"
    assert show(tasks, Asked())[0] == "Mon 30 Nov 2026: 4 tasks"


def whose(ap: Program, *options: str, on: str = "2026-02-10", **env: str) -> Counter[str]:
    return Counter(row["who"] for row in ap.json("todo", *options, on=on, **env))


def test_each_finding_says_whose_it_is_and_can_be_asked_for(placed: Program) -> None:
    every = whose(placed)
    assert set(every) >= {"school", "provider"} and None not in every
    for side in ("school", "provider", "council"):
        found = whose(placed, "--who", side)
        either = every["commissioner"] if side != "provider" else 0
        assert found[side] == every[side]
        assert sum(found.values()) == every[side] + either
    both = whose(placed, "--who", "school", "--who", "provider")
    assert both == whose(placed, "--who", "school,provider")
    assert both["provider"] and both["school"]


def test_the_report_that_a_provider_owes_is_the_providers_wherever_it_is_read(
    placed: Program,
) -> None:
    [row] = [one for one in placed.json("todo", on="2026-02-14") if one["rule"] == "AP702"]
    assert row["who"] == "provider"
    assert "done by the provider" in placed.ok("rules", "show", "AP702").out
    table = placed.ok("todo", "--format", "csv", on="2026-02-14").out.splitlines()
    assert table[0].split(",")[-1] == "who" and table[0].startswith("rule,answer,severity,subject")


def test_yours_is_what_the_only_commissioner_does(arranged: Program) -> None:
    mine = whose(arranged, "--who", "me")
    assert mine == whose(arranged, "--who", "school") and mine["school"]


def test_with_two_commissioners_you_say_once_what_you_are(arranged: Program) -> None:
    assert arranged("todo", "--who", "me").code == 0
    arranged.ok(*COUNCIL)
    refused = arranged("todo", "--who", "me")
    assert refused.code == 2 and "ap config set me council" in refused.err
    assert whose(arranged, "--who", "me", AP_ME="council") == whose(arranged, "--who", "council")
    assert whose(arranged, "--who", "me", AP_ME="school") == whose(arranged, "--who", "school")


def test_a_placement_that_the_council_arranges_is_the_councils(arranged: Program) -> None:
    arranged.ok(*COUNCIL)
    before = whose(arranged, "--who", "council")
    arranged.ok("placement", "edit", "PL-0001", "--commissioner", "C-0002")
    assert whose(arranged, "--who", "council")["council"] > before["council"]
    rows = arranged.json("todo", on="2026-02-10")
    assert {one["who"] for one in rows if one["rule"] == "AP503"} == {"council"}
    assert {one["who"] for one in rows if one["subject"] == "PR-0001"} == {"commissioner"}


def test_without_a_commissioner_nobody_knows_what_is_yours_until_you_say_it(
    placed: Program,
) -> None:
    assert placed("todo", "--who", "me").code == 2
    assert whose(placed, "--who", "me", AP_ME="school")["school"]


def test_a_script_reads_the_users_settings_only_if_it_asks_what_is_theirs(
    arranged: Program,
) -> None:
    broken = arranged.folder / "broken.toml"
    broken.write_text("me = [")
    env = {"AP_CONFIG": str(broken)}
    assert whose(arranged, "--who", "school", **env)
    assert arranged("todo", "--who", "provider,me", **env).code == 2


def test_a_list_that_is_empty_says_for_whom_there_is_nothing_to_do(arranged: Program) -> None:
    assert not whose(arranged, "--who", "council")
    assert arranged.ok("todo", "--who", "council").out == "nothing to do for the council\n"
    found = arranged("todo", "--who", "provider", "--urgency", "safety", on="2026-02-10")
    assert found.out == "No task is about safety. There are: 1 late, 1 this fortnight.\n"


def test_a_name_that_is_nobodys_is_refused_with_those_that_work(placed: Program) -> None:
    refused = placed("todo", "--who", "parent")
    assert refused.code == 2 and "choose from me, council, school, provider" in refused.err
    assert "council or school" in placed("config", "set", "me", "parent").err


@pytest.mark.parametrize(
    ("on", "is_there", "is_late"),
    [
        ("2026-02-05", False, False),
        ("2026-02-06", True, False),
        ("2026-02-13", True, False),
        ("2026-02-14", True, True),
    ],
)
def test_a_week_ends_on_its_seventh_day_and_a_script_tells_late_by_the_day(
    placed: Program, on: str, is_there: bool, is_late: bool
) -> None:
    """AP503 is due on Friday 13 February 2026."""
    answer = json.loads(placed.ok("todo", "--within", "1w", "--json", on=on).out)
    reviews = [row for row in answer["data"] if row["rule"] == "AP503"]
    assert bool(reviews) is is_there
    assert any(row["due"] < answer["on"] for row in reviews) is is_late
