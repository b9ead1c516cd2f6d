"""When reviews are due, and how long a placement runs: AP501 to AP505, AP510, AP511."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.calendar import Calendar
from ap_cli.rules.examples.builders import COMPLETE, placement_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET, Answer
from ap_cli.rules.time import missed, no_review_is_overdue_now

from .answers import answer


def test_an_extension_decided_on_its_own_day_needs_no_term_dates() -> None:
    extended = [
        ("review", {"day": "2027-03-02", "decided": "extend", "extend_to": "2027-05-01"}),
        ("extension", {"day": "2027-03-02", "to": "2027-05-01", "reason": "x"}),
    ]
    assert (
        answer("AP505", placement_case(on=date(2027, 3, 2), reviewed=(), happened=extended)) is MET
    )


@pytest.mark.parametrize(("days", "expected"), [(-1, MET), (0, MET), (1, BREACHED)])
def test_a_placement_is_past_its_planned_end_on_the_day_after_it(
    days: int, expected: Answer
) -> None:
    end = date(2026, 3, 27)
    assert answer("AP502", placement_case(on=end + timedelta(days=days))) is expected
    assert answer("AP502", placement_case(on=date(2026, 1, 20), reviewed=())) is MET


def test_a_review_that_is_due_today_is_still_to_come() -> None:
    due = placement_case(reviewed=()).next_review
    assert due is not None
    assert no_review_is_overdue_now(
        placement_case(on=due.day, reviewed=())
    ) and not no_review_is_overdue_now(placement_case(on=due.day + timedelta(days=1), reviewed=()))


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [("mon", MET), ("mon-tue", MET), ("mon-wed", BREACHED), ("mon am, tue am, wed am", MET), ("mon am, tue am, wed am, thu am", MET),
     ("mon am, tue am, wed am, thu am, fri am", BREACHED)],
)  # fmt: skip
def test_what_is_proposed_is_two_days_or_four_sessions_and_less_is_less(
    sessions: str, expected: Answer
) -> None:
    assert answer("AP510", placement_case(at_provider=sessions, hours="10")) is expected


@pytest.mark.parametrize(("days", "expected"), [(76, MET), (83, MET), (84, BREACHED)])
def test_what_is_proposed_is_twelve_weeks_full_time(days: int, expected: Answer) -> None:
    ends = date(2026, 1, 6) + timedelta(days=days)
    assert (
        answer(
            "AP510",
            placement_case(extent="full-time", hours="25", ends=ends.isoformat(), review_date=None),
        )
        is expected
    )


@pytest.mark.parametrize(
    ("days", "expected"), [(42, NOT_YET), (43, CANNOT_TELL), (56, CANNOT_TELL), (57, BREACHED)]
)
def test_without_term_dates_a_review_is_overdue_for_certain_only_later(
    days: int, expected: Answer
) -> None:
    starts = date(2026, 1, 6)
    case = placement_case(
        on=starts + timedelta(days=days), reviewed=(), review_date=None, ends=None
    )
    assert answer("AP503", replace(case, calendar=Calendar("none", ()))) is expected


def test_a_half_term_without_review_is_history_for_this_one_and_the_one_after() -> None:
    missed_on = [
        [
            block.name
            for block in missed(
                placement_case(
                    on=day, starts="2025-11-03", ends="2026-07-10", reviewed=(), visit=None
                )
            )
        ]
        for day in (date(2025, 12, 18), date(2025, 12, 19), date(2026, 2, 13), date(2026, 5, 21))
    ]
    assert missed_on == [[], [], ["autumn 2 2025"], ["spring 2 2026"]]


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [("mon-tue", MET), ("mon am, tue am, wed am, thu am", MET), ("mon-tue, wed am", BREACHED)],
)
def test_either_limit_that_is_proposed_is_enough(sessions: str, expected: Answer) -> None:
    assert answer("AP510", placement_case(at_provider=sessions, hours="10")) is expected


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


@pytest.mark.parametrize(("days", "expected"), [(13, MET), (14, CANNOT_TELL)])
def test_without_term_dates_none_can_have_gone_by_in_less_than_two_weeks(
    days: int, expected: Answer
) -> None:
    case = replace(
        placement_case(on=date(2026, 1, 6) + timedelta(days=days), reviewed=()),
        calendar=Calendar("none", ()),
    )
    assert answer("AP511", case) is expected


def extended(
    *reviews: tuple[str, str | None], day: str = "2026-02-04", on: str = "2026-02-10"
) -> Any:
    happened = [
        ("review", {"day": held} | COMPLETE | ({"decided": decided} if decided else {}))
        for held, decided in reviews
    ]
    extension = ("extension", {"day": day, "to": "2026-07-10", "reason": "x"})
    return placement_case(on=date.fromisoformat(on), reviewed=(), happened=[*happened, extension])


def test_an_incomplete_review_extends_a_placement_only_if_it_says_so() -> None:
    extension = ("extension", {"day": "2026-02-04", "to": "2026-07-10", "reason": "x"})
    for said, expected in (({}, BREACHED), ({"decided": "extend"}, MET)):
        review = ("review", {"day": "2026-02-03"} | said)
        case = placement_case(on=date(2026, 2, 10), reviewed=(), happened=[review, extension])
        assert answer("AP505", case) is expected


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ([("2026-02-04", "extend")], MET),
        ([("2026-02-04", "continue")], MET),
        ([("2026-02-04", None)], MET),
        ([("2026-02-03", "continue")], MET),
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
