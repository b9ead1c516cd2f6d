"""Compulsory school age, year groups and the duty to participate."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ap_cli.domain.ages import (
    ages,
    attains,
    begins_on,
    born_between,
    ends_on,
    leaving_dates,
    year_group,
)

BIRTHS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
ONE = timedelta(days=1)


@given(BIRTHS)
def test_school_age_is_one_period_with_the_eleventh_birthday_in_it(born: date) -> None:
    assert begins_on(born) < attains(born, 11) < ends_on(born)


@given(BIRTHS)
def test_it_ends_on_a_friday_between_24_and_30_june(born: date) -> None:
    ends = ends_on(born)
    assert ends.weekday() == 4 and ends.month == 6 and 24 <= ends.day <= 30


def walked_end(born: date) -> date:
    """The last day by walking from the Act's words: the leaving date that is the first on which the child is 16, or turns so before September."""
    day = date(born.year + 15, 1, 1)
    while True:
        is_leaving_date = (
            day.month == 6 and day.weekday() == 4 and (day + timedelta(days=7)).month == 7
        )
        if is_leaving_date and attains(born, 16) < date(day.year, 9, 1):
            return day
        day += ONE


def walked_beginning(born: date) -> date:
    """The first day by walking from the fifth birthday to a prescribed day."""
    day = attains(born, 5)
    while (day.month, day.day) not in ((3, 31), (8, 31), (12, 31)):
        day += ONE
    return day


def test_a_second_calculation_agrees_on_every_birth_date_of_forty_years() -> None:
    born = date(1990, 1, 1)
    while born.year < 2031:
        assert (begins_on(born), ends_on(born)) == (walked_beginning(born), walked_end(born)), born
        born += ONE


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_the_children_of_school_age_on_a_day_are_those_born_between_two_days(day: date) -> None:
    first, last = born_between(day)
    told = [
        begins_on(born) <= day <= ends_on(born) for born in (first - ONE, first, last, last + ONE)
    ]
    assert told == [False, True, True, False]


@pytest.mark.parametrize(
    ("born", "begins"),
    [("2021-03-30", "2026-03-31"), ("2021-03-31", "2026-03-31"), ("2021-04-01", "2026-08-31"), ("2021-08-31", "2026-08-31"),
     ("2021-09-01", "2026-12-31"), ("2021-12-31", "2026-12-31"), ("2022-01-01", "2027-03-31"), ("2020-02-29", "2025-03-31")],
)  # fmt: skip
def test_it_begins_on_the_fifth_birthday_or_the_next_prescribed_day(born: str, begins: str) -> None:
    assert begins_on(date.fromisoformat(born)) == date.fromisoformat(begins)


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        ("2010-06-25", "2026-06-26"),
        ("2010-06-26", "2026-06-26"),
        ("2010-06-27", "2026-06-26"),
        ("2010-08-31", "2026-06-26"),
        ("2010-09-01", "2027-06-25"),
    ],
)
def test_it_ends_on_the_leaving_date_of_the_year_in_which_the_child_turns_16(
    born: str, ends: str
) -> None:
    assert ends_on(date.fromisoformat(born)) == date.fromisoformat(ends)


def test_the_last_friday_still_counts_and_the_saturday_does_not() -> None:
    born = date(2010, 6, 27)
    assert [ages(born, date(2026, 6, day)).compulsory for day in (25, 26, 27)] == [
        True,
        True,
        False,
    ]


def test_born_on_29_february_the_18th_birthday_is_on_1_march() -> None:
    assert ages(date(2008, 2, 29), date(2026, 1, 1)).duty_ends == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("on", "group"),
    [
        ("2014-08-31", None),
        ("2014-09-01", 0),
        ("2015-09-01", 1),
        ("2026-08-31", 11),
        ("2026-09-01", 12),
        ("2028-09-01", None),
    ],
)
def test_the_year_group_is_by_age_on_31_august(on: str, group: int | None) -> None:
    assert year_group(date(2010, 6, 27), date.fromisoformat(on)) == group


def test_a_birth_that_no_calendar_can_follow_is_refused() -> None:
    with pytest.raises(ValueError, match="too far"):
        ages(date(9990, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("born", "on", "group"),
    [("2010-08-31", "2026-03-02", 11), ("2010-09-01", "2026-03-02", 10), ("2010-08-31", "2026-08-31", 11), ("2010-08-31", "2026-09-01", 12),
     ("2021-08-31", "2026-03-02", 0), ("2021-09-01", "2026-03-02", None), ("2008-08-31", "2026-03-02", 13), ("2007-08-31", "2026-03-02", None)],
)  # fmt: skip
def test_the_year_group_turns_on_31_august(born: str, on: str, group: int | None) -> None:
    assert year_group(date.fromisoformat(born), date.fromisoformat(on)) == group


@pytest.mark.parametrize(
    "on",
    [
        "2026-06-25",
        "2026-06-26",
        "2026-06-27",
        "2025-12-31",
        "2026-01-01",
        "2026-03-30",
        "2026-03-31",
        "2026-08-31",
    ],
)
def test_the_children_of_school_age_on_a_day_are_found_on_the_days_on_which_that_changes(
    on: str,
) -> None:
    day = date.fromisoformat(on)
    first, last = born_between(day)
    for born in (first - timedelta(days=1), first, last, last + timedelta(days=1)):
        assert ages(born, day).compulsory is (first <= born <= last)


@pytest.mark.parametrize(("days", "compulsory"), [(-1, False), (0, True)])
def test_school_age_holds_from_its_first_to_its_last_day(days: int, compulsory: bool) -> None:
    born = date(2010, 6, 27)
    assert ages(born, begins_on(born) + timedelta(days=days)).compulsory is compulsory
    assert ages(born, ends_on(born) - timedelta(days=days)).compulsory is compulsory


@pytest.mark.parametrize(
    ("born", "dates"),
    [
        ("2009-08-15", ["2025-06-27"]),
        ("2009-08-16", ["2025-06-27", "2026-06-26"]),
        ("2009-08-31", ["2025-06-27", "2026-06-26"]),
        ("2009-09-01", ["2026-06-26"]),
    ],
)
def test_whoever_turns_16_when_the_school_year_may_have_begun_has_two_leaving_dates(
    born: str, dates: list[str]
) -> None:
    """Source: EA 1996 s.8(3), s.579(1)."""
    assert [day.isoformat() for day in leaving_dates(date.fromisoformat(born))] == dates
