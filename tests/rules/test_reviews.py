"""What a review or a visit finds: a pupil who is not safe, and what mends that (AP513)."""

from __future__ import annotations

from typing import Any

import pytest

from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.examples.builders import COMPLETE, placement_case
from ap_cli.rules.examples.reviews import FINE, HELD, found
from ap_cli.rules.rule import BREACHED, MET, NOT_APPLICABLE, Answer
from ap_cli.rules.task import Urgency

from .answers import BY_ID, answer, breach, remedy

NOT_SAFE: dict[str, Any] = {"safe": False}
REVIEW = COMPLETE | {"day": "2026-02-10"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-01-05", NOT_APPLICABLE), ("2026-01-06", BREACHED), ("2026-02-16", BREACHED)],
)
def test_a_visit_to_the_provider_counts_from_the_start_of_the_placement(
    day: str, expected: Answer
) -> None:
    case = placement_case(reviewed=(), there=[("visit", {"day": day} | NOT_SAFE)])
    assert answer("AP513", case) is expected


@pytest.mark.parametrize(("day", "unsafe"), [("2026-02-12", True), ("2026-02-13", False)])
def test_a_visit_to_the_provider_after_the_last_day_is_about_others(day: str, unsafe: bool) -> None:
    """The placement ended on Thursday 12 February: an end mends what was found by then."""
    ended = {"day": "2026-02-12", "destination": "home-school"}
    case = placement_case(reviewed=(), there=[("visit", {"day": day} | NOT_SAFE)], ended=ended)
    assert (answer("AP513", case) is MET) is unsafe


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"stopped": True}, MET),
        ({"stopped": False}, BREACHED),
        ({"protection": "a visit each day"}, MET),
        ({"decided": "end"}, BREACHED),
        ({}, BREACHED),
    ],
)
def test_only_what_protects_the_pupil_answers_not_safe(
    answers: dict[str, Any], expected: Answer
) -> None:
    case = placement_case(reviewed=(), happened=[("review", REVIEW | NOT_SAFE | answers)])
    assert answer("AP513", case) is expected


def test_a_decision_on_a_concern_does_not_answer_not_safe() -> None:
    concern = {"day": "2026-02-10", "what": "x", "decision": "withdraw"}
    case = placement_case(
        reviewed=(), happened=[("review", REVIEW | NOT_SAFE), ("concern", concern)]
    )
    assert answer("AP513", case) is BREACHED


def test_a_pupil_is_protected_from_the_first_day_on_which_that_is_recorded() -> None:
    protected = [("review", {"day": f"2026-02-{day}", "protection": "x"}) for day in (12, 20)]
    case = found({"safe": False}, *protected)
    assert BY_ID["AP513"].warning(case).endswith("protected only on 12 February 2026")


def test_what_a_review_lacks_of_its_decision_is_named() -> None:
    assert breach("AP515", found(COMPLETE)).endswith(
        "has not decided whether the direction goes on"
    )
    goes_on = found(COMPLETE | {"decided": "continue"})
    assert breach("AP515", goes_on).endswith(
        "decided that the direction goes on, and not until when"
    )


@pytest.mark.parametrize(
    ("noes", "urgency", "task"),
    [
        ({"safe": False}, Urgency.SAFETY, "Keep the pupil safe today"),
        ({"attending": False}, None, "Say what follows from the review"),
    ],
)
def test_only_a_pupil_who_is_not_safe_comes_before_everything_else(
    noes: dict[str, bool], urgency: Urgency | None, task: str
) -> None:
    case, rule = found(COMPLETE | noes), BY_ID["AP513"]
    assert (rule.urgency_for(case), rule.task_for(case)) == (urgency, task)


END_IT = "ap placement end PL-0001, or ap record "


@pytest.mark.parametrize(
    ("case", "mends"),
    [
        (found(COMPLETE | NOT_SAFE, on=HELD), f"{END_IT}edit E-0101 --stopped"),
        (found(COMPLETE | NOT_SAFE), f"{END_IT}review PL-0001 --safe"),
        (
            found(FINE, ("visit", {"day": "2026-02-17"} | NOT_SAFE), on="2026-02-17"),
            f"{END_IT}review PL-0001 --safe",
        ),
        (found(COMPLETE | {"attending": False}), "ap record edit E-0101 --decided"),
    ],
    ids=["the review of today", "an earlier one", "a visit of today", "a pupil who is safe"],
)
def test_a_pupil_who_is_not_safe_is_withdrawn_or_protected(case: PlacementCase, mends: str) -> None:
    assert remedy("AP513", case).startswith(mends)


def test_nothing_is_warned_of_if_a_pupil_was_safe_all_along_or_is_again_by_a_later_review() -> None:
    protected = ("review", {"day": "2026-02-24", "protection": "x"})
    later = found(COMPLETE | NOT_SAFE, protected, ("review", {"day": "2026-02-26"} | FINE))
    for case in (found(FINE), later):
        assert answer("AP513", case) is MET and BY_ID["AP513"].warning(case) == ""
