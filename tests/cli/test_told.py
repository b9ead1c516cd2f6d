"""What a check tells: remedies that can be typed, a gap once, no names, and whatever cannot be read once."""

from __future__ import annotations

import pytest

from ..conftest import Program


@pytest.mark.parametrize(
    "kind",
    [
        ["final-report", "--progress", "x"],
        ["discussion", "--support", "x"],
        ["readiness", "--attends", "yes"],
    ],
)
def test_what_comes_with_the_end_is_not_recorded_before_the_start(
    placed: Program, kind: list[str]
) -> None:
    args = [kind[0], "PL-0001", *kind[1:], "--day"]
    early = placed("record", *args, "2026-01-05")
    assert early.code == 2 and "is before PL-0001 starts" in early.err
    placed.ok("record", *args, "2026-01-06")
    moved = placed("placement", "edit", "PL-0001", "--starts", "2026-01-07")
    assert (
        moved.code == 2
        and f"has a record of the kind {kind[0]} on 6 January 2026, before 7 January 2026"
        in moved.err
    )


def test_a_discussion_after_the_end_lies_outside_nothing(placed: Program) -> None:
    placed.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-03-13",
        "--reason",
        "x",
        "--destination",
        "home-school",
        "--no-input",
        on="2026-03-16",
    )
    placed.ok(
        "record", "discussion", "PL-0001", "--support", "x", "--day", "2026-03-16", on="2026-03-16"
    )
    placed.ok("placement", "edit", "PL-0001", "--owner", "A. Tester", on="2026-03-16")


def test_a_review_that_decided_an_extension_is_recorded_after_it_as_its_remedy_says(
    placed: Program,
) -> None:
    placed.ok(
        "record",
        "extension",
        "PL-0001",
        "--to",
        "2027-03-26",
        "--day",
        "2026-03-02",
        "--reason",
        "x",
    )
    (found,) = placed.json("check", "PL-0001", "--rule", "AP505")
    command = found["remedy"].partition("ap ")[2].split()
    placed.ok(*command, "--no-input")
    assert placed.json("check", "PL-0001", "--rule", "AP505", "--show", "all")[0]["answer"] == "met"
    later = placed(
        "record",
        "review",
        "PL-0001",
        "--decided",
        "extend",
        "--extend-to",
        "2026-12-18",
        "--no-input",
    )
    assert later.code == 2 and "is not after the planned end" in later.err
