"""`ap log`: who changed what."""

from __future__ import annotations

from ..conftest import Program
from ..interview.terminal import Terminal


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


def test_a_terminal_shows_the_newest_first_a_page_at_a_time(placed: Program) -> None:
    for number in range(30):
        placed.ok("placement", "edit", "PL-0001", "--hours", str(15 - number % 2))
    terminal = Terminal(placed, "log")
    terminal.sees("edit placement")
    terminal.sees("more: --from ")
    assert terminal.ends() == 0
    terminal = Terminal(placed, "log", "--from", "33")
    terminal.sees("add provider")
    assert terminal.ends() == 0
    told = placed.ok("log").out.splitlines()
    assert len(told) == len(placed.json("log")) > 30 and "add provider" in told[0]


def test_a_terminal_says_am_and_pm_and_leaves_inner_numbers_out(placed: Program) -> None:
    placed.ok("attendance", "record", "PL-0001", "2026-02-25", "pm", "B")
    placed.ok("attendance", "amend", "PL-0001", "2026-02-25", "pm", "M", "--reason", "the dentist")
    assert "unit – → 5" in placed.ok("log").out, "a pipe has all as before"
    terminal = Terminal(placed, "log")
    terminal.sees("half – → pm")
    assert terminal.ends() == 0


def test_an_export_counts_the_changes_that_the_log_is_verified_by(placed: Program) -> None:
    placed.ok("pupil", "edit", "P-0001", "--upn", "B801200005001", "--home-school", "Elm Academy")
    changes = placed.json("db", "verify")[0]["changes"]
    said = placed.ok("export", "all", "all.zip").err
    assert f"{changes} changes in the log" in said
    assert f"as it was written: {changes} changes." in placed.ok("db", "verify").out
