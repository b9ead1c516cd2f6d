"""Sessions of a week and the marks in them, as they are told and counted."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.domain.attendance import Mark, SessionCounts
from ap_cli.domain.sessions import read_sessions


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


@pytest.mark.parametrize(("told", "most"), [("none", 0), ("mon am, tue pm", 1), ("mon am, tue", 2)])
def test_the_most_in_a_day_is_what_one_day_has(told: str, most: int) -> None:
    assert read_sessions(told).most_in_a_day == most


@pytest.mark.parametrize("told", ["mo", "m", "mond", "tuesd", "someday", "fri-mon", "mon noon"])
def test_what_is_no_session_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match="try"):
        read_sessions(told)
