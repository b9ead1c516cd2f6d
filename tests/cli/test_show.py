"""`ap show`: a placement, a pupil or a provider on one screen, worth printing for a meeting."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.domain.placement import Placement
from ap_cli.services.meeting import CAN_WAIT
from ap_cli.services.standing import list_open_tasks

from ..conftest import COMPLETE, Program

WEEKLY = ("--at-provider", "mon-wed", "--at-school", "thu, fri am", "--at-home", "fri pm")


@pytest.fixture
def attended(placed: Program) -> Program:
    """The placement with its week, two weeks of attendance and a review."""
    placed.ok("placement", "edit", "PL-0001", *WEEKLY)
    for day, code in (
        *(("2026-02-23", "B"), ("2026-02-24", "B"), ("2026-02-25", "I")),
        ("2026-03-02", "B"),
    ):
        for half in ("am", "pm"):
            placed.ok("attendance", "record", "PL-0001", day, half, code)
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--day", "2026-02-12")
    return placed


def test_a_placement_says_who_where_which_week_and_what_is_open(attended: Program) -> None:
    lines = attended.ok("show", "PL-0001").out.splitlines()
    assert lines[:3] == [
        "P-0001 at Hollow Oak Farm (PR-0001), PL-0001, live",
        "  Tue 6 Jan to Fri 18 Dec, off-site direction",
        "This week (Mon 2 Mar): Hollow Oak Farm Mon-Wed; at school Thu, Fri am; at home Fri pm."
        " 19 hours at Hollow Oak Farm",
    ]
    assert "Reviews: Thu 12 Feb safe, continue" in lines
    assert any(line.startswith("Open: ") and "against the law" in line for line in lines)
    assert lines[lines.index("Next") + 1].startswith("  Fri 27 Mar")


def test_attendance_is_a_bar_a_week_with_its_numbers(attended: Program) -> None:
    lines = attended.ok("show", "PL-0001").out.splitlines()
    at = lines.index("Attendance: 75 %, 6 of 8 sessions")
    assert lines[at + 1 : at + 3] == [
        "  Mon 23 Feb  #############....... 4 of 6",
        "  Mon 2 Mar   #################### 2 of 2",
    ]


def test_the_same_stands_in_json_with_references_alone(attended: Program) -> None:
    (row,) = attended.json("show", "PL-0001")
    assert (row["ref"], row["kind_of_record"], row["names"]) == ("PL-0001", "placement", {})
    assert row["attendance"]["weeks"][0] == {
        "monday": "2026-02-23",
        "present": 4,
        "possible": 6,
        "percent": 66.7,
    }
    assert row["weeks"][0]["parts"][1] == {"where": "at school", "sessions": "thu, fri am"}
    assert row["tasks"][0]["urgency"] == "law"
    assert "Test Pupil" not in attended.ok("show", "P-0001", "--json").out


def test_a_pupil_has_all_placements_and_the_end_of_school_age(attended: Program) -> None:
    lines = attended.ok("show", "P-0001").out.splitlines()
    assert lines[:3] == [
        "P-0001, year 11, EHC plan, of school age until Fri 26 Jun",
        "Placements: 1 live",
        "  PL-0001  Hollow Oak Farm (PR-0001)  19 hours a week, Tue 6 Jan to Fri 18 Dec",
    ]
    assert any("the last day of compulsory school age" in line for line in lines)


def test_a_provider_has_its_pupils_and_how_close_it_is_to_a_school(attended: Program) -> None:
    out = attended.ok("show", "PR-0001").out
    assert out.startswith(
        "Hollow Oak Farm (PR-0001), a farm, charity or workshop\n  you place 1 child"
    )
    assert "  PL-0001  P-0001  19 hours a week" in out and "Test" not in out.split("Open")[0][30:]


def test_a_file_has_the_name_only_if_it_was_asked_for(attended: Program) -> None:
    for reference in ("PL-0001", "P-0001", "PR-0001"):
        assert "Test Pupil" not in attended.ok("show", reference).out
        assert "Test Pupil (P-0001)" in attended.ok("show", reference, "--names").out


def test_a_review_that_is_overdue_is_told_with_the_reviews_and_not_with_the_days_to_come(
    placed: Program,
) -> None:
    lines = placed.ok("show", "PL-0001").out.splitlines()
    assert "Reviews: overdue since Fri 13 Feb" in lines
    assert not any("13 Feb" in line for line in lines[lines.index("Next") :])


def test_the_week_before_the_first_day_is_the_first_week(attended: Program) -> None:
    out = attended.ok("show", "PL-0001", on="2026-01-02").out
    assert "The week (Mon 5 Jan): Hollow Oak Farm Mon-Wed" in out
    assert "The week (Mon 9 Mar)" in attended.ok("show", "PL-0001", on="2026-03-07").out


def test_a_week_of_holidays_is_no_school(attended: Program) -> None:
    assert "(Mon 16 Feb): no school" in attended.ok("show", "PL-0001", on="2026-02-18").out


def test_a_placement_that_never_started_is_told_so(placed: Program) -> None:
    placed.ok(
        *("placement", "new", "--pupil", "P-0001", "--provider", "PR-0001", "--hours", "5"),
        *("--route", "school-arranged", "--starts", "2026-04-20", "--no-input"),
    )
    placed.ok(
        "placement",
        "end",
        "PL-0002",
        "--never-started",
        "--reason",
        "no place",
        "--destination",
        "home-school",
    )
    lines = placed.ok("show", "PL-0002").out.splitlines()
    assert lines[:2] == [
        "P-0001 at Hollow Oak Farm (PR-0001), PL-0002, never started",
        "  no place",
    ]
    assert lines[-1] == "Next: nothing"


@pytest.mark.parametrize(("args", "code"), [((), 4), (("C-0001",), 2), (("PL-0009",), 2)])
def test_what_cannot_be_shown_is_refused(placed: Program, args: tuple[str, ...], code: int) -> None:
    assert placed("show", *args).code == code


def test_a_pipe_has_all_answers_of_a_placement_with_and_without_full(placed: Program) -> None:
    whole = placed.ok("placement", "show", "PL-0001", "--full").out
    assert whole == placed.ok("placement", "show", "PL-0001").out
    assert "route: off-site-direction" in whole and "path" in whole


def test_those_who_hear_the_screen_get_sentences_and_no_bars(attended: Program) -> None:
    lines = attended.ok("show", "PL-0001", ACCESSIBLE="1").out.splitlines()
    assert "  Mon 23 Feb: 4 of 6" in lines and not any("##" in line for line in lines)
    assert "Report a possible unregistered school  PR-0001, now" in lines


def test_what_waits_for_an_answer_is_counted_and_not_listed(attended: Program) -> None:
    words = "Agree how absence and concerns are reported"
    (row,) = attended.json("show", "PL-0001")
    assert next(one for one in row["tasks"] if one["task"] == words)["waits_since"] is None
    assert words in attended.ok("show", "PL-0001").out
    attended.ok("record", "waiting", "PL-0001", "--task", "reporting", "--day", "2026-03-02")
    out = attended.ok("show", "PL-0001").out
    assert words not in out and "; 1 waiting for an answer" in out
    (row,) = attended.json("show", "PL-0001")
    (task,) = [one for one in row["tasks"] if one["task"] == words]
    assert task["waits_since"] == "2026-03-02"


def test_it_lists_the_tasks_that_ap_do_lists(attended: Program) -> None:
    (row,) = attended.json("show", "PL-0001")
    shown = {(one["task"], one["about"]) for one in row["tasks"]}
    open_tasks = list_open_tasks(attended.opened(), (Placement, 1), date(2026, 3, 2))
    known = {(one.task.words, one.task.about.ref): one.urgency for one in open_tasks}
    assert shown == {name for name, urgency in known.items() if urgency not in CAN_WAIT}
    assert row["later"] == sum(urgency in CAN_WAIT for urgency in known.values()) > 0
