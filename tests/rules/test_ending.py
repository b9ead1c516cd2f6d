"""What is done at the end of a placement and after it: AP701 to AP708."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.rules.examples.builders import placement_case
from ap_cli.rules.rule import BREACHED, NOT_APPLICABLE, NOT_YET, Answer, Severity

from .answers import BY_ID, answer, breach, remedy


def test_the_end_is_not_asked_for_while_a_placement_runs_past_it() -> None:
    late = placement_case(on=date(2026, 4, 20))
    assert answer("AP502", late) is BREACHED
    assert answer("AP704", late) is answer("AP705", late) is NOT_YET


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
            "nobody has said at the end what support follows",
        ),
        (
            {"took_part": everybody[:3], "support": "x"},
            "parent took no part in the discussion at the end",
        ),
        (
            {"took_part": everybody[:3]},
            "parent took no part in the discussion at the end;"
            " nobody has said at the end what support follows",
        ),
    ):
        assert breach("AP704", placement_case(happened=[("discussion", given)])) == told


def test_the_childs_view_is_asked_for_at_the_first_review() -> None:
    case = placement_case(reviewed=("2026-02-02", "2026-02-13"))
    assert (
        BY_ID["AP701"].has_due
        and BY_ID["AP701"].due(case) == date(2026, 2, 2)
        and remedy("AP701", case) == "ap record edit E-0098 --child-view … --reason …"
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
