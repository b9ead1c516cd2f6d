"""The plan for the placement, and days at the base school: AP401 to AP409, AP416, AP424."""

from __future__ import annotations

import pytest

from ap_cli.rules.examples.builders import placement_case

from .answers import breach


@pytest.mark.parametrize(
    ("week", "told"),
    [
        ("fri am", "the pupil is at the home school fri am: half a day at a time"),
        ("none", "the pupil is never at the home school"),
    ],
)
def test_what_is_too_little_at_the_base_school_is_told(week: str, told: str) -> None:
    assert breach("AP416", placement_case(at_school=week)).startswith(told)
