"""`ap check --as-known`: what was known on a day."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.services.supposing import as_known
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


HOURS = ("placement", "edit", "PL-0001", "--hours")


def hours_known(placed: Program, day: int) -> int:
    """The hours a week of PL-0001 as they were known on a day of March."""
    with placed.opened() as store, as_known(store, date(2026, 3, day)) as known:
        return int(known.row("SELECT weekly_minutes FROM week ORDER BY since DESC")[0]) // 60


def pupils_known(placed: Program, day: int) -> list[str]:
    with placed.opened() as store, as_known(store, date(2026, 3, day)) as known:
        return [name for (name,) in known.rows("SELECT name FROM pupil ORDER BY id")]


@pytest.mark.parametrize(
    ("days", "known"),
    [
        # done, undone, done again, undone again: each on its day
        ((4, 6, 8, 10), {3: 19, 4: 18, 5: 18, 6: 19, 7: 19, 8: 17, 9: 17, 10: 19}),
        # all on one day
        ((5, 5, 5, 5), {4: 19, 5: 19, 6: 19}),
        # an undoing that has an earlier day than what it undoes
        ((8, 4, 8, 4), {3: 19, 4: 19, 6: 19, 8: 19}),
        ((8, 4, 6, 7), {3: 19, 5: 19, 6: 17, 7: 19, 8: 19}),
    ],
)
def test_a_change_and_its_undoing_are_nothing_together(
    placed: Program, days: tuple[int, ...], known: dict[int, int]
) -> None:
    commands = ((*HOURS, "18"), ("undo",), (*HOURS, "17"), ("undo",))
    for day, command in zip(days, commands, strict=True):
        placed.ok(*command, on=f"2026-03-{day:02d}")
    assert {day: hours_known(placed, day) for day in known} == known


@pytest.mark.parametrize("undone", [4, 8, 12])
def test_a_record_that_was_added_and_taken_back_was_known_in_between(
    placed: Program, undone: int
) -> None:
    """Where its undoing is dated earlier, it was never known; a store that is sound stays so."""
    placed.ok("pupil", "add", "Added Pupil", "--born", "2011-05-05", on="2026-03-08")
    placed.ok("pupil", "edit", "P-0002", "--ehcp", "no", on="2026-03-08")
    placed.ok("undo", on=f"2026-03-{undone:02d}")
    placed.ok("undo", on=f"2026-03-{undone:02d}")
    placed.ok("pupil", "add", "Next Pupil", "--born", "2011-05-05", on="2026-03-14")
    for day in (3, 4, 7, 8, 9, 11, 12, 13):
        was_known = 8 <= day < undone
        expected = ["Test Pupil", *(["Added Pupil"] if was_known else [])]
        assert pupils_known(placed, day) == expected, day
    assert pupils_known(placed, 14) == ["Test Pupil", "Next Pupil"]
    assert placed("check", "--as-known", "2026-03-07", on="2026-03-20").code == 1


def test_changes_dated_out_of_order_keep_what_was_known(placed: Program) -> None:
    placed.ok(*HOURS, "18", on="2026-03-10")
    placed.ok(*HOURS, "17", on="2026-03-05")
    placed.ok(*HOURS, "16", on="2026-03-12")
    assert {day: hours_known(placed, day) for day in (4, 5, 9, 10, 12)} == {
        4: 19,
        5: 17,
        9: 17,
        10: 17,
        12: 16,
    }


def test_a_record_that_was_joined_with_another_at_an_earlier_day_is_not_damage(
    placed: Program,
) -> None:
    placed.ok("pupil", "add", "Added Pupil", "--born", "2011-05-05", on="2026-03-10")
    placed.ok("pupil", "edit", "P-0002", "--name", "Same Pupil", on="2026-03-12")
    placed.ok("pupil", "merge", "P-0002", "--into", "P-0001", "--yes", on="2026-03-05")
    for day in (4, 6, 11, 13):
        assert pupils_known(placed, day)[0] == "Test Pupil"
    assert placed("check", "--as-known", "2026-03-06", on="2026-03-20").code == 1


def test_imported_marks_are_known_until_their_import_was_undone(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--at-provider", "mon-thu", "--code", "B")
    marks = placed.folder / "marks.csv"
    marks.write_text("placement,day,am,pm\nPL-0001,2026-02-24,B,B\nPL-0001,2026-02-25,B,B\n")
    placed.ok("attendance", "import", str(marks), on="2026-03-05")
    placed.ok("undo", on="2026-03-08")

    def current(day: int) -> int:
        with placed.opened() as store, as_known(store, date(2026, 3, day)) as known:
            return int(known.row("SELECT count(*) FROM mark WHERE current")[0])

    assert {day: current(day) for day in (4, 5, 7, 8, 9)} == {4: 0, 5: 4, 7: 4, 8: 0, 9: 0}
