"""Term dates in the layouts that councils and schools publish."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from ap_cli.exchange.named_days import Kind, kind_of
from ap_cli.exchange.rows import Row, read_calendar

from ..conftest import Program

DATA = Path(__file__).parents[1] / "data" / "terms"
Days = list[tuple[str, str]]


def half_terms(ap: Program) -> Days:
    rows = [row for row in ap.json("terms", "list") if row["source"] == "imported"]
    return [(row["first"], row["last"]) for row in rows if row["first"] != row["last"]]


def closed(ap: Program) -> list[str]:
    rows = [row for row in ap.json("terms", "list") if row["source"] == "imported"]
    return [row["first"] for row in rows if row["first"] == row["last"]]


def imported(ap: Program, name: str, *args: str) -> tuple[int, str]:
    shutil.copy(DATA / name, ap.folder / name)
    found = ap("terms", "import", name, "--calendar", "Testshire", *args)
    return found.code, found.out + found.err


def table(ap: Program, *lines: str) -> tuple[int, str]:
    (ap.folder / "terms.csv").write_text("\n".join(lines) + "\n", "utf-8")
    found = ap("terms", "import", "terms.csv", "--calendar", "Testshire")
    return found.code, found.out + found.err


AUTUMN = [("2026-09-01", "2026-10-23"), ("2026-11-02", "2026-12-18")]


@pytest.mark.parametrize(
    ("name", "expected", "shut"),
    [
        (
            "first-and-last-days.ics",
            [*AUTUMN, ("2027-01-05", "2027-02-12"), ("2027-02-22", "2027-03-25")],
            ["2026-11-30"],
        ),
        ("outlook-whole-days.ics", [("2026-09-02", "2026-10-23"), AUTUMN[1]], []),
        (
            "terms-and-half-terms.csv",
            [*AUTUMN, ("2027-01-04", "2027-02-12"), ("2027-02-22", "2027-03-25"),
             ("2027-04-12", "2027-05-28"), ("2027-06-07", "2027-07-21")],
            [],
        ),
    ],
)  # fmt: skip
def test_a_published_file_makes_the_half_terms_that_it_means(
    ap: Program, name: str, expected: Days, shut: list[str]
) -> None:
    code, said = imported(ap, name, "--dry-run")
    assert code == 0 and half_terms(ap) == []
    assert said.count(" to ") >= len(expected), "a line for each half term"
    assert imported(ap, name)[0] == 0
    assert half_terms(ap) == expected and closed(ap) == shut
    assert imported(ap, name)[0] == 0 and half_terms(ap) == expected, "twice is the same"


def test_each_half_term_is_said_with_what_it_was_made_from(ap: Program) -> None:
    _, said = imported(ap, "terms-and-half-terms.csv", "--dry-run")
    assert (
        "autumn 1 2026: Tuesday 1 September 2026 to Friday 23 October 2026,"
        " Autumn term without Half term" in said
    )
    _, said = imported(ap, "first-and-last-days.ics", "--dry-run")
    assert "from “School reopens” to “Last day of spring term”" in said
    assert "closed to pupils: 30 November 2026" in said and "left out" not in said


def test_long_events_make_no_half_term_and_nothing_is_kept(ap: Program) -> None:
    code, said = imported(ap, "long-events.ics")
    assert code == 2 and "no half terms in it" in said and "reviews stay estimates" in said
    assert "Ramadan" in said and half_terms(ap) == [] and closed(ap) == []


def test_a_long_event_beside_half_terms_is_left_out_and_said(ap: Program) -> None:
    events = (DATA / "outlook-whole-days.ics").read_text("utf-8").split("END:VCALENDAR")[0]
    longer = (DATA / "long-events.ics").read_text("utf-8").split("BEGIN:VEVENT", 1)[1]
    (ap.folder / "both.ics").write_text(f"{events}BEGIN:VEVENT{longer}", newline="")
    found = ap.ok("terms", "import", "both.ics", "--calendar", "Testshire")
    assert "left out: Kindness month" in found.err and len(half_terms(ap)) == 2


def days_of(rows: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    made = [
        Row(name, "Testshire", name, date.fromisoformat(first), date.fromisoformat(last or first))
        for name, first, last in rows
    ]
    read = read_calendar(made)
    assert read.problems == ()
    blocks = [block.half_term for block in read.blocks]
    return [(block.first.isoformat(), block.last.isoformat()) for block in blocks]


KENT = [
    ("Term 1 begins", "2025-09-01", ""), ("Last day of term 1", "2025-10-17", ""),
    ("First day of term 2", "2025-11-03", ""), ("Term 2 ends", "2025-12-19", ""),
    ("School returns", "2026-01-05", ""), ("Break up for half term", "2026-02-13", ""),
    ("First day back", "2026-02-23", ""), ("Last day before Easter", "2026-04-02", ""),
    ("Start of summer term", "2026-04-20", ""), ("School closes for half term", "2026-05-22", ""),
    ("Pupils return", "2026-06-01", ""), ("End of term", "2026-07-22", ""),
]  # fmt: skip


def test_first_and_last_days_of_a_school_in_kent() -> None:
    """Source: the one-day events of a Kent school, 2025/26."""
    assert days_of(KENT) == [
        ("2025-09-01", "2025-10-17"), ("2025-11-03", "2025-12-19"), ("2026-01-05", "2026-02-13"),
        ("2026-02-23", "2026-04-02"), ("2026-04-20", "2026-05-22"), ("2026-06-01", "2026-07-22"),
    ]  # fmt: skip


SOLIHULL = [
    ("2024-09-02", "2024-10-25"), ("2024-11-04", "2024-12-20"), ("2025-01-06", "2025-02-14"),
    ("2025-02-24", "2025-04-11"), ("2025-04-28", "2025-05-23"), ("2025-06-02", "2025-07-21"),
]  # fmt: skip


def test_terms_without_their_holidays_of_solihull() -> None:
    """Source: Solihull's terms and half-term holidays, 2024/25."""
    terms = [
        ("Autumn Term 2024", "2024-09-02", "2024-12-20"),
        ("Autumn half term", "2024-10-28", "2024-11-01"),
        ("Spring Term 2025", "2025-01-06", "2025-04-11"),
        ("Spring half term holiday", "2025-02-15", "2025-02-23"),
        ("Summer Term 2025", "2025-04-28", "2025-07-21"),
        ("May half term", "2025-05-26", "2025-05-30"),
    ]
    assert days_of(terms) == SOLIHULL == days_of(terms[::-1])


def test_holidays_alone_make_the_half_terms_between_them() -> None:
    holidays = [
        ("Summer holiday", "2024-07-20", "2024-09-01"),
        ("October half term", "2024-10-26", "2024-11-03"),
        ("Christmas holidays", "2024-12-23", "2025-01-03"),
        ("February half term", "2025-02-17", "2025-02-21"),
        ("Easter holidays", "2025-04-14", "2025-04-25"),
        ("Good Friday", "2025-04-18", ""),
        ("May half term", "2025-05-26", "2025-05-30"),
        ("Summer holiday", "2025-07-22", "2025-08-31"),
    ]
    assert days_of(holidays) == SOLIHULL


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Autumn term begins", Kind.FIRST_DAY),
        ("Term starts after INSET day", Kind.FIRST_DAY),
        ("Last day of term - school reopens 4 January", Kind.LAST_DAY),
        ("Half term 2 begins", Kind.FIRST_DAY),
        ("Schools open", Kind.FIRST_DAY),
        ("Schools close", Kind.LAST_DAY),
        ("School closes at 2pm", Kind.UNCLEAR),
        ("Half term begins", Kind.UNCLEAR),
        ("Last day of half term", Kind.OVER),
        ("Christmas holiday begins", Kind.SHUT),
        ("Last day for Year 11", Kind.UNCLEAR),
        ("First day of term for Reception", Kind.UNCLEAR),
        ("GCSE exams begin", Kind.UNCLEAR),
        ("School open evening", Kind.UNCLEAR),
        ("Applications close at the end of term", Kind.UNCLEAR),
        ("Autumn term begins - INSET day", Kind.SHUT),
        ("School closes early for staff training", Kind.SHUT),
    ],
)
def test_a_day_is_a_first_or_a_last_one_only_if_it_is_called_so(name: str, kind: Kind) -> None:
    neither = {Kind.UNCLEAR, Kind.OVER, Kind.SHUT}
    found = kind_of(name, date(2026, 9, 1), date(2026, 9, 1))
    assert found is kind or {found, kind} <= neither


@pytest.mark.parametrize(
    ("name", "days", "kind"),
    [
        ("Autumn term", 71, Kind.HALF_TERM),
        ("Autumn term", 72, Kind.TERM),
        ("Autumn term exams", 40, Kind.UNCLEAR),
        ("Spring term swimming", 72, Kind.UNCLEAR),
        ("Ramadan", 30, Kind.UNCLEAR),
        ("Half term holiday", 3, Kind.OVER),
        ("Half term holiday", 4, Kind.HOLIDAY),
    ],
)
def test_days_are_a_term_or_a_holiday_by_name_and_length(name: str, days: int, kind: Kind) -> None:
    first = date(2026, 9, 1)
    assert kind_of(name, first, date.fromordinal(first.toordinal() + days - 1)) is kind


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["Autumn term,1/9/2026,18/12/2026"], "add the half-term holiday in it"),
        (["Term begins,1/9/2026", "First day back,2/11/2026", "Last day of term,18/12/2026"],
         "no last day between them"),
        (["Term begins,1/9/2026", "Last day of term,23/10/2026", "Term ends,18/12/2026"],
         "no first day between them"),
        (["Summer holiday,20/7/2026,31/8/2026", "Christmas holiday,21/12/2026,1/1/2027"],
         "add the holiday between them"),
        (["Half term,26/10/2026,30/10/2026"], "no half terms in it"),
        (["INSET day,1/9/2026", "Autumn term begins,2/9/2026"], "no half terms in it"),
        (["Autumn 1,Monday 1 September 2026,23/10/2026"], "that day is a Tuesday"),
        (["Autumn 1,1 Sept,23/10/2026"], "the year is missing"),
        (["Autumn 1,,23/10/2026"], "it has no first day"),
        (["Something else,1/9/2026,23/10/2026"], "call it “half term 1”"),
    ],
)  # fmt: skip
def test_what_makes_no_half_term_is_said_and_nothing_is_kept(
    ap: Program, lines: list[str], words: str
) -> None:
    code, said = table(ap, "Event,From,To", *lines)
    assert code == 2 and words in said and half_terms(ap) == [] == closed(ap), said


def test_a_whole_term_beside_its_half_terms_is_left_to_them(ap: Program) -> None:
    code, said = table(
        ap, "Testshire", "", "Term;Start;End", "Autumn term;1/9/2026;18/12/2026", "2026 to 2027;;",
        "Autumn 1;Tues 1st Sept 2026;23-10-2026", "Autumn 2;02.11.2026;18 Dec 2026",
    )  # fmt: skip
    assert code == 0 and half_terms(ap) == AUTUMN and "left out: Autumn term" in said


def test_inset_days_alone_are_kept(ap: Program) -> None:
    code, _ = table(ap, "Event,Date", "INSET day,1/9/2026")
    assert code == 0 and closed(ap) == ["2026-09-01"]


def test_a_table_names_its_calendar_or_the_command_does(ap: Program) -> None:
    shutil.copy(DATA / "terms-and-half-terms.csv", ap.folder / "t.csv")
    refused = ap("terms", "import", "t.csv")
    assert refused.code == 2 and "give --calendar NAME" in refused.err
    (ap.folder / "c.csv").write_text("calendar,name,first,last\nX,Autumn 1,1/9/2026,23/10/2026\n")
    refused = ap("terms", "import", "c.csv", "--calendar", "Testshire")
    assert refused.code == 2 and "this one does" in refused.err
    (ap.folder / "n.csv").write_text("a,b\n1,2\n")
    assert "name the columns" in ap("terms", "import", "n.csv").err


KNOWN = "term dates are known to Friday 10 July 2026: import the next with"
BEFORE, LATER = "2026-05-14", "2026-05-15"
"""The last day on which the end of the term dates is not near, and the next one."""


@pytest.mark.parametrize("command", [["todo"], ["reviews", "due"], ["placement", "list"]])
def test_lists_say_where_term_dates_end_within_the_next_half_term(
    placed: Program, command: list[str]
) -> None:
    assert "term dates" not in placed(*command, on=BEFORE).err
    assert placed(*command, on=LATER).err.count(KNOWN) == 1


def test_status_says_where_term_dates_end_however_far_that_is(placed: Program) -> None:
    assert "term dates are known to Friday 10 July 2026\n" in placed("status", on=BEFORE).err
    assert placed("status", on=LATER).err.count(KNOWN) == 1


@pytest.mark.parametrize(
    ("command", "last"),
    [
        (["todo", "--within"], "57d"),
        (["reviews", "due", "--within"], "57d"),
        (["placement", "list"], "due:57d"),
    ],
)
def test_lists_say_where_term_dates_end_before_a_day_that_was_asked(
    placed: Program, command: list[str], last: str
) -> None:
    assert "term dates" not in placed(*command, last, on=BEFORE).err
    assert KNOWN in placed(*command, last.replace("57", "58"), on=BEFORE).err


@pytest.mark.parametrize("noun", ["pupil", "provider"])
def test_term_dates_are_none_of_the_matter_of_pupils_and_providers(
    placed: Program, noun: str
) -> None:
    assert "term dates" not in placed(noun, "list", on=LATER).err


def test_status_says_a_single_time_that_days_are_estimates(placed: Program) -> None:
    found = placed("status", on="2026-11-29")
    told = found.out + found.err
    assert "known to Friday 10 July 2026 only: review days are estimates" in told
    assert told.count("known to") == 1


def test_an_import_says_each_half_term_a_single_time(ap: Program) -> None:
    _, told = table(ap, "name,first,last", "autumn 1,2026-09-01,2026-10-23")
    assert told.count("Tuesday 1 September 2026") == 1 and "2026-09-01" not in told
    assert "1 half term imported" in told


WITH_HALF_TERM = "Term,Start,Half term from,Half term to,End"


@pytest.mark.parametrize(
    "header",
    [
        WITH_HALF_TERM,
        "Term,Starts,Half-term starts,Half-term ends,Ends",
        "Term,Term starts,Half term,Half term ends,Term ends",
    ],
)
def test_the_half_term_holiday_may_stand_in_the_row_of_its_term(ap: Program, header: str) -> None:
    code, said = table(
        ap,
        header,
        "Autumn term 2026,1 September 2026,26 October 2026,30 October 2026,18 December 2026",
        "Spring term 2027,5 January 2027,15 February 2027,19 February 2027,25 March 2027",
    )
    assert code == 0, said
    assert half_terms(ap) == [*AUTUMN, ("2027-01-05", "2027-02-12"), ("2027-02-22", "2027-03-25")]
    assert said.count("without half-term holiday") == 4


def test_a_term_without_a_half_term_holiday_leaves_those_columns_empty(ap: Program) -> None:
    code, said = table(
        ap,
        WITH_HALF_TERM,
        "Autumn term 2026,01/09/2026,26/10/2026,30/10/2026,18/12/2026",
        "Spring half term 1,05/01/2027,,,12/02/2027",
    )
    assert code == 0, said
    assert half_terms(ap) == [*AUTUMN, ("2027-01-05", "2027-02-12")]


@pytest.mark.parametrize(
    ("holiday", "missing"), [("26/10/2026,", "last"), (",30/10/2026", "first")]
)
def test_a_half_term_holiday_in_a_row_has_both_its_days(
    ap: Program, holiday: str, missing: str
) -> None:
    code, said = table(ap, WITH_HALF_TERM, f"Autumn term,01/09/2026,{holiday},18/12/2026")
    assert code == 2 and f"its half-term holiday has no {missing} day" in said
    assert half_terms(ap) == []


@pytest.mark.parametrize(
    "header",
    ["Term,Opens,Closes for half term,Re-opens,Closes",
     "Term,Starts,Half term closes,Reopens after half term,Ends"],
)  # fmt: skip
def test_the_last_day_before_half_term_and_the_first_after_are_days_of_school(
    ap: Program, header: str
) -> None:
    code, said = table(
        ap,
        header,
        "Autumn Term 2026,Tuesday 1 September 2026,Friday 23 October 2026,"
        "Monday 2 November 2026,Friday 18 December 2026",
        "Spring Term 2027,05/01/2027,12/02/2027,22/02/2027,25/03/2027",
    )
    assert code == 0, said
    assert half_terms(ap) == [*AUTUMN, ("2027-01-05", "2027-02-12"), ("2027-02-22", "2027-03-25")]


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ("23/10/2026,", "write both days of its half term"),
        (",02/11/2026", "write both days of its half term"),
        ("23/10/2026,23/10/2026", "opens again after half term no later than it closes"),
    ],
)
def test_a_half_term_has_both_days_in_their_order(ap: Program, days: str, wrong: str) -> None:
    header = "Term,Opens,Closes for half term,Re-opens,Closes"
    code, said = table(ap, header, f"Autumn term,01/09/2026,{days},18/12/2026")
    assert code == 2 and wrong in said and half_terms(ap) == []


EVENTS = (
    "School term dates 2026 to 2027,,",
    "Autumn term 2026,,",
    "Start of term,Tuesday 1 September 2026,",
    "Half term,Monday 26 October 2026,Friday 30 October 2026",
    "End of term,Friday 18 December 2026,",
    "Spring term 2027,,",
    "Start of term,Tuesday 5 January 2027,",
    "Half term,15 February 2027 to 19 February 2027,",
    "End of term,Thursday 25 March 2027,",
)


def test_a_table_of_days_needs_no_names_of_columns(ap: Program) -> None:
    code, said = table(ap, *EVENTS)
    assert code == 0, said
    assert half_terms(ap) == [*AUTUMN, ("2027-01-05", "2027-02-12"), ("2027-02-22", "2027-03-25")]


@pytest.mark.parametrize(
    "line",
    [
        "Staff,Test Pupil,5 March 2011",
        "Start of term,1 September 2026,,see the web page",
        ",01/09/2026,02/09/2026",
    ],
)
def test_a_table_without_names_of_columns_has_names_and_days_alone(ap: Program, line: str) -> None:
    code, said = table(ap, *EVENTS, line)
    assert code == 2 and "name the columns in a line above the dates" in said
    assert half_terms(ap) == []


def outlook(first: str, day_after: str) -> str:
    return (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//EN\nX-WR-CALNAME:Testshire\nBEGIN:VEVENT\n"
        f"UID:1\nDTSTAMP:20260101T000000Z\nSUMMARY:Half term 1\nDTSTART:{first}\nDTEND:{day_after}\n"
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nEND:VEVENT\nEND:VCALENDAR\n"
    )


@pytest.mark.parametrize(
    ("first", "day_after", "expected"),
    [
        ("20260831T230000Z", "20261023T230000Z", ("2026-09-01", "2026-10-23")),
        ("20261102T000000Z", "20261219T000000Z", ("2026-11-02", "2026-12-18")),
        ("20260831T230000Z", "20261031T000000Z", ("2026-09-01", "2026-10-30")),
        ("20270222T000000Z", "20270401T230000Z", ("2027-02-22", "2027-04-01")),
    ],
)
def test_a_whole_day_that_outlook_wrote_in_world_time_is_a_day_in_england(
    ap: Program, first: str, day_after: str, expected: tuple[str, str]
) -> None:
    """Summer time begins on 28 March 2027 and ends on 25 October 2026."""
    (ap.folder / "outlook.ics").write_text(outlook(first, day_after), "utf-8")
    ap.ok("terms", "import", "outlook.ics")
    assert half_terms(ap) == [expected]


def test_an_hour_off_midnight_in_england_is_no_whole_day(ap: Program) -> None:
    (ap.folder / "outlook.ics").write_text(outlook("20260901T000000Z", "20261024T000000Z"), "utf-8")
    refused = ap("terms", "import", "outlook.ics")
    assert refused.code != 0 and "it does not last whole days" in refused.err
