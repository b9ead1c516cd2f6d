"""Tables and calendars of term dates as councils save them: how text, days and schools stand."""

from __future__ import annotations

from datetime import date

import pytest
import xlsxwriter

from ap_cli.exchange.named_days import Kind, kind_of
from ap_cli.exchange.spans import read_span

from ..conftest import Program
from ..exchange.books import ods_of, xlsx_of

TODAY = date(2026, 8, 1)
AUTUMN = [("2026-09-01", "2026-10-23"), ("2026-11-02", "2026-12-18")]
ROW = "Autumn 1,1/9/2026,23/10/2026"


def imported(ap: Program, content: str | bytes, *args: str, name: str = "t.csv") -> tuple[int, str]:
    file = ap.folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = ap("terms", "import", name, *(args or ("--calendar", "Testshire")))
    return found.code, found.out + found.err


def kept(ap: Program, calendar: str = "Testshire") -> list[tuple[str, str]]:
    rows = ap.json("terms", "list")
    mine = [row for row in rows if row["calendar"] == calendar]
    return [(row["first"], row["last"]) for row in mine if row["source"] == "imported"]


DASHED = "Term,Dates\nAutumn 1,1 Sept – 23 Oct 2026\nAutumn 2,2 Nov – 18 Dec 2026\n"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_table_may_be_as_a_spreadsheet_saves_it(ap: Program, mark: bytes, encoding: str) -> None:
    code, said = imported(ap, mark + DASHED.encode(encoding))
    assert code == 0 and kept(ap) == AUTUMN, said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (DASHED.replace("–", "\x81").encode("latin-1"), "neither UTF-8 nor Windows-1252 (byte"),
        (DASHED.encode("utf-16-le"), "is not a text file"),
    ],
)
def test_what_is_no_text_is_refused(ap: Program, content: bytes, words: str) -> None:
    code, said = imported(ap, content)
    assert code == 2 and words in said and kept(ap) == []


@pytest.mark.parametrize(
    "cell",
    [
        "Tuesday 1 September 2026 to Friday 23 October 2026",
        "Tuesday 1 September to Friday 23 October 2026",
        "Tuesday, 1 September 2026 to Friday, 23 October",
        "1 Sept - 23 Oct 2026",
        "1 Sept – 23 Oct 2026",
        "1 Sept–23 Oct 2026",
        "1 Sept-23 Oct 2026",
        "From 1st September until 23rd October 2026",
        "1/9/2026-23/10/2026",
        "1/9 - 23/10/2026",
        "01-09-2026-23-10-2026",
        "2026-09-01 – 2026-10-23",
        "1-Sep-2026 - 23-Oct-2026",
    ],
)
def test_a_cell_may_hold_the_first_and_the_last_day(cell: str) -> None:
    assert read_span(cell, TODAY) == (date(2026, 9, 1), date(2026, 10, 23))


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("Mon 26 - Fri 30 Oct 2026", "2026-10-26", "2026-10-30"),
        ("26–30 October 2026", "2026-10-26", "2026-10-30"),
        ("Monday 21 December – Sunday 3 January 2027", "2026-12-21", "2027-01-03"),
        ("21 Dec 2026 to 3 Jan", "2026-12-21", "2027-01-03"),
        ("29 Feb - 20 March 2028", "2028-02-29", "2028-03-20"),
        ("23 Oct - 1 Sept 2026", "2026-10-23", "2026-09-01"),
        ("26 - 2 November 2026", "2026-11-26", "2026-11-02"),
        ("1-Sep-2026", "2026-09-01", "2026-09-01"),
        ("Tuesday 1 September 2026", "2026-09-01", "2026-09-01"),
    ],
)
def test_a_day_takes_the_month_and_year_that_it_lacks_from_the_other(
    cell: str, first: str, last: str
) -> None:
    """A year is the one before only over the New Year; days in the wrong order stay so."""
    assert read_span(cell, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Monday 1 Sept - 23 Oct 2026", "that day is a Tuesday"),
        ("1 Sept - 23 Oct", "the year is missing"),
        ("Monday to Friday", "the year is missing"),
        ("1/9/26 to 23/10/26", "write the year with four digits"),
        ("31 Sept - 23 Oct 2026", "September has 30 days"),
        ("1 September 2026 to TBC", "is not a day"),
        ("1 Sept - 2 Oct - 23 Oct 2026", "is not a day"),
        ("1 Sept 2026 to", "is not a day"),
        ("Monday 1-9-2026", "that day is a Tuesday"),
    ],
)
def test_a_cell_that_may_mean_other_days_is_refused(cell: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_span(cell, TODAY)


def test_days_in_the_wrong_order_in_one_cell_are_refused(ap: Program) -> None:
    code, said = imported(ap, "Term,Dates\nAutumn 1,23 Oct - 1 Sept 2026\n")
    assert code == 2 and "before it begins" in said and kept(ap) == []


def test_the_half_term_holiday_may_stand_in_one_cell_of_the_row_of_its_term(ap: Program) -> None:
    row = "Autumn term,1 September - 18 December 2026,{}\n"
    code, said = imported(ap, "Term,Term dates,Half term\n" + row.format("26–30 October 2026"))
    assert code == 0 and kept(ap) == AUTUMN, said
    code, said = imported(ap, "Term,Term dates,Half term\n" + row.format("26 October 2026"))
    assert code == 2 and "its half-term holiday has no last day" in said


@pytest.mark.parametrize("header", ["Half term,First day,Last day", ",Start,End"])
def test_half_terms_may_stand_below_half_term_or_below_nothing(ap: Program, header: str) -> None:
    code, said = imported(ap, f"{header}\n{ROW}\n")
    assert code == 0 and kept(ap) == AUTUMN[:1], said


def test_a_table_without_a_column_of_names_is_refused(ap: Program) -> None:
    code, said = imported(ap, f"Place,Start,End\n{ROW}\n")
    assert code == 2 and "name the columns" in said


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Polling day closure", Kind.SHUT),
        ("Polling day (school closed)", Kind.SHUT),
        ("Schools closed for the election", Kind.SHUT),
        ("Non-school day", Kind.SHUT),
        ("INSET day", Kind.SHUT),
        ("Polling day", Kind.UNCLEAR),
        ("Early closure", Kind.UNCLEAR),
        ("Sports day (wear kit)", Kind.UNCLEAR),
        ("Year 6 trip (staff training)", Kind.UNCLEAR),
    ],
)
def test_a_day_is_a_closure_if_its_name_or_its_brackets_say_so(name: str, kind: Kind) -> None:
    thursday = date(2027, 5, 6)
    assert kind_of(name, thursday, thursday) is kind
    saturday = date(2027, 5, 8)
    assert kind_of(name, saturday, saturday) is not Kind.SHUT


@pytest.mark.parametrize("name", ["Polling day closure", "INSET day"])
def test_a_day_of_closure_is_kept_beside_the_half_terms(ap: Program, name: str) -> None:
    code, said = imported(ap, f"Term,Dates\nAutumn 1,1 Sept - 23 Oct 2026\n{name},6 May 2027\n")
    assert code == 0 and "closed to pupils: 6 May 2027" in said
    assert kept(ap) == [AUTUMN[0], ("2027-05-06", "2027-05-06")]


def test_a_day_that_is_none_of_these_is_left_out_and_said(ap: Program) -> None:
    code, said = imported(ap, f"Term,Start,End\n{ROW}\nPolling day,6/5/2027,\n")
    assert code == 0 and "left out: Polling day, Thursday 6 May 2027" in said
    assert kept(ap) == AUTUMN[:1]


def test_a_term_whose_last_day_is_missing_is_refused(ap: Program) -> None:
    code, said = imported(ap, f"Term,Start,End\n{ROW}\nAutumn 2,2/11/2026,\n")
    assert code == 2 and "line 3: Autumn 2 is too short" in said and kept(ap) == []


SCHOOLS = """School,Term,Start,End
School A,Autumn 1,1/9/2026,23/10/2026
School B,Autumn 1,2/9/2026,16/10/2026
School B,INSET day,1/9/2026,
"""


def test_two_schools_in_one_table_have_a_calendar_each(ap: Program) -> None:
    code, said = imported(ap, SCHOOLS, "--yes")
    assert code == 0 and kept(ap, "School A") == AUTUMN[:1], said
    assert kept(ap, "School B") == [("2026-09-02", "2026-10-16"), ("2026-09-01", "2026-09-01")]
    assert "School A, Autumn 1: Tuesday 1 September 2026" in said
    assert "School B, closed to pupils: 1 September 2026" in said


@pytest.mark.parametrize(
    "second", ["Autumn 1,2/9/2026,22/10/2026", "Autumn 1,31/8/2026,23/10/2026"]
)
def test_two_schools_that_no_column_tells_apart_are_refused(ap: Program, second: str) -> None:
    code, said = imported(ap, f"Term,Start,End\nSchool A,,\n{ROW}\nSchool B,,\n{second}\n")
    assert code == 2 and "add a column “school” if they are of two schools" in said
    assert kept(ap) == []


def calendar(name: str, *events: str) -> str:
    named = f"X-WR-CALNAME:{name}\r\n" if name else ""
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n{named}"
    return f"{head}{''.join(events)}END:VCALENDAR\r\n"


def event(name: str, starts: str, ends: str = "") -> str:
    until = f"DTEND{ends}\r\n" if ends else ""
    return (
        f"BEGIN:VEVENT\r\nUID:{name}{starts}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{name}\r\n"
        f"DTSTART{starts}\r\n{until}END:VEVENT\r\n"
    )


def days(name: str, first: str, day_after: str) -> str:
    return event(name, f";VALUE=DATE:{first}", f";VALUE=DATE:{day_after}")


def in_london(name: str, first: str, last: str) -> str:
    zone = ";TZID=Europe/London:"
    return event(name, zone + first, zone + last)


FIRST_HALF = days("Autumn 1", "20260901", "20261024")
SECOND_HALF = days("Autumn 2", "20261102", "20261219")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([in_london("Autumn 1", "20260901T000000", "20261024T000000")], AUTUMN[:1]),
        ([in_london("Autumn 1", "20260901T083000", "20261023T150000"), SECOND_HALF], AUTUMN),
        ([event("INSET day", ";TZID=Europe/London:20260901T000000"), SECOND_HALF], AUTUMN[1:]),
        ([event("INSET day", ";VALUE=DATE:20261127"), SECOND_HALF],
         [*AUTUMN[1:], ("2026-11-27", "2026-11-27")]),
        ([FIRST_HALF.replace("Autumn 1", "Autumn te\r\n rm, first ha\r\n lf"), SECOND_HALF], AUTUMN),
        ([days("Autumn term", "20260901", "20261219"), days("Half term", "20261024", "20261102")],
         AUTUMN),
        ([days("Half term", "20260901", "20261024"), days("Half term", "20261102", "20261219")],
         AUTUMN),
        ([FIRST_HALF, days("Book week", "20261005", "20261010"), days("Carols", "20261217", "20261218"),
          days("Year 6 trip to York", "20261012", "20261017")], AUTUMN[:1]),
        ([FIRST_HALF, days("Polling day closure", "20270506", "20270507")],
         [AUTUMN[0], ("2027-05-06", "2027-05-06")]),
        ([FIRST_HALF, in_london("Parents’ evening", "20261112T170000", "20261112T190000")],
         AUTUMN[:1]),
    ],
)  # fmt: skip
def test_a_calendar_gives_the_half_terms_and_closures_in_it_alone(
    ap: Program, events: list[str], expected: list[tuple[str, str]]
) -> None:
    code, said = imported(ap, calendar("", *events), name="t.ics")
    assert code == 0 and kept(ap) == expected, said


def test_two_calendars_in_one_file_each_keep_their_name(ap: Program) -> None:
    both = calendar("School A", FIRST_HALF) + calendar("School B", SECOND_HALF)
    code, said = imported(ap, both, "--yes", name="t.ics")
    assert code == 0 and "School B, Autumn 2: Monday 2 November 2026" in said
    assert kept(ap, "School A") == AUTUMN[:1] and kept(ap, "School B") == AUTUMN[1:]
    code, said = imported(ap, both, name="t.ics")
    assert code == 2 and "leave --calendar out" in said
    code, said = imported(
        ap, calendar("School A") + calendar("", FIRST_HALF), "--yes", name="t.ics"
    )
    assert code == 2 and "give --calendar NAME" in said


ROWS = (
    ("Testshire County Council",),
    (),
    ("Term", "Start", "End"),
    ("Autumn 1", date(2026, 9, 1), "Friday 23 October 2026"),
    ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
)


def test_a_table_may_be_an_excel_workbook_with_real_days(ap: Program) -> None:
    xlsx_of(ap.folder / "t.xlsx", *ROWS)
    ap.ok("terms", "import", "t.xlsx", "--calendar", "Testshire")
    assert kept(ap) == AUTUMN


def test_a_table_may_be_an_opendocument_spreadsheet(ap: Program) -> None:
    ods_of(ap.folder / "t.ods", *(tuple(str(cell) for cell in row) for row in ROWS))
    ap.ok("terms", "import", "t.ods", "--calendar", "Testshire")
    assert kept(ap) == AUTUMN


def test_the_sheets_of_a_workbook_are_read_but_not_a_hidden_one_or_one_without_dates(
    ap: Program,
) -> None:
    header, first, second = ROWS[2:]
    with xlsxwriter.Workbook(ap.folder / "t.xlsx", {"default_date_format": "d/m/yyyy"}) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["Term dates", "as agreed"])
        for name, row in (("One", first), ("Two", second), ("Old", first)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, header)
            sheet.write_row(1, 0, row)
        sheet.hide()
    ap.ok("terms", "import", "t.xlsx", "--calendar", "Testshire")
    assert kept(ap) == AUTUMN


def test_a_row_of_a_workbook_that_is_wrong_is_named_with_the_number_of_its_sheet(
    ap: Program,
) -> None:
    with xlsxwriter.Workbook(ap.folder / "t.xlsx") as book:
        for name, start in (("One", "1 September 2026"), ("Two", "soon")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Term", "Start", "End"])
            sheet.write_row(4, 0, ["Autumn 1", start, "23 October 2026"])
    refused = ap("terms", "import", "t.xlsx", "--calendar", "Testshire")
    assert refused.code == 2 and "sheet 2, line 5: " in refused.err and kept(ap) == []


def test_a_workbook_does_not_say_whose_calendar_it_is(ap: Program) -> None:
    xlsx_of(ap.folder / "t.xlsx", *ROWS)
    refused = ap("terms", "import", "t.xlsx")
    assert refused.code == 2 and "give --calendar NAME" in refused.err


def test_a_table_saved_as_unicode_text_is_read(ap: Program) -> None:
    code, said = imported(ap, DASHED.encode("utf-16"))
    assert code == 0 and kept(ap) == AUTUMN, said
