"""A UPN is one child's: refused a second time, also as a former one, and named in old stores."""

from __future__ import annotations

import re

import pytest

from ap_cli.store.connection import connect

from ..conftest import Program

FIRST, SECOND, TEMPORARY = "B801200005001", "V855123424000", "M80120000500A"
BORN = ("--born", "2010-06-27")
CHILD = "a UPN is one child's"


@pytest.fixture
def two(placed: Program) -> Program:
    """Two pupils, P-0001 with a placement and the first UPN, and P-0002 without a UPN."""
    placed.ok("pupil", "edit", "P-0001", "--upn", FIRST)
    placed.ok("pupil", "add", "L. Sample", *BORN)
    return placed


def share(program: Program, upn: str = FIRST) -> None:
    """Lets every pupil have one UPN, as a store from before may."""
    connect(program.store).execute("UPDATE pupil SET upn = ?", (upn,))


def place_second(program: Program) -> None:
    program.ok("placement", "new", "--pupil", "P-0002", "--provider", "PR-0001", "--route",
               "school-arranged", "--starts", "2026-01-06", "--hours", "4")  # fmt: skip


def kept(program: Program, ref: str) -> tuple[str | None, list[str] | None]:
    row = program.json("pupil", "show", ref)[0]
    return row["upn"], row["former_upns"]


def test_a_second_pupil_with_a_upn_is_refused_when_added(two: Program) -> None:
    refused = two("pupil", "add", "S. Sample", *BORN, "--upn", "b80 1200005001")
    assert refused.code == 2 and f"--upn: P-0001 has that UPN, and {CHILD}" in refused.err
    assert FIRST not in refused.err and len(two.json("pupil", "list")) == 2


def test_a_second_pupil_with_a_upn_is_refused_when_edited(two: Program) -> None:
    refused = two("pupil", "edit", "P-0002", "--upn", FIRST)
    assert refused.code == 2 and f"P-0001 has that UPN, and {CHILD}" in refused.err
    two.ok("pupil", "edit", "P-0002", "--upn", SECOND)
    two.ok("pupil", "edit", "P-0001", "--upn", FIRST)


def test_a_upn_before_another_is_kept_and_is_nobody_elses(two: Program) -> None:
    two.ok("pupil", "edit", "P-0001", "--upn", TEMPORARY, "--not-known", "former-upn")
    told = two.ok("pupil", "edit", "P-0001", "--upn", SECOND).err
    assert "kept as a former one" in told and TEMPORARY not in told
    assert kept(two, "P-0001") == (SECOND, [TEMPORARY])
    for flag in ("--upn", "--former-upn"):
        refused = two("pupil", "edit", "P-0002", flag, TEMPORARY)
        assert refused.code == 2 and f"{flag}: P-0001 has that UPN" in refused.err
    two.ok("pupil", "edit", "P-0001", "--not-known", "former-upn")
    two.ok("pupil", "edit", "P-0002", "--upn", TEMPORARY)


def test_going_back_to_a_former_upn_swaps_the_two(two: Program) -> None:
    two.ok("pupil", "edit", "P-0001", "--upn", SECOND)
    two.ok("pupil", "edit", "P-0001", "--upn", FIRST)
    assert kept(two, "P-0001") == (FIRST, [SECOND])


@pytest.mark.parametrize("upn", ["A801200005001", SECOND])
def test_a_upn_that_was_not_valid_or_another_pupils_is_not_kept(two: Program, upn: str) -> None:
    two.ok("pupil", "edit", "P-0002", "--upn", SECOND)
    connect(two.store).execute("UPDATE pupil SET upn = ? WHERE id = 1", (upn,))
    two.ok("pupil", "edit", "P-0001", "--upn", FIRST)
    assert kept(two, "P-0001") == (FIRST, None)


@pytest.mark.parametrize("typed", [FIRST, SECOND, "v855 123424000", "P-0001"])
def test_a_pupil_is_shown_and_listed_by_each_upn(two: Program, typed: str) -> None:
    two.ok("pupil", "edit", "P-0001", "--upn", SECOND)
    for command in (("pupil", "show"), ("timeline",), ("log",), ("check", "--show", "all")):
        assert re.search("PL?-0001", two(*command, typed).out), command
    if typed != "P-0001":
        assert [row["ref"] for row in two.json("pupil", "list", typed)] == ["P-0001"]
    two.ok("record", "exclusion", typed, "--permanent")


def test_a_upn_that_nobody_has_finds_nobody_and_is_not_repeated(two: Program) -> None:
    for command in (("pupil", "show"), ("check",), ("log",)):
        refused = two(*command, SECOND)
        assert refused.code == 2 and "no pupil has that UPN" in refused.err
        assert SECOND not in refused.err
    assert two.json("pupil", "list", SECOND) == []


def test_attendance_under_a_former_upn_reaches_the_child(two: Program) -> None:
    two.ok("pupil", "edit", "P-0001", "--upn", SECOND)
    (two.folder / "marks.csv").write_text(f"upn,date,am,pm\n{FIRST},2026-02-24,B,N\n")
    two.ok("attendance", "import", "marks.csv")
    assert two.json("attendance", "show", "PL-0001")[0]["present"] == 1


def test_a_merge_keeps_the_other_upn_as_a_former_one(two: Program) -> None:
    two.ok("pupil", "edit", "P-0002", "--upn", SECOND)
    two.ok("pupil", "merge", "P-0002", "--into", "P-0001", "--yes")
    assert kept(two, "P-0001") == (FIRST, [SECOND])
    two.ok("undo")
    assert kept(two, "P-0001") == (FIRST, None) and kept(two, "P-0002") == (SECOND, None)


def test_a_merge_that_brings_the_upn_of_a_third_pupil_is_refused(two: Program) -> None:
    two.ok("pupil", "add", "S. Sample", *BORN)
    connect(two.store).execute("UPDATE pupil SET upn = ? WHERE id <> 2", (FIRST,))
    refused = two("pupil", "merge", "P-0003", "--into", "P-0002", "--yes")
    assert refused.code == 2 and f"P-0001 has that UPN, and {CHILD}" in refused.err
    assert len(two.json("pupil", "list")) == 3


def test_an_old_store_names_both_and_the_remedy_corrects_the_upn(two: Program) -> None:
    place_second(two)
    share(two)
    found = two.json("check", "--rule", "AP901")
    assert [row["subject"] for row in found] == ["P-0001", "P-0002"]
    assert all(row["answer"] == "breached" for row in found)
    assert "P-0001 and P-0002 have the same UPN" in found[0]["message"]
    assert [row["action"] for row in found] == [
        {"do": "edit", "about": ref, "form": "pupil", "ask": ["upn"]}
        for ref in ("P-0001", "P-0002")
    ]
    double = two.json("check", "--rule", "AP902", "--show", "all")
    assert {row["answer"] for row in double} == {"met"}, "nothing says to join them"
    two.ok("pupil", "edit", "P-0002", "--sen-support", "2026-01-05")
    two.ok("pupil", "edit", "P-0002", "--upn", SECOND)
    assert kept(two, "P-0002") == (SECOND, None), "it never was the UPN of P-0002"
    assert two.json("check", "--rule", "AP901") == []


def test_nothing_is_undone_that_lets_two_pupils_have_one_upn_again(two: Program) -> None:
    share(two)
    two.ok("pupil", "edit", "P-0002", "--upn", SECOND)
    refused = two("undo")
    assert refused.code == 2 and "P-0001 and P-0002 would have the same UPN again" in refused.err
    assert kept(two, "P-0002") == (SECOND, None)


@pytest.mark.parametrize("extra", [[], ["--placement", "PL-0001"], ["--dry-run"]])
def test_attendance_for_a_upn_of_two_pupils_is_refused_and_nothing_kept(
    two: Program, extra: list[str]
) -> None:
    place_second(two)
    share(two, SECOND)
    (two.folder / "upn-shared.csv").write_text(f"upn,date,am,pm\n{SECOND},2026-02-24,B,N\n")
    refused = two("attendance", "import", "upn-shared.csv", *extra)
    assert refused.code == 2 and f"P-0001 and P-0002 have this UPN, and {CHILD}" in refused.err
    for placement in ("PL-0001", "PL-0002"):
        assert two.json("attendance", "show", placement) == []
