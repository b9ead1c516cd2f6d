"""Records that contradict themselves or each other: AP901 to AP907."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.rules.examples.builders import excluded_case, placement_case, provider_case
from ap_cli.rules.rule import BREACHED, NOT_APPLICABLE, Answer

from .answers import answer, breach, remedy


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-01", NOT_APPLICABLE), ("2026-03-02", NOT_APPLICABLE), ("2026-03-07", BREACHED)],
)
def test_only_days_to_come_are_asked_whether_they_are_school_days(
    day: str, expected: Answer
) -> None:
    assert answer("AP905", placement_case(on=date(2026, 3, 2), review_date=[day])) is expected
    sunday = placement_case(on=date(2026, 3, 1), review_date=["2026-03-01"])
    assert answer("AP905", sunday) is NOT_APPLICABLE


def test_what_is_not_on_a_school_day_is_named_and_moved() -> None:
    weekend = {"starts": "2026-04-19", "visit_booked": "2026-04-11", "review_date": ["2026-05-02"]}
    case = placement_case(ends="2026-07-10", visit=None, reviewed=(), **weekend)
    assert breach("AP905", case).startswith(
        "schools are closed on Sunday 19 April 2026 (the start), Saturday 11 April 2026"
        " (the booked visit), Saturday 2 May 2026 (a review)"
    )
    for flag in ("--starts", "--visited", "--review-date"):
        assert f"ap placement edit PL-0001 {flag} …" in remedy("AP905", case)
    visit = placement_case(ends="2026-07-10", visit=None, reviewed=(), **weekend | ON_SCHOOL_DAYS)
    assert remedy("AP905", visit) == "ap placement edit PL-0001 --visited …"


ON_SCHOOL_DAYS = {"starts": "2026-04-20", "review_date": ["2026-05-01"]}


def test_of_several_that_look_the_same_the_first_is_joined() -> None:
    assert (
        remedy("AP902", excluded_case(twice=("P-0002", "P-0003")))
        == "ap pupil merge P-0002 --into P-0001"
    )
    assert (
        remedy("AP902", provider_case(twice=("PR-0002", "PR-0003")))
        == "ap provider merge PR-0002 --into PR-0001"
    )
    assert "ap placement end PL-0002 --never-started" in remedy(
        "AP902", placement_case(twice=("PL-0002", "PL-0003"))
    )


def test_of_several_waivers_that_have_run_out_the_first_is_named() -> None:
    out = [
        (
            "waiver",
            {
                "rule": rule,
                "reason": "x",
                "by": "H. Sample",
                "until": "2026-02-20",
                "day": "2026-02-10",
            },
        )
        for rule in ("AP414", "AP423")
    ]
    case = placement_case(happened=out, exit_strategy=None)
    assert breach("AP907", case).count("you waived AP") == 2 and "--rule AP414 " in remedy(
        "AP907", case
    )
