"""Boundaries that no worked example stands on: a change of the rules there would go unseen. A run of mutants named them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from ap_cli.rules.engine import BREACHED, NOT_YET, Wanted, check
from ap_cli.rules.examples.builders import placement_case

from .answers import BY_ID, answer


@pytest.mark.parametrize(
    ("id", "first"),
    [
        ("AP508", "2013-01-01"),
        ("AP601", "2024-08-19"),
        ("AP421", "2010-09-01"),
        ("AP108", "2007-09-01"),
    ],
)
def test_a_rule_is_asked_from_the_day_on_which_the_law_is_in_force(id: str, first: str) -> None:
    day = date.fromisoformat(first)
    assert BY_ID[id].in_force(day) and not BY_ID[id].in_force(day - timedelta(days=1))
    about = replace(placement_case(), on=day - timedelta(days=1))
    assert not list(check(about, (BY_ID[id],), Wanted((BY_ID[id],))))


def test_an_ended_placement_is_judged_by_what_was_done_since() -> None:
    """What was due on its last day, or after it, and is not recorded is late, however it stood then."""
    ended = {"day": "2026-03-27", "destination": "home-school"}
    case = placement_case(
        on=date(2026, 4, 20),
        ended=ended,
        reviewed=("2026-03-27",),
        happened=[
            (
                "invitation",
                {
                    "day": "2026-03-20",
                    "review_on": "2026-03-27",
                    "invited": ["parent", "provider", "head-teacher", "governors"],
                },
            )
        ],
    )
    assert (
        answer("AP507", case) is BREACHED
        and answer("AP507", replace(case, now=date(2026, 4, 2))) is NOT_YET
    )
