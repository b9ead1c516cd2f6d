"""The school census: whom it counts, what each record says, and what is still to fill in."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from ..conftest import Program

SPRING = ("--from", "2026-01-05", "--to", "2026-03-27")


def census(program: Program, *args: str) -> list[dict[str, Any]]:
    return program.json("export", "census", *(args or SPRING))


@pytest.fixture
def whole(placed: Program) -> Program:
    """A placement of which the census lacks nothing."""
    placed.ok("pupil", "edit", "P-0001", "--upn", "B801200005001", "--home-school", "Elm Academy")
    placed.ok("init", "--commissioner", "Elm Academy", "--kind", "academy")
    arranged = ("--commissioner", "C-0001", "--at-provider", "mon-thu")
    placed.ok("placement", "edit", "PL-0001", *arranged)
    return placed


def test_a_whole_record_has_nothing_left_to_fill_in(whole: Program) -> None:
    (row,) = census(whole)
    assert row.pop("gaps") == [] and row == {
        "placement": "PL-0001",
        "pupil": "P-0001",
        "upn": "B801200005001",
        "name": "Test Pupil",
        "urn": None,
        "ukprn": None,
        "setting_type": "OTH",
        "starts": "2026-01-06",
        "ends": "2026-12-18",
        "sessions": 8,
        "pattern": "part time",
        "reason": "off-site placement for behavioural support",
    }
    found = whole.ok("export", "census", *SPRING, "--strict")
    assert "1 placement, nothing is missing" in found.err


def test_each_gap_has_the_command_that_fills_it(placed: Program) -> None:
    found = placed("export", "census", *SPRING)
    assert found.code == 0 and "1 placement; 3 answers still to fill in:" in found.err
    assert "PL-0001 lacks who arranges it: ap placement edit PL-0001 --commissioner …" in found.err
    assert "PL-0001 lacks the UPN: ap pupil edit P-0001 --upn …" in found.err
    assert (
        "PL-0001 lacks the sessions a week: ap placement edit PL-0001 --at-provider …" in found.err
    )
    assert "the UPN; the sessions a week" in found.out
    (row,) = census(placed)
    lacks = ["who arranges it", "the UPN", "the sessions a week"]
    assert [gap["missing"] for gap in row["gaps"]] == lacks


def test_a_strict_census_with_gaps_exits_with_3(placed: Program) -> None:
    assert placed("export", "census", *SPRING, "--strict").code == 3


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        ("2025-09-01", "2026-01-05", False),
        ("2025-09-01", "2026-01-06", True),
        ("2026-12-18", "2027-01-30", True),
        ("2026-12-19", "2027-01-30", False),
    ],
)
def test_a_placement_counts_from_its_first_day_to_its_last(
    whole: Program, first: str, last: str, counts: bool
) -> None:
    assert bool(census(whole, "--from", first, "--to", last)) is counts


def test_an_end_that_came_earlier_counts(whole: Program) -> None:
    whole.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-02-27",
        "--reason",
        "moved",
        "--destination",
        "home-school",
    )
    assert census(whole)[0]["ends"] == "2026-02-27"
    assert census(whole, "--from", "2026-02-28", "--to", "2026-03-27") == []


@pytest.mark.parametrize(("on", "counts"), [("2026-12-18", False), ("2026-12-19", True)])
def test_a_placement_past_its_planned_end_goes_on_until_its_end_is_recorded(
    whole: Program, on: str, counts: bool
) -> None:
    later = ("--from", "2027-01-05", "--to", "2027-03-26")
    rows = whole.json("export", "census", *later, on=on)
    assert bool(rows) is counts
    for row in rows:
        assert row["ends"] is None
        assert row["gaps"] == [
            {
                "missing": "the last day, as the planned one (18 December 2026) has gone by",
                "command": "ap placement edit PL-0001 --ends …",
            }
        ]


@pytest.mark.parametrize(
    ("args", "counts"),
    [
        (("--route", "suspension"), True),
        (("--route", "school-arranged"), True),
        (("--route", "school-arranged", "--for-authority"), False),
        (("--route", "section-19"), False),
        (("--route", "permanent-exclusion"), False),
        (("--place", "school"), False),
        (("--place", "own-site"), False),
        (("--place", "online"), True),
        (("--tier", "1b"), False),
        (("--tier", "2"), True),
    ],
)
def test_it_counts_what_the_school_arranged_off_its_site(
    whole: Program, args: tuple[str, ...], counts: bool
) -> None:
    whole.ok("placement", "edit", "PL-0001", *args)
    assert bool(census(whole)) is counts


def test_a_placement_that_never_started_does_not_count(whole: Program) -> None:
    whole.ok(
        "placement",
        "end",
        "PL-0001",
        "--never-started",
        "--reason",
        "the place was withdrawn",
        "--destination",
        "home-school",
    )
    assert census(whole) == []


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--urn", "123456", "--ukprn", "10000001"), ("123456", None, None)),
        (("--ukprn", "10000001"), (None, "10000001", None)),
        (("--kind", "one-to-one"), (None, None, "OOT")),
        (("--kind", "work-based"), (None, None, "WBP")),
        (("--kind", "fe-college"), (None, None, "NFE")),
        (("--kind", "online"), (None, None, "OTH")),
        (("--kind", "academy"), (None, None, None)),
    ],
)
def test_the_place_is_named_in_one_way(
    whole: Program, args: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    whole.ok("provider", "edit", "PR-0001", *args)
    (row,) = census(whole)
    assert (row["urn"], row["ukprn"], row["setting_type"]) == expected
    gaps = [gap["command"] for gap in row["gaps"]]
    assert gaps == ([] if any(expected) else ["ap provider edit PR-0001 --urn …"])


@pytest.mark.parametrize(
    ("sessions", "number", "pattern"),
    [
        ("mon-fri", 10, "full time"),
        ("mon-thu, fri am", 9, "part time"),
        ("mon-tue, fri pm", 5, "part time"),
    ],
)
def test_the_pattern_follows_from_the_sessions(
    whole: Program, sessions: str, number: int, pattern: str
) -> None:
    whole.ok("placement", "edit", "PL-0001", "--at-provider", sessions)
    (row,) = census(whole)
    assert (row["sessions"], row["pattern"]) == (number, pattern)


@pytest.mark.parametrize(("hours", "pattern"), [("18", "part time"), ("18:05", "full time")])
def test_all_sessions_of_a_week_are_full_time_above_eighteen_hours(
    whole: Program, hours: str, pattern: str
) -> None:
    whole.ok("placement", "edit", "PL-0001", "--at-provider", "mon-fri", "--hours", hours)
    (row,) = census(whole)
    assert (row["sessions"], row["pattern"]) == (10, pattern)


@pytest.mark.parametrize(
    ("reasons", "reason"),
    [
        ((), "off-site placement for behavioural support"),
        (("health", "behaviour"), "off-site placement for behavioural support"),
        (("health",), None),
        (("vocational",), "other"),
    ],
)
def test_a_direction_for_other_reasons_alone_is_not_for_behaviour(
    whole: Program, reasons: tuple[str, ...], reason: str | None
) -> None:
    if reasons:
        given = [part for one in reasons for part in ("--reason", one)]
        whole.ok("placement", "edit", "PL-0001", *given)
    assert census(whole)[0]["reason"] == reason


@pytest.mark.parametrize(
    ("args", "reason", "command"),
    [
        (("--route", "suspension"), "suspension", None),
        (("--reason", "behaviour"), "off-site placement for behavioural support", None),
        (("--reason", "vocational"), "other", None),
        (("--reason", "health"), None, "ap pupil edit P-0001 --ebsa …"),
        ((), None, "ap placement edit PL-0001 --reason …"),
    ],
)
def test_a_reason_is_told_or_asked_for(
    whole: Program, args: tuple[str, ...], reason: str | None, command: str | None
) -> None:
    whole.ok("placement", "edit", "PL-0001", "--route", "school-arranged")
    if args:
        whole.ok("placement", "edit", "PL-0001", *args)
    (row,) = census(whole)
    assert row["reason"] == reason
    assert [gap["command"] for gap in row["gaps"]] == ([command] if command else [])


@pytest.mark.parametrize(
    ("since", "reason"), [("2026-01-06", "medical: mental health"), ("2026-01-07", None)]
)
def test_school_avoided_for_emotional_reasons_at_the_start_is_mental_health(
    whole: Program, since: str, reason: str | None
) -> None:
    whole.ok("placement", "edit", "PL-0001", "--route", "school-arranged")
    whole.ok("placement", "edit", "PL-0001", "--reason", "health")
    whole.ok("pupil", "edit", "P-0001", "--ebsa", since)
    assert census(whole)[0]["reason"] == reason


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "with --from and --to"),
        (("--from", "2026-01-05"), "with --from and --to"),
        (("--from", "soon", "--to", "2026-03-27"), "--from"),
        (("--from", "2026-03-27", "--to", "2026-01-05"), "is before --from"),
    ],
)
def test_a_time_that_is_none_is_refused(placed: Program, args: tuple[str, ...], said: str) -> None:
    refused = placed("export", "census", *args)
    assert refused.code == 2 and said in refused.err and refused.out == ""


def test_it_is_logged_as_a_look_at_the_children_in_it(whole: Program) -> None:
    whole.ok("pupil", "add", "Sample Other", "--born", "2012-01-01")
    whole.ok("export", "census", *SPRING, "--out", "c.xlsx")
    assert [(look["subject"], look["what"]) for look in whole.json("log", "--seen")] == [
        ("P-0001", "export census --out")
    ]
    book = CalamineWorkbook.from_path(str(whole.folder / "c.xlsx"))
    head, row = book.get_sheet_by_name("Export census").to_python()
    assert head[0] == "Placement ref" and row[9] == 8


def test_it_can_be_of_one_school(whole: Program) -> None:
    found = whole.ok("export", "census", "school:elm", *SPRING).out
    assert len(list(csv.DictReader(io.StringIO(found)))) == 1
    assert len(whole.ok("export", "census", "school:oak", *SPRING).out.splitlines()) == 1
