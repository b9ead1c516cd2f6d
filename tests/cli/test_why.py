"""`ap check --why`: what a rule looked at, with who recorded it."""

from __future__ import annotations

from ..conftest import Program


def test_why_tells_what_was_looked_at(placed: Program) -> None:
    told = placed("check", "PR-0001", "--rule", "AP202", "--why").out
    for words in (
        "18 hours a week  [HB 1.2, App 3]",
        "P-0001 for 19 hours a week",
        "“Is it a registered school? Since when?”: no; recorded by tester on 2 March 2026",
    ):
        assert words in told
    why = placed.json("check", "--rule", "AP202", "--why")[0]["why"]
    figure = next(
        note
        for note in why
        if note["path"] == "figure: time in a week above which provision is full time"
    )
    assert (figure["value"], figure["source"]) == ("18 hours a week", "HB 1.2, App 3")
    registered = next(note for note in why if note["fact"] == "provider.registered")
    assert (registered["value"], registered["who"], registered["when"]) == (
        "no",
        "tester",
        "2026-03-02",
    )


def test_money_is_told_in_pounds_and_a_declaration_with_who_recorded_it(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--cost", "300")
    assert (
        "“What does it cost a week, in pounds?”: £300;"
        in placed("check", "PL-0001", "--rule", "AP424", "--why").out
    )
    placed.ok("record", "declaration", "PR-0001", "--full-time", "5")
    (found,) = placed.json("check", "PR-0001", "--rule", "AP201", "--why")
    notes = {note["told"]: (note["value"], note["who"]) for note in found["why"]}
    declared = ("E-0001 of 2 March 2026 (full time 5)", "tester")
    assert notes["every declaration recorded"] == declared


def test_why_a_rule_is_not_asked_is_told(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--route", "school-arranged")
    (found,) = placed.json("check", "PL-0001", "--rule", "AP421", "--show", "all")
    assert (
        found["answer"] == "not applicable"
        and "this is not an off-site direction" in found["message"]
    )


def test_a_spreadsheet_has_explanations_in_words(placed: Program) -> None:
    out = placed("check", "PR-0001", "--rule", "AP202", "--why", "--csv").out
    assert "P-0001: the time there each week: 19 hours" in out and "Note(" not in out


def test_the_facts_of_a_child_are_told_with_who_recorded_them(placed: Program) -> None:
    (found,) = placed.json("check", "PR-0001", "--rule", "AP202", "--why")
    (plan,) = [note for note in found["why"] if note["fact"] == "pupil.ehcp of P-0001"]
    assert plan["who"] == "tester" and plan["value"] == "yes"


def test_an_answer_that_was_recorded_is_told_with_who_did(placed: Program) -> None:
    placed.ok(
        "record",
        "risk",
        "PL-0001",
        "--checked",
        "fire",
        "--parents-told",
        "--commissioner-told",
        "--by",
        "A. Tester",
    )
    (found,) = placed.json("check", "PL-0001", "--rule", "AP306", "--why", "--show", "all")
    told = {note["told"]: note for note in found["why"]}
    assert told["“Does whoever arranges the placement know them too?”"]["who"] == "tester"
