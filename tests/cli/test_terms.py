"""Term dates from an iCalendar file."""

from __future__ import annotations

import pytest

from ..conftest import Program

EVENT = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{0}\r\nDTSTART;VALUE=DATE:{1}\r\nDTEND;VALUE=DATE:{2}\r\nEND:VEVENT\r\n"
TERMS = (
    ("Autumn 1", "20260901", "20261024"),
    ("October holiday", "20261024", "20261101"),
    ("INSET day", "20261102", "20261103"),
    ("Autumn 2", "20261103", "20261219"),
)


def ics(*events: tuple[str, str, str], name: str = "Example Academy") -> str:
    named = f"X-WR-CALNAME:{name}\r\n" if name else ""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{named}{''.join(EVENT.format(*event) for event in events)}END:VCALENDAR\r\n"


def imported(ap: Program, text: str, *args: str) -> tuple[int, str]:
    (ap.folder / "terms.ics").write_text(text, newline="")
    found = ap("terms", "import", "terms.ics", *args)
    return found.code, found.err


def kept(ap: Program) -> list[tuple[str, str, str, str]]:
    return [(row["calendar"], row["name"], row["first"], row["last"]) for row in ap.json("terms", "list") if row["source"] == "imported"]


def test_half_terms_are_the_events_of_whole_days_and_end_on_the_day_before_their_end(ap: Program) -> None:
    code, said = imported(ap, ics(*TERMS))
    assert code == 0 and "2 half terms and 1 INSET day imported" in said and "passed over: October holiday, 24 October 2026" in said
    expected = [
        ("Example Academy", "Autumn 1", "2026-09-01", "2026-10-23"),
        ("Example Academy", "Autumn 2", "2026-11-03", "2026-12-18"),
        ("Example Academy", "INSET day", "2026-11-02", "2026-11-02"),
    ]
    assert kept(ap) == expected
    assert imported(ap, ics(*TERMS))[0] == 0 and kept(ap) == expected, "the same file twice changes nothing"
    assert imported(ap, ics(*TERMS), "--calendar", "Other School", "--dry-run")[0] == 0 and kept(ap) == expected


def test_a_calendar_without_a_name_needs_one(ap: Program) -> None:
    code, said = imported(ap, ics(*TERMS, name=""))
    assert code == 2 and "give --calendar NAME" in said
    assert imported(ap, ics(*TERMS, name=""), "--calendar", "Example Academy")[0] == 0 and len(kept(ap)) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BEGIN:VCALENDAR\r\nnonsense", "not an iCalendar file"),
        (ics(), "no half terms in it"),
        (ics(("Autumn", "20260901", "20270901")), "at most ten weeks long"),
        (ics(("Autumn 1", "20260901", "20261024"), ("Autumn 2", "20261020", "20261201")), "overlaps Autumn 1"),
        (ics(("Autumn 1", "99990901", "99991024")), "outside the years"),
        (ics(("x\x1by", "20260901", "20261024")), "control characters"),
        (ics(("Autumn 1", "2026x901", "20261024")), "event 1: its DTSTART cannot be read"),
        (ics(("Autumn 1", "20260901T090000Z", "20261024T150000Z")), "no half terms in it"),
    ],
    ids=["nonsense", "nothing", "too long", "overlapping", "no year", "control characters", "no day", "with times"],
)
def test_what_cannot_be_a_half_term_is_refused_and_nothing_is_kept(ap: Program, text: str, words: str) -> None:
    code, said = imported(ap, text)
    assert code == 2 and words in said and kept(ap) == [], said
