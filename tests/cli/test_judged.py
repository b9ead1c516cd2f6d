"""What a check decides over a whole store, as somebody runs it: what lies around a placement, and what is told of it."""

from __future__ import annotations

import pytest

from ap_cli.store.connection import connect

from ..conftest import Program

ENDED = ["--reason", "x", "--destination", "none", "--no-input"]


def placement(ap: Program, starts: str, hours: str, *more: str, pupil: str = "P-0001") -> str:
    args = [
        "--pupil",
        pupil,
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        starts,
        "--hours",
        hours,
        *more,
    ]
    return ap.json("placement", "new", *args)[0]["ref"]


def answers(ap: Program, ref: str, rule: str, *args: str, on: str = "2026-03-02") -> list[str]:
    return [
        row["answer"]
        for row in ap.json("check", ref, "--rule", rule, "--show", "all", *args, on=on)
        if row["subject"] == ref
    ]


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2026-02-13", "breached"), ("2026-03-20", "breached"), ("2026-03-21", "met"), (None, "met")],
)
def test_only_a_placement_that_outlasts_one_is_a_next_place(
    placed: Program, until: str | None, expected: str
) -> None:
    other = placement(placed, "2026-01-19", "5")
    if until:
        placed.ok("placement", "end", other, "--day", until, *ENDED, on="2026-03-27")
    placed.ok("placement", "end", "PL-0001", "--day", "2026-03-20", *ENDED, on="2026-03-27")
    assert answers(placed, "PL-0001", "AP706", on="2026-03-27") == [expected]


@pytest.mark.parametrize(("hours", "expected"), [("18", "met"), ("18:01", "breached")])
def test_more_hours_that_are_still_to_come_are_judged_on_their_day(
    placed: Program, hours: str, expected: str
) -> None:
    placed.ok("placement", "edit", "PL-0001", "--hours", "10")
    placed.ok("placement", "edit", "PL-0001", "--hours", hours, "--from", "2026-03-23")
    (found,) = placed.json("check", "PR-0001", "--rule", "AP202", "--show", "all")
    assert found["answer"] == expected and (
        "will teach, from 23 March 2026 on," in found["message"]
    ) is (expected == "breached")


def test_a_dry_run_and_a_waiver_know_the_rules_of_the_county(placed: Program) -> None:
    own = 'id = "TS101"\ntitle = "transport is agreed"\nabout = "placement"\ncites = ["x"]\nguidance = "x"\nanswered = ["placement.transport"]\n'
    (placed.folder / "county.toml").write_text(
        f'name = "Testshire"\nlocal_rules = ["AP416"]\n[[rules]]\n{own}', "utf-8"
    )
    placed.ok("config", "overlay", "county.toml")
    args = [
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--route",
        "suspension",
        "--starts",
        "2026-01-06",
        "--hours",
        "3",
        "--dry-run",
        "--json",
    ]
    asked = {row["rule"] for row in placed("placement", "new", *args).data}
    assert "TS101" in asked and "AP802" not in asked
    placed.ok(
        "record",
        "waiver",
        "PL-0001",
        "--rule",
        "TS101",
        "--reason",
        "x",
        "--until",
        "2026-03-10",
        "--by",
        "H. Sample",
    )
    assert answers(placed, "PL-0001", "AP907", on="2026-03-10") == ["met"] and answers(
        placed, "PL-0001", "AP907", on="2026-03-11"
    ) == ["breached"]
    placed.ok(
        "record", "waiver", "PL-0001", "--rule", "TS101", "--reason", "x", "--by", "H. Sample"
    )
    assert answers(placed, "PL-0001", "AP907", on="2026-03-11") == ["met"], (
        "another waiver stands, without an end"
    )


def test_only_what_binds_so_much_is_told_and_counts(placed: Program) -> None:
    placed.ok(
        "placement", "edit", "PL-0001", "--route", "off-site-direction"
    )  # by an academy: what is law for others is guidance for it
    found = placed.json("check", "--severity", "must", "--show", "all")
    assert found and {row["severity"] for row in found} == {"must"}
    assert (
        placed("check", "PL-0001", "--rule", "AP421", "--severity", "must").code == 0
        and placed("check", "PL-0001", "--rule", "AP421").code == 1
    )


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


def test_a_check_of_what_changed_asks_no_more_than_a_check_of_all(placed: Program) -> None:
    placed.ok("placement", "end", "PL-0001", "--day", "2026-03-02", *ENDED)
    whole, changed = (
        placed.json("check", *args, on="2026-03-20")
        for args in ([], ["--changed-since", "2026-01-01"])
    )
    of_it = [
        [row["rule"] for row in found if row["subject"] == "PL-0001"] for found in (whole, changed)
    ]
    assert of_it[0] == of_it[1]


def test_a_check_makes_no_store(ap: Program) -> None:
    found = ap(
        "--db", str(ap.folder / "nowhere.db"), "check", "--format", "jsonl", "--fail-on", "must"
    )
    assert (
        found.code == 5
        and "there is no store at" in found.err
        and not (ap.folder / "nowhere.db").exists()
    )


def test_what_was_known_is_told_as_of_its_own_day(placed: Program) -> None:
    found = placed("check", "--as-known", "2026-03-02", "--json", on=None)
    assert found.code in (0, 1) and '"on":"2026-03-02"' in found.out
    assert placed("check", "--as-known", "2199-01-01").code == 2


def test_why_a_rule_is_not_asked_is_told(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--route", "school-arranged")
    (found,) = placed.json("check", "PL-0001", "--rule", "AP421", "--show", "all")
    assert (
        found["answer"] == "not applicable"
        and "as it is not so that it is an off-site direction" in found["message"]
    )


def test_a_spreadsheet_has_explanations_in_words(placed: Program) -> None:
    out = placed("check", "PR-0001", "--rule", "AP202", "--why", "--csv").out
    assert "P-0001: the time there each week: 19 hours" in out and "Note(" not in out


def test_the_facts_of_a_child_are_told_with_who_recorded_them(placed: Program) -> None:
    (found,) = placed.json("check", "PR-0001", "--rule", "AP202", "--why")
    (plan,) = [note for note in found["why"] if note["fact"] == "pupil.ehcp of P-0001"]
    assert plan["who"] == "tester" and plan["value"] == "yes"


def test_a_number_alone_is_answered_with_the_rule_that_has_it(ap: Program) -> None:
    found = ap("rules", "show", "202")
    assert found.code == 2 and "is it AP202?" in found.err


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
    assert told["“Does the commissioner know of them too?”"]["who"] == "tester"


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


@pytest.mark.parametrize(("permanent", "expected"), [(True, "not applicable"), (False, "breached")])
def test_a_permanent_exclusion_ends_the_duty_to_keep_the_pupil_on_the_register(
    placed: Program, permanent: bool, expected: str
) -> None:
    kind = ["--permanent"] if permanent else ["--suspension", "--until", "2026-02-20"]
    placed.ok("record", "exclusion", "P-0001", "--day", "2026-02-09", *kind)
    placed.ok("init", "--commissioner", "Example Academy", "--kind", "academy")
    placed.ok(
        "placement",
        "edit",
        "PL-0001",
        "--removed-from-roll",
        "2026-02-23",
        "--commissioner",
        "C-0001",
    )
    assert answers(placed, "PL-0001", "AP113") == [expected]
    assert [row["answer"] for row in placed.json("check", "--rule", "AP113", "--show", "all")] == [
        expected
    ]
