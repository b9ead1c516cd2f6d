"""What a check decides over a whole store, as somebody runs it: what lies around a placement, and what is told of it."""

from __future__ import annotations

from ap_cli.store.connection import connect

from ..conftest import Program


def test_what_was_known_is_told_as_of_its_own_day(placed: Program) -> None:
    found = placed("check", "--as-known", "2026-03-02", "--json", on=None)
    assert found.code in (0, 1) and '"on":"2026-03-02"' in found.out
    assert placed("check", "--as-known", "2199-01-01").code == 2


def test_a_number_alone_is_answered_with_the_rule_that_has_it(ap: Program) -> None:
    found = ap("rules", "show", "202")
    assert found.code == 2 and "is it AP202?" in found.err


def test_changes_that_were_written_in_another_order_than_their_days_can_be_reversed(
    placed: Program,
) -> None:
    placed.ok("pupil", "add", "Test Pupil Two", "--born", "2011-05-05", on="2026-03-10")
    args = [
        "--pupil",
        "P-0002",
        "--provider",
        "PR-0001",
        "--route",
        "section-19",
        "--starts",
        "2026-03-05",
        "--hours",
        "12",
    ]
    placed.ok("placement", "new", *args, on="2026-03-05")
    found = placed("check", "--as-known", "2026-03-07", "--json", on="2026-03-20")
    assert found.code == 1 and [row["subject"] for row in found.data if row["rule"] == "AP906"] == [
        "PL-0002"
    ]


def test_an_audit_that_cannot_be_read_is_named(placed: Program) -> None:
    connect(placed.store).execute(
        "UPDATE audit SET at = X'ff', asof = NULL WHERE id = (SELECT min(id) FROM audit)"
    )
    found = placed("check", "--as-known", "2026-03-02")
    assert found.code == 5 and "the audit of change" in found.err and placed("check").code == 1
