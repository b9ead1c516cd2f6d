"""Concerns, and visits at which the child is seen: AP506, AP509, AP512."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.rules.examples.builders import placement_case
from ap_cli.rules.oversight import list_days_seen, stops_or_says_why_not
from ap_cli.rules.rule import BREACHED, MET, NOT_APPLICABLE, Answer

from .answers import answer, breach, remedy


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


def concerned(*more: dict[str, Any], reviewed: str = "2026-02-26", **changed: Any) -> Any:
    raised = ("concern", {"day": "2026-02-26", "what": "x"})
    return placement_case(
        happened=[
            raised,
            *(("concern", {"of": "E-0101", "day": "2026-02-27"} | each) for each in more),
        ],
        reviewed=(reviewed,),
        **changed,
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"decision": "withdraw"}, MET),
        ({"decision": "not-affected"}, BREACHED),
        ({"decision": "not-affected", "why_not_stopped": "x"}, MET),
    ],
)
def test_a_concern_stops_a_placement_or_why_not_is_recorded(
    more: dict[str, Any], expected: Answer
) -> None:
    assert answer("AP506", concerned(more)) is expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-01-05", NOT_APPLICABLE), ("2026-01-06", BREACHED)]
)
def test_a_serious_incident_counts_from_the_start_on(day: str, expected: Answer) -> None:
    there = [("concern", {"day": day, "what": "x", "serious": True})]
    assert answer("AP506", placement_case(there=there, reviewed=())) is expected
    assert (
        answer(
            "AP506",
            placement_case(there=[("concern", {"day": "2026-02-25", "what": "x"})], reviewed=()),
        )
        is NOT_APPLICABLE
    ), "not a serious one"


def test_what_follows_a_concern_is_recorded_where_the_concern_is() -> None:
    mine, theirs = (
        concerned(),
        placement_case(
            there=[("concern", {"day": "2026-02-26", "what": "x", "serious": True})],
            reviewed=("2026-02-26",),
        ),
    )
    assert "ap record concern PL-0001" in remedy(
        "AP506", mine
    ) and "ap record concern PR-0001" in remedy("AP506", theirs)


@pytest.mark.parametrize(
    ("ended", "stopped"), [("2026-02-25", False), ("2026-02-26", True), ("2026-02-27", True)]
)
def test_a_placement_that_was_over_when_a_concern_was_raised_is_stopped(
    ended: str, stopped: bool
) -> None:
    case = placement_case(
        ended={"day": ended, "destination": "none"},
        happened=[("concern", {"day": "2026-02-26", "what": "x"})],
    )
    assert (
        stops_or_says_why_not(replace(case, on=date.fromisoformat(ended)), case.concerns[0])
        is stopped
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
