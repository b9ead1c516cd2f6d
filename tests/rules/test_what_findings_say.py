"""What findings say where there is one thing, none or many, and what else they hang on: runs of mutants named them."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.rules.engine import BREACHED, NOT_APPLICABLE, Answer, Severity
from ap_cli.rules.examples.builders import excluded_case, placement_case, provider_case

from .answers import BY_ID, answer, breach, remedy


@pytest.mark.parametrize(
    ("by", "severity"),
    [
        (CommissionerKind.LOCAL_AUTHORITY, Severity.MUST),
        (CommissionerKind.ACADEMY, Severity.SHOULD),
    ],
)
def test_a_next_place_is_law_for_an_authority(by: CommissionerKind, severity: Severity) -> None:
    case = placement_case(commissioner=by, ended={"day": "2026-02-13", "destination": "none"})
    assert answer("AP706", case) is BREACHED and BY_ID["AP706"].weighs(case) is severity


def test_what_is_missing_of_the_discussion_at_the_end_is_told() -> None:
    everybody = ["school", "provider", "child", "parent"]
    for given, told in (
        (
            {"took_part": everybody},
            "the discussion at the end: what support follows is not recorded",
        ),
        ({"took_part": everybody[:3], "support": "x"}, "the discussion at the end: without parent"),
        (
            {"took_part": everybody[:3]},
            "the discussion at the end: without parent; what support follows is not recorded",
        ),
    ):
        assert breach("AP704", placement_case(happened=[("discussion", given)])) == told


def test_the_childs_view_is_asked_for_at_the_first_review() -> None:
    case = placement_case(reviewed=("2026-02-02", "2026-02-13"))
    assert (
        BY_ID["AP701"].due
        and BY_ID["AP701"].due(case) == date(2026, 2, 2)
        and remedy("AP701", case).startswith("ap record edit E-0098 ")
    )


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
    assert breach("AP907", case).count("was waived until") == 2 and "--rule AP414 " in remedy(
        "AP907", case
    )


@pytest.mark.parametrize(
    ("aim", "expected"), [("return-to-school", True), ("post-16", False), (None, False)]
)
def test_a_final_report_is_asked_for_where_the_child_is_to_return(
    aim: str | None, expected: bool
) -> None:
    assert (answer("AP703", placement_case(aim=aim)) is not NOT_APPLICABLE) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-01", BREACHED), ("2026-03-02", BREACHED), ("2026-03-03", NOT_APPLICABLE)],
)
def test_on_its_last_day_a_placement_has_ended(day: str, expected: Answer) -> None:
    case = placement_case(ended={"day": day, "destination": "none"})
    assert answer("AP706", replace(case, now=date(2026, 3, 2))) is expected
