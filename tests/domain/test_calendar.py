"""Half terms, and when a review falls due."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ap_cli.domain.calendar import Calendar
from ap_cli.domain.half_terms import HalfTerm
from ap_cli.domain.school_days import after_presumed_holiday
from ap_cli.forms.facts import recorded
from ap_cli.policy.county import default
from ap_cli.policy.terms import Calendars, of_county

COUNTY = Calendars().following()


def day(text: str) -> date:
    return date.fromisoformat(text)


def due(
    starts: str,
    ends: str | None = None,
    reviews: tuple[str, ...] = (),
    agreed: tuple[str, ...] = (),
) -> str | None:
    found = COUNTY.next_review(
        day(starts), day(ends) if ends else None, tuple(map(day, reviews)), tuple(map(day, agreed))
    )
    return found.day.isoformat() if found else None


@pytest.mark.parametrize(
    ("starts", "ends", "reviews", "expected"),
    [
        ("2026-01-06", None, (), "2026-02-13"),
        ("2026-01-06", None, ("2026-03-02",), "2026-05-22"),
        ("2026-01-06", None, ("2026-02-13",), "2026-03-27"),
        (
            "2026-01-06",
            None,
            ("2026-02-20",),
            "2026-03-27",
        ),  # in the holiday: it counts for the half term before
        ("2026-01-06", None, ("2026-02-23",), "2026-05-22"),
        ("2026-02-09", None, (), "2026-02-13"),  # five school days
        ("2026-02-10", None, (), "2026-03-27"),  # four
        ("2026-02-16", None, (), "2026-03-27"),  # in a holiday: the next school day
        ("2026-01-06", "2026-03-06", ("2026-02-13",), "2026-03-06"),
        ("2026-01-06", "2026-03-06", ("2026-03-05",), "2026-03-06"),
        ("2026-01-06", "2026-03-06", ("2026-03-06",), None),
        (
            "2026-01-06",
            "2026-04-15",
            ("2026-02-23",),
            "2026-04-15",
        ),  # three days into the next half term
        ("2026-01-06", "2026-04-02", ("2026-02-23",), "2026-04-02"),  # in the holiday after it
        ("2026-02-10", "2026-02-12", (), "2026-02-12"),  # too short for any half term: its last day
    ],
)
def test_the_next_review_is_due(
    starts: str, ends: str | None, reviews: tuple[str, ...], expected: str | None
) -> None:
    assert due(starts, ends, reviews) == expected


def test_an_agreed_date_comes_first_and_a_review_spends_those_of_its_half_term() -> None:
    agreed = ("2026-01-30", "2026-03-20", "2026-05-01")
    assert due("2026-01-06", agreed=agreed) == "2026-01-30"
    assert due("2026-01-06", reviews=("2026-01-30",), agreed=agreed) == "2026-03-20"
    assert due("2026-01-06", reviews=("2026-03-02",), agreed=agreed) == "2026-05-01"


def test_without_a_calendar_it_is_six_weeks_and_certain_from_day_57() -> None:
    found = COUNTY.next_review(day("2027-10-04"), None, ())
    assert (
        found
        and not found.terms_known
        and found.day == day("2027-11-15")
        and found.sure_from - day("2027-10-04") == timedelta(days=57)
        and found.estimated
    )


def test_without_a_calendar_it_moves_past_a_presumed_holiday() -> None:
    assert due("2026-01-06", reviews=("2026-07-01",)) == "2026-09-01"
    assert [after_presumed_holiday(day(text)).isoformat() for text in ("2026-07-19", "2026-07-20", "2026-08-31", "2026-12-20", "2027-01-04")] == [
        "2026-09-01", "2026-09-01", "2026-09-01", "2027-01-04", "2027-01-04",
    ]  # fmt: skip


@given(
    st.dates(date(2024, 8, 27), date(2026, 7, 10)),
    st.integers(0, 400),
    st.lists(st.integers(0, 400), max_size=4),
)
def test_a_review_is_never_due_before_the_start_after_the_end_or_before_the_last_one(
    starts: date, length: int, held: list[int]
) -> None:
    ends = starts + timedelta(days=length)
    reviews = [starts + timedelta(days=days) for days in held if days <= length]
    found = COUNTY.next_review(starts, ends, reviews)
    if max(reviews, default=None) == ends:
        assert found is None
    else:
        assert found and starts <= found.day <= ends and all(found.day > held_ for held_ in reviews)


def test_a_term_that_nobody_knows_is_not_bridged() -> None:
    gap = Calendar(
        "x",
        (
            HalfTerm("x", "a", day("2025-09-01"), day("2025-10-17")),
            HalfTerm("x", "b", day("2026-09-01"), day("2026-10-16")),
        ),
    )
    assert not recorded(gap.half_term_from(day("2025-12-01")))
    assert not recorded(gap.half_term_after(gap.half_terms[0]))
    assert not recorded(gap.half_term_before(gap.half_terms[1]))
    assert not gap.covers(day("2025-12-01"))


def test_no_half_term_of_the_county_can_be_taken_away_unnoticed() -> None:
    for at, block in enumerate(COUNTY.half_terms):
        left = (*COUNTY.half_terms[:at], *COUNTY.half_terms[at + 1 :])
        calendar = Calendar("x", left)
        taken = [block.first + timedelta(days=days) for days in range(10)] + [block.last]
        assert not any(recorded(calendar.half_term(day)) for day in taken), block.name
        assert not any(recorded(calendar.half_term_from(day)) for day in taken), block.name


def test_a_school_of_its_own_calendar_goes_before_the_county() -> None:
    own = (HalfTerm("Example Academy", "autumn 1", day("2025-09-01"), day("2025-10-24")),)
    calendars = Calendars(own)
    assert calendars.following("Example Academy").half_term_from(day("2025-09-15")) == own[0]
    assert calendars.following("Example Academy").half_term_from(
        day("2024-09-15")
    ) == COUNTY.half_term_from(day("2024-09-15"))
    assert calendars.following("Another School").half_terms == COUNTY.half_terms


def test_what_ships_is_in_order_and_says_where_it_is_from() -> None:
    blocks = of_county(default())
    assert all(
        block.first <= block.last and block.first.weekday() < 5 and block.source for block in blocks
    )
    assert all(earlier.last < later.first for earlier, later in itertools.pairwise(blocks))
