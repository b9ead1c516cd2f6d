"""`ap record waiver`: what it covers, and what cannot be waived."""

from __future__ import annotations

import pytest

from ..conftest import Program


def test_a_waiver_is_shown_and_no_longer_fails(placed: Program) -> None:
    placed.ok(
        "record",
        "waiver",
        "PL-0001",
        "--rule",
        "ap401",
        "--reason",
        "asked by telephone",
        "--by",
        "A. Tester",
        "--until",
        "2026-03-31",
    )
    told = placed.json("check", "--rule", "AP401")[0]
    assert told["answer"] == "breached" and told["waived"] == {
        "by": "A. Tester",
        "reason": "asked by telephone",
        "day": "2026-03-02",
        "until": "2026-03-31",
    }
    assert placed("check", "--rule", "AP401").code == 0
    assert placed("check", "--rule", "AP401", on="2026-04-01").code == 1, "it ran out"


@pytest.mark.parametrize("rule", ["AP202", "AP903", "AP999"])
def test_a_must_and_an_unknown_rule_cannot_be_waived(placed: Program, rule: str) -> None:
    assert placed("record", "waiver", "PL-0001", "--rule", rule, "--reason", "x").code == 2


@pytest.mark.parametrize(
    ("rule", "instead"),
    [
        ("AP506", "decide on the concern"),
        ("AP513", "say what follows from the review"),
        ("AP516", "say who you told of the concern"),
        ("AP604", "find out why the pupil was absent"),
        ("AP706", "find the next place"),
    ],
)
def test_a_rule_that_keeps_pupils_safe_cannot_be_waived(
    placed: Program, rule: str, instead: str
) -> None:
    found = placed("record", "waiver", "PL-0001", "--rule", rule, "--reason", "x")
    assert found.code == 2
    assert f"{rule} keeps pupils safe and cannot be waived: {instead}" in found.err


def test_waiving_an_overdue_review_counts_as_a_review_of_its_half_term(placed: Program) -> None:
    placed.ok(
        "record",
        "waiver",
        "PL-0001",
        "--rule",
        "AP503",
        "--reason",
        "the school was flooded",
        "--day",
        "2026-02-13",
    )
    assert [row["due"] for row in placed.json("reviews", "due")] == ["2026-03-27"]
    assert placed.json("check", "--rule", "AP511") == []


def test_a_waived_review_does_not_waive_the_next(placed: Program) -> None:
    placed.ok(
        "record",
        "waiver",
        "PL-0001",
        "--rule",
        "AP503",
        "--reason",
        "the school was flooded",
        "--day",
        "2026-02-13",
    )
    found = placed.json("check", "--rule", "AP503", on="2026-05-01")[0]
    assert (found["answer"], found["waived"]) == ("breached", None)


def test_a_waiver_stands_on_what_its_rule_is_about(placed: Program) -> None:
    found = placed("record", "waiver", "PL-0001", "--rule", "AP301", "--reason", "x")
    assert found.code == 2 and "PR-0001" in found.err
