"""Boundaries of directions, exclusions, concerns and attendance that no worked example stands on: runs of mutants named them."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.rules.engine import BREACHED, MET, NOT_APPLICABLE, Answer
from ap_cli.rules.examples.builders import PUPIL, placement_case

from .answers import BY_ID, answer

FOUR = ["parent", "provider", "head-teacher", "governors"]


@pytest.mark.parametrize(("ehcp", "expected"), [("2026-03-02", BREACHED), ("2026-03-03", MET)])
def test_the_authority_has_a_say_where_there_is_a_plan_on_the_day_of_the_review(
    ehcp: str, expected: Answer
) -> None:
    happened = [
        ("invitation", {"day": "2026-02-24", "review_on": "2026-03-02", "invited": FOUR}),
        ("outcome", {"day": "2026-03-02", "told": ["parent", "provider"], "reasons": True}),
    ]
    case = placement_case(
        on=date(2026, 3, 9),
        reviewed=("2026-03-02",),
        ends="2026-07-10",
        review_date=None,
        happened=happened,
        pupil=PUPIL | {"ehcp": ehcp},
    )
    assert answer("AP507", case) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-01", BREACHED), ("2026-03-02", MET), ("2026-03-08", MET), ("2026-03-09", BREACHED)],
)
def test_the_outcome_counts_from_the_day_of_the_review_to_six_days_after_it(
    day: str, expected: Answer
) -> None:
    happened = [
        ("invitation", {"day": "2026-02-24", "review_on": "2026-03-02", "invited": FOUR}),
        ("outcome", {"day": day, "told": ["parent", "provider"], "reasons": True}),
    ]
    case = placement_case(
        on=date(2026, 3, 20),
        reviewed=("2026-03-02",),
        ends="2026-07-10",
        review_date=None,
        happened=happened,
    )
    assert answer("AP507", case) is expected


@pytest.mark.parametrize(
    ("raised", "urgent"),
    [("2026-03-03", False), ("2026-03-02", True), ("2026-02-27", True), ("2026-02-26", False)],
)  # reviewed on Monday 2 March
def test_a_review_is_held_at_once_on_the_day_of_a_concern_or_the_school_day_after(
    raised: str, urgent: bool
) -> None:
    happened = [
        ("concern", {"day": raised, "what": "x"}),
        ("outcome", {"day": "2026-03-04", "told": ["parent", "provider"], "reasons": True}),
    ]
    case = placement_case(
        on=date(2026, 3, 9),
        reviewed=("2026-03-02",),
        ends="2026-07-10",
        review_date=None,
        happened=happened,
    )
    assert answer("AP507", case) is (MET if urgent else BREACHED)


@pytest.mark.parametrize(("on", "expected"), [("2026-03-16", BREACHED), ("2026-03-17", BREACHED)])
def test_a_refused_request_is_late_on_its_own_day(on: str, expected: Answer) -> None:
    asked = {"day": "2026-03-16", "asked_by": "parent", "refused": True}
    case = placement_case(
        on=date.fromisoformat(on),
        starts="2025-11-03",
        ends="2026-07-10",
        visit=None,
        reviewed=(),
        happened=[("request", asked)],
    )
    assert answer("AP508", case) is expected and BY_ID["AP508"].answer(case)[2] == date(2026, 3, 15)


@pytest.mark.parametrize(("on", "late"), [("2026-03-21", False), ("2026-03-22", True)])
def test_another_day_for_the_review_is_offered_once_invitations_are_late(
    on: str, late: bool
) -> None:
    case = placement_case(reviewed=(), on=date.fromisoformat(on))
    assert ("else another day for it" in BY_ID["AP507"].remedy(case)) is late


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-03-27", BREACHED), ("2026-03-28", NOT_APPLICABLE)]
)
def test_invitations_to_a_review_are_asked_for_up_to_its_day(on: str, expected: Answer) -> None:
    """After it AP503 tells that none was held."""
    assert answer("AP507", placement_case(reviewed=(), on=date.fromisoformat(on))) is expected
