"""Reading the rules: filtered, proved on their examples, with their figures; checking by family, severity and what changed."""

from __future__ import annotations

import pytest

from ap_cli.rules import RULES
from ap_cli.rules.rule import Severity, Status
from ap_cli.store.connection import connect

from ..conftest import Program


@pytest.mark.parametrize("severity", list(Severity))
def test_rules_are_listed_by_how_much_they_may_bind(ap: Program, severity: Severity) -> None:
    shown = {row["id"] for row in ap.json("rules", "list", "--severity", severity)}
    assert shown == {rule.id for rule in RULES if severity in (rule.severity, rule.lighter)}


@pytest.mark.parametrize("status", list(Status))
def test_rules_are_listed_by_what_they_rest_on(ap: Program, status: Status) -> None:
    assert [row["id"] for row in ap.json("rules", "list", "--status", status)] == [
        rule.id for rule in RULES if rule.status is status
    ]


def test_what_no_rule_has_is_refused_with_what_there_is(ap: Program) -> None:
    for option in ("--family", "--severity", "--status"):
        refused = ap("rules", "list", option, "circus")
        assert refused.code == 2 and len(refused.err.splitlines()) == 1


def test_the_examples_of_every_rule_are_run_on_the_installed_program(ap: Program) -> None:
    found = ap.ok("rules", "test", "--json").data
    assert {row["rule"] for row in found} == {rule.id for rule in RULES} and all(
        row["answer"] == row["expected"] for row in found
    )
    assert "0 not answered as expected" in ap.ok("rules", "test", "ap204").out
    assert ap("rules", "test", "AP999").code == 2


def test_the_rules_are_read_without_a_store_that_is_up_to_date(placed: Program) -> None:
    connect(placed.store).execute("UPDATE alembic_version SET version_num = '0001'")
    for words in (["show", "AP416"], ["test", "AP416"], ["list", "--family", "AP416"]):
        found = placed.ok("rules", *words)
        assert "AP416" in found.out and len(found.err.splitlines()) == 1
        assert "the rules are as in Leicestershire" in found.err and "ap db upgrade" in found.err
    refused = placed("rules", "show", "TS101")
    assert refused.code == 2 and "no rule TS101" in refused.err and "ap db upgrade" in refused.err
    assert placed("rules", "figures").code == 5


def test_figures_are_those_of_the_day(ap: Program) -> None:
    found = {row["name"]: row for row in ap.json("rules", "figures")}
    assert found["full_time.line"]["value"] == 1080 and found["school.sen"]["value"] == 0
    assert all(row["source"] and row["unit"] for row in found.values())


def test_what_is_only_proposed_is_asked_by_its_name_or_by_an_option(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--at-provider", "mon-fri")
    asked = {
        "all": [],
        "proposed": ["--proposed"],
        "named": ["--rule", "AP510"],
        "family": ["--family", "AP5"],
    }
    shown = {
        name: {row["rule"] for row in placed.json("check", "--show", "all", *args)}
        for name, args in asked.items()
    }
    assert (
        "AP510" in shown["proposed"]
        and shown["named"] == {"AP510"}
        and "AP510" not in shown["all"] | shown["family"]
    )


def test_a_check_of_what_changed_since_a_day(placed: Program) -> None:
    placed.ok("pupil", "add", "Test Pupil Two", "--born", "2011-05-05", on="2026-03-03")
    placed.ok("provider", "add", "Thistledown Workshop", "--kind", "non-school", on="2026-03-03")
    planned = ("--route", "section-19", "--starts", "2026-03-09", "--hours", "12")
    placed.ok(
        "placement", "new", "--pupil", "P-0002", "--provider", "PR-0002", *planned, on="2026-03-04"
    )
    for day, subjects in (
        ("2026-03-02", {"PL-0001", "PL-0002"}),
        ("2026-03-03", {"PL-0002"}),
        ("2026-03-04", {"PL-0002"}),
    ):
        found = {
            row["subject"]
            for row in placed.json(
                "check", "--changed-since", day, "--show", "all", on="2026-03-04"
            )
        }
        assert {ref for ref in found if ref.startswith("PL")} == subjects
    nothing = placed("check", "--changed-since", "2026-03-05", on="2026-03-05")
    assert nothing.code == 0 and "nothing was changed since then" in nothing.out
    assert placed("check", "PL-0001", "--changed-since", "2026-03-02").code == 2
    assert placed("check", "--changed-since", "soon").code == 2


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--why", "--show", "all"],
        ["PL-0001"],
        ["--rule", "AP901"],
        ["--changed-since", "2026-03-02"],
    ],
)
def test_what_a_check_writes_is_what_its_schema_says(placed: Program, args: list[str]) -> None:
    import json

    from jsonschema import Draft202012Validator, FormatChecker

    placed.ok("record", "waiver", "PL-0001", "--rule", "AP416", "--reason", "x")
    schema = json.loads(placed.ok("check", "--schema").out)
    Draft202012Validator.check_schema(schema)
    said = json.loads(placed("check", *args, "--json").out)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(said)
    known = set(schema["$defs"]["FindingRow"]["properties"])
    assert {key for row in said["data"] for key in row} <= known
    broken = said | {"data": [{"rule": "AP1"}]}
    assert not Draft202012Validator(schema).is_valid(broken)


def test_a_result_is_a_table_in_markdown_and_text_in_it_marks_nothing_up(placed: Program) -> None:
    placed.ok("provider", "add", "A|B *C* <d> `e`\\", "--kind", "non-school")
    told = placed.ok("provider", "list", "--format", "md").out.splitlines()
    assert told[1].count("---") == told[0].count("|") - 1 and len(told) == 4
    assert "A\\|B \\*C\\* \\<d\\> \\`e\\`\\\\" in told[3]
    (placed.folder / "x.md").unlink(missing_ok=True)
    placed.ok("rules", "list", "--out", "x.md")
    assert (placed.folder / "x.md").read_text().startswith("| id | binds |")


def test_a_long_check_shows_how_far_it_is_on_a_terminal_alone(placed: Program) -> None:
    from ap_cli.render import progress

    shown = list(progress.with_progress(range(10), "checking", 10_000))
    assert shown == list(range(10)), "in a pipe nothing is shown and all is handed on"


def test_a_number_alone_is_answered_with_the_rule_that_has_it(ap: Program) -> None:
    found = ap("rules", "show", "202")
    assert found.code == 2 and "is it AP202?" in found.err
