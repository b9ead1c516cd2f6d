"""Visits at which the child is seen: AP509, AP512."""

from __future__ import annotations

from typing import Any

import pytest

from ap_cli.rules.examples.builders import placement_case
from ap_cli.rules.oversight import list_days_seen

from .answers import breach


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        ({"day": "2026-01-06", "child_seen": True}, True),
        ({"day": "2026-01-05", "child_seen": True}, False),
        ({"day": "2026-01-06", "child_seen": False}, False),
    ],
)
def test_a_child_is_seen_there_from_the_first_day_on_and_by_a_visit_that_sees_it(
    visit: dict[str, Any], expected: bool
) -> None:
    assert (
        bool(
            list_days_seen(
                placement_case(
                    visit=None, happened=(("visit", visit | {"purpose": "quality-assurance"}),)
                )
            )
        )
        is expected
    )


def test_who_was_seen_last_is_told_by_the_last_visit() -> None:
    seen = [
        ("visit", {"day": day, "purpose": "quality-assurance", "child_seen": True})
        for day in ("2025-11-10", "2025-11-24")
    ]
    case = placement_case(starts="2025-11-03", ends="2026-07-10", visit=None, happened=seen)
    assert breach("AP509", case) == (
        "nobody from the school has seen the pupil there since 24 November 2025"
    )
    assert breach("AP509", placement_case(happened=[])) == (
        "nobody from the school has seen the pupil there yet"
    )
