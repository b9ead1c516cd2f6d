"""`ap what-if`: what would change, with nothing written."""

from __future__ import annotations

import pytest

from ..conftest import Program


def test_what_would_no_longer_be_asked_is_told_by_how_much_it_binds_now(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--route", "off-site-direction")
    (now,) = placed.json("check", "PL-0001", "--rule", "AP421")
    (then,) = placed.json("what-if", "PL-0001", "--route", "school-arranged", "--rule", "AP421")
    assert (now["severity"], then["before"], then["answer"], then["severity"]) == (
        "should",
        "breached",
        "not applicable",
        "should",
    )


def test_what_would_change_is_told_and_nothing_is_written(placed: Program) -> None:
    before = placed.store.read_bytes()
    placed.ok("what-if", "PL-0001", "--hours", "12")
    found = {
        row["rule"]: (row["before"], row["answer"])
        for row in placed.json("what-if", "PL-0001", "--hours", "18", "--ehcp", "no")
    }
    assert found["AP202"] == ("breached", "met") and found["AP204"] == (
        "not applicable",
        "breached",
    )
    found = {
        row["rule"]: row["answer"]
        for row in placed.json("what-if", "PL-0001", "--registered", "2026-01-01")
    }
    assert found["AP202"] == "not applicable" and found["AP207"] == "breached"
    assert placed.json("what-if", "PL-0001", "--hours", "19") == []
    assert placed.store.read_bytes() == before


def test_a_placement_that_is_only_supposed_is_judged_with_its_provider(placed: Program) -> None:
    placed.ok(
        "pupil", "add", "Test Pupil Two", "--born", "2011-05-05", "--ehcp", "--looked-after", "no"
    )
    placed.ok("pupil", "edit", "P-0001", "--ehcp", "no", "--looked-after", "no")
    found = placed.json("what-if", "--provider", "PR-0001", "--pupil", "P-0002", "--hours", "18:01")
    assert {row["rule"]: row["answer"] for row in found}["AP202"] == "breached"
    assert "PL-0002" not in str(found) and not [row for row in found if row["due"]]
    assert "AP202" not in {
        row["rule"]
        for row in placed.json(
            "what-if", "--provider", "PR-0001", "--pupil", "P-0002", "--hours", "18"
        )
    }


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ([], 4),
        (["--provider", "PR-0001", "--hours", "19"], 4),
        (["PL-0009", "--hours", "19"], 2),
        (["PL-0001", "--hours", "99"], 2),
        (["PL-0001", "--starts", "2030-01-01"], 2),
        (["--provider", "PR-0009", "--pupil", "P-0001", "--hours", "19"], 2),
        (["PL-0001", "--ehcp", "soon"], 2),
    ],
)
def test_what_cannot_be_supposed_is_refused(placed: Program, args: list[str], code: int) -> None:
    refused = placed("what-if", *args)
    assert refused.code == code and refused.err
