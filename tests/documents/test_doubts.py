"""What is doubtful of a notice: its day, its reasons and its times; it is made all the same."""

from __future__ import annotations

import pytest

from ..conftest import Program

DAY = "2026-02-12"


@pytest.fixture
def directed(ap: Program) -> Program:
    """A direction from Monday 23 February 2026, two whole days a week, ten hours, for behaviour."""
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-06-27")
    new = ("placement", "new", "--no-input", "--pupil", "P-0001", "--provider", "PR-0001")
    week = ("--hours", "10", "--at-provider", "mon-tue", "--reason", "behaviour")
    ap.ok(*new, "--route", "off-site-direction", "--starts", "2026-02-23", *week, on=DAY)
    return ap


def doubts(ap: Program, *options: str, on: str = DAY) -> list[str]:
    """What is said to be doubtful of a notice that is made."""
    (row,) = ap.ok("make", "notice", "PL-0001", *options, "--json", on=on).data
    said = ap.ok("make", "notice", "PL-0001", on=on).err
    assert all(
        f"Check before you send it: {one[:1].lower()}{one[1:]}" in said for one in row["doubts"]
    )
    return list(row["doubts"])


def test_a_notice_in_order_has_no_doubt(directed: Program) -> None:
    assert doubts(directed, "--starts-at", "9:30", "--ends-at", "2:30pm") == []


@pytest.mark.parametrize(
    ("ends", "doubtful"),
    [("9:45", True), ("10:29", True), ("14:29", False), ("15:45", False), ("15:46", True)],
)
def test_a_very_short_day_and_one_that_is_not_that_of_the_week_are_said(
    directed: Program, ends: str, doubtful: bool
) -> None:
    found = doubts(directed, "--starts-at", "9:30", "--ends-at", ends)
    assert bool(found) is doubtful


def test_a_day_of_fifteen_minutes_is_said_in_words(directed: Program) -> None:
    assert doubts(directed, "--starts-at", "9:15", "--ends-at", "9:30") == [
        "A day from 9:15am to 9:30am is 15 minutes. Correct the times with ap record times PL-0001"
    ]


def test_the_hours_of_its_days_are_compared_with_those_of_the_week(directed: Program) -> None:
    assert doubts(directed, "--starts-at", "9:00", "--ends-at", "15:30") == [
        "2 days from 9am to 3:30pm make 13 hours a week, and the plan says 10."
        " Correct the times with ap record times PL-0001"
    ]
    directed.ok("placement", "edit", "PL-0001", "--at-provider", "mon, tue am")
    assert doubts(directed) == []  # one is half a day: the times of the other say nothing of it


@pytest.mark.parametrize(
    ("reasons", "doubtful"),
    [(("behaviour",), False), (("health",), True), (("behaviour", "health"), False), ((), False)],
)
def test_a_direction_for_anything_but_behaviour_is_said(
    directed: Program, reasons: tuple[str, ...], doubtful: bool
) -> None:
    given = [part for reason in reasons for part in ("--reason", reason)]
    directed.ok("placement", "edit", "PL-0001", *(given or ("--not-known", "reason")))
    found = doubts(directed)
    assert bool(found) is doubtful
    if doubtful:
        assert "you gave health as the only reason, not behaviour" in found[0]
        assert "ap check PL-0001 --rule AP114" in found[0]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-02-12", ""),  # the 12th and the 13th are school days, and then comes half term
        ("2026-02-13", "12 February 2026 was the last day for notice"),
        ("2026-02-22", "12 February 2026 was the last day for notice"),
        ("2026-02-23", "dated 23 February 2026, on the first day"),
        ("2026-02-24", "after the first day, 23 February 2026: notice is given 2 school days"),
    ],
)
def test_a_notice_that_is_late_is_said(directed: Program, on: str, said: str) -> None:
    found = doubts(directed, on=on)
    assert said in " ".join(found) and bool(found) is bool(said)


def test_a_notice_that_was_given_in_time_can_be_made_again_later(directed: Program) -> None:
    directed.ok("record", "notice", "PL-0001", "--to", "parent", "--day", DAY, on=DAY)
    assert doubts(directed, on="2026-03-02") == []


def test_the_day_on_which_it_was_sent_is_that_of_the_notice(directed: Program) -> None:
    directed.ok("make", "notice", "PL-0001", on=DAY)
    made = directed.ok(
        "make", "notice", "PL-0001", "--sent", DAY, "--yes", "--json", on="2026-02-24"
    )
    assert made.data[0]["doubts"] == []


def test_other_documents_have_no_doubts(directed: Program) -> None:
    (row,) = directed.ok("make", "sheet", "PL-0001", "--json").data
    assert row["doubts"] == []
