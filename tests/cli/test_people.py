"""Pupils and providers on one screen, joined where they were recorded twice; where a child is; the placement sheet and the path."""

from __future__ import annotations

import json

import pytest

from ..conftest import Program


@pytest.fixture
def there(placed: Program) -> Program:
    """The placement from Monday to Wednesday at the provider, on Thursday at school; Friday is not planned."""
    placed.ok("pupil", "edit", "P-0001", "--home-school", "Example Academy")
    placed.ok(
        "provider", "edit", "PR-0001", "--contact", "C. Sample", "--contact-phone", "01632 960000"
    )
    placed.ok(
        "placement",
        "edit",
        "PL-0001",
        "--at-provider",
        "mon-wed",
        "--at-school",
        "thu",
        "--hours",
        "16",
    )
    return placed


def place(ap: Program, at: str) -> str:
    return str(ap.json("where", "P-0001", "--at", at)[0]["place"])


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-04 11:00", "provider"), ("2026-03-04 11:59", "provider"), ("2026-03-05 12:00", "base-school"), ("2026-03-06", "nothing-planned"),
        ("2026-03-07 09:00", "no-school"), ("2026-02-16 09:00", "no-school"), ("2026-01-05 09:00", "no-school"),
    ],
)  # fmt: skip
def test_where_a_child_is(there: Program, at: str, expected: str) -> None:
    assert place(there, at) == expected


def test_where_names_the_address_and_whom_to_reach(there: Program) -> None:
    told = there.ok("where", "P-0001", "--at", "2026-03-04 11:00").out
    assert (
        "at Hollow Oak Farm; 1 Example Lane, Testford; reach C. Sample, 01632 960000; PL-0001"
        in told
        and "Test Pupil" not in told
    )
    assert "Test Pupil" in there.ok("where", "P-0001", "--at", "2026-03-04 11:00", "--names").out
    assert [
        row["pupil"] for row in there.json("where", "--provider", "PR-0001", "--at", "2026-03-04")
    ] == ["P-0001"]
    assert there.json("where", "--provider", "PR-0001", "--at", "2026-03-05") == []


@pytest.mark.parametrize(
    ("where", "place", "words"),
    [
        ("provider", "provider", "at Hollow Oak Farm; 1 Example Lane, Testford; reach C. Sample"),
        ("home", "home", "at home, taught by Hollow Oak Farm; reach C. Sample"),
        ("online", "online", "online with Hollow Oak Farm, so at home or anywhere else; reach"),
        ("school", "base-school", "in the school, taught by Hollow Oak Farm; reach"),
        ("own-site", "base-school", "on the school's own site, taught by Hollow Oak Farm; reach"),
    ],
)
def test_where_names_the_providers_address_only_if_the_child_is_taught_there(
    there: Program, where: str, place: str, words: str
) -> None:
    there.ok("placement", "edit", "PL-0001", "--place", where)
    (found,) = there.json("where", "P-0001", "--at", "2026-03-04 11:00")
    assert found["place"] == place and found["provider"] == "PR-0001" and not found["finding"]
    assert (found["address"] is None) is (where != "provider")
    assert words in there.ok("where", "P-0001", "--at", "2026-03-04 11:00").out


def test_where_names_the_address_of_another_place_or_asks_for_it(there: Program) -> None:
    there.ok("placement", "edit", "PL-0001", "--place", "elsewhere")
    (unknown,) = there.json("where", "P-0001", "--at", "2026-03-04 11:00")
    assert unknown["place"] == "elsewhere" and unknown["address"] is None and unknown["finding"]
    assert unknown["command"] == "ap placement edit PL-0001 --place-address …"
    there.ok("placement", "edit", "PL-0001", "--place-address", "Library, Testford")
    (known,) = there.json("where", "P-0001", "--at", "2026-03-04 11:00")
    assert known["address"] == "Library, Testford" and not known["finding"]


def test_where_says_of_a_pupil_taught_at_home_that_the_pupil_was_ill(there: Program) -> None:
    there.ok("placement", "edit", "PL-0001", "--place", "home")
    there.ok("attendance", "record", "PL-0001", "2026-03-02", "am", "I")
    (absent,) = there.json("where", "P-0001", "--at", "2026-03-02 09:00")
    assert absent["place"] == "absent" and absent["address"] is None
    assert absent["told"].startswith("not with Hollow Oak Farm: ")


def test_where_takes_the_place_that_holds_on_the_day(there: Program) -> None:
    there.ok("placement", "edit", "PL-0001", "--place", "home", "--from", "2026-03-09")
    assert place(there, "2026-03-04") == "provider" and place(there, "2026-03-11") == "home"


def test_where_lists_who_is_with_a_provider_at_home_too(there: Program) -> None:
    there.ok("placement", "edit", "PL-0001", "--place", "home")
    (found,) = there.json("where", "--provider", "PR-0001", "--at", "2026-03-04")
    assert (found["pupil"], found["place"]) == ("P-0001", "home")


def test_where_names_the_address_of_an_own_site_recorded_as_a_provider(there: Program) -> None:
    there.ok("provider", "edit", "PR-0001", "--kind", "own-site")
    (found,) = there.json("where", "P-0001", "--at", "2026-03-04 11:00")
    assert found["place"] == "provider" and found["address"] == "1 Example Lane, Testford"


def test_where_follows_the_week_of_the_day_the_marks_and_the_end(there: Program) -> None:
    there.ok("attendance", "record", "PL-0001", "2026-03-02", "am", "I")
    assert (
        place(there, "2026-03-02 09:00") == "absent"
        and place(there, "2026-03-02 13:00") == "provider"
    )
    there.ok(
        "placement",
        "edit",
        "PL-0001",
        "--at-provider",
        "mon-tue",
        "--at-home",
        "wed",
        "--from",
        "2026-03-09",
        "--hours",
        "12",
    )
    assert place(there, "2026-03-04") == "provider" and place(there, "2026-03-11") == "home"
    there.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-03-02",
        "--reason",
        "x",
        "--destination",
        "home-school",
    )
    assert place(there, "2026-03-03") == "base-school"


def test_where_says_what_nobody_recorded_and_two_places_at_once(
    there: Program, placed: Program
) -> None:
    there.ok("placement", "new", "--pupil", "P-0001", "--provider", "PR-0001", "--route", "school-arranged", "--starts", "2026-01-06", "--hours", "4",
             "--at-provider", "mon")  # fmt: skip
    found = there.json("where", "P-0001", "--at", "2026-03-02 09:00")
    assert [row["placement"] for row in found] == ["PL-0001", "PL-0002"] and all(
        row["finding"] for row in found
    )
    there.ok("pupil", "add", "Second Pupil", "--born", "2011-01-01")
    there.ok(
        "placement",
        "new",
        "--pupil",
        "P-0002",
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        "2026-01-06",
        "--hours",
        "4",
    )
    unknown = there.json("where", "P-0002", "--at", "2026-03-02 09:00")[0]
    assert unknown["place"] == "not-recorded" and "--at-provider" in unknown["command"]
    assert "P-0002" in {
        row["pupil"]
        for row in there.json("where", "--provider", "PR-0001", "--at", "2026-03-02 09:00")
    }, "it may be there"
    assert {row["pupil"] for row in there.json("where", "--all", "--at", "2026-03-02 09:00")} == {
        "P-0001",
        "P-0002",
    }


@pytest.mark.parametrize(
    "at",
    ["2026-03-04 25:00", "2026-03-04 20:00", "2026-03-04 07:59", "soon", "", "2026-03-04 17:00"],
)
def test_a_time_that_is_none_or_outside_school_is_refused(there: Program, at: str) -> None:
    found = there("where", "P-0001", "--at", at)
    assert found.code == 2 and len(found.err.splitlines()) == 1


def test_a_pupil_and_a_provider_on_one_screen(there: Program) -> None:
    there.ok("provider", "suspend", "PR-0001", "--reason", "x")
    pupil = there.ok("pupil", "show", "P-0001").out
    for words in (
        "PL-0001  at Hollow Oak Farm (PR-0001), 16 hours a week",
        "open: ",
        "the last day of compulsory school age",
        "review of PL-0001",
    ):
        assert words in pupil
    assert len(pupil.splitlines()) < 40
    provider = there.ok("provider", "show", "PR-0001").out
    assert (
        "you place 0 children there full time" in provider
        and "PL-0001  P-0001" in provider
        and "Test Pupil" not in provider
    )
    there.ok(
        "placement",
        "edit",
        "PL-0001",
        "--hours",
        "19",
        "--at-provider",
        "mon-fri",
        "--at-school",
        "none",
    )
    there.ok("record", "declaration", "PR-0001", "--full-time", "4")
    provider = there.ok("provider", "show", "PR-0001").out
    assert (
        "you place 1 child there full time" in provider
        and "the next child full time makes it a school (AP201)" in provider
    )
    assert there.json("provider", "show", "PR-0001")[0]["headroom"]


def test_the_sheet_marks_what_is_missing_with_its_command(there: Program) -> None:
    there.ok("placement", "edit", "PL-0001", "--success", "a full week at school")
    there.ok("init", "--commissioner", "Example Academy", "--kind", "academy")
    there.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    rows = {row["field"]: row for row in there.json("placement", "sheet", "PL-0001")}
    assert (
        rows["Learning outcomes, success"]["value"] == "a full week at school"
        and rows["Pupil name"]["value"] == "P-0001"
    )
    assert (
        rows["Exit strategy"]["value"] is None
        and "--exit-strategy" in rows["Exit strategy"]["command"]
    )
    assert there.ok("placement", "sheet", "PL-0001").out.count("MISSING") == sum(
        row["value"] is None for row in rows.values()
    )
    there.ok("record", "visit", "PL-0001", "--by", "A. Tester", "--day", "2026-01-05")
    assert (
        next(
            row["value"]
            for row in there.json("placement", "sheet", "PL-0001")
            if row["field"] == "Visited before by"
        )
        == "A. Tester"
    )
    assert "AP802" in there.ok("todo").out


def test_those_not_yet_told_are_to_be_done_until_they_are(there: Program) -> None:
    there.ok("init", "--commissioner", "Example Academy", "--kind", "academy")
    there.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    assert "AP801" in {row["rule"] for row in there.json("todo")}
    there.ok(
        "record",
        "notified",
        "PL-0001",
        "--day",
        "2026-03-02",
        "--by",
        "A. Tester",
        "--number",
        "AP-0001",
    )
    assert "AP801" not in {row["rule"] for row in there.json("todo")}


def test_what_is_to_be_done_by_one_person(there: Program) -> None:
    assert "no placement has the owner “…”" in there("todo", "--owner", "sample").err
    there.ok("placement", "edit", "PL-0001", "--owner", "T. Sample")
    assert {row["subject"] for row in there.json("todo", "--owner", "SAMPLE")} <= {
        "PL-0001",
        "P-0001",
        "PR-0001",
    }
    assert there.json("todo", "--owner", "sample")


def test_the_path_counts_what_is_done_late_and_to_come(there: Program) -> None:
    shown = there.json("placement", "show", "PL-0001")[0]
    assert set(shown["path"]) == {"before", "during", "after"} and len(shown["next"]) == 3
    assert all("ap " in step["command"] for step in shown["next"])
    before = shown["path"]["before"]
    there.ok("placement", "edit", "PL-0001", "--exit-strategy", "a phased return")
    after = there.json("placement", "show", "PL-0001")[0]["path"]["before"]
    assert (after["done"], after["late"]) == (before["done"] + 1, before["late"] - 1)
    there.ok("record", "waiver", "PL-0001", "--rule", "AP413", "--reason", "next door")
    assert (
        there.json("placement", "show", "PL-0001")[0]["path"]["before"]["late"]
        == before["late"] - 2
    ), "what is waived is done"


def test_a_child_with_no_next_place_stays_at_the_top_until_it_has_one(there: Program) -> None:
    there.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-02-27",
        "--reason",
        "the place closed",
        "--destination",
        "none",
    )
    for day in ("2026-03-02", "2026-06-25"):
        first = there.ok("status", on=day).out.splitlines()[1]
        assert "P-0001 has no next place" in first, "first of all"
    there.ok("placement", "end", "PL-0001", "--correct", "--destination", "home-school")
    assert "no next place" not in there.ok("status").out
    assert (
        there(
            "placement",
            "end",
            "PL-0001",
            "--destination",
            "none",
            "--reason",
            "x",
            "--day",
            "2026-02-27",
        ).code
        == 2
    ), "it has ended"


def test_a_placement_that_never_started_is_asked_nothing(there: Program) -> None:
    there.ok(
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        "2026-03-09",
        "--hours",
        "4",
    )
    ended = [
        "placement",
        "end",
        "PL-0002",
        "--never-started",
        "--reason",
        "moved away",
        "--destination",
        "other-school",
    ]
    assert there(*ended, "--day", "2026-03-10").code == 2
    there.ok(*ended)
    assert there.json("placement", "show", "PL-0002")[0]["state"] == "never started"
    assert "PL-0002" not in {
        row["subject"] for row in there.json("check", "--all", "--show", "all")
    }
    assert "PL-0002" not in {row["placement"] for row in there.json("reviews", "due")}
    assert "never started" in there("record", "review", "PL-0002", on="2026-03-10").err
    assert "never started: moved away" in there.ok("timeline", "PL-0002").out


def test_two_records_of_a_pupil_are_joined_after_it_was_said_what_that_does(there: Program) -> None:
    there.ok("pupil", "add", "Test Pupil", "--born", "2010-06-28", "--upn", "B801200005001")
    there.ok(
        "placement",
        "new",
        "--pupil",
        "P-0002",
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        "2026-01-06",
        "--hours",
        "4",
    )
    there.ok("record", "exclusion", "P-0002", "--permanent")
    there.ok("attendance", "record", "PL-0002", "2026-02-24", "am", "B")
    dry = there.ok("pupil", "merge", "P-0002", "--into", "P-0001", "--json")
    plan = json.loads(dry.out)["data"][0]
    assert (plan["placements"], plan["entries"], plan["marks"], plan["done"]) == (1, 1, 1, False)
    assert (
        plan["taken"] == ["upn"]
        and plan["differing"] == ["born"]
        and len(there.json("pupil", "list")) == 2
    )
    there.ok("pupil", "merge", "P-0002", "--into", "P-0001", "--yes")
    assert (
        there.json("placement", "show", "PL-0002")[0]["pupil"] == "P-0001"
        and len(there.json("pupil", "list")) == 1
    )
    assert "joined into another; did you mean P-0001" in there("pupil", "show", "P-0002").err
    there.ok("undo")
    assert (
        there.json("placement", "show", "PL-0002")[0]["pupil"] == "P-0002"
        and len(there.json("pupil", "list")) == 2
    )
    assert there.json("attendance", "show", "PL-0002")[0]["present"] == 1


def test_pupils_who_attended_at_once_or_one_alone_are_not_joined(there: Program) -> None:
    there.ok("pupil", "add", "Test Pupil", "--born", "2010-06-28")
    there.ok(
        "placement",
        "new",
        "--pupil",
        "P-0002",
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        "2026-01-06",
        "--hours",
        "4",
    )
    for placement in ("PL-0001", "PL-0002"):
        there.ok("attendance", "record", placement, "2026-02-24", "am", "B")
    assert "two pupils" in there("pupil", "merge", "P-0002", "--into", "P-0001", "--yes").err
    assert there("pupil", "merge", "P-0001", "--into", "P-0001", "--yes").code == 2
    assert there("pupil", "merge", "P-0001", "--into", "PR-0001", "--yes").code == 2


def test_two_records_of_a_provider_are_joined_with_their_sites(there: Program) -> None:
    there.ok(
        "provider",
        "add",
        "Hollow oak farm",
        "--another",
        "--kind",
        "non-school",
        "--address",
        "1 example lane, testford",
        "--address",
        "9 Far Field",
        "--risk",
        "lower",
    )
    there.ok("placement", "new", "--pupil", "P-0001", "--provider", "PR-0002", "--site", "2", "--route", "school-arranged", "--starts", "2026-01-06",
             "--hours", "4")  # fmt: skip
    there.ok("provider", "merge", "PR-0002", "--into", "PR-0001", "--yes")
    provider = there.json("provider", "show", "PR-0001")[0]
    assert [site["address"] for site in provider["sites"]] == [
        "1 Example Lane, Testford",
        "9 Far Field",
    ] and provider["risk"] == "lower"
    moved = there.json("placement", "show", "PL-0002")[0]
    assert (moved["provider"], moved["site"]) == ("PR-0001", 2)
    there.ok("undo")
    assert there.json("placement", "show", "PL-0002")[0]["provider"] == "PR-0002"
    assert len(there.json("provider", "show", "PR-0002")[0]["sites"]) == 2


def test_readiness_is_scored_over_time_so_that_change_shows(there: Program) -> None:
    assert "has not been judged yet" in there.ok("placement", "readiness", "PL-0001").out
    there.ok(
        "record",
        "readiness",
        "PL-0001",
        "--takes-support",
        "sometimes",
        "--attends",
        "mostly",
        "--wants-peers",
        "yes",
        on="2026-01-30",
    )
    there.ok(
        "record",
        "readiness",
        "PL-0001",
        "--takes-support",
        "yes",
        "--attends",
        "mostly",
        "--wants-peers",
        "mostly",
    )
    found = {row["statement"]: row for row in there.json("placement", "readiness", "PL-0001")}
    assert len(found) == 10 and [each["score"] for each in found["takes_support"]["scores"]] == [
        1,
        3,
    ]
    assert (
        found["takes_support"]["change"],
        found["attends"]["change"],
        found["wants_peers"]["change"],
        found["knows_self"]["change"],
    ) == (
        2,
        0,
        -1,
        0,
    )
    told = there.ok("placement", "readiness", "PL-0001").out
    assert (
        "30 Jan 2026" in told
        and "better" in told
        and "worse" in told
        and "It need not be every day" in told
    )


def test_where_knows_what_was_marked_whatever_was_planned(there: Program) -> None:
    for session, code, expected in (("am", "B", "provider"), ("pm", "Y4", "absent")):
        there.ok("attendance", "record", "PL-0001", "2026-02-27", session, code)
        assert place(there, f"2026-02-27 {'09:00' if session == 'am' else '13:00'}") == expected, (
            "a Friday that is not planned"
        )
    assert [
        row["pupil"]
        for row in there.json("where", "--provider", "PR-0001", "--at", "2026-02-27 09:00")
    ] == ["P-0001"]


def test_a_placement_after_it_answers_for_one_that_led_nowhere_once_and_for_all(
    there: Program,
) -> None:
    there.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-01-30",
        "--reason",
        "x",
        "--destination",
        "none",
    )
    there.ok(
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        "2026-02-02",
        "--hours",
        "4",
    )
    there.ok(
        "placement",
        "end",
        "PL-0002",
        "--day",
        "2026-02-27",
        "--reason",
        "x",
        "--destination",
        "home-school",
    )
    assert "no next place" not in there.ok("status", on="2026-06-01").out


def test_marks_are_judged_by_the_week_of_their_own_day(there: Program) -> None:
    there.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    there.ok(
        "placement",
        "edit",
        "PL-0001",
        "--at-provider",
        "mon",
        "--at-home",
        "tue",
        "--hours",
        "8",
        "--from",
        "2026-03-02",
    )
    rule = ["check", "PL-0001", "--rule", "AP606", "--show", "all"]
    assert there.json(*rule)[0]["answer"] == "met"
    there.ok("attendance", "record", "PL-0001", "2026-03-03", "am", "B", on="2026-03-03")
    assert there.json(*rule, on="2026-03-03")[0]["answer"] == "breached"


def test_a_new_week_stands_in_the_timeline(there: Program) -> None:
    there.ok(
        "placement",
        "edit",
        "PL-0001",
        "--hours",
        "12",
        "--at-provider",
        "mon-tue",
        "--from",
        "2026-02-23",
    )
    assert (
        "23 February 2026  PL-0001  from now on hours a week 12, at provider mon-tue"
        in there.ok("timeline", "PL-0001").out
    )
    assert "from now on" not in there.ok("timeline", "PL-0001", on="2026-02-22").out


def test_a_merge_says_how_two_records_differ_and_shows_names_only_where_asked(ap: Program) -> None:
    ap.ok("pupil", "add", "Test Child", "--born", "2010-06-27")
    ap.ok("pupil", "add", "Test Childe", "--born", "2010-06-28")
    told = ap.ok("pupil", "merge", "P-0001", "--into", "P-0002").out
    assert "born: 27 June 2010 is left for 28 June 2010" in told and "Test Child" not in told
    assert (
        "name: Test Child is left for Test Childe"
        in ap.ok("pupil", "merge", "P-0001", "--into", "P-0002", "--names").out
    )
