"""A pupil's name in overviews."""

from __future__ import annotations

import pytest

from ap_cli.domain.pupil import short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Test Pupil", "Test P."),
        ("Test van der Sample", "Test S."),
        ("Mononym", "Mononym"),
        ("  Test   Pupil ", "Test P."),
        ("", ""),
        ("Pupil, Test", "Test P."),
        ("Sample Pupil, Test Second", "Test S."),
        ("Pupil,", "Pupil"),
        ("Test pupil-sample", "Test P."),
        ("Test \u2019t", "Test T."),
        ("Test \u2019\u2019", "Test"),
    ],
)
def test_an_overview_shows_the_first_name_and_an_initial(name: str, short: str) -> None:
    assert short_name(name) == short
