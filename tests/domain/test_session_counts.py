"""Sessions counted: the percentage is rounded as people round it."""

from __future__ import annotations

import pytest

from ap_cli.domain.attendance import SessionCounts


@pytest.mark.parametrize(
    ("present", "possible", "percent"),
    [
        (9, 16, 56.3),  # 56.25
        (7, 16, 43.8),  # 43.75
        (1, 2000, 0.1),  # 0.05
        (1, 2001, 0.0),
        (2, 3, 66.7),
        (16, 16, 100.0),
        (0, 16, 0.0),
        (0, 0, None),
    ],
)
def test_a_half_is_rounded_up(present: int, possible: int, percent: float | None) -> None:
    assert SessionCounts(present=present, unauthorised=possible - present).percent == percent
