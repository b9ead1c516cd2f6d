"""Times of the day: as people type them, and as a letter says them."""

from __future__ import annotations

import pytest

from ap_cli.domain.clock_times import NO_BREAK, clock_words, read_break_start, read_clock_time


@pytest.mark.parametrize(
    ("typed", "time", "said"),
    [
        ("9:15", "09:15", "9:15am"),
        ("9.15am", "09:15", "9:15am"),
        ("9", "09:00", "9am"),
        ("7", "07:00", "7am"),
        ("06:45", "06:45", "6:45am"),
        ("2.45 pm", "14:45", "2:45pm"),
        ("14:45", "14:45", "2:45pm"),
        ("12", "12:00", "12 noon"),
        ("12:30", "12:30", "12:30pm"),
        ("12am", "00:00", "12am"),
        ("12 p.m.", "12:00", "12 noon"),
        ("1pm", "13:00", "1pm"),
    ],
)
def test_a_time_is_read_and_said(typed: str, time: str, said: str) -> None:
    assert read_clock_time(typed) == time
    assert clock_words(read_clock_time(typed)) == said
    assert read_clock_time(said.replace("12 noon", "12pm")) == time


@pytest.mark.parametrize("typed", ["2:45", "6", "1.30"])
def test_what_can_be_morning_or_afternoon_is_asked_again(typed: str) -> None:
    with pytest.raises(ValueError, match="add am or pm"):
        read_clock_time(typed)


@pytest.mark.parametrize("typed", ["25:00", "9:60", "13pm", "0am", "noonish", "9:5", "-1"])
def test_what_is_no_time_is_refused_with_what_works(typed: str) -> None:
    with pytest.raises(ValueError, match="type 9:15 or 2:45pm"):
        read_clock_time(typed)


@pytest.mark.parametrize("typed", ["none", "No break", " NO ", "no breaks"])
def test_no_break_is_an_answer(typed: str) -> None:
    assert read_break_start(typed) == NO_BREAK


def test_a_break_that_starts_has_a_time_and_anything_else_is_refused() -> None:
    assert read_break_start("12:15") == "12:15"
    with pytest.raises(ValueError, match="or none if there is no break"):
        read_break_start("noon-ish")
