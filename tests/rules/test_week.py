"""Whether the week is full, and what is agreed if it is not: AP417 to AP419, AP427."""

from __future__ import annotations

import pytest

from ap_cli.rules.examples.builders import PUPIL, placement_case
from ap_cli.rules.rule import BREACHED, MET, Answer

from .answers import BY_ID, answer


@pytest.mark.parametrize(("hours", "expected"), [("24", BREACHED), ("25", MET), ("26", MET)])
def test_more_time_than_the_schools_own_week_is_full_as_well(hours: str, expected: Answer) -> None:
    case = placement_case(
        hours=hours,
        school_week_hours="25",
        at_school=None,
        at_provider="mon-thu",
        extent="full-time",
    )
    assert answer("AP427", case) is expected


@pytest.mark.parametrize(
    ("born", "told"),
    [("2011-08-31", True), ("2011-09-01", False), ("2009-09-01", True), ("2009-08-31", False)],
)
def test_the_usual_hours_are_told_at_key_stage_4(born: str, told: bool) -> None:
    case = placement_case(at_provider="mon-tue", at_school="wed", pupil=PUPIL | {"born": born})
    assert ("25 hours are usual" in BY_ID["AP427"].problem(case)) is told


@pytest.mark.parametrize(("day", "expected"), [("2026-03-02", BREACHED), ("2026-03-03", MET)])
def test_the_day_on_which_a_week_is_full_again_is_still_to_come(day: str, expected: Answer) -> None:
    assert (
        answer(
            "AP418",
            placement_case(
                at_provider="mon-tue",
                at_school="wed",
                full_time_from=day,
                part_time_reason="phased-return",
                part_time_review="2026-03-02",
                pupil=PUPIL | {"medical": "no"},
            ),
        )
        is expected
    )
