"""`ap log`: who changed what."""

from __future__ import annotations

from ..conftest import Program


def test_the_log_says_who_changed_what_with_old_and_new_values(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--hours", "15", AP_USER="another")
    last = placed.json("log", "PL-0001")[-1]
    assert (last["who"], last["what"], last["subject"], last["old"], last["new"]) == (
        "another",
        "edit placement",
        "PL-0001",
        {"weekly_minutes": 1140},
        {"weekly_minutes": 900},
    )
    assert last["asof"] == "2026-03-02" and last["at"] >= "2026-11"
    told = placed.ok("log").out
    assert "hours a week 19 → 15" in told
    assert (
        "Test Pupil" not in told + placed.ok("log", "--json").out
        and "Test Pupil" in placed.ok("log", "--names").out
    )
    assert placed("log", "PL-0009").code == 2
