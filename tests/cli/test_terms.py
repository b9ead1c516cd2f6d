"""Term dates from an iCalendar file."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.exchange.named_days import Kind, kind_of

from ..conftest import COMPLETE, Program

EVENT = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{0}\r\nDTSTART;VALUE=DATE:{1}\r\nDTEND;VALUE=DATE:{2}\r\nEND:VEVENT\r\n"

OTHER = set(Kind) - {Kind.HALF_TERM, Kind.TERM, Kind.SHUT}

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
    return found.code, found.out + found.err


def kept(ap: Program) -> list[tuple[str, str, str, str]]:
    return [
        (row["calendar"], row["name"], row["first"], row["last"])
        for row in ap.json("terms", "list")
        if row["source"] == "imported"
    ]


def test_half_terms_are_the_events_of_whole_days_and_end_on_the_day_before_their_end(
    ap: Program,
) -> None:
    code, said = imported(ap, ics(*TERMS))
    assert (
        code == 0
        and "nobody uses the calendar “Example Academy” yet" in said
        and "2 half terms and 1 INSET day imported" in said
        and "left out: October holiday, Saturday 24 October 2026" in said
    )
    expected = [
        ("Example Academy", "Autumn 1", "2026-09-01", "2026-10-23"),
        ("Example Academy", "Autumn 2", "2026-11-03", "2026-12-18"),
        ("Example Academy", "INSET day", "2026-11-02", "2026-11-02"),
    ]
    assert kept(ap) == expected
    assert imported(ap, ics(*TERMS))[0] == 0 and kept(ap) == expected, (
        "the same file twice changes nothing"
    )
    assert (
        imported(ap, ics(*TERMS), "--calendar", "Other School", "--dry-run")[0] == 0
        and kept(ap) == expected
    )


def test_a_calendar_without_a_name_needs_one(ap: Program) -> None:
    code, said = imported(ap, ics(*TERMS, name=""))
    assert code == 2 and "give --calendar NAME" in said
    assert (
        imported(ap, ics(*TERMS, name=""), "--calendar", "Example Academy")[0] == 0
        and len(kept(ap)) == 3
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BEGIN:VCALENDAR\r\nnonsense", "cannot be read as an iCalendar file"),
        (ics(), "no half terms in it"),
        (ics(("Autumn", "20260901", "20270901")), "ten weeks is the most"),
        (
            ics(("Autumn 1", "20260901", "20261024"), ("Autumn 2", "20261020", "20261201")),
            "overlaps Autumn 1",
        ),
        (ics(("Autumn 1", "99990901", "99991024")), "outside the years"),
        (ics(("x\x1by", "20260901", "20261024")), "control characters"),
        (ics(("Autumn 1", "2026x901", "20261024")), "event 1: its DTSTART cannot be read"),
    ],
    ids=[
        "nonsense",
        "nothing",
        "too long",
        "overlapping",
        "no year",
        "control characters",
        "no day",
    ],
)
def test_what_cannot_be_a_half_term_is_refused_and_nothing_is_kept(
    ap: Program, text: str, words: str
) -> None:
    code, said = imported(ap, text)
    assert code == 2 and words in said and kept(ap) == [], said


@pytest.mark.parametrize(
    ("name", "first", "last", "kept_as"),
    [
        ("October half term", "2026-10-26", "2026-10-30", None),
        ("Half term", "2026-10-26", "2026-10-30", None),
        ("Half-term holiday", "2026-10-26", "2026-10-30", None),
        ("Christmas", "2026-12-21", "2027-01-01", None),
        ("Autumn half term 1", "2026-09-01", "2026-10-23", "half term"),
        ("Christmas term 1", "2026-09-01", "2026-10-23", "half term"),
        ("Autumn 1 (before the half-term break)", "2026-09-01", "2026-10-23", "half term"),
        ("Bank holiday", "2027-05-03", "2027-05-03", None),
        ("INSET day", "2026-09-01", "2026-09-01", "closed"),
        ("Staff training day", "2026-09-01", "2026-09-02", "closed"),
        ("School closed to pupils", "2026-09-01", "2026-09-01", "closed"),
        ("Non-pupil day", "2026-09-01", "2026-09-01", "closed"),
        ("Rugby training, Year 9", "2026-09-01", "2026-09-01", None),
        ("Staff v pupils football", "2026-09-01", "2026-09-01", None),
        ("Applications closed for Year 12", "2026-09-01", "2026-09-01", None),
        ("Work experience week", "2026-09-07", "2026-09-11", None),
        ("Autumn 1", "2026-09-01", "2026-09-07", None),
        ("Autumn 1", "2026-09-01", "2026-09-12", "half term"),
        ("October half term 2026", "2026-10-17", "2026-11-01", None),
        ("Half Term 2026", "2026-10-24", "2026-11-01", None),
        ("October half-term week", "2026-10-24", "2026-11-01", None),
        ("Mid-term", "2026-10-17", "2026-11-01", None),
        ("Year 11 mock exams", "2026-11-09", "2026-11-20", None),
        ("Autumn 2 including INSET day on 2 November", "2026-11-02", "2026-12-17", "half term"),
        ("Spring half term", "2027-02-22", "2027-03-24", "half term"),
        ("Autumn 1 - ends for half-term break", "2026-09-01", "2026-10-16", "half term"),
        ("Autumn term, before the half-term holiday", "2026-09-01", "2026-10-16", "half term"),
        ("Spring Term 1 after New Year", "2027-01-04", "2027-02-12", "half term"),
        ("Summer holiday", "2027-07-21", "2027-08-31", None),
        ("Something else", "2026-11-02", "2026-11-25", None),
        ("Something else", "2026-11-02", "2026-11-26", None),
        ("Occasional day", "2027-01-29", "2027-01-29", "closed"),
        ("Diwali holiday", "2026-11-09", "2026-11-10", "closed"),
        ("Diwali holiday", "2026-11-09", "2026-11-11", None),
        ("Closed: Eid", "2027-03-10", "2027-03-10", "closed"),
        ("CPD day", "2026-11-09", "2026-11-09", "closed"),
        ("Baker Day", "2026-11-09", "2026-11-09", "closed"),
        ("Closed to all pupils", "2026-11-09", "2026-11-09", "closed"),
        ("Bank holiday for the Coronation", "2023-05-08", "2023-05-08", None),
        ("Twilight INSET 3.30pm to 5.30pm", "2026-11-09", "2026-11-09", None),
        ("Term starts after INSET day", "2026-09-02", "2026-09-02", None),
        ("School closes for half term", "2026-10-23", "2026-10-23", None),
        ("Christmas break between Term 2 and Term 3", "2026-12-19", "2027-01-03", None),
        ("Easter holiday between Spring term and Summer term", "2027-03-26", "2027-04-11", None),
        ("Christmas holiday - Spring term begins 4 Jan", "2026-12-19", "2027-01-03", None),
        ("Autumn term half term", "2026-10-24", "2026-11-01", None),
        ("Half term 1 holiday", "2026-10-24", "2026-11-01", None),
        ("Summer holiday between summer term and autumn term", "2027-07-21", "2027-08-31", None),
        ("Summer 2", "2027-06-07", "2027-06-25", "half term"),
        ("INSET day 9am-3pm", "2026-11-09", "2026-11-09", "closed"),
        ("INSET day: school closes to pupils", "2026-11-09", "2026-11-09", "closed"),
        ("Autumn term begins - INSET day", "2026-09-01", "2026-09-01", "closed"),
        ("Christmas INSET day", "2027-01-04", "2027-01-04", "closed"),
        ("INSET day (twilight)", "2026-11-09", "2026-11-09", None),
        ("INSET day (twilights in lieu)", "2026-11-09", "2026-11-09", "closed"),
        ("INSET - twilight", "2026-11-09", "2026-11-09", None),
        ("INSET day", "2026-11-07", "2026-11-08", None),
        ("INSET day", "2026-11-08", "2026-11-09", "closed"),
    ],
)
def test_days_are_a_half_term_a_closure_or_neither_by_their_name_and_length(
    name: str, first: str, last: str, kept_as: str | None
) -> None:
    kind = kind_of(name, date.fromisoformat(first), date.fromisoformat(last))
    assert kind in (OTHER if kept_as is None else (Kind(kept_as),))


@pytest.mark.parametrize(
    ("also", "words"),
    [("STATUS:CANCELLED", "it is cancelled"), ("RRULE:FREQ=WEEKLY", "it recurs")],
)
def test_an_event_that_is_cancelled_or_recurs_is_passed_over_and_said(
    ap: Program, also: str, words: str
) -> None:
    text = ics(("INSET day", "20261102", "20261103"), *TERMS[:1]).replace(
        "SUMMARY:INSET day", f"SUMMARY:INSET day\r\n{also}"
    )
    code, said = imported(ap, text)
    assert code == 0 and words in said and len(kept(ap)) == 1


def test_an_event_may_say_how_long_it_lasts(ap: Program) -> None:
    text = ics(("Autumn 1", "20260901", "20261024")).replace(
        "DTEND;VALUE=DATE:20261024", "DURATION:P53D"
    )
    assert imported(ap, text)[0] == 0 and kept(ap) == [
        ("Example Academy", "Autumn 1", "2026-09-01", "2026-10-23")
    ]


def test_holidays_in_a_csv_are_passed_over_and_what_is_too_short_is_refused(ap: Program) -> None:
    lines = [
        "calendar,name,first,last",
        "Leicestershire,Autumn 2,2026-11-02,2026-12-18",
        "Leicestershire,Half term holiday,2026-10-26,2026-10-30",
    ]
    (ap.folder / "terms.csv").write_text("\n".join(lines), "utf-8")
    found = ap("terms", "import", "terms.csv")
    assert (
        found.code == 0
        and "left out: Half term holiday, Monday 26 October 2026" in found.err
        and "nobody follows" not in found.err
    )
    (ap.folder / "terms.csv").write_text(
        "\n".join([*lines, "Leicestershire,Sports week,2026-11-16,2026-11-20"]), "utf-8"
    )
    found = ap("terms", "import", "terms.csv")
    assert (
        found.code == 2 and "line 4: Sports week is too short" in found.err and len(kept(ap)) == 1
    )


def test_no_school_has_more_inset_days_than_it_can(ap: Program) -> None:
    days = [
        ("INSET day", f"202611{day:02d}", f"202611{day + 1:02d}")
        for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)
    ]
    assert imported(ap, ics(*days))[0] == 0
    code, said = imported(ap, ics(*days, ("INSET day", "20261116", "20261117")))
    assert code == 2 and "11 in the school year 2026/27" in said


AUTUMN = ("autumn 1 2027", "20270901", "20271016")


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (
            ics(AUTUMN).replace("DTEND;VALUE=DATE:20271016", "DURATION:xyz"),
            2,
            "event 1: its DURATION cannot be read",
        ),
        (
            ics(AUTUMN).replace("DTEND;VALUE=DATE:20271016", "DURATION:P99999999999999999D"),
            2,
            "event 1: its DURATION cannot be read",
        ),
        (
            ics(("x", "99991201", "")).replace("DTEND;VALUE=DATE:", "DURATION:P31D"),
            2,
            "its DURATION cannot be read",
        ),
        (
            ics(AUTUMN).replace("SUMMARY:", "SUMMARY:b\r\nSUMMARY:"),
            2,
            "event 1: its SUMMARY cannot be read, or is there twice",
        ),
        (
            ics(AUTUMN).replace("SUMMARY:", "foo bar baz\r\nSUMMARY:"),
            2,
            "event 1: its line cannot be read",
        ),
        (
            ics(AUTUMN).replace("X-WR-CALNAME:", "X-WR-CALNAME:b\r\nX-WR-CALNAME:"),
            2,
            "does not say whose calendar it is",
        ),
        (
            ics(AUTUMN, name="Example\\, Academy\\n2"),
            0,
            "nobody uses the calendar “Example, Academy 2” yet",
        ),
        (
            ics(("autumn 1 2027", "20271016", "20270901")),
            2,
            "ends on 2027-08-31, before it begins on 2027-10-16",
        ),
        (
            ics(AUTUMN, ("INSET day", "20270904", "20270905")),
            0,
            "left out: INSET day, Saturday 4 September 2027",
        ),
        (ics(AUTUMN, *[("autumn 2 2027", "20271101", "20271218")] * 40), 2, "… and 9 more"),
        (ics(*[AUTUMN] * 2001), 2, "2,001 events: a file of term dates has at most 2,000"),
        (
            ics(AUTUMN, ("(" * 50_000, "20271101", "20271218")),
            2,
            "write at least a letter or a digit",
        ),
    ],
)
def test_an_event_that_cannot_be_read_is_named_and_nothing_is_kept(
    ap: Program, text: str, code: int, said: str
) -> None:
    found, told = imported(ap, text)
    assert found == code and said in told and (code == 0 or kept(ap) == []), told


def test_terms_are_imported_listed_and_refused_by_line(placed: Program) -> None:
    good = placed.folder / "terms.csv"
    good.write_text(
        "\ufeffcalendar;name;first;last\r\nLeicestershire;autumn 1 2026;26/08/2026;2026-10-16\r\n",
        "utf-8",
    )
    assert "1 half term imported" in placed.ok("terms", "import", "terms.csv").err
    assert any(row["source"] == "imported" for row in placed.json("terms", "list"))
    placed.ok("terms", "import", "terms.csv")
    assert len([row for row in placed.json("terms", "list") if row["source"] == "imported"]) == 1, (
        "the same file twice changes nothing"
    )
    (placed.folder / "bad.csv").write_text(
        "calendar,name,first,last\nX,a,2026-09-01,2026-10-01\nX,b,2026-09-30,2026-10-20\nX,c,2026-12-01,2026-11-01\nX,d\n"
    )
    found = placed("terms", "import", "bad.csv")
    assert (
        found.code == 2
        and all(f"line {number}:" in found.err for number in (3, 4, 5))
        and "X" not in {row["calendar"] for row in placed.json("terms", "list")}
    )
    for name, content in (
        ("head.csv", b"a,b\n"),
        ("latin.csv", b"calendar,name,first,last\n\xff"),
        ("none.csv", b"calendar,name,first,last\n"),
    ):
        (placed.folder / name).write_bytes(content)
        assert placed("terms", "import", name).code == 2
    assert placed("terms", "import", "no.csv").code == 2


def test_a_day_that_no_calendar_covers_is_said_once_with_how_to_import(placed: Program) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--day", "2026-07-01", on="2026-07-02")
    assert (
        "ap terms import"
        in placed("status", on="2026-11-01").err + placed("status", on="2026-11-01").out
    )
    assert placed("reviews", "due", on="2026-08-20").err.count("import the term dates") == 1


def test_a_calendar_that_nobody_knows_is_refused(ap: Program) -> None:
    assert (
        ap(
            "init",
            "--commissioner",
            "Example Academy",
            "--kind",
            "academy",
            "--calendar",
            "Atlantis",
        ).code
        == 2
    )
    ap.ok(
        "init",
        "--commissioner",
        "Example Academy",
        "--kind",
        "academy",
        "--calendar",
        "leicestershire",
    )


@pytest.mark.parametrize(
    "block", ["2026-01-01,9999-12-31", "0001-01-01,0001-02-01", "2026-01-01,2026-06-01"]
)
def test_a_half_term_that_cannot_be_is_refused(placed: Program, block: str) -> None:
    (placed.folder / "terms.csv").write_text(
        f"calendar,name,first,last\nLeicestershire,a,{block}\n"
    )
    assert placed("terms", "import", "terms.csv").code == 2
    (placed.folder / "terms.csv").write_text(
        "calendar,name,first,last\nX," + "a" * 200_000 + ",2026-09-01,2026-10-01\n"
    )
    assert placed("terms", "import", "terms.csv").code == 2


def test_importing_one_half_term_keeps_the_others(placed: Program) -> None:
    before = {row["name"] for row in placed.json("terms", "list")}
    (placed.folder / "terms.csv").write_text(
        "calendar,name,first,last\nLeicestershire,spring 1 2026,2026-01-05,2026-02-13\n"
    )
    told = placed.ok("terms", "import", "terms.csv", "--dry-run").err
    assert "in place of spring 1 2026 (2026-01-06 to 2026-02-13)" in told and {
        row["source"] for row in placed.json("terms", "list")
    } != {"imported"}
    placed.ok("terms", "import", "terms.csv")
    after = placed.json("terms", "list")
    assert {row["name"] for row in after} == before and [
        row["first"] for row in after if row["source"] == "imported"
    ] == ["2026-01-05"]
