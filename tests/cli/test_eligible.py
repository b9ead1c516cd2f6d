"""`ap eligible`: whether a child may go there, before anything is planned."""

from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Program

HERE = ("eligible", "P-0002", "--at", "PR-0001")


@pytest.fixture
def school(ap: Program) -> Program:
    """An academy with a farm that is not registered, a child with an EHC plan and one without."""
    ap.ok("init", "--commissioner", "Test Academy", "--kind", "academy")
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered")
    ap.ok(
        *("pupil", "add", "Test Pupil", "--born", "2011-06-27", "--ehcp", "2024-09-01"),
        *("--looked-after", "no", "--home-school", "Test Academy"),
    )
    ap.ok(
        *("pupil", "add", "Sample Pupil", "--born", "2011-06-27", "--ehcp", "no"),
        *("--looked-after", "no", "--home-school", "Test Academy"),
    )
    return ap


def answer(ap: Program, *args: str, code: int) -> dict[str, Any]:
    found = ap(*args, "--json")
    assert found.code == code, found
    (row,) = found.data
    return row


def test_eighteen_hours_with_an_ehc_plan_may_be_and_a_minute_more_is_a_no(school: Program) -> None:
    at = ("eligible", "P-0001", "--at", "PR-0001", "--hours")
    assert answer(school, *at, "18", code=0)["verdict"] == "yes, once"
    refused = answer(school, *at, "18:01", code=1)
    assert refused["verdict"] == "no"
    assert [stop["rule"] for stop in refused["stops"]] == ["AP202"]


def test_a_registered_school_may_teach_the_child_full_time(school: Program) -> None:
    school.ok("provider", "edit", "PR-0001", "--registered", "2025-09-01")
    row = answer(school, "eligible", "P-0001", "--at", "PR-0001", "--hours", "25", code=0)
    assert row["registered"] is True and row["must_register"][0]["answer"] == "breached"
    assert "Look the provider up on the public register" in {one["task"] for one in row["before"]}


def test_a_child_without_a_plan_may_be_there_full_time(school: Program) -> None:
    row = answer(school, *HERE, "--hours", "25", code=0)
    assert [one["answer"] for one in row["must_register"]] == ["met", "met"]


def test_what_nobody_recorded_is_to_be_found_out_only_if_it_decides(school: Program) -> None:
    born = ("eligible", "--born", "2011-06-27", "--at", "PR-0001", "--hours")
    unknown = answer(school, *born, "19", code=3)
    assert unknown["verdict"] == "find out"
    assert [one["task"] for one in unknown["undecided"]] == [
        "Find out: “Is there an EHC plan? Since when?”"
    ]
    assert answer(school, *born, "18", code=0)["verdict"] == "yes, once"
    without = answer(school, *born, "19", "--no-ehcp", "--no-looked-after", code=0)
    assert without["verdict"] == "yes, once"
    assert answer(school, *born, "19", "--no-ehcp", "--looked-after", code=1)["verdict"] == "no"


def test_whether_it_is_registered_matters_only_if_the_child_would_make_it_a_school(
    school: Program,
) -> None:
    school.ok("provider", "add", "Meadow Lane Farm", "--kind", "non-school")
    at = ("eligible", "P-0001", "--at", "PR-0002", "--hours")
    assert answer(school, *at, "18", code=0)["verdict"] == "yes, once"
    assert answer(school, *at, "19", code=3)["undecided"][0]["rules"] == ["AP201", "AP202"]


def test_without_a_place_a_child_who_would_make_it_a_school_needs_a_registered_one(
    school: Program,
) -> None:
    row = answer(school, "eligible", "P-0001", "--hours", "19", code=0)
    assert row["before"][0]["task"] == "Choose a place that is a registered school"
    row = answer(school, "eligible", "P-0001", code=0)
    assert [(one["weekly_minutes"], one["answer"]) for one in row["must_register"]] == [
        (1080, "met"),
        (1081, "breached"),
    ]
    assert row["weekly_minutes"] is None and row["provider"] is None


@pytest.mark.parametrize(("starts", "verdict"), [("2027-06-25", "yes, once"), ("2027-06-28", "no")])
def test_the_last_day_of_school_age_is_the_last_day_to_start(
    school: Program, starts: str, verdict: str
) -> None:
    row = answer(school, *HERE, "--hours", "12", "--starts", starts, code=int(verdict == "no"))
    assert row["verdict"] == verdict and row["ends"] == "2027-06-25"
    assert row["starts"] == starts


def test_a_leaving_date_that_is_confirmed_decides(school: Program) -> None:
    school.ok("pupil", "edit", "P-0002", "--born", "2010-08-31")
    late = (*HERE, "--hours", "12", "--starts", "2026-09-07")
    assert answer(school, *late, code=1)["ends"] == "2026-06-26"
    school.ok("pupil", "edit", "P-0002", "--leaving-confirmed", "2027-06-25")
    row = answer(school, *late, code=0)
    assert (row["ends"], row["compulsory"], row["stops"]) == ("2027-06-25", True, [])


def test_a_school_may_direct_an_older_pupil_off_site(school: Program) -> None:
    after = ("--hours", "12", "--starts", "2027-06-28")
    row = answer(school, *HERE, *after, "--route", "off-site-direction", code=0)
    assert row["verdict"] == "yes, once"


@pytest.mark.parametrize(
    ("args", "code", "rule"),
    [
        (("--route", "section-19"), 3, "AP107"),
        (("--route", "section-19", "--no-for-authority"), 1, "AP107"),
        (("--route", "section-19", "--for-authority"), 0, ""),
        (("--route", "home-education"), 1, "AP105"),
        (("--route", "eotas"), 1, "AP105"),
        (("--route", "off-site-direction"), 0, ""),
    ],
)
def test_a_route_is_open_only_to_whom_the_law_gives_it(
    school: Program, args: tuple[str, ...], code: int, rule: str
) -> None:
    row = answer(school, *HERE, "--hours", "12", *args, code=code)
    stops = [*row["stops"], *({"rule": one["rules"][0]} for one in row["undecided"])]
    assert [stop["rule"] for stop in stops] == ([rule] if rule else [])


def test_nobody_goes_to_a_provider_that_is_suspended_until_it_is_used_again(
    school: Program,
) -> None:
    school.ok("provider", "suspend", "PR-0001", "--reason", "an incident")
    assert answer(school, *HERE, "--hours", "12", code=1)["stops"][0]["rule"] == "AP311"
    school.ok("provider", "resume", "PR-0001", "--reason", "it was put right")
    assert answer(school, *HERE, "--hours", "12", code=0)["stops"] == []


def test_the_schools_own_site_is_a_yes_once_other_support_was_tried(school: Program) -> None:
    school.ok("provider", "add", "The Hut", "--kind", "own-site")
    row = answer(school, "eligible", "P-0002", "--at", "PR-0002", "--hours", "12", code=0)
    assert (row["verdict"], row["before"]) == ("yes", [])
    assert "nature" in row["questions"]


def test_a_place_that_must_register_already_must_whatever_this_childs_hours(
    placed: Program,
) -> None:
    placed.ok("pupil", "add", "Sample Pupil", "--born", "2011-06-27", "--ehcp", "no")
    found = placed("eligible", "P-0002", "--at", "PR-0001", "--hours", "5", "--no-looked-after")
    assert found.code == 1 and "(AP202)" in found.out
    words = "Registered  It must be a registered school, whatever the hours of this child"
    assert f"{words}; it is not registered" in found.out.splitlines()


def test_nothing_is_written(school: Program) -> None:
    before = school.store.read_bytes()
    for args in (("P-0001",), ("P-0001", "--no-ehcp", "--at", "PR-0001"), ("--born", "2012-01-01")):
        school("eligible", *args)
    assert school.store.read_bytes() == before


def test_a_pipe_has_the_reference_and_a_name_only_if_asked(school: Program) -> None:
    for format in ("plain", "json"):
        found = school.ok(*HERE, "--hours", "12", "--format", format).out
        assert "P-0002" in found and "Sample" not in found
    assert "Sample Pupil (P-0002)" in school.ok(*HERE, "--hours", "12", "--names").out


def test_no_reference_of_the_supposed_placement_or_child_is_shown(school: Program) -> None:
    for args in (HERE, ("eligible", "--born", "2011-06-27", "--ehcp", "--at", "PR-0001")):
        for format in ("plain", "json"):
            found = school(*args, "--hours", "19", "--format", format).out
            assert "PL-0001" not in found and "P-0003" not in found and found


def test_it_ends_with_the_command_that_plans_it(school: Program) -> None:
    row = answer(school, *HERE, "--hours", "12", "--starts", "2026-04-20", code=0)
    command = "ap placement new --pupil P-0002 --provider PR-0001 --hours 12 --starts 2026-04-20"
    assert row["command"] == command
    planned = school.ok(*command.split()[1:], "--route", "school-arranged", "--no-input")
    assert planned.out == "PL-0001\n"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), 4),
        (("P-0009",), 2),
        (("P-0001", "--born", "2011-06-27"), 2),
        (("P-0001", "--hours", "lots"), 2),
        (("P-0001", "--at", "P-0001"), 2),
        (("P-0001", "--route", "by-bus"), 2),
        (("--born", "2030-01-01"), 2),
    ],
)
def test_what_cannot_be_supposed_is_refused(
    school: Program, args: tuple[str, ...], code: int
) -> None:
    refused = school("eligible", *args)
    assert refused.code == code and refused.err and not refused.out


def test_those_who_hear_the_screen_get_sentences(school: Program) -> None:
    lines = school.ok(*HERE, "--hours", "12", ACCESSIBLE="1").out.splitlines()
    assert "Age: year 10; of compulsory school age until Fri 25 Jun 2027" in lines
    assert lines.count("Before Mon 16 Mar") == 1
    assert "Assess the risk for this child, AP312" in lines, "its day is the heading's"


def test_a_child_with_an_open_concern_does_not_go_back_there(school: Program) -> None:
    school.ok(
        *("placement", "new", "--no-input", "--pupil", "P-0002", "--provider", "PR-0001"),
        *("--route", "school-arranged", "--starts", "2026-01-12", "--hours", "6"),
    )
    school.ok("record", "concern", "PL-0001", "--day", "2026-02-24", "--what", "left alone")
    ended = ("--day", "2026-02-27", "--reason", "the concern", "--destination", "home-school")
    school.ok("placement", "end", "PL-0001", *ended, "--no-input")
    row = answer(school, *HERE, "--hours", "12", "--starts", "2026-04-20", code=1)
    assert row["verdict"] == "no"
    assert {"AP506", "AP516"} & {stop["rule"] for stop in row["stops"]}


@pytest.mark.parametrize("seen_safe_since", [False, True])
def test_a_child_found_not_safe_goes_back_only_where_somebody_found_it_safe_since(
    school: Program, seen_safe_since: bool
) -> None:
    school.ok(
        *("placement", "new", "--no-input", "--pupil", "P-0002", "--provider", "PR-0001"),
        *("--route", "school-arranged", "--starts", "2026-01-12", "--hours", "6"),
    )
    unsafe = ("--objectives-met", "--attending", "--no-safe", "--needs-met", "--stopped")
    school.ok("record", "review", "PL-0001", "--day", "2026-02-24", *unsafe, "--decided", "end")
    ended = ("--day", "2026-02-27", "--reason", "not safe", "--destination", "home-school")
    school.ok("placement", "end", "PL-0001", *ended, "--no-input")
    if seen_safe_since:
        visit = ("--day", "2026-03-01", "--safe", "--competent-person", "L. Sample")
        school.ok("record", "visit", "PR-0001", *visit)
    code = 0 if seen_safe_since else 1
    row = answer(school, *HERE, "--hours", "12", "--starts", "2026-04-20", code=code)
    stops = {stop["rule"] for stop in row["stops"]}
    assert ("AP513" in stops) is not seen_safe_since
    assert (row["verdict"] == "no") is not seen_safe_since


@pytest.mark.parametrize(
    ("last", "starts", "there"),
    [("2026-04-20", "2026-04-20", True), ("2026-04-17", "2026-04-20", False)],
)
def test_a_child_who_is_somewhere_full_time_in_those_weeks_is_said_to_be(
    school: Program, last: str, starts: str, there: bool
) -> None:
    school.ok(
        *("placement", "new", "--pupil", "P-0002", "--provider", "PR-0001", "--hours", "25"),
        *("--route", "school-arranged", "--starts", "2026-03-09", "--ends", last),
    )
    row = answer(school, *HERE, "--hours", "12", "--starts", starts, code=0)
    other = {"placement": "PL-0001", "weekly_minutes": 1500, "until": last, "full_time": True}
    assert row["elsewhere"] == ([other] if there else [])
    words = "End or shorten the other full-time placement"
    assert (words in {one["task"] for one in row["before"]}) is there
    shown = school(*HERE, "--hours", "12", "--starts", starts).out
    said = "Already at  Hollow Oak Farm (PL-0001): 25 hours a week, full time, until Mon 20 Apr"
    assert (said in shown) is there


def test_a_child_who_is_somewhere_part_time_has_nothing_to_end(school: Program) -> None:
    school.ok(
        *("placement", "new", "--pupil", "P-0002", "--provider", "PR-0001", "--hours", "18"),
        *("--route", "school-arranged", "--starts", "2026-01-12"),
    )
    row = answer(school, *HERE, "--hours", "6", "--starts", "2026-04-20", code=0)
    assert [one["full_time"] for one in row["elsewhere"]] == [False]
    assert not [one for one in row["before"] if one["task"].startswith("End or shorten")]


def test_days_come_from_the_first_day_that_was_asked_about(school: Program) -> None:
    """The checks of the farm are late for another child; for this one they are due by the start."""
    school.ok(
        *("placement", "new", "--pupil", "P-0001", "--provider", "PR-0001", "--hours", "6"),
        *("--route", "school-arranged", "--starts", "2026-02-09"),
    )
    row = answer(school, *HERE, "--hours", "12", "--starts", "2026-04-20", code=0)
    days = {one["task"]: one["by"] for one in row["before"]}
    assert days["Check the provider"] == "2026-04-19"
    assert not [day for day in days.values() if day is not None and day < school.on], days
