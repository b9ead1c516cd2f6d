"""What people type that cannot be, or can be meant in two ways: the refusal says what works."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.forms.days import read_day
from ap_cli.forms.readers import read_minutes, read_minutes_or_none, read_pence


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31 November 2026", "November has 30 days"),
        ("31/11/2026", "November has 30 days"),
        ("2026-04-31", "April has 30 days"),
        ("32 Jan 2026", "January has 31 days"),
        ("29/02/2027", "February 2027 has 28 days"),
        ("30 Feb 2028", "February 2028 has 29 days"),
        ("Sunday 31 November 2026", "November has 30 days"),
        ("11/25/2026", "there is no month 25; put the day before the month: 25/11/2026"),
        ("2026-13-01", "there is no month 13"),
        ("0 May 2026", "try 2026-02-27"),
    ],
)
def test_a_day_that_a_month_does_not_have_says_how_many_days_it_has(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match="is not a day") as refused:
        read_day(typed, date(2026, 2, 2))
    assert why in str(refused.value)


@pytest.mark.parametrize("typed", ["30 November 2026", "29/02/2028", "28/02/2027", "31 Jan 2026"])
def test_the_last_day_of_a_month_is_a_day(typed: str) -> None:
    assert read_day(typed, date(2026, 2, 2)).day in (28, 29, 30, 31)


@pytest.mark.parametrize(
    ("typed", "pence"), [("85.5", 8550), ("85.05", 8505), ("£1,850.5", 185050), ("0.5", 50)]
)
def test_pounds_may_have_one_decimal(typed: str, pence: int) -> None:
    assert read_pence(typed) == pence


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("18.15", "type 18:15 for 18 hours 15 minutes, or 18:09 for 18.15 hours"),
        ("6.30", "type 6:30 for 6 hours 30 minutes, or 6:18 for 6.30 hours"),
        ("6.05", "type 6:05 for 6 hours 5 minutes, or 6:03 for 6.05 hours"),
    ],
)
def test_hours_that_look_like_a_clock_are_refused_with_both_readings(typed: str, ways: str) -> None:
    for read in (read_minutes, read_minutes_or_none):
        with pytest.raises(ValueError, match="two ways") as refused:
            read(typed)
        assert ways in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("18.25", 1095), ("18.50", 1110), ("18.75", 1125), ("18.3", 1098), ("18.95", 1137), ("18:15", 1095), ("18.00", 1080)],
)  # fmt: skip
def test_hours_that_can_be_meant_in_one_way_alone_are_read(typed: str, minutes: int) -> None:
    assert read_minutes(typed) == minutes
