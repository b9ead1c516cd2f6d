"""Days as people type them and as they are told back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ap_cli.domain.days import count, due_words, from_today, short_day, words
from ap_cli.forms.days import TRY, WEEKDAYS, read_day
from ap_cli.render.show import cell_text

TODAY = date(2026, 3, 4)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_next_one_with_today_and_the_last_one_is_before_today(
    today: date, name: str
) -> None:
    following, last = read_day(name, today), read_day(f"last {name}", today)
    assert WEEKDAYS[following.weekday()] == WEEKDAYS[last.weekday()] == name
    assert 0 <= (following - today).days <= 6 and last == following - timedelta(days=7)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("today", TODAY),
        ("yesterday", date(2026, 3, 3)),
        ("-1d", date(2026, 3, 3)),
        ("+1d", date(2026, 3, 5)),
        ("+6w", date(2026, 4, 15)),
        ("-2w", date(2026, 2, 18)),
        ("  27   FEB 2026 ", date(2026, 2, 27)),
        ("27 February 2026", date(2026, 2, 27)),
        ("27/02/2026", date(2026, 2, 27)),
        ("1/2/2026", date(2026, 2, 1)),
        ("2026-02-27", date(2026, 2, 27)),
        ("wednesday", TODAY),
        ("Friday", date(2026, 3, 6)),
        ("last wednesday", date(2026, 2, 25)),
        (TODAY, TODAY),
        ("27-02-2026", date(2026, 2, 27)),
        ("27.02.2026", date(2026, 2, 27)),
        ("27th Feb 2026", date(2026, 2, 27)),
        ("1st of September 2026", date(2026, 9, 1)),
        ("27-Feb-2026", date(2026, 2, 27)),
        ("28 Sept. 2026", date(2026, 9, 28)),
        ("2026/02/27", date(2026, 2, 27)),
        ("Friday 27 February 2026", date(2026, 2, 27)),
        ("Fri, 27 Feb 2026", date(2026, 2, 27)),
        ("Thurs. 26/02/2026", date(2026, 2, 26)),
        ("Friday, 2026-02-27", date(2026, 2, 27)),
        ("27/02/2026 00:00", date(2026, 2, 27)),
        ("27/02/2026 00:00:00", date(2026, 2, 27)),
        ("2026-02-27T00:00:00Z", date(2026, 2, 27)),
        ("27 Feb 2026 00:00", date(2026, 2, 27)),
        (datetime(2026, 2, 27), date(2026, 2, 27)),
        ("tomorrow", date(2026, 3, 5)),
        ("fri", date(2026, 3, 6)),
        ("last tues", date(2026, 3, 3)),
        ("1 day ago", date(2026, 3, 3)),
        ("17 days ago", date(2026, 2, 15)),
        ("in 3 days", date(2026, 3, 7)),
    ],
)
def test_a_day_is_read_in_each_way_that_people_type_it(given: object, day: date) -> None:
    assert read_day(given, TODAY) == day


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("+1m", "say days or weeks"),
        ("6m", "say days or weeks"),
        ("27/02/26", "four digits"),
        ("27 feb 26", "four digits"),
        ("1.2.26", "four digits"),
        ("27/02", "the year is missing"),
        ("27 feb", "the year is missing"),
        ("28th feb 26", "four digits"),
        ("27-02-26", "four digits"),
        ("Fri 27 Feb 26", "four digits"),
        ("12-Mar-11", "four digits"),
        ("29/02/12", "four digits"),
        ("29/02/11", "February 2011 has 28 days"),
        ("31/02/12", "February 2012 has 29 days"),
        ("31-Apr-11", "April has 30 days"),
        ("12/13/11", "there is no month 13"),
        ("00/03/11", "there is no day 0"),
        ("01/00/11", "there is no month 0"),
        ("Fri 27 Feb", "the year is missing"),
        ("27th feb", "the year is missing"),
        ("27.02.", "the year is missing"),
        ("27-02", "the year is missing"),
        ("27/02/2026 09:30", "leave the time out"),
        ("2026-02-27T00:01", "leave the time out"),
        ("27/02-2026", TRY),
        ("2026/2/27", TRY),
        ("27 Febr 2026", TRY),
        ("20260227", TRY),
        ("2026-02-30", "February 2026 has 28 days"),
        ("02/27/2026", "put the day before the month: 27/02/2026"),
        ("next week", TRY),
        ("last", TRY),
        ("last week", TRY),
        ("+99999d", TRY),
        ("", TRY),
        ("2026-2-3", TRY),
        ("0000-01-01", TRY),
        ("29/02/2026", "February 2026 has 28 days"),
        ("+9999w9", TRY),
        ("٢٠٢٦-٠١-٠١", TRY),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_write_instead(given: str, hint: str) -> None:
    with pytest.raises(ValueError, match="is not a day") as refused:
        read_day(given, TODAY)
    assert hint in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "actual"),
    [
        ("Monday 28 November 2010", "Sunday"),
        ("Sat, 28/11/2010", "Sunday"),
        ("Fri 2010-11-29 00:00", "Monday"),
    ],
)
def test_a_day_with_the_name_of_another_weekday_is_refused(typed: str, actual: str) -> None:
    with pytest.raises(ValueError, match=f"cannot be right: that day is a {actual}"):
        read_day(typed, TODAY)


def test_a_time_that_is_not_midnight_is_no_day() -> None:
    with pytest.raises(ValueError, match="is a time"):
        read_day(datetime(2026, 2, 27, 9, 30), TODAY)


def test_a_day_beyond_what_a_calendar_has_is_told_as_that() -> None:
    with pytest.raises(ValueError, match="outside the years 1 to 9999"):
        read_day("-9999w", date(100, 1, 1))


@pytest.mark.parametrize(
    ("days", "told"),
    [(-2, "2 days ago"), (-1, "1 day ago"), (0, "today"), (1, "in 1 day"), (2, "in 2 days")],
)
def test_a_distance_is_told_from_today(days: int, told: str) -> None:
    assert from_today(days) == told


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_a_day_that_is_written_is_read_back(day: date) -> None:
    british = f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
    assert read_day(day.isoformat(), TODAY) == read_day(british, TODAY) == day
    if day.year >= 1000:
        for printed in (words(day), words(day, weekday=True), cell_text("first", day)):
            assert read_day(printed, TODAY) == read_day(f"{printed} 00:00", TODAY) == day
    assert words(day, weekday=True) == f"{WEEKDAYS[day.weekday()].capitalize()} {words(day)}"


@given(st.integers(-9999, 9999))
def test_a_distance_that_is_printed_is_read_back(away: int) -> None:
    assert read_day(from_today(away), TODAY) == TODAY + timedelta(days=away)


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "0 children"), (1, "1 child"), (2, "2 children"), (1000, "1,000 children")],
)
def test_a_number_is_told_with_its_noun(number: int, told: str) -> None:
    assert count(number, "child", "children") == told and count(2, "day") == "2 days"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 12, 31), "Thu 31 Dec"),
        (date(2027, 1, 1), "Fri 1 Jan 2027"),
        (date(2025, 12, 31), "Wed 31 Dec 2025"),
    ],
)
def test_a_list_names_the_year_of_a_day_only_if_it_is_not_this_one(day: date, text: str) -> None:
    assert short_day(day, TODAY) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 2), "2 days late"),
        (date(2026, 3, 3), "1 day late"),
        (TODAY, "today"),
        (date(2026, 3, 5), "by Thu 5 Mar"),
        (date(2026, 3, 7), "by Fri 6 Mar"),
        (date(2026, 3, 8), "by Fri 6 Mar"),
        (date(2026, 3, 9), "by Mon 9 Mar"),
        (date(2026, 3, 1), "3 days late"),
    ],
)
def test_a_task_is_late_the_day_after_it_was_due(day: date, text: str) -> None:
    assert due_words(day, TODAY) == text
