"""`ap check` over a whole store: what it finds, how it puts it, and how it exits."""

from __future__ import annotations

import re
import shlex

import pytest

from ap_cli.render.command import spell
from ap_cli.rules import RULES
from ap_cli.rules.examples import EXAMPLES
from ap_cli.rules.rule import OPEN
from ap_cli.store.connection import connect

from ..conftest import Program

FINDING = {
    "rule",
    "answer",
    "severity",
    "subject",
    "message",
    "due",
    "cites",
    "remedy",
    "waived",
    "task",
    "key",
    "urgency",
    "who",
    "action",
}


def test_a_finding_has_its_promised_keys(placed: Program) -> None:
    found = placed.json("check", "PL-0001", "--rule", "AP202")
    assert [set(row) for row in found] == [FINDING]
    assert found[0] | {"message": "", "remedy": "", "task": "", "action": None} == {
        "rule": "AP202", "answer": "breached", "severity": "must", "subject": "PR-0001", "message": "", "due": None,
        "cites": ["EA 1996 s.463", "ESA 2008 ss.95, 96", "AP guide", "HB 1.2"], "remedy": "", "waived": None, "task": "", "key": "registration-plan", "urgency": "law", "who": "commissioner", "action": None,
    }  # fmt: skip


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_rule_is_refused(placed: Program, empty: str) -> None:
    refused = placed("check", "--rule", empty)
    assert refused.code == 2 and "name a rule: an id such as AP202" in refused.err


def test_strict_fails_where_something_cannot_be_told(placed: Program) -> None:
    placed.ok("pupil", "add", "Another Pupil", "--born", "2011-11-15")
    placed.ok("provider", "add", "Larkfield Centre", "--kind", "non-school", "--not-registered")
    placed.ok(
        "placement",
        "new",
        "--pupil",
        "P-0002",
        "--provider",
        "PR-0002",
        "--route",
        "suspension",
        "--starts",
        "2026-01-06",
        "--hours",
        "19",
    )
    assert placed("check", "PR-0002", "--rule", "AP202").code == 0
    assert placed("check", "PR-0002", "--rule", "AP202", "--strict").code == 3
    told = placed.json("check", "PR-0002", "--rule", "AP202")[0]
    assert told["answer"] == "cannot tell" and told["remedy"] == "ap pupil edit P-0002 --ehcp …"


def test_a_provider_is_judged_on_the_day_that_a_planned_child_starts(placed: Program) -> None:
    placed.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-02-27",
        "--reason",
        "x",
        "--destination",
        "none",
    )
    placed.ok(
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--route",
        "suspension",
        "--starts",
        "2026-04-13",
        "--hours",
        "19",
    )
    assert placed.json("check", "--rule", "AP202")[0]["answer"] == "breached", (
        "before the child goes"
    )


def test_hours_over_several_placements_at_a_provider_add_up(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--hours", "10")
    placed.ok(
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--route",
        "suspension",
        "--starts",
        "2026-01-06",
        "--hours",
        "8",
    )
    assert placed.json("check", "--rule", "AP202") == []
    placed.ok("placement", "edit", "PL-0002", "--hours", "8:15")
    assert [row["subject"] for row in placed.json("check", "--rule", "AP202")] == ["PR-0001"], (
        "once, for the provider"
    )


def test_a_rule_about_a_pupil_is_found_in_rows_from_elsewhere(placed: Program) -> None:
    connect(placed.store).execute("UPDATE pupil SET upn = 'A801200005001'")
    assert [(row["subject"], row["answer"]) for row in placed.json("check", "--rule", "AP901")] == [
        ("P-0001", "breached")
    ]


def test_what_entry_refuses_is_found_in_rows_from_elsewhere(placed: Program) -> None:
    store = connect(placed.store)
    store.execute("PRAGMA ignore_check_constraints = ON")
    store.execute("UPDATE placement SET route = 'home-education', ends = '2025-12-31'")
    assert {row["rule"] for row in placed.json("check", "--rule", "AP105", "--rule", "AP903")} == {
        "AP105",
        "AP903",
    }


def test_a_group_that_is_wholly_missing_is_one_line(placed: Program) -> None:
    found = placed.ok("placement", "edit", "PL-0001", "--not-known", "ends")
    assert "ends not known yet" in found.err
    told = placed("check", "--rule", "AP40").out
    assert "AP401–AP409" in told and len(told.splitlines()) == 2
    assert len(placed.json("check", "--rule", "AP40")) == 9


def test_on_a_day_before_it_ended_a_placement_is_as_it_was(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--ends", "2026-02-06")
    placed.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-02-27",
        "--reason",
        "x",
        "--destination",
        "none",
    )
    assert "20 days ago" not in placed("check", "PL-0001", "--rule", "AP502", on="2026-02-20").out
    (ended,) = placed.json("check", "PL-0001", "--rule", "AP502", "--show", "all", on="2026-04-28")
    assert ended["answer"] == "met", "it has ended"
    assert "14 days ago" in placed("check", "PL-0001", "--rule", "AP502", on="2026-02-20").out
    assert placed.json("check", "PL-0001", "--rule", "AP502", on="2026-02-06") == []
    assert "ended" not in placed("placement", "show", "PL-0001", on="2026-02-20").out


def test_a_planned_childs_checks_are_outstanding_and_not_breached(placed: Program) -> None:
    placed.ok("provider", "add", "Larkfield Centre", "--kind", "non-school", "--not-registered")
    placed.ok(
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0002",
        "--route",
        "suspension",
        "--starts",
        "2026-04-13",
        "--hours",
        "5",
    )
    found = [
        row
        for row in placed.json("check", "PR-0002", "--rule", "AP3")
        if row["subject"] == "PR-0002"
    ]
    assert {row["rule"] for row in found} == {"AP301", "AP302", "AP303", "AP304"}
    assert {(row["answer"], row["due"]) for row in found} == {("not yet", "2026-04-12")}


def test_several_references_are_counted_once(placed: Program) -> None:
    once, twice = (
        placed("check", "PL-0001", "--rule", "AP4").out,
        placed("check", "PL-0001", "P-0001", "--rule", "AP4").out,
    )
    assert once.splitlines()[-1] == twice.splitlines()[-1]


def test_no_remedy_holds_what_a_shell_takes_for_its_own() -> None:
    for rule in RULES:
        for example in EXAMPLES[rule.id]:
            case = example.make()
            if rule.answer(case)[0] in OPEN and rule.answer(case)[1] is None:
                for command in re.findall(r"ap [^;:,]*", spell(rule.remedy(case))):
                    assert not set("|&<>$`*?()!") & set(command), command
                    shlex.split(command)


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
        for line in placed("check", "PR-0002", "-v").out.splitlines()
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
    told = placed("check", "PL-0001", "-v").out
    assert re.search(
        r"should AP305–AP314 checks of the provider: \d of \d not complete", told
    ) and re.search(r"local AP313 ", told)


def test_a_comparison_of_the_cost_counts_from_the_start(placed: Program) -> None:
    for day, expected in (("2026-01-05", "breached"), ("2026-01-06", "met")):
        placed.ok("placement", "edit", "PL-0001", "--cost", "300", "--cost-compared", day)
        assert (
            placed.json("check", "PL-0001", "--rule", "AP424", "--show", "all")[0]["answer"]
            == expected
        )


def test_a_lost_entry_is_named_with_each_subject_that_is_checked_with_it(placed: Program) -> None:
    placed.ok("record", "contact", "PL-0001", "--day", "2026-02-02", "--said", "well")
    connect(placed.store).execute("UPDATE entry SET kind = 'foo'")
    for subject in ("PL-0001", "P-0001", "PR-0001"):
        assert [row["subject"] for row in placed.json("check", subject, "--rule", "AP906")] == [
            "E-0001"
        ], subject


def test_that_nothing_is_damaged_is_said_of_damage_and_of_nothing_else(ap: Program) -> None:
    ap.ok("init", "--commissioner", "Example School", "--kind", "academy")
    none = "Nothing damaged was found: all that was checked can be read."
    assert ap.ok("check", "--rule", "AP906").out == f"{none}\n"
    assert "No current placement to check" in ap.ok("check", "--rule", "AP9").out


def test_what_is_damaged_is_named_and_not_said_to_be_sound(placed: Program) -> None:
    placed.ok("record", "contact", "PL-0001", "--day", "2026-02-02", "--said", "well")
    connect(placed.store).execute("UPDATE entry SET kind = 'foo'")
    said = placed("check", "--rule", "AP906").out
    assert "E-0001" in said
    assert "Nothing damaged was found" not in said


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
    assert found["AP427"]["message"] == (
        "you have not said which sessions the pupil is at school: “none” is an answer"
    )
    assert found["AP427"]["remedy"] == "ap placement edit PL-0001 --at-school …"


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
            if line.startswith("PR-0002") and "cannot tell" in line
        ]
        assert len(told) == 6, asked


def test_a_comparison_of_the_cost_from_before_the_start_is_told_as_that(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--cost", "300", "--cost-compared", "2026-01-05")
    assert (
        "checked that against attendance only before the start"
        in placed.json("check", "PL-0001", "--rule", "AP424")[0]["message"]
    )


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


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-03-27", "not yet"), ("2026-03-30", "breached"), ("2026-06-01", "met")],
)
def test_a_place_months_later_leaves_a_gap_until_it_begins(
    placed: Program, on: str, expected: str
) -> None:
    placed.ok("placement", "end", "PL-0001", "--day", "2026-03-27", *ENDED, on="2026-03-27")
    placement(placed, "2026-06-01", "5")
    assert answers(placed, "PL-0001", "AP706", on=on) == [expected]


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


@pytest.mark.parametrize(
    ("place", "expected"), [("provider", "breached"), ("online", "not applicable")]
)
def test_a_move_to_the_providers_own_place_that_is_still_to_come_is_judged_on_its_day(
    placed: Program, place: str, expected: str
) -> None:
    placed.ok("placement", "edit", "PL-0001", "--place", "home", "--hours", "20")
    placed.ok("placement", "edit", "PL-0001", "--place", place, "--from", "2026-04-20")
    (found,) = placed.json("check", "PR-0001", "--rule", "AP202", "--show", "all")
    assert found["answer"] == expected and (
        "will teach, from 20 April 2026 on," in found["message"]
    ) is (expected == "breached")


@pytest.mark.parametrize(
    ("place", "ends", "expected", "due"),
    [
        ("provider", "2026-04-20", "not yet", "2026-04-19"),
        ("provider", "2026-04-19", "not applicable", None),
        ("school", "2026-04-20", "not applicable", None),
    ],
)
def test_a_provider_is_checked_before_a_pupil_leaves_the_school_to_go_there(
    placed: Program, place: str, ends: str, expected: str, due: str | None
) -> None:
    placed.ok("placement", "edit", "PL-0001", "--place", "school")
    placed.ok("placement", "edit", "PL-0001", "--place", place, "--from", "2026-04-20")
    placed.ok("placement", "edit", "PL-0001", "--ends", ends)
    (found,) = placed.json("check", "PR-0001", "--rule", "AP301", "--show", "all")
    assert (found["answer"], found["due"]) == (expected, due)


@pytest.mark.parametrize(
    ("confirmed", "expected"), [("2026-06-26", "breached"), ("2025-06-27", "met")]
)
def test_the_leaving_date_confirmed_decides_whose_hours_make_a_school(
    placed: Program, confirmed: str, expected: str
) -> None:
    born = ("--born", "2009-08-28", "--leaving-confirmed", confirmed)
    placed.ok("pupil", "edit", "P-0001", "--ehcp", "2020-09-01", *born)
    placed.ok("placement", "edit", "PL-0001", "--hours", "20")
    for on in ("2026-03-02", "2026-06-26"):
        assert answers(placed, "PR-0001", "AP202", on=on) == [expected]
    assert answers(placed, "PR-0001", "AP202", on="2026-06-27") == ["met"]


def test_a_move_after_the_planned_end_is_no_move(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--place", "home", "--hours", "20")
    placed.ok("placement", "edit", "PL-0001", "--place", "provider", "--from", "2026-04-20")
    placed.ok("placement", "edit", "PL-0001", "--ends", "2026-04-17")
    (found,) = placed.json("check", "PR-0001", "--rule", "AP202", "--show", "all")
    assert found["answer"] == "met"


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
        "--removal-ground",
        "none-of-these",
        "--commissioner",
        "C-0001",
    )
    assert answers(placed, "PL-0001", "AP113") == [expected]
    assert [row["answer"] for row in placed.json("check", "--rule", "AP113", "--show", "all")] == [
        expected
    ]


def test_a_plain_check_shows_what_is_met_only_just_as_a_warning(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--starts", "2026-03-02")
    contents = ["--address", "--report-to", "--days", "--reasons", "--session-times"]
    placed.ok("record", "notice", "PL-0001", "--to", "parent", "--day", "2026-02-26", *contents)
    shown = placed("check", "PL-0001", "--rule", "AP421")
    assert shown.code == 0 and "  warning  advise AP421 " in shown.out
    assert "one day short, if two clear days are meant" in shown.out
    (found,) = placed.json("check", "PL-0001", "--rule", "AP421")
    assert (found["answer"], found["urgency"], found["remedy"]) == ("met", "advice", "")
    assert placed.json("check", "PL-0001", "--rule", "AP421", "--show", "breached") == []
