"""What is to be done: findings joined into tasks, and remedies as values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ap_cli.render.command import Action, action_of, spell
from ap_cli.rules import RULES
from ap_cli.rules.engine import Finding, check
from ap_cli.rules.examples.builders import placement_case
from ap_cli.rules.rule import BREACHED, OPEN, SHOULD, Rule
from ap_cli.rules.task import (
    About,
    Choice,
    Edit,
    Nothing,
    Outside,
    Remedy,
    Urgency,
    Write,
    join_tasks,
    mentions,
    merge_remedies,
)

PLACEMENT, OTHER, PROVIDER = (
    About("placement", "PL-0001"),
    About("placement", "PL-0002"),
    About("provider", "PR-0001"),
)
EDIT = Edit(PLACEMENT, ("ends",))


def found(
    task: str,
    remedy: Remedy | None = EDIT,
    *,
    rule: str = "AP501",
    subject: str = "PL-0001",
    due: str | None = None,
    urgency: Urgency = Urgency.LATE,
) -> Finding:
    day = date.fromisoformat(due) if due else None
    return Finding(
        rule, BREACHED, SHOULD, subject, "x", day, (), remedy, None, task=task, urgency=urgency
    )


def test_the_same_words_about_the_same_record_are_one_task() -> None:
    (task,) = join_tasks([found("Set the end"), found("Set the end", rule="AP405")])
    assert (task.words, task.about, task.rules) == ("Set the end", PLACEMENT, ("AP405", "AP501"))
    assert task.remedies == (EDIT,)


def test_other_words_or_another_record_are_another_task() -> None:
    there = found("Set the end", Edit(OTHER, ("ends",)), subject="PL-0002")
    assert len(join_tasks([found("Set the end"), found("Hold the review"), there])) == 3


def test_two_placements_that_ask_about_one_provider_are_one_task_with_both_as_its_subjects() -> (
    None
):
    visit = Write(PROVIDER, "visit", ("by",))
    two = [found("Check the provider", visit, subject=ref) for ref in ("PL-0002", "PL-0001")]
    (task,) = join_tasks(two)
    assert task.about == PROVIDER and task.subjects == ("PL-0001", "PL-0002")


def test_a_task_is_as_loud_as_the_loudest_of_its_findings_and_due_on_the_first_day() -> None:
    one = found("x", due="2026-03-09", urgency=Urgency.SOON)
    other = found("x", due="2026-03-02", urgency=Urgency.LATE)
    (task,) = join_tasks([one, other])
    assert task.urgency is Urgency.LATE and task.by == date(2026, 3, 2)


def test_what_has_no_day_is_due_now() -> None:
    (task,) = join_tasks([found("x"), found("x", due="2026-03-09", urgency=Urgency.SOON)])
    assert task.by is None


def test_the_loudest_task_stands_first_and_of_those_the_one_due_first() -> None:
    tasks = join_tasks(
        [
            found("later", due="2026-03-02", urgency=Urgency.LATER),
            found("late, on the 9th", due="2026-03-09"),
            found("late, on the 2nd", due="2026-03-02"),
            found("late, now"),
            found("safety", due="2026-03-30", urgency=Urgency.SAFETY),
        ]
    )
    assert [task.words for task in tasks] == [
        "safety",
        "late, now",
        "late, on the 2nd",
        "late, on the 9th",
        "later",
    ]


def test_what_nothing_mends_is_no_task() -> None:
    assert join_tasks([found("x", Nothing("too late")), found("x", None)]) == []


def test_edits_of_a_record_are_one_form_and_other_remedies_stay_apart() -> None:
    visit = Write(PLACEMENT, "visit")
    merged = merge_remedies([EDIT, visit, Edit(PLACEMENT, ("starts", "ends")), visit])
    assert list(merged) == [Edit(PLACEMENT, ("ends", "starts")), visit]


@pytest.mark.parametrize(
    ("remedy", "there"),
    [
        (EDIT, True),
        (Edit(OTHER), False),
        (Choice(OTHER, (Outside(OTHER, "x"), Write(PLACEMENT, "review"))), True),
        (Write(OTHER, "merge", known=(("into", "PL-0001"),)), True),
        (Nothing("PL-0001"), False),
        (None, False),
    ],
)
def test_a_remedy_names_the_records_that_it_is_about(remedy: Remedy | None, there: bool) -> None:
    assert mentions(remedy, "PL-0001") is there


@pytest.mark.parametrize(
    ("remedy", "spelt", "action"),
    [
        (
            Edit(PLACEMENT, ("ends", "route_safe"), yes=("route_safe",)),
            "ap placement edit PL-0001 --ends … --route-safe",
            Action("edit", "PL-0001", "placement", ("ends", "route_safe")),
        ),
        (
            Edit(PLACEMENT, ("route_safe",)),
            "ap placement edit PL-0001 --route-safe/--no-route-safe",
            Action("edit", "PL-0001", "placement", ("route_safe",)),
        ),
        (
            Write(PLACEMENT, "review", ("safe",), known=(("decided", "extend"),), first="hold it"),
            "hold it, then: ap record review PL-0001 --decided extend --safe/--no-safe",
            Action("write", "PL-0001", "review", ("safe",)),
        ),
        (Outside(PROVIDER, "ask them"), "ask them", Action("outside", "PR-0001", words="ask them")),
        (Nothing("too late"), "too late", Action("nothing", "", words="too late")),
        (
            Choice(PLACEMENT, (EDIT, Write(PLACEMENT, "ending"))),
            "ap placement edit PL-0001 --ends …, or ap placement end PL-0001",
            Action(
                "choose",
                "PL-0001",
                options=(
                    Action("edit", "PL-0001", "placement", ("ends",)),
                    Action("write", "PL-0001", "ending"),
                ),
            ),
        ),
        (None, "", None),
    ],
)
def test_a_remedy_is_spelt_for_people_and_is_an_action_for_programs(
    remedy: Remedy | None, spelt: str, action: Action | None
) -> None:
    assert spell(remedy) == spelt
    assert (action_of(remedy) if remedy else None) == action


def open_findings(**changed: Any) -> list[Finding]:
    case = placement_case(**changed)
    rules = [rule for rule in RULES if isinstance(case, rule.about)]
    return list(check(case, rules, answers=OPEN))


def test_every_open_finding_has_a_task_and_an_urgency() -> None:
    findings = open_findings(tier=None, ends=None)
    assert findings and all(finding.task and finding.urgency for finding in findings)


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_has_a_task_a_key_and_a_label(rule: Rule) -> None:
    assert rule.task and len(rule.task) <= 60 and rule.task[0].isupper()
    assert rule.label and not rule.label.endswith(".") and rule.title[0].isupper()
    assert rule.key and set(rule.key) <= set("abcdefghijklmnopqrstuvwxyz-")


def test_no_two_rules_have_one_key_or_one_label() -> None:
    assert len({rule.key for rule in RULES}) == len({rule.label for rule in RULES}) == len(RULES)
