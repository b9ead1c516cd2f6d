"""`ap todo`: what is to be done, in order of day."""

from __future__ import annotations

from ..conftest import Program


def test_the_list_of_what_is_to_do_is_what_the_rules_found_in_order_of_day(placed: Program) -> None:
    found = placed.json("todo", on="2026-02-10")
    assert {row["answer"] for row in found} == {"breached", "not yet"}
    assert [row["due"] or "2026-02-10" for row in found] == sorted(
        row["due"] or "2026-02-10" for row in found
    )
    assert {row["rule"] for row in found} == {
        row["rule"] for row in placed.json("check", "--show", "breached,not-yet", on="2026-02-10")
    }
    assert "AP503" in {
        row["rule"] for row in placed.json("todo", "--within", "3d", on="2026-02-10")
    }
    assert "AP503" not in {
        row["rule"] for row in placed.json("todo", "--within", "2d", on="2026-02-10")
    }
    assert (
        "Friday 13 February 2026, in 3 days" in placed.ok("todo", on="2026-02-10").out
        and placed("todo", "--within", "soon").code == 2
    )
    placed.ok("record", "waiver", "PL-0001", "--rule", "AP401", "--reason", "x")
    assert "AP401" not in {row["rule"] for row in placed.json("todo")}
