"""`ap provider`: whether it is registered, and since when."""

from __future__ import annotations

from ..conftest import Program


def test_registration_may_be_a_day_or_stand_alone(ap: Program) -> None:
    ap.ok("provider", "add", "Millpond School", "--kind", "independent", "--registered")
    ap.ok(
        "provider", "add", "Larkfield Centre", "--registered", "2026-01-05", "--kind", "independent"
    )
    ap.ok("provider", "edit", "--registered", "PR-0002")
    assert [row["registered"] for row in ap.json("provider", "list")] == [
        [{"began": None, "ended": None}]
    ] * 2
