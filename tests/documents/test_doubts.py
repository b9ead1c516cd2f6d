"""What is doubtful of a notice: its day, its reasons and its times; it is made all the same."""

from __future__ import annotations

import pytest

from ..conftest import COMPLETE, Program

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
    [
        ("9:45", True),
        ("10:29", True),
        ("14:14", True),
        ("14:15", False),
        ("14:45", False),
        ("14:46", True),
    ],
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


@pytest.mark.parametrize(
    ("planned", "doubtful"), [("8.75", True), ("9", False), ("11.5", False), ("11.75", True)]
)
def test_the_hours_of_a_week_can_be_meant_with_the_breaks_or_without(
    directed: Program, planned: str, doubtful: bool
) -> None:
    directed.ok("placement", "edit", "PL-0001", "--hours", planned)
    pause = ("--break-from", "12:15pm", "--break-to", "1pm")
    found = doubts(directed, "--starts-at", "9:15", *pause, "--ends-at", "2:45pm")
    made = "2 days from 9:15am to 2:45pm make 11 hours a week (9.5 without the break)"
    assert [one.partition(", and the plan says")[0] for one in found] == [made] * doubtful


def test_the_agreement_says_so_of_its_times_as_well(directed: Program) -> None:
    directed.ok("record", "times", "PL-0001", "--starts-at", "9:00", "--ends-at", "15:30")
    (row,) = directed.ok("make", "agreement", "PL-0001", "--json", on="2026-03-02").data
    assert [one.partition(",")[0] for one in row["doubts"]] == [
        "2 days from 9am to 3:30pm make 13 hours a week"
    ]


def test_times_of_one_day_say_nothing_of_half_a_day(directed: Program) -> None:
    directed.ok("placement", "edit", "PL-0001", "--at-provider", "mon, tue am")
    assert doubts(directed, "--starts-at", "9:00", "--ends-at", "15:30") == []


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


def outcome_doubts(ap: Program, on: str, *options: str) -> list[str]:
    """What is said to be doubtful of the outcome of a review."""
    (row,) = ap.ok("make", "review-outcome", "PL-0001", *options, "--json", on=on).data
    return list(row["doubts"])


@pytest.mark.parametrize(("on", "late"), [("2026-03-26", False), ("2026-03-27", True)])
def test_an_outcome_after_more_than_six_days_is_said(
    directed: Program, on: str, late: bool
) -> None:
    directed.ok("record", "review", "PL-0001", "--day", "2026-03-20", *COMPLETE, on="2026-03-20")
    said = (
        "It is dated 27 March 2026, and 26 March 2026 was the last day for it: the outcome is told"
        " within 6 days after the review. Record one that you gave: ap record outcome PL-0001"
    )
    assert outcome_doubts(directed, on) == [said] * late


def test_an_outcome_is_judged_by_the_day_it_was_sent_and_by_one_that_was_given(
    directed: Program,
) -> None:
    directed.ok("record", "review", "PL-0001", "--day", "2026-03-20", *COMPLETE, on="2026-03-20")
    reasons = ("--reasons", "Two of three objectives are met")
    assert outcome_doubts(directed, "2026-03-26", *reasons) == []
    assert outcome_doubts(directed, "2026-04-01", "--sent", "2026-03-26", "--yes") == []
    assert outcome_doubts(directed, "2026-04-01") == []


def test_other_documents_have_no_doubts(directed: Program) -> None:
    (row,) = directed.ok("make", "sheet", "PL-0001", "--json").data
    assert row["doubts"] == []
