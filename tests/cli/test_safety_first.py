"""What is about a child's safety stands at the top of every list, also after the end of a placement."""

from __future__ import annotations

import pytest

from ..conftest import Program
from ..journeys.journey import Journey


def place(days: Journey) -> None:
    """A placement of P-0001 at PR-0001 from January to July 2026."""
    days.on("2026-01-05").do(
        'provider add "Hollow Oak Farm" --kind non-school --not-registered --address "1 Example Lane"'
    )
    days.do("pupil add 'Test Pupil' --born 2011-01-15 --ehcp no --looked-after no")
    days.do(
        "placement new --no-input --pupil P-1 --provider PR-1 --route school-arranged"
        " --starts 2026-01-06 --ends 2026-07-10 --hours 6"
    )


def test_an_open_concern_stands_at_the_top_of_todo_and_status_and_within_cuts_it_not_off(
    ap: Program,
) -> None:
    days = Journey(ap)
    place(days)
    days.on("2026-02-13").do("record concern PL-1 --what 'a bruise'")
    rows = days.ap.json("todo", on=days.day)
    first = {row["rule"]: row["due"] for row in rows[:2]}
    assert first == {"AP516": "2026-02-13", "AP506": "2026-02-16"}, "a day of the holiday"
    assert "AP506" in [row["rule"] for row in days.ap.json("todo", "--within", "0d", on=days.day)]
    days.on("2026-02-18")
    assert days.ap.json("status", on=days.day)[0]["what"] == "safety"
    assert days.do("todo").out.startswith("a child may be unsafe: Friday 13 February 2026")


def test_an_undecided_concern_is_listed_a_week_after_the_end(ap: Program) -> None:
    days = Journey(ap)
    place(days)
    days.on("2026-02-10").do("record concern PL-1 --what 'a bruise'")
    days.on("2026-02-11").do(
        "placement end PL-1 --day 2026-02-11 --reason 'moved' --destination home-school"
    )
    days.on("2026-02-18")
    first = days.ap.json("todo", on=days.day)[:2]
    assert {row["rule"] for row in first} == {"AP506", "AP516"}
    assert {row["urgency"] for row in first} == {"safety"}
    assert "E-0001" in days.ap.json("status", on=days.day)[0]["message"]
    days.do("record concern PL-1 --of E-1 --closed --outcome 'passed to social care'")
    assert "AP506" not in [row["rule"] for row in days.ap.json("todo", on=days.day)]


def test_recording_a_concern_says_at_once_what_is_due_by_when_and_whom_to_tell(
    ap: Program,
) -> None:
    days = Journey(ap)
    place(days)
    said = days.on("2026-02-13").do("record concern PL-1 --what x --about-adult --at-risk").err
    assert "tell your designated safeguarding lead by today, Friday 13 February 2026" in said
    assert "tell children's social care by today, Friday 13 February 2026" in said
    assert "tell the council's designated officer by Monday 16 February 2026" in said
    assert "decide by Monday 16 February 2026 whether the placement stops" in said
    assert "a review is due by" in said
    assert "Test Pupil" not in said
    answered = "--lead-informed 2026-02-13 --social-care-informed 2026-02-13"
    said = days.do(f"record concern PL-1 --of E-1 {answered} --officer-informed 2026-02-13").err
    assert "tell" not in said and "decide by" in said
    decided = "--decision not-affected --why-not-stopped 'the adult has left'"
    assert "decide by" not in days.do(f"record concern PL-1 --of E-1 {decided}").err


REVIEWED = "record review PL-1 --objectives-met --attending --needs-met --decided end"


def test_a_review_that_finds_it_not_safe_says_at_once_what_to_do_today(ap: Program) -> None:
    days = Journey(ap)
    place(days)
    said = days.on("2026-02-10").do(f"{REVIEWED} --no-safe").err
    assert "PL-0001: the pupil is not safe. Today, Tuesday 10 February 2026, end the place" in said
    assert "ap placement end PL-0001, or ap record edit E-0001 --stopped --protection" in said
    assert "ap record concern says whom to tell" in said and "Test Pupil" not in said


@pytest.mark.parametrize(
    "answers",
    ["--safe", "--no-safe --stopped", "--no-safe --protection 'always with two adults'"],
)
def test_a_review_that_finds_it_safe_or_says_what_protects_the_pupil_asks_for_nothing(
    ap: Program, answers: str
) -> None:
    days = Journey(ap)
    place(days)
    assert "not safe" not in days.on("2026-02-10").do(f"{REVIEWED} {answers}").err


def test_a_visit_that_finds_it_not_safe_says_so_of_each_placement_there(ap: Program) -> None:
    days = Journey(ap)
    place(days)
    said = days.on("2026-02-10").do("record visit PR-1 --by 'A. Tester' --no-safe").err
    assert said.count("the pupil is not safe") == 1
    assert "ap record review PL-0001 --no-safe --stopped --protection" in said
    assert "not safe" not in days.do("record visit PR-1 --by 'A. Tester' --safe").err


def test_a_review_that_does_not_know_whether_it_is_safe_is_at_the_top_of_every_list(
    ap: Program,
) -> None:
    days = Journey(ap)
    place(days)
    said = days.on("2026-02-10").do(f"{REVIEWED} --not-known safe").err
    assert "find out whether it is safe → ap record edit E-0001 --safe/--no-safe" in said
    first = days.ap.json("todo", on=days.day)[0]
    assert (first["rule"], first["urgency"]) == ("AP514", "safety")
    assert days.ap.json("status", on=days.day)[0]["what"] == "safety"
    days.do("record edit E-1 --safe --reason 'asked the provider'")
    assert "safety" not in {row["urgency"] for row in days.ap.json("todo", on=days.day)}


def test_a_concern_at_a_provider_that_may_be_serious_is_to_be_found_out(ap: Program) -> None:
    days = Journey(ap)
    place(days)
    told = "--lead-informed 2026-02-10 --no-at-risk --no-about-adult"
    days.on("2026-02-10").do(f"record concern PR-1 --what 'a fall' {told}")
    found = [row for row in days.ap.json("todo", on=days.day) if row["answer"] == "cannot tell"]
    assert {"AP311", "AP506"} <= {row["rule"] for row in found}
    [matter] = [
        row for row in days.ap.json("status", on=days.day) if row["what"] == "find out safety"
    ]
    assert matter["message"] == "1 question of a child's safety to find out: PL-0001, PR-0001"
    days.do("record concern PR-1 --of E-1 --no-serious")
    assert "find out safety" not in {row["what"] for row in days.ap.json("status", on=days.day)}


def test_ending_a_placement_says_that_a_concern_is_open(ap: Program) -> None:
    days = Journey(ap)
    place(days)
    days.on("2026-02-10").do("record concern PL-1 --what 'a bruise'")
    days.on("2026-02-11")
    ended = days.do("placement end PL-1 --day 2026-02-10 --reason moved --destination home-school")
    assert "E-0001" in ended.err and "ap record concern PL-0001 --of E-0001 --decision" in ended.err


EMPTY = (
    *(f"{kind} PL-1" for kind in ("visit", "risk", "sharing", "plan", "reintegration", "notice")),
    *(f"{kind} PL-1" for kind in ("reporting", "induction", "outcome", "contact", "progress")),
    *(f"{kind} PL-1" for kind in ("remote", "readiness", "final-report", "notified")),
    "concern PL-1 --of E-1",
    *(f"{kind} PR-1" for kind in ("visit", "declaration", "concern --of E-2")),
)
"""Entries that say nothing, beside the concern E-1 and the incident E-2 that are open."""

MAY_BE_EMPTY = ("plan PL-1", "notified PL-1", "concern PL-1 --of E-1", "concern --of E-2 PR-1")
"""Those that are kept: that it came, that the council was told, that somebody looked again."""


def test_the_loudest_urgency_of_a_record_never_falls_by_an_entry_that_says_nothing(
    ap: Program,
) -> None:
    days = Journey(ap)
    place(days)
    days.on("2026-02-10").do("record concern PL-1 --what 'a bruise'")
    days.do("record concern PR-1 --what 'a fall from a height' --serious")
    days.do("record declaration PR-1 --full-time 5 --with-plan 1")
    days.do("record review PL-1 --objectives-met --attending --no-safe --needs-met")
    days.on("2026-02-12")

    def loudest() -> dict[str, set[str]]:
        """The rules of the loudest urgency of each record."""
        found: dict[str, set[str]] = {}
        for row in days.ap.json("todo", on=days.day):
            if row["urgency"] in ("safety", "law"):
                found.setdefault(row["subject"], set()).add(row["rule"])
        return found

    before = loudest()
    assert {"AP506", "AP513", "AP516"} <= before["PL-0001"]
    assert {"AP201", "AP202", "AP311"} & before["PR-0001"]
    for entry in EMPTY:
        ran = days.ap("record", *entry.split(), on=days.day)
        is_enough = entry in MAY_BE_EMPTY
        assert ran.code == (0 if is_enough else 2), (entry, ran)
        after = loudest()
        assert all(before[subject] <= after[subject] for subject in before), entry


def test_reviews_due_begins_with_open_concerns_also_of_an_ended_placement(ap: Program) -> None:
    days = Journey(ap)
    place(days)
    days.on("2026-02-10").do("record concern PL-1 --what 'a bruise'")
    shown = days.do("reviews due --within 0d").out
    assert shown.startswith("A child may be unsafe (concern or review): 1 placement\n  PL-0001  ")
    assert "E-0001" in shown, "although its review is due tomorrow alone"
    shown = days.do("reviews due").out
    assert "E-0001" in shown and "the review is due on 11 February 2026" in shown
    days.on("2026-02-11").do(
        "placement end PL-1 --day 2026-02-11 --reason 'moved' --destination home-school"
    )
    (row,) = days.ap.json("reviews", "due", on="2026-02-18")
    assert row["placement"] == "PL-0001" and "E-0001" in row["unsafe"] and row["due"] is None
    days.do("record concern PL-1 --of E-1 --closed --outcome 'passed to social care'")
    assert days.ap.json("reviews", "due", on="2026-02-18") == []


def test_reviews_due_begins_with_what_was_found_not_safe(ap: Program) -> None:
    days = Journey(ap)
    place(days)
    days.on("2026-02-10").do(
        "record review PL-1 --no-safe --objectives-met --attending --needs-met --by 'A. Tester'"
    )
    (row,) = days.ap.json("reviews", "due", on="2026-02-10")
    assert "not safe" in row["unsafe"] and row["due"] == "2026-03-27"


def test_a_serious_incident_of_one_placement_counts_for_the_provider_and_the_others_there(
    ap: Program,
) -> None:
    days = Journey(ap)
    place(days)
    days.do("pupil add 'Second Pupil' --born 2011-02-15 --ehcp no --looked-after no")
    days.do(
        "placement new --no-input --pupil P-2 --provider PR-1 --route school-arranged"
        " --starts 2026-01-06 --ends 2026-07-10 --hours 6"
    )
    days.on("2026-02-10").do("record concern PL-1 --what 'a fire' --serious")
    days.on("2026-02-13")
    found = days.ap.json("check", "--rule", "AP311", "--rule", "AP506", on=days.day)
    breached = {row["subject"] for row in found if row["answer"] == "breached"}
    assert breached == {"PR-0001", "PL-0001", "PL-0002"}


def test_a_concern_about_a_provider_asks_whether_it_is_serious_and_who_was_told(
    ap: Program,
) -> None:
    days = Journey(ap)
    place(days)
    said = days.on("2026-02-10").do("record concern PR-1 --what 'a tutor hit a child'").err
    assert "say by today, Tuesday 10 February 2026 whether it is a serious incident" in said
    days.on("2026-02-13")
    rules = ("AP311", "AP506", "AP516")
    found = days.ap.json("check", *(f"--rule={rule}" for rule in rules), on=days.day)
    answers = {row["rule"]: row["answer"] for row in found}
    assert answers == {"AP311": "cannot tell", "AP506": "cannot tell", "AP516": "breached"}
