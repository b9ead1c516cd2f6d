"""`ap reviews due`: which reviews are due, and by when."""

from __future__ import annotations

from typing import Any

from ..conftest import COMPLETE, Program


def test_a_record_on_a_day_does_not_know_what_happened_later(placed: Program) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE)
    assert placed.json("reviews", "due", on="2026-02-20")[0]["due"] == "2026-02-13"


def test_within_includes_its_last_day_and_overdue_ones_always(placed: Program) -> None:
    def found(*args: str, on: str) -> list[Any]:
        return placed.json("reviews", "due", *args, on=on)

    assert found("--within", "7d", on="2026-02-06") and not found("--within", "7d", on="2026-02-05")
    assert found("--within", "1w", on="2026-02-06") and found(
        "--within", "half-term", on="2026-01-06"
    )
    assert (
        found("--within", "1d", on="2026-03-02")
        and not found("--overdue", on="2026-02-13")
        and found("--overdue", on="2026-02-14")
    )


def test_reviews_are_grouped_into_overdue_this_week_and_later(placed: Program) -> None:
    assert placed("reviews", "due", on="2026-02-09").out.startswith("this week") and placed(
        "reviews", "due", on="2026-02-08"
    ).out.startswith("later")
    assert placed("reviews", "due").out.startswith("overdue (1 review)")


def test_a_review_waived_before_it_was_asked_for_is_due_as_the_rule_says(placed: Program) -> None:
    waived = ("--rule", "AP503", "--reason", "x", "--by", "A. Tester", "--day", "2026-02-02")
    placed.ok("record", "waiver", "PL-0001", *waived, on="2026-02-04")
    asked = ("--asked-by", "parent", "--day", "2026-02-04")
    placed.ok("record", "request", "PL-0001", *asked, on="2026-02-04")
    (due,) = placed.json("reviews", "due", on="2026-03-05")
    (found,) = placed.json("check", "PL-0001", "--rule", "AP503", on="2026-03-05")
    assert due["due"] == found["due"] == "2026-03-04" and due["overdue"]
