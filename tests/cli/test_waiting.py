"""Tasks that wait for somebody's answer."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from ap_cli.cli.doing import Chosen, object_to_several, object_to_waiting, read_choice
from ap_cli.cli.together import together
from ap_cli.domain.placement import Placement
from ap_cli.render.home import make_home
from ap_cli.render.result import View
from ap_cli.render.rows import WHOLE
from ap_cli.render.tasks import row_of_task
from ap_cli.render.todo import fill_tasks
from ap_cli.rules.task import Urgency
from ap_cli.services.situation import Situation, describe_situation
from ap_cli.services.standing import list_open_tasks
from ap_cli.services.tasks import OpenTask

from ..conftest import Program

ASKED = "2026-03-02"
TODAY = date.fromisoformat(ASKED)


def situation(ap: Program, on: str) -> Situation:
    return describe_situation(ap.opened(), date.fromisoformat(on))


def keys(ap: Program, on: str) -> set[tuple[str, str]]:
    return {(task.task.about.ref, task.key) for task in situation(ap, on).tasks}


def test_a_task_that_waits_comes_back_after_five_school_days(placed: Program) -> None:
    assert ("PL-0001", "plan") in keys(placed, ASKED)
    placed.ok("record", "waiting", "PL-0001", "--task", "plan", "--whom", "the provider", on=ASKED)
    assert ("PL-0001", "plan") not in keys(placed, ASKED)
    assert situation(placed, "2026-03-06").waiting == 1, "the fourth school day after it"
    assert situation(placed, "2026-03-09").waiting == 0, "the fifth"
    assert ("PL-0001", "plan") in keys(placed, "2026-03-09")


def test_the_first_screen_counts_what_waits(placed: Program) -> None:
    placed.ok("record", "waiting", "PL-0001", "--task", "plan", on=ASKED)
    lines = make_home(situation(placed, ASKED), View(80, False, 24, "short")).lines
    assert any(line.endswith("Waiting 1.") for line in lines)


def test_what_breaks_the_law_never_waits(placed: Program) -> None:
    before = situation(placed, ASKED).counts[Urgency.LAW]
    placed.ok("record", "waiting", "PR-0001", "--task", "registration-plan", on=ASKED)
    after = situation(placed, ASKED)
    assert (after.counts[Urgency.LAW], after.waiting) == (before, 0)


@pytest.fixture
def tasks(placed: Program) -> tuple[OpenTask, ...]:
    return situation(placed, ASKED).tasks


@pytest.mark.parametrize("text", ["0", "w", "w 0", "1 x", "999", "", "-1", "1.5"])
def test_what_names_no_task_is_no_choice(tasks: tuple[OpenTask, ...], text: str) -> None:
    assert read_choice(text, tasks, TODAY) is None


def test_numbers_are_read_as_people_type_them(tasks: tuple[OpenTask, ...]) -> None:
    assert read_choice("2", tasks, TODAY) == Chosen((tasks[1],))
    assert (
        read_choice("1, 3", tasks, TODAY)
        == read_choice("1 3 3", tasks, TODAY)
        == Chosen((tasks[0], tasks[2]))
    )
    assert (
        read_choice("W2", tasks, TODAY)
        == read_choice("w 2", tasks, TODAY)
        == Chosen((tasks[1],), waits=True)
    )


def test_a_broken_law_cannot_be_left_waiting_on_the_list(tasks: tuple[OpenTask, ...]) -> None:
    law = next(task for task in tasks if task.urgency is Urgency.LAW)
    late = next(task for task in tasks if task.urgency is Urgency.LATE)
    assert "cannot wait" in object_to_waiting(Chosen((law,), waits=True))
    assert object_to_waiting(Chosen((late,), waits=True)) == ""


def test_only_one_visit_or_notice_is_recorded_for_several(placed: Program) -> None:
    placed.ok("pupil", "add", "Test Pupil Two", "--born", "2012-01-05")
    placed.ok(
        *("placement", "new", "--no-input", "--pupil", "P-0002", "--provider", "PR-0001"),
        *("--route", "off-site-direction", "--starts", "2026-01-06", "--hours", "10"),
    )
    found = situation(placed, ASKED).tasks
    by_key = {
        key: [task for task in found if task.key == key and task.task.about.ref.startswith("PL")]
        for key in ("notice", "return", "review")
    }
    assert len(by_key["notice"]) == 2 and together(by_key["notice"]) is not None
    assert object_to_several(Chosen(tuple(by_key["notice"]))) == ""
    assert "choose one number" in object_to_several(Chosen(tuple(by_key["return"])))


def test_a_task_can_wait_since_a_day_that_is_typed(tasks: tuple[OpenTask, ...]) -> None:
    since = Chosen((tasks[1],), waits=True, asked=date(2026, 2, 27))
    assert read_choice("w 2 27 Feb 2026", tasks, TODAY) == since
    assert read_choice("w 2 yesterday", tasks, TODAY) == Chosen(
        (tasks[1],), waits=True, asked=date(2026, 3, 1)
    )
    assert read_choice("w 2 soon", tasks, TODAY) is None


def test_a_task_that_waits_says_on_which_day_it_comes_back(placed: Program) -> None:
    placed.ok("record", "waiting", "PL-0001", "--task", "plan", on=ASKED)
    mine = list_open_tasks(placed.opened(), (Placement, 1), TODAY)
    waiting = [task for task in mine if task.key == "plan"]
    (_, line) = fill_tasks(waiting, TODAY, WHOLE, View(80, False, 24, "short")).lines
    assert line.endswith("56 days, waits to 9 Mar"), "so long it is late"


def test_a_task_that_waits_says_as_well_by_when_it_is_due(tasks: tuple[OpenTask, ...]) -> None:
    due = replace(tasks[0].task, by=date(2026, 3, 18))
    waits = replace(tasks[0], task=due, waits_since=TODAY, waits_until=date(2026, 3, 9))
    assert row_of_task(waits, TODAY, View(80, False)).when == "by 18 Mar, waits to 9 Mar"
    assert row_of_task(replace(waits, waits_until=None), TODAY, View(80, False)).when == "by 18 Mar"
