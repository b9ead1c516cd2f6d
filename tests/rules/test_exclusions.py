"""Exclusions that lie behind, are many, or are answered by the hours alone."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.rules.examples.builders import placement_case

from .answers import BY_ID


@pytest.mark.parametrize(
    ("happened", "due"),
    [
        (
            [
                ("2026-01-02", "graduated-approach", False),
                ("2026-01-05", "graduated-approach", True),
            ],
            "2026-02-22",
        ),
        ([("2026-01-02", "graduated-approach", False)], "2026-01-01"),
        (
            [
                ("2026-01-02", "graduated-approach", True),
                ("2026-01-05", "graduated-approach", False),
            ],
            "2026-01-04",
        ),
        ([("2026-01-02", "other", False)], "2026-02-22"),
    ],
    ids=["made good", "refused", "refused at last", "what nobody asks for"],
)
def test_what_is_said_last_of_an_approach_decides_by_when_it_is_wanted(
    happened: list[tuple[str, str, bool]], due: str
) -> None:
    entries = [
        ("advice", {"day": day, "approach": approach, "tried": tried})
        for day, approach, tried in happened
    ]
    case = placement_case(
        on=date(2026, 1, 12), starts="2026-02-23", reviewed=(), visit=None, happened=entries
    )
    assert BY_ID["AP110"].answer(case)[2] == date.fromisoformat(due)


def test_an_approach_that_was_refused_is_named_to_be_tried() -> None:
    advice = [("advice", {"day": "2026-01-02", "approach": approach, "tried": tried}) for approach, tried in
              (("graduated-approach", True), ("tier-1-support", True), ("sena-service", True), ("specialist-teaching-service", False))]  # fmt: skip
    assert (
        BY_ID["AP110"]
        .remedy(placement_case(happened=advice))
        .startswith("ap record advice PL-0001 --approach specialist-teaching-service ")
    )
