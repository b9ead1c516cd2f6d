"""The calendar of reviews: the same events each time, that move, and are cancelled."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from ap_cli.store.connection import connect

from ..conftest import COMPLETE, Program

TERMS = "School,Term,Start,End\nElm Academy,Spring 1,2026-01-05,2026-02-13\nElm Academy,Spring 2,2026-02-23,2026-03-27\nElm Academy,Summer 1,2026-04-13,2026-05-22\nElm Academy,Summer 2,2026-06-01,2026-07-17\n"
REVIEW = (
    "record",
    "review",
    "PL-0001",
    *COMPLETE[:4],
    "--decided",
    "continue",
    "--until",
    "2026-07-10",
)


@pytest.fixture
def termed(placed: Program) -> Program:
    """A placement at a school of which the term dates are known."""
    placed.ok("pupil", "edit", "P-0001", "--home-school", "Elm Academy")
    (placed.folder / "terms.csv").write_text(TERMS)
    placed.ok("terms", "import", "terms.csv")
    return placed


def events(program: Program, *args: str, **options: Any) -> dict[str, Any]:
    """The events of the calendar by the part of their identity that says what they are."""
    calendar = Calendar.from_ical(program.ok("reviews", "ics", *args, **options).out)
    found = {str(event["UID"]).rsplit("-", 1)[0]: event for event in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    return found


def day_of(event: Any) -> date:
    return event["DTSTART"].dt


def test_an_event_is_a_whole_day_with_a_reference_and_no_name(termed: Program) -> None:
    found = termed.ok("reviews", "ics").out
    event = events(termed)["review-1.0-pl-0001"]
    assert str(event["SUMMARY"]) == "Review PL-0001" and event["STATUS"] == "CONFIRMED"
    assert day_of(event) == date(2026, 2, 13)
    assert event["DTEND"].dt == day_of(event) + timedelta(days=1)
    assert event["DTSTART"].params["VALUE"] == "DATE" and event["TRANSP"] == "TRANSPARENT"
    assert "Test Pupil" not in found and "Hollow Oak" not in found


def test_alarms_come_a_week_and_a_day_before_at_nine(termed: Program) -> None:
    event = events(termed)["review-1.0-pl-0001"]
    day = timedelta(days=1)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [
        -7 * day + timedelta(hours=9),
        -1 * day + timedelta(hours=9),
    ]


def test_the_same_twice_is_the_same(termed: Program) -> None:
    first, again = events(termed), events(termed)
    assert {uid: event["SEQUENCE"] for uid, event in first.items()} == {
        uid: event["SEQUENCE"] for uid, event in again.items()
    }
    full = [str(each["UID"]) for each in first.values()]
    assert full == [str(each["UID"]) for each in again.values()]
    (row,) = termed.json("doctor")[:1]
    store_id = str(connect(termed.store).execute("SELECT uid FROM store").fetchone()[0])
    assert all(uid.endswith(f"-{store_id}@ap") for uid in full), row
    assert not any("2026" in uid.replace(store_id, "") for uid in full)


def test_a_review_that_moves_keeps_its_identity_and_its_sequence_rises(termed: Program) -> None:
    before = events(termed)["review-1.0-pl-0001"]
    termed.ok("placement", "edit", "PL-0001", "--review-date", "2026-01-30")
    after = events(termed)["review-1.0-pl-0001"]
    assert day_of(before) == date(2026, 2, 13) and day_of(after) == date(2026, 1, 30)
    assert after["UID"] == before["UID"] and after["SEQUENCE"] > before["SEQUENCE"]


def test_new_term_dates_move_a_review_and_its_sequence_rises(placed: Program) -> None:
    placed.ok("pupil", "edit", "P-0001", "--home-school", "Elm Academy")
    before = events(placed)["review-1.0-pl-0001"]
    (placed.folder / "terms.csv").write_text(TERMS.replace("2026-02-13", "2026-02-06"))
    placed.ok("terms", "import", "terms.csv")
    after = events(placed)["review-1.0-pl-0001"]
    assert (
        day_of(after) == date(2026, 2, 6) != day_of(before)
        and after["SEQUENCE"] > before["SEQUENCE"]
    )


def test_attendance_moves_no_review(termed: Program) -> None:
    before = events(termed)["review-1.0-pl-0001"]
    termed.ok("attendance", "record", "PL-0001", "2026-02-25", "am", "B")
    assert events(termed)["review-1.0-pl-0001"]["SEQUENCE"] == before["SEQUENCE"]


def test_a_review_that_is_held_keeps_the_identity_that_it_was_planned_with(termed: Program) -> None:
    planned = events(termed)["review-1.0-pl-0001"]
    termed.ok(*REVIEW, "--day", "2026-02-12")
    found = events(termed)
    held, following = found["review-1.0-pl-0001"], found["review-2.0-pl-0001"]
    assert held["UID"] == planned["UID"] and day_of(held) == date(2026, 2, 12)
    assert str(held["SUMMARY"]) == "Review PL-0001, held" and not held.walk("VALARM")
    assert day_of(following) > date(2026, 2, 23) and following["STATUS"] == "CONFIRMED"


def test_a_review_that_is_taken_back_is_cancelled_and_another_is_due(termed: Program) -> None:
    termed.ok(*REVIEW, "--day", "2026-02-12")
    termed.ok("record", "withdraw", "E-0001", "--reason", "another child's")
    found = events(termed)
    assert found["review-1.0-pl-0001"]["STATUS"] == "CANCELLED"
    assert found["review-2.0-pl-0001"]["STATUS"] == "CONFIRMED"


WAIVER = ("record", "waiver", "PL-0001", "--rule", "AP503", "--reason", "the child is ill")


def test_a_review_that_is_waived_is_cancelled_and_the_next_is_another(termed: Program) -> None:
    planned = events(termed)["review-1.0-pl-0001"]
    termed.ok(*WAIVER, "--day", "2026-02-12", "--by", "A. Tester")
    found = events(termed)
    waived, following = found["review-1.0-pl-0001"], found["review-1.1-pl-0001"]
    assert waived["UID"] == planned["UID"] and waived["STATUS"] == "CANCELLED"
    assert waived["SEQUENCE"] > planned["SEQUENCE"] and day_of(following) > day_of(planned)
    termed.ok(*REVIEW, "--day", "2026-02-27")
    held = events(termed)["review-1.1-pl-0001"]
    assert held["UID"] == following["UID"] and "held" in str(held["SUMMARY"])


def test_a_waiver_that_is_taken_back_gives_the_review_its_identity_again(termed: Program) -> None:
    planned = events(termed)["review-1.0-pl-0001"]
    termed.ok(*WAIVER, "--day", "2026-02-12", "--by", "A. Tester")
    termed.ok("record", "withdraw", "E-0001", "--reason", "a slip")
    found = events(termed)
    assert found["review-1.0-pl-0001"]["STATUS"] == "CONFIRMED"
    assert day_of(found["review-1.0-pl-0001"]) == day_of(planned)
    assert found["review-1.1-pl-0001"]["STATUS"] == "CANCELLED"


def test_the_next_review_is_cancelled_if_the_placement_ended(termed: Program) -> None:
    termed.ok(*REVIEW, "--day", "2026-02-12")
    planned = events(termed)["review-2.0-pl-0001"]
    termed.ok(
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
    for on in ("2026-03-02", "2026-03-30"):
        after = events(termed, on=on)["review-2.0-pl-0001"]
        assert after["STATUS"] == "CANCELLED" and after["SEQUENCE"] > planned["SEQUENCE"]
    assert set(events(termed, on="2026-03-31")) == {"review-1.0-pl-0001"}  # the one that was held
    assert events(termed, on="2027-03-01") == {}


def test_nothing_of_a_placement_that_was_over_long_ago_comes_into_a_new_calendar(
    termed: Program,
) -> None:
    ended = ("--reason", "moved", "--destination", "home-school")
    termed.ok("placement", "end", "PL-0001", "--day", "2026-02-27", *ended)
    assert events(termed, on="2026-03-31") == {}


def test_a_planned_end_that_goes_by_raises_the_sequence_by_itself(termed: Program) -> None:
    termed.ok("placement", "edit", "PL-0001", "--ends", "2026-03-06")
    sequences = [
        events(termed, on=on)["review-1.0-pl-0001"]["SEQUENCE"]
        for on in ("2026-03-06", "2026-03-07", "2026-03-08")
    ]
    assert sequences[0] + 1 == sequences[1] == sequences[2]


def test_starts_ends_and_tasks_come_if_they_are_asked_for(termed: Program) -> None:
    assert not any(uid.startswith(("start", "end", "task")) for uid in events(termed))
    found = events(termed, "--all")
    assert day_of(found["start-pl-0001"]) == date(2026, 1, 6)
    assert day_of(found["end-pl-0001"]) == date(2026, 12, 18)
    tasks = [event for uid, event in found.items() if uid.startswith("task-")]
    assert tasks and all("-000" in str(event["SUMMARY"]) for event in tasks)


def test_a_review_that_is_due_is_in_it_once(termed: Program) -> None:
    tasks = {(row["task"], row["due"]) for row in termed.json("todo")}
    assert ("Hold the review", "2026-02-13") in tasks
    found = events(termed, "--all")
    on_the_day = [uid for uid, event in found.items() if "eview" in str(event["SUMMARY"])]
    assert [uid for uid in on_the_day if day_of(found[uid]) == date(2026, 2, 13)] == [
        "review-1.0-pl-0001"
    ]
    assert not any(str(event["SUMMARY"]).startswith("Hold the review") for event in found.values())


def test_only_the_placements_that_are_asked_for_are_in_it(termed: Program) -> None:
    assert events(termed, "PL-2") == {} and events(termed, "PL-1", "--all")


def test_a_calendar_goes_into_a_file_that_ends_so_and_no_other_ending_is_taken(
    termed: Program,
) -> None:
    termed.ok("reviews", "ics", "--out", "r.ics")
    assert (termed.folder / "r.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    refused = termed("reviews", "ics", "--out", "r.txt")
    assert refused.code == 2 and "choose .ics, .json, .jsonl, .csv or .xlsx" in refused.err


def test_hostile_text_in_every_field_is_not_in_the_calendar(termed: Program) -> None:
    hostile = "x\r\nSTATUS:CANCELLED\r\nBEGIN:VEVENT\r\nATTACH:file:///etc/passwd"
    store = connect(termed.store)
    store.execute("UPDATE pupil SET name = ?", (hostile,))
    store.execute("UPDATE provider SET name = ?", (hostile,))
    store.execute("UPDATE placement SET owner = ?, nature = ?", (hostile, hostile))
    found = termed.ok("reviews", "ics", "--all").out
    assert "ATTACH" not in found and "CANCELLED" not in found


KHAL = shutil.which("khal")


@pytest.mark.skipif(not KHAL, reason="khal is not installed")
def test_khal_imports_it_twice_without_doubles_and_follows_what_moves(
    termed: Program, tmp_path: Path
) -> None:
    calendar = tmp_path / "khal"
    (calendar / "events").mkdir(parents=True)
    config = calendar / "config"
    config.write_text(
        f"[calendars]\n[[ap]]\npath = {calendar / 'events'}\n[sqlite]\npath = {calendar / 'k.db'}\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )

    def khal(*args: str) -> str:
        found = subprocess.run(
            [str(KHAL), "-c", str(config), *args], capture_output=True, text=True, timeout=60
        )
        assert found.returncode == 0, found
        return found.stdout

    def imported() -> list[str]:
        termed.ok("reviews", "ics", "--out", "r.ics")
        khal("import", "--batch", "-a", "ap", str(termed.folder / "r.ics"))
        listed = khal(
            "list",
            "2026-01-01",
            "400d",
            "--format",
            "{start-date} {title} {status}",
            "--day-format",
            "",
        )
        return [" ".join(line.split()) for line in listed.splitlines() if line.strip()]

    assert imported() == imported() == ["2026-02-13 Review PL-0001 CONFIRMED"]
    termed.ok("placement", "edit", "PL-0001", "--review-date", "2026-01-30")
    assert imported() == ["2026-01-30 Review PL-0001 CONFIRMED"]
    termed.ok(
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
    assert imported() == ["2026-02-27 Review PL-0001, cancelled CANCELLED"]
