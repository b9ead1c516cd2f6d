"""What a check tells: remedies that can be typed, a gap once, no names, and whatever cannot be read once."""

from __future__ import annotations

import re
import shlex

import pytest

from ap_cli.rules import RULES
from ap_cli.rules.engine import OPEN
from ap_cli.rules.examples import EXAMPLES
from ap_cli.store.connection import connect

from ..conftest import Program


def test_no_remedy_holds_what_a_shell_takes_for_its_own() -> None:
    for rule in RULES:
        for example in EXAMPLES[rule.id]:
            case = example.make()
            if rule.answer(case)[0] in OPEN and rule.answer(case)[1] is None:
                for command in re.findall(r"ap [^;:,]*", rule.remedy(case)):
                    assert not set("|&<>$`*?()!") & set(command), command
                    shlex.split(command)


def test_money_is_told_in_pounds_and_a_declaration_with_who_recorded_it(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--cost", "300")
    assert (
        "“What does it cost a week, in pounds?”: £300;"
        in placed("check", "PL-0001", "--rule", "AP424", "--why").out
    )
    placed.ok("record", "declaration", "PR-0001", "--full-time", "5")
    (found,) = placed.json("check", "PR-0001", "--rule", "AP201", "--why")
    assert [
        note["who"]
        for note in found["why"]
        if note["told"].startswith(("the day of E-", "“How many children"))
    ] == ["tester"] * 2


def test_one_gap_of_several_rules_is_one_line(placed: Program) -> None:
    placed.ok("provider", "add", "Test Barn", "--kind", "non-school", "--address", "2 Example Lane")
    args = [
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0002",
        "--route",
        "school-arranged",
        "--starts",
        "2026-02-02",
        "--hours",
        "5",
    ]
    placed.ok("placement", "new", *args)
    told = [
        line
        for line in placed("check", "PR-0002").out.splitlines()
        if "Is it a registered school" in line
    ]
    assert len(told) == 1 and "must AP201, AP202, AP203, AP204, AP205, AP206 " in told[0]
    assert (
        len(
            [
                row
                for row in placed.json("check", "PR-0002")
                if "Is it a registered school" in row["message"]
            ]
        )
        == 6
    )


def test_a_group_is_one_line_for_what_binds_as_much(placed: Program) -> None:
    told = placed("check", "PL-0001").out
    assert re.search(
        r"should AP305–AP314 checks of the provider: \d of \d not complete", told
    ) and re.search(r"local AP313 ", told)


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


def test_a_comparison_of_the_cost_counts_from_the_start(placed: Program) -> None:
    for day, expected in (("2026-01-05", "breached"), ("2026-01-06", "met")):
        placed.ok("placement", "edit", "PL-0001", "--cost", "300", "--cost-compared", day)
        assert (
            placed.json("check", "PL-0001", "--rule", "AP424", "--show", "all")[0]["answer"]
            == expected
        )


def test_a_lost_entry_is_named_with_each_subject_that_is_checked_with_it(placed: Program) -> None:
    placed.ok("record", "contact", "PL-0001", "--day", "2026-02-02")
    connect(placed.store).execute("UPDATE entry SET kind = 'foo'")
    for subject in ("PL-0001", "P-0001", "PR-0001"):
        assert [row["subject"] for row in placed.json("check", subject, "--rule", "AP906")] == [
            "E-0001"
        ], subject


def test_a_placement_that_cannot_be_read_is_told_once(placed: Program) -> None:
    args = [
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        "2026-02-02",
        "--hours",
        "5",
    ]
    for sessions in ("mon-tue", "wed-thu"):
        placed.ok("placement", "new", *args, "--at-provider", sessions)
    connect(placed.store).execute("UPDATE week SET at_provider = 'nonsense!' WHERE placement = 1")
    for subject in ("P-0001", "PL-0002", "PR-0001"):
        assert [row["subject"] for row in placed.json("check", subject, "--rule", "AP906")].count(
            "PL-0001"
        ) == 1, subject


def test_a_week_with_time_at_home_is_part_time_whatever_the_school_has(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--at-provider", "mon-thu", "--at-home", "fri")
    placed.ok("pupil", "edit", "P-0001", "--medical", "no")
    found = {row["rule"]: row for row in placed.json("check", "PL-0001", "--rule", "AP4")}
    assert found["AP419"]["answer"] == "breached" and found["AP418"]["answer"] == "breached"
    assert found["AP427"]["message"] == "which sessions are at school is not recorded"
    assert (
        found["AP427"]["remedy"]
        == "ap placement edit PL-0001 --at-school …, and “none” where there are none"
    )


def test_each_finding_has_a_line_and_its_reasons_where_they_are_asked_for(placed: Program) -> None:
    placed.ok("provider", "add", "Test Barn", "--kind", "non-school", "--address", "2 Example Lane")
    args = [
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0002",
        "--route",
        "school-arranged",
        "--starts",
        "2026-02-02",
        "--hours",
        "5",
    ]
    placed.ok("placement", "new", *args)
    for asked in (["--why"], ["--show", "cannot-tell"]):
        told = [
            line
            for line in placed("check", "PR-0002", *asked).out.splitlines()
            if line.startswith("PR-0002") and "registered school, and" in line
        ]
        assert len(told) == 6, asked


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


def test_a_comparison_of_the_cost_from_before_the_start_is_told_as_that(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--cost", "300", "--cost-compared", "2026-01-05")
    assert (
        "that was compared only before it started"
        in placed.json("check", "PL-0001", "--rule", "AP424")[0]["message"]
    )
