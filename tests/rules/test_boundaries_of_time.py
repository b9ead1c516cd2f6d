"""Boundaries of time, reviews and weeks that no worked example stands on: runs of mutants named them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.calendar import Calendar
from ap_cli.rules.engine import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, Answer
from ap_cli.rules.examples.builders import placement_case

from .answers import answer

FIRST_BLOCK = 1
"""How many half terms a calendar keeps that knows one."""


def knowing(case: Any, half_terms: int) -> Any:
    """A case whose calendar knows only so many half terms, from spring 1 of 2026 on."""
    known = [block for block in case.calendar.half_terms if block.first >= date(2026, 1, 1)][
        :half_terms
    ]
    return replace(case, calendar=Calendar(case.calendar.name, tuple(known)))


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [("2026-03-01", NOT_APPLICABLE), ("2026-03-02", MET), ("2026-03-03", MET)],
)
def test_a_review_that_is_agreed_for_today_is_still_to_come(agreed: str, expected: Answer) -> None:
    assert answer("AP504", placement_case(review_date=[agreed], ends="2026-07-10")) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-01-05", MET), ("2026-01-06", MET), ("2026-02-13", MET), ("2026-02-20", MET)],
)
def test_in_the_first_half_term_that_is_known_none_has_gone_by(on: str, expected: Answer) -> None:
    day = date.fromisoformat(on)
    assert (
        answer(
            "AP511",
            knowing(placement_case(on=day, starts=min(on, "2026-01-06"), reviewed=()), FIRST_BLOCK),
        )
        is expected
    )


@pytest.mark.parametrize(("days", "expected"), [(42, MET), (43, CANNOT_TELL)])
def test_without_term_dates_none_can_have_gone_by_in_six_weeks(days: int, expected: Answer) -> None:
    case = replace(
        placement_case(on=date(2026, 1, 6) + timedelta(days=days), reviewed=()),
        calendar=Calendar("none", ()),
    )
    assert answer("AP511", case) is expected


def extended(
    *reviews: tuple[str, str | None], day: str = "2026-02-04", on: str = "2026-02-10"
) -> Any:
    happened = [
        ("review", {"day": held} | ({"decided": decided} if decided else {}))
        for held, decided in reviews
    ]
    extension = ("extension", {"day": day, "to": "2026-07-10", "reason": "x"})
    return placement_case(on=date.fromisoformat(on), reviewed=(), happened=[*happened, extension])


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ([("2026-02-04", "extend")], MET),
        ([("2026-02-04", "continue")], BREACHED),
        ([("2026-02-04", None)], CANNOT_TELL),
        ([("2026-02-03", "extend")], MET),
        ([("2026-02-05", "extend")], BREACHED),
        ([("2025-12-10", "extend")], BREACHED),
        ([], BREACHED),
    ],
    ids=[
        "that day",
        "that day, something else",
        "that day, not recorded what",
        "the day before",
        "the day after",
        "in an earlier half term",
        "none",
    ],
)
def test_an_extension_is_decided_at_a_review_on_its_day_or_before_in_its_half_term(
    reviews: list[tuple[str, str | None]], expected: Answer
) -> None:
    assert answer("AP505", extended(*reviews)) is expected
    first = knowing(extended(*reviews), FIRST_BLOCK)
    assert answer("AP505", first) is expected, "as in the first half term that is known"


def test_whether_an_extension_was_decided_cannot_be_told_before_the_first_half_term_that_is_known() -> (
    None
):
    early = extended(("2025-12-10", "extend"), day="2025-12-11")
    assert (
        answer("AP505", knowing(early, FIRST_BLOCK)) is CANNOT_TELL
        and answer("AP505", early) is MET
    )
