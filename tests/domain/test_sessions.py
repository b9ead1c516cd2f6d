"""Sessions of a week and the marks in them, as they are told and counted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ap_cli.domain.attendance import Mark, SessionCounts
from ap_cli.domain.sessions import Sessions, read_sessions


def test_a_mark_has_its_place_in_the_week() -> None:
    assert [Mark(date(2026, 3, day), half, "B").slot for day in (2, 6) for half in (0, 1)] == [
        0,
        1,
        8,
        9,
    ]


@pytest.mark.parametrize(
    ("present", "missed", "percent"), [(1, 2, 33.3), (2, 1, 66.7), (3, 0, 100.0), (0, 0, None)]
)
def test_attendance_is_in_per_cent_to_one_decimal(
    present: int, missed: int, percent: float | None
) -> None:
    assert (
        SessionCounts(present=present, unauthorised=missed).percent == percent
        and SessionCounts().not_possible == 0
    )


@pytest.mark.parametrize(
    "told",
    [
        "mon-fri",
        "thu-fri",
        "mon am",
        "mon pm",
        "mon-tue am",
        "wed, fri pm",
        "none",
        "mon am, wed-thu, fri pm",
    ],
)
def test_sessions_are_told_as_they_are_read(told: str) -> None:
    assert str(read_sessions(told)) == told


@given(st.sets(st.integers(0, 9)))
def test_any_week_is_read_back_as_it_is_printed(slots: set[int]) -> None:
    week = Sessions(tuple(sorted(slots)))
    assert read_sessions(str(week)) == read_sessions(str(week).upper()) == week


@pytest.mark.parametrize(
    ("typed", "week"),
    [
        ("mon tue", "mon-tue"),
        ("mondays and tuesdays", "mon-tue"),
        ("Mon-Wed + Fri am", "mon-wed, fri am"),
        ("mon to wed", "mon-wed"),
        ("Mondays & Fridays", "mon, fri"),
        ("tues, weds and thurs", "tue-thu"),
        ("tuesday mornings", "tue am"),
        ("wed afternoon", "wed pm"),
        ("mon am tue pm", "mon am, tue pm"),
        ("mon am and tue", "mon am, tue"),
        ("mon, tue am", "mon, tue am"),
        ("0", "none"),
    ],
)
def test_days_of_the_week_are_read_as_people_type_them(typed: str, week: str) -> None:
    assert str(read_sessions(typed)) == week


@pytest.mark.parametrize("typed", ["mon tue am", "mon and tue am"])
def test_a_half_that_may_belong_to_one_day_or_to_all_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="two ways: type “mon am, tue am” or “mon, tue am”"):
        read_sessions(typed)


@pytest.mark.parametrize(("told", "most"), [("none", 0), ("mon am, tue pm", 1), ("mon am, tue", 2)])
def test_the_most_in_a_day_is_what_one_day_has(told: str, most: int) -> None:
    assert read_sessions(told).most_in_a_day == most


@pytest.mark.parametrize(
    "told",
    [
        "mo",
        "m",
        "mond",
        "tuesd",
        "someday",
        "fri-mon",
        "mon noon",
        "sat",
        "sundays",
        "mon-",
        "mon am pm",
        "and",
        "mon/tue",
    ],
)
def test_what_is_no_session_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match="try"):
        read_sessions(told)


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("mon and fri afternoon", "type “mon pm, fri pm” or “mon, fri pm”"),
        ("mondays & fridays pm", "type “mondays pm, fridays pm” or “mondays, fridays pm”"),
        ("mon tue wed am", "type “mon am, tue am, wed am” or “mon, tue, wed am”"),
        ("mon-tue thu mornings", "type “mon-tue am, thu am” or “mon-tue, thu am”"),
    ],
)
def test_a_half_after_several_days_is_refused_with_both_readings(typed: str, ways: str) -> None:
    with pytest.raises(ValueError, match="two ways") as refused:
        read_sessions(typed)
    assert ways in str(refused.value)
    first, second = ways.removeprefix("type “").removesuffix("”").split("” or “")
    assert read_sessions(first) != read_sessions(second)
