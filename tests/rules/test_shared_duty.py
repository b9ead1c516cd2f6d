"""Those who share responsibility for a pupil know of exclusions and placements: AP117."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.rules.cases.pupil import Placed
from ap_cli.rules.examples.builders import excluded_case
from ap_cli.rules.rule import ADVISE, BREACHED, MET, MUST, SHOULD

from .answers import BY_ID, answer, breach, remedy

EXCLUDED = {"day": "2026-02-06", "permanent": True}
IN_CARE = {"looked_after": "2020-01-01", "next_pep": "2026-07-01"}
BOTH = ["virtual-school-head", "social-worker"]


def informed(day: str, whom: list[str] = BOTH, **more: str) -> tuple[str, dict[str, Any]]:
    return "informed", {"day": day, "whom": whom} | more


def test_how_much_it_binds_goes_by_what_is_missing() -> None:
    placed: dict[str, Any] = {"starts": ("2026-02-09",)} | IN_CARE
    cases = (
        (excluded_case(EXCLUDED, **IN_CARE), MUST, "Tell the virtual school head and the social worker"),
        (excluded_case(**placed), SHOULD, "Tell the virtual school head and the social worker"),
        (
            excluded_case(EXCLUDED, also=(informed("2026-02-06"),), looked_after="2020-01-01"),
            ADVISE,
            "Find out when the next PEP meeting is",
        ),
        (excluded_case(EXCLUDED, social_worker="2020-01-01"), MUST, "Tell the social worker"),
    )  # fmt: skip
    for case, severity, task in cases:
        rule = BY_ID["AP117"]
        assert answer("AP117", case) is BREACHED
        assert (rule.weighs(case), rule.task_for(case)) == (severity, task)


def test_at_an_independent_school_the_regulations_do_not_bind() -> None:
    case = excluded_case(EXCLUDED, school_is_independent=True, **IN_CARE)
    assert answer("AP117", case) is BREACHED
    assert BY_ID["AP117"].weighs(case) == SHOULD


def test_each_exclusion_is_told_for_itself_and_the_first_untold_comes_first() -> None:
    second = {"day": "2026-02-24", "permanent": False, "until": "2026-02-25"}
    first = {"day": "2026-01-20", "permanent": False, "until": "2026-01-20"}
    told = informed("2026-01-20")
    case = excluded_case(first, second, also=(told,), **IN_CARE)
    assert breach("AP117", case) == (
        "nobody has told the virtual school head and the social worker"
        " of the suspension of 24 February 2026"
    )
    assert "--begins 2026-02-24" in remedy("AP117", case)
    both = excluded_case(first, second, also=(told, informed("2026-02-24")), **IN_CARE)
    assert answer("AP117", both) is MET


def test_a_placement_during_an_exclusion_is_no_matter_of_its_own() -> None:
    case = excluded_case(
        EXCLUDED, also=(informed("2026-02-06"),), starts=("2026-02-23",), **IN_CARE
    )
    assert answer("AP117", case) is MET


def test_a_placement_before_an_exclusion_is_told_before_it_starts() -> None:
    case = excluded_case(
        EXCLUDED, also=(informed("2026-02-06"),), starts=("2026-01-20",), **IN_CARE
    )
    assert answer("AP117", case) is BREACHED
    assert BY_ID["AP117"].weighs(case) == SHOULD
    earlier = (informed("2026-01-12"), informed("2026-02-06"))
    assert (
        answer("AP117", excluded_case(EXCLUDED, also=earlier, starts=("2026-01-20",), **IN_CARE))
        is MET
    )


@pytest.mark.parametrize(
    ("day", "warning"),
    [
        ("2026-02-06", ""),
        (
            "2026-02-09",
            "they were told of the permanent exclusion of 6 February 2026 only on Monday 9 February 2026",
        ),
    ],
)
def test_who_is_told_of_an_exclusion_a_day_later_is_shown_so(day: str, warning: str) -> None:
    """The regulations say without delay, and name no day."""
    case = excluded_case(EXCLUDED, also=(informed(day),), **IN_CARE)
    assert answer("AP117", case) is MET
    assert BY_ID["AP117"].warning(case) == warning


def test_a_later_suspension_that_was_told_of_before_is_the_one_named() -> None:
    later = {"day": "2026-02-24", "permanent": False, "until": "2026-02-25"}
    told = informed("2026-02-20", begins="2026-02-24")
    case = excluded_case(EXCLUDED, later, also=(informed("2026-02-06"), told), **IN_CARE)
    assert answer("AP117", case) is MET


def test_a_week_that_changes_later_is_no_other_placement_to_tell_of() -> None:
    begins, changes = date(2026, 2, 9), date(2026, 2, 23)
    case = replace(
        excluded_case(also=(informed("2026-02-06"),), **IN_CARE),
        placed=(
            Placed(begins, date(2026, 2, 22), 600, began=begins),
            Placed(changes, None, 900, began=begins),
        ),
    )
    assert answer("AP117", case) is MET
