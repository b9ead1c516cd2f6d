"""`ap check --as-known`: what was known on a day."""

from __future__ import annotations

from ap_cli.store.connection import connect
from ap_cli.store.queries.chain import unguard

from ..conftest import COMPLETE, Program


def test_what_was_known_is_told_as_of_its_own_day(placed: Program) -> None:
    found = placed("check", "--as-known", "2026-03-02", "--json", on=None)
    assert found.code == 1 and '"on":"2026-03-02"' in found.out
    assert placed("check", "--as-known", "2199-01-01").code == 2


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
    store = connect(placed.store)
    unguard(store)
    store.execute("UPDATE audit SET at = X'ff', asof = NULL WHERE id = (SELECT min(id) FROM audit)")
    found = placed("check", "--as-known", "2026-03-02")
    assert found.code == 5 and "the audit of change" in found.err and placed("check").code == 1


def test_a_check_answers_from_what_was_known_on_a_day(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--hours", "18", on="2026-03-04")
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--day", "2026-03-02", on="2026-03-05")
    placed.ok("pupil", "edit", "P-0001", "--ehcp", "no", on="2026-03-06")
    placed.ok("undo", on="2026-03-09")
    before = placed.store.read_bytes()

    def known(day: str, rule: str, *args: str) -> str:
        return str(
            placed.json(
                "check",
                "PL-0001",
                "--rule",
                rule,
                "--show",
                "all",
                "--as-known",
                day,
                *args,
                on="2026-03-10",
            )[0]["answer"]
        )

    assert [known(f"2026-03-0{day}", "AP202") for day in (2, 3, 4, 6, 9)] == [
        "breached",
        "breached",
        "met",
        "met",
        "met",
    ]
    assert [known(f"2026-03-0{day}", "AP503") for day in (4, 5)] == ["breached", "not yet"]
    for day, has in (("2026-03-05", True), ("2026-03-06", False), ("2026-03-09", True)):
        told = placed.json(
            "check",
            "PL-0001",
            "--rule",
            "AP410",
            "--rule",
            "AP422",
            "--show",
            "all",
            "--as-known",
            day,
            on="2026-03-10",
        )
        assert (
            next(row["answer"] for row in told if row["rule"] == "AP422") != "not applicable"
        ) is has, day
    assert placed.store.read_bytes() == before
    refused = placed("check", "--as-known", "2026-03-01")
    assert refused.code == 2 and "nothing had been recorded by 1 March 2026" in refused.err
    assert placed("check", "--as-known", "soon").code == 2


def test_marks_are_known_from_the_day_on_which_they_were_made(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--at-provider", "mon-thu", "--code", "B")
    placed.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "N", on="2026-03-03")
    placed.ok(
        "attendance", "amend", "PL-0001", "2026-02-24", "am", "I", "--reason", "x", on="2026-03-05"
    )
    for day, answer in (
        ("2026-03-02", "not applicable"),
        ("2026-03-03", "breached"),
        ("2026-03-04", "breached"),
        ("2026-03-05", "met"),
    ):
        found = placed.json(
            "check",
            "PL-0001",
            "--rule",
            "AP604",
            "--show",
            "all",
            "--as-known",
            day,
            on="2026-03-10",
        )
        assert found[0]["answer"] == answer, day
