"""What is checked of a provider before a child goes there: AP301 to AP305, AP308, AP309."""

from __future__ import annotations

import pytest

from ap_cli.domain.evidence import INSPECTED_ONLY, OF_THE_PROVIDER
from ap_cli.rules.examples.builders import placement_case, provider_case
from ap_cli.rules.rule import BREACHED, MET, Answer
from ap_cli.rules.task import Choice

from .answers import BY_ID, answer, breach


@pytest.mark.parametrize(
    ("purpose", "expected"), [("quality-assurance", BREACHED), ("pre-placement", MET), (None, MET)]
)
def test_a_visit_to_see_how_a_placement_goes_is_none_before_it(
    purpose: str | None, expected: Answer
) -> None:
    visit = {"day": "2025-12-15", "by": "A. Tester"} | ({"purpose": purpose} if purpose else {})
    assert answer("AP308", placement_case(visit=visit)) is expected


@pytest.mark.parametrize(("day", "expected"), [("2026-01-05", MET), ("2026-01-06", BREACHED)])
def test_a_visit_as_an_answer_of_the_plan_is_before_the_start(day: str, expected: Answer) -> None:
    assert (
        answer("AP308", placement_case(visit=None, visited=day, visited_by="A. Tester")) is expected
    )


@pytest.mark.parametrize(
    ("day", "purpose", "late"),
    [
        ("2026-01-06", "pre-placement", True),
        ("2026-01-05", "pre-placement", False),
        ("2026-01-06", "quality-assurance", False),
    ],
)
def test_a_visit_before_the_start_that_was_made_after_it_is_named_as_too_late(
    day: str, purpose: str, late: bool
) -> None:
    rule = BY_ID["AP308"]
    case = placement_case(visit={"day": day, "purpose": purpose})
    assert ("visit of Tuesday 6 January 2026 was too late" in rule.problem(case)) is late
    assert isinstance(rule.remedy(case), Choice) is late


@pytest.mark.parametrize(("missing", "more"), [(2, ""), (3, ""), (4, " and 1 more")])
def test_three_items_that_are_missing_are_named(missing: int, more: str) -> None:
    found = breach(
        "AP301",
        provider_case(
            items=tuple(item for item in OF_THE_PROVIDER if item not in INSPECTED_ONLY)[missing:]
        ),
    )
    assert (
        found.count(",") == min(missing, 3) - 1
        and found.endswith(more)
        and (more or "more" not in found)
    )


def test_an_item_that_nobody_named_has_seen_is_told_as_that() -> None:
    wanted, other = "staff-checks", "insurance"
    assert breach(
        "AP302", provider_case(items=(), there=[("evidence", {"item": wanted})])
    ).endswith("; say who saw it")
    assert breach("AP302", provider_case(items=(), there=[("evidence", {"item": other})])).endswith(
        "has not confirmed in writing that it checked its staff"
    )
    assert breach(
        "AP302", provider_case(items=(), there=[("evidence", {"item": wanted, "by": "A. Tester"})])
    ).endswith("has not confirmed in writing that it checked its staff")
