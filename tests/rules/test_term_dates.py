"""Term dates that are unknown: no rule is met because of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.calendar import Calendar
from ap_cli.rules import RULES
from ap_cli.rules.engine import make_finding
from ap_cli.rules.examples import every
from ap_cli.rules.examples.builders import placement_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_YET, Answer, Rule

from .answers import BY_ID, answer

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


START = date(2026, 9, 14)
"""A Monday that no term dates cover."""

RETURNED = {"day": str(START), "destination": "home-school"}


@pytest.mark.parametrize(
    ("id", "given", "estimated", "latest"),
    [
        ("AP801", {"starts": str(START), "ends": "2026-12-04"}, "2026-09-21", "2026-09-28"),
        ("AP412", {"starts": str(START), "ends": "2026-12-04"}, "2026-09-28", "2026-10-05"),
        ("AP708", {"ends": "2026-09-14", "ended": RETURNED}, "2026-10-26", "2026-12-01"),
    ],
)
def test_what_is_due_in_school_days_is_late_for_certain_only_on_any_usual_calendar(
    id: str, given: dict[str, Any], estimated: str, latest: str
) -> None:
    """Up to the estimate it is not yet late, then nobody can tell, and at last it is."""

    def on(day: str, after: int = 0) -> tuple[Answer, str]:
        asked = date.fromisoformat(day) + timedelta(days=after)
        case = placement_case(on=asked, review_date=None, reviewed=(), **given)
        rule = BY_ID[id]
        return answer(id, case), make_finding(rule, case, rule.answer(case)).message

    assert on(estimated)[0] is NOT_YET
    assert on(estimated, 1)[0] is CANNOT_TELL
    assert on(latest)[0] is CANNOT_TELL
    late, message = on(latest, 1)
    assert late is BREACHED
    assert "on any usual calendar" in message


def test_a_requested_review_is_late_on_any_usual_calendar_and_at_once_if_refused() -> None:
    """15 school days after Monday 14 September 2026, five of them perhaps INSET days, is Tuesday 10 November."""
    request = ("request", {"day": str(START), "asked_by": "parent"})
    for on, expected in (("2026-11-10", CANNOT_TELL), ("2026-11-11", BREACHED)):
        day = date.fromisoformat(on)
        case = placement_case(
            on=day, ends="2026-12-04", review_date=None, reviewed=(), happened=[request]
        )
        assert answer("AP508", case) is expected
    refused = (request[0], request[1] | {"refused": True})
    case = placement_case(
        on=START, ends="2026-12-04", review_date=None, reviewed=(), happened=[refused]
    )
    assert answer("AP508", case) is BREACHED


def test_what_is_late_by_known_term_dates_is_not_said_to_be_so_on_any_usual_calendar() -> None:
    """Five school days after Tuesday 6 January 2026 are Tuesday 13 January."""
    for on, expected in (("2026-01-13", NOT_YET), ("2026-01-14", BREACHED)):
        case = placement_case(on=date.fromisoformat(on), reviewed=())
        rule = BY_ID["AP801"]
        message = make_finding(rule, case, rule.answer(case)).message
        assert answer("AP801", case) is expected and "usual calendar" not in message
