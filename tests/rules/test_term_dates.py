"""Term dates that are unknown: no rule is met because of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.calendar import Calendar
from ap_cli.rules import RULES
from ap_cli.rules.examples import every
from ap_cli.rules.rule import MET, Rule

A_GAP_IS_THE_POINT: dict[str, str] = {}
"""Rules that may be met because term dates are unknown, each with the reason."""

EXAMPLES = [example for _, example in every()]
BATCHES = 8


def without_terms(case: Any) -> Iterator[tuple[str, Any]]:
    """A case without any term dates, and without each of its half terms, with what was taken away."""
    calendar = case.calendar
    blocks = calendar.half_terms
    yield "all", replace(case, calendar=Calendar(calendar.name, (), calendar.closed))
    for at, block in enumerate(blocks):
        left = (*blocks[:at], *blocks[at + 1 :])
        yield block.name, replace(case, calendar=Calendar(calendar.name, left, calendar.closed))


def rules_not_met(case: Any) -> list[Rule]:
    """The rules about a case that it does not meet."""
    asked = [rule for rule in RULES if isinstance(case, rule.about)]
    return [
        rule
        for rule in asked
        if rule.id not in A_GAP_IS_THE_POINT and rule.answer(case)[0] is not MET
    ]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_taking_term_dates_away_never_makes_a_rule_met(batch: int) -> None:
    made = []
    for example in EXAMPLES[batch::BATCHES]:
        case = example.make()
        if not hasattr(case, "calendar"):
            continue
        rules = rules_not_met(case)
        made += [
            f"{rule.id} is met in “{example.told}” without {taken}"
            for taken, without in without_terms(case)
            for rule in rules
            if rule.answer(without)[0] is MET
        ]
    assert made == []
