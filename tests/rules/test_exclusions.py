"""Exclusions that lie behind, are many, or are answered by the hours alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.placement import Extent
from ap_cli.rules.cases.pupil import Placed
from ap_cli.rules.engine import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET, Answer
from ap_cli.rules.examples.builders import excluded_case, placement_case

from .answers import BY_ID, answer
from .test_boundaries import excluded, suspended

SIXTH = date(2026, 3, 3)
"""The sixth school day after the permanent exclusion of 23 February 2026."""


def test_an_old_exclusion_whose_days_nobody_knows_hides_no_breach() -> None:
    old, new = suspended("2023-03-01", "2023-03-20"), excluded("2026-02-06")
    for happened in ((new,), (old, new)):
        case = excluded_case(*happened, on=date(2026, 3, 2))
        assert BY_ID["AP108"].answer(case) == (
            BREACHED,
            None,
            date(2026, 2, 23),
        ) and "6 February 2026" in BY_ID["AP108"].breach(case)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-09-30", BREACHED),
        ("2025-11-10", BREACHED),
        ("2026-01-12", NOT_APPLICABLE),
        ("2026-07-02", NOT_APPLICABLE),
    ],
)
def test_a_suspension_that_is_over_becomes_history_and_a_permanent_exclusion_does_not(
    on: str, expected: Answer
) -> None:
    day = date.fromisoformat(on)
    assert answer("AP108", excluded_case(suspended("2025-09-08", "2025-09-22"), on=day)) is expected
    assert answer("AP108", excluded_case(excluded("2025-09-08"), on=day)) is BREACHED


def test_a_suspension_is_over_on_the_day_after_its_last() -> None:
    long = suspended("2025-09-08", "2026-01-12")
    assert answer("AP108", excluded_case(long, on=date(2026, 1, 12))) is BREACHED
    assert answer("AP108", excluded_case(long, on=date(2026, 1, 13))) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("on", "expected"), [("2025-09-20", BREACHED), ("2026-03-02", NOT_APPLICABLE)]
)
def test_a_first_day_without_education_that_became_history_was_never_met(
    on: str, expected: Answer
) -> None:
    case = excluded_case(
        suspended("2025-09-08", "2025-09-22"), on=date.fromisoformat(on), looked_after="yes"
    )
    assert answer("AP109", case) is expected


@pytest.mark.parametrize(
    ("since", "expected"), [("2026-01-01", NOT_APPLICABLE), ("2025-09-08", BREACHED)]
)
def test_only_an_exclusion_that_asks_for_education_counts_as_one_in_care(
    since: str, expected: Answer
) -> None:
    short = (suspended("2025-09-08", "2025-09-22"), suspended("2025-09-29", "2025-09-29"))
    assert (
        answer("AP109", excluded_case(*short, on=date(2025, 9, 30), looked_after="2025-09-08"))
        is BREACHED
    )
    later = (suspended("2025-09-08", "2025-09-22"), suspended("2026-02-09", "2026-02-09"))
    assert (
        answer(
            "AP109",
            excluded_case(
                *later,
                on=date(2025, 9, 30) if expected is BREACHED else date(2026, 2, 10),
                looked_after=since,
            ),
        )
        is expected
    )


def there(*placed: tuple[int, Extent | None]) -> Any:
    case = excluded_case(excluded("2026-02-23"), on=date(2026, 3, 20))
    return replace(
        case,
        placed=tuple(
            Placed(SIXTH, None, minutes, *([extent] if extent else []))
            for minutes, extent in placed
        ),
    )


@pytest.mark.parametrize(
    ("placed", "expected", "warns"),
    [
        ([(1081, Extent.PART_TIME)], BREACHED, False),
        ([(1081, Extent.PART_TIME), (60, Extent.PART_TIME)], MET, True),
        ([(1081, None)], MET, True),
        ([(1081, Extent.FULL_TIME)], MET, False),
        ([(600, Extent.FULL_TIME), (600, None)], MET, False),
    ],
)
def test_one_placement_recorded_as_part_time_is_no_full_time_education_and_hours_alone_are_told(
    placed: Any, expected: Answer, warns: bool
) -> None:
    rule, case = BY_ID["AP108"], there(*placed)
    assert answer("AP108", case) is expected
    assert rule.warns and (expected is BREACHED or bool(rule.warns(case)) is warns)


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


def test_what_is_not_known_stays_unknown_where_every_late_exclusion_is_so() -> None:
    assert (
        answer("AP108", excluded_case(suspended("2023-03-01", "2023-03-20"), on=date(2023, 3, 21)))
        is CANNOT_TELL
    )


def test_of_two_exclusions_the_certain_one_is_told_first() -> None:
    both = (excluded("2023-03-01"), excluded("2026-02-06"))
    case = excluded_case(*both, on=date(2026, 3, 2))
    assert answer("AP108", case) is BREACHED and "6 February 2026" in BY_ID["AP108"].breach(case)
    assert answer("AP108", excluded_case(both[0], on=date(2026, 3, 2))) is CANNOT_TELL


def test_what_cannot_be_told_of_one_exclusion_is_not_hidden_by_what_is_to_come_of_another() -> None:
    unknown, coming = excluded("2028-01-10"), suspended("2028-02-14", "2028-03-10")
    for happened in ((unknown,), (unknown, coming)):
        assert (
            answer("AP108", excluded_case(*happened, on=date(2028, 2, 15), born="2015-11-15"))
            is CANNOT_TELL
        )


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2028-01-17", NOT_YET), ("2028-01-18", NOT_YET), ("2028-01-19", CANNOT_TELL)],
)
def test_up_to_what_is_taken_for_the_sixth_day_nothing_is_late(on: str, expected: Answer) -> None:
    case = excluded_case(excluded("2028-01-10"), on=date.fromisoformat(on), born="2015-11-15")
    assert answer("AP108", case) is expected and (
        expected is CANNOT_TELL or BY_ID["AP108"].answer(case)[2] == date(2028, 1, 18)
    )


def test_whether_a_child_was_in_care_long_ago_is_not_asked_for_good() -> None:
    for on, expected in ((date(2025, 9, 30), CANNOT_TELL), (date(2026, 3, 20), NOT_APPLICABLE)):
        assert (
            answer(
                "AP109",
                excluded_case(suspended("2025-09-08", "2025-09-22"), on=on, looked_after=None),
            )
            is expected
        )


def test_an_approach_that_was_refused_is_named_to_be_tried() -> None:
    advice = [("advice", {"day": "2026-01-02", "approach": approach, "tried": tried}) for approach, tried in
              (("graduated-approach", True), ("tier-1-support", True), ("sena-service", True), ("specialist-teaching-service", False))]  # fmt: skip
    assert (
        BY_ID["AP110"]
        .remedy(placement_case(happened=advice))
        .startswith("ap record advice PL-0001 --approach specialist-teaching-service ")
    )


def test_a_suspension_that_asks_for_nothing_is_not_looked_at_for_its_hours() -> None:
    rule = BY_ID["AP108"]
    case = excluded_case(
        suspended("2026-02-02", "2026-02-02"), excluded("2026-02-23"), on=date(2026, 3, 20)
    )
    full = replace(case, placed=(Placed(SIXTH, None, 1500, Extent.FULL_TIME),))
    assert answer("AP108", full) is MET and rule.warns and rule.warns(full) == ""
