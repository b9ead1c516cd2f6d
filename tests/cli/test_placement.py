"""`ap placement`: planned, changed from a day on, copied, ended; refused if it cannot be."""

from __future__ import annotations

import pytest

from ap_cli.store.connection import connect
from ap_cli.store.queries.chain import unguard

from ..conftest import Program


def test_ending_takes_a_placement_off_the_lists(placed: Program) -> None:
    ending = [
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-02-27",
        "--reason",
        "objectives met",
        "--destination",
        "home-school",
    ]
    assert (
        placed(
            "placement",
            "end",
            "PL-0001",
            "--day",
            "2026-03-03",
            "--reason",
            "x",
            "--destination",
            "none",
        ).code
        == 2
    )
    placed.ok(*ending)
    assert placed(*ending).code == 2, "it has ended already"
    assert placed.json("reviews", "due") == []
    assert {row["rule"][:3] for row in placed.json("check")} == {"AP7"}, (
        "how it ended is all that is asked of it now"
    )
    assert {row["subject"] for row in placed.json("check", "--all")} == {
        "P-0001",
        "PL-0001",
        "PR-0001",
    }
    assert placed.json("reviews", "due", on="2026-02-26")[0]["placement"] == "PL-0001", (
        "as it was then"
    )


@pytest.mark.parametrize(
    "args",
    [["--ends", "2026-01-05", "--starts", "2026-01-06"], ["--hours", "0"], ["--hours", "nan"], ["--hours", "-1"], ["--route", "home-education"], ["--starts", "1/1/26"],
     ["--at-provider", "mon am", "--hours", "5"], ["--review-date", "2025-01-01"], ["--site", "4"], ["--commissioner", "C-0001"], ["--tier", "5"], ["--pupil", "zoo"]],
)  # fmt: skip
def test_a_placement_that_cannot_be_is_refused(placed: Program, args: list[str]) -> None:
    base = {
        "--pupil": "P-0001",
        "--provider": "PR-0001",
        "--route": "suspension",
        "--starts": "2026-01-06",
        "--hours": "3",
    } | dict(zip(args[::2], args[1::2], strict=True))
    found = placed("placement", "new", *[part for pair in base.items() for part in pair])
    assert found.code == 2 and len(placed.json("placement", "list")) == 1


def test_a_dry_run_shows_the_check_and_saves_nothing(placed: Program) -> None:
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
    ]
    found = placed("placement", "new", "--dry-run", *args)
    assert (
        found.code == 0
        and "this placement" in found.out
        and "nothing was saved" in found.err
        and len(placed.json("placement", "list")) == 1
    )


def test_a_dry_run_finds_what_the_check_finds_once_it_is_saved(placed: Program) -> None:
    args = ["--pupil", "P-0001", "--provider", "PR-0001", "--route", "suspension"]
    args += ["--starts", "2026-01-06", "--hours", "7"]
    placed.ok("record", "exclusion", "P-0001", "--day", "2026-01-05", "--permanent")
    supposed = placed.json("placement", "new", "--dry-run", *args)
    placed.ok("placement", "new", *args)
    saved = placed.json("check", "PL-0002")
    found = [(each["rule"], each["subject"], each["answer"]) for each in saved]
    assert found == [
        (each["rule"], each["subject"].replace("PL-0000", "PL-0002"), each["answer"])
        for each in supposed
    ]
    assert {"PL-0002", "PR-0001", "P-0001"} == {subject for _, subject, _ in found}


def test_the_only_commissioner_and_the_only_site_are_taken(placed: Program) -> None:
    placed.ok("init", "--commissioner", "Example Academy", "--kind", "academy")
    told = placed.json(
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
        "3",
    )[0]
    assert (told["commissioner"], told["site"]) == ("C-0001", 1)


@pytest.mark.parametrize("typed", ["0", "none"])
def test_no_hours_and_no_sessions_are_answers_where_there_may_be_none(
    placed: Program, typed: str
) -> None:
    placed.ok("placement", "edit", "PL-0001", "--school-hours", typed, "--at-school", typed)
    assert "school hours: 0" in placed.ok("placement", "show", "PL-0001").out
    kept = placed.json("placement", "show", "PL-0001")[0]
    assert (kept["school_minutes"], kept["at_school"]) == (0, "none")
    for flag in ("--hours", "--school-week-hours"):
        refused = placed("placement", "edit", "PL-0001", flag, typed)
        assert refused.code == 2 and flag in refused.err


def test_edits_at_once_of_different_facts_all_stay(placed: Program) -> None:
    from concurrent.futures import ThreadPoolExecutor

    facts = ("nature", "objectives", "timeline", "success", "transport", "sharing")
    with ThreadPoolExecutor(6) as pool:
        assert set(
            pool.map(
                lambda fact: (
                    placed("placement", "edit", "PL-0001", f"--{fact}", f"set {fact}").code
                ),
                facts,
            )
        ) == {0}
    told = placed.json("placement", "show", "PL-0001")[0]
    assert [told[fact] for fact in facts] == [f"set {fact}" for fact in facts]


def test_a_changed_provider_takes_no_site_along(placed: Program) -> None:
    placed.ok(
        "provider",
        "add",
        "Larkfield Centre",
        "--kind",
        "non-school",
        "--address",
        "2 Example Lane",
        "--satellite",
        "3 Example Lane",
    )
    assert placed.json("placement", "edit", "PL-0001", "--provider", "PR-0002")[0]["site"] is None


def test_a_week_from_a_day_on_leaves_the_days_before_as_they_were(placed: Program) -> None:
    placed.ok(
        "placement", "edit", "PL-0001", "--hours", "15", "--tier", "1b", "--from", "2026-02-23"
    )
    for day, minutes, tier in (("2026-02-22", 1140, None), ("2026-02-23", 900, "1b")):
        told = placed.json("placement", "show", "PL-0001", on=day)[0]
        assert (told["weekly_minutes"], told["tier"]) == (minutes, tier)
    assert placed.json("check", "--rule", "AP202", on="2026-02-22")[0]["answer"] == "breached"
    assert placed.json("check", "--rule", "AP202", on="2026-02-23") == []
    placed.ok("placement", "edit", "PL-0001", "--hours", "14", "--from", "2026-02-23")
    assert placed.json("placement", "show", "PL-0001", on="2026-03-01")[0]["weekly_minutes"] == 840
    assert placed.json("placement", "show", "PL-0001", on="2026-01-06")[0]["weekly_minutes"] == 1140


def test_a_tier_that_contradicts_the_place_is_saved_with_an_objection(placed: Program) -> None:
    """Case L06: the law stays as it was, and AP106 is breached."""
    typed = placed.ok("placement", "edit", "PL-0001", "--tier", "1b")
    objection = "tier 1b stays in the school, and the pupil goes to Hollow Oak Farm"
    assert f"check --tier and --place: {objection}" in typed.err
    for rule in ("AP202", "AP421", "AP106"):
        assert placed.json("check", "PL-0001", "--rule", rule, "--show", "all")[0]["answer"] == (
            "breached"
        )
    moved = placed.ok("placement", "edit", "PL-0001", "--place", "school")
    assert objection not in moved.err and "check --tier" not in moved.err
    again = placed.ok("placement", "edit", "PL-0001", "--ends", "2026-10-16")
    assert "check --tier" not in again.err


@pytest.mark.parametrize(
    ("place", "answer"),
    [("home", "met"), ("online", "met"), ("school", "met"), ("provider", "breached")],
)
def test_hours_count_for_a_school_only_where_the_provider_has_its_place(
    placed: Program, place: str, answer: str
) -> None:
    edit = ("placement", "edit", "PL-0001", "--place", place, "--from", "2026-02-23")
    placed.ok(*edit)
    for day, expected in (("2026-02-22", "breached"), ("2026-02-23", answer)):
        (told,) = placed.json("check", "PR-0001", "--rule", "AP202", "--show", "all", on=day)
        assert told["answer"] == expected or (expected == "met" and told["answer"] != "breached")


@pytest.mark.parametrize(
    "args",
    [
        ["--hours", "15", "--from", "2026-01-06"],
        ["--hours", "15", "--from", "soon"],
        ["--ends", "2026-10-16", "--from", "2026-03-09"],
        ["--hours", "99", "--from", "2026-03-09"],
    ],
)
def test_a_week_that_cannot_hold_from_a_day_on_is_refused(placed: Program, args: list[str]) -> None:
    before = placed.store.read_bytes()
    assert (
        placed("placement", "edit", "PL-0001", *args).code == 2
        and placed.store.read_bytes() == before
    )


@pytest.mark.parametrize(
    ("kind", "place", "objection"),
    [
        (
            "non-school",
            "online",
            "the pupil learns online, and Hollow Oak Farm is not recorded as an online provider",
        ),
        (
            "online",
            "provider",
            "the pupil goes to Hollow Oak Farm, and Hollow Oak Farm is recorded as an online provider",
        ),
        (
            "own-site",
            "home",
            "the pupil is taught at home, and Hollow Oak Farm is recorded as the school's own site",
        ),
    ],
)
def test_a_place_that_contradicts_the_kind_of_provider_is_objected_to(
    placed: Program, kind: str, place: str, objection: str
) -> None:
    placed.ok("provider", "edit", "PR-0001", "--kind", kind)
    typed = placed.ok("placement", "edit", "PL-0001", "--place", place)
    assert f"check --place, or the kind of PR-0001: {objection}" in typed.err


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("non-school", "provider"),
        ("non-school", "home"),
        ("online", "online"),
        ("online", "home"),
        ("one-to-one", "online"),
        ("own-site", "own-site"),
        ("own-site", "school"),
    ],
)
def test_a_place_that_fits_the_kind_of_provider_is_not_objected_to(
    placed: Program, kind: str, place: str
) -> None:
    placed.ok("provider", "edit", "PR-0001", "--kind", kind)
    assert "kind of PR-0001" not in placed.ok("placement", "edit", "PL-0001", "--place", place).err


def test_an_earlier_placement_is_copied_without_its_dates(placed: Program) -> None:
    placed.ok(
        "placement",
        "edit",
        "PL-0001",
        "--nature",
        "animal care",
        "--reason",
        "health",
        "--reason",
        "other",
        "--tier",
        "2",
        "--at-school",
        "fri",
        "--pupil-consulted",
        "2026-01-02",
    )
    missing = placed("placement", "new", "--from", "PL-0001")
    assert missing.code == 4 and "--starts" in missing.err
    told = placed.json(
        "placement", "new", "--from", "pl-1", "--starts", "2026-03-09", "--hours", "12"
    )[0]
    assert (
        told["pupil"],
        told["nature"],
        told["reasons"],
        told["tier"],
        told["at_school"],
        told["weekly_minutes"],
    ) == (
        "P-0001",
        "animal care",
        ["health", "other"],
        "2",
        "fri",
        720,
    )
    assert (
        told["ends"] is None
        and told["pupil_consulted"] is None
        and placed("placement", "new", "--from", "PL-0009").code == 2
    )


def test_a_booked_visit_becomes_no_visit_when_its_day_passes(placed: Program) -> None:
    """Case L27: the question takes a day to come, and stores it as booked."""
    placed.ok("placement", "edit", "PL-0001", "--starts", "2026-03-20", on="2026-03-02")
    edit = ("placement", "edit", "PL-0001", "--visited", "2026-03-10", "--visited-by", "A. Tester")
    (told,) = placed.json(*edit, on="2026-03-02")
    assert (told["visited"], told["visit_booked"]) == (None, "2026-03-10")

    def answer(day: str) -> object:
        rule = ("check", "PL-0001", "--rule", "AP308", "--show", "all")
        return placed.json(*rule, on=day)[0]["answer"]

    assert [answer(day) for day in ("2026-03-09", "2026-03-11", "2026-03-19")] == ["not yet"] * 3
    assert answer("2026-03-20") == "breached"
    visit = ("record", "visit", "PL-0001", "--day", "2026-03-10", "--by", "A. Tester")
    placed.ok(*visit, on="2026-03-11")
    assert answer("2026-03-20") == "met"


@pytest.mark.parametrize(
    ("typed", "answers"), [("2026-03-09", ["not yet", "breached"]), ("2026-03-10", ["met", "met"])]
)
def test_a_visit_that_was_typed_as_still_to_come_was_booked_in_a_store_from_before(
    placed: Program, typed: str, answers: list[str]
) -> None:
    """The earlier edition stored a day to come as the day of the visit."""
    placed.ok("placement", "edit", "PL-0001", "--starts", "2026-03-20", on="2026-03-02")
    edit = ("placement", "edit", "PL-0001", "--visited", "2026-03-02", "--visited-by", "A. Tester")
    placed.ok(*edit, on=typed)
    store = connect(placed.store)
    store.execute("UPDATE placement SET visited = '2026-03-10'")
    unguard(store)
    store.execute("UPDATE audit SET new = replace(new, '2026-03-02', '2026-03-10')")

    def answer(day: str) -> object:
        rule = ("check", "PL-0001", "--rule", "AP308", "--show", "all")
        return placed.json(*rule, on=day)[0]["answer"]

    assert [answer(day) for day in ("2026-03-19", "2026-03-20")] == answers


def test_a_visit_is_booked_for_a_day_before_the_start(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--starts", "2026-03-20")
    refused = placed("placement", "edit", "PL-0001", "--visited", "2026-03-20")
    assert refused.code == 2 and "book an earlier day" in refused.err


def test_an_address_without_a_place_elsewhere_says_when_it_holds(placed: Program) -> None:
    """And the two together say nothing."""
    alone = placed.ok("placement", "edit", "PL-0001", "--place-address", "1 Library Road").err
    assert "add --place elsewhere if so" in alone
    both = placed.ok("placement", "edit", "PL-0001", "--place", "elsewhere").err
    assert "--place elsewhere" not in both


def test_the_reason_of_an_end_is_shown_in_words(placed: Program) -> None:
    ending = ("--day", "2026-02-20", "--reason", "moved", "--destination", "home-school")
    ended = placed.ok("placement", "end", "PL-0001", *ending, on="2026-02-20")
    assert "why it ended changed" in ended.err and "end reason" not in ended.err
    shown = placed.ok("placement", "show", "PL-0001", on="2026-02-23").out
    assert "why it ended: moved" in shown


def test_show_names_a_change_that_holds_from_a_day_to_come(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--hours", "15", "--from", "2026-03-09")
    before = placed.ok("placement", "show", "PL-0001", on="2026-03-08").err
    assert "from Monday 9 March 2026: hours a week 15" in before
    assert "from Monday" not in placed.ok("placement", "show", "PL-0001", on="2026-03-09").err


REVIEW = ("review", "PL-0001", "--objectives-met", "--attending", "--safe", "--needs-met")


def test_a_last_day_before_a_review_says_how_to_correct_either(placed: Program) -> None:
    placed.ok("record", *REVIEW, "--decided", "end", "--day", "2026-02-20", on="2026-02-20")
    ending = ("--reason", "moved", "--destination", "home-school")
    early = placed("placement", "end", "PL-0001", "--day", "2026-02-13", *ending, on="2026-02-20")
    assert early.code == 2 and "correct or withdraw that entry: ap timeline PL-0001" in early.err
    placed.ok("placement", "end", "PL-0001", "--day", "2026-02-20", *ending, on="2026-02-20")
    late = placed("record", *REVIEW, "--decided", "end", "--day", "2026-02-23", on="2026-02-23")
    assert late.code == 2 and "ap placement end PL-0001 --correct" in late.err


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-07-10", "before Friday 10 July 2026 → ap placement extend PL-0001 --to 2026-07-10"),
        ("2026-03-20", "it goes on until Friday 20 March 2026, and PL-0001 is planned to end only"),
        ("2026-03-27", ""),
    ],
)
def test_a_review_says_how_its_day_differs_from_the_planned_end(
    placed: Program, until: str, said: str
) -> None:
    placed.ok("placement", "edit", "PL-0001", "--ends", "2026-03-27")
    told = placed.ok("record", *REVIEW, "--decided", "continue", "--until", until).err
    assert said in told and (bool(said) or "planned to end" not in told)
