"""The child's age, EHC plan and what was tried first: AP101 to AP105, AP110."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from ap_cli.policy.county import County
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.examples.builders import PUPIL, excluded_case, placement_case
from ap_cli.rules.rule import BREACHED, MET, NOT_APPLICABLE, NOT_YET, Answer

from .answers import BY_ID, answer, remedy
from .answers import remedy as remedy_of


def advised(*approaches: tuple[str, bool], on: str = "2026-03-02", **changed: Any) -> PlacementCase:
    asked = [
        ("advice", {"day": "2026-02-02", "approach": approach, "tried": tried})
        for approach, tried in approaches
    ]
    return placement_case(
        on=date.fromisoformat(on), starts="2026-02-23", reviewed=(), happened=asked, **changed
    )


@pytest.mark.parametrize("on", ["2026-02-02", "2026-02-22", "2026-02-23"])
def test_what_was_not_tried_for_no_reason_is_late_on_the_day_it_is_recorded(on: str) -> None:
    assert answer("AP110", advised(("graduated-approach", False), on=on)) is BREACHED
    assert answer("AP110", advised(on=on)) is (BREACHED if on == "2026-02-23" else NOT_YET)


def test_what_was_tried_in_words_alone_names_no_specialist() -> None:
    tried = advised(tried="small groups")
    assert answer("AP110", tried) is BREACHED
    assert BY_ID["AP110"].problem(tried) == (
        "you have not said whether the school tried a specialist's advice"
    )


def test_what_was_not_tried_and_what_nobody_said_are_told_apart() -> None:
    both = advised(("graduated-approach", False), ("tier-1-support", True))
    assert BY_ID["AP110"].problem(both) == (
        "the school has not tried the graduated approach, and gives no reason; "
        "you have not said whether the school tried a specialist's advice"
    )


def test_what_was_tried_in_words_counts_beside_a_specialists_advice() -> None:
    assert answer("AP110", advised(("sena-service", True), tried="small groups")) is MET


def test_who_can_be_asked_is_named_where_a_specialist_is_wanted_and_the_county_has_one() -> None:
    remedy = partial(remedy_of, "AP110")
    wanted = advised(("graduated-approach", True), ("tier-1-support", True))
    assert "Inclusion Service" in remedy(wanted) and "Inclusion Service" not in remedy(
        advised(("sena-service", True))
    )
    nobody = advised(
        ("graduated-approach", True),
        ("tier-1-support", True),
        county=County("Invented", contacts=()),
    )
    assert remedy(nobody) == (
        "ap record advice PL-0001 --approach sena-service --tried --day … --said …"
    )


YEAR_11 = PUPIL | {"born": "2010-06-27"}
"""The last day of its compulsory school age is 26 June 2026."""


@pytest.mark.parametrize(
    ("ends", "aim", "asked"),
    [
        ("2026-03-30", "specialist-provision", False),
        ("2026-03-31", "specialist-provision", False),
        ("2026-04-01", "specialist-provision", True),
        ("2026-06-25", "return-to-school", False),
        ("2026-06-26", "return-to-school", True),
        ("2026-07-03", "return-to-school", True),
    ],
)
def test_a_plan_for_after_school_age_is_asked_for_past_march_unless_it_leads_back_before_the_last_day(
    ends: str, aim: str, asked: bool
) -> None:
    case = placement_case(pupil=YEAR_11, ends=ends, aim=aim, review_date=None)
    assert (answer("AP102", case) is not NOT_APPLICABLE) is asked


@pytest.mark.parametrize(("days", "asked"), [(364, True), (365, True), (366, False)])
def test_without_a_planned_end_it_is_asked_for_in_the_last_year(days: int, asked: bool) -> None:
    case = placement_case(pupil=YEAR_11, starts="2025-06-02", ends=None, review_date=None, on=date(2026, 6, 26) - timedelta(days=days), reviewed=(),
                          pupil_consulted="2025-05-01", parents_consulted="2025-05-01", teacher_consulted="2025-05-01", visit=None)  # fmt: skip
    assert (answer("AP102", case) is not NOT_APPLICABLE) is asked


@pytest.mark.parametrize(
    ("starts", "asked"), [("2026-06-25", True), ("2026-06-26", True), ("2026-06-29", False)]
)
def test_a_start_after_the_last_day_is_another_rules_matter(starts: str, asked: bool) -> None:
    case = placement_case(
        pupil=YEAR_11,
        starts=starts,
        ends="2026-07-17",
        on=date(2026, 7, 1),
        reviewed=(),
        review_date=None,
        visit=None,
        aim="specialist-provision",
    )
    assert (answer("AP102", case) is not NOT_APPLICABLE) is asked


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-06-26", NOT_APPLICABLE),
        ("2026-06-27", MET),
        ("2028-06-26", MET),
        ("2028-06-27", NOT_APPLICABLE),
    ],
)
def test_participation_is_owed_from_the_day_after_school_age_to_the_day_before_18(
    on: str, expected: Answer
) -> None:
    assert answer("AP103", excluded_case(on=date.fromisoformat(on), born="2010-06-27")) is expected


def test_a_start_before_and_one_after_school_age_are_told_apart() -> None:
    before = placement_case(pupil=PUPIL | {"born": "2021-06-27"})
    assert "before compulsory school age begins" in BY_ID["AP101"].problem(before)
    after = placement_case(
        starts="2026-06-27",
        ends="2026-07-10",
        visit=None,
        reviewed=(),
        review_date=None,
        pupil=PUPIL | {"born": "2010-06-27"},
    )
    assert "after compulsory school age ended" in BY_ID["AP101"].problem(after)


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
    assert remedy("AP110", placement_case(happened=advice)).startswith(
        "ap record advice PL-0001 --approach specialist-teaching-service "
    )


def test_what_was_tried_only_from_the_start_on_is_told_as_that() -> None:
    late = [("advice", {"day": "2026-01-06", "approach": each, "tried": True}) for each in ("graduated-approach", "tier-1-support")]  # fmt: skip
    case = placement_case(happened=[*late, ("advice", {"day": "2025-12-01", "approach": "sena-service", "tried": True})])  # fmt: skip
    assert BY_ID["AP110"].problem(case) == (
        "the school tried the graduated approach or tier 1 support only once the pupil was there"
    )


def test_one_specialists_advice_in_time_is_enough_beside_another_that_came_later() -> None:
    days = {"graduated-approach": "2025-12-01", "tier-1-support": "2025-12-01", "sena-service": "2025-12-01", "specialist-teaching-service": "2026-02-02"}  # fmt: skip
    happened = [("advice", {"day": day, "approach": each, "tried": True}) for each, day in days.items()]  # fmt: skip
    assert answer("AP110", placement_case(happened=happened)) is MET
