"""Text from people, made safe to show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ap_cli.forms.text import hours, label, pounds, printable, shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("an é and a 😀", "an é and a 😀"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("red\x1b[31m", "red�[31m"),
        ("nul\0", "nul�"),
        ("turned \u202eround", "turned �round"),
        ("isolated\u2066", "isolated�"),
    ],
)
def test_text_keeps_to_its_line_and_its_direction(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_nothing_that_moves_the_cursor_is_shown_and_what_is_shown_stays(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text) and shown.isprintable() and printable(shown) == shown


@pytest.mark.parametrize(("length", "ending"), [(39, "x"), (40, "x"), (41, "…"), (10_000, "…")])
def test_what_is_quoted_is_at_most_forty_letters(length: int, ending: str) -> None:
    told = shortened("x" * length)
    assert (
        len(told) == min(length, 40)
        and told.endswith(ending)
        and shortened("x" * length, 3)[-1] == "…"
    )


def test_a_number_too_long_to_write_out_is_quoted_all_the_same() -> None:
    assert shortened(10**5000) == "…"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "0"),
        (60, "1"),
        (1095, "18.25"),
        (1090, "18:10"),
        (61, "1:01"),
        (1110, "18.5"),
        (1125, "18.75"),
    ],
)
def test_minutes_are_told_in_hours(minutes: int, told: str) -> None:
    assert hours(minutes) == told


@pytest.mark.parametrize(
    ("pence", "told"),
    [(8500, "£85"), (8550, "£85.50"), (8505, "£85.05"), (123_456_700, "£1,234,567"), (1, "£0.01")],
)
def test_pence_are_told_in_pounds(pence: int, told: str) -> None:
    assert pounds(pence) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("weekly_minutes", "hours a week"),
        ("weekly_pence", "cost a week"),
        ("lunch_minutes", "lunch hours"),
    ],
)
def test_a_fact_is_named_as_people_would(name: str, told: str) -> None:
    assert label(name) == told
