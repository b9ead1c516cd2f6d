"""Boundaries that no worked example stands on: a change of the rules there would go unseen. A run of mutants named them."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from ap_cli.rules.engine import BREACHED, NOT_YET
from ap_cli.rules.examples.builders import placement_case

from .answers import answer


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
